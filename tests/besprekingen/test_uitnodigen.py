"""Planning through due work, inviting, moving, calling off: once, to who is still here, without a pupil's name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from besprekingen import services
from besprekingen.models import Agendapunt, Bespreking, Deelnemer
from besprekingen.services import planning
from leerlingen import services as leerlingservices
from leerlingen.models import Taak, Vrij
from leerlingen.services.hulp import periode_vanaf
from tests.bouw import NU, Bezetting, fabriek
from zorg.kern import werk
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Bericht, Werk

pytestmark = pytest.mark.traag

ZONE = ZoneInfo("Europe/Amsterdam")
Uitvoeren = Callable[..., int]


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="test").filter(**zoek)


def over(dagen: int) -> datetime:
    return NU + timedelta(days=dagen)


def leerlingbespreking(b: Bezetting, dagen: int = 10, **velden: Any) -> Bespreking:
    return services.bespreking_plannen(
        school=b.kogerveld, soort="leerlingbespreking", begin=over(dagen), leerling=b.bram, door=b.anna.gebruiker,
        **({"sleutel": f"test:{dagen}"} | velden),
    )  # fmt: skip


def personen(bespreking: Bespreking) -> set[int]:
    return set(alles(Deelnemer, bespreking=bespreking).values_list("persoon", flat=True))


def mails(bespreking: Bespreking, wat: str = "uitnodiging") -> list[Bericht]:
    """The mails about this meeting, by the key under which they were put ready."""
    rijen = Werk.objects.filter(sleutel__startswith=f"mail:{wat}:{bespreking.pk}:")
    return list(alles(Bericht, pk__in=rijen.values("object_id")))


# -- due work ---------------------------------------------------------------------------------------------------------


def test_het_werk_twee_keer_doen_plant_een_bespreking(op_school: Bezetting, werk_uitvoeren: Uitvoeren) -> None:
    """Killed after the work and found again by the sweep: one meeting, one invitation each."""
    b = op_school
    rij = services.groepsbespreking_aanvragen(groep=b.groep_6b, door=b.carla.gebruiker)
    assert services.groepsbespreking_aanvragen(groep=b.groep_6b, door=b.carla.gebruiker).pk == rij.pk
    assert werk.uitvoeren(rij.pk)
    Werk.objects.filter(pk=rij.pk).update(status=Werk.Status.OPEN, klaar_op=None)
    assert werk.uitvoeren(rij.pk)
    bespreking = alles(Bespreking, groep=b.groep_6b).get()
    assert bespreking.sleutel == rij.sleutel and bespreking.status == "uitgenodigd"
    assert personen(bespreking) == {b.bas.persoon.pk, b.carla.persoon.pk}
    assert len(mails(bespreking)) == 2
    assert alles(Taak, sleutel__startswith=f"bespreking:{bespreking.pk}:").count() == 2


def test_ook_als_alleen_het_plannen_bleef_staan(op_school: Bezetting) -> None:
    b = op_school
    rij = services.groepsbespreking_aanvragen(groep=b.groep_6b, door=b.carla.gebruiker)
    gepland = services.bespreking_plannen(
        school=b.kogerveld, soort="groepsbespreking", begin=over(-1), sleutel=rij.sleutel, groep=b.groep_6b, door=None
    )
    planning._uitvoeren(rij)
    planning._uitvoeren(rij)
    assert alles(Bespreking, groep=b.groep_6b).get() == gepland
    assert len(mails(gepland)) == 2


def test_de_werker_kiest_een_schooldag(op_school: Bezetting) -> None:
    """Not on a free day, not in the weekend, not within a week."""
    b = op_school
    Vrij.objects.create(
        school=b.kogerveld, naam="Studieweek", periode=periode_vanaf(date(2026, 11, 9), date(2026, 11, 14))
    )
    moment = planning.moment_voor(b.groep_6b)
    assert moment.date() >= date(2026, 11, 16)
    assert moment.isoweekday() <= 5


def test_de_uitnodiging_wacht_tot_twee_weken_van_tevoren(
    op_school: Bezetting, werk_uitvoeren: Uitvoeren, klok_op: Callable[[datetime], None]
) -> None:
    bespreking = leerlingbespreking(op_school, 30)
    services.uitnodigen_inplannen(bespreking)
    werk_uitvoeren()
    assert not mails(bespreking)
    klok_op(over(17))
    werk_uitvoeren()
    assert len(mails(bespreking)) == alles(Deelnemer, bespreking=bespreking).count()


# -- inviting ---------------------------------------------------------------------------------------------------------


@pytest.mark.acceptatie("K-138")
def test_een_uitnodiging_ieder_met_afspraak_en_zonder_naam(op_school: Bezetting) -> None:
    """One mail each, with the appointment for the calendar; who the pupil is stands behind the link, signed in."""
    b = op_school
    bespreking = services.bespreking_plannen(
        school=b.kogerveld, soort="sot", begin=over(10), sleutel="sot", leerling=b.bram, hulpvraag="Bram wil niet",
        plaats="Kamer 3", door=b.carla.gebruiker,
    )  # fmt: skip
    aantal = services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker)
    assert services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker) == 0
    berichten = mails(bespreking)
    assert len(berichten) == aantal == len({bericht.aan for bericht in berichten})
    verwacht = (b.carla, b.anna, b.duo, b.dirk)
    assert {lid.persoon.email for lid in verwacht} <= {bericht.aan for bericht in berichten}
    assert personen(bespreking).isdisjoint(
        {b.ouder_zonder_gezag.persoon.pk, b.ouder_onbekend.persoon.pk, b.extern.persoon.pk, b.vertrokken.persoon.pk}
    )
    for bericht in berichten:
        agenda = bericht.agenda.replace("\r\n ", "")
        assert "METHOD:REQUEST" in agenda
        assert "DTSTART:20261113T090000Z" in agenda, "ten o'clock in Amsterdam"
        assert f"UID:bespreking-{bespreking.pk}@zorgpad" in agenda
        assert "LOCATION:Kamer 3" in agenda
        for woord in ("Bram", "wil niet"):
            assert woord not in bericht.onderwerp + bericht.tekst + agenda, (bericht.aan, woord)
        van_ouder = bericht.aan == b.dirk.persoon.email
        assert ("/ouders/" in bericht.tekst) is van_ouder
        assert ("Ondersteuningsteam" in bericht.onderwerp) is not van_ouder


def test_wie_vertrok_krijgt_geen_uitnodiging(op_school: Bezetting) -> None:
    """Els left after the planning, Dirk lost authority: no chair, no mail, no task; and nobody is called back."""
    b = op_school
    bespreking = services.bespreking_plannen(
        school=b.kogerveld, soort="sot", begin=over(10), sleutel="sot", leerling=b.bram, door=b.carla.gebruiker
    )
    assert {b.duo.persoon.pk, b.dirk.persoon.pk} <= personen(bespreking)
    assert b.duo.aanstelling is not None
    leerlingservices.aanstelling_beeindigen(aanstelling=b.duo.aanstelling, per=over(3).date(), door=None)
    leerlingservices.gezag_wijzigen(ouderschap=b.ouderschap, gezag="nee", door=None)
    services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker)
    assert personen(bespreking).isdisjoint({b.duo.persoon.pk, b.dirk.persoon.pk})
    assert {b.duo.persoon.email, b.dirk.persoon.email}.isdisjoint({bericht.aan for bericht in mails(bespreking)})
    assert b.anna.persoon.email in {bericht.aan for bericht in mails(bespreking)}


def test_de_voorzitter_ging_weg(op_school: Bezetting) -> None:
    """Another ib'er at the table takes over; without one the meeting cannot be recorded until a chair is chosen."""
    b = op_school
    tweede = fabriek.lid(b.kogerveld, "Ingeborg", "ib")
    bespreking = leerlingbespreking(b)
    assert bespreking.voorzitter == b.carla.persoon
    assert b.carla.aanstelling is not None
    assert tweede.aanstelling is not None
    leerlingservices.aanstelling_beeindigen(aanstelling=b.carla.aanstelling, per=over(2).date(), door=None)
    services.uitnodigen(bespreking=bespreking, door=b.anna.gebruiker)
    assert bespreking.voorzitter == tweede.persoon
    leerlingservices.aanstelling_beeindigen(aanstelling=tweede.aanstelling, per=over(3).date(), door=None)
    services.uitnodigen(bespreking=bespreking, door=b.anna.gebruiker)
    bespreking.refresh_from_db()
    assert bespreking.voorzitter is None
    taken = {taak.persoon: taak for taak in alles(Taak, sleutel__startswith=f"voorzitten:{bespreking.pk}:")}
    assert taken.keys() == {tweede.persoon} and taken[tweede.persoon].vervallen_op is not None
    services.leiding_wijzigen(bespreking=bespreking, voorzitter=b.anna.persoon, notulist=None, door=b.dora.gebruiker)
    assert bespreking.voorzitter == b.anna.persoon


