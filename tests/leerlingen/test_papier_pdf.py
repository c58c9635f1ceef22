"""Papers about one pupil as a PDF: what stands in them, who gets them, and that a parent gets what the portal shows."""

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

from leerlingen import profielen_van_school, services
from leerlingen.models import Antwoord, Document, Dossierstuk
from leerlingen.profiel import als_json, lees_ingebouwd
from leerlingen.rapporten import (
    Aanvulling,
    Antwoordregel,
    Deel,
    Handtekeningregel,
    Papier,
    papier_html,
    papier_pdf,
    stel_samen,
)
from leerlingen.vraagsoorten import leesbaar
from plannen.services import papier_beginnen
from tests.bouw import Bezetting, fabriek
from tests.bouw.aantallen import gelijk_aantal_queries
from tests.kern.test_pdf import soorten, tekst_van
from zorg.kern.querysets import Recht
from zorg.kern.schoolcontext import schoolcontext
from zorg.logboek.models import Logregel

pytestmark = pytest.mark.traag

Inloggen = Callable[[Any], Any]
SOM = "Werkt graag met materiaal en legt hardop uit wat er gebeurt."


def opp(b: Bezetting) -> Dossierstuk:
    """The OPP of Bram, begun by his teacher."""
    stuk = papier_beginnen(leerling=b.bram, soort="opp", door=b.anna.gebruiker).stuk
    assert stuk is not None
    return stuk


def schrijf(stuk: Dossierstuk, sectie: str, vraag: str, tekst: str, door: Any) -> None:
    rij = Antwoord.objects.systeemtoegang(reden="test").filter(
        document=stuk.document, sectiecode=sectie, vraagcode=vraag
    )  # fmt: skip
    versie = rij[0].versie if rij else 0
    services.antwoord_bewaren(
        document=stuk.document, sectiecode=sectie, vraagcode=vraag, tekst=tekst, basisversie=versie, door=door
    )


def papier_van(stuk: Dossierstuk, wie: Any, zicht: str = Recht.INZIEN) -> Papier:
    document = Document.objects.zichtbaar_voor(wie, zicht).select_related("profielversie", "vastgesteld_door")
    return stel_samen(wie, stuk, document.get(stuk=stuk), zicht)


def haal(browser: Any, adres: str) -> pikepdf.Pdf:
    antwoord = browser.get(adres)
    assert (antwoord.status_code, antwoord["Content-Type"]) == (200, "application/pdf")
    return pikepdf.open(io.BytesIO(antwoord.content))


def gezegd(document: pikepdf.Pdf) -> str:
    """All words, without the spaces: a line may end anywhere."""
    return "".join(tekst_van(document)).replace(" ", "")


# -- content ---------------------------------------------------------------------------------------------------


@pytest.mark.traag
def test_een_opp_op_papier(op_school: Bezetting, inloggen: Inloggen) -> None:
    b = op_school
    stuk = opp(b)
    schrijf(stuk, "handelingsdeel", "tussendoelen", "Tafels tot 10\n\nKlokkijken", b.anna.gebruiker)
    document = haal(inloggen(b.anna.gebruiker), f"/leerlingen/stukken/{stuk.pk}/pdf/")
    bladen, alles = tekst_van(document), gezegd(document)
    for woorden in (
        "De Kogerveld", "Ontwikkelingsperspectief (OPP)", "Concept", "Vertrouwelijk", "Bram Jansen", "4 mei 2016",
        "3 november 2026", "Status", "Verwachting", "Onderbouwing", "uit de resultaten t/m E5",
        "Tafels tot 10", "Klokkijken", "Nog niet ingevuld.", "Ondertekening", "Dirk Jansen",
        "Gezaghebbende ouders, voor het handelingsdeel", "Intern begeleider", "Directeur",
    ):  # fmt: skip
        assert woorden.replace(" ", "") in alles, woorden
    koppen = ("Verwachting", "Handelingsdeel", "OverlegmetdeoudersNog", "Ondertekening")
    assert [alles.index(kop) for kop in koppen] == sorted(alles.index(kop) for kop in koppen)
    for n, blad in enumerate(bladen, start=1):
        assert "CONCEPT · De Kogerveld · B.J. · Ontwikkelingsperspectief (OPP) · 3 november 2026" in blad
        assert f"pagina {n} van {len(bladen)}" in blad
    assert soorten(document).count("/H1") == 1
    with document.open_metadata() as xmp:
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert str(document.docinfo.Title) == "Ontwikkelingsperspectief (OPP) Bram Jansen"
    assert float(document.pages[0].MediaBox[3]) > float(document.pages[0].MediaBox[2]), "portrait"


