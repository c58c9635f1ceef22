"""The group plan as a PDF: what stands in it, for whom, what it costs, and that it never shows more than the page."""

from __future__ import annotations

import dataclasses
import io
import logging
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pikepdf
import pytest

from leerlingen.models import Antwoord
from plannen import services
from plannen.models import Groepsplan, Indeling
from plannen.rapporten import Plancel, Planleerling, groepsplan_html, groepsplan_pdf, groepsplanpapier
from tests.bouw import Bezetting, fabriek
from tests.bouw.aantallen import gelijk_aantal_queries
from tests.kern.test_pdf import soorten, takken, tekst_van
from tests.plannen.hulp import maak, schrijf
from zorg.kern.schoolcontext import schoolcontext
from zorg.logboek.models import Logregel

pytestmark = pytest.mark.traag

Inloggen = Callable[[Any], Any]


def plan_van(b: Bezetting) -> Groepsplan:
    plan = b.extra["groepsplan"]
    assert isinstance(plan, Groepsplan)
    return plan


def haal(browser: Any, plan: Groepsplan, zoek: str = "") -> pikepdf.Pdf:
    antwoord = browser.get(f"/plannen/{plan.pk}/pdf/{zoek}")
    assert (antwoord.status_code, antwoord["Content-Type"]) == (200, "application/pdf")
    return pikepdf.open(io.BytesIO(antwoord.content))


def tekst(document: pikepdf.Pdf) -> str:
    return "".join(tekst_van(document))


@pytest.mark.traag
@pytest.mark.acceptatie("M-40")
def test_het_plan_op_papier_is_de_pagina(op_school: Bezetting, gevuld: Bezetting, inloggen: Inloggen) -> None:
    plan = plan_van(gevuld)
    document = haal(inloggen(gevuld.anna.gebruiker), plan)
    bladen = tekst_van(document)
    alles = "".join(bladen)
    kop = ("De Kogerveld", "Groepsplan rekenen-wiskunde, groep 6a", "Concept", "Rekenen-Wiskunde", "2026–2027")
    volgorde = [alles.index(stuk) for stuk in (*kop[:3], "Wie en waarom", "Tafels binnen 5 s per som.", "Per leerling")]
    assert volgorde == sorted(volgorde)
    for stuk in (
        *kop, "t/m", gevuld.anna.persoon.naam, gevuld.duo.persoon.naam,
        "Talentarrangement", "Basisarrangement", "Intensief arrangement",
        "Bram Jansen", "III, IV; groei +1", "(nog te kiezen)", "past ook in Basisarrangement",
        "Onderwijsbehoeften: heeft voordoen nodig", "Drie keer per week aan de instructietafel.",
        "Er was weinig tijd", "gedeeltelijk", "Bram Jansen: nee",
    ):  # fmt: skip
        assert stuk.replace(" ", "") in alles.replace(" ", ""), stuk  # a line may end anywhere
    assert gevuld.vervanger.persoon.naam not in alles, "stands in, does not own the plan"
    assert gevuld.vertrokken.persoon.naam not in alles, "taught the group before"
    for n, blad in enumerate(bladen, start=1):
        assert blad.count(f"pagina {n} van {len(bladen)}") == 1 and "CONCEPT · De Kogerveld" in blad
    breedte, hoogte = (float(document.pages[0].MediaBox[n]) for n in (2, 3))
    assert (round(breedte), round(hoogte)) == (842, 595), "A4 landscape"


