"""The table of rights against what the cast really has, the page made from it, and who can see one pupil."""

from __future__ import annotations

import csv
import io
import json
import os
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from leerlingen import services
from leerlingen.models import Dossierstuk, Leerling, Rol
from leerlingen.rechtentabel import KOPPEN, RECHTEN, als_rijen, tabel
from leerlingen.wie_heeft_toegang import wie_heeft_toegang
from tests.bouw import Bezetting, fabriek
from tests.rechten.document import PAGINA, pagina
from zorg.kern.querysets import Recht
from zorg.kern.schoolcontext import schoolcontext

WIE = {
    "ib": "carla",
    "directeur": "dora",
    "leerkracht_groep": "anna",
    "vervanger_groep": "vervanger",
    "rt_leerling": "rt",
    "assistent_leerling": "assistent",
    "specialist": "specialist",
    "ouder": "dirk",
    "beheerder": "beheerder",
    "extern": "extern",
}


@pytest.mark.parametrize("relatie", WIE)
def test_tabel_zegt_wat_er_is(op_school: Bezetting, relatie: str) -> None:
    """The rights that the table gives are those that the rule gives, on Bram, and so is the ceiling."""
    rij = next(rij for rij in tabel() if rij.code == relatie)
    gebruiker = op_school.lid(WIE[relatie]).gebruiker
    bram = Leerling.objects
    heeft = {recht for recht in RECHTEN if bram.zichtbaar_voor(gebruiker, recht).filter(pk=op_school.bram.pk).exists()}
    assert heeft == rij.rechten
    if Recht.INZIEN in rij.rechten:
        stukken = Dossierstuk.objects.zichtbaar_voor(gebruiker).filter(leerling=op_school.bram)
        hoogste = max((stuk.vertrouwelijkheid for stuk in stukken), key=["gewoon", "vertrouwelijk", "geheim"].index)
        assert hoogste == rij.plafond


@pytest.mark.parametrize(("relatie", "rol"), [("rt_groep", "rt"), ("assistent_groep", "assistent")])
def test_tabel_zegt_wat_er_is_bij_een_groep(op_school: Bezetting, relatie: str, rol: str) -> None:
    rij = next(rij for rij in tabel() if rij.code == relatie)
    wie = fabriek.lid(op_school.kogerveld, "Sem", rol)
    services.toewijzen(persoon=wie.persoon, groep=op_school.groep_6a, rol=rol, door=None)
    heeft = {recht for recht in RECHTEN if wie.gebruiker.has_perm(f"{recht}_leerling", op_school.bram)}
    assert heeft == rij.rechten


def test_tabel_zegt_wat_verleend_is(op_school: Bezetting) -> None:
    carla, bas = op_school.carla.gebruiker, op_school.bas
    rijen = {rij.code: rij for rij in tabel()}
    services.recht_verlenen(op=op_school.bram, aan=bas.persoon, tot=fabriek.over(5), reden="SOT", door=carla)
    assert {r for r in RECHTEN if bas.gebruiker.has_perm(f"{r}_leerling", op_school.bram)} == rijen[
        "verleend_leerling"
    ].rechten
    assert not bas.gebruiker.has_perm("inzien_dossierstuk", op_school.vertrouwelijk)
    services.recht_verlenen(op=op_school.geheim, aan=bas.persoon, tot=fabriek.over(5), reden="SOT", door=carla)
    assert {r for r in RECHTEN if bas.gebruiker.has_perm(f"{r}_dossierstuk", op_school.geheim)} == rijen[
        "verleend_stuk"
    ].rechten


def test_elke_rol_staat_in_de_tabel() -> None:
    codes = {rij.code.removesuffix("_groep").removesuffix("_leerling") for rij in tabel()}
    assert set(Rol.values) <= codes