def test_elk_antwoord_van_de_pagina_staat_op_papier(op_school: Bezetting) -> None:
    """What the page shows filled is what the paper holds, question by question, in its order."""
    b = op_school
    for soort in ("opp", "groeidocument", "handelingsplan"):
        document = papier_beginnen(leerling=b.bram, soort=soort, door=b.anna.gebruiker)
        assert document.stuk is not None
        fabriek.volledig(document, b.anna.gebruiker)
        papier = papier_van(document.stuk, b.anna.gebruiker)
        op_papier = [(regel.vraag, regel.antwoord) for deel in papier.delen for regel in deel.regels]
        rijen = {
            (rij.sectiecode, rij.vraagcode): rij.tekst.strip()
            for rij in Antwoord.objects.zichtbaar_voor(b.anna.gebruiker).filter(document=document)
        }
        vorm = profielen_van_school.document_van(document.profielversie, soort)
        verwacht = [
            (vraag.tekst, leesbaar(vraag, rijen[sectie.code, vraag.code]))
            for sectie in vorm.secties
            for vraag in sectie.vragen
            if rijen.get((sectie.code, vraag.code))
        ]
        assert op_papier == verwacht and len(verwacht) > 4, soort


def test_een_groeidocument_zegt_in_welk_deel_iets_staat(op_school: Bezetting) -> None:
    document = papier_beginnen(leerling=op_school.bram, soort="groeidocument", door=op_school.anna.gebruiker)
    assert document.stuk is not None
    namen = [deel.naam for deel in papier_van(document.stuk, op_school.anna.gebruiker).delen]
    assert namen[0] == "Deel 1: De leerling" and "Deel 2: Deskundigen" in namen


def test_de_stand_en_de_versie(op_school: Bezetting, klok_op: Callable[[str], None]) -> None:
    b, anna = op_school, op_school.anna.gebruiker
    stuk = opp(b)
    eerst = papier_van(stuk, anna)
    assert (eerst.concept, eerst.status) == (True, "concept")
    klok_op("2026-11-04T15:15")
    schrijf(stuk, "perspectief", "onderbouwing", "Anders", anna)
    daarna = papier_van(stuk, anna)
    assert daarna.gewijzigd == "4 november 2026 om 15.15" and daarna.kenmerk != eerst.kenmerk
    assert papier_van(stuk, anna).kenmerk == daarna.kenmerk
    fabriek.volledig(stuk.document, anna)
    services.document_vaststellen(document=stuk.document, door=b.carla.gebruiker)
    stuk.document.refresh_from_db()
    services.aanvullen(document=stuk.document, tekst="Er was een dag niet goed.", door=anna)
    klaar = papier_van(stuk, anna)
    assert klaar.status == f"definitief, vastgesteld op 4 november 2026 door {b.carla.persoon.naam}"
    html = papier_html(klaar)
    assert "oncept" not in re.sub(r'class="\w+"', "", html) and "CONCEPT" not in html
    assert "Er was een dag niet goed." in html and f"{b.anna.persoon.naam}, 4 november 2026 om 15.15" in html
    assert "Niet ingevuld." in html and "Nog niet" not in html, "the evaluation comes later, and the paper says so"


