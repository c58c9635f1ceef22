"""Bringing a read file of parents into the school: who is new, who is known, whose authority changes.

Nobody is taken as gone, nothing known is wiped by an empty cell, and authority that is unknown opens nothing (domein
2.5). An address decides who somebody is only when the name agrees: two parents who share one address stay two.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from leerlingen.inlezen.personen import Personenbestand, Persoonrij
from leerlingen.inlezen.weigering import Rijfout, Weigering
from leerlingen.models import Leerling, Ouderschap, Persoon
from leerlingen.models.personen import Gezag
from leerlingen.namen import Naamdelen, splits_naam, zoeksleutel
from leerlingen.services.inlezen_uitkomst import Proef, Uitkomst, Wijziging, leerlingzoeker
from leerlingen.services.inrichten import koppeling_bijwerken, nieuwe_persoon
from leerlingen.services.leerlingen import nieuw_ouderschap
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.logboek.services import vastleggen

REDEN = "ouders inlezen"
SOORTEN = ("personen", "ouderschappen")
VELDEN = {"email": "e-mailadres", "telefoon": "telefoonnummer", "taal": "taal"}
PER_KEER = 1000


@dataclass
class _Band:
    """Somebody is a parent of a pupil: as it is in the database (`rij`), or as it will be."""

    leerling: int
    persoon: Persoon
    relatie: str
    gezag: str
    rij: Ouderschap | None = None
    regel: int = 0
    """The line of the file that named it; 0 when none did."""


def personen_inlezen(
    *, school: School, bestand: Personenbestand, proef: bool = False, door: Gebruiker | None
) -> Uitkomst:
    """Bring the file in, with one log row and one for each change of authority. With `proef` nothing stays.

    Raises PermissionDenied when the account may not manage one of the pupils in the file.
    """
    uitkomst = Uitkomst(
        SOORTEN,
        geweigerd=list(bestand.geweigerd),
        opmerkingen=list(bestand.opmerkingen),
        genegeerd=bestand.genegeerd,
    )
    try:
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            _Inlezer(school, uitkomst, door).doe(bestand.rijen)
            if proef:
                raise Proef
            vastleggen(
                "personen_ingelezen",
                school=school,
                door=door,
                toegevoegd=dict(uitkomst.toegevoegd),
                gewijzigd=dict(uitkomst.gewijzigd),
                geweigerd=len(uitkomst.geweigerd),
            )
    except Proef:
        pass
    uitkomst.op_volgorde()
    return uitkomst


def zelfde_mens(bekend: Naamdelen, gelezen: Naamdelen) -> bool:
    """Whether two names can be of one person: the same surname, and given names or initials that do not disagree."""
    achternaam, ander = zoeksleutel(bekend.achternaam), zoeksleutel(gelezen.achternaam)
    voor, andere_voor = zoeksleutel(bekend.roepnaam), zoeksleutel(gelezen.roepnaam)
    if achternaam != ander:
        return False
    if voor and andere_voor:
        return voor == andere_voor
    letter, andere_letter = (
        (voor or zoeksleutel(bekend.voorletters))[:1],
        (andere_voor or zoeksleutel(gelezen.voorletters))[:1],
    )
    return not letter or not andere_letter or letter == andere_letter


def _naamdelen(persoon: Persoon) -> Naamdelen:
    return Naamdelen(persoon.roepnaam, persoon.voorletters, persoon.voorvoegsel, persoon.achternaam)


class _Inlezer:
    """One run; what it compares with is read once."""

    def __init__(self, school: School, uitkomst: Uitkomst, door: Gebruiker | None) -> None:
        self.school, self.uitkomst, self.door = school, uitkomst, door
        self.vandaag = klok.vandaag(school)
        leerlingen = Leerling.objects.systeemtoegang(reden=REDEN).filter(school=school)
        self.leerlingen: dict[int, Leerling] = {leerling.pk: leerling for leerling in leerlingen}
        self.zoeker = leerlingzoeker(self.leerlingen.values())
        self.banden: list[_Band] = []
        self.band_van: dict[tuple[int, int], _Band] = {}
        self.band_van_naam: dict[tuple[int, str], _Band] = {}
        self.op_adres: dict[str, Persoon] = {}
        self.op_nummer: dict[tuple[str, str], Persoon] = {}
        self.nieuw: list[Persoon] = []
        self.gewijzigd: dict[int, tuple[Persoon, set[str]]] = {}
        self.genoemd: dict[int, Persoon] = {}
        self.uit_bestand: dict[tuple[int, str], int] = {}
        self._lees_bestaand()

    def _lees_bestaand(self) -> None:
        personen = Persoon.objects.systeemtoegang(reden=REDEN).filter(school=self.school).select_related("gebruiker")
        alle: dict[int, Persoon] = {persoon.pk: persoon for persoon in personen.order_by("pk")}
        for persoon in alle.values():
            adressen = {persoon.email.lower(), persoon.gebruiker.email.lower() if persoon.gebruiker else ""}
            for adres in adressen - {""}:
                if adres not in self.op_adres or persoon.gebruiker_id:
                    self.op_adres[adres] = persoon
        lopend = Ouderschap.objects.systeemtoegang(reden=REDEN).filter(
            Q(periode__endswith__isnull=True) | Q(periode__endswith__gt=self.vandaag), school=self.school
        )
        for rij in lopend.order_by("pk"):
            persoon = alle[rij.persoon_id]
            self._hang_in(_Band(rij.leerling_id, persoon, rij.relatie, rij.gezag, rij))
            if persoon.telefoon:
                self.op_nummer.setdefault((zoeksleutel(persoon.naam), persoon.telefoon), persoon)

    def doe(self, rijen: tuple[Persoonrij, ...]) -> None:
        gevonden: list[tuple[Persoonrij, int]] = []
        for rij in rijen:
            try:
                gevonden.append((rij, self.zoeker.vind(rij.leerling)))
            except Rijfout as fout:
                self.uitkomst.geweigerd.append(fout.als_weigering(rij.regel))
        self._vereis({leerling for _, leerling in gevonden})
        for rij, leerling in gevonden:
            try:
                self._neem(rij, leerling)
            except Rijfout as fout:
                self.uitkomst.geweigerd.append(fout.als_weigering(rij.regel))
        self._tel_personen()
        self._bewaar()
        self._ontbrekend()

    def _vereis(self, leerlingen: set[int]) -> None:
        if self.door is None:
            return
        mag = Leerling.objects.zichtbaar_voor(self.door, Recht.BEHEREN).filter(school=self.school)
        if leerlingen - set(mag.order_by().values_list("pk", flat=True)):
            raise PermissionDenied

    # -- one row ----------------------------------------------------------------------------------------------------

    def _neem(self, rij: Persoonrij, leerling: int) -> None:
        band = self._band(rij, leerling)
        if band is not None and band.regel:
            raise Rijfout("naam", "", f"Deze ouder staat bij deze leerling ook op regel {band.regel}.")
        persoon = band.persoon if band else self._bekend(rij)
        kind = self.leerlingen[leerling].naam
        if persoon is None:
            persoon = self._nieuw(rij)
        else:
            self._werk_bij(persoon, rij)
        self.genoemd[id(persoon)] = persoon
        if band is None:
            band = _Band(leerling, persoon, rij.relatie, rij.gezag)
            self._hang_in(band)
            self.uitkomst.wijzigingen.append(
                Wijziging("ouderschappen", persoon.naam, f"nieuw: {rij.relatie} van {kind}, gezag {rij.gezag}")
            )
            self.uitkomst.tel("ouderschappen", nieuw=True, veranderd=False)
        else:
            self.uitkomst.tel("ouderschappen", nieuw=False, veranderd=self._band_bij(band, rij, kind))
        band.regel = rij.regel

    def _band(self, rij: Persoonrij, leerling: int) -> _Band | None:
        """This parent among those that the pupil has: by address, else by name."""
        op_adres = self.op_adres.get(rij.email) if rij.email else None
        if op_adres is not None and (leerling, id(op_adres)) in self.band_van:
            self._eis_zelfde(op_adres, rij)
            return self.band_van[leerling, id(op_adres)]
        band = self.band_van_naam.get((leerling, zoeksleutel(rij.naam)))
        if band is not None and op_adres is not None:
            raise Rijfout("email", "", "Dit e-mailadres hoort op school al bij iemand anders.")
        return band

    def _hang_in(self, band: _Band) -> None:
        self.banden.append(band)
        self.band_van[band.leerling, id(band.persoon)] = band
        self.band_van_naam.setdefault((band.leerling, zoeksleutel(band.persoon.naam)), band)

    def _bekend(self, rij: Persoonrij) -> Persoon | None:
        """Somebody whom the school knows already: by address, else by name and telephone number together."""
        op_adres = self.op_adres.get(rij.email) if rij.email else None
        if op_adres is not None:
            self._eis_zelfde(op_adres, rij)
            return op_adres
        bekend = self.op_nummer.get((zoeksleutel(rij.naam), rij.telefoon)) if rij.telefoon else None
        return None if bekend is not None and rij.email and bekend.email else bekend

    @staticmethod
    def _eis_zelfde(persoon: Persoon, rij: Persoonrij) -> None:
        if not zelfde_mens(_naamdelen(persoon), rij.naamdelen):
            melding = (
                "Dit e-mailadres hoort op school bij iemand met een andere naam. Elke ouder heeft een eigen adres."
            )
            raise Rijfout("email", "", melding)

    def _nieuw(self, rij: Persoonrij) -> Persoon:
        velden = {**rij.naamdelen._asdict(), "email": rij.email, "telefoon": rij.telefoon, "taal": rij.taal}
        persoon = nieuwe_persoon(self.school, velden)
        self.nieuw.append(persoon)
        self._wijs_aan(persoon)
        for veld in VELDEN:
            if getattr(rij, veld):
                self.uit_bestand[id(persoon), veld] = rij.regel
        return persoon

    def _wijs_aan(self, persoon: Persoon) -> None:
        if persoon.email:
            self.op_adres[persoon.email] = persoon
        if persoon.telefoon:
            self.op_nummer.setdefault((zoeksleutel(persoon.naam), persoon.telefoon), persoon)

    def _werk_bij(self, persoon: Persoon, rij: Persoonrij) -> None:
        """Take over what differs; what staff of the school and who has an account typed themselves stays."""
        for veld, woord in VELDEN.items():
            oud, waarde = getattr(persoon, veld), getattr(rij, veld)
            if not waarde:
                continue
            eerder = self.uit_bestand.setdefault((id(persoon), veld), rij.regel)
            if waarde == oud:
                continue
            if eerder != rij.regel:
                self._merk_op(rij, veld, f"Op regel {eerder} heeft deze ouder een ander {woord}; dat is gebleven.")
                continue
            if oud and (persoon.sleutel or (veld == "email" and persoon.gebruiker_id)):
                self._merk_op(rij, veld, f"Deze ouder heeft bij ons een ander {woord}; dat is gebleven.")
                continue
            setattr(persoon, veld, waarde)
            if persoon.pk is not None:
                self.gewijzigd.setdefault(id(persoon), (persoon, set()))[1].add(veld)
                self.uitkomst.wijzigingen.append(
                    Wijziging("personen", persoon.naam, f"{woord}: {oud or '–'} → {waarde}")
                )
        self._wijs_aan(persoon)

    def _merk_op(self, rij: Persoonrij, veld: str, melding: str) -> None:
        self.uitkomst.opmerkingen.append(Weigering(rij.regel, veld, "", melding))

    def _band_bij(self, band: _Band, rij: Persoonrij, kind: str) -> bool:
        """Authority and relation as the file says; «onbekend» and plain «ouder» say nothing against what is known."""
        anders = []
        if rij.gezag not in (band.gezag, Gezag.ONBEKEND):
            anders.append(f"gezag over {kind}: {band.gezag} → {rij.gezag}")
            band.gezag = rij.gezag
        if rij.relatie not in (band.relatie, "ouder"):
            anders.append(f"relatie met {kind}: {band.relatie} → {rij.relatie}")
            band.relatie = rij.relatie
        naam = band.persoon.naam
        self.uitkomst.wijzigingen += [Wijziging("ouderschappen", naam, wat) for wat in anders]
        return bool(anders)

    # -- all of it --------------------------------------------------------------------------------------------------

    def _tel_personen(self) -> None:
        for sleutel, persoon in self.genoemd.items():
            self.uitkomst.tel("personen", nieuw=persoon.pk is None, veranderd=sleutel in self.gewijzigd)

    def _bewaar(self) -> None:
        bijwerken = self._koppel_accounts()
        Persoon.objects.bulk_create(self.nieuw, batch_size=PER_KEER)
        for persoon, velden in self.gewijzigd.values():
            persoon.save(update_fields=sorted(velden))
        nieuw: list[Ouderschap] = []
        for band in (band for band in self.banden if band.regel):
            if band.rij is None:
                leerling = self.leerlingen[band.leerling]
                nieuw.append(nieuw_ouderschap(leerling, band.persoon, band.relatie, band.gezag, self.vandaag))
                if band.persoon.gebruiker_id:
                    bijwerken[band.persoon.gebruiker_id] = band.persoon
            elif (band.rij.gezag, band.rij.relatie) != (band.gezag, band.relatie):
                self._bewaar_band(band, band.rij)
        Ouderschap.objects.bulk_create(nieuw, batch_size=PER_KEER)
        for persoon in bijwerken.values():
            koppeling_bijwerken(gebruiker=persoon.gebruiker, school=self.school, door=self.door)  # type: ignore[arg-type]

    def _bewaar_band(self, band: _Band, rij: Ouderschap) -> None:
        ander_gezag = rij.gezag != band.gezag
        rij.gezag, rij.relatie = band.gezag, band.relatie
        rij.save(update_fields=["gezag", "relatie"])
        if ander_gezag:
            vastleggen(
                "gezag_gewijzigd",
                school=self.school,
                door=self.door,
                leerling=band.leerling,
                object=rij,
                gezag=band.gezag,
            )

    def _koppel_accounts(self) -> dict[int, Persoon]:
        """Somebody who has an account already, at another school, keeps that one; nobody gets a new one here."""
        zonder = {p.email: p for p in self.genoemd.values() if p.email and p.gebruiker_id is None}
        gebruikers = Gebruiker.objects.filter(email__in=zonder)
        bezet = set(
            Persoon.objects.systeemtoegang(reden=REDEN)
            .filter(school=self.school, gebruiker__in=gebruikers.values("pk"))
            .values_list("gebruiker", flat=True)
        )
        gekoppeld: dict[int, Persoon] = {}
        for gebruiker in gebruikers:
            persoon = zonder[gebruiker.email]
            if gebruiker.pk in bezet or not zelfde_mens(splits_naam(gebruiker.naam), _naamdelen(persoon)):
                continue
            persoon.gebruiker = gebruiker
            gekoppeld[gebruiker.pk] = persoon
            if persoon.pk is not None:
                self.gewijzigd.setdefault(id(persoon), (persoon, set()))[1].add("gebruiker")
        return gekoppeld

    def _ontbrekend(self) -> None:
        """Parents whom the file does not name, or only in a refused row: listed, never taken as gone."""
        for band in self.banden:
            if not band.regel:
                naam = f"{band.persoon.naam} ({band.relatie} van {self.leerlingen[band.leerling].naam})"
                self.uitkomst.niet_in_bestand.append(naam)
        self.uitkomst.niet_in_bestand.sort()
