"""Sources that come from test results."""

from __future__ import annotations

from collections.abc import Callable

from lvs.groei import Meting, Vakbeeld, getal, op_volgorde, vakbeeld
from lvs.services import groeinormen
from lvs.signalering import Feiten, signalen
from plannen.bronnen.basis import Bronvraag, Gevonden
from zorg.kern.tekst import datum


def _per_vak(v: Bronvraag, regel: Callable[[Vakbeeld], str]) -> str:
    regels = []
    for vak in v.profiel.vakgebieden:
        tekst = regel(vakbeeld(vak.code, v.metingen, v.profiel))
        if tekst:
            regels.append(f"{vak.naam}: {tekst}")
    return "\n".join(regels)


def _bron_resultaten(v: Bronvraag) -> str:
    laatste = max(v.metingen, key=lambda meting: meting.datum)
    return f"uit de resultaten t/m {laatste.moment}, {datum(laatste.datum)}"


def _uitslag(meting: Meting) -> str:
    delen = [meting.niveau]
    if meting.vaardigheidsscore is not None:
        delen.append(f"({getal(meting.vaardigheidsscore)})" if meting.niveau else getal(meting.vaardigheidsscore))
    if meting.percentage is not None:
        delen.append(f"{getal(meting.percentage)} %")
    return " ".join(deel for deel in (meting.moment, *delen) if deel)


def laatste(v: Bronvraag) -> Gevonden | None:
    """Per subject the last two results and the growth between them."""

    def regel(beeld: Vakbeeld) -> str:
        twee = [_uitslag(meting) for meting in (beeld.vorige, beeld.laatste) if meting]
        groei = f"; groei {getal(beeld.groei, teken=True)}" if beeld.groei is not None else ""
        return ", ".join(twee) + groei if twee else ""

    tekst = _per_vak(v, regel)
    return Gevonden(tekst, _bron_resultaten(v)) if tekst else None


def overzicht(v: Bronvraag) -> Gevonden | None:
    """Per subject all results of the leading test."""
    tekst = _per_vak(v, lambda beeld: ", ".join(_uitslag(meting) for meting in beeld.reeks))
    return Gevonden(tekst, _bron_resultaten(v)) if tekst else None


def groei(v: Bronvraag) -> Gevonden | None:
    """Per subject the growth, and what pupils of this school usually grow."""
    normen = groeinormen(v.leerling.school)

    def regel(beeld: Vakbeeld) -> str:
        if beeld.groei is None or beeld.vorige is None or beeld.laatste is None:
            return ""
        verwacht = normen.verwacht(beeld.vorige, beeld.laatste)
        erbij = f" (verwacht {getal(verwacht, teken=True)})" if verwacht is not None else ""
        return f"van {beeld.vorige.moment} naar {beeld.laatste.moment} {getal(beeld.groei, teken=True)}{erbij}"

    tekst = _per_vak(v, regel)
    return Gevonden(tekst, _bron_resultaten(v)) if tekst else None


def methode(v: Bronvraag) -> Gevonden | None:
    """Per subject the last method tests."""
    tekst = _per_vak(v, lambda beeld: ", ".join(_uitslag(meting) for meting in beeld.methode[-4:]))
    return Gevonden(tekst, "uit de methodetoetsen") if tekst else None


def sociaal_emotioneel(v: Bronvraag) -> Gevonden | None:
    """The newest scores per part of SCOL or ZIEN."""
    eigen = [m for m in op_volgorde(v.metingen) if m.vak == "sociaal_emotioneel"]
    laatste = {(m.instrument, m.onderdeel): m for m in eigen}
    namen = {instrument.code: instrument.naam for instrument in v.profiel.instrumenten}
    regels = [
        f"{namen.get(m.instrument, m.instrument)} {m.onderdeel} {_uitslag(m)}".replace("  ", " ")
        for m in laatste.values()
    ]
    return Gevonden("\n".join(regels), _bron_resultaten(v)) if regels else None


def signalen_nu(v: Bronvraag) -> Gevonden | None:
    """What stands out now."""
    gevonden = signalen(Feiten(v.metingen), v.profiel, groeinormen(v.leerling.school))
    regels = [signaal.zin for signaal in gevonden]
    return Gevonden("\n".join(regels), "uit de signalen") if regels else None
