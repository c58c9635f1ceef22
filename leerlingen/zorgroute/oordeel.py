"""May it be done: one step, one meeting or one paper judged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from leerlingen.profiel.basis import BEGIN, Rol, Voorwaardesoort
from leerlingen.profiel.bespreken import Bespreking
from leerlingen.profiel.route import Niveau
from leerlingen.profiel.schema import Profiel
from leerlingen.profiel.voorwaardenvormen import ToestemmingVorm, VoorwaardeVorm
from leerlingen.termijn import opsomming
from leerlingen.voorwaarden import beoordeel_voorwaarde
from leerlingen.zorgfeiten import Zorgfeiten
from leerlingen.zorgroute.woorden import de_rollen, hoofdletter, richting, rolnamen, stapnaam


@dataclass(frozen=True)
class Uitkomst:
    """One condition judged."""

    voorwaarde: str
    """Name of the condition in the profile; "rol" for who may decide, "overgang" when there is no such step."""
    soort: Voorwaardesoort
    voldaan: bool
    kort: str
    """A piece of a sentence for a list: "tweede leerlingbespreking is nog niet geëvalueerd"."""
    zin: str
    """The same as a whole sentence: "SOT kan nog niet: tweede leerlingbespreking is nog niet geëvalueerd."."""
    wie: str = ""
    """Label of who can satisfy it; empty when done."""
    wie_rollen: tuple[Rol, ...] = ()
    voor: date | None = None
    link: str = ""
    """Code of what would satisfy it, see `leerlingen.voorwaarden`."""
    toelichting: str = ""


@dataclass(frozen=True)
class Oordeel:
    """May it be done. A soft condition does not block, but then asks for a written reason."""

    van: str
    naar: str
    toegestaan: bool
    """Whether the asker may do this and no hard condition is open."""
    vraagt_onderbouwing: bool
    """Allowed, but a soft condition is open: only with a written reason."""
    zin: str
    uitkomsten: tuple[Uitkomst, ...]
    wie: str
    """Label of who may decide."""
    wie_rollen: tuple[Rol, ...]
    richting: Literal["omhoog", "omlaag", "geen"] = "geen"

    @property
    def ontbreekt(self) -> tuple[Uitkomst, ...]:
        """The conditions that are open, hard ones first."""
        return tuple(sorted((u for u in self.uitkomsten if not u.voldaan), key=lambda u: u.soort != "hard"))

    @property
    def gedaan(self) -> tuple[Uitkomst, ...]:
        """The conditions that are met."""
        return tuple(u for u in self.uitkomsten if u.voldaan)


def beoordeel(profiel: Profiel, van: str, naar: str, feiten: Zorgfeiten) -> Oordeel:
    """Judge the step from level `van` to level `naar`; going down is a step too. `van` may be BEGIN.

    Raises KeyError when a level does not exist in this profile.
    """
    doel = profiel.zoek_niveau(naar)
    if van != BEGIN:
        profiel.zoek_niveau(van)
    overgang = profiel.zoek_overgang(van, naar)
    if overgang is None:
        return _geen_stap(profiel, van, doel)
    wie = rolnamen(profiel, overgang.wie)
    stap = stapnaam(profiel, van, doel)
    uitkomsten = (
        _rol(profiel, overgang.wie, feiten, stap),
        *uitkomsten_van(profiel, overgang.voorwaarden, feiten, stap),
    )
    return _oordeel(van, naar, stap, uitkomsten, wie, overgang.wie, richting(profiel, van, naar))


def beoordeel_stap(profiel: Profiel, naar: str, feiten: Zorgfeiten) -> Oordeel:
    """Judge the step from where the pupil stands (`feiten.niveau`) to level `naar`.

    Without a level on record the pupil follows the group plan: the arrows from the lowest level hold, and those of the
    first placement (`BEGIN`). Past the lowest level these are for a newcomer only, about whom no meeting was held yet.
    The arrow that asks least counts. Raises KeyError as `beoordeel` does.
    """
    rij = [beoordeel(profiel, van, naar, feiten) for van in _vanwaar(profiel, naar, feiten)]
    return min(rij, key=lambda oordeel: (not oordeel.toegestaan, oordeel.vraagt_onderbouwing))


def _vanwaar(profiel: Profiel, naar: str, feiten: Zorgfeiten) -> list[str]:
    """The levels from which the step may be taken, by the procedure's arrows; one when there is no arrow at all."""
    if feiten.niveau is not None:
        return [feiten.niveau]
    laagste = profiel.laagste_niveau.code
    nieuw = naar == laagste or not any(bespreking.gehouden for bespreking in feiten.besprekingen)
    rij = [van for van in (laagste, *([BEGIN] if nieuw else [])) if profiel.zoek_overgang(van, naar)]
    return rij or [laagste]


