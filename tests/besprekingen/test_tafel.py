"""Who sits at the table and reads along, and what the meeting writes by itself afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from besprekingen import services
from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from besprekingen.services.meelezen import leest_tot
from leerlingen import services as leerlingservices
from leerlingen.models import Antwoord, Leerling, Taak
from tests.bouw import NU, VANDAAG, Bezetting, fabriek
from zorg.kern.fouten import DomeinFout

pytestmark = pytest.mark.traag

Klok = Callable[[datetime], None]


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="test").filter(**zoek)


def gepland(
    b: Bezetting, soort: str, dagen: int, leerling: Leerling | None = None, **velden: Any
) -> tuple[Bespreking, Agendapunt]:
    bespreking = services.bespreking_plannen(
        school=b.kogerveld, soort=soort, begin=NU + timedelta(days=dagen), sleutel=f"{soort}:{dagen}",
        leerling=leerling or b.bram, door=b.carla.gebruiker, **velden,
    )  # fmt: skip
    punten = alles(Agendapunt, bespreking=bespreking)
    return bespreking, punten.select_related("bespreking__school", "leerling__school", "stuk__leerling").get()


def rollen(bespreking: Bespreking) -> dict[int, str]:
    return dict(alles(Deelnemer, bespreking=bespreking).values_list("persoon", "rol"))


# -- who sits there ---------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-114")
@pytest.mark.acceptatie("K-115")
def test_de_vorige_leerkracht_komt_als_die_er_nog_is(op_school: Bezetting) -> None:
    """Dunya moved from Bas to 6a last month: Bas is asked, with her teachers of now; Mieke, who left, is not."""
    b = op_school
    leerlingservices.plaatsen(leerling=b.dunya, groep=b.groep_6a, vanaf=date(2026, 10, 5), door=None)
    bespreking, _ = gepland(b, "leerlingbespreking", 6, b.dunya)
    aan_tafel = rollen(bespreking)
    assert {b.bas.persoon.pk, b.anna.persoon.pk, b.duo.persoon.pk, b.carla.persoon.pk} <= aan_tafel.keys()
    assert b.vertrokken.persoon.pk not in aan_tafel
    assert bespreking.voorzitter == b.carla.persoon
    assert bespreking.notulist_id in (b.anna.persoon.pk, b.duo.persoon.pk)


@pytest.mark.acceptatie("K-115")
def test_van_twee_vorige_groepen_komt_de_leerkracht_van_de_laatste(op_school: Bezetting) -> None:
    """Dunya went from Bas to 6c and on to 6a: the teacher of 6c is asked, Bas is not."""
    b = op_school
    tess = fabriek.lid(b.kogerveld, "Tess", "leerkracht")
    tussen = leerlingservices.groep_zorgen(
        school=b.kogerveld, schooljaar=b.jaar, naam="6c", soort="stamgroep", jaargroep="6", door=None
    )
    leerlingservices.toewijzen(persoon=tess.persoon, groep=tussen, door=None)
    for groep, vanaf in ((tussen, date(2026, 9, 14)), (b.groep_6a, date(2026, 10, 5))):
        leerlingservices.plaatsen(leerling=b.dunya, groep=groep, vanaf=vanaf, door=None)
    bespreking, _ = gepland(b, "leerlingbespreking", 6, b.dunya)
    assert tess.persoon.pk in rollen(bespreking)
    assert b.bas.persoon.pk not in rollen(bespreking)


@pytest.mark.acceptatie("K-125")
def test_aan_het_sot_zitten_ib_er_specialisten_leerkracht_en_ouders_met_gezag(op_school: Bezetting) -> None:
    b = op_school
    bespreking, _ = gepland(b, "sot", 6)
    assert rollen(bespreking) == {
        b.carla.persoon.pk: "ib", b.specialist.persoon.pk: "specialist", b.anna.persoon.pk: "leerkracht",
        b.duo.persoon.pk: "leerkracht", b.dirk.persoon.pk: "ouder",
    }  # fmt: skip
    assert (bespreking.voorzitter, bespreking.notulist) == (b.carla.persoon, b.specialist.persoon)


def test_een_collega_erbij_en_weer_weg(op_school: Bezetting) -> None:
    b = op_school
    bespreking, _ = gepland(b, "sot", 6)
    velden: dict[str, Any] = {"bespreking": bespreking, "door": b.carla.gebruiker}
    bas = services.deelnemer_toevoegen(persoon=b.bas.persoon, **velden)
    assert services.deelnemer_toevoegen(persoon=b.bas.persoon, **velden) == bas
    for wie in (b.extern, b.dirk, b.vertrokken, b.beheerder):
        with pytest.raises(DomeinFout, match="Alleen een collega kan zo aan tafel"):
            services.deelnemer_toevoegen(persoon=wie.persoon, **velden)
    services.uitnodigen(**velden)
    services.deelnemer_weghalen(deelnemer=bas, door=b.carla.gebruiker)
    taak = alles(Taak, sleutel=f"bespreking:{bespreking.pk}:{b.bas.persoon.pk}").get()
    assert taak.vervallen_op is not None
    voorzitter = alles(Deelnemer, bespreking=bespreking, persoon=b.carla.persoon).select_related("bespreking__school")
    with pytest.raises(DomeinFout, match="Carla Bedacht zit voor of notuleert"):
        services.deelnemer_weghalen(deelnemer=voorzitter.get(), door=b.carla.gebruiker)
    with pytest.raises(DomeinFout, match="Kies iemand die aan tafel zit"):
        services.leiding_wijzigen(voorzitter=b.dirk.persoon, notulist=None, **velden)


# -- reading along ----------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-126")
def test_leden_lezen_mee_en_de_notulist_schrijft_tot_na_de_evaluatie(op_school: Bezetting, klok_op: Klok) -> None:
    """Gijs takes the minutes of the SOT, Bas sits there: both read this pupil's minutes only, and not for ever."""
    b = op_school
    bespreking, punt = gepland(b, "sot", 6)
    services.deelnemer_toevoegen(bespreking=bespreking, persoon=b.bas.persoon, door=b.carla.gebruiker)
    assert not b.bas.gebruiker.has_perm("inzien_dossierstuk", punt.stuk)
    assert services.team_laten_meelezen(punt=punt, door=b.carla.gebruiker) == 1, "Gijs had it from the start"
    assert services.team_laten_meelezen(punt=punt, door=b.carla.gebruiker) == 0

    def mag(wie: Any, recht: str) -> bool:
        return bool(wie.gebruiker.has_perm(f"{recht}_dossierstuk", punt.stuk))

    assert [mag(wie, "inzien") for wie in (b.specialist, b.bas, b.extern, b.beheerder)] == [True, True, False, False]
    assert [mag(wie, "wijzigen") for wie in (b.specialist, b.bas)] == [True, False]
    assert not b.bas.gebruiker.has_perm("inzien_leerling", b.bram)
    assert not b.bas.gebruiker.has_perm("inzien_dossierstuk", b.notitie)
    einde = leest_tot(bespreking)
    assert einde.date() == (NU + timedelta(days=6, weeks=10)).date(), "eight weeks to evaluate, and a fortnight"
    klok_op(einde - timedelta(minutes=1))
    assert mag(b.bas, "inzien")
    klok_op(einde)
    assert not any(mag(wie, recht) for wie in (b.bas, b.specialist) for recht in ("inzien", "wijzigen"))


