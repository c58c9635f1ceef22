"""What a meeting asks, gives and leaves behind, by the procedure of the Kogerveldschool."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from besprekingen import services
from besprekingen.models import Agendapunt, Deelnemer, Onderzoek
from leerlingen import services as leerlingservices
from leerlingen.models import Taak
from leerlingen.profiel import lees_ingebouwd
from leerlingen.profiel.schema import zoek
from tests.acceptatie.hulp import (
    NU,
    Inloggen,
    alles,
    blad,
    geval,
    houd,
    plan,
    punt_van,
    taken_over,
    toestemming,
    velden,
)
from tests.bouw import VANDAAG, Bezetting, fabriek
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag


def groeidocument(b: Bezetting) -> None:
    """Part 1 complete."""
    stuk = leerlingservices.stuk_maken(leerling=b.bram, soort="groeidocument", titel="Groeidocument", door=None)
    fabriek.volledig(leerlingservices.document_maken(soort="groeidocument", stuk=stuk, door=None), b.carla.gebruiker)


# -- Kogerveld: pupil meeting and SOT ---------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-65")
@pytest.mark.parametrize("wie", ["anna", "carla"])
def test_de_ib_er_zit_de_leerlingbespreking_voor_ook_als_de_leerkracht_haar_plant(
    op_school: Bezetting, wie: str
) -> None:
    bespreking = plan(op_school, "leerlingbespreking", door=wie, leerling=op_school.bram)
    assert bespreking.voorzitter == op_school.carla.persoon


@pytest.mark.acceptatie("K-122")
@pytest.mark.acceptatie("K-107")
def test_na_de_leerlingbespreking_werkt_de_leerkracht_het_dossier_bij_en_vertelt_het_de_ouders(
    op_school: Bezetting,
) -> None:
    b = op_school
    punt = punt_van(plan(b, "leerlingbespreking", -1, leerling=b.bram))
    assert not taken_over(b, f"na:{punt.pk}:")
    houd(b, punt)
    taken = taken_over(b, f"na:{punt.pk}:")
    assert set(taken) == {"Dossier bijwerken met doel en afspraken", "Ouders vertellen wat er is afgesproken"}
    assert {taak.groep for taak in taken.values()} == {b.groep_6a}, "the teachers of the group"
    assert taken["Dossier bijwerken met doel en afspraken"].voor == VANDAAG + timedelta(days=2), "three days after"


@pytest.mark.acceptatie("K-130")
def test_na_het_sot_gaat_de_leerkracht_de_uitvoering_na(op_school: Bezetting) -> None:
    b = op_school
    punt = punt_van(plan(b, "sot", -1, leerling=b.bram))
    houd(b, punt)
    taak = taken_over(b, f"na:{punt.pk}:")["Nagaan of de handelingsadviezen worden uitgevoerd"]
    assert taak.groep == b.groep_6a


@pytest.mark.acceptatie("K-127")
def test_het_sot_ziet_school_ouders_en_leerling_naast_elkaar(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        bespreking = plan(b, "sot", leerling=b.bram)
        voorbereiding = punt_van(bespreking).voorbereiding
        assert voorbereiding is not None
        for sectie, vraag, tekst in (
            ("school", "hulpvraag", "Hoe start hij rustig?"),
            ("ouders", "thuis", "Hij slaapt slecht"),
            ("leerling", "moeilijk", "Ik vind het druk"),
        ):
            leerlingservices.antwoord_bewaren(
                document=voorbereiding,
                sectiecode=sectie,
                vraagcode=vraag,
                tekst=tekst,
                basisversie=0,
                door=b.anna.gebruiker,
            )
    pagina = blad(inloggen, b.carla.gebruiker, bespreking)
    plekken = [pagina.index(tekst) for tekst in ("Hoe start hij rustig?", "Hij slaapt slecht", "Ik vind het druk")]
    assert plekken == sorted(plekken)
    assert "Compleet beeld: individuele factoren, omgeving en thuis." in pagina


@pytest.mark.acceptatie("K-129")
def test_het_sot_noemt_de_soorten_ondersteuning_en_legt_ze_vast(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        bespreking = plan(b, "sot", leerling=b.bram)
        punt = punt_van(bespreking)
        services.actiepunt_toevoegen(
            bespreking=bespreking,
            punt=punt,
            onderwerp="Beloningsprogramma",
            stap="Stickerkaart maken",
            wie=b.anna.persoon,
            voor=VANDAAG + timedelta(days=20),
            door=b.carla.gebruiker,
        )
    pagina = blad(inloggen, b.carla.gebruiker, bespreking)
    for soort in (
        "Handelingsplan",
        "werk klaarmaken",
        "pedagogisch-didactisch onderzoek",
        "observatie",
        "beloningsprogramma",
        "gesprek met ouders",
        "hulp van buiten",
    ):
        assert soort in pagina, soort
    assert "Stickerkaart maken" in pagina


@pytest.mark.acceptatie("K-70")
def test_de_ib_er_zit_het_sot_voor_is_secretaris_van_het_bot_en_levert_stukken(op_school: Bezetting) -> None:
    b = op_school
    sot, bot = plan(b, "sot"), plan(b, "bot")
    assert sot.voorzitter == b.carla.persoon
    assert (bot.voorzitter, bot.notulist) == (b.dora.persoon, b.carla.persoon)
    stuk = fabriek.notitie(b.bram, b.anna.gebruiker, "Verslag van school")
    toestemming(b, "extern_betrekken", [stuk])
    punt = services.leerling_inbrengen(bespreking=sot, leerling=b.bram, door=b.carla.gebruiker)
    with pytest.raises(PermissionDenied):
        services.van_buiten_vragen(punt=punt, persoon=b.extern.persoon, door=b.anna.gebruiker)
    services.van_buiten_vragen(punt=punt, persoon=b.extern.persoon, door=b.carla.gebruiker)
    assert b.extern.gebruiker.has_perm("inzien_dossierstuk", stuk)


# -- Kogerveld: BOT ---------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-133")
def test_voor_het_bot_meldt_alleen_de_ib_er_aan_en_het_groeidocument_is_gevuld(op_school: Bezetting) -> None:
    b = op_school
    with pytest.raises(DomeinFout, match="wordt gepland door de intern begeleider"):
        plan(b, "bot", door="anna")
    bot = plan(b, "bot")
    toestemming(b, "bot")
    with pytest.raises(DomeinFout, match="groeidocument deel 1"):
        services.leerling_inbrengen(bespreking=bot, leerling=b.bram, door=b.carla.gebruiker)
    groeidocument(b)
    assert services.leerling_inbrengen(bespreking=bot, leerling=b.bram, door=b.carla.gebruiker).pk


@pytest.fixture
def in_het_bot(op_school: Bezetting) -> tuple[Bezetting, Agendapunt]:
    """Bram on the agenda of a BOT in three weeks."""
    b = op_school
    toestemming(b, "bot")
    groeidocument(b)
    bot = plan(b, "bot", 21)
    services.leerling_inbrengen(bespreking=bot, leerling=b.bram, door=b.carla.gebruiker)
    return b, punt_van(bot)


@pytest.mark.acceptatie("K-136")
def test_de_leerkracht_levert_groeidocument_en_plan_van_aanpak_een_week_ervoor(
    in_het_bot: tuple[Bezetting, Agendapunt],
) -> None:
    b, punt = in_het_bot
    taken = taken_over(b, f"vooraf:{punt.pk}:")
    assert set(taken) == {"Groeidocument invullen", "Plan van aanpak voor het BOT invullen"}
    assert {(taak.groep, taak.voor) for taak in taken.values()} == {(b.groep_6a, (NU + timedelta(days=14)).date())}


@pytest.mark.acceptatie("K-142")
def test_na_het_bot_staat_een_evaluatiedatum_vast(in_het_bot: tuple[Bezetting, Agendapunt]) -> None:
    """A goal has a last day, within twelve weeks, and a task on that day."""
    b, punt = in_het_bot
    dag = (NU + timedelta(days=21)).date()
    with pytest.raises(DomeinFout, match="dat is de termijn van de school"):
        services.doel_stellen(
            punt=punt, doel="Naar school", voor=dag + timedelta(weeks=12, days=1), door=b.carla.gebruiker
        )
    voor = dag + timedelta(weeks=12)
    doel = services.doel_stellen(punt=punt, doel="Naar school", voor=voor, door=b.carla.gebruiker)
    assert alles(Taak, sleutel=f"evaluatie:{doel.pk}").get().voor == voor


BOT_BESLUITEN = [
    geval(
        "K-42",
        {
            "andere_school": "Andere basisschool zoeken",
            "verwijzing": "Advies speciale (basis)school",
            "ondersteuning_klas": "Ondersteuning in de klas, SOT volgt",
        },
    ),
    geval("K-147", {"ooa": "OOA aanvragen bij het dienstencentrum"}),
    geval("K-143", {"onderzoek": "Aanvullend onderzoek"}),
]


@pytest.mark.parametrize("besluiten", BOT_BESLUITEN)
def test_wat_het_bot_kan_besluiten(
    in_het_bot: tuple[Bezetting, Agendapunt], inloggen: Inloggen, klok_op: Any, besluiten: dict[str, str]
) -> None:
    """As buttons on the page once it has begun, and each is recorded."""
    b, punt = in_het_bot
    klok_op(NU + timedelta(days=21, hours=1))
    pagina = blad(inloggen, b.carla.gebruiker, punt.bespreking)
    for code, naam in besluiten.items():
        assert f'value="{code}"' in pagina
        assert naam in pagina
        assert services.besluit_nemen(punt=punt, code=code, door=b.carla.gebruiker).code == code


@pytest.mark.acceptatie("K-147")
def test_een_ooa_vraagt_wat_leerkracht_en_ouders_nodig_hebben(bezetting: Bezetting, inloggen: Inloggen) -> None:
    from tests.acceptatie.hulp import begin_papier

    gevraagd = velden(begin_papier(bezetting, inloggen, "ooa_aanvraag"))
    assert gevraagd["aanvraag-leerkracht"] == "Wat heeft de leerkracht nodig?"
    assert gevraagd["aanvraag-ouders"] == "Wat hebben de ouders nodig?"
    assert gevraagd["aanvraag-vorm"] == "Waarvoor?"


@pytest.mark.acceptatie("K-69")
@pytest.mark.acceptatie("K-143")
def test_de_ib_er_legt_vast_welk_onderzoek_en_door_wie(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    adres = f"/besprekingen/leerlingen/{b.bram.pk}/onderzoek/"
    browser = inloggen(b.carla.gebruiker)
    formulier = browser.get(adres).content.decode()
    for soort in ("pedagogisch-didactisch onderzoek (PDO)", "psychologisch onderzoek"):
        assert soort in formulier
    for soort, wie in (("pdo", "Dienstencentrum"), ("psychologisch", "Praktijk De Linde")):
        assert (
            browser.post(adres, {"soort": soort, "uitvoerder": wie, "aangevraagd_op": "2026-11-02"}).status_code == 302
        )
    pagina = browser.get(f"/besprekingen/leerlingen/{b.bram.pk}/zorg/").content.decode()
    assert "Dienstencentrum" in pagina
    assert "Praktijk De Linde" in pagina
    assert inloggen(b.anna.gebruiker).get(adres).status_code == 403
    with schoolcontext([b.kogerveld]):
        stukken = {rij.stuk.soort for rij in alles(Onderzoek, leerling=b.bram).select_related("stuk")}
    assert stukken == {"onderzoek"}, "kept in the dossier"


@pytest.mark.acceptatie("K-82")
def test_onderzoek_bespreken_psycholoog_leerkracht_ib_er_en_ouders_samen(op_school: Bezetting) -> None:
    b = op_school
    toestemming(b, "onderzoek")
    bespreking = plan(b, "onderzoek_bespreken", leerling=b.bram)
    punt = punt_van(bespreking)
    services.van_buiten_vragen(punt=punt, persoon=b.extern.persoon, door=b.carla.gebruiker)
    rollen = dict(alles(Deelnemer, bespreking=bespreking).values_list("persoon", "rol"))
    assert rollen == {
        b.extern.persoon.pk: "extern",
        b.anna.persoon.pk: "leerkracht",
        b.duo.persoon.pk: "leerkracht",
        b.carla.persoon.pk: "ib",
        b.dirk.persoon.pk: "ouder",
    }


# -- Kogerveld: groups ------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-24")
def test_in_de_groepsbespreking_wordt_iedere_leerling_met_de_vorige_periode_vergeleken(
    bezetting: Bezetting, inloggen: Inloggen
) -> None:
    """The question on the agenda, a line for each pupil in the minutes, and both results on the overview."""
    b = bezetting
    bespreking: Any = b.extra["bespreking"]
    pagina = blad(inloggen, b.carla.gebruiker, bespreking)
    assert "Is de leerling in dezelfde norm gebleven, gegroeid of afgezakt?" in pagina
    for kind in (b.bram, b.aya, b.zoe, b.mononiem):
        assert f"&leerling={kind.pk}&" in pagina
    overzicht = inloggen(b.carla.gebruiker).get(f"/groepen/{b.groep_6a.pk}/").content.decode()
    assert "M5 E5" in overzicht
    bram = overzicht.partition("<tbody>")[2].partition(f'href="/leerlingen/{b.bram.pk}/')[2].partition("</tr>")[0]
    assert "M5 </span>III</span>" in bram and "E5 </span>IV</span>" in bram, "both results beside each other"


@pytest.mark.acceptatie("K-153")
@pytest.mark.parametrize("soort", ["groepsbespreking", "leerlingbespreking", "klassenconsultatie"])
def test_de_drie_ankerpunten_van_de_ib_er_plant_zij_op_het_scherm(
    bezetting: Bezetting, inloggen: Inloggen, soort: str
) -> None:
    b, browser = bezetting, inloggen(bezetting.carla.gebruiker)
    velden_ = {"soort": soort, "groep": str(b.groep_6a.pk), "dag": "2026-11-12", "tijd": "15:15"}
    antwoord = browser.post("/besprekingen/nieuw/", velden_, follow=True)
    assert antwoord.status_code == 200
    assert zoek(lees_ingebouwd("kogerveld").bespreking, soort).naam in antwoord.content.decode()
    assert "/besprekingen/nieuw/" not in antwoord.redirect_chain[-1][0]


@pytest.mark.acceptatie("K-170")
def test_een_klassenconsultatie_vertrekt_bij_het_groepsplan(bezetting: Bezetting, inloggen: Inloggen) -> None:
    b = bezetting
    with schoolcontext([b.kogerveld]):
        bespreking = plan(b, "klassenconsultatie", groep=b.groep_6a)
    pagina = blad(inloggen, b.carla.gebruiker, bespreking)
    assert f'href="/plannen/{b.extra["groepsplan"].pk}/"' in pagina  # type: ignore[attr-defined]
    assert "Is het groepsplan terug te zien?" in velden(pagina).values()
