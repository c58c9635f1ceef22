"""Taking rows away with everything that hangs on them, on every floor, and with their history.

What hangs on what is read from the models: a foreign key that cascades. So a floor above needs to say nothing, as long
as its papers hang on a Dossierstuk or on the pupil (ontwerp §4.1). The keys of the database have the last word: a row
that something else still points to can't go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import connection, models

from zorg.kern.muren import heeft_school

Rijen = dict[type[models.Model], set[int]]
"""Primary keys by model."""


class NogGebruikt(RuntimeError):
    """Something that must stay points to what should go. Always a programming error; names models only."""


def _alle(model: type[models.Model]) -> Any:
    alle: Any = model._default_manager
    return alle.systeemtoegang(reden="wat hangt aan wat vernietigd wordt").order_by()


def _sleutels_naar(model: type[models.Model]) -> Iterator[Any]:
    """The foreign keys that point to this model, hidden ones too; history's loose ones left out."""
    for relatie in model._meta.get_fields(include_hidden=True):
        if relatie.auto_created and not relatie.concrete and (relatie.one_to_many or relatie.one_to_one):
            veld: Any = relatie.remote_field
            if getattr(veld, "db_constraint", True) and heeft_school(veld.model):
                yield veld


Verwijzingen = list[tuple[Any, set[int]]]
"""Foreign keys of rows that stay, with the keys to which they point no more."""


def met_aanhang(begin: Mapping[type[models.Model], set[int]], los: Verwijzingen | None = None) -> Rijen:
    """These rows and all that cascades from them. Raises NogGebruikt when a row that stays protects one of them.

    With `los`, a row that stays and may point to nothing is no reason to stop: what to let go of is added there.
    """
    alles: Rijen = defaultdict(set)
    nieuw: Rijen = {model: set(ids) for model, ids in begin.items() if ids}
    beschermd: list[tuple[Any, set[int]]] = []
    while nieuw:
        volgende: Rijen = defaultdict(set)
        for model, ids in nieuw.items():
            alles[model] |= ids
            for veld in _sleutels_naar(model):
                if veld.remote_field.on_delete is not models.CASCADE:
                    beschermd.append((veld, ids))
                    continue
                gevonden = _alle(veld.model).filter(**{f"{veld.name}__in": ids}).values_list("pk", flat=True)
                volgende[veld.model] |= set(gevonden)
        nieuw = {model: over for model, ids in volgende.items() if (over := ids - alles[model])}
    for veld, ids in beschermd:
        rijen = _alle(veld.model).filter(**{f"{veld.name}__in": ids}).exclude(pk__in=alles.get(veld.model, set()))
        if not rijen.exists():
            continue
        if los is not None and veld.null:
            los.append((veld, ids))
        else:
            raise NogGebruikt(f"{veld.model._meta.label}.{veld.name}")
    return {model: ids for model, ids in alles.items() if ids}


def bestanden_van(rijen: Rijen) -> list[str]:
    """The names of the files that these rows point to."""
    return [
        str(naam)
        for model, ids in rijen.items()
        for veld in model._meta.local_fields
        if isinstance(veld, models.FileField)
        for naam in _alle(model).filter(pk__in=ids).values_list(veld.name, flat=True)
        if naam
    ]


def verwijder(rijen: Rijen, school_id: int, los: Verwijzingen | None = None) -> dict[str, int]:
    """Delete the rows and their history; gives how many by the kind's name, history under `geschiedenis`.

    Inside a transaction of the caller; raises IntegrityError when something still points to a row. Django's own delete
    stops at what protects a row that goes along.
    """
    aantallen: dict[str, int] = {}
    for veld, ids in los or ():
        _alle(veld.model).filter(**{f"{veld.name}__in": ids}).exclude(pk__in=rijen.get(veld.model, set())).update(
            **{veld.name: None}
        )
    with connection.cursor() as cursor:
        for model, ids in rijen.items():
            tabel = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"delete from {tabel} where school_id = %s and id = any(%s)", [school_id, sorted(ids)])  # noqa: S608
            if cursor.rowcount:
                naam = str(model._meta.verbose_name)
                aantallen[naam] = aantallen.get(naam, 0) + cursor.rowcount
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        weg = 0
        for model, ids in _met_vroegere(rijen).items():
            cursor.execute(
                "select leerlingen_geschiedenis_opruimen(%s, %s, %s)", [model._meta.db_table, school_id, sorted(ids)]
            )
            weg += cursor.fetchone()[0]
    if weg:
        aantallen["geschiedenis"] = weg
    return aantallen


def _onderwerp(versies: Any) -> type[models.Model]:
    gevonden: type[models.Model] = versies._meta.get_field("pgh_obj").related_model
    return gevonden


def _geschiedenissen() -> list[tuple[type[models.Model], type[models.Model]]]:
    """Models with history, each with the model that keeps it."""
    return [
        (_onderwerp(model), model)
        for model in apps.get_models()
        if heeft_school(model) and any(veld.name == "pgh_obj" for veld in model._meta.local_fields)
    ]


def _met_vroegere(rijen: Rijen) -> Rijen:
    """The rows with history that go, and those that went earlier, of which only history is left.

    A placement that was withdrawn last year stands nowhere but in history; it is found by whom it was about.
    """
    bekend: Rijen = defaultdict(set, {model: set(ids) for model, ids in rijen.items()})
    groeit = True
    while groeit:
        groeit = False
        for model, versies in _geschiedenissen():
            gevonden: set[int] = set()
            for veld in model._meta.local_fields:
                if isinstance(veld, models.ForeignKey) and veld.remote_field.on_delete is models.CASCADE:
                    ids = bekend.get(veld.related_model)
                    if ids:
                        oud = _alle(versies).filter(**{f"{veld.attname}__in": ids}).values_list("pgh_obj_id", flat=True)
                        gevonden |= set(oud)
            if not gevonden <= bekend[model]:
                bekend[model] |= gevonden
                groeit = True
    bewaard = {model for model, _ in _geschiedenissen()}
    return {model: ids for model, ids in bekend.items() if ids and model in bewaard}