# -- what is written by itself ----------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-131")
def test_na_afloop_staat_in_het_verslag_wat_is_besloten(op_school: Bezetting) -> None:
    """Minutes of each pupil, filled with the decision and the agreements; and the ib'er's task to make the report."""
    b = op_school
    bespreking, punt = gepland(b, "sot", -1)
    services.doel_stellen(punt=punt, doel="Rustig starten", voor=VANDAAG + timedelta(weeks=4), door=b.carla.gebruiker)
    services.actiepunt_toevoegen(
        bespreking=bespreking, punt=punt, onderwerp="Start", stap="Dagplanning op tafel", wie=b.anna.persoon,
        voor=VANDAAG + timedelta(days=7), door=b.carla.gebruiker,
    )  # fmt: skip
    services.besluit_nemen(punt=punt, code="doorgaan", toelichting="Over acht weken verder", door=b.carla.gebruiker)
    anna = alles(Deelnemer, bespreking=bespreking, persoon=b.anna.persoon).get()
    services.bespreking_houden(bespreking=bespreking, aanwezig=[anna.pk], door=b.carla.gebruiker)
    verslag = " ".join(alles(Antwoord, document__stuk=punt.stuk).values_list("tekst", flat=True))
    assert "Dagplanning op tafel (Anna Bedacht" in verslag
    assert "Doorgaan met de handelingsadviezen. Over acht weken verder" in verslag
    taken = {taak.titel: taak for taak in alles(Taak, sleutel__startswith=f"na:{punt.pk}:")}
    assert taken["Verslag maken van de bespreking"].persoon == b.carla.persoon
    assert taken["Dossier bijwerken"].persoon == b.specialist.persoon, "who took the minutes"
    assert taken["Nagaan of de handelingsadviezen worden uitgevoerd"].groep == b.groep_6a
    aanwezig = dict(alles(Deelnemer, bespreking=bespreking).values_list("persoon", "aanwezig"))
    assert aanwezig.pop(b.anna.persoon.pk) == "ja" and set(aanwezig.values()) == {"nee"}


def test_geweigerd_afronden_verandert_niets(op_school: Bezetting) -> None:
    b = op_school
    bespreking, punt = gepland(b, "leerlingbespreking", -1)
    wie = list(alles(Deelnemer, bespreking=bespreking).values_list("pk", flat=True))
    with pytest.raises(DomeinFout, match="ontbreekt een doel of een besluit"):
        services.bespreking_houden(bespreking=bespreking, aanwezig=wie, door=b.carla.gebruiker)
    assert set(alles(Deelnemer, bespreking=bespreking).values_list("aanwezig", flat=True)) == {"onbekend"}
    assert alles(Taak, sleutel__startswith=f"vooraf:{punt.pk}:", vervallen_op__isnull=True).exists()


@pytest.mark.acceptatie("K-121")
def test_na_een_evaluatie_komt_een_nieuw_doel_met_een_eigen_termijn(op_school: Bezetting, klok_op: Klok) -> None:
    """The next meeting sets the next goal; its eight weeks count from that meeting."""
    b = op_school
    _, eerste = gepland(b, "leerlingbespreking", -1)
    laatste = services.uiterste_evaluatie(eerste.bespreking)
    assert laatste == VANDAAG - timedelta(days=1) + timedelta(weeks=8)
    doel = services.doel_stellen(punt=eerste, doel="Een", voor=laatste, door=b.anna.gebruiker)
    klok_op(NU + timedelta(weeks=5))
    services.evalueren(evaluatie=doel, vooruitgang="onvoldoende", uitkomst="Nog niet", door=b.anna.gebruiker)
    _, tweede = gepland(b, "leerlingbespreking", 34)
    uiterste = services.uiterste_evaluatie(tweede.bespreking)
    assert uiterste == VANDAAG + timedelta(days=34, weeks=8)
    nieuw = services.doel_stellen(punt=tweede, doel="Twee", voor=uiterste, door=b.anna.gebruiker)
    assert alles(Taak, sleutel=f"evaluatie:{nieuw.pk}").get().voor == uiterste
