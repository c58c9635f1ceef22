"""The onderwijskundig rapport: the closed list of the law, completeness and dates, and what it looks like on paper."""

from __future__ import annotations

import dataclasses
import io
import logging
import re
from datetime import date
from typing import Any

import pikepdf
import pytest
from lxml import html as lxml_html

from plannen.rapporten import (
    SECTIES,
    Feit,
    Okr,
    OkrSectie,
    Ouderzienswijze,
    Resultaatregel,
    Vakgrafiek,
    Verzuim,
    okr_html,
    okr_pdf,
    ontbreekt,
)
from tests.kern.test_pdf import soorten, takken, tekst_van
from zorg.kern.grafiek import Meting, groeigrafiek

DAG = date(2026, 11, 25)
GRAFIEK = groeigrafiek("Rekenen, vaardigheidsscore", [Meting("M5", 61), Meting("E5", 68)])
RIJ = Resultaatregel("Rekenen", "LVS", "M5", date(2026, 2, 2), "61", "III")


def sectie(letter: str, titel: str, tekst: str = "Ingevuld.") -> OkrSectie:
    return OkrSectie(letter, titel, (Feit("Beschrijving", tekst),))


def okr(**anders: Any) -> Okr:
    vol = Okr(
        school="De Kameleon",
        leerling="Elif Yıldız",
        initialen="E.Y.",
        geboortedatum=date(2017, 4, 3),
        groep="6a",
        datum=DAG,
        gemaakt=DAG,
        versie=2,
        opgesteld_door="Anja Vos",
        secties=tuple(sectie(letter, titel) for _, letter, titel in SECTIES),
        zienswijzen=(Ouderzienswijze("Dirk Yıldız", DAG, akkoord=False, woorden="Wij zien het anders."),),
    )
    return dataclasses.replace(vol, **anders)


def met(letter: str, **anders: Any) -> Okr:
    return okr(secties=tuple(dataclasses.replace(s, **anders) if s.letter == letter else s for s in okr().secties))


def vol() -> Okr:
    """With a chart, results, absence and attachments."""
    assert GRAFIEK is not None
    rapport = met(
        "b",
        resultaten=(RIJ, dataclasses.replace(RIJ, moment="E5", score="68")),
        grafieken=(Vakgrafiek("Rekenen", GRAFIEK),),
    )
    secties = [
        dataclasses.replace(deel, feiten=(), verzuim=(Verzuim(date(2026, 3, 3), "2 dagdelen"),))
        if deel.letter == "e"
        else deel
        for deel in rapport.secties
    ]
    return dataclasses.replace(rapport, secties=tuple(secties), bijlagen=("groeidocument deel 1 en 2",))


def tekst(html: str) -> str:
    return re.sub(r"\s+", " ", lxml_html.fromstring(html).text_content())


def bladen(rapport: Okr) -> list[str]:
    return tekst_van(pikepdf.open(io.BytesIO(okr_pdf(rapport))))


# -- complete and rightly dated --------------------------------------------------------------------------------


def test_een_volledig_rapport_mist_niets() -> None:
    assert ontbreekt(okr()) == () and ontbreekt(vol()) == ()


