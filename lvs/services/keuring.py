"""Judging results by the procedure of the school, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from leerlingen.models import Leerling
from leerlingen.profiel import Profiel
from leerlingen.profiel.meten import Instrument
from lvs.groei import moment_genormaliseerd, niveau_genormaliseerd
from zorg.kern import klok
from zorg.kern.models import School

WAARDEN = (
    "ruwe_score",
    "vaardigheidsscore",
    "niveau",
    "percentiel",
    "functioneringsniveau",
    "dle",
    "referentieniveau",
)
GETALLEN = {"ruwe_score": (-999, 9999), "vaardigheidsscore": (-999, 9999), "percentiel": (0, 100), "dle": (-99, 999)}


@dataclass(frozen=True, slots=True)
class Invoer:
    """One result as typed or read from a file. `regel` is where it stood, for the answer."""

    leerling: Leerling
    vak: str
    instrument: str
    moment: str
    afnamedatum: date
    versie: str = ""
    onderdeel: str = ""
    ruwe_score: Decimal | None = None
    vaardigheidsscore: Decimal | None = None
    niveau: str = ""
    percentiel: Decimal | None = None
    functioneringsniveau: str = ""
    dle: Decimal | None = None
    referentieniveau: str = ""
    regel: int = 0


class Afgekeurd(Exception):
    """A row that cannot be recorded."""

    def __init__(self, veld: str, waarde: object, melding: str) -> None:
        super().__init__(melding)
        self.veld, self.waarde, self.melding = veld, str(waarde), melding


class Keurmeester:
    """Judges rows by the procedure of the school; made once for a batch."""

    def __init__(self, school: School, profiel: Profiel) -> None:
        self.vandaag = klok.vandaag(school)
        self.vakken = {vak.code for vak in profiel.vakgebieden}
        self.instrumenten = {instrument.code: instrument for instrument in profiel.instrumenten}
        self.schalen = profiel.schalen
        self._niveaus: dict[str, str | None] = {}

    def instrument(self, code: str) -> Instrument:
        gevonden = self.instrumenten.get(code)
        if gevonden is None:
            raise Afgekeurd("instrument", code, f"De toets «{code}» kent de school niet.")
        return gevonden

    def niveau(self, niveau: str, instrument: Instrument) -> str:
        if not niveau.strip():
            return ""
        if niveau not in self._niveaus:
            self._niveaus[niveau] = niveau_genormaliseerd(niveau, self.schalen)
        gevonden = self._niveaus[niveau]
        if gevonden is None:
            schaal = next((s for s in self.schalen if s.code == instrument.schaal), None)
            mag = f" Kies uit {', '.join(schaal.niveaus)}." if schaal else ""
            raise Afgekeurd("niveau", niveau, f"Het niveau «{niveau}» hoort niet bij {instrument.naam}.{mag}")
        return gevonden

    def keur(self, rij: Invoer) -> Invoer:
        """The row with levels and moments as the school writes them. Raises Afgekeurd."""
        instrument = self.instrument(rij.instrument)
        if rij.vak not in self.vakken:
            raise Afgekeurd("vak", rij.vak, f"Het vakgebied «{rij.vak}» kent de school niet.")
        if rij.vak not in instrument.vakgebieden:
            raise Afgekeurd("vak", rij.vak, f"{instrument.naam} hoort niet bij dit vakgebied.")
        moment = moment_genormaliseerd(rij.moment)
        if not moment or len(moment) > 40:
            raise Afgekeurd("moment", rij.moment, "Vul het toetsmoment in, bijvoorbeeld M6, of de naam van het blok.")
        if rij.afnamedatum > self.vandaag:
            raise Afgekeurd("afnamedatum", rij.afnamedatum, "De afnamedatum ligt in de toekomst.")
        geboren = rij.leerling.geboortedatum
        if rij.afnamedatum.year < 1990 or (geboren and rij.afnamedatum < geboren):
            raise Afgekeurd("afnamedatum", rij.afnamedatum, "De afnamedatum kan niet kloppen.")
        if rij.onderdeel and rij.onderdeel not in instrument.categorieen:
            raise Afgekeurd("onderdeel", rij.onderdeel, f"{instrument.naam} heeft geen onderdeel «{rij.onderdeel}».")
        for naam, (laagste, hoogste) in GETALLEN.items():
            waarde = getattr(rij, naam)
            if naam == "ruwe_score" and instrument.methodetoets:
                laagste, hoogste = 0, 100  # the percentage right
            if waarde is not None and not laagste <= waarde <= hoogste:
                raise Afgekeurd(naam, waarde, f"«{waarde}» kan hier niet: kies een getal van {laagste} t/m {hoogste}.")
        for naam in ("versie", "functioneringsniveau", "referentieniveau"):
            if len(getattr(rij, naam)) > (40 if naam == "versie" else 20):
                raise Afgekeurd(naam, getattr(rij, naam), "Dit is te lang.")
        gekeurd = replace(
            rij, moment=moment, niveau=self.niveau(rij.niveau, instrument), versie=" ".join(rij.versie.split())
        )
        if not any(getattr(gekeurd, naam) not in (None, "") for naam in WAARDEN):
            raise Afgekeurd("niveau", "", "Vul ten minste een niveau of een score in.")
        return gekeurd
