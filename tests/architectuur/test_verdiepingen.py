"""The floors where import-linter cannot see: foreign keys by name, addresses, includes, templates (ontwerp §2)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architectuur.hulp import (
    APPS,
    WORTEL,
    bronnen,
    eigen_modellen,
    knopen,
    kort,
    lagen,
    mag_kennen,
    module_van,
    naam_van,
    pakket_van,
    pakket_van_app,
    sjablonen,
)

BOVEN = {"zorg.urls", "zorg.settings", "zorg.celery", "zorg.wsgi"}


def test_de_lagen_zijn_die_van_het_ontwerp() -> None:
    assert [sorted(laag) for laag in lagen()] == [
        ["zorg.kern"],
        ["zorg.logboek"],
        ["leerlingen"],
        ["lvs"],
        ["plannen"],
        ["besprekingen"],
        ["zorg.agenda", "zorg.overzicht", "zorg.portaal"],
        sorted(BOVEN),
    ]


def test_broers_kennen_elkaar_niet() -> None:
    assert not mag_kennen("zorg.portaal", "zorg.agenda")
    assert mag_kennen("zorg.portaal", "lvs") and not mag_kennen("lvs", "plannen")


def test_sleutels_wijzen_omlaag() -> None:
    fout = []
    for model in eigen_modellen():
        wie = pakket_van_app(model._meta.app_label)
        for veld in model._meta.local_fields:
            doel = veld.related_model
            if doel is None or isinstance(doel, str):
                continue
            wat = pakket_van_app(doel._meta.app_label)
            if wie and wat and not mag_kennen(wie, wat):
                fout.append(f"{model._meta.label}.{veld.name} → {doel._meta.label}")
    assert not fout, fout


def _tekst(knoop: ast.expr | None) -> str | None:
    return knoop.value if isinstance(knoop, ast.Constant) and isinstance(knoop.value, str) else None


@pytest.mark.parametrize("functie", ["get_model", "import_module", "include", "import_string"])
def test_namen_als_tekst_wijzen_omlaag(functie: str) -> None:
    """`apps.get_model("plannen.Plan")`, `include("plannen.urls")` and the like."""
    fout = []
    for pad in bronnen():
        wie = pakket_van(module_van(pad))
        if wie is None or wie in BOVEN:
            continue
        for aanroep in knopen(pad, ast.Call):
            assert isinstance(aanroep, ast.Call)
            waarde = _tekst(aanroep.args[0]) if aanroep.args else None
            if naam_van(aanroep.func) != functie or waarde is None:
                continue
            wat = pakket_van_app(waarde.partition(".")[0]) if functie == "get_model" else pakket_van(waarde)
            if wat and not mag_kennen(wie, wat):
                fout.append(f"{kort(pad)}:{aanroep.lineno} {waarde}")
    assert not fout, fout


def test_migraties_hangen_van_lagere_verdiepingen_af() -> None:
    fout = []
    for pad in sorted(pad for app in ("zorg", "leerlingen", "lvs", "plannen", "besprekingen")
                      for pad in (WORTEL / app).rglob("migrations/0*.py")):  # fmt: skip
        wie = pakket_van(module_van(pad))
        tekst = pad.read_text()
        for label in re.findall(r"\(\s*['\"](\w+)['\"],\s*['\"]\d{4}_", tekst):
            wat = pakket_van_app(label)
            if wie and wat and not mag_kennen(wie, wat):
                fout.append(f"{kort(pad)} → {label}")
    assert not fout, fout


def _namen() -> dict[str, str]:
    """Every URL name (with its namespace) and the package of its view. One without a namespace is a fixed address of
    the site (`account`, `zoeken`): everyone may link to it."""
    gevonden: dict[str, str] = {}

    def loop(patronen: list[URLPattern | URLResolver], ruimte: str) -> None:
        for patroon in patronen:
            if isinstance(patroon, URLResolver):
                loop(patroon.url_patterns, f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte)
            elif patroon.name and (pakket := pakket_van(patroon.callback.__module__)):
                gevonden[f"{ruimte}{patroon.name}"] = pakket

    loop(get_resolver().url_patterns, "")
    return gevonden


def _pakket_van_sjabloon(naam: str) -> str | None:
    """templates/plannen/… belongs to plannen; the frame and the components belong to nobody."""
    map_ = naam.partition("/")[0]
    return pakket_van_app(map_) if map_ in APPS and "/" in naam else None


def test_links_in_code_wijzen_omlaag() -> None:
    """`reverse` and `redirect` to an address of a higher floor, or of a neighbour."""
    namen, fout = _namen(), []
    for pad in bronnen():
        wie = pakket_van(module_van(pad))
        if wie is None or wie in BOVEN:
            continue
        for aanroep in knopen(pad, ast.Call):
            assert isinstance(aanroep, ast.Call)
            doel = _tekst(aanroep.args[0]) if aanroep.args else None
            if naam_van(aanroep.func) not in ("reverse", "reverse_lazy", "redirect", "resolve_url") or doel is None:
                continue
            wat = (namen.get(doel) or pakket_van_app(doel.partition(":")[0])) if ":" in doel else None
            if wat and not mag_kennen(wie, wat):
                fout.append(f"{kort(pad)}:{aanroep.lineno} {doel}")
    assert not fout, fout


def _sjabloonnaam(pad: Path) -> str:
    delen = pad.relative_to(WORTEL).parts
    return "/".join(delen[delen.index("templates") + 1 :])


def test_sjablonen_wijzen_omlaag() -> None:
    """`{% url %}`, `{% include %}` and `{% extends %}` across apps."""
    namen, fout = _namen(), []
    for pad in (pad for pad in sjablonen() if "templates" in pad.parts):
        wie = _pakket_van_sjabloon(_sjabloonnaam(pad))
        tekst = pad.read_text(encoding="utf-8")
        genoemd = re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"'#]+)", tekst)
        if wie is None:
            fout += [f"{kort(pad)} → {n} (het raam kent geen app)" for n in genoemd if _pakket_van_sjabloon(n)]
            continue
        doelen = [(naam, _pakket_van_sjabloon(naam)) for naam in genoemd]
        doelen += [(n, namen.get(n)) for n in re.findall(r"{%\s*url\s+[\"']([^\"']+:[^\"']+)", tekst)]
        fout += [f"{kort(pad)} → {naam}" for naam, wat in doelen if wat and not mag_kennen(wie, wat)]
    assert not fout, fout


def test_links_in_sjablonen_bestaan() -> None:
    """Every `{% url 'name' %}` names an address that exists; a typing error shows only when the branch is drawn."""
    from django.urls import NoReverseMatch, reverse

    bekend, fout = _namen(), []
    for pad in (pad for pad in sjablonen() if "templates" in pad.parts):
        for naam in re.findall(r"{%\s*url\s+[\"']([^\"']+)[\"']", pad.read_text(encoding="utf-8")):
            if naam in bekend:
                continue
            try:
                reverse(naam)
            except NoReverseMatch as melding:
                if "not a valid view function or pattern name" in str(melding) or "namespace" in str(melding):
                    fout.append(f"{kort(pad)} → {naam}")
    assert not fout, fout