def test_wie_tekent(op_school: Bezetting) -> None:
    """Each parent with authority by name; not those without, unknown, or restricted by a court; else lines to write."""
    b = op_school
    fabriek.ouder(b.kogerveld, "Mia", b.bram, achternaam="Smit")
    stuk = opp(b)
    regels = papier_van(stuk, b.carla.gebruiker).handtekeningen
    assert [regel.naam for regel in regels] == ["Dirk Jansen", "Mia Smit", "", ""]
    assert [regel.naam for regel in papier_van(b.notitie, b.carla.gebruiker).handtekeningen] == []
    plan = papier_beginnen(leerling=b.bram, soort="handelingsplan", door=b.anna.gebruiker).stuk
    assert plan is not None
    assert papier_van(plan, b.anna.gebruiker).handtekeningen == (Handtekeningregel("Ouders"),)
    zonder_ouders = fabriek.leerling(b.kogerveld, "Nina", groep=b.groep_6a)
    ander = papier_beginnen(leerling=zonder_ouders, soort="opp", door=b.anna.gebruiker).stuk
    assert ander is not None
    assert [regel.naam for regel in papier_van(ander, b.anna.gebruiker).handtekeningen][:2] == ["", ""]


# -- who gets it -----------------------------------------------------------------------------------------------


