"""The week of a group: who gets extra guidance, by the group plans and by what was agreed upon a signal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leerlingen.models import Groep, Leerling
from leerlingen.profiel import Profiel
from leerlingen.zorgroute.woorden import hoofdletter
from lvs.selecties.groep import Overzicht, Rij, groepsoverzicht
from lvs.signalering import Signaal, vaknaam_kort
from lvs.vastgelegd import OPGEPAKT
from lvs.vervolg import Aanleiding, Keuze, keuzes


@dataclass(frozen=True)
class Weekregel:
    """One pupil: places in running plans outside the basis, what was agreed for the week, what nobody answers yet."""

    leerling: Leerling
    plekken: list[str]
    afspraken: list[Signaal]
    open: list[tuple[Signaal, list[Keuze]]]


@dataclass(frozen=True)
class Week:
    """The week overview; `rest` is how many pupils need nothing beside the basis."""

    beeld: Overzicht
    regels: list[Weekregel]
    rest: int


def weekoverzicht(gebruiker: Any, groep: Groep) -> Week:
    """Who gets what beside the basis this week (K-19, K-20, K-26); the queries are those of the group overview."""
    beeld = groepsoverzicht(gebruiker, groep)
    regels = [_regel(rij, groep, beeld.profiel) for rij in beeld.rijen]
    gevuld = [regel for regel in regels if regel.plekken or regel.afspraken or regel.open]
    return Week(beeld, gevuld, len(regels) - len(gevuld))


def _regel(rij: Rij, groep: Groep, profiel: Profiel) -> Weekregel:
    alle = [deel for signaal in rij.signalen for deel in (signaal, *signaal.ook)]
    nieuw = [s for s in rij.signalen if not s.bekend and s.soort == "zorg"]
    return Weekregel(
        leerling=rij.leerling,
        plekken=_plekken(rij, profiel),
        afspraken=[s for s in alle if s.pk and s.bekend == OPGEPAKT["week"]],
        open=[(s, keuzes(Aanleiding(s, rij.leerling.pk, groep.pk, profiel))) for s in nieuw],
    )


def _plekken(rij: Rij, profiel: Profiel) -> list[str]:
    """«Rekenen: intensief arrangement», in the order of the subjects."""
    namen: dict[str, str] = {arrangement.code: arrangement.naam.lower() for arrangement in profiel.arrangementen}
    return [
        f"{hoofdletter(vaknaam_kort(vak.naam))}: {namen[rij.plaatsen[vak.code].arrangement]}"
        for vak in profiel.vakgebieden
        if vak.code in rij.plaatsen and rij.plaatsen[vak.code].arrangement != "basis"
    ]
