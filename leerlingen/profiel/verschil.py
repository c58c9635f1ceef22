"""What a new version of a procedure changes, for the person who must say yes to it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from leerlingen.profiel.laden import als_json
from leerlingen.profiel.schema import Profiel

WEG: Final = "staat er niet meer"
NIEUW: Final = "nieuw"


@dataclass(frozen=True)
class Verschil:
    """One key that differs: where (as messages about profiles name it), what it was and what it becomes."""

    waar: str
    was: str
    wordt: str


def verschillen(oud: Profiel, nieuw: Profiel) -> list[Verschil]:
    """Everything that differs, in the order of the file. Items of lists are the same when their code or name is."""
    return list(_vergelijk("", als_json(oud), als_json(nieuw)))


def _vergelijk(waar: str, oud: Any, nieuw: Any) -> Iterator[Verschil]:
    if oud == nieuw:
        return
    if isinstance(oud, dict) and isinstance(nieuw, dict):
        for sleutel in [*oud, *(s for s in nieuw if s not in oud)]:
            yield from _vergelijk(f"{waar}.{sleutel}" if waar else sleutel, oud.get(sleutel), nieuw.get(sleutel))
        return
    if (was := _op_code(oud)) is not None and (wordt := _op_code(nieuw)) is not None:
        for code in [*was, *(c for c in wordt if c not in was)]:
            plek = f"{waar}[{code}]"
            if code not in wordt:
                yield Verschil(plek, _tekst(was[code]), WEG)
            elif code not in was:
                yield Verschil(plek, NIEUW, _tekst(wordt[code]))
            else:
                yield from _vergelijk(plek, was[code], wordt[code])
        if list(was) != list(wordt) and set(was) == set(wordt):
            yield Verschil(waar, ", ".join(was), ", ".join(wordt))
        return
    yield Verschil(waar, _tekst(oud), _tekst(nieuw))


def _op_code(rij: Any) -> dict[str, Any] | None:
    """The items of a list by their code (or name); None when they have none, or one twice."""
    if not isinstance(rij, list) or not all(isinstance(deel, dict) for deel in rij):
        return None
    codes = [str(deel.get("code") or deel.get("naam") or "") for deel in rij]
    return dict(zip(codes, rij, strict=True)) if all(codes) and len(set(codes)) == len(codes) else None


def _tekst(waarde: Any) -> str:
    """A value as a person reads it, long ones cut."""
    if isinstance(waarde, dict):
        waarde = waarde.get("naam") or waarde.get("tekst") or waarde.get("code") or "een onderdeel"
    elif isinstance(waarde, list):
        waarde = ", ".join(_tekst(deel) for deel in waarde)
    elif isinstance(waarde, bool):
        waarde = "ja" if waarde else "nee"
    tekst = str(waarde) if waarde not in (None, "") else "leeg"
    return tekst if len(tekst) <= 120 else f"{tekst[:119]}…"