def test_wie_mag_meenemen(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    adres = f"/leerlingen/stukken/{b.notitie.pk}"
    verwacht = {"anna": 200, "carla": 200, "dora": 200, "vervanger": 403, "rt": 403, "bas": 404, "dirk": 404}
    for wie, status in verwacht.items():
        browser = inloggen(b.lid(wie).gebruiker)
        assert browser.get(f"{adres}/pdf/").status_code == status, wie
        pagina = browser.get(f"{adres}/")
        assert (f'href="{adres}/pdf/"' in pagina.content.decode()) is (status == 200), wie
    assert inloggen(b.anna.gebruiker).post(f"{adres}/pdf/").status_code == 405
    assert inloggen(b.carla.gebruiker).get(f"/leerlingen/stukken/{b.extra['reeks'].stuk_id}/pdf/").status_code == 404


def test_meenemen_staat_in_het_logboek_en_bewaart_niets(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting

    def standen() -> dict[str, int]:
        with schoolcontext([b.kogerveld]):
            modellen = (Dossierstuk, Document, Antwoord)
            return {m.__name__: m.objects.systeemtoegang(reden="test").count() for m in modellen}

    voor = standen()
    antwoord = inloggen(b.anna.gebruiker).get(f"/leerlingen/stukken/{b.notitie.pk}/pdf/")
    naam = re.fullmatch(r'attachment; filename="(notitie-\d{4}-\d\d-\d\d\.pdf)"', antwoord["Content-Disposition"])
    assert naam and "bram" not in naam[1] and "no-store" in antwoord["Cache-Control"]
    assert standen() == voor
    with schoolcontext([b.kogerveld]):
        regel = Logregel.objects.systeemtoegang(reden="test").get(handeling="stuk_pdf_geopend")
        assert (regel.actor_id, regel.leerling_id, regel.object_id) == (
            b.anna.gebruiker.pk, b.bram.pk, b.notitie.pk,
        )  # fmt: skip
    # a parent sees that it was taken along
    assert (
        "nam een stuk mee als pdf" in inloggen(b.dirk.gebruiker).get(f"/ouders/{b.bram.pk}/wie-keek/").content.decode()
    )


def test_van_het_onderwijskundig_rapport_bestaat_een_eigen_pdf(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        stuk = papier_beginnen(leerling=b.bram, soort="okr", door=b.carla.gebruiker).stuk
    assert stuk is not None
    browser = inloggen(b.carla.gebruiker)
    assert "/pdf/" not in browser.get(f"/leerlingen/stukken/{stuk.pk}/").content.decode()
    antwoord = browser.get(f"/leerlingen/stukken/{stuk.pk}/pdf/")
    assert antwoord.status_code == 409 and "tabblad Zorgroute" in antwoord.content.decode()


# -- parents ---------------------------------------------------------------------------------------------------


def test_een_ouder_neemt_mee_wat_het_portaal_toont(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        stuk = opp(b)
        schrijf(stuk, "handelingsdeel", "tussendoelen", "Tafels tot 10", b.anna.gebruiker)
        fabriek.ouder(b.kogerveld, "Mia", b.bram, achternaam="Smit")
    browser, adres = inloggen(b.dirk.gebruiker), f"/ouders/stukken/{stuk.pk}"
    assert browser.get(f"{adres}/pdf/").status_code == 404, "not shared yet"
    with schoolcontext([b.kogerveld]):
        services.publiceren(stuk=stuk, door=b.anna.gebruiker)
    assert f'href="{adres}/pdf/"' in browser.get(f"{adres}/").content.decode()
    alles = gezegd(haal(browser, f"{adres}/pdf/"))
    assert "Tafelstot10" in alles and "DirkJansen" in alles and "CONCEPT" in alles
    for woorden in ("Bron:", "Vertrouwelijk", "Nog niet ingevuld", "Mia Smit"):
        assert woorden.replace(" ", "") not in alles, woorden
    for wie in ("ouder_ander", "ouder_zonder_gezag", "ouder_onbekend", "anna"):
        assert inloggen(b.lid(wie).gebruiker).get(f"{adres}/pdf/").status_code == 404, wie
    with schoolcontext([b.kogerveld]):
        regel = Logregel.objects.systeemtoegang(reden="test").get(handeling="stuk_pdf_meegenomen_door_ouder")
        assert (regel.actor_id, regel.object_id) == (b.dirk.gebruiker.pk, stuk.pk)
        services.publicatie_intrekken(stuk=stuk, door=b.anna.gebruiker)
    assert browser.get(f"{adres}/pdf/").status_code == 404


def test_waar_het_dossier_op_school_blijft_neemt_een_ouder_niets_mee(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """Aruba (A-17, X-15): the parent reads it here, the file stays; the school's own print says so on each page."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        services.profiel_vastleggen(
            school=b.kogerveld, inhoud=als_json(lees_ingebouwd("aruba")), toelichting="test", door=None
        )
        stuk = fabriek.notitie(b.bram, b.anna.gebruiker, "Gesprek")
        services.publiceren(stuk=stuk, door=b.anna.gebruiker)
    browser = inloggen(b.dirk.gebruiker)
    pagina = browser.get(f"/ouders/stukken/{stuk.pk}/")
    assert pagina.status_code == 200 and "/pdf/" not in pagina.content.decode()
    antwoord = browser.get(f"/ouders/stukken/{stuk.pk}/pdf/")
    assert antwoord.status_code == 409 and "niet als bestand meenemen" in antwoord.content.decode()
    bladen = tekst_van(haal(inloggen(b.anna.gebruiker), f"/leerlingen/stukken/{stuk.pk}/pdf/"))
    assert all("verlaat de school niet" in blad for blad in bladen)


# -- cost, odd text --------------------------------------------------------------------------------------------


@pytest.mark.traag
def test_een_papier_kost_bij_2_en_bij_30_rijen_hetzelfde(
    bezetting: Bezetting, inloggen: Inloggen, settings: Any, tmp_path: Any
) -> None:
    b, gemaakt = bezetting, 0
    settings.MEDIA_ROOT = tmp_path
    anna = b.anna.gebruiker
    with schoolcontext([b.kogerveld]):
        stuk = opp(b)
        fabriek.volledig(stuk.document, anna)
        services.document_vaststellen(document=stuk.document, door=b.carla.gebruiker)
        stuk.document.refresh_from_db()
        services.publiceren(stuk=stuk, door=anna)

    def zorg_voor(aantal: int) -> None:
        nonlocal gemaakt
        with schoolcontext([b.kogerveld]):
            for n in range(gemaakt, aantal):
                services.aanvullen(document=stuk.document, tekst=f"Aanvulling {n}", door=anna)
                services.bijlage_toevoegen(stuk=stuk, bestand=fabriek.pdf(f"{n}.pdf"), door=anna)
                fabriek.ouder(b.kogerveld, f"Ouder{n}", b.bram)
        gemaakt = aantal

    gelijk_aantal_queries(inloggen(anna), f"/leerlingen/stukken/{stuk.pk}/pdf/", zorg_voor)
    gemaakt = 30
    gelijk_aantal_queries(inloggen(b.dirk.gebruiker), f"/ouders/stukken/{stuk.pk}/pdf/", lambda n: zorg_voor(30 + n))


VOL = Papier(
    school="De Kogerveld",
    soort="Notitie",
    titel="Rustige start",
    datum=date(2026, 11, 3),
    status="concept",
    concept=True,
    leerling="Bram Jansen",
    delen=(Deel("Verslag", (Antwoordregel("Wat viel op?", SOM, "observatie"),)),),
    aanvullingen=(Aanvulling("Anna, 3 november 2026", SOM),),
    bijlagen=("verslag.pdf",),
    handtekeningen=(Handtekeningregel("Ouders", "Dirk Jansen"),),
)


def test_elke_tekst_wordt_ontsnapt() -> None:
    kwaad = '<script>alert(1)</script><img src="file:///etc/passwd">"\'>'
    velden = {veld.name: kwaad for veld in dataclasses.fields(Papier) if veld.type == "str"}
    papier = dataclasses.replace(
        VOL,
        **velden,
        delen=(Deel(kwaad, (Antwoordregel(kwaad, kwaad, kwaad),)),),
        aanvullingen=(Aanvulling(kwaad, kwaad),),
        bijlagen=(kwaad,),
        handtekeningen=(Handtekeningregel(kwaad, kwaad),),
    )
    html = papier_html(papier)
    assert "<script" not in html and "<img" not in html and html.count("&lt;script&gt;") >= 20


@pytest.mark.traag
def test_vreemde_tekens_en_lange_teksten_breken_niets(caplog: pytest.LogCaptureFixture) -> None:
    vreemd = "Yıldız, Ismaël, Łukasz, Ağaoğlu — 😀 👩‍👧 שלום مرحبا 中文 𒀀\x00\ud800"
    regels = tuple(
        Antwoordregel(vraag, tekst)
        for vraag, tekst in (("Vreemd", vreemd), ("Lang woord", "w" * 10_000), ("Lang", "Een zin, terugkomt. " * 600))
    )
    papier = dataclasses.replace(
        VOL, titel="t" * 200, leerling=vreemd, delen=(Deel(vreemd, regels),), bijlagen=("b" * 150,) * 40
    )
    with caplog.at_level(logging.ERROR, logger="weasyprint"), caplog.at_level(logging.ERROR):
        bladen = tekst_van(pikepdf.open(io.BytesIO(papier_pdf(papier))))
    assert not caplog.records
    alles = "".join(bladen)
    assert alles.count("terugkomt.") == 600 and "Yıldız, Ismaël, Łukasz, Ağaoğlu" in alles
    assert all(f"pagina {n} van {len(bladen)}" in blad and "CONCEPT" in blad for n, blad in enumerate(bladen, start=1))


def test_van_rechts_naar_links() -> None:
    regel = Antwoordregel("Eigen woorden", "(1) مرحبا abc")
    assert 'class="tekst" dir="rtl"' in papier_html(dataclasses.replace(VOL, delen=(Deel("D", (regel,)),)))
    assert 'class="tekst" dir="ltr"' in papier_html(VOL)
