"""Who may say that a query runs for nobody in particular, and that views, forms, selections and tags never do."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.architectuur.hulp import ZONDER_BELEID, boom, bronnen, knopen, kort, naam_van, schoolmodellen

# Rooms in which a query may run for the system, with a written reason (ontwerp §4.2).
DIENSTEN = ("services.py", "services", "tasks.py", "commands")
# Files beside them, each with why. A new line here is a decision; a view, form, tag or selection is never one.
OOK_MET_REDEN = {
    "leerlingen/profielen_van_school.py": "the procedure of the school holds nothing about a child",
    "leerlingen/wie_heeft_toegang.py": "answers who can see a pupil; its callers have asked for the right to grant",
    "leerlingen/inlezen": "reading a file in writes for the whole school",
    "zorg/kern/mail.py": "the service of this floor that sends what was put ready",
}
# Where the rule itself is written.
REGELS = ("querysets.py", "toegang.py", "inhangen.py")
RUWE_SQL = {
    "zorg/kern/schoolcontext.py": "sets the school",
    "zorg/kern/regelsql.py": "holds the rule itself, as Django wrote it down",
    "zorg/kern/views.py": "the health check asks for 1",
    "zorg/kern/muren.py": "builds the walls in migrations",
    "zorg/kern/reservekopie": "backup and restore, as the owner of the tables",
    "leerlingen/services/vernietigen.py": "takes rows of every floor away in one go, and their history",
    "leerlingen/services/bewaren.py": "calls the two functions through which logbook lines leave",
    "zorg/overzicht/demo/statistiek.py": "lets the owner count what is in the tables",
}
BLADEN = ("views.py", "views", "forms.py", "forms", "selecties.py", "selecties", "templatetags", "rapporten.py",
          "rapporten", "tabbladen.py", "dossieronderdelen.py", "context.py", "middleware.py", "apps.py")  # fmt: skip


def _in_kamer(pad: Path, *kamers: str) -> bool:
    return bool(set(kamers) & set(pad.parts))


def _staat_op(pad: Path, lijst: dict[str, str]) -> bool:
    naam = kort(pad)
    return any(naam == regel or naam.startswith(f"{regel}/") for regel in lijst)


def _aanroepen(*namen: str) -> list[tuple[Path, ast.Call]]:
    return [
        (pad, knoop)
        for pad in bronnen()
        for knoop in knopen(pad, ast.Call)
        if isinstance(knoop, ast.Call) and naam_van(knoop.func) in namen
    ]


def test_systeemtoegang_alleen_in_diensten() -> None:
    fout = [
        f"{kort(pad)}:{knoop.lineno}"
        for pad, knoop in _aanroepen("systeemtoegang")
        if not _in_kamer(pad, *DIENSTEN) and not _staat_op(pad, OOK_MET_REDEN)
    ]
    assert not fout, fout


def test_systeemtoegang_met_een_geschreven_reden() -> None:
    """The reason stands in the source, as words: not empty, not a variable (a constant may hold them)."""
    fout = []
    for pad, knoop in _aanroepen("systeemtoegang"):
        reden = next((sleutel.value for sleutel in knoop.keywords if sleutel.arg == "reden"), None)
        vast = (
            isinstance(reden, ast.JoinedStr)
            or (isinstance(reden, ast.Constant) and len(str(reden.value)) >= 8)
            or (isinstance(reden, ast.Name) and reden.id.isupper())
        )
        if not vast:
            fout.append(f"{kort(pad)}:{knoop.lineno}")
    assert not fout, fout


def test_bouwstenen_van_regels_alleen_in_regels() -> None:
    """`van_scholen` gives every row of a school: only the rule itself is built from it."""
    fout = [f"{kort(pad)}:{knoop.lineno}" for pad, knoop in _aanroepen("van_scholen") if not _in_kamer(pad, *REGELS)]
    assert not fout, fout


@pytest.mark.parametrize("naam", ["_base_manager", "_reden", "_intern", "_vrij", "_raw_delete"])
def test_niemand_gaat_om_de_manager_heen(naam: str) -> None:
    fout = [
        f"{kort(pad)}:{knoop.lineno}"
        for pad in bronnen()
        for knoop in knopen(pad, ast.Attribute, ast.Name)
        if (getattr(knoop, "attr", None) or getattr(knoop, "id", None)) == naam
        and kort(pad) != "zorg/kern/querysets.py"
    ]
    assert not fout, fout


def test_interne_toegang_alleen_voor_uniciteit() -> None:
    waar = {kort(pad) for pad, _ in _aanroepen("interne_toegang")}
    assert waar == {"zorg/kern/models/basis.py"}


def test_ruwe_sql_alleen_waar_het_staat() -> None:
    """Raw SQL knows no rule: the few places are listed. Migrations are the owner's."""
    fout = [
        f"{kort(pad)}:{knoop.lineno}"
        for pad, knoop in _aanroepen("cursor", "raw", "RawSQL", "extra", "execute")
        if not _staat_op(pad, RUWE_SQL) and not _in_kamer(pad, "commands")
    ]
    assert not fout, fout