@pytest.mark.traag
def test_gelabeld_met_koppen_bij_hun_cellen(op_school: Bezetting, gevuld: Bezetting) -> None:
    pdf = groepsplan_pdf(groepsplanpapier(gevuld.anna.gebruiker, plan_van(gevuld)))
    document = pikepdf.open(io.BytesIO(pdf))
    with document.open_metadata() as xmp:
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert xmp["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert [soort for soort in soorten(document) if soort in ("/H1", "/H2")] == ["/H1", "/H2"]
    koppen = [str(tak.A.Scope) for tak in takken(document.Root.StructTreeRoot) if tak.S == "/TH"]
    assert koppen.count("/Column") == 8 and "/Row" in koppen
    assert str(document.docinfo.Title) == "Groepsplan rekenen-wiskunde, groep 6a"


def test_de_naam_van_het_bestand_zegt_niets_over_een_leerling(bezetting: Bezetting, inloggen: Inloggen) -> None:
    plan = plan_van(bezetting)
    antwoord = inloggen(bezetting.anna.gebruiker).get(f"/plannen/{plan.pk}/pdf/")
    assert antwoord["Content-Disposition"] == 'attachment; filename="groepsplan-rekenen-wiskunde-6a-2026-2027.pdf"'
    assert "no-store" in antwoord["Cache-Control"] and antwoord["X-Content-Type-Options"] == "nosniff"
    with schoolcontext([bezetting.kogerveld]):
        regels = Logregel.objects.systeemtoegang(reden="test").filter(handeling="groepsplan_pdf_geopend")
        (regel,) = regels
        assert (regel.actor_id, regel.object_id) == (bezetting.anna.gebruiker.pk, plan.pk)
        assert regel.gegevens == {"leerlingen": 5}


def test_de_knop_staat_op_de_pagina(bezetting: Bezetting, inloggen: Inloggen) -> None:
    plan = plan_van(bezetting)
    for wie in ("anna", "specialist"):
        pagina = inloggen(bezetting.lid(wie).gebruiker).get(f"/plannen/{plan.pk}/").content.decode()
        assert f'href="/plannen/{plan.pk}/pdf/"' in pagina, wie


def test_wie_het_plan_niet_ziet_krijgt_niets(bezetting: Bezetting, inloggen: Inloggen) -> None:
    adres = f"/plannen/{plan_van(bezetting).pk}/pdf/"
    for wie in ("bas", "dirk", "extern", "beheerder", "rt", "leerkracht_anders"):
        assert inloggen(bezetting.lid(wie).gebruiker).get(adres).status_code == 404, wie
    assert inloggen(bezetting.anna.gebruiker).post(adres).status_code == 405
    with schoolcontext([bezetting.kogerveld]):
        assert not Logregel.objects.systeemtoegang(reden="test").filter(handeling="groepsplan_pdf_geopend").exists()


def test_een_leerling_die_men_niet_ziet_staat_er_niet_in(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """A plan of 6a and 6b: Anna's paper holds 6a, Bas's 6b, the ib'er's both; counts and texts follow."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        plan = services.groepsplan_maken(
            groepen=[b.groep_6a, b.groep_6b], vak="spelling", periodecode="periode1", door=None
        )
        for kind, woorden, door in ((b.bram, "Bram vraagt voordoen", b.anna), (b.dunya, "Dunya heeft rust", b.bas)):
            plek = Indeling.objects.systeemtoegang(reden="test").get(plan=plan, leerling=kind).arrangement
            schrijf(plan, f"arrangement:{plek}", "onderwijsbehoeften", woorden, door.gebruiker, kind)
            schrijf(plan, f"evaluatie:{plek}", "leerlingen_gehaald", "nee", door.gebruiker, kind)
        assert Antwoord.objects.zichtbaar_voor(b.carla.gebruiker).filter(leerling=b.dunya).count() == 2
    gezien = {wie: tekst(haal(inloggen(b.lid(wie).gebruiker), plan)) for wie in ("anna", "bas", "carla")}
    van_6a, van_6b = (b.bram.naam, "Bram vraagt voordoen"), (b.dunya.naam, "Dunya heeft rust")
    for wie, wel, niet in (("anna", van_6a, van_6b), ("bas", van_6b, van_6a), ("carla", van_6a + van_6b, ())):
        assert all(stuk in gezien[wie] for stuk in wel), wie
        assert not any(stuk in gezien[wie] for stuk in niet), wie
        aantal = sum(int(n) for n in re.findall(r"arrangement (\d+) leerling", gezien[wie]))
        pagina = inloggen(b.lid(wie).gebruiker).get(f"/plannen/{plan.pk}/").content.decode()
        assert aantal == sum(int(n) for n in re.findall(r"data-aantal>(\d+)<", pagina)), wie


def test_de_specialist_van_een_ander_vak_leest_geen_leerlingen(op_school: Bezetting) -> None:
    """Gijs sees the plan for spelling of the group, but not the pupils in it: rekenen is his subject."""
    papier = groepsplanpapier(op_school.specialist.gebruiker, maak(op_school))
    assert [kolom.leerlingen for kolom in papier.kolommen] == [(), (), ()]
    assert "Jansen" not in groepsplan_html(papier)


@pytest.mark.traag
def test_het_plan_kost_bij_2_en_bij_30_leerlingen_hetzelfde(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b, plan, gemaakt = bezetting, plan_van(bezetting), 0

    def zorg_voor(aantal: int) -> None:
        nonlocal gemaakt
        with schoolcontext([b.kogerveld]):
            for n in range(gemaakt, aantal):
                kind = fabriek.leerling(b.kogerveld, f"Kind{n}", groep=b.groep_6a)
                services.groepsplan_bijwerken(plan=plan, door=None)
                schrijf(plan, "arrangement:basis", "onderwijsbehoeften", f"woorden {n}", b.anna.gebruiker, kind)
            gemaakt = aantal

    gelijk_aantal_queries(inloggen(b.anna.gebruiker), f"/plannen/{plan.pk}/pdf/", zorg_voor)


def test_het_vorige_plan_komt_mee_als_het_ernaast_staat(
    op_school: Bezetting, gevuld: Bezetting, klok_op: Callable[[str], None]
) -> None:
    klok_op("2027-01-25T09:00")
    nieuw = services.groepsplan_maken(groepen=[gevuld.groep_6a], vak="rekenen", periodecode="periode2", door=None)
    html = groepsplan_html(groepsplanpapier(gevuld.anna.gebruiker, nieuw, naast=True))
    assert "Vorig plan" in html and "Er was weinig tijd" in html
    zonder = groepsplan_html(groepsplanpapier(gevuld.anna.gebruiker, nieuw))
    assert "Vorig plan" not in zonder
    assert "Er was weinig tijd" in zonder, "the evaluation of the last period stands in the section about the group"


def test_het_merk_volgt_de_stand(op_school: Bezetting, gevuld: Bezetting) -> None:
    plan, anna = plan_van(gevuld), gevuld.anna.gebruiker
    assert groepsplanpapier(anna, plan).merk == "concept"
    for rij in Indeling.objects.systeemtoegang(reden="test").filter(plan=plan):
        services.leerling_verplaatsen(indeling=rij, arrangement=rij.arrangement, door=anna)
    services.stand_wijzigen(plan=plan, naar="bespreken", door=anna)
    plan.refresh_from_db()
    assert (groepsplanpapier(anna, plan).merk, groepsplanpapier(anna, plan).status) == (
        "concept",
        "klaar voor bespreking",
    )
    services.stand_wijzigen(plan=plan, naar="definitief", door=anna)
    klaar = Groepsplan.objects.zichtbaar_voor(anna).select_related("document__profielversie", "school").get(pk=plan.pk)
    papier = groepsplanpapier(anna, klaar)
    assert (papier.merk, papier.status) == ("", "definitief")
    assert "oncept" not in re.sub(r'class="\w+"', "", groepsplan_html(papier))
    services.groepsplan_intrekken(plan=klaar, reden="Dubbel", door=anna)
    klaar.refresh_from_db()
    assert "INGETROKKEN · " in groepsplan_html(groepsplanpapier(anna, klaar))


def test_elke_tekst_wordt_ontsnapt(op_school: Bezetting, gevuld: Bezetting) -> None:
    kwaad = '<script>alert(1)</script><img src="file:///etc/passwd">"\'>'
    papier = groepsplanpapier(gevuld.anna.gebruiker, plan_van(gevuld))
    velden = {veld.name: kwaad for veld in dataclasses.fields(papier) if veld.type == "str"}
    rij = dataclasses.replace(papier.rijen[0], vraag=kwaad, cellen=(Plancel(kwaad, kwaad, kwaad),) * 3)
    kind = Planleerling(kwaad, kwaad, True, kwaad, ((kwaad, kwaad),), kwaad)
    kolommen = tuple(dataclasses.replace(kolom, naam=kwaad, leerlingen=(kind,)) for kolom in papier.kolommen)
    html = groepsplan_html(dataclasses.replace(papier, **velden, rijen=(rij,), evaluatie=(rij,), kolommen=kolommen))
    assert "<script" not in html and "<img" not in html and html.count("&lt;script&gt;") >= 40


@pytest.mark.traag
def test_vreemde_tekens_en_lange_teksten_breken_niets(
    op_school: Bezetting, gevuld: Bezetting, caplog: pytest.LogCaptureFixture
) -> None:
    papier = groepsplanpapier(gevuld.anna.gebruiker, plan_van(gevuld))
    vreemd = "Yıldız, Ismaël, Łukasz, Ağaoğlu — 😀 👩‍👧 שלום مرحبا 中文\x00\ud800"
    lang = "Een gewone zin die vaak terugkomt. " * 600
    kinderen = tuple(
        Planleerling(f"Kind {n} {vreemd}", "w" * 500, behoeften=(("Behoefte", vreemd),)) for n in range(30)
    )
    rijen = (
        dataclasses.replace(papier.rijen[0], cellen=(Plancel("w" * 10_000), Plancel(vreemd), Plancel(lang))),
        *papier.rijen,
    )
    vol = dataclasses.replace(
        papier,
        school="Basisschool " + "w" * 300,
        titel="Groepsplan " + "t" * 200,
        kolommen=(dataclasses.replace(papier.kolommen[0], leerlingen=kinderen), *papier.kolommen[1:]),
        rijen=rijen,
    )
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        bladen = tekst_van(pikepdf.open(io.BytesIO(groepsplan_pdf(vol))))
    assert not caplog.records, caplog.records
    alles = "".join(bladen)
    assert alles.count("terugkomt.") == 600 and "Kind 29" in alles and "Łukasz" in alles
    assert "Drie keer per week aan de instructietafel." in alles, "what comes after the long row is there too"
    assert all(f"pagina {n} van {len(bladen)}" in blad for n, blad in enumerate(bladen, start=1))


def test_de_periode_in_woorden(op_school: Bezetting) -> None:
    papier = groepsplanpapier(op_school.anna.gebruiker, plan_van(op_school))
    assert re.fullmatch(r"[A-Z0-9].*, \d+ \w+( \d{4})? t/m \d+ \w+ \d{4}", papier.periode), papier.periode
    assert papier.gemaakt == date(2026, 11, 3)
