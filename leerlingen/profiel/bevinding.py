"""A fault in a profile: the path of the key and the end of a Dutch sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Pad = tuple[str | int, ...]
"""Where in the profile: keys and places, as pydantic and JSON count them (first place is 0)."""


@dataclass(frozen=True)
class Bevinding:
    """One fault: where, and what is wrong with it."""

    pad: Pad
    zin: str


def dubbel(codes: Iterable[str], pad: Pad, wat: str) -> Iterator[Bevinding]:
    """A finding for each code that stood in the list before."""
    gezien: Counter[str] = Counter()
    for plaats, code in enumerate(codes):
        gezien[code] += 1
        if gezien[code] > 1:
            yield Bevinding((*pad, plaats, "code"), f'{wat} "{code}" staat er al, kies een andere code')