def beoordeel_bespreking(profiel: Profiel, soort: str, feiten: Zorgfeiten, *, extern: bool = False) -> Oordeel:
    """May this meeting be held about this pupil? `extern`: someone from outside the school is invited.

    Someone from outside always needs consent for this pupil and purpose, in every profile and whatever the meeting
    is called (X-12); without it the pupil can only be discussed anonymously. Raises KeyError for an unknown kind.
    """
    bespreking = profiel.zoek_bespreking(soort)
    voorwaarden = list(bespreking.voorwaarden)
    code = bespreking.toestemming_extern
    if code is not None and (extern or heeft_vaste_extern(bespreking)):
        al = any(isinstance(v, ToestemmingVorm) and v.toestemming == code and v.soort == "hard" for v in voorwaarden)
        if not al:
            voorwaarden.insert(0, ToestemmingVorm(naam="toestemming", soort="hard", toestemming=code))
    stap = hoofdletter(bespreking.kort)
    uitkomsten = list(uitkomsten_van(profiel, voorwaarden, feiten, stap))
    if code is None and extern:
        kort = "er is geen toestemming ingericht om iemand van buiten te vragen"
        uitkomsten.append(
            Uitkomst(
                "toestemming", "hard", voldaan=False, kort=kort, zin=f"{stap} kan nog niet: {kort}.", link="profiel"
            )
        )
    rollen: tuple[Rol, ...] = (bespreking.organisator,)
    return _oordeel("", soort, stap, uitkomsten, rolnamen(profiel, rollen), rollen)


def heeft_vaste_extern(bespreking: Bespreking) -> bool:
    """Whether someone from outside always sits at this table."""
    return any(lid.extern and lid.verplicht and not lid.op_afroep for lid in bespreking.leden)


def beoordeel_document(profiel: Profiel, code: str, feiten: Zorgfeiten) -> Oordeel:
    """May this paper be opened for this pupil (K-29, K-30)? Raises KeyError for an unknown paper."""
    document = profiel.zoek_document(code)
    stap = hoofdletter(document.naam)
    uitkomsten = uitkomsten_van(profiel, document.voorwaarden, feiten, stap)
    return _oordeel("", code, stap, uitkomsten, "", ())


def mogelijke_stappen(profiel: Profiel, feiten: Zorgfeiten) -> tuple[Oordeel, ...]:
    """Every step from where the pupil stands, judged, upwards first; staying on the lowest level is none."""
    hier = feiten.niveau or profiel.laagste_niveau.code
    rij = [
        beoordeel_stap(profiel, n.code, feiten)
        for n in profiel.niveau
        if n.code != hier and any(profiel.zoek_overgang(van, n.code) for van in _vanwaar(profiel, n.code, feiten))
    ]
    return tuple(sorted(rij, key=lambda oordeel: oordeel.richting != "omhoog"))


