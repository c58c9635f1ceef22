"""Bringing the start of a school in: on which level of care each pupil is, since when.

A start tells the past and meets no gate. Once somebody at the school has decided a level in Zorgpad, a file no longer
speaks against it.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from leerlingen import profielen_van_school
from leerlingen.inlezen.beginstand import Beginrij, Beginstandbestand
from leerlingen.inlezen.weigering import Rijfout, citaat, toonbare_code
from leerlingen.models import Leerling, Profielversie, Zorgniveauperiode
from leerlingen.namen import zoeksleutel
from leerlingen.profiel import Profiel
from leerlingen.profiel.route import Niveau
from leerlingen.services.hulp import periode_vanaf
from leerlingen.services.inlezen_uitkomst import Proef, Uitkomst, Wijziging, leerlingzoeker
from zorg.kern import klok
from zorg.kern.models import Gebruiker, School
from zorg.logboek.services import vastleggen

REDEN = "beginstand inlezen"
BEGIN = "Beginstand"
"""Stands before the reason of every level that a file brought: that is how the next file knows its own."""
SOORT = "zorgniveaus"
PER_KEER = 1000


def beginstand_inlezen(
    *, school: School, bestand: Beginstandbestand, proef: bool = False, door: Gebruiker | None
) -> Uitkomst:
    """Record the levels of a file in one transaction, with one log row. With `proef` nothing stays.

    Only the system itself may: raises PermissionDenied for an account, which moves pupils through the gates.
    """
    if door is not None:
        raise PermissionDenied
    uitkomst = Uitkomst((SOORT,), geweigerd=list(bestand.geweigerd), genegeerd=bestand.genegeerd)
    try:
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            _Inlezer(school, uitkomst).doe(bestand.rijen)
            if proef:
                raise Proef
            vastleggen(
                "beginstand_ingelezen",
                school=school,
                door=door,
                toegevoegd=uitkomst.toegevoegd[SOORT],
                gewijzigd=uitkomst.gewijzigd[SOORT],
                geweigerd=len(uitkomst.geweigerd),
            )
    except Proef:
        pass
    uitkomst.op_volgorde()
    return uitkomst


class _Inlezer:
    """One run; what it compares with is read once."""

    def __init__(self, school: School, uitkomst: Uitkomst) -> None:
        self.school, self.uitkomst = school, uitkomst
        self.vandaag = klok.vandaag(school)
        self.versie: Profielversie = profielen_van_school.huidige_versie(school)
        self.profiel: Profiel = profielen_van_school.profiel(self.versie)
        self.niveaus = _schrijfwijzen(self.profiel)
        leerlingen = Leerling.objects.systeemtoegang(reden=REDEN).filter(school=school)
        self.leerlingen: dict[int, Leerling] = {leerling.pk: leerling for leerling in leerlingen}
        self.perioden: dict[int, list[Zorgniveauperiode]] = {}
        for periode in Zorgniveauperiode.objects.systeemtoegang(reden=REDEN).filter(school=school):
            self.perioden.setdefault(periode.leerling_id, []).append(periode)
        self.gezien: dict[int, int] = {}
        self.nieuw: list[Zorgniveauperiode] = []

    def doe(self, rijen: tuple[Beginrij, ...]) -> None:
        zoeker = leerlingzoeker(self.leerlingen.values())
        for rij in rijen:
            try:
                self._neem(rij, self.leerlingen[zoeker.vind(rij.leerling)])
            except Rijfout as fout:
                self.uitkomst.geweigerd.append(fout.als_weigering(rij.regel))
        Zorgniveauperiode.objects.bulk_create(self.nieuw, batch_size=PER_KEER)

    def _neem(self, rij: Beginrij, leerling: Leerling) -> None:
        niveau = self._niveau(rij)
        self._keur(rij, leerling)
        eerder = self.perioden.get(leerling.pk, [])
        reden = f"{BEGIN}: {rij.toelichting}"[:500] if rij.toelichting else BEGIN
        if not eerder:
            vanaf = rij.sinds or self.vandaag
            self._wijziging(leerling, f"{niveau.naam} per {vanaf:%d-%m-%Y}")
            self.nieuw.append(self._periode(leerling, niveau.code, vanaf, reden))
            self.uitkomst.tel(SOORT, nieuw=True, veranderd=False)
        else:
            self._bij(rij, leerling, niveau, eerder, reden)
        self.gezien[leerling.pk] = rij.regel

    def _bij(
        self, rij: Beginrij, leerling: Leerling, niveau: Niveau, eerder: list[Zorgniveauperiode], reden: str
    ) -> None:
        """A level is there already: equal is fine, an own earlier start is corrected, a decision stays."""
        eerste = min(eerder, key=lambda periode: periode.periode.lower)
        vanaf = rij.sinds or eerste.periode.lower
        gelijk = (eerste.niveau, eerste.periode.lower) == (niveau.code, vanaf)
        van_begin = eerste.besloten_door_id is None and eerste.reden.startswith(BEGIN)
        if gelijk and (not van_begin or not rij.toelichting or eerste.reden == reden):
            self.uitkomst.tel(SOORT, nieuw=False, veranderd=False)
            return
        if len(eerder) > 1 or not van_begin:
            melding = (
                "Over het zorgniveau van deze leerling is in Zorgpad al besloten. Wijzig het bij de leerling zelf."
            )
            raise Rijfout("zorgniveau", toonbare_code(rij.zorgniveau), melding)
        oud = self.profiel.zoek_niveau(eerste.niveau).naam
        self._wijziging(leerling, f"{oud} per {eerste.periode.lower:%d-%m-%Y} → {niveau.naam} per {vanaf:%d-%m-%Y}")
        eerste.niveau, eerste.periode = niveau.code, periode_vanaf(vanaf)
        eerste.reden = reden if rij.toelichting else eerste.reden
        eerste.save(update_fields=["niveau", "periode", "reden"])
        self.uitkomst.tel(SOORT, nieuw=False, veranderd=True)

    def _keur(self, rij: Beginrij, leerling: Leerling) -> None:
        if leerling.pk in self.gezien:
            raise Rijfout("sleutel", "", f"Deze leerling staat ook op regel {self.gezien[leerling.pk]}.")
        uit = leerling.ingeschreven.upper
        if uit is not None and uit <= self.vandaag:
            raise Rijfout("sleutel", "", "Deze leerling is van school; een beginstand heeft hij niet meer.")
        if rij.sinds is not None and leerling.geboortedatum is not None and rij.sinds <= leerling.geboortedatum:
            datum = f"{rij.sinds:%d-%m-%Y}"
            raise Rijfout("sinds", rij.sinds.isoformat(), f"De datum {datum} ligt niet na de geboorte van de leerling.")

    def _niveau(self, rij: Beginrij) -> Niveau:
        gevonden = self.niveaus.get(zoeksleutel(rij.zorgniveau), [])
        if len(gevonden) == 1:
            return gevonden[0]
        toonbaar = toonbare_code(rij.zorgniveau) if len(rij.zorgniveau) <= 20 else ""
        kent = ", ".join(niveau.kort for niveau in self.profiel.niveaus_op_volgorde)
        raise Rijfout("zorgniveau", toonbaar, f"Het zorgniveau{citaat(toonbaar)} kent de school niet. Er zijn: {kent}.")

    def _periode(self, leerling: Leerling, niveau: str, vanaf: date, reden: str) -> Zorgniveauperiode:
        return Zorgniveauperiode(
            school=self.school,
            leerling=leerling,
            niveau=niveau,
            periode=periode_vanaf(vanaf),
            profielversie=self.versie,
            besloten_door=None,
            reden=reden,
            zachte_voorwaarden=[],
        )

    def _wijziging(self, leerling: Leerling, wat: str) -> None:
        self.uitkomst.wijzigingen.append(Wijziging(SOORT, leerling.naam, wat))


def _schrijfwijzen(profiel: Profiel) -> dict[str, list[Niveau]]:
    """The levels a pupil can be on, by code, by what the badge says, by name, and by «niveau 2»."""
    per_woord: dict[str, list[Niveau]] = {}
    for niveau in profiel.niveaus_op_volgorde:
        woorden = {niveau.code, niveau.kort, niveau.naam, f"niveau {niveau.kort}", f"zorgniveau {niveau.kort}"}
        for woord in {zoeksleutel(woord) for woord in woorden}:
            per_woord.setdefault(woord, []).append(niveau)
    return per_woord