def test_wie_voorzitter_wordt_hoort_het(op_school: Bezetting, klok_op: Callable[[datetime], None]) -> None:
    """The new chair gets a task and a mail, who chaired before a mail; back again opens the task anew."""
    b = op_school
    tweede = fabriek.lid(b.kogerveld, "Ingeborg", "ib")
    bespreking = leerlingbespreking(b)
    velden: dict[str, Any] = {"bespreking": bespreking, "notulist": None, "door": b.anna.gebruiker}

    def taken() -> dict[int, bool]:
        rijen = alles(Taak, sleutel__startswith=f"voorzitten:{bespreking.pk}:")
        return {taak.persoon_id: taak.vervallen_op is None for taak in rijen}

    services.leiding_wijzigen(voorzitter=b.carla.persoon, **velden)
    assert taken() == {} and not mails(bespreking, "voorzitter"), "nothing changed"
    services.leiding_wijzigen(voorzitter=tweede.persoon, **velden)
    assert taken() == {tweede.persoon.pk: True}
    teksten = {bericht.aan: bericht.tekst for bericht in mails(bespreking, "voorzitter")}
    moment = "Leerlingbespreking, vrijdag 13 november van 10.00 tot 10.30"
    assert f"U zit deze bespreking voor: {moment}" in teksten[tweede.persoon.email]
    assert f"Ingeborg Bedacht zit deze bespreking voor: {moment}" in teksten[b.carla.persoon.email]
    assert not any("Bram" in tekst for tekst in teksten.values())
    klok_op(NU + timedelta(minutes=5))
    services.leiding_wijzigen(voorzitter=b.anna.persoon, **velden)
    assert b.anna.persoon.email not in {bericht.aan for bericht in mails(bespreking, "voorzitter")}, (
        "she did it herself"
    )
    services.leiding_wijzigen(voorzitter=tweede.persoon, **velden)
    assert taken() == {tweede.persoon.pk: True, b.anna.persoon.pk: False}
    services.bespreking_verzetten(bespreking=bespreking, begin=over(13), door=b.anna.gebruiker)
    taak = alles(Taak, sleutel=f"voorzitten:{bespreking.pk}:{tweede.persoon.pk}")
    assert taak.get().voor == over(13).date()
    services.bespreking_afzeggen(bespreking=bespreking, reden="Ziek", door=b.anna.gebruiker)
    assert not any(taken().values())


