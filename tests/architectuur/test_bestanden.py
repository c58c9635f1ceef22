"""House rules that a file can break: its size, its name, a signal, raw HTML, this machine's paths."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architectuur.hulp import PAKKETTEN, WORTEL, bronnen, knopen, kort, naam_van, sjablonen

HARD = 500
TESTMAPPEN = ("tests", "bin", "bench")
# What may be called finished HTML, and why. A new line here is a decision about cross-site scripting.
VEILIG = {
    "templates/bootstrap5/layout/help_text.html": "help texts are ours, written in forms and models",
}


def test_geen_bestand_boven_de_grens() -> None:
    eigen = [*bronnen(*PAKKETTEN, *TESTMAPPEN), *sjablonen()]
    eigen += [
        pad for pad in (WORTEL / "static").rglob("*") if pad.suffix in (".js", ".css") and "vendor" not in pad.parts
    ]
    te_lang = {kort(pad): n for pad in eigen if (n := len(pad.read_text(encoding="utf-8").splitlines())) > HARD}
    assert not te_lang, te_lang


def test_geen_seinen() -> None:
    """No `@receiver` and no `.connect(` on a signal: everything that happens is a call one can follow (ontwerp §2)."""
    fout = []
    for pad in bronnen():
        for knoop in knopen(pad, ast.Call, ast.Name, ast.ImportFrom):
            if isinstance(knoop, ast.ImportFrom) and (knoop.module or "").endswith(("dispatch", "signals")):
                fout.append(f"{kort(pad)}:{knoop.lineno} {knoop.module}")
            elif isinstance(knoop, ast.Name) and knoop.id == "receiver":
                fout.append(f"{kort(pad)}:{knoop.lineno} receiver")
    assert not fout, fout


def test_niets_heet_zomaar_veilig() -> None:
    fout = []
    for pad in (pad for pad in sjablonen() if pad.suffix != ".txt"):  # plain text of a mail is no HTML
        if re.search(r"\|\s*safe\b|\bautoescape\s+off|\|\s*safeseq\b", pad.read_text(encoding="utf-8")):
            fout.append(kort(pad))
    for pad in bronnen():
        fout += [
            f"{kort(pad)}:{knoop.lineno}"
            for knoop in knopen(pad, ast.Call)
            if isinstance(knoop, ast.Call) and naam_van(knoop.func) in ("mark_safe", "SafeString", "SafeText")
        ]
    assert not [plek for plek in fout if plek.partition(":")[0] not in VEILIG], fout


def test_uitzonderingen_bestaan_nog() -> None:
    assert not [pad for pad in VEILIG if not (WORTEL / pad).exists()]


@pytest.mark.parametrize("pakket", PAKKETTEN)
def test_migraties_dragen_een_naam(pakket: str) -> None:
    """`0002_groepsplan_bespreking`, never `0002_auto_…` or Django's own summary."""
    namen = [pad.stem for pad in (WORTEL / pakket).rglob("migrations/*.py") if pad.stem != "__init__"]
    fout = [
        n for n in namen if not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", n) or re.search(r"_auto_|_and_more|_\d{8}_", n)
    ]
    assert not fout, fout


def test_migraties_zijn_een_rij() -> None:
    """Two migrations with one number mean that two people worked on one app without knowing."""
    fout = []
    for map_ in (pad for pakket in PAKKETTEN for pad in (WORTEL / pakket).rglob("migrations") if pad.is_dir()):
        nummers = sorted(pad.stem[:4] for pad in map_.glob("0*.py"))
        if len(set(nummers)) != len(nummers):
            fout.append(f"{kort(map_)} {nummers}")
    assert not fout, fout


def test_testmappen_zijn_pakketten() -> None:
    """Without `__init__.py` the folder tests/leerlingen would stand in the way of the app `leerlingen`."""
    mappen = {pad.parent for pad in (WORTEL / "tests").rglob("test_*.py")}
    mappen |= {ouder for map_ in mappen for ouder in map_.parents if WORTEL / "tests" in (ouder, *ouder.parents)}
    fout = [kort(map_) for map_ in sorted(mappen) if not (map_ / "__init__.py").exists()]
    assert not fout, fout


def test_geen_pad_van_een_machine() -> None:
    """No folder of whoever wrote it."""
    verboden = re.compile("|".join(("/work" + "/main", "/var/tmp" + "/devpg", "/root" + "/")))
    eigen = [*bronnen(*PAKKETTEN, *TESTMAPPEN), *sjablonen(), *(WORTEL / "docs").rglob("*.md"), *WORTEL.glob("*.*")]
    fout = [
        kort(pad)
        for pad in eigen
        if pad.is_file() and verboden.search(pad.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not fout, fout


def test_alle_dagen_in_een_veld() -> None:
    """A form asks a day with zorg.kern.datums, which knows what can be meant; 9999 has broken whole schools."""
    fout = [
        f"{kort(pad)}:{knoop.lineno}"
        for pad in bronnen()
        if kort(pad) != "zorg/kern/datums.py"
        for knoop in knopen(pad, ast.Attribute)
        if isinstance(knoop, ast.Attribute)
        and knoop.attr in ("DateField", "DateTimeField")
        and isinstance(knoop.value, ast.Name)
        and knoop.value.id == "forms"
    ]
    assert not fout, fout
