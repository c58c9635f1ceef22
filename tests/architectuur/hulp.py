"""What the architecture tests read: our own source as syntax trees, our templates, our floors."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

from zorg.kern.querysets import BeperkteQuerySet

WORTEL = Path(__file__).resolve().parents[2]
PAKKETTEN = ("zorg", "leerlingen", "lvs", "plannen", "besprekingen")
APPS = ("kern", "logboek", "leerlingen", "lvs", "plannen", "besprekingen", "portaal", "agenda", "overzicht")


def bronnen(*mappen: str) -> list[Path]:
    """Our Python files, migrations left out."""
    return [
        pad
        for map_ in mappen or PAKKETTEN
        for pad in sorted((WORTEL / map_).rglob("*.py"))
        if "migrations" not in pad.parts and "__pycache__" not in pad.parts
    ]


def sjablonen() -> list[Path]:
    """Our templates, wherever they stand."""
    mappen = [WORTEL / "templates", *(WORTEL / pakket for pakket in PAKKETTEN)]
    return sorted({pad for map_ in mappen for pad in map_.rglob("*") if pad.suffix in (".html", ".txt", ".svg")})


def kort(pad: Path) -> str:
    """The path as people write it."""
    return pad.relative_to(WORTEL).as_posix()


@cache
def boom(pad: Path) -> ast.Module:
    """The syntax tree, each node knowing its parent (`node.ouder`)."""
    uit = ast.parse(pad.read_text(encoding="utf-8"), filename=str(pad))
    for knoop in ast.walk(uit):
        for kind in ast.iter_child_nodes(knoop):
            kind.ouder = knoop  # type: ignore[attr-defined]
    return uit


def knopen(pad: Path, *soorten: type[ast.AST]) -> Iterator[ast.AST]:
    """The nodes of these kinds in a file."""
    return (knoop for knoop in ast.walk(boom(pad)) if isinstance(knoop, soorten))


def naam_van(functie: ast.expr) -> str:
    """The last name of what is called: `models.Count` → `Count`."""
    if isinstance(functie, ast.Attribute):
        return functie.attr
    return functie.id if isinstance(functie, ast.Name) else ""


@cache
def lagen() -> tuple[frozenset[str], ...]:
    """The floors of pyproject.toml, lowest first, each a set of packages."""
    contract = tomllib.loads((WORTEL / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    return tuple(frozenset(naam.strip() for naam in laag.split("|")) for laag in reversed(contract["layers"]))


def pakket_van(naam: str) -> str | None:
    """The package of the floors in which a dotted module name lies; None for what is not ours."""
    passend = [p for laag in lagen() for p in laag if naam == p or naam.startswith(f"{p}.")]
    return max(passend, key=len, default=None)


def pakket_van_app(label: str) -> str | None:
    """The package of an app label."""
    return pakket_van(apps.get_app_config(label).name) if label in APPS else None


def module_van(pad: Path) -> str:
    """`leerlingen/services/zorg.py` → `leerlingen.services.zorg`."""
    return kort(pad).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def mag_kennen(wie: str, wat: str) -> bool:
    """Whether a package may know of another: itself, or a lower floor."""
    hoogte = {pakket: nummer for nummer, laag in enumerate(lagen()) for pakket in laag}
    return wie == wat or hoogte[wie] > hoogte[wat]


@cache
def eigen_modellen() -> tuple[type[models.Model], ...]:
    """Every concrete model of our apps, history included."""
    return tuple(m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in APPS)


@cache
def schoolmodellen() -> tuple[type[models.Model], ...]:
    """Those with a school."""
    return tuple(m for m in eigen_modellen() if any(veld.name == "school" for veld in m._meta.local_fields))


def is_geschiedenis(model: type[models.Model]) -> bool:
    """Whether the model keeps the versions of another."""
    return any(veld.name == "pgh_id" for veld in model._meta.local_fields)


def is_beperkt(model: type[models.Model]) -> bool:
    """Whether its default manager refuses to run without being told for whom."""
    return isinstance(model._default_manager.get_queryset(), BeperkteQuerySet)


# Tables with a school that carry no policy, since the context is made from them or since they hold ids only.
ZONDER_BELEID = frozenset({"kern.Schoolkoppeling", "kern.Werk"})