def test_geen_omweg_langs_andermans_tabellen() -> None:
    """guardian's generic grants and pghistory's union of all events know no school and no end date."""
    verboden = {"get_objects_for_user", "assign_perm", "remove_perm", "get_perms", "UserObjectPermission",
                "GroupObjectPermission", "Events", "MiddlewareEvents", "ObjectPermissionChecker"}  # fmt: skip
    fout = [
        f"{kort(pad)}:{knoop.lineno} {naam}"
        for pad in bronnen()
        for knoop in knopen(pad, ast.Name, ast.Attribute, ast.alias)
        if (naam := getattr(knoop, "id", None) or getattr(knoop, "attr", None) or getattr(knoop, "name", ""))
        in verboden
    ]
    assert not fout, fout


# -- what people look at ---------------------------------------------------------------------------------------


MODELNAMEN = {m.__name__ for m in schoolmodellen() if m._meta.label not in ZONDER_BELEID}


def _keten(knoop: ast.AST) -> tuple[set[str], ast.AST]:
    """The names that follow `Model.objects` in one chain, and the node at its end."""
    namen: set[str] = set()
    while True:
        ouder = getattr(knoop, "ouder", None)
        if isinstance(ouder, ast.Attribute):
            namen.add(ouder.attr)
        elif not (isinstance(ouder, ast.Call) and ouder.func is knoop):
            return namen, knoop
        knoop = ouder


def _gaat_naar_haal_op(einde: ast.AST) -> bool:
    """Handed to `haal_op` straight away, or under a name in the same function."""
    ouder = getattr(einde, "ouder", None)
    if isinstance(ouder, ast.Call):
        return naam_van(ouder.func).startswith("haal_op")
    if not isinstance(ouder, ast.Assign):
        return False
    namen = {doel.id for doel in ouder.targets if isinstance(doel, ast.Name)}
    functie: Any = ouder
    while not isinstance(functie, ast.FunctionDef | ast.Module):
        functie = functie.ouder
    gebruikt = [k for k in ast.walk(functie) if isinstance(k, ast.Name) and k.id in namen and k is not ouder.targets[0]]
    return bool(gebruikt) and all(
        isinstance(k.ouder, ast.Call) and naam_van(k.ouder.func).startswith("haal_op")  # type: ignore[attr-defined]
        for k in gebruikt
    )


def _bladen() -> list[Path]:
    return [pad for pad in bronnen() if _in_kamer(pad, *BLADEN)]


def test_bladen_zeggen_altijd_voor_wie() -> None:
    """`Model.objects` in a view, form, selection or tag is followed by `zichtbaar_voor`, or goes into `haal_op`."""
    fout = []
    for pad in _bladen():
        for knoop in knopen(pad, ast.Attribute):
            assert isinstance(knoop, ast.Attribute)
            van_ons = isinstance(knoop.value, ast.Name) and knoop.value.id in MODELNAMEN
            if knoop.attr not in ("objects", "_default_manager") or not van_ons:
                continue
            namen, einde = _keten(knoop)
            if _gaat_naar_haal_op(einde):
                continue
            if "zichtbaar_voor" not in namen and "none" not in namen:
                fout.append(f"{kort(pad)}:{knoop.lineno}")
    assert not fout, fout


