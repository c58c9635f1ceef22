"""The scanner that gives every key of a TOML file its line."""

import json
import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerlingen.profiel import INGEBOUWD, ingebouwde_tekst
from leerlingen.profiel.bevinding import Pad
from leerlingen.profiel.regels import regel_van, regelnummers


def paden(waarde: object, pad: Pad = ()) -> Iterator[Pad]:
    if isinstance(waarde, dict):
        for sleutel, kind in waarde.items():
            yield (*pad, sleutel)
            yield from paden(kind, (*pad, sleutel))
    elif isinstance(waarde, list):
        for plaats, kind in enumerate(waarde):
            yield (*pad, plaats)
            yield from paden(kind, (*pad, plaats))


@pytest.mark.parametrize("code", INGEBOUWD)
def test_iedere_sleutel_van_een_ingebouwd_profiel_staat_op_zijn_regel(code: str) -> None:
    tekst = ingebouwde_tekst(code)
    regels = tekst.splitlines()
    nummers = regelnummers(tekst)
    inhoud = tomllib.loads(tekst)
    for pad in paden(inhoud):
        assert pad in nummers, pad
        if isinstance(pad[-1], str):
            assert pad[-1] in regels[nummers[pad] - 1], (pad, nummers[pad])
    assert set(nummers) == set(paden(inhoud)), "and no path that is not there"


def test_alle_vormen_die_toml_kent() -> None:
    tekst = '''# begin
a = 1 # [geen.tabel]
"b c" = "x = 1 \\" [nee]"
d.e.f = """
[[ook_niet]]
g = 2 \\"""
"""
h = [ # lijst
  "]",
  { i = 1, j = [2, 3] }, { k = '}' },
]

[tabel]
l = \'\'\'
[nee]
\'\'\'

[tabel."m.n"]
o = 1979-05-27T07:32:00Z

[[rij]]
p = true

[[rij.onder]]
q = 1

[[rij.onder]]
q = 2

[[rij]]
p = false
onder = [{ q = 3 }]
r.s = inf
'''
    inhoud = tomllib.loads(tekst)
    nummers = regelnummers(tekst)
    assert set(nummers) == set(paden(inhoud))
    verwacht: dict[Pad, int] = {
        ("a",): 2,
        ("b c",): 3,
        ("d", "e", "f"): 4,
        ("h", 0): 9,
        ("h", 1, "j", 1): 10,
        ("h", 2, "k"): 10,
        ("tabel", "l"): 14,
        ("tabel", "m.n", "o"): 19,
        ("rij", 0, "p"): 22,
        ("rij", 0, "onder", 0, "q"): 25,
        ("rij", 0, "onder", 1, "q"): 28,
        ("rij", 1, "p"): 31,
        ("rij", 1, "onder", 0, "q"): 32,
        ("rij", 1, "r", "s"): 33,
    }
    assert {pad: nummers[pad] for pad in verwacht} == verwacht


def test_een_ontbrekende_sleutel_krijgt_de_regel_van_zijn_tabel() -> None:
    nummers = regelnummers("a = 1\n\n[[rij]]\nb = 1\n")
    assert regel_van(nummers, ("rij", 0, "c")) == 3
    assert regel_van(nummers, ("weg",)) == 1


_sleutel = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f"), min_size=1, max_size=8
)
_enkel = st.one_of(st.integers(-9, 10**6), st.booleans(), st.text(max_size=12), st.floats(allow_nan=False))
_waarde = st.recursive(
    _enkel, lambda kind: st.lists(kind, max_size=3) | st.dictionaries(_sleutel, kind, max_size=3), max_leaves=12
)
_tabel = st.dictionaries(_sleutel, _waarde, max_size=4)


def _schrijf(waarde: object, rng: st.DataObject) -> str:
    """TOML for a value, with the freedom the format gives: newlines and comments in arrays, inline tables."""
    if isinstance(waarde, dict):
        return "{" + ", ".join(f"{_tekst(k)} = {_schrijf(v, rng)}" for k, v in waarde.items()) + "}"
    if isinstance(waarde, list):
        tussen = rng.draw(st.sampled_from(["", " ", "\n", "\n# ] opmerking\n  "]))
        return "[" + "".join(f"{tussen}{_schrijf(v, rng)}{tussen}," for v in waarde) + tussen + "]"
    return _tekenreeks(waarde, rng) if isinstance(waarde, str) else json.dumps(waarde)


def _tekenreeks(tekst: str, rng: st.DataObject) -> str:
    vorm = rng.draw(st.sampled_from(["gewoon", "veel regels", "letterlijk", "letterlijk veel"]))
    kaal = all(teken.isprintable() and teken != "'" for teken in tekst)
    if vorm == "veel regels":
        return f'"""\n# geen opmerking\n{_tekst(tekst)[1:-1]}\n\\"]"""'
    if vorm == "letterlijk" and kaal:
        return f"'{tekst}'"
    if vorm == "letterlijk veel" and kaal:
        return f"'''\n[a] = {tekst}\n'''''"
    return _tekst(tekst)


def _tekst(tekst: str) -> str:
    return json.dumps(tekst, ensure_ascii=True).replace("\\/", "/").replace("\x7f", "\\u007f")


@settings(max_examples=60, deadline=None)
@given(wortel=_tabel, rijen=st.lists(_tabel, max_size=3), rng=st.data())
def test_vindt_precies_de_paden_van_tomllib(
    wortel: dict[str, object], rijen: list[dict[str, object]], rng: st.DataObject
) -> None:
    wortel.pop("rij", None)
    delen = [f"{_tekst(k)} = {_schrijf(v, rng)}\n" for k, v in wortel.items()]
    for rij in rijen:
        delen.append("[[rij]]\n")
        delen.extend(f"{_tekst(k)} = {_schrijf(v, rng)}\n" for k, v in rij.items())
    tekst = "".join(delen)
    try:
        inhoud = tomllib.loads(tekst)
    except tomllib.TOMLDecodeError:
        return  # a lone surrogate pair that JSON writes and TOML refuses
    nummers = regelnummers(tekst)
    assert set(nummers) == set(paden(inhoud))
    assert all(1 <= nummer <= tekst.count("\n") + 1 for nummer in nummers.values())
