"""Wall 2, the restricted manager: nothing of a school's table runs until it is said for whom (ontwerp §4.2)."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Subquery
from django.shortcuts import get_object_or_404

from leerlingen.models import Dossierstuk, DossierstukRecht, Groep, Leerling
from leerlingen.models.dossier import Kringlid
from tests.architectuur.hulp import is_beperkt, is_geschiedenis, schoolmodellen
from tests.bouw import Bezetting
from zorg.kern.fouten import GeenSchoolcontext, GeenToegangscontrole
from zorg.kern.querysets import BeperkteQuerySet


async def _async_lijst(rijen: Any) -> list[Any]:
    return [rij async for rij in rijen]


async def _async_iterator(rijen: Any) -> list[Any]:
    return [rij async for rij in rijen.aiterator()]


def _wijzig_veel(rijen: Any) -> None:
    rijen.bulk_update([Leerling(pk=1, roepnaam="X")], ["roepnaam"])


LEERLING: dict[str, Callable[[Any], Any]] = {
    "all": lambda q: list(q.all()),
    "filter": lambda q: list(q.filter(roepnaam="Bram")),
    "get": lambda q: q.get(pk=1),
    "get_object_or_404": lambda q: get_object_or_404(q, pk=1),
    "first": lambda q: q.first(),
    "last": lambda q: q.last(),
    "latest": lambda q: q.latest("pk"),
    "index": lambda q: q.order_by("pk")[0],
    "slice": lambda q: list(q.order_by("pk")[:2]),
    "bool": bool,
    "len": len,
    "in": lambda q: Leerling(pk=1) in q,
    "repr": repr,
    "count": lambda q: q.count(),
    "exists": lambda q: q.exists(),
    "contains": lambda q: q.contains(Leerling(pk=1)),
    "aggregate": lambda q: q.aggregate(n=Count("pk")),
    "annotate": lambda q: list(q.annotate(n=Count("pk"))),
    "iterator": lambda q: list(q.iterator(chunk_size=10)),
    "async for": lambda q: asyncio.run(_async_lijst(q)),
    "aiterator": lambda q: asyncio.run(_async_iterator(q)),
    "in_bulk": lambda q: q.in_bulk([1]),
    "values": lambda q: list(q.values("pk")),
    "values_list": lambda q: list(q.values_list("pk", flat=True)),
    "only": lambda q: list(q.only("pk")),
    "dates": lambda q: list(q.dates("geboortedatum", "year")),
    "distinct": lambda q: list(q.distinct()),
    "reverse": lambda q: list(q.reverse()),
    "select_related": lambda q: list(q.select_related("school")),
    "select_for_update": lambda q: list(q.select_for_update()),
    "explain": lambda q: q.explain(),
    "pickle": pickle.dumps,
    "raw": lambda q: list(q.raw("select * from leerlingen_leerling")),
    "extra": lambda q: list(q.extra(where=["true"])),
    "update": lambda q: q.update(roepnaam="X"),
    "bulk_update": _wijzig_veel,
    "delete": lambda q: q.delete(),
    "_raw_delete": lambda q: q._raw_delete("default"),
    "get_or_create": lambda q: q.get_or_create(pk=1),
    "update_or_create": lambda q: q.update_or_create(pk=1),
}


@pytest.mark.parametrize("wat", LEERLING)
def test_weigert_zonder_wie(op_school: Bezetting, wat: str) -> None:
    with pytest.raises(GeenToegangscontrole):
        LEERLING[wat](Leerling.objects.get_queryset())


@pytest.mark.parametrize("wat", [wat for wat in LEERLING if wat not in ("bool", "len", "in", "repr", "pickle")])
def test_weigert_ook_op_de_manager(op_school: Bezetting, wat: str) -> None:
    if wat in ("index", "contains", "_raw_delete", "async for"):
        pytest.skip("not on managers")
    with pytest.raises(GeenToegangscontrole):
        LEERLING[wat](Leerling.objects)


def _vrij(model: Any) -> Any:
    return model.objects.systeemtoegang(reden="de proef op de muur")


SAMEN: dict[str, Callable[[], Any]] = {
    "in": lambda: list(_vrij(Dossierstuk).filter(leerling__in=Leerling.objects.all())),
    "in values": lambda: list(_vrij(Dossierstuk).filter(leerling__in=Leerling.objects.values("pk"))),
    "exact": lambda: list(_vrij(Dossierstuk).filter(leerling=Leerling.objects.order_by("pk")[:1])),
    "exclude": lambda: list(_vrij(Dossierstuk).exclude(leerling__in=Leerling.objects.all())),
    "Subquery": lambda: list(_vrij(Groep).annotate(x=Subquery(Leerling.objects.values("roepnaam")[:1]))),
    "Exists": lambda: list(_vrij(Groep).annotate(x=Exists(Leerling.objects.filter(school=OuterRef("school"))))),
    "filter Exists": lambda: list(_vrij(Groep).filter(Exists(Leerling.objects.filter(school=OuterRef("school"))))),
    "aggregate over Subquery": lambda: _vrij(Groep).aggregate(n=Count(Subquery(Leerling.objects.values("pk")[:1]))),
    "update met Subquery": lambda: _vrij(Groep).update(naam=Subquery(Leerling.objects.values("roepnaam")[:1])),
    "union links": lambda: list(Leerling.objects.all().union(_vrij(Leerling))),
    "union rechts": lambda: list(_vrij(Leerling).union(Leerling.objects.all())),
    "intersection": lambda: list(_vrij(Leerling).intersection(Leerling.objects.all())),
    "difference": lambda: list(Leerling.objects.all().difference(_vrij(Leerling))),
    "or links": lambda: list(Leerling.objects.all() | _vrij(Leerling)),
    "or rechts": lambda: list(_vrij(Leerling) | Leerling.objects.all()),
    "and": lambda: list(_vrij(Leerling) & Leerling.objects.all()),
    "xor links": lambda: list(Leerling.objects.all() ^ _vrij(Leerling)),
    "xor rechts": lambda: list(_vrij(Leerling) ^ Leerling.objects.all()),
    "or met niets": lambda: list(_vrij(Leerling).none() | Leerling.objects.all()),
    "xor met niets": lambda: list(_vrij(Leerling).none() ^ Leerling.objects.all()),
    "prefetch": lambda: list(_vrij(Leerling).prefetch_related("dossierstukken")),
    "prefetch dieper": lambda: list(_vrij(Dossierstuk).prefetch_related("leerling__plaatsingen")),
    "Prefetch": lambda: list(
        _vrij(Leerling).prefetch_related(Prefetch("dossierstukken", queryset=Dossierstuk.objects.all()))
    ),
    "F": lambda: list(_vrij(Groep).filter(pk__in=Groep.objects.filter(naam=F("naam")))),
}


@pytest.mark.parametrize("wat", SAMEN)
def test_weigert_binnen_een_ander(op_school: Bezetting, wat: str) -> None:
    """An unrestricted queryset as part of an allowed one is just as forbidden."""
    with pytest.raises(GeenToegangscontrole):
        SAMEN[wat]()


VERWANT: dict[str, Callable[[Any], Any]] = {
    "all": lambda m: list(m.all()),
    "count": lambda m: m.count(),
    "exists": lambda m: m.exists(),
    "filter": lambda m: list(m.filter(titel="x")),
    "get": lambda m: m.get(pk=1),
    "first": lambda m: m.first(),
    "update": lambda m: m.update(titel="x"),
    "delete": lambda m: m.all().delete(),
}


@pytest.mark.parametrize("wat", VERWANT)
def test_weigert_langs_een_relatie(op_school: Bezetting, wat: str) -> None:
    """`leerling.dossierstukken` in a view or template is no way round."""
    with pytest.raises(GeenToegangscontrole):
        VERWANT[wat](op_school.bram.dossierstukken)


def test_weigert_in_een_sjabloon(op_school: Bezetting) -> None:
    from django.template import engines

    sjabloon = engines["django"].from_string("{% for s in leerling.dossierstukken.all %}{{ s.titel }}{% endfor %}")
    with pytest.raises(GeenToegangscontrole):
        sjabloon.render({"leerling": op_school.bram})


def test_weigert_als_keuze_in_een_formulier(op_school: Bezetting) -> None:
    from django import forms

    veld = forms.ModelChoiceField(queryset=Leerling.objects.all())
    with pytest.raises(GeenToegangscontrole):
        list(veld.choices)


@pytest.mark.parametrize("model", [m for m in schoolmodellen() if is_beperkt(m)], ids=lambda m: m._meta.label)
def test_elk_model_weigert(op_school: Bezetting, model: Any) -> None:
    """History included."""
    with pytest.raises(GeenToegangscontrole):
        list(model._default_manager.all())
    with pytest.raises(GeenToegangscontrole):
        model._default_manager.count()


@pytest.mark.parametrize("model", [m for m in schoolmodellen() if is_geschiedenis(m)], ids=lambda m: m._meta.label)
def test_geschiedenis_weigert_langs_haar_onderwerp(op_school: Bezetting, model: Any) -> None:
    """`plan.events.all()` is a manager of its own; it is restricted too."""
    onderwerp = model._meta.get_field("pgh_obj").related_model
    naam = model._meta.get_field("pgh_obj").remote_field.get_accessor_name()
    rij = onderwerp.objects.systeemtoegang(reden="een rij met een verleden").first()
    if rij is None:
        pytest.skip("the cast has no such row")
    with pytest.raises(GeenToegangscontrole):
        list(getattr(rij, naam).all())


@pytest.mark.parametrize("model", [m for m in schoolmodellen() if is_beperkt(m)], ids=lambda m: m._meta.label)
def test_zonder_school_ook_niet_met_systeemtoegang(bezetting: Bezetting, model: Any) -> None:
    """Empty would read as "no consent", "nothing due": without a school in the context it is an error."""
    rijen = model._default_manager.systeemtoegang(reden="de proef zonder school")
    for doe in (list, lambda q: q.count(), lambda q: q.exists(), lambda q: q.update(school=1), lambda q: q.first()):
        with pytest.raises(GeenSchoolcontext):
            doe(rijen.all())


def test_zonder_school_ook_niet_voor_iemand(bezetting: Bezetting) -> None:
    with pytest.raises(GeenSchoolcontext):
        list(Leerling.objects.zichtbaar_voor(bezetting.carla.gebruiker))
    with pytest.raises(GeenSchoolcontext):
        bezetting.carla.gebruiker.has_perm("inzien_leerling", bezetting.bram)


@pytest.mark.parametrize("reden", ["", "  "])
def test_systeemtoegang_vraagt_een_reden(op_school: Bezetting, reden: str) -> None:
    with pytest.raises(GeenToegangscontrole):
        Leerling.objects.systeemtoegang(reden=reden)


def test_wat_wel_mag(op_school: Bezetting) -> None:
    """Making, saving, reading back and validating one row need no queryset of anyone."""
    kring = Kringlid.objects.create(school=op_school.kogerveld, stuk=op_school.notitie, persoon=op_school.bas.persoon)
    kring.refresh_from_db()
    kring.full_clean()
    kring.delete()
    assert op_school.recht_extern.content_object == op_school.stuk_extern
    assert isinstance(DossierstukRecht.objects.get_queryset(), BeperkteQuerySet)


def test_belofte_blijft_bij_verder_filteren(op_school: Bezetting) -> None:
    """Said once for whom, the queryset and everything made from it may run, and stays restricted."""
    gezien = Leerling.objects.zichtbaar_voor(op_school.bas.gebruiker)
    assert set(gezien.filter(roepnaam__gte="A").order_by("pk").select_related("school")) <= {
        op_school.chris,
        op_school.dunya,
    }
    assert not gezien.filter(pk=op_school.bram.pk).exists()
    assert not (gezien & _vrij(Leerling).filter(pk=op_school.bram.pk)).exists()