def test_bladen_schrijven_niet() -> None:
    """Writes are services: no `save`, `create`, `update` or `delete` on a model in a view, form, selection or tag."""
    fout = []
    for pad in _bladen():
        for knoop in knopen(pad, ast.Call):
            assert isinstance(knoop, ast.Call)
            if not isinstance(knoop.func, ast.Attribute) or knoop.func.attr not in SCHRIJVEND:
                continue
            if _over_een_model(knoop.func):
                fout.append(f"{kort(pad)}:{knoop.lineno} {knoop.func.attr}")
    assert not fout, fout


SCHRIJVEND = {"create", "bulk_create", "get_or_create", "update_or_create", "delete", "save", "bulk_update"}


def _over_een_model(functie: ast.Attribute) -> bool:
    """A chain from `Model.objects`, or anything that is saved or deleted; a file or cache has other names."""
    if functie.attr in ("save", "delete"):
        return not (isinstance(functie.value, ast.Attribute) and functie.value.attr in ("bestand", "session"))
    return any(isinstance(k, ast.Name) and k.id in MODELNAMEN for k in ast.walk(functie.value))


def _omgekeerd() -> set[str]:
    """Names by which rows of a restricted table are reached from another row, many at once."""
    return {
        str(relatie.get_accessor_name())
        for model in schoolmodellen()
        for relatie in model._meta.related_objects
        if not relatie.one_to_one and not relatie.hidden
    }


TELT = {"Count", "Sum", "Avg", "Max", "Min", "ArrayAgg", "StringAgg", "JSONBAgg", "FilteredRelation"}


def test_tellingen_gaan_over_wat_iemand_ziet() -> None:
    """`Count("dossierstukken")` counts what the user may not see: counts and badges are data (ontwerp §4.1)."""
    omgekeerd, fout = _omgekeerd(), []
    for pad in _bladen():
        for knoop in knopen(pad, ast.Call):
            assert isinstance(knoop, ast.Call)
            if naam_van(knoop.func) not in TELT or not knoop.args:
                continue
            eerste = knoop.args[0]
            if isinstance(eerste, ast.Constant) and str(eerste.value).partition("__")[0] in omgekeerd:
                fout.append(f"{kort(pad)}:{knoop.lineno} {eerste.value}")
    assert not fout, fout


def test_sjablonen_vragen_geen_rijen() -> None:
    """`{{ leerling.dossierstukken.all }}` would fail closed at run time; it should not be written at all."""
    import re

    from tests.architectuur.hulp import sjablonen

    omgekeerd = "|".join(sorted(_omgekeerd()))
    fout = [
        f"{kort(pad)} {treffer.group(0)}"
        for pad in sjablonen()
        for treffer in re.finditer(
            rf"\.({omgekeerd})\.(all|count|first|last|exists)\b", pad.read_text(encoding="utf-8")
        )
    ]
    assert not fout, fout


def test_weergaven_vragen_alleen_via_haal_op() -> None:
    """`get_object_or_404` and `.get(pk=…)` in a view answer 404 and 403 in their own way; `haal_op` is the one."""
    fout = []
    for pad in _bladen():
        for knoop in knopen(pad, ast.Call):
            assert isinstance(knoop, ast.Call)
            if naam_van(knoop.func) in ("get_object_or_404", "get_list_or_404"):
                fout.append(f"{kort(pad)}:{knoop.lineno}")
    assert not fout, fout


def test_lijsten_bestaan_nog() -> None:
    """An exception that is no longer needed goes."""
    from tests.architectuur.hulp import WORTEL

    wachtend = {"leerlingen/wie_heeft_toegang.py"}
    assert not [p for p in {*OOK_MET_REDEN, *RUWE_SQL} - wachtend if not (WORTEL / p).exists()]


def test_zelf_kan_het_misgaan() -> None:
    """The readers above see what they should: on a made-up file they find each fault."""
    bron = ast.parse("def v(r):\n    return Leerling.objects.filter(pk=1), haal_op(Leerling.objects, r.user)\n")
    for knoop in ast.walk(bron):
        for kind in ast.iter_child_nodes(knoop):
            kind.ouder = knoop  # type: ignore[attr-defined]
    vragen = [k for k in ast.walk(bron) if isinstance(k, ast.Attribute) and k.attr == "objects"]
    eindes = sorted((_keten(k) for k in vragen), key=lambda paar: len(paar[0]))
    assert [sorted(namen) for namen, _ in eindes] == [[], ["filter"]]
    assert [_gaat_naar_haal_op(einde) for _, einde in eindes] == [True, False]
    assert boom(Path(__file__))