@pytest.mark.acceptatie("K-146")
@pytest.mark.parametrize(
    ("rapport", "zin"),
    [
        (okr(secties=okr().secties[:4]), "Onderdeel e (Verzuimgeschiedenis) ontbreekt"),
        (met("c", feiten=()), "Onderdeel c (Sociaal-emotionele ontwikkeling en gedrag) is leeg"),
        (
            met("c", feiten=(), niet_van_toepassing=" . "),
            "Onderdeel c (Sociaal-emotionele ontwikkeling en gedrag) is leeg",
        ),
        (met("e", niet_van_toepassing="er was geen verzuim"), "maar er staat ook dat het niet speelt"),
        (met("d", feiten=(Feit("Gegeven", "x"), Feit("Nodig", " "))), "«Nodig» is niet ingevuld"),
        (okr(geboortedatum=None), "geboortedatum ontbreekt"),
        (okr(opgesteld_door=" "), "wie het rapport heeft opgesteld"),
        (okr(datum=date(2026, 11, 26), zienswijzen=()), "(26 november 2026) ligt in de toekomst"),
        (okr(datum=date(2025, 11, 24)), "(24 november 2025) is meer dan een jaar geleden"),
        (okr(geboortedatum=DAG), "geboortedatum ligt niet voor"),
        (okr(ingezien_op=date(2026, 12, 1)), "die dag is nog niet geweest"),
        (
            met("b", resultaten=(dataclasses.replace(RIJ, datum=date(2026, 11, 26)),)),
            "(M5, 26 november 2026) is van na",
        ),
        (met("b", resultaten=(dataclasses.replace(RIJ, datum=None),)), "resultaat van Rekenen (M5) staat geen datum"),
        (met("b", resultaten=(dataclasses.replace(RIJ, datum=date(2016, 1, 1)),)), "is van voor de geboorte"),
        (
            met("c", feiten=(Feit("Observatie", "x", datum=date(2027, 1, 1)),)),
            "«Observatie» (1 januari 2027) is van na",
        ),
        (
            okr(zienswijzen=(Ouderzienswijze("Dirk", date(2026, 11, 26), akkoord=True),)),
            "heeft een datum in de toekomst",
        ),
        (okr(zienswijzen=(Ouderzienswijze("Dirk", date(2026, 11, 24), akkoord=True),)), "is van voor de datum van het"),
        (met("e", verzuim=(Verzuim(date(2025, 11, 24), "1 dag"),)), "24 november 2025 is ouder dan een jaar"),
        (met("e", verzuim=(Verzuim(date(2026, 11, 26), "1 dag"),)), "26 november 2026 is van na de datum"),
    ],
)
def test_wat_ontbreekt_of_verkeerd_gedateerd_is_wordt_gezegd(rapport: Okr, zin: str) -> None:
    zinnen = ontbreekt(rapport)
    assert len(zinnen) == 1 and zin in zinnen[0], zinnen


@pytest.mark.parametrize(
    ("rapport", "zin"),
    [
        (okr(secties=(*okr().secties, sectie("f", "Overig"))), "«Overig» hoort niet in dit rapport"),
        (okr(secties=(*okr().secties, sectie("a", "Nog eens"))), "Onderdeel a staat er twee keer"),
        (met("e", verzuim=(Verzuim(date(2026, 3, 3), "1 dag", ongeoorloofd=False),)), "was geoorloofd"),
        (met("c", verzuim=(Verzuim(date(2026, 3, 3), "1 dag"),)), "hoort in onderdeel e, niet in onderdeel c"),
    ],
)
def test_wat_er_niet_hoort_wordt_gezegd(rapport: Okr, zin: str) -> None:
    zinnen = ontbreekt(rapport)
    assert len(zinnen) == 1 and zin in zinnen[0], zinnen


def test_een_leeg_onderdeel_met_reden_is_volledig() -> None:
    leeg = met("e", feiten=(), niet_van_toepassing="omdat er geen ongeoorloofd verzuim was.")
    assert ontbreekt(leeg) == ()
    assert "Niet van toepassing, omdat er geen ongeoorloofd verzuim was." in tekst(okr_html(leeg))


def test_een_jaar_is_een_jaar_ook_op_schrikkeldag() -> None:
    schrikkel = date(2028, 2, 29)
    rapport = okr(datum=schrikkel, gemaakt=schrikkel, zienswijzen=())
    assert rapport.telt_mee(Verzuim(date(2027, 2, 28), "1 dag"))
    assert not rapport.telt_mee(Verzuim(date(2027, 2, 27), "1 dag"))
    assert ontbreekt(dataclasses.replace(rapport, datum=date(2027, 2, 28))) == ()


# -- what is printed -------------------------------------------------------------------------------------------


def test_vijf_onderdelen_op_volgorde_en_niets_anders() -> None:
    secties = (*reversed(okr().secties), sectie("f", "Overig", "Dit hoort er niet."))
    html = okr_html(okr(secties=secties))
    koppen = [kop.text_content() for kop in lxml_html.fromstring(html).iter("h2")]
    assert koppen == [*(f"{letter}. {titel}" for _, letter, titel in SECTIES), "Zienswijze van de ouders"]
    assert "Dit hoort er niet." not in html


