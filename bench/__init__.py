"""Benchmarks: each module here has `meet()`, which gives one table and the figures that go into one line of JSON.

`bin/bench NAME` runs `bench/NAME.py` on a migrated, empty database that waits for the disk as a real one does, with
Django set up in test mode; `bin/bench` runs them all. Figures tell the order of size on this machine, not a promise.
"""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Meting:
    """The outcome of one benchmark: a title, a table for people, and figures by name (say the unit in the name)."""

    titel: str
    koppen: Sequence[str]
    rijen: Sequence[Sequence[str]]
    cijfers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Duur:
    """How long something took over several rounds, in milliseconds."""

    mediaan: float
    p95: float
    keren: int


def duur(doe: Callable[[], object], keren: int = 20, aanloop: int = 2) -> Duur:
    """Time `doe` over `keren` rounds after `aanloop` rounds that do not count."""
    for _ in range(aanloop):
        doe()
    tijden = []
    for _ in range(keren):
        begin = time.perf_counter()
        doe()
        tijden.append((time.perf_counter() - begin) * 1000)
    tijden.sort()
    return Duur(statistics.median(tijden), tijden[max(0, round(0.95 * len(tijden)) - 1)], keren)


def rekentijd(doe: Callable[[], object], keren: int = 5) -> float:
    """Processor time in milliseconds: what the work costs, however busy the machine is with other things."""
    tijden = []
    for _ in range(keren):
        begin = time.process_time()
        doe()
        tijden.append((time.process_time() - begin) * 1000)
    return statistics.median(tijden)


def tabel(meting: Meting) -> str:
    """The table as text: the first column to the left, figures to the right."""
    regels = [list(meting.koppen), *map(list, meting.rijen)]
    breedtes = [max(len(regel[kolom]) for regel in regels) for kolom in range(len(meting.koppen))]
    opgemaakt = [
        "  ".join(
            cel.rjust(b) if kolom else cel.ljust(b) for kolom, (cel, b) in enumerate(zip(r, breedtes, strict=True))
        )
        for r in regels
    ]
    return "\n".join([meting.titel, opgemaakt[0], "  ".join("-" * b for b in breedtes), *opgemaakt[1:]])


def json_regel(naam: str, meting: Meting) -> str:
    """One line for machines: the figures, and on what they were measured."""
    machine = {"kernen": os.cpu_count(), "python": platform.python_version()}
    cijfers = {sleutel: round(waarde, 3) for sleutel, waarde in meting.cijfers.items()}
    return json.dumps({"naam": naam, "cijfers": cijfers, "machine": machine}, ensure_ascii=False)
