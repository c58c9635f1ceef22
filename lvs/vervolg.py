"""What a school does next with a signal: the choices that open the right thing, hung in by the floor that owns it.

The words of what to do stand in the procedure (`wat_nu` of a signal); where it leads is its `gevolg` (K-15..K-34).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from leerlingen.profiel import Profiel
from lvs.signalering import Signaal


@dataclass(frozen=True)
class Keuze:
    """One thing to do: a link."""

    tekst: str
    url: str


@dataclass(frozen=True)
class Aanleiding:
    """A signal about a pupil, for whom choices are made. `groep` is the home group, when the pupil has one."""

    signaal: Signaal
    leerling: int
    groep: int | None
    profiel: Profiel


Keuzemaker = Callable[[Aanleiding], Iterable[Keuze]]

_makers: list[Keuzemaker] = []


def registreer(maker: Keuzemaker) -> None:
    """Called from an AppConfig.ready. A maker asks no rows: it is called for every signal on a page."""
    if maker not in _makers:
        _makers.append(maker)


def keuzes(aanleiding: Aanleiding) -> list[Keuze]:
    """What can be done now, each once, the most fitting first."""
    gevonden = {keuze.url: keuze for maker in _makers for keuze in maker(aanleiding)}
    return list(gevonden.values())


def met_vervolg(
    signalen: Iterable[Signaal], *, leerling: int, groep: int | None, profiel: Profiel
) -> list[tuple[Signaal, list[Keuze]]]:
    """Each signal, and those that stand behind it, with its choices; one that was answered asks for nothing."""
    rij = [replace(deel, ook=()) for signaal in signalen for deel in (signaal, *signaal.ook)]
    return [(deel, [] if deel.bekend else keuzes(Aanleiding(deel, leerling, groep, profiel))) for deel in rij]


def naar_weekplanning(aanleiding: Aanleiding) -> list[Keuze]:
    """A signal from results that asks for extra help this week (K-19, K-20, K-26): a recorded signal, taken up."""
    signaal = aanleiding.signaal
    if signaal.pk or signaal.soort != "zorg" or signaal.gevolg not in ("groepsplan", "arrangement", "analyse"):
        return []
    vragen = urlencode(
        {
            "categorie": signaal.code,
            "bron": "methode" if "methode" in signaal.code else "lvs",
            "vak": signaal.vak,
            "tekst": signaal.zin[:1].upper() + signaal.zin[1:] + ".",
            "waar": "week",
        }
    )
    return [
        Keuze(
            "In de weekplanning", f"{reverse('signalen:nieuw', kwargs={'leerling_id': aanleiding.leerling})}?{vragen}"
        )
    ]


def naar_resultaten(aanleiding: Aanleiding) -> list[Keuze]:
    """Analysing begins with the results."""
    if aanleiding.signaal.gevolg != "analyse":
        return []
    adres = reverse("resultaten:leerling", kwargs={"leerling_id": aanleiding.leerling})
    vak = aanleiding.signaal.vak
    return [Keuze("Resultaten bekijken", f"{adres}#vak-{vak}" if vak else adres)]