def test_weer_aan_tafel_weer_een_taak(op_school: Bezetting) -> None:
    """Taken from the table and asked again: the task that lapsed is open again."""
    b = op_school
    bespreking = leerlingbespreking(b)
    velden: dict[str, Any] = {"bespreking": bespreking, "door": b.anna.gebruiker}
    bas = services.deelnemer_toevoegen(persoon=b.bas.persoon, **velden)
    services.uitnodigen(**velden)
    services.deelnemer_weghalen(deelnemer=bas, door=b.anna.gebruiker)
    taak = alles(Taak, sleutel=f"bespreking:{bespreking.pk}:{b.bas.persoon.pk}")
    assert taak.get().vervallen_op is not None
    services.deelnemer_toevoegen(persoon=b.bas.persoon, **velden)
    services.uitnodigen(**velden)
    assert taak.get().vervallen_op is None


def test_zonder_voorzitter_geen_bespreking(op_school: Bezetting, klok_op: Callable[[datetime], None]) -> None:
    b = op_school
    bespreking = leerlingbespreking(b)
    Bespreking.objects.systeemtoegang(reden="test").filter(pk=bespreking.pk).update(voorzitter=None)
    klok_op(over(11))
    with pytest.raises(DomeinFout, match="Deze bespreking heeft geen voorzitter"):
        services.bespreking_houden(bespreking=bespreking, aanwezig=[], door=b.carla.gebruiker)
    assert b.carla.aanstelling is not None
    leerlingservices.aanstelling_beeindigen(aanstelling=b.carla.aanstelling, per=over(2).date(), door=None)
    with pytest.raises(DomeinFout, match="Er is geen intern begeleider om deze bespreking voor te zitten"):
        leerlingbespreking(b, 13)


# -- moving and calling off -------------------------------------------------------------------------------------------


def test_verzetten_vervangt_de_afspraak(op_school: Bezetting) -> None:
    b = op_school
    bespreking = leerlingbespreking(b)
    aantal = services.uitnodigen(bespreking=bespreking, door=b.anna.gebruiker)
    services.bespreking_verzetten(bespreking=bespreking, begin=over(13), door=b.anna.gebruiker)
    assert services.uitnodigen(bespreking=bespreking, door=b.anna.gebruiker) == aantal
    nieuw = [bericht for bericht in mails(bespreking) if "SEQUENCE:1" in bericht.agenda]
    assert len(nieuw) == aantal
    assert all("DTSTART:20261116T090000Z" in bericht.agenda for bericht in nieuw)
    assert len({bericht.agenda.split("UID:")[1][:30] for bericht in mails(bespreking)}) == 1, "one appointment"
    taak = alles(Taak, sleutel=f"bespreking:{bespreking.pk}:{b.anna.persoon.pk}").get()
    assert taak.voor == date(2026, 11, 16)


