"""Recording results: the series and its piece, who sees it, corrections, batches, refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from leerlingen import services as leerlingservices
from leerlingen.models import Dossierstuk
from lvs import services
from lvs.models import Resultaat, Resultatenreeks
from lvs.selecties import eerder, resultaten_van, resultaten_van_stuk
from tests.bouw import Bezetting, fabriek
from tests.bouw.lvs_plannen import E5, M5, uitslag
from zorg.kern.fouten import DomeinFout
from zorg.kern.querysets import Recht
from zorg.logboek.models import Logregel

B6 = date(2026, 9, 15)


def alle(**zoek: Any) -> Any:
    return Resultaat.objects.systeemtoegang(reden="test").filter(**zoek)


def leg_vast(b: Bezetting, **velden: Any) -> Resultaat:
    velden = {
        "leerling": b.dunya, "vak": "rekenen", "instrument": "cito_rekenen", "moment": "E5", "afnamedatum": E5,
        "niveau": "III", "door": b.bas.gebruiker,
    } | velden  # fmt: skip
    return services.resultaat_vastleggen(**velden)


@pytest.mark.acceptatie("K-97")
def test_een_leerkracht_voert_een_resultaat_in(op_school: Bezetting) -> None:
    b = op_school
    resultaat = leg_vast(b, vaardigheidsscore=Decimal("77.5"), niveau="iii", moment="e5")
    assert (resultaat.niveau, resultaat.moment, resultaat.afnamejaar) == ("III", "E5", 2025)
    assert resultaat.ingevoerd_door == b.bas.persoon
    stuk = resultaat.reeks.stuk
    assert (stuk.soort, stuk.vakgebied, stuk.leerling_id, stuk.datum) == ("resultaten", "rekenen", b.dunya.pk, E5)
    regel = Logregel.objects.systeemtoegang(reden="test").get(handeling="resultaat_vastgelegd", object_id=resultaat.pk)
    assert (regel.leerling_id, regel.actor_id) == (b.dunya.pk, b.bas.gebruiker.pk)


def test_een_reeks_per_leerling_en_vak(op_school: Bezetting) -> None:
    b = op_school
    een = leg_vast(b)
    ander = leg_vast(b, moment="B6", afnamedatum=B6)
    spelling = leg_vast(b, vak="spelling", instrument="cito_spelling")
    assert een.reeks == ander.reeks != spelling.reeks
    assert Dossierstuk.objects.systeemtoegang(reden="test").get(pk=een.reeks.stuk_id).datum == B6
    with pytest.raises(IntegrityError), transaction.atomic():
        Resultatenreeks.objects.create(school=b.kogerveld, stuk=spelling.reeks.stuk, leerling=b.dunya, vak="rekenen")


# -- who sees it ----------------------------------------------------------------------------------------------------

ZIET = [
    ("anna", True), ("duo", True), ("vervanger", True), ("carla", True), ("dora", True), ("rt", True),
    ("assistent", True), ("specialist", True), ("bas", False), ("beheerder", False), ("extern", False),
    ("vertrokken", False), ("dirk", False), ("ouder_zonder_gezag", False), ("ib_anders", False),
]  # fmt: skip


@pytest.mark.parametrize(("wie", "ziet"), ZIET)
def test_wie_ziet_de_resultaten_van_bram(op_school: Bezetting, wie: str, ziet: bool) -> None:
    b = op_school
    gebruiker = b.lid(wie).gebruiker
    assert Resultaat.objects.zichtbaar_voor(gebruiker).filter(pk=b.extra["resultaat"].pk).exists() is ziet
    assert Resultatenreeks.objects.zichtbaar_voor(gebruiker).filter(pk=b.extra["reeks"].pk).exists() is ziet


@pytest.mark.acceptatie("K-173")
def test_een_specialist_ziet_alleen_het_eigen_vak(op_school: Bezetting) -> None:
    b = op_school
    gezien = set(Resultaat.objects.zichtbaar_voor(b.specialist.gebruiker).values_list("vak", flat=True))
    assert gezien == {"rekenen"}
    with pytest.raises(PermissionDenied):
        leg_vast(b, door=b.specialist.gebruiker)


def test_ouders_lezen_mee_zodra_en_zolang_het_gedeeld_is(op_school: Bezetting) -> None:
    b = op_school
    dirk, reeks = b.dirk.gebruiker, b.extra["reeks"]
    assert resultaten_van_stuk(dirk, reeks.stuk, Recht.MEELEZEN) is None
    leerlingservices.publiceren(stuk=reeks.stuk, door=b.anna.gebruiker)
    gezien = resultaten_van_stuk(dirk, reeks.stuk, Recht.MEELEZEN)
    assert gezien is not None
    assert [rij.moment for rij in gezien.rijen] == ["E5", "M5"]
    assert not gezien.signalen
    assert not Resultaat.objects.zichtbaar_voor(dirk, Recht.MEELEZEN).filter(vak="spelling").exists()
    assert resultaten_van_stuk(b.ouder_zonder_gezag.gebruiker, reeks.stuk, Recht.MEELEZEN) is None


def test_een_deskundige_leest_alleen_de_reeks_die_genoemd_is(op_school: Bezetting) -> None:
    b = op_school
    fabriek.toestemming(b.extra["reeks"].stuk, van=b.dirk, door=b.carla)
    leerlingservices.recht_verlenen(
        op=b.extra["reeks"].stuk, aan=b.extern.persoon, tot=fabriek.over(14), reden="BOT", door=b.carla.gebruiker
    )
    gezien = Resultaat.objects.zichtbaar_voor(b.extern.gebruiker)
    assert set(gezien.values_list("leerling", "vak")) == {(b.bram.pk, "rekenen")}
    assert not Resultaat.objects.zichtbaar_voor(b.extern.gebruiker, Recht.WIJZIGEN).exists()


def test_vertrouwelijk_en_kring_gelden_ook_voor_resultaten(op_school: Bezetting) -> None:
    b = op_school
    stuk = b.extra["reeks"].stuk
    leerlingservices.vertrouwelijkheid_wijzigen(stuk=stuk, vertrouwelijkheid="vertrouwelijk", door=b.anna.gebruiker)
    eigen = Resultaat.objects.systeemtoegang(reden="test").get(pk=b.extra["resultaat"].pk)
    for wie, ziet in (("anna", True), ("vervanger", False), ("specialist", False), ("carla", True)):
        zicht = Resultaat.objects.zichtbaar_voor(b.lid(wie).gebruiker).filter(pk=eigen.pk).exists()
        assert zicht is ziet, wie
    with pytest.raises(DomeinFout, match="niet wijzigen"):
        leg_vast(b, leerling=b.bram, moment="B6", afnamedatum=B6, door=b.vervanger.gebruiker)


# -- corrections ------------------------------------------------------------------------------------------------------


def test_dezelfde_toets_opnieuw_is_een_verbetering_en_bewaart_wat_er_stond(op_school: Bezetting) -> None:
    b = op_school
    een = leg_vast(b, vaardigheidsscore=Decimal(77))
    twee = leg_vast(b, vaardigheidsscore=Decimal(71), niveau="IV")
    assert een.pk == twee.pk
    assert [regel.tekst for regel in eerder(b.bas.gebruiker, twee)] == ["E5 · III · vaardigheidsscore 77"]
    assert Logregel.objects.systeemtoegang(reden="test").filter(handeling="resultaat_gecorrigeerd").count() == 1


def test_nog_eens_hetzelfde_verandert_niets(op_school: Bezetting) -> None:
    b = op_school
    een = leg_vast(b)
    leg_vast(b)
    assert eerder(b.bas.gebruiker, een) == []
    assert not Logregel.objects.systeemtoegang(reden="test").filter(handeling="resultaat_gecorrigeerd").exists()


def test_wie_het_resultaat_niet_ziet_ziet_ook_geen_geschiedenis(op_school: Bezetting) -> None:
    b = op_school
    leg_vast(b, niveau="III")
    resultaat = leg_vast(b, niveau="IV")
    assert eerder(b.bas.gebruiker, resultaat)
    assert eerder(b.anna.gebruiker, resultaat) == []


def test_wie_een_jaar_overdoet_maakt_e5_twee_keer(op_school: Bezetting) -> None:
    b = op_school
    leg_vast(b, afnamedatum=date(2025, 6, 10), niveau="V")
    leg_vast(b, afnamedatum=E5, niveau="III")
    assert list(alle(leerling=b.dunya).order_by("afnamedatum").values_list("niveau", flat=True)) == ["V", "III"]


def test_methodetoetsen_van_hetzelfde_blok_op_een_andere_dag_tellen_apart(op_school: Bezetting) -> None:
    b = op_school
    for dag, score in ((date(2026, 9, 1), 70), (date(2026, 9, 8), 85), (date(2026, 9, 8), 90)):
        leg_vast(b, instrument="methodetoets", moment="blok 1", afnamedatum=dag, niveau="", ruwe_score=Decimal(score))
    assert list(alle(leerling=b.dunya).order_by("afnamedatum").values_list("ruwe_score", flat=True)) == [70, 90]


def test_corrigeren_past_alles_aan_behalve_het_vak(op_school: Bezetting) -> None:
    b = op_school
    resultaat = leg_vast(b)
    nieuw = services.resultaat_corrigeren(
        resultaat=resultaat, moment="M5", afnamedatum=M5, niveau="II", door=b.bas.gebruiker
    )
    assert (nieuw.moment, nieuw.niveau, nieuw.afnamejaar) == ("M5", "II", 2025)
    with pytest.raises(DomeinFout, match="vak kan niet veranderen"):
        services.resultaat_corrigeren(
            resultaat=resultaat, vak="spelling", instrument="cito_spelling", door=b.bas.gebruiker
        )


def test_corrigeren_botst_niet_op_een_ander_resultaat(op_school: Bezetting) -> None:
    b = op_school
    leg_vast(b, moment="M5", afnamedatum=M5)
    resultaat = leg_vast(b)
    with pytest.raises(DomeinFout, match="staat al een resultaat van M5"):
        services.resultaat_corrigeren(resultaat=resultaat, moment="M5", afnamedatum=M5, door=b.bas.gebruiker)


def test_corrigeren_mag_alleen_wie_mag_schrijven(op_school: Bezetting) -> None:
    b = op_school
    for wie in ("bas", "specialist", "assistent", "extern", "beheerder"):
        with pytest.raises(PermissionDenied):
            services.resultaat_corrigeren(resultaat=b.extra["resultaat"], niveau="I", door=b.lid(wie).gebruiker)


def test_weghalen_vraagt_een_reden_en_blijft_in_het_logboek(op_school: Bezetting) -> None:
    b = op_school
    resultaat = leg_vast(b)
    with pytest.raises(DomeinFout, match="waarom"):
        services.resultaat_verwijderen(resultaat=resultaat, reden="  ", door=b.bas.gebruiker)
    pk = resultaat.pk
    services.resultaat_verwijderen(resultaat=resultaat, reden="Van een ander kind", door=b.bas.gebruiker)
    assert not alle(pk=pk).exists()
    regel = Logregel.objects.systeemtoegang(reden="test").get(handeling="resultaat_verwijderd")
    assert (regel.object_id, regel.reden) == (pk, "Van een ander kind")
    versies = Resultaat.pgh_event_model.objects.systeemtoegang(reden="test").filter(pgh_obj_id=pk)  # type: ignore[attr-defined]
    assert list(versies.values_list("pgh_label", "niveau")) == [("delete", "III")]


# -- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "melding"),
    [
        ({"instrument": "bestaat_niet"}, "kent de school niet"),
        ({"vak": "spelling"}, "hoort niet bij dit vakgebied"),
        ({"vak": "toveren"}, "vakgebied «toveren» kent"),
        ({"niveau": "VI"}, "hoort niet bij Cito Rekenen-Wiskunde. Kies uit I, II, III, IV, V"),
        ({"niveau": ""}, "ten minste een niveau of een score"),
        ({"moment": "  "}, "toetsmoment"),
        ({"afnamedatum": date(2026, 11, 4)}, "toekomst"),
        ({"afnamedatum": date(2016, 1, 1)}, "kan niet kloppen"),
        ({"percentiel": Decimal(101)}, "van 0 t/m 100"),
        ({"percentiel": Decimal(-1)}, "van 0 t/m 100"),
        ({"vaardigheidsscore": Decimal(99999)}, "kan hier niet"),
        ({"instrument": "methodetoets", "moment": "blok 1", "ruwe_score": Decimal(101)}, "van 0 t/m 100"),
        ({"onderdeel": "aardig doen"}, "heeft geen onderdeel"),
        ({"versie": "x" * 41}, "te lang"),
    ],
)
def test_wat_niet_kan_wordt_in_woorden_geweigerd(op_school: Bezetting, velden: dict[str, Any], melding: str) -> None:
    with pytest.raises(DomeinFout, match=melding):
        leg_vast(op_school, **velden)
    assert not alle(leerling=op_school.dunya).exists()


def test_de_dag_van_de_toets_mag_vandaag_zijn(op_school: Bezetting) -> None:
    assert leg_vast(op_school, moment="M6", afnamedatum=date(2026, 11, 3)).afnamejaar == 2026


@pytest.mark.parametrize(
    "fout",
    [
        {"niveau": "", "vaardigheidsscore": None},
        {"percentiel": Decimal("100.5")},
        {"moment": ""},
    ],
)
def test_de_database_weigert_ook(op_school: Bezetting, fout: dict[str, Any]) -> None:
    resultaat = leg_vast(op_school)
    for naam, waarde in fout.items():
        setattr(resultaat, naam, waarde)
    with pytest.raises(IntegrityError), transaction.atomic():
        resultaat.save()


def test_de_database_kent_een_toets_een_keer(op_school: Bezetting) -> None:
    resultaat = leg_vast(op_school)
    resultaat.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        resultaat.save(force_insert=True)


# -- batches ----------------------------------------------------------------------------------------------------------


def test_een_batch_bewaart_het_goede_weigert_de_rest_en_logt_een_keer(op_school: Bezetting) -> None:
    b = op_school
    rijen = [
        uitslag(b.chris, "II", 80, moment="B6", afnamedatum=B6, regel=2),
        uitslag(b.dunya, "IX", 80, moment="B6", afnamedatum=B6, regel=3),
        uitslag(b.dunya, "IV", 66, regel=4),
        uitslag(b.chris, "III", 75, regel=5),
        uitslag(b.chris, "IV", 70, moment="B6", afnamedatum=B6, regel=6),
    ]
    uitkomst = services.resultaten_vastleggen(school=b.kogerveld, invoer=rijen, bron="test", door=b.bas.gebruiker)
    assert (uitkomst.toegevoegd, uitkomst.gewijzigd, uitkomst.ongewijzigd) == (2, 0, 1)
    assert [(w.regel, w.veld, w.waarde) for w in uitkomst.geweigerd] == [(3, "niveau", "IX"), (6, "moment", "B6")]
    regels = Logregel.objects.systeemtoegang(reden="test").filter(
        handeling__startswith="resulta", actor_id=b.bas.gebruiker.pk
    )
    assert [(r.handeling, r.gegevens["toegevoegd"]) for r in regels] == [("resultaten_vastgelegd", 2)]


def test_een_batch_met_een_vreemde_leerling_bewaart_niets(op_school: Bezetting) -> None:
    b = op_school
    rijen = [uitslag(b.dunya, "IV", 66), uitslag(b.bram, "I", 99)]
    with pytest.raises(PermissionDenied):
        services.resultaten_vastleggen(school=b.kogerveld, invoer=rijen, door=b.bas.gebruiker)
    assert not alle(leerling=b.dunya).exists()
    assert alle(leerling=b.bram, moment="E5", vak="rekenen").get().niveau == "IV"


def test_tweemaal_dezelfde_batch_verandert_niets(op_school: Bezetting) -> None:
    b = op_school
    rijen = [uitslag(b.dunya, "IV", 66), uitslag(b.dunya, "II", 99, vak="spelling")]
    een = services.resultaten_vastleggen(school=b.kogerveld, invoer=rijen, door=None)
    twee = services.resultaten_vastleggen(school=b.kogerveld, invoer=rijen, door=None)
    assert (een.toegevoegd, twee.toegevoegd, twee.gewijzigd, twee.ongewijzigd) == (2, 0, 0, 2)
    assert alle(leerling=b.dunya).count() == 2


def test_een_batch_kost_evenveel_vragen_voor_twee_als_voor_twintig(
    op_school: Bezetting, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    b = op_school
    kinderen = [fabriek.leerling(b.kogerveld, f"K{n}", groep=b.groep_6b) for n in range(22)]

    def vragen(rij: list[Any]) -> int:
        with django_assert_max_num_queries(40) as gezien:
            services.resultaten_vastleggen(
                school=b.kogerveld, invoer=[uitslag(kind, "III", 77) for kind in rij], door=b.bas.gebruiker
            )
        return len(gezien)

    assert vragen(kinderen[:2]) == vragen(kinderen[2:])


# -- norms ------------------------------------------------------------------------------------------------------------


def test_de_norm_van_de_school_telt_vanaf_tien_leerlingen(op_school: Bezetting) -> None:
    b = op_school
    kinderen = [fabriek.leerling(b.kogerveld, f"N{n}", groep=b.groep_6b) for n in range(10)]
    rijen = [
        uitslag(kind, "III", 70 + groei, moment=moment, afnamedatum=dag)
        for kind in kinderen
        for moment, dag, groei in (("M5", M5, 0), ("E5", E5, 6))
    ]
    services.resultaten_vastleggen(school=b.kogerveld, invoer=rijen[:18], door=None)
    services.vergeet_groeinormen(b.kogerveld)
    sleutel = ("cito_rekenen", "M5", "E5", "III")
    assert services.groeinormen(b.kogerveld).medianen.get(sleutel) == 6.0, "nine of these and Bram make ten"
    Resultaat.objects.systeemtoegang(reden="test").filter(leerling=kinderen[0]).delete()
    services.vergeet_groeinormen(b.kogerveld)
    assert sleutel not in services.groeinormen(b.kogerveld).medianen


@pytest.mark.acceptatie("K-21")
def test_bij_een_leerling_staan_groei_verwachting_en_signaal(op_school: Bezetting) -> None:
    b = op_school
    kinderen = [fabriek.leerling(b.kogerveld, f"N{n}", groep=b.groep_6b) for n in range(12)]
    rijen = [
        uitslag(kind, "III", 70 + groei, moment=moment, afnamedatum=dag)
        for kind in kinderen
        for moment, dag, groei in (("M5", M5, 0), ("E5", E5, 6))
    ]
    services.resultaten_vastleggen(school=b.kogerveld, invoer=rijen, door=None)
    services.vergeet_groeinormen(b.kogerveld)
    rekenen = next(vak for vak in resultaten_van(b.anna.gebruiker, b.bram, date(2026, 11, 3)) if vak.code == "rekenen")
    assert (rekenen.groei, rekenen.verwacht) == ("+1", "+6")
    assert {"norm_gezakt", "groei_onvoldoende"} <= {signaal.code for signaal in rekenen.signalen}