def test_opdracht_rechtenmatrix() -> None:
    uit = io.StringIO()
    call_command("rechtenmatrix", "--csv", stdout=uit)
    assert list(csv.reader(io.StringIO(uit.getvalue()), delimiter=";")) == als_rijen()
    assert als_rijen()[0] == list(KOPPEN)
    uit = io.StringIO()
    call_command("rechtenmatrix", stdout=uit)
    assert len(uit.getvalue().splitlines()) == len(als_rijen())


def test_pagina_is_van_nu() -> None:
    """docs/rechten.md says what the code says; `ZORGPAD_SCHRIJF=1` writes it anew."""
    if os.environ.get("ZORGPAD_SCHRIJF"):
        PAGINA.write_text(pagina(), encoding="utf-8")
    assert PAGINA.read_text(encoding="utf-8") == pagina(), "run: ZORGPAD_SCHRIJF=1 bin/test tests/rechten/test_tabel.py"


# -- who can see this pupil ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["bram", "aya", "chris", "vertrokken_leerling"])
def test_wie_heeft_toegang_is_wat_ieder_ziet(op_school: Bezetting, kind: str) -> None:
    """From the pupil or from the account: the same answer."""
    leerling = getattr(op_school, kind)
    rijen = wie_heeft_toegang(leerling)
    van_buiten_af = {rij.gebruiker_id for rij in rijen}
    van_binnen_uit = {
        lid.gebruiker.pk
        for _, lid in op_school.leden()
        if Leerling.objects.zichtbaar_voor(lid.gebruiker).filter(pk=leerling.pk).exists()
        or Leerling.objects.zichtbaar_voor(lid.gebruiker, Recht.MEELEZEN).filter(pk=leerling.pk).exists()
        or Dossierstuk.objects.zichtbaar_voor(lid.gebruiker).filter(leerling=leerling).exists()
    }
    assert van_buiten_af == van_binnen_uit


def test_wie_heeft_toegang_zegt_waardoor_en_tot_wanneer(op_school: Bezetting) -> None:
    services.noodtoegang_openen(
        leerling=op_school.bram, reden="Het kind is gevallen op het plein", door=op_school.bas.gebruiker
    )
    rijen = {rij.gebruiker_id: rij for rij in wie_heeft_toegang(op_school.bram)}
    karin, bas, femke = (rijen[op_school.lid(n).gebruiker.pk] for n in ("extern", "bas", "vervanger"))
    assert "alleen «Vraag aan de orthopedagoog»" in karin.ziet and str(karin.tot) == "2026-12-01"
    assert bas.waardoor.startswith("noodtoegang")
    assert "gewoon" in femke.ziet and str(femke.tot) == "2026-12-01"


def test_opdracht_wie_heeft_toegang(bezetting: Bezetting) -> None:
    """One JSON object, no name of the pupil, and a line in the logbook."""
    from zorg.logboek.models import Logregel

    uit = io.StringIO()
    call_command("wie_heeft_toegang", "--leerling", str(bezetting.bram.pk), "--json", stdout=uit)
    inhoud: dict[str, Any] = json.loads(uit.getvalue())
    assert inhoud["leerling"] == bezetting.bram.pk and inhoud["school"] == "de-kogerveld"
    assert {rij["naam"] for rij in inhoud["toegang"]} >= {"Anna Bedacht", "Dirk Jansen", "Karin Bedacht"}
    assert "Bram" not in uit.getvalue()
    with schoolcontext([bezetting.kogerveld]):
        regels = Logregel.objects.systeemtoegang(reden="de proef op het logboek").filter(handeling="toegang_opgevraagd")
        assert [regel.leerling_id for regel in regels] == [bezetting.bram.pk]
    uit = io.StringIO()
    call_command("wie_heeft_toegang", "--leerling", str(bezetting.leerling_anders.pk), stdout=uit)
    assert "Nora" in uit.getvalue() and "Anna" not in uit.getvalue()


def test_opdracht_zonder_leerling_is_een_verkeerde_aanroep(bezetting: Bezetting) -> None:
    with pytest.raises(CommandError) as fout:
        call_command("wie_heeft_toegang", "--leerling", "999999999")
    assert fout.value.returncode == 2