def test_verzetten_naar_een_vrije_dag_mag_niet(op_school: Bezetting) -> None:
    b = op_school
    bespreking = leerlingbespreking(b)
    Vrij.objects.create(
        school=b.kogerveld, naam="Kerstvakantie", soort="vakantie",
        periode=periode_vanaf(date(2026, 12, 19), date(2027, 1, 4)),
    )  # fmt: skip
    with pytest.raises(
        DomeinFout, match=r"^Maandag 21 december is een vrije dag: Kerstvakantie\. .* is vrijdag 18 december\.$"
    ):
        services.bespreking_verzetten(
            bespreking=bespreking, begin=datetime(2026, 12, 21, 15, tzinfo=ZONE), door=b.anna.gebruiker
        )
    bespreking.refresh_from_db()
    assert bespreking.begin == over(10) and bespreking.volgnummer == 0


@pytest.mark.parametrize(
    ("dag", "zin"),
    [
        (date(2026, 12, 25), "Vrijdag 25 december is een vrije dag: Kerstvakantie. {} is vrijdag 18 december."),
        (date(2027, 1, 3), "Zondag 3 januari is een vrije dag: Kerstvakantie. {} is maandag 4 januari."),
        (date(2027, 5, 6), "Donderdag 6 mei is een vrije dag: Hemelvaartsdag. {} is vrijdag 7 mei."),
        (date(2026, 11, 7), "Zaterdag 7 november is geen schooldag: het is zaterdag. {} is vrijdag 6 november."),
        (date(2026, 11, 20), ""),
    ],
)
def test_met_de_hand_plannen_kan_op_een_schooldag(op_school: Bezetting, dag: date, zin: str) -> None:
    """Also where the school filled in nothing: then the dates of its region count. On a study day the team is there."""
    b = op_school
    begin = datetime(dag.year, dag.month, dag.day, 15, 15, tzinfo=ZONE)
    velden: dict[str, Any] = {
        "school": b.kogerveld, "soort": "presentatie", "begin": begin, "sleutel": f"los:{dag}",
        "door": b.carla.gebruiker,
    }  # fmt: skip
    if not zin:
        services.vakanties_zorgen(schooljaar=b.jaar, door=None)
        Vrij.objects.create(
            school=b.kogerveld, naam="Studiedag", soort="studiedag", periode=periode_vanaf(dag, dag + timedelta(days=1))
        )
        assert services.bespreking_plannen(**velden).begin == begin
        return
    for _ in range(2):
        with pytest.raises(DomeinFout) as fout:
            services.bespreking_plannen(**velden)
        assert fout.value.zin == zin.format("De dichtstbijzijnde schooldag")
        services.vakanties_zorgen(schooljaar=b.jaar, door=None)
    gepland = services.bespreking_plannen(**velden | {"activiteit": "augustus_warme_overdracht"})
    assert gepland.begin == begin, "the year cycle means the holiday"


def test_wat_op_een_vrije_dag_was_kan_worden_vastgelegd(op_school: Bezetting) -> None:
    assert leerlingbespreking(op_school, -2).begin.isoweekday() == 7


def test_afzeggen_haalt_de_afspraak_uit_de_agenda(op_school: Bezetting) -> None:
    b = op_school
    bespreking = leerlingbespreking(b)
    aantal = services.uitnodigen(bespreking=bespreking, door=b.anna.gebruiker)
    services.bespreking_afzeggen(bespreking=bespreking, reden="Anna is ziek", door=b.anna.gebruiker)
    weg = mails(bespreking, "afgemeld")
    assert len(weg) == aantal
    assert all("METHOD:CANCEL" in bericht.agenda and "SEQUENCE:1" in bericht.agenda for bericht in weg)
    assert not alles(Taak, sleutel__startswith=f"bespreking:{bespreking.pk}:", vervallen_op__isnull=True).exists()
    with pytest.raises(DomeinFout, match="al geweest of afgezegd"):
        services.bespreking_verzetten(bespreking=bespreking, begin=over(20), door=b.anna.gebruiker)
    assert alles(Agendapunt, bespreking=bespreking).exists()