def test_alleen_ongeoorloofd_verzuim_van_het_jaar_ervoor_komt_op_papier() -> None:
    rijen = (
        Verzuim(date(2025, 11, 25), "eerste dag"),
        DAG_ERNA := Verzuim(date(2026, 11, 26), "te laat"),
        Verzuim(date(2025, 11, 24), "te oud"),
        Verzuim(date(2026, 3, 3), "ziek", ongeoorloofd=False),
        Verzuim(DAG, "laatste dag"),
    )
    html = okr_html(met("e", verzuim=rijen))
    assert "eerste dag" in html and "laatste dag" in html
    assert "te oud" not in html and "ziek" not in html and DAG_ERNA.omvang not in html
    assert "eerste dag" not in okr_html(met("c", verzuim=rijen))


def test_elke_tekst_wordt_ontsnapt() -> None:
    kwaad = '<script>alert(1)</script><img src="file:///etc/passwd">"\'>'
    velden = {veld.name: kwaad for veld in dataclasses.fields(Okr) if veld.type == "str"}
    deel = OkrSectie(
        "b",
        kwaad,
        (Feit(kwaad, kwaad, kwaad),),
        (Resultaatregel(kwaad, kwaad, kwaad, DAG, kwaad, kwaad),),
        (Vakgrafiek(kwaad, groeigrafiek(kwaad, [Meting(kwaad, 1), Meting(kwaad, 2)])),),  # type: ignore[arg-type]
    )
    leeg = OkrSectie("c", kwaad, niet_van_toepassing=kwaad)
    rapport = okr(
        **velden,
        secties=(deel, leeg),
        zienswijzen=(Ouderzienswijze(kwaad, DAG, akkoord=True, woorden=kwaad),),
        bijlagen=(kwaad,),
    )
    html = okr_html(rapport)
    assert "<script" not in html and "<img" not in html
    assert "data-voet" not in tekst(html) and html.count("&lt;script&gt;") >= 18
    boom = lxml_html.fromstring(html)
    assert boom.find(".//body").get("data-voet").startswith(kwaad)


def test_de_grafiek_staat_boven_haar_eigen_tabel() -> None:
    andere = dataclasses.replace(RIJ, vak="Spelling")
    assert GRAFIEK is not None
    rapport = met("b", resultaten=(RIJ, andere), grafieken=(Vakgrafiek("Rekenen", GRAFIEK),) * 2)
    blokken = lxml_html.fromstring(okr_html(rapport)).find_class("vak")
    assert [[kind.tag for kind in blok] for blok in blokken] == [["h3", "svg", "svg", "table"], ["h3", "table"]]
    html = okr_html(rapport)
    namen = re.findall(r'\bid="([^"]+)"', html)
    assert len(namen) == len(set(namen)) == 2, "two charts of one subject keep names of their own"


def test_de_ouders_zeggen_het_in_hun_eigen_woorden() -> None:
    html = tekst(okr_html(okr(zienswijzen=(
        Ouderzienswijze("Dirk", DAG, akkoord=False, woorden="Wij zien het anders."),
        Ouderzienswijze("Ayşe", DAG, akkoord=True, woorden="مرحبا"),
    ), ingezien_op=DAG)))  # fmt: skip
    assert "Dirk Is het niet eens met dit rapport. Wij zien het anders. 25 november 2026" in html
    assert "Ayşe Is het eens met dit rapport." in html and "ingezien op 25 november 2026" in html
    rechts = okr_html(okr(zienswijzen=(Ouderzienswijze("A", DAG, akkoord=True, woorden="(1) مرحبا abc"),)))
    assert 'eigen-woorden" dir="rtl"' in rechts


def test_een_concept_laat_ruimte_voor_de_ouders_en_zegt_dat_het_een_concept_is() -> None:
    concept, klaar = okr_html(okr(concept=True, zienswijzen=())), okr_html(okr(zienswijzen=()))
    assert concept.count('class="vakje"') == 2 and "Handtekening" in concept
    assert "Concept" in tekst(concept) and "concept, versie 2" in concept
    assert (
        "vakje" not in klaar and "De ouders hebben geen zienswijze gegeven." in klaar and "oncept" not in tekst(klaar)
    )


