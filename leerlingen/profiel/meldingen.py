"""From what is wrong with a profile to one Dutch sentence about one key."""

import difflib
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from leerlingen.profiel.bevinding import Pad
from zorg.kern.fouten import DomeinFout

_ZINNEN: Final[Mapping[str, str]] = {
    "missing": "ontbreekt",
    "string_type": "moet tekst zijn",
    "string_too_short": "mag niet leeg zijn",
    "string_too_long": "is langer dan {max_length} tekens",
    "int_type": "moet een heel getal zijn",
    "int_parsing": "moet een heel getal zijn",
    "float_type": "moet een getal zijn",
    "float_parsing": "moet een getal zijn",
    "bool_type": "moet true of false zijn",
    "bool_parsing": "moet true of false zijn",
    "tuple_type": "moet een lijst zijn",
    "list_type": "moet een lijst zijn",
    "model_type": "moet een tabel met sleutels zijn",
    "model_attributes_type": "moet een tabel met sleutels zijn",
    "dict_type": "moet een tabel met sleutels zijn",
    "greater_than_equal": "moet minstens {ge} zijn",
    "greater_than": "moet groter dan {gt} zijn",
    "less_than_equal": "mag hoogstens {le} zijn",
    "less_than": "moet kleiner dan {lt} zijn",
    "too_short": "heeft minstens {min_length} nodig",
    "too_long": "heeft hoogstens {max_length}",
    "union_tag_not_found": "zegt niet met {discriminator} om welke soort het gaat",
    "finite_number": "moet een gewoon getal zijn",
}


class ProfielFout(DomeinFout):
    """A profile that cannot be used. `zin` names file, line and key; `regel` is 0 where there is no text."""

    def __init__(self, bestand: str, regel: int, sleutel: str, reden: str) -> None:
        plaats = f"{bestand}, regel {regel}" if regel else bestand
        super().__init__(f"{plaats}, sleutel {sleutel}: {reden}." if sleutel else f"{plaats}: {reden}.")
        self.bestand = bestand
        self.regel = regel
        self.sleutel = sleutel
        self.reden = reden


def sleutelnaam(pad: Pad, inhoud: object) -> str:
    """The path as people read it, with the code of an item where it has one: `bespreking[sot].leden[ib]`."""
    tekst = ""
    hier = inhoud
    for deel in pad:
        if isinstance(deel, int):
            hier = hier[deel] if isinstance(hier, list) and deel < len(hier) else None
            code = hier.get("code") or hier.get("naam") if isinstance(hier, dict) else None
            tekst += f"[{code}]" if isinstance(code, str) and code else f"[{deel + 1}]"
        else:
            hier = hier.get(deel) if isinstance(hier, dict) else None
            tekst += f".{deel}" if tekst else deel
    return tekst


def echt_pad(pad: Pad, inhoud: object) -> Pad:
    """The path without the names of variants that pydantic puts between (they are no keys of the file)."""
    schoon: list[str | int] = []
    hier = inhoud
    for nummer, deel in enumerate(pad):
        laatste = nummer == len(pad) - 1
        if isinstance(deel, int):
            schoon.append(deel)
            hier = hier[deel] if isinstance(hier, list) and deel < len(hier) else None
        elif isinstance(hier, dict) and deel in hier:
            schoon.append(deel)
            hier = hier[deel]
        elif laatste:
            schoon.append(deel)
    return tuple(schoon)


def zin_van(fout: ErrorDetails, model: type[BaseModel]) -> str:
    """What is wrong, as the end of a Dutch sentence."""
    context: dict[str, Any] = dict(fout.get("ctx") or {})
    soort = fout["type"]
    if soort == "kruiscontrole":
        return str(context["zin"])
    if soort == "extra_forbidden":
        return "kent dit programma niet" + _misschien(str(fout["loc"][-1]), fout["loc"], model)
    if soort in ("literal_error", "union_tag_invalid"):
        keuzes = str(context.get("expected") or context.get("expected_tags"))
        keuzes = keuzes.replace("'", "").replace(" or ", ", ")
        gegeven = context.get("tag", fout["input"])
        return f'is "{gegeven}", maar kies uit {keuzes}'
    if soort == "string_pattern_mismatch":
        return f'is "{fout["input"]}", maar mag alleen kleine letters, cijfers en _ hebben'
    sjabloon = _ZINNEN.get(soort)
    return sjabloon.format(**context) if sjabloon else "klopt niet"


def _misschien(sleutel: str, pad: Pad, model: type[BaseModel]) -> str:
    """A suggestion when the key looks like one that does exist anywhere in the schema."""
    bekend: set[str] = set()
    rij: list[type[BaseModel]] = [model]
    gezien: set[type[BaseModel]] = set()
    while rij:
        vorm = rij.pop()
        if vorm in gezien:
            continue
        gezien.add(vorm)
        bekend.update(vorm.model_fields)
        for veld in vorm.model_fields.values():
            rij.extend(_vormen_in(veld.annotation))
    kandidaten = difflib.get_close_matches(sleutel, sorted(bekend), n=1, cutoff=0.75)
    return f', bedoelt u "{kandidaten[0]}"' if kandidaten else ""


def _vormen_in(annotatie: object) -> list[type[BaseModel]]:
    if isinstance(annotatie, type) and issubclass(annotatie, BaseModel):
        return [annotatie]
    gevonden: list[type[BaseModel]] = []
    for deel in getattr(annotatie, "__args__", ()):
        gevonden.extend(_vormen_in(deel))
    return gevonden


def fouten_van(fout: ValidationError, inhoud: object, model: type[BaseModel]) -> list[tuple[Pad, str]]:
    """Path and sentence of every fault of a validation."""
    uit: list[tuple[Pad, str]] = []
    for detail in fout.errors():
        context = detail.get("ctx") or {}
        pad: Pad = tuple(context["pad"]) if detail["type"] == "kruiscontrole" else tuple(detail["loc"])
        uit.append((echt_pad(pad, inhoud), zin_van(detail, model)))
    return uit
