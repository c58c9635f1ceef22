"""May this profile follow that one: codes that a school has used never vanish, they only end (ontwerp §5).

Plans, meetings, transitions, consents and answers keep codes; a later version must still be able to name them.
"""

from collections.abc import Iterator
from typing import Final

from leerlingen.profiel.bevinding import Bevinding, Pad
from leerlingen.profiel.meldingen import ProfielFout
from leerlingen.profiel.schema import Profiel

_BLIJVEND: Final = (
    "niveau",
    "bespreking",
    "documenten",
    "toestemmingen",
    "signalering",
    "vakgebieden",
    "schalen",
    "instrumenten",
    "termijnen",
    "bewaartermijnen",
)


def controleer_opvolging(oud: Profiel, nieuw: Profiel, *, naam: str = "de procedure van de school") -> None:
    """Raises ProfielFout, naming the first code that would vanish or the text that changed without a new version."""
    for bevinding in bezwaren(oud, nieuw):
        raise ProfielFout(naam, 0, ".".join(str(deel) for deel in bevinding.pad), bevinding.zin)


def bezwaren(oud: Profiel, nieuw: Profiel) -> Iterator[Bevinding]:
    """Every reason why `nieuw` cannot follow `oud`."""
    for sleutel in _BLIJVEND:
        yield from _blijven((sleutel,), getattr(oud, sleutel), getattr(nieuw, sleutel))
    stappen = {(o.van, o.naar) for o in nieuw.overgang}
    for overgang in oud.overgang:
        if (overgang.van, overgang.naar) not in stappen:
            zin = f"de stap van {overgang.van} naar {overgang.naar} verdwijnt; zet beeindigd = true"
            yield Bevinding(("overgang",), zin)
    nieuwe_besprekingen = {b.code: b for b in nieuw.bespreking}
    for bespreking in oud.bespreking:
        opvolger = nieuwe_besprekingen.get(bespreking.code)
        if opvolger is not None:
            pad: Pad = ("bespreking", bespreking.code, "besluiten")
            yield from _blijven(pad, bespreking.besluiten, opvolger.besluiten)
    nieuwe_documenten = {d.code: d for d in nieuw.documenten}
    for document in oud.documenten:
        nieuw_document = nieuwe_documenten.get(document.code)
        if nieuw_document is None:
            continue
        begin: Pad = ("documenten", document.code)
        yield from _blijven((*begin, "statussen"), document.statussen, nieuw_document.statussen)
        yield from _blijven((*begin, "secties"), document.secties, nieuw_document.secties)
        secties = {s.code: s for s in nieuw_document.secties}
        for sectie in document.secties:
            if sectie.code in secties:
                yield from _blijven((*begin, sectie.code), sectie.vragen, secties[sectie.code].vragen)
    yield from _teksten(oud, nieuw)


def _blijven(pad: Pad, oud: tuple[object, ...], nieuw: tuple[object, ...]) -> Iterator[Bevinding]:
    codes = {getattr(deel, "code", None) for deel in nieuw}
    for deel in oud:
        code = getattr(deel, "code", None)
        if code not in codes:
            yield Bevinding(pad, f'"{code}" verdwijnt, maar kan al in gebruik zijn; laat het staan en beëindig het')


def _teksten(oud: Profiel, nieuw: Profiel) -> Iterator[Bevinding]:
    """A parent's answer counts for the text that was read: another text is another version."""
    vorige = {t.code: t for t in oud.toestemmingen}
    for toestemming in nieuw.toestemmingen:
        was = vorige.get(toestemming.code)
        if was is None:
            continue
        anders = (was.vraag, was.tekst, was.wie) != (toestemming.vraag, toestemming.tekst, toestemming.wie)
        if toestemming.versie < was.versie or (anders and toestemming.versie == was.versie):
            zin = "een andere tekst voor de ouders is een nieuwe versie; verhoog versie"
            yield Bevinding(("toestemmingen", toestemming.code, "versie"), zin)