def test_het_kenmerk_volgt_de_inhoud() -> None:
    assert re.fullmatch(r"[0-9a-f]{4}( [0-9a-f]{4}){3}", okr().kenmerk)
    assert okr().kenmerk == okr().kenmerk and okr().kenmerk in okr_html(okr())
    anders = [okr(versie=3), met("c", feiten=(Feit("Beschrijving", "Ingevuld!"),)), okr(zienswijzen=()), vol()]
    assert len({rapport.kenmerk for rapport in (okr(), *anders)}) == 5


def test_buiten_nederland_staat_er_geen_nederlandse_wet() -> None:
    html = okr_html(okr(naam="Overdrachtsdossier", wet=""))
    assert "WPO" not in html and "<h1>Overdrachtsdossier</h1>" in html
    assert "vijf onderdelen en niets anders" in tekst(html)


# -- on paper --------------------------------------------------------------------------------------------------


@pytest.mark.traag
def test_het_papier_in_leesvolgorde_met_voet_op_elk_blad(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"), caplog.at_level(logging.WARNING):
        pdf = okr_pdf(vol())
    assert not caplog.records, "WeasyPrint has nothing to remark"
    document = pikepdf.open(io.BytesIO(pdf))
    teksten = tekst_van(document)
    alles = "".join(teksten)
    plaatsen = [
        alles.index(stuk)
        for stuk in ("Onderwijskundig rapport", "Elif Yıldız", *(f"{x}. {naam}" for _, x, naam in SECTIES))
    ]
    assert plaatsen == sorted(plaatsen)
    for n, blad in enumerate(teksten, start=1):
        assert f"De Kameleon · E.Y. · versie 2 · 25 november 2026pagina {n} van {len(teksten)}" in blad
    assert teksten[-1].startswith("Zienswijze van de ouders"), "on a page of its own"
    assert str(document.docinfo.Title) == "Onderwijskundig rapport Elif Yıldız"
    assert str(document.docinfo.Author) == "De Kameleon"
    figuren = [tak for tak in takken(document.Root.StructTreeRoot) if tak.S == "/Figure"]
    assert [str(figuur.Alt) for figuur in figuren] == ["Rekenen, vaardigheidsscore: M5 61, E5 68."]
    rij = [s for s in soorten(document) if s in ("/H1", "/H2", "/Figure")]
    assert rij == ["/H1", "/H2", "/H2", "/Figure", *["/H2"] * 5]
    koppen = [str(tak.A.Scope) for tak in takken(document.Root.StructTreeRoot) if tak.S == "/TH"]
    assert koppen == ["/Row"] * 6 + ["/Column"] * 5 + ["/Row"] * 2 + ["/Column"] * 2 + ["/Row"]


@pytest.mark.traag
def test_vreemde_tekens_en_lange_teksten_breken_niets(caplog: pytest.LogCaptureFixture) -> None:
    vreemd = "Yıldız, Ismaël, Łukasz, Ağaoğlu — 😀 👩‍👧 שלום مرحبا 中文 𒀀\x00\ud800"
    lang = "Een gewone zin die vaak terugkomt. " * 600
    secties = [sectie(letter, titel, vreemd) for _, letter, titel in SECTIES]
    secties[1] = dataclasses.replace(secties[1], resultaten=(dataclasses.replace(RIJ, instrument="w" * 300),) * 60)
    secties[2] = sectie("c", "C", "w" * 10_000)
    secties[3] = sectie("d", "D", lang)
    with caplog.at_level(logging.ERROR, logger="weasyprint"), caplog.at_level(logging.ERROR):
        teksten = bladen(okr(secties=tuple(secties), school="Basisschool " + "w" * 300, leerling=vreemd))
    assert not caplog.records
    alles = "".join(teksten)
    assert "Yıldız, Ismaël, Łukasz, Ağaoğlu" in alles and "😀" in alles
    kaal = alles.replace(" ", "").replace("\u200b", "")
    assert "w" * 2_000 in re.sub(r"Basisschoolw+·.*?pagina\d+van\d+", "", kaal)
    assert alles.count("terugkomt.") == 600
    assert all(f"pagina {n} van {len(teksten)}" in blad for n, blad in enumerate(teksten, start=1))
