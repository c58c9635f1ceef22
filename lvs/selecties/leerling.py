"""The results of one pupil, by subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from leerlingen import profielen_van_school
from leerlingen.models import Document, Dossierstuk, Leerling
from leerlingen.profiel import Profiel
from lvs import feiten
from lvs.groei import Vakbeeld, getal, vakbeeld
from lvs.models import Resultaat
from lvs.services import groeinormen
from lvs.signalering import Feiten, Signaal, signalen


@dataclass(frozen=True)
class Vakresultaten:
    """One subject on the tab of a pupil: picture, all results newest first, signals, what growth was expected."""

    code: str
    naam: str
    beeld: Vakbeeld
    rijen: list[Resultaat]
    signalen: list[Signaal]
    verwacht: str

    @property
    def heeft_percentiel(self) -> bool:
        return any(rij.percentiel is not None for rij in self.rijen)

    @property
    def heeft_meer(self) -> bool:
        return any(rij.functioneringsniveau or rij.dle is not None or rij.referentieniveau for rij in self.rijen)

    @property
    def groei(self) -> str:
        return "" if self.beeld.groei is None else getal(self.beeld.groei, teken=True)


def resultaten_van(gebruiker: Any, leerling: Leerling, dag: date) -> list[Vakresultaten]:
    """The visible results of a pupil by subject; subjects without results are left out."""
    profiel = profielen_van_school.huidig_profiel(leerling.school)
    rijen = _rijen(Resultaat.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling), profiel)
    if not rijen:
        return []
    metingen = feiten.uit_rijen(rijen)
    opp = feiten.met_opp(Document.objects.zichtbaar_voor(gebruiker), profiel, [leerling.pk])
    plannen = dict(feiten.plaatsen(gebruiker, [leerling.pk], dag).get(leerling.pk, {}))
    normen = groeinormen(leerling.school)
    alle = signalen(Feiten(metingen, bool(opp), plannen), profiel, normen)
    uit = []
    for vak in profiel.vakgebieden:
        van_vak = [rij for rij in rijen if rij.vak == vak.code]
        if van_vak:
            beeld = vakbeeld(vak.code, metingen, profiel)
            verwacht = normen.verwacht(beeld.vorige, beeld.laatste)
            eigen = [signaal for eerste in alle if eerste.vak == vak.code for signaal in (eerste, *eerste.ook)]
            tekst = "" if verwacht is None else getal(verwacht, teken=True)
            uit.append(Vakresultaten(vak.code, vak.naam, beeld, van_vak, eigen, tekst))
    return uit


def resultaten_van_stuk(gebruiker: Any, stuk: Dossierstuk, zicht: str) -> Vakresultaten | None:
    """One series as any reader of the piece sees it, parents and experts too; signals are the school's own."""
    profiel = profielen_van_school.huidig_profiel(stuk.school)
    rijen = _rijen(Resultaat.objects.zichtbaar_voor(gebruiker, zicht).filter(reeks__stuk=stuk), profiel)
    if not rijen:
        return None
    vak = rijen[0].vak
    naam = next((gebied.naam for gebied in profiel.vakgebieden if gebied.code == vak), vak)
    return Vakresultaten(vak, naam, vakbeeld(vak, feiten.uit_rijen(rijen), profiel), rijen, [], "")


def _rijen(resultaten: Any, profiel: Profiel) -> list[Resultaat]:
    """Newest first, each with the name of its test."""
    namen = instrumentnamen(profiel)
    rijen = list(resultaten.order_by("-afnamedatum", "-pk"))
    for rij in rijen:
        rij.instrumentnaam = namen.get(rij.instrument, rij.instrument)
    return rijen


@dataclass(frozen=True)
class Eerder:
    """What a result said before it was corrected, and until when."""

    tekst: str
    tot: datetime


def eerder(gebruiker: Any, resultaat: Resultaat) -> list[Eerder]:
    """The earlier versions of a result, newest first, each with until when it stood there."""
    bron: Any = Resultaat.pgh_event_model  # type: ignore[attr-defined]
    versies = (
        bron.objects.zichtbaar_voor(gebruiker).filter(pgh_obj_id=resultaat.pk).order_by("-pgh_created_at", "-pgh_id")
    )
    return [Eerder(_in_woorden(versie), versie.pgh_created_at) for versie in versies]


def _in_woorden(versie: Any) -> str:
    delen = [versie.moment, versie.niveau]
    for naam in ("vaardigheidsscore", "ruwe_score", "percentiel"):
        waarde = getattr(versie, naam)
        if waarde is not None:
            delen.append(f"{naam.replace('_', ' ')} {getal(float(waarde))}")
    return " · ".join(deel for deel in delen if deel)


def instrumentnamen(profiel: Profiel) -> dict[str, str]:
    """Code → name of the school's tests."""
    return {instrument.code: instrument.naam for instrument in profiel.instrumenten}
