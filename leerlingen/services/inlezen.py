"""Bringing a read EDEXML file into the school: only differences, and nobody is taken as gone.

Next year's file changes nothing today: what it says counts from that year's first day.

One transaction and one log row for the whole file. A dry run does the same and rolls back, so that its counts are true.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from leerlingen import profielen_van_school
from leerlingen.inlezen.edexml import Edexbestand, Groeprij, Leerlingrij, Medewerkerrij
from leerlingen.inlezen.weigering import Weigering, toonbare_code
from leerlingen.models import (
    Aanstelling,
    Groep,
    Groepssoort,
    Importbestand,
    Leerling,
    Persoon,
    Plaatsing,
    Schooljaar,
    Toewijzing,
)
from leerlingen.namen import sorteersleutel, volledige_naam, zoeksleutel
from leerlingen.services.hulp import periode_vanaf, verruimd
from leerlingen.services.inlezen_uitkomst import Proef, Uitkomst, Wijziging
from leerlingen.services.inrichten import koppeling_bijwerken, schooljaar_zorgen
from leerlingen.services.instroom import herkomst_navragen
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School
from zorg.logboek.services import vastleggen

REDEN = "EDEXML inlezen"
SOORTEN = ("groepen", "leerlingen", "medewerkers")


def edexml_inlezen(*, school: School, bestand: Edexbestand, proef: bool = False, door: Gebruiker | None) -> Uitkomst:
    """Bring the file in. With `proef` nothing stays."""
    uitkomst = Uitkomst(
        SOORTEN,
        bestand.school.schooljaar,
        geweigerd=list(bestand.geweigerd),
        opmerkingen=list(bestand.opmerkingen),
    )
    try:
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            _Inlezer(school, bestand, uitkomst, door).doe()
            if proef:
                raise Proef
            vastleggen(
                "edexml_ingelezen",
                school=school,
                door=door,
                schooljaar=uitkomst.schooljaar,
                toegevoegd=dict(uitkomst.toegevoegd),
                gewijzigd=dict(uitkomst.gewijzigd),
                geweigerd=len(uitkomst.geweigerd),
            )
    except Proef:
        pass
    uitkomst.op_volgorde()
    return uitkomst


def _kind(rij: Leerlingrij | Leerling) -> tuple[str, date | None]:
    """By what a pupil of the file and one who was entered by hand are the same."""
    return zoeksleutel(volledige_naam(rij.roepnaam, rij.voorvoegsel, rij.achternaam)), rij.geboortedatum


def _groepssoort(rij: Groeprij) -> str:
    return Groepssoort.SAMENGESTELD if rij.samengesteld else Groepssoort.STAMGROEP


class _Inlezer:
    """One run; the rows it compares with are read once."""

    def __init__(self, school: School, bestand: Edexbestand, uitkomst: Uitkomst, door: Gebruiker | None) -> None:
        self.school, self.bestand, self.uitkomst, self.door = school, bestand, uitkomst, door
        self.vandaag = klok.vandaag(school)
        self.dagen = profielen_van_school.overdracht_dagen(school)
        self.groepen: dict[str, Groep] = {}
        self.groep_van_sleutel: dict[str, Groep] = {}
        self.andere_naam: dict[str, str] = {}
        self.eerste_keer = False
        """Nobody of this file was here before: then nobody comes in during the year."""
        self.jaar: Schooljaar = schooljaar_zorgen(school=school, naam=bestand.school.schooljaar, door=door)

    @property
    def ingang(self) -> date:
        """From when a change in this file counts: today in the running year, else the first day of its year."""
        jaar = self.jaar.periode
        return self.vandaag if jaar.lower <= self.vandaag < jaar.upper else jaar.lower

    def doe(self) -> None:
        self._namen_vrij()
        for rij in self.bestand.groepen:
            self._groep(rij)
        leerlingen = {
            leerling.sleutel: leerling
            for leerling in Leerling.objects.systeemtoegang(reden=REDEN).filter(
                school=self.school, sleutel__isnull=False
            )
        }
        plaatsingen: dict[int, list[Plaatsing]] = {}
        for plaatsing in (
            Plaatsing.objects.systeemtoegang(reden=REDEN)
            .filter(school=self.school, groep__schooljaar=self.jaar)
            .select_related("groep")
        ):
            plaatsingen.setdefault(plaatsing.leerling_id, []).append(plaatsing)
        met_de_hand = self._met_de_hand()
        self.eerste_keer = not leerlingen and not met_de_hand
        for leerlingrij in self.bestand.leerlingen:
            bestaand = leerlingen.pop(leerlingrij.sleutel, None) or met_de_hand.pop(_kind(leerlingrij), None)
            self._leerling(leerlingrij, bestaand, plaatsingen.get(bestaand.pk, []) if bestaand else [])
        self._ontbrekend(leerlingen)
        personen = {
            persoon.sleutel: persoon
            for persoon in Persoon.objects.systeemtoegang(reden=REDEN)
            .filter(school=self.school, sleutel__isnull=False)
            .select_related("gebruiker")
        }
        for medewerkerrij in self.bestand.medewerkers:
            self._medewerker(medewerkerrij, personen.get(medewerkerrij.sleutel))

    def _met_de_hand(self) -> dict[tuple[str, date | None], Leerling]:
        """Who was entered by hand and so has no key yet, by name and date of birth; two of a kind are left alone."""
        per_kind: dict[tuple[str, date | None], list[Leerling]] = {}
        for leerling in Leerling.objects.systeemtoegang(reden=REDEN).filter(school=self.school, sleutel__isnull=True):
            per_kind.setdefault(_kind(leerling), []).append(leerling)
        return {kind: rijen[0] for kind, rijen in per_kind.items() if len(rijen) == 1 and kind[1] is not None}

    def _ontbrekend(self, over: dict[str, Leerling]) -> None:
        """Whom the running or coming year's file does not name: listed, never taken as gone."""
        genoemd = self.bestand.genoemd.get("leerlingen", frozenset())
        for sleutel, leerling in over.items():
            if sleutel in genoemd:  # in a refused row
                continue
            if leerling.ingeschreven.upper is None or leerling.ingeschreven.upper > self.ingang:
                self.uitkomst.niet_in_bestand.append(leerling.naam)

    def _namen_vrij(self) -> None:
        """See to it that no group meets another's name, also in the middle of a file: the name is unique in its year.

        Two groups of the file may swap: who holds a name that another gets, steps aside first. A group that is new by
        key and has the name of one that the file does not know is that group, under a new key.
        """
        bestaand = list(
            Groep.objects.systeemtoegang(reden=REDEN).filter(school=self.school, schooljaar=self.jaar).order_by("pk")
        )
        self.groep_van_sleutel = {groep.sleutel: groep for groep in bestaand if groep.sleutel}
        op_naam = {(groep.soort, groep.naam): groep for groep in bestaand}
        in_bestand = {rij.sleutel for rij in self.bestand.groepen}
        for rij in self.bestand.groepen:
            houder = op_naam.get((_groepssoort(rij), rij.naam))
            if houder is None or houder.sleutel == rij.sleutel:
                continue
            if houder.sleutel in in_bestand:
                vrij = Groep.objects.systeemtoegang(reden=REDEN).filter(pk=houder.pk)
                vrij.update(naam=f"… {houder.pk}")
            elif rij.sleutel not in self.groep_van_sleutel:
                self.groep_van_sleutel[rij.sleutel] = houder
            else:
                self.andere_naam[rij.sleutel] = f"{rij.naam[: 77 - len(rij.sleutel)]} ({rij.sleutel})"[:80]
                melding = "Een groep buiten het bestand heeft deze naam al; de sleutel staat er nu achter."
                self.uitkomst.opmerkingen.append(Weigering(rij.regel, "naam", toonbare_code(rij.sleutel), melding))

    def _groep(self, rij: Groeprij) -> None:
        groep = self.groep_van_sleutel.get(rij.sleutel)
        nieuw = groep is None
        if groep is None:
            groep = Groep(school=self.school, schooljaar=self.jaar, sleutel=rij.sleutel)
        anders = self._zet(
            groep,
            "groepen",
            rij.naam,
            nieuw=nieuw,
            naam=self.andere_naam.get(rij.sleutel, rij.naam),
            soort=_groepssoort(rij),
            jaargroep=rij.jaargroep,
            sleutel=rij.sleutel,
        )
        self.uitkomst.tel("groepen", nieuw=nieuw, veranderd=anders)
        self.groepen[rij.sleutel] = groep

    def _zet(self, rij: Any, onderdeel: str, wie: str, *, nieuw: bool, **velden: Any) -> bool:
        """Set the fields that differ and save; note each difference for the preview. Says whether anything changed."""
        anders = [veld for veld, waarde in velden.items() if getattr(rij, veld) != waarde]
        for veld in anders:
            if not nieuw:
                oud = getattr(rij, veld)
                self.uitkomst.wijzigingen.append(
                    Wijziging(
                        onderdeel,
                        wie,
                        f"{rij._meta.get_field(veld).verbose_name}: {oud or '–'} → {velden[veld] or '–'}",
                    )
                )
            setattr(rij, veld, velden[veld])
        if isinstance(rij, (Leerling, Persoon)):
            rij.sorteernaam = sorteersleutel(rij.roepnaam, rij.voorvoegsel, rij.achternaam)
            rij.zoeknaam = zoeksleutel(volledige_naam(rij.roepnaam, rij.voorvoegsel, rij.achternaam, rij.voorletters))
        if nieuw or anders:
            rij.save()
        return bool(anders)

    def _leerling(self, rij: Leerlingrij, leerling: Leerling | None, plaatsingen: list[Plaatsing]) -> None:
        naam = volledige_naam(rij.roepnaam, rij.voorvoegsel, rij.achternaam, rij.voorletters)
        nieuw = leerling is None
        van, tot = self._inschrijving(rij, leerling)
        if tot is not None and van is not None and tot <= van:
            melding = "De uitstroomdatum ligt niet na de instroomdatum."
            self.uitkomst.geweigerd.append(Weigering(rij.regel, "uitstroomdatum", str(tot), melding))
            return
        if leerling is None:
            leerling = Leerling(school=self.school, sleutel=rij.sleutel, ingeschreven=DateRange(van, tot, "[)"))
            self.uitkomst.wijzigingen.append(Wijziging("leerlingen", naam, "nieuw"))
        velden: dict[str, Any] = {
            "sleutel": rij.sleutel,
            "eckid": rij.eckid,
            "roepnaam": rij.roepnaam,
            "voorvoegsel": rij.voorvoegsel,
            "achternaam": rij.achternaam,
            "voornamen": rij.voornamen,
            "voorletters": rij.voorletters,
            "geslacht": rij.geslacht,
            "geboortedatum": rij.geboortedatum,
            "start_groep3": rij.start_groep3,
            "ingeschreven": DateRange(van, tot, "[)"),
        }
        leeg = {
            veld
            for veld, waarde in velden.items()
            if waarde in ("", None) or (veld, waarde) == ("geslacht", "onbekend")
        }
        if not nieuw:  # what a sparser export leaves out does not wipe what is known
            velden = {veld: waarde for veld, waarde in velden.items() if veld not in leeg}
        anders = self._zet(leerling, "leerlingen", naam, nieuw=nieuw, **velden)
        if tot is not None:
            anders |= self._uit_groepen(leerling, plaatsingen, tot)
        if tot is None or tot > self.jaar.periode.lower:
            anders |= self._plaats(rij, leerling, plaatsingen, naam, nieuw=nieuw)
        if nieuw and not self.eerste_keer:
            herkomst_navragen(leerling=leerling, jaargroep=rij.jaargroep, jaar=self.jaar, door=self.door)
        self.uitkomst.tel("leerlingen", nieuw=nieuw, veranderd=anders)

    def _inschrijving(self, rij: Leerlingrij, leerling: Leerling | None) -> tuple[date | None, date | None]:
        """From when to when the pupil is enrolled: the file's dates, else what is known, else this year's start."""
        van = rij.instroomdatum or (leerling.ingeschreven.lower if leerling else self.jaar.periode.lower)
        if rij.uitstroomdatum is not None:
            return van if rij.instroomdatum else min(van, rij.uitstroomdatum), rij.uitstroomdatum
        if leerling is not None:
            bekend = leerling.ingeschreven.upper
            return van, bekend if bekend is not None and bekend <= self.ingang and rij.jaargroep == "H" else None
        return van, (max(van, self.jaar.periode.lower) if rij.jaargroep == "H" and rij.instroomdatum else None)

    def _uit_groepen(self, leerling: Leerling, plaatsingen: list[Plaatsing], per: date) -> bool:
        anders = False
        for plaatsing in plaatsingen:
            anders |= self._beeindig(plaatsing, per)
        return anders

    def _beeindig(self, plaatsing: Plaatsing, per: date) -> bool:
        if plaatsing.periode.upper is not None and plaatsing.periode.upper <= per:
            return False
        if plaatsing.periode.lower >= per:
            plaatsing.delete()
            return True
        plaatsing.periode = periode_vanaf(plaatsing.periode.lower, per)
        plaatsing.inzage = verruimd(plaatsing.periode, self.dagen)
        plaatsing.save(update_fields=["periode", "inzage"])
        return True

    def _plaats(self, rij: Leerlingrij, leerling: Leerling, oud: list[Plaatsing], naam: str, *, nieuw: bool) -> bool:
        """Bring the placements of this year in line with the file, from today on (or from the year's first day)."""
        jaar = self.jaar.periode
        tot = min(leerling.ingeschreven.upper, jaar.upper) if leerling.ingeschreven.upper else jaar.upper
        lopend = [p for p in oud if p.periode.upper is None or p.periode.upper > self.ingang]
        gewenst = [sleutel for sleutel in (rij.groep, *rij.samengestelde_groepen) if sleutel]
        anders = False
        for plaatsing in lopend:
            if plaatsing.groep.sleutel not in gewenst and (rij.groep or not plaatsing.stamgroep):
                anders |= self._beeindig(plaatsing, self.ingang)
        for sleutel in gewenst:
            groep = self.groepen[sleutel]
            if any(plaatsing.groep_id == groep.pk for plaatsing in lopend):
                continue
            begin = self.ingang if any(p.stamgroep for p in oud) else jaar.lower
            vanaf = max(begin, leerling.ingeschreven.lower or begin)
            if vanaf >= tot:
                continue
            periode = periode_vanaf(vanaf, tot)
            Plaatsing.objects.create(
                school=self.school,
                leerling=leerling,
                groep=groep,
                stamgroep=groep.soort == Groepssoort.STAMGROEP,
                jaargroep=rij.jaargroep or groep.jaargroep,
                periode=periode,
                inzage=verruimd(periode, self.dagen),
            )
            if not nieuw:
                self.uitkomst.wijzigingen.append(
                    Wijziging("leerlingen", naam, f"groep {groep.naam} per {vanaf:%d-%m-%Y}")
                )
            anders = True
        return anders

    def _medewerker(self, rij: Medewerkerrij, persoon: Persoon | None) -> None:
        naam = volledige_naam(rij.roepnaam, rij.voorvoegsel, rij.achternaam, rij.voorletters)
        nieuw = persoon is None
        if persoon is None:
            persoon = Persoon(school=self.school, sleutel=rij.sleutel)
            self.uitkomst.wijzigingen.append(Wijziging("medewerkers", naam, "nieuw"))
        velden = {
            "roepnaam": rij.roepnaam,
            "voorvoegsel": rij.voorvoegsel,
            "achternaam": rij.achternaam,
            "voorletters": rij.voorletters,
            "email": rij.email,
        }
        if not nieuw:  # an address that the school corrected stays
            velden = {
                veld: waarde for veld, waarde in velden.items() if waarde and not (veld == "email" and persoon.email)
            }
        anders = self._zet(persoon, "medewerkers", naam, nieuw=nieuw, **velden)
        anders |= self._rollen(rij, persoon)
        anders |= self._groepen(rij, persoon)
        if anders and persoon.gebruiker is not None:
            koppeling_bijwerken(gebruiker=persoon.gebruiker, school=self.school, door=self.door)
        self.uitkomst.tel("medewerkers", nieuw=nieuw, veranderd=anders)

    def _rollen(self, rij: Medewerkerrij, persoon: Persoon) -> bool:
        rollen = rij.rollen or (("leerkracht",) if rij.groepen else ())
        heeft = set(
            Aanstelling.objects.systeemtoegang(reden=REDEN)
            .filter(persoon=persoon, periode__overlap=self.jaar.periode)
            .values_list("rol", flat=True)
        )
        for rol in rollen:
            if rol not in heeft:
                Aanstelling.objects.create(
                    school=self.school, persoon=persoon, rol=rol, periode=periode_vanaf(self.jaar.periode.lower)
                )
        return bool(set(rollen) - heeft)

    def _groepen(self, rij: Medewerkerrij, persoon: Persoon) -> bool:
        heeft = set(
            Toewijzing.objects.systeemtoegang(reden=REDEN)
            .filter(persoon=persoon, groep__schooljaar=self.jaar)
            .values_list("groep", flat=True)
        )
        anders = False
        for taak in rij.groepen:
            groep = self.groepen.get(taak.groep)
            if groep is None or groep.pk in heeft:
                continue
            heeft.add(groep.pk)
            dagen = self.dagen if taak.rol == "leerkracht" else 0
            Toewijzing.objects.create(
                school=self.school,
                persoon=persoon,
                groep=groep,
                rol=taak.rol,
                periode=self.jaar.periode,
                inzage=verruimd(self.jaar.periode, dagen),
            )
            anders = True
        return anders


@transaction.atomic
def importbestand_bewaren(*, school: School, soort: str, naam: str, inhoud: bytes, door: Gebruiker) -> Importbestand:
    """Keep an uploaded file until it is confirmed; an earlier one of the same person that still waited is dropped."""
    Importbestand.objects.systeemtoegang(reden="vorig wachtend bestand weg").filter(
        school=school, soort=soort, door=door, ingelezen_op__isnull=True
    ).delete()
    bewaard: Importbestand = Importbestand.objects.create(
        school=school,
        soort=soort,
        naam=naam,
        inhoud=inhoud,
        sha256=hashlib.sha256(inhoud).hexdigest(),
        door=door,
        geupload_op=klok.nu(),
    )
    return bewaard


@transaction.atomic
def importbestand_afronden(*, rij: Importbestand, uitkomst: dict[str, Any] | None, door: Gebruiker) -> None:
    """Read in: keep what it did and drop its content (names of children). Not read in: drop the row."""
    del door
    if uitkomst is None:
        rij.delete()
        return
    rij.inhoud, rij.ingelezen_op, rij.uitkomst = None, klok.nu(), uitkomst
    rij.save(update_fields=["inhoud", "ingelezen_op", "uitkomst"])