def _geen_stap(profiel: Profiel, van: str, doel: Niveau) -> Oordeel:
    stap = stapnaam(profiel, van, doel)
    woord = profiel.begrippen.woorden.niveau
    if profiel.is_kop(doel.code):
        kort = f"{doel.naam} is een kop; kies een {woord} daaronder"
    else:
        wel = [o.naar for o in profiel.overgang if o.van == van and not o.beeindigd]
        wel.sort(key=lambda code: profiel.zoek_niveau(code).volgorde)
        hier = "het begin" if van == BEGIN else f"{woord} {profiel.zoek_niveau(van).kort}"
        kort = f"van {hier} gaat de route niet naar {woord} {doel.kort}"
        if wel:
            kort += f", wel naar {opsomming(profiel.zoek_niveau(code).kort for code in wel)}"
    zin = f"{stap} kan niet: {kort}."
    uitkomst = Uitkomst("overgang", "hard", voldaan=False, kort=kort, zin=zin, link="route")
    return Oordeel(
        van=van,
        naar=doel.code,
        toegestaan=False,
        vraagt_onderbouwing=False,
        zin=zin,
        uitkomsten=(uitkomst,),
        wie="",
        wie_rollen=(),
        richting=richting(profiel, van, doel.code),
    )


def _rol(profiel: Profiel, wie: tuple[Rol, ...], feiten: Zorgfeiten, stap: str) -> Uitkomst:
    kort = f"dit besluit is aan {de_rollen(profiel, wie)}"
    voldaan = bool(feiten.rollen & set(wie))
    return Uitkomst(
        "rol",
        "hard",
        voldaan=voldaan,
        kort=kort,
        zin=f"{hoofdletter(kort)}." if voldaan else f"{stap} kan nog niet: {kort}.",
        wie="" if voldaan else rolnamen(profiel, wie),
        wie_rollen=() if voldaan else wie,
        link="" if voldaan else "rol",
    )


def uitkomsten_van(
    profiel: Profiel, voorwaarden: Iterable[VoorwaardeVorm], feiten: Zorgfeiten, stap: str
) -> list[Uitkomst]:
    """Judge a list of conditions; `stap` is what the sentence calls that which they guard."""
    uit: list[Uitkomst] = []
    for vorm in voorwaarden:
        for deel in beoordeel_voorwaarde(vorm, profiel, feiten):
            hoe = "kan nog niet:" if vorm.soort == "hard" else "kan, maar"
            uit.append(
                Uitkomst(
                    vorm.naam,
                    vorm.soort,
                    voldaan=deel.voldaan,
                    kort=deel.kort,
                    zin=f"{hoofdletter(deel.kort)}." if deel.voldaan else f"{stap} {hoe} {deel.kort}.",
                    wie=rolnamen(profiel, deel.wie),
                    wie_rollen=deel.wie,
                    voor=deel.voor,
                    link=deel.link,
                    toelichting=vorm.toelichting,
                )
            )
    return uit


def _oordeel(
    van: str,
    naar: str,
    stap: str,
    uitkomsten: Sequence[Uitkomst],
    wie: str,
    wie_rollen: tuple[Rol, ...],
    welke_kant: Literal["omhoog", "omlaag", "geen"] = "geen",
) -> Oordeel:
    hard = [u for u in uitkomsten if u.soort == "hard" and not u.voldaan]
    zacht = [u for u in uitkomsten if u.soort == "zacht" and not u.voldaan]
    if hard:
        zin = f"{stap} kan nog niet: {hard[0].kort}."
    elif zacht:
        zin = f"{stap} kan, maar {opsomming(u.kort for u in zacht)}."
    else:
        zin = f"{stap} kan."
    return Oordeel(
        van=van,
        naar=naar,
        toegestaan=not hard,
        vraagt_onderbouwing=bool(zacht) and not hard,
        zin=zin,
        uitkomsten=tuple(uitkomsten),
        wie=wie,
        wie_rollen=wie_rollen,
        richting=welke_kant,
    )
