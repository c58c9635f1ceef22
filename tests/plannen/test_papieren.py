"""Papers about one pupil: filled with what the school knows, with the source; nothing the reader may not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from leerlingen import profielen_van_school
from leerlingen import services as leerlingservices
from leerlingen.models import Antwoord, Document, Leerling
from leerlingen.profiel import INGEBOUWD, lees_ingebouwd
from leerlingen.services import antwoord_bewaren
from plannen import poorten, services
from plannen.poorten import Reden
from plannen.selecties import papieren_van, te_beginnen_voor
from tests.bouw import NU, Bezetting
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

Inloggen = Callable[[Any], Any]


def antwoorden(document: Document) -> dict[tuple[str, str], Antwoord]:
    rijen = Antwoord.objects.systeemtoegang(reden="test").filter(document=document)
    return {(rij.sectiecode, rij.vraagcode): rij for rij in rijen}


def begin(b: Bezetting, soort: str, door: Any = None, leerling: Leerling | None = None) -> Document:
    return services.papier_beginnen(leerling=leerling or b.bram, soort=soort, door=door or b.anna.gebruiker)


def schrijf(document: Document, sectie: str, vraag: str, tekst: str, door: Any) -> None:
    antwoord_bewaren(document=document, sectiecode=sectie, vraagcode=vraag, tekst=tekst, basisversie=0, door=door)


@pytest.mark.acceptatie("K-23")
@pytest.mark.acceptatie("M-39")
def test_een_handelingsplan_begint_met_wat_de_school_weet(op_school: Bezetting) -> None:
    document = begin(op_school, "handelingsplan")
    rij = antwoorden(document)["plan", "beginsituatie"]
    assert rij.tekst == "Rekenen-Wiskunde: M5 III (70), E5 IV (71); groei +1\nSpelling: E5 II (120)"
    assert rij.bron == "uit de resultaten t/m E5, 10 juni 2026"
    assert (document.status, document.stuk.soort) == ("concept", "handelingsplan")  # type: ignore[union-attr]
    assert ("evaluatie", "waardoor") not in antwoorden(document), "an evaluation comes later"


def test_een_groeidocument_neemt_gegevens_loopbaan_en_eerdere_behoeften_mee(op_school: Bezetting) -> None:
    b = op_school
    eerst = begin(b, "handelingsplan")
    schrijf(eerst, "plan", "onderwijsbehoeften", "heeft voordoen nodig", b.anna.gebruiker)
    rij = antwoorden(begin(b, "groeidocument"))
    assert rij["leerling", "gegevens"].tekst.splitlines() == [
        "Bram Jansen", "geboren op 4 mei 2016", "groep 6a", "op school sinds 1 augustus 2026",
    ]  # fmt: skip
    assert rij["leerling", "schoolloopbaan"].tekst == "2026–2027: groep 6a"
    behoefte = rij["beeld", "onderwijsbehoeften"]
    assert (behoefte.tekst, behoefte.bron) == ("heeft voordoen nodig", "uit handelingsplan van 3 november 2026")
    assert ("ouders", "zienswijze") not in rij, "parents write their own part"


def test_behoeften_uit_het_groepsplan_als_er_geen_papier_is(op_school: Bezetting) -> None:
    b = op_school
    plan: Any = b.extra["groepsplan"]
    antwoord_bewaren(
        document=plan.document,
        sectiecode="arrangement:intensief",
        vraagcode="onderwijsbehoeften",
        tekst="heeft concreet materiaal nodig",
        basisversie=0,
        leerling=b.bram,
        door=b.anna.gebruiker,
    )
    rij = antwoorden(begin(b, "handelingsplan"))["plan", "onderwijsbehoeften"]
    assert (rij.tekst, rij.bron) == ("Rekenen-Wiskunde: heeft concreet materiaal nodig", "uit de groepsplannen")


def test_het_laatste_oudergesprek_komt_mee(op_school: Bezetting) -> None:
    b = op_school
    gesprek = begin(b, "oudergesprek")
    profiel = profielen_van_school.huidig_profiel(b.kogerveld)
    sectie = profiel.zoek_document("oudergesprek").secties[0]
    vraag = next(v for v in sectie.vragen if v.soort == "lang" and not v.bron)
    schrijf(gesprek, sectie.code, vraag.code, "Thuis gaat het goed", b.anna.gebruiker)
    rij = antwoorden(begin(b, "handelingsplan"))["betrokken", "ouders"]
    assert "Thuis gaat het goed" in rij.tekst
    assert rij.bron.endswith("van 3 november 2026")


# -- nothing that the reader may not know ----------------------------------------------------------------------------


def test_uit_een_vertrouwelijk_stuk_komt_niets_in_een_gewoon_papier(op_school: Bezetting) -> None:
    """The substitute reads the action plan but not the growth document: what stands only there stays there."""
    b = op_school
    groei = begin(b, "groeidocument")
    schrijf(groei, "beeld", "onderwijsbehoeften", "rust na een moeilijke tijd thuis", b.anna.gebruiker)
    handelingsplan = begin(b, "handelingsplan")
    assert ("plan", "onderwijsbehoeften") not in antwoorden(handelingsplan)
    ander = begin(b, "opp", door=b.carla.gebruiker)
    assert antwoorden(ander)["handelingsdeel", "onderwijsbehoeften"].tekst == "rust na een moeilijke tijd thuis"


def test_vertrouwelijke_resultaten_komen_niet_in_een_gewoon_papier(op_school: Bezetting) -> None:
    b = op_school
    reeks: Any = b.extra["reeks"]
    leerlingservices.vertrouwelijkheid_wijzigen(
        stuk=reeks.stuk, vertrouwelijkheid="vertrouwelijk", door=b.anna.gebruiker
    )
    tekst = antwoorden(begin(b, "handelingsplan"))["plan", "beginsituatie"].tekst
    assert "Spelling" in tekst
    assert "Rekenen" not in tekst


def test_een_kring_gaat_ook_voor_de_bron(op_school: Bezetting) -> None:
    b = op_school
    eerst = begin(b, "handelingsplan", door=b.carla.gebruiker)
    schrijf(eerst, "plan", "onderwijsbehoeften", "alleen voor ons", b.carla.gebruiker)
    leerlingservices.kring_zetten(stuk=eerst.stuk, lezers=[b.dora.persoon], door=b.carla.gebruiker)  # type: ignore[arg-type]
    with klok.stilgezet(NU + timedelta(minutes=2)):  # at once it would be the same one
        ander = begin(b, "handelingsplan", door=b.carla.gebruiker)
    assert ("plan", "onderwijsbehoeften") not in antwoorden(ander)


@pytest.mark.parametrize(("wie", "mag"), [("anna", True), ("vervanger", False), ("carla", True), ("rt", False)])
def test_niemand_begint_wat_hij_zelf_niet_meer_zou_kunnen_lezen(op_school: Bezetting, wie: str, mag: bool) -> None:
    b = op_school
    codes = {punt.vorm.code for punt in te_beginnen_voor(b.lid(wie).gebruiker, b.bram)}
    assert "handelingsplan" in codes
    assert ("groeidocument" in codes) is mag
    if not mag:
        with pytest.raises(DomeinFout):
            begin(b, "groeidocument", door=b.lid(wie).gebruiker)


@pytest.mark.parametrize("wie", ["specialist", "assistent", "bas", "dirk", "extern", "beheerder"])
def test_wie_niet_schrijft_begint_niets(op_school: Bezetting, wie: str) -> None:
    b = op_school
    assert te_beginnen_voor(b.lid(wie).gebruiker, b.bram) == []
    with pytest.raises(PermissionDenied):
        begin(b, "handelingsplan", door=b.lid(wie).gebruiker)
    assert not papieren_van(b.anna.gebruiker, b.bram)


@pytest.mark.parametrize("soort", ["bestaat_niet", "groepsplan", "notitie", "verslag_bespreking", ""])
def test_wat_hier_niet_begonnen_wordt(op_school: Bezetting, soort: str) -> None:
    with pytest.raises(DomeinFout, match="kent de procedure"):
        begin(op_school, soort)


# -- gates and filling later -----------------------------------------------------------------------------------------


@pytest.fixture
def poort() -> Iterator[Callable[[Any], None]]:
    oud = list(poorten._poorten)
    yield poorten.registreer
    poorten._poorten[:] = oud


def test_wat_eerst_moet_staat_erbij_met_de_weg(op_school: Bezetting, poort: Callable[[Any], None]) -> None:
    b = op_school
    poort(lambda leerling, codes, gebruiker: {"opp": [Reden("eerst onderzoek.", link="/x/")]})
    with pytest.raises(DomeinFout, match="kan nog niet: eerst onderzoek") as fout:
        begin(b, "opp", door=b.carla.gebruiker)
    assert fout.value.link == "/x/"
    punten = {punt.vorm.code: punt for punt in te_beginnen_voor(b.carla.gebruiker, b.bram)}
    assert not punten["opp"].kan
    assert punten["handelingsplan"].kan


def test_een_zachte_reden_waarschuwt_alleen(op_school: Bezetting, poort: Callable[[Any], None]) -> None:
    b = op_school
    poort(lambda leerling, codes, gebruiker: {code: [Reden("liever eerst een gesprek.", hard=False)] for code in codes})
    assert begin(b, "handelingsplan").pk
    assert all(punt.kan for punt in te_beginnen_voor(b.anna.gebruiker, b.bram))


def test_aanvullen_vult_alleen_wat_leeg_is(op_school: Bezetting) -> None:
    b = op_school
    document = begin(b, "handelingsplan", leerling=b.zoe)
    assert {vraag for _, vraag in antwoorden(document)} == {"van", "tot_en_met", "evaluatie_op"}
    from lvs.services import resultaten_vastleggen
    from tests.bouw.lvs_plannen import uitslag

    resultaten_vastleggen(school=b.kogerveld, invoer=[uitslag(b.zoe, "V", 60)], door=None)
    schrijf(document, "plan", "onderwijsbehoeften", "Zelf geschreven", b.anna.gebruiker)
    assert services.papier_aanvullen(document=document, door=b.anna.gebruiker) == 1
    rij = antwoorden(document)
    assert rij["plan", "beginsituatie"].tekst == "Rekenen-Wiskunde: E5 V (60)"
    assert rij["plan", "onderwijsbehoeften"].tekst == "Zelf geschreven"
    assert services.papier_aanvullen(document=document, door=b.anna.gebruiker) == 0
    with pytest.raises(PermissionDenied):
        services.papier_aanvullen(document=document, door=b.bas.gebruiker)


@pytest.mark.traag
@pytest.mark.parametrize("code", sorted(INGEBOUWD))
def test_ieder_papier_van_ieder_profiel_kan_beginnen(op_school: Bezetting, code: str) -> None:
    """No source fails, whatever the procedure asks."""
    b = op_school
    profiel = lees_ingebouwd(code)
    from leerlingen.profiel import als_json

    leerlingservices.profiel_vastleggen(school=b.kogerveld, inhoud=als_json(profiel), toelichting="test", door=None)
    from plannen.services.papier import te_beginnen

    vormen = [vorm for vorm in te_beginnen(profiel) if not vorm.jaargroepen or 6 in vorm.jaargroepen]
    assert {"handelingsplan", "opp", "groeidocument"} <= {vorm.code for vorm in vormen}
    for vorm in vormen:
        document = begin(b, vorm.code, door=b.carla.gebruiker)
        assert all(rij.bron for rij in antwoorden(document).values()), vorm.code


# -- the tab ---------------------------------------------------------------------------------------------------------


def test_het_tabblad_toont_arrangement_doel_en_papieren(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    plan: Any = b.extra["groepsplan"]
    with schoolcontext([b.kogerveld]):
        schrijf(plan.document, "arrangement:intensief", "doel", "Tafels binnen 5 s", b.anna.gebruiker)
    browser = inloggen(b.anna.gebruiker)
    adres = f"/leerlingen/{b.bram.pk}/plannen/"
    pagina = browser.get(adres).content.decode()
    assert "Intensief arrangement" in pagina
    assert "Tafels binnen 5 s" in pagina
    assert "III, IV; groei +1" in pagina
    antwoord = browser.post(f"/plannen/leerling/{b.bram.pk}/", {"soort": "handelingsplan"})
    stuk = browser.get(antwoord["Location"]).content.decode()
    assert "uit de resultaten t/m E5" in stuk
    assert antwoord["Location"] in browser.get(adres).content.decode()


def test_het_tabblad_van_de_specialist_kent_alleen_het_eigen_vak(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        services.groepsplan_maken(groepen=[b.groep_6a], vak="spelling", periodecode="periode1", door=None)
    pagina = inloggen(b.specialist.gebruiker).get(f"/leerlingen/{b.bram.pk}/plannen/").content.decode()
    assert "Rekenen-Wiskunde" in pagina
    assert "Spelling" not in pagina
    assert "Beginnen" not in pagina
