"""Reading a care profile from TOML or from storage: checked, and refused with one sentence."""

import functools
import json
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

import tomli_w
from pydantic import ValidationError

from leerlingen.profiel.meldingen import ProfielFout, fouten_van, sleutelnaam
from leerlingen.profiel.ophogen import opgehoogd
from leerlingen.profiel.regels import regel_van, regelnummers
from leerlingen.profiel.schema import Profiel

MAX_BYTES: Final = 512 * 1024
MAX_DIEPTE: Final = 12
_LANG_GETAL: Final = re.compile(r"[0-9_]{1000}")
INGEBOUWD: Final = ("kogerveld", "demeent", "loshoes", "aruba", "vlaanderen")


def laad_profiel(bron: str | bytes, *, naam: str) -> Profiel:
    """Make a profile of TOML text. `naam` is how the file is called in messages.

    Raises ProfielFout, whose sentence names file, line and key.
    """
    tekst = _als_tekst(bron, naam)
    try:
        inhoud = tomllib.loads(tekst)
    except tomllib.TOMLDecodeError as fout:
        raise _toml_fout(fout, naam, tekst) from None
    except ValueError:  # not a TOMLDecodeError: Python itself refuses to read a number of thousands of digits
        raise ProfielFout(naam, _regel_met_lang_getal(tekst), "", "een getal is te lang om te lezen") from None
    except RecursionError:
        raise ProfielFout(naam, 1, "", "het bestand is te diep genest") from None
    _begrens_diepte(inhoud, naam)
    versie = inhoud.get("schemaversie")
    if "schemaversie" not in inhoud:
        raise ProfielFout(naam, 1, "schemaversie", "ontbreekt")
    try:
        inhoud = opgehoogd(inhoud, naam=naam)
    except ProfielFout as fout:
        raise ProfielFout(naam, regel_van(regelnummers(tekst), ("schemaversie",)), "schemaversie", fout.reden) from None
    return _maak(inhoud, naam, tekst if versie == inhoud["schemaversie"] else None)


def uit_json(inhoud: Mapping[str, Any], *, naam: str = "de procedure van de school") -> Profiel:
    """Make a profile of stored content, lifted to the newest schema first. Raises ProfielFout."""
    return _maak(opgehoogd(dict(inhoud), naam=naam), naam, None)


def als_json(profiel: Profiel) -> dict[str, Any]:
    """The profile as JSON values, for `Profielversie.inhoud`. Defaults are written out: a stored procedure
    must not change when a default does."""
    return profiel.model_dump(mode="json")


def als_toml(profiel: Profiel) -> str:
    """The profile as a file that a school can change and read in again; what is not filled in stays out."""
    return tomli_w.dumps(_zonder_leeg(als_json(profiel)), multiline_strings=False)


def _zonder_leeg(waarde: Any) -> Any:
    """TOML knows no empty value: a key that is left out has its default."""
    if isinstance(waarde, dict):
        return {sleutel: _zonder_leeg(deel) for sleutel, deel in waarde.items() if deel is not None}
    return [_zonder_leeg(deel) for deel in waarde] if isinstance(waarde, list) else waarde


@functools.cache
def lees_ingebouwd(code: str) -> Profiel:
    """One of the five profiles of the product. Raises KeyError for another code."""
    if code not in INGEBOUWD:
        raise KeyError(code)
    return laad_profiel(ingebouwde_tekst(code), naam=f"{code}.toml")


def ingebouwde_tekst(code: str) -> str:
    """The TOML text of a built-in profile, as a school can start from it."""
    return resources.files("leerlingen").joinpath("profielen", f"{code}.toml").read_text(encoding="utf-8")


def ingebouwde_profielen() -> Mapping[str, Profiel]:
    """Code → profile of the five that ship with the product."""
    return MappingProxyType({code: lees_ingebouwd(code) for code in INGEBOUWD})


def _als_tekst(bron: str | bytes, naam: str) -> str:
    grootte = len(bron) if isinstance(bron, bytes) else len(bron.encode("utf-8", "surrogatepass"))
    if grootte > MAX_BYTES:
        raise ProfielFout(naam, 1, "", f"het bestand is groter dan {MAX_BYTES // 1024} kB")
    if isinstance(bron, str):
        return bron.removeprefix("\ufeff")
    try:
        return bron.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        regel = bron.count(b"\n", 0, fout.start) + 1
        raise ProfielFout(naam, regel, "", "het bestand is geen UTF-8-tekst") from None


def _toml_fout(fout: tomllib.TOMLDecodeError, naam: str, tekst: str) -> ProfielFout:
    """tomllib says "(at line 3, column 7)" or "(at end of document)" at the end of its message."""
    melding = str(fout)
    regel = tekst.count("\n") + 1
    _, _, plaats = melding.rpartition("(at line ")
    getal = plaats.partition(",")[0]
    if getal.isdigit():
        regel = min(int(getal), regel)
    regels = tekst.splitlines()
    inhoud = regels[regel - 1].strip() if 0 < regel <= len(regels) else ""
    sleutel = inhoud.partition("=")[0].strip() if "=" in inhoud else ""
    reden = "deze regel is geen geldige TOML"
    if "Cannot overwrite" in melding or "Cannot declare" in melding:
        reden = "staat er twee keer"
    return ProfielFout(naam, regel, sleutel[:60], reden)


def _regel_met_lang_getal(tekst: str) -> int:
    regels = (nummer for nummer, regel in enumerate(tekst.split("\n"), start=1) if _LANG_GETAL.search(regel))
    return next(regels, 1)


def _begrens_diepte(inhoud: object, naam: str) -> None:
    laag: list[object] = [inhoud]
    for _ in range(MAX_DIEPTE):
        laag = [
            kind
            for deel in laag
            for kind in (deel.values() if isinstance(deel, dict) else deel if isinstance(deel, list) else ())
        ]
        if not laag:
            return
    raise ProfielFout(naam, 1, "", f"het bestand is dieper genest dan {MAX_DIEPTE} lagen")


def _maak(inhoud: dict[str, Any], naam: str, bron: str | None) -> Profiel:
    """`bron` is the text in which the lines of faults are looked up, if there is one."""
    try:
        tekst = json.dumps(inhoud, default=str, allow_nan=False)
    except ValueError:
        raise ProfielFout(naam, 0 if bron is None else 1, "", "een getal is oneindig of geen getal") from None
    try:
        return Profiel.model_validate_json(tekst)
    except ValidationError as fout:
        regels = {} if bron is None else regelnummers(bron)
        gevonden = [
            (regel_van(regels, pad) if bron is not None else 0, pad, zin)
            for pad, zin in fouten_van(fout, inhoud, Profiel)
        ]
        regel, pad, zin = min(gevonden, key=lambda vondst: vondst[0])
        meer = len(gevonden) - 1
        if meer:
            zin += f" (en nog {meer} fout{'en' if meer > 1 else ''})"
        raise ProfielFout(naam, regel, sleutelnaam(pad, inhoud), zin) from None
