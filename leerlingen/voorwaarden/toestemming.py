"""The condition of consent: who was asked, who answered what, to which text, and whether it still holds."""

from datetime import date, timedelta

from leerlingen.profiel.basis import Rol
from leerlingen.profiel.route import Toestemming
from leerlingen.profiel.schema import Profiel
from leerlingen.profiel.voorwaardenvormen import ToestemmingVorm
from leerlingen.termijn import datumtekst, opsomming
from leerlingen.voorwaarden.kern import Deel, beoordeel_voorwaarde, klaar, mist
from leerlingen.zorgfeiten import Antwoordfeit, Toestemmingfeit, Zorgfeiten


@beoordeel_voorwaarde.register
def _toestemming(vorm: ToestemmingVorm, profiel: Profiel, feiten: Zorgfeiten) -> tuple[Deel, ...]:
    toestemming = profiel.zoek_toestemming(vorm.toestemming)
    link = f"toestemming:{vorm.toestemming}"
    vragers: tuple[Rol, ...] = (vorm.wie or "ib",)
    ouders = profiel.begrippen.woorden.ouders
    if not feiten.gezaghebbenden:
        return (mist("er is geen ouder met gezag bekend", vragers, link="gezag"),)
    vragen = [t for t in feiten.toestemmingen if t.doel == vorm.toestemming and t.gevraagd_op <= feiten.vandaag]
    if not vragen:
        return (mist(f"schriftelijke toestemming van de {ouders} ontbreekt", vragers, link=link),)
    vraag = max(vragen, key=lambda t: (t.gevraagd_op, t.tekstversie))
    if vraag.geldig_tot is not None and vraag.geldig_tot <= feiten.vandaag:
        kort = f"de toestemming van de {ouders} liep af op {datumtekst(vraag.geldig_tot, feiten.vandaag)}"
        return (mist(kort, vragers, link=link),)
    return _antwoorden(toestemming, vraag, feiten, link)


def laatste_antwoord(vraag: Toestemmingfeit, sleutel: str) -> Antwoordfeit | None:
    """What this person says now. When two answers bear the same moment, the one that was recorded later counts."""
    rij = [a for a in vraag.antwoorden if a.gezaghebbende == sleutel]
    return max(reversed(rij), key=lambda a: a.op, default=None)


def _antwoorden(toestemming: Toestemming, vraag: Toestemmingfeit, feiten: Zorgfeiten, link: str) -> tuple[Deel, ...]:
    ja: list[date] = []
    delen: list[Deel] = []
    stil: list[str] = []
    for persoon in feiten.gezaghebbenden:
        antwoord = laatste_antwoord(vraag, persoon.sleutel)
        verlopen = _verlopen(toestemming, antwoord, feiten)
        if antwoord is None or antwoord.tekstversie != vraag.tekstversie or verlopen:
            stil.append(persoon.aanduiding)
        elif antwoord.keuze == "ja":
            ja.append(antwoord.op.date())
        elif antwoord.keuze == "nee":
            kort = f"{persoon.aanduiding} geeft geen toestemming"
            delen.append(mist(kort, ("leerkracht", "ib"), link="gesprek:ouders"))
        else:
            kort = f"{persoon.aanduiding} wil eerst met de school praten"
            delen.append(mist(kort, ("leerkracht",), link="gesprek:ouders"))
    if toestemming.wie == "een" and ja:
        delen, stil = [], []
    if stil:
        kort = f"schriftelijke toestemming van {opsomming(stil)} ontbreekt"
        delen.append(mist(kort, ("ouder",), vraag.geldig_tot, link))
    if delen:
        return tuple(delen)
    return (klaar(f"schriftelijke toestemming op {datumtekst(max(ja), feiten.vandaag)}"),)


def _verlopen(toestemming: Toestemming, antwoord: Antwoordfeit | None, feiten: Zorgfeiten) -> bool:
    if toestemming.geldig_weken is None or antwoord is None:
        return False
    return antwoord.op.date() + timedelta(weeks=toestemming.geldig_weken) <= feiten.vandaag


def loopt_tot(toestemming: Toestemming, vraag: Toestemmingfeit, feiten: Zorgfeiten) -> date | None:
    """The first day without a consent that holds today: by its own date, or by how long a yes counts; None: open."""
    einden = [vraag.geldig_tot] if vraag.geldig_tot is not None else []
    if toestemming.geldig_weken is not None:
        antwoorden = [laatste_antwoord(vraag, persoon.sleutel) for persoon in feiten.gezaghebbenden]
        gegeven = [a.op.date() for a in antwoorden if a is not None and a.keuze == "ja"]
        if gegeven:
            eerst = max(gegeven) if toestemming.wie == "een" else min(gegeven)
            einden.append(eerst + timedelta(weeks=toestemming.geldig_weken))
    return min(einden, default=None)
