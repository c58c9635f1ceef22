"""Following pupils: which tests there are for whom, what the overviews compare, group plans under other procedures."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from leerlingen import services as leerlingservices
from leerlingen.profiel import als_json, lees_ingebouwd
from lvs.forms import toetskeuzes
from lvs.models import Resultaat
from lvs.selecties.groep import overzichtsvakken
from lvs.services import resultaten_vastleggen
from lvs.signalering import Feiten, signalen
from plannen import services
from tests.acceptatie.hulp import Inloggen, alles, geval, neem_profiel, velden
from tests.bouw import Bezetting, fabriek
from tests.bouw.lvs_plannen import uitslag
from tests.lvs.feitenmaker import cito
from tests.plannen.hulp import indelingen
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

# number, procedure, year group, tests that are offered for it, tests that are not
TOETSEN = [
    geval("K-53", "kogerveld", (3, 8), {"scol:sociaal_emotioneel"}, set()),
    geval("M-14", "demeent", (6,), {"cito_rekenen:rekenen", "methodetoets:rekenen"}, set()),
    geval("M-15", "demeent", (1, 2), {"zien:werkhouding"}, {"cito_rekenen:rekenen", "cito_spelling:spelling"}),
    geval("M-20", "demeent", (1, 6), {"zien:sociaal_emotioneel", "zien:werkhouding"}, set()),
    geval(
        "L-27",
        "loshoes",
        (6,),
        {
            "cito_dmt:technisch_lezen",
            "cito_begrijpend_lezen:begrijpend_lezen",
            "cito_spelling:spelling",
            "cito_rekenen:rekenen",
            "methodetoets:rekenen",
            "methodetoets:spelling",
        },
        set(),
    ),
    geval(
        "A-07",
        "aruba",
        (6,),
        {
            "lvs:rekenen",
            "lvs:taal",
            "lvs:lezen",
            "observatielijst:werkhouding",
            "observatielijst:sociaal_emotioneel",
        },
        set(),
    ),
    geval("A-26", "aruba", (1, 6), {"observatielijst:sociaal_emotioneel"}, set()),
]


@pytest.mark.parametrize(("profiel", "jaren", "wel", "niet"), TOETSEN)
def test_welke_toetsen_men_invoert(profiel: str, jaren: tuple[int, ...], wel: set[str], niet: set[str]) -> None:
    for jaar in jaren:
        keuzes = {code for code, _ in toetskeuzes(lees_ingebouwd(profiel), frozenset({jaar}))}
        assert wel <= keuzes, jaar
        assert not niet & keuzes, jaar


@pytest.mark.acceptatie("K-53")
def test_scol_niet_bij_de_kleuters() -> None:
    keuzes = dict(toetskeuzes(lees_ingebouwd("kogerveld"), frozenset({2})))
    assert "scol:sociaal_emotioneel" not in keuzes


@pytest.mark.acceptatie("M-102")
def test_de_toetsen_van_groep_1_tot_en_met_3_van_de_meent() -> None:
    meent = lees_ingebouwd("demeent")
    per_jaar = {jaar: {code for code, _ in toetskeuzes(meent, frozenset({jaar}))} for jaar in (1, 2, 3, 4)}
    assert {jaar for jaar, keuzes in per_jaar.items() if "protocol_dyslexie:taal" in keuzes} == {1, 2}
    assert {jaar for jaar, keuzes in per_jaar.items() if "kerntoets_vll:technisch_lezen" in keuzes} == {3}


@pytest.mark.acceptatie("A-01")
def test_bij_de_kleuters_op_aruba_zijn_de_vakken_ontwikkelingsdomeinen() -> None:
    aruba = lees_ingebouwd("aruba")
    kleuters = [vak.naam for vak in overzichtsvakken(aruba, frozenset({1}), [])]
    assert kleuters == ["Ontwikkelingsdomein taal", "Ontwikkelingsdomein rekenen"]
    lager = [vak.code for vak in overzichtsvakken(aruba, frozenset({6}), [])]
    assert lager == ["rekenen", "lezen", "taal"]
    assert "observatielijst:ontwikkeling_spel" in dict(toetskeuzes(aruba, frozenset({2})))


@pytest.mark.acceptatie("A-94")
def test_een_school_kan_met_een_vak_beginnen() -> None:
    """Only maths switched on: no column, no test and no signal of another subject."""
    heel = lees_ingebouwd("kogerveld")
    vakken = tuple(vak.model_copy(update={"actief": vak.code == "rekenen"}) for vak in heel.vakgebieden)
    klein = heel.model_copy(update={"vakgebieden": vakken})
    assert [vak.code for vak in overzichtsvakken(klein, frozenset({6}), [])] == ["rekenen"]
    assert {code.partition(":")[2] for code, _ in toetskeuzes(klein, frozenset({6}))} == {"rekenen"}
    feiten = Feiten((cito("M6", "V"), cito("M6", "V", vak="spelling")))
    assert {signaal.vak for signaal in signalen(feiten, klein)} == {"rekenen"}
    assert {signaal.vak for signaal in signalen(feiten, heel)} == {"rekenen", "spelling"}


# -- signals ----------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("M-23")
def test_de_meent_ziet_vroeg_wie_instructie_en_wie_uitdaging_nodig_heeft() -> None:
    meent = lees_ingebouwd("demeent")

    def codes(*niveaus: str) -> dict[str, str]:
        metingen = tuple(cito(moment, niveau) for moment, niveau in zip(("E5", "M6"), niveaus, strict=True))
        return {s.code: s.arrangement for eerste in signalen(Feiten(metingen), meent) for s in (eerste, *eerste.ook)}

    assert codes("IV", "IV")["extra_instructie"] == "intensief"
    assert codes("I", "I")["extra_uitdaging"] == "talent"
    assert not {"extra_instructie", "extra_uitdaging"} & set(codes("III", "II"))


@pytest.mark.acceptatie("M-25")
def test_de_grens_van_een_signaal_is_van_de_school(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The school agrees that only a V asks for extra instruction: the IV of Bram is no such signal any more."""
    b: Any = bezetting
    neem_profiel(b, "demeent")
    with schoolcontext([b.kogerveld]):
        resultaten_vastleggen(school=b.kogerveld, invoer=[uitslag(b.zoe, "IV", vak="spelling")], door=None)
    browser = inloggen(b.anna.gebruiker)
    assert "spelling IV" in browser.get(f"/leerlingen/{b.zoe.pk}/resultaten/").content.decode()
    inhoud = als_json(lees_ingebouwd("demeent"))
    next(s for s in inhoud["signalering"] if s["code"] == "extra_instructie")["niveaus"] = ["V"]
    with schoolcontext([b.kogerveld]):
        leerlingservices.profiel_vastleggen(school=b.kogerveld, inhoud=inhoud, toelichting="Grens bij V", door=None)
    assert "spelling IV" not in browser.get(f"/leerlingen/{b.zoe.pk}/resultaten/").content.decode()


# -- results ----------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("M-08")
def test_een_resultaat_draagt_zijn_referentieniveau(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        resultaten_vastleggen(school=b.kogerveld, invoer=[uitslag(b.zoe, "III", 80, referentieniveau="1F")], door=None)
    assert (
        "referentieniveau 1F" in inloggen(b.anna.gebruiker).get(f"/leerlingen/{b.zoe.pk}/resultaten/").content.decode()
    )


@pytest.mark.acceptatie("M-20")
def test_zien_wordt_per_onderdeel_ingevoerd(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    neem_profiel(b, "demeent")
    velden_ = {
        "toets": "zien:werkhouding",
        "onderdeel": "betrokkenheid",
        "moment": "najaar",
        "niveau": "",
        "afnamedatum": "2026-10-20",
    }
    schaal = next(s for s in lees_ingebouwd("demeent").schalen if s.code == "zien")
    antwoord = inloggen(b.anna.gebruiker).post(
        f"/toetsen/leerling/{b.zoe.pk}/", velden_ | {"niveau": schaal.niveaus[0]}
    )
    assert antwoord.status_code == 302
    with schoolcontext([b.kogerveld]):
        rij = alles(Resultaat, leerling=b.zoe).get()
    assert (rij.vak, rij.onderdeel, rij.niveau) == ("werkhouding", "betrokkenheid", schaal.niveaus[0])


@pytest.mark.acceptatie("M-108")
def test_de_ko_neemt_overzichten_van_de_vier_vakken_mee(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Of every group, as a sheet with a column for each of the four subjects."""
    b = bezetting
    neem_profiel(b, "demeent")
    for groep in (b.groep_6a, b.groep_6b):
        antwoord = inloggen(b.carla.gebruiker).get(f"/groepen/{groep.pk}/excel/")
        blad: Any = load_workbook(BytesIO(antwoord.content)).active
        kop = " ".join(str(vak.value) for vak in next(blad.iter_rows(max_row=1)))
        for vak in ("Rekenen", "Spelling", "Technisch lezen", "Begrijpend lezen"):
            assert vak in kop


@pytest.mark.acceptatie("K-91")
def test_de_gedragsspecialist_ziet_gedrag_en_scol_en_zit_in_het_sot(op_school: Bezetting) -> None:
    from besprekingen.models import Deelnemer
    from tests.acceptatie.hulp import plan

    b = op_school
    gedrag = fabriek.lid(b.kogerveld, "Gerda", "specialist", vakgebieden=("sociaal_emotioneel",))
    invoer = uitslag(b.zoe, "D", vak="sociaal_emotioneel", instrument="scol", onderdeel="aardig doen", moment="najaar")
    resultaten_vastleggen(school=b.kogerveld, invoer=[invoer], door=None)
    gezien = set(Resultaat.objects.zichtbaar_voor(gedrag.gebruiker).values_list("instrument", "vak"))
    assert gezien == {("scol", "sociaal_emotioneel")}
    stoel = alles(Deelnemer, bespreking=plan(b, "sot", leerling=b.bram), persoon=gedrag.persoon).get()
    assert stoel.zetel == "specialist_gedrag"


# -- group plans ------------------------------------------------------------------------------------------------------


def maak_plan(b: Bezetting, profiel: str, **anders: Any) -> Any:
    """A plan for spelling of 6a under another procedure."""
    neem_profiel(b, profiel)
    velden_: dict[str, Any] = {
        "groepen": [b.groep_6a],
        "vak": "spelling",
        "door": b.anna.gebruiker,
        "periodecode": lees_ingebouwd(profiel).groepsplanperioden[0].code,
    } | anders
    with schoolcontext([b.kogerveld]):
        return services.groepsplan_maken(**velden_)


@pytest.mark.acceptatie("M-32")
@pytest.mark.acceptatie("M-107")
def test_groepsplan_van_de_meent_voor_weer_en_meergroep(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """From the results of the overview, for a period; with what goes well."""
    plan = maak_plan(bezetting, "demeent")
    pagina = inloggen(bezetting.anna.gebruiker).get(f"/plannen/{plan.pk}/").content.decode()
    for naam in ("Weergroep", "Basisgroep", "Meergroep"):
        assert naam in pagina
    with schoolcontext([bezetting.kogerveld]):
        assert indelingen(plan)[bezetting.bram.pk].reden == "II", "his result of June"
    assert (plan.periode.lower, plan.periode.upper) == (date(2026, 8, 1), date(2027, 3, 1))
    assert "Wanneer gaat het wel goed?" in velden(pagina).values()


@pytest.mark.acceptatie("M-27")
def test_onderwijsbehoeften_per_leerling_vanuit_het_overzicht(bezetting: Bezetting, inloggen: Inloggen) -> None:
    plan = maak_plan(bezetting, "demeent")
    pagina = inloggen(bezetting.anna.gebruiker).get(f"/plannen/{plan.pk}/").content.decode()
    for kind in (bezetting.bram, bezetting.zoe):
        assert re.search(rf'data-bewaar-url="[^"]*onderwijsbehoeften[^"]*leerling={kind.pk}\b', pagina), kind


@pytest.mark.acceptatie("M-106")
def test_groep_1_en_2_van_de_meent_werken_met_een_themaplanning(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    neem_profiel(b, "demeent")
    with schoolcontext([b.kogerveld]):
        kleuters = leerlingservices.groep_zorgen(
            school=b.kogerveld, schooljaar=b.jaar, naam="1-2a", soort="stamgroep", jaargroep="1", door=None
        )
        leerlingservices.toewijzen(persoon=b.anna.persoon, groep=kleuters, door=None)
        fabriek.leerling(b.kogerveld, "Kleuter", groep=kleuters)
    plan = maak_plan(b, "demeent", groepen=[kleuters], vak="rekenen")
    gevraagd = set(velden(inloggen(b.anna.gebruiker).get(f"/plannen/{plan.pk}/").content.decode()).values())
    assert {"Thema", "Doelen", "Aanbod en aanpak"} <= gevraagd


@pytest.mark.acceptatie("V-12")
def test_klasplan_met_verrijkende_en_remedierende_maatregelen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    plan = maak_plan(bezetting, "vlaanderen")
    pagina = inloggen(bezetting.anna.gebruiker).get(f"/plannen/{plan.pk}/").content.decode()
    for naam in ("Verrijking", "Verlengde instructie"):
        assert naam in pagina
    for arrangement in ("talent", "intensief"):
        assert f"sectie=arrangement%3A{arrangement}&amp;vraag=aanpak" in pagina
