"""The whole route of one pupil, from an empty school to the referral, each act as the person who acts.

Played from six days: an ordinary one, in the summer holiday, at Christmas, on 29 February and on both days on which the
clock changes. Every day and hour in it is the school's own, and what is done twice happens once.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied

from besprekingen import services as vergadering
from besprekingen.models import Actiepunt, Agendapunt, Besluit, Bespreking, Deelnemer, Rapport
from leerlingen import services
from leerlingen.models import Bijlage, Document, DossierstukRecht, Taak, Toestemming, Vrij, Zorgniveauperiode
from leerlingen.termijn import dagnaam, datumtekst
from plannen import services as plannen
from plannen.models import Groepsplan, Indeling
from tests.bouw import Bezetting
from tests.verhaal.verhaal import ZONE, Verhaal, alles, nog_eens, opdracht, uitslagen, verhaal
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Werk

Uitvoeren = Callable[..., int]
DAGEN = {
    "gewone dag": "2026-11-17",
    "zomervakantie": "2026-08-05",
    "kerst": "2026-12-25",
    "schrikkeldag": "2028-02-29",
    "wintertijd": "2026-10-25",
    "zomertijd": "2027-03-28",
}
VREEMD = ("collega", "andere_ouder", "andere_school")
"""Who has nothing to do with the pupil: another group's teacher, another parent, the ib'er of another school."""


OOK = frozenset({"gewone dag", "zomertijd"})
"""Left to the long runs: the browser plays an ordinary day, and the other change of the clock is in."""


@pytest.mark.traag
@pytest.mark.acceptatie("K-70")
@pytest.mark.acceptatie("K-108")
@pytest.mark.acceptatie("K-120")
@pytest.mark.acceptatie("K-124")
@pytest.mark.acceptatie("K-128")
@pytest.mark.acceptatie("K-134")
@pytest.mark.acceptatie("K-146")
@pytest.mark.acceptatie("K-156")
@pytest.mark.acceptatie("K-158")
@pytest.mark.parametrize(
    "dag", [pytest.param(dag, id=naam, marks=[pytest.mark.lang] if naam in OOK else []) for naam, dag in DAGEN.items()]
)
def test_van_lege_school_tot_verwijzing(
    bezetting: Bezetting,
    klok_op: Callable[[datetime | str], None],
    werk_uitvoeren: Uitvoeren,
    settings: Any,
    tmp_path: Path,
    dag: str,
) -> None:
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    with verhaal(dag, klok_op, tmp_path, bezetting) as v:
        plan = groepsplan(v)
        jaarkalender(v)
        groepsbespreking(v, plan, werk_uitvoeren)
        extra_ondersteuning(v)
        for keer in (1, 2):
            leerlingbespreking(v, keer)
        sot(v, werk_uitvoeren)
        toestemming(v, werk_uitvoeren)
        bot(v, werk_uitvoeren)
        verwijzing(v, werk_uitvoeren)
        einde(v)


# -- the group --------------------------------------------------------------------------------------------------------


def groepsplan(v: Verhaal) -> Groepsplan:
    """Results put everybody in an arrangement; without a goal the plan is not ready to be discussed."""
    uitslagen(v)
    juf = v.account("leerkracht")
    code = (
        "periode1"
        if (v.vandaag.month, v.vandaag.day) >= (8, 1) or v.vandaag < date(v.vandaag.year, 2, 15)
        else "periode2"
    )
    plan = plannen.groepsplan_maken(groepen=[v.groep], vak="rekenen", periodecode=code, door=juf)
    plekken = {rij.leerling.roepnaam: rij for rij in alles(Indeling, plan=plan).select_related("leerling", "plan")}
    assert plekken["Wimpie"].arrangement == "intensief" and "V" in plekken["Wimpie"].reden
    for rij in plekken.values():
        if rij.te_kiezen:
            plannen.leerling_verplaatsen(indeling=rij, arrangement=rij.arrangement, door=juf)
    with pytest.raises(DomeinFout, match=r"«klaar voor bespreking» kan nog niet: .*Doel bij Intensief arrangement"):
        plannen.stand_wijzigen(plan=plan, naar="bespreken", door=juf)
    for arrangement in {rij.arrangement for rij in plekken.values()}:
        services.antwoord_bewaren(
            document=plan.document, sectiecode=f"arrangement:{arrangement}", vraagcode="doel",
            tekst="Rekent tot honderd.", basisversie=0, door=juf,
        )  # fmt: skip
    v.doe("leerkracht", f"/plannen/{plan.pk}/stand/", naar="bespreken")
    v.dicht_voor(f"/plannen/{plan.pk}/", "andere_ouder", "moeder", "andere_school", "extern")
    v.op_niveau("1")
    return plan


def jaarkalender(v: Verhaal) -> None:
    """The year is planned on school days, in the school's hours by the clock on the wall, nobody at two tables."""
    eerst = opdracht("jaarkalender_plannen", f"--school={v.school.code}", f"--schooljaar={v.jaar}", "--json")
    gepland = list(alles(Bespreking, sleutel__startswith="jaar:"))
    assert len(gepland) == eerst["toegevoegd"]["besprekingen"] > 0
    weer = opdracht("jaarkalender_plannen", f"--school={v.school.code}", f"--schooljaar={v.jaar}", "--json")
    assert weer["toegevoegd"] == {"besprekingen": 0, "taken": eerst["toegevoegd"]["taken"], "vakanties": 0}
    assert weer["al_gepland"] == len(gepland)
    assert alles(Bespreking).count() == len(gepland)
    assert (
        alles(Taak, soort="jaarcyclus").values("sleutel").distinct().count() == alles(Taak, soort="jaarcyclus").count()
    )
    jaar = vergadering.jaar_van(services.schooljaar_van(v.school))
    bezet: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    uren = vergadering.vergadertijden_van(v.school)
    for rij in gepland:
        op_school(v, rij, mag_vrij=rij.activiteit in ("augustus_warme_overdracht", "juni_groepsplannen"))
        begin, eind = rij.begin.astimezone(ZONE), rij.eind.astimezone(ZONE)
        blokken = [*uren.tijden[begin.isoweekday()], uren.vakantie]
        assert any(blok.van <= begin.time() and eind.time() <= blok.tot for blok in blokken), (begin, eind)
        assert rij.begin > klok.nu()
        for pk in alles(Deelnemer, bespreking=rij).values_list("persoon", flat=True):
            bezet[pk].append((rij.begin, rij.eind))
    for tijden in bezet.values():
        assert all(eerst[1] <= dan[0] for eerst, dan in pairwise(sorted(tijden))), tijden
    for botsing in eerst["botsingen"]:
        assert botsing["melding"].endswith("."), botsing
        assert all(jaar.is_schooldag(date.fromisoformat(moment[:10])) for moment in botsing["past_wel"]), botsing


def op_school(v: Verhaal, bespreking: Bespreking, *, mag_vrij: bool = False) -> None:
    """On a school day, outside the holidays and not in a weekend."""
    dag = bespreking.begin.astimezone(ZONE).date()
    vrij = alles(Vrij, periode__contains=dag).values_list("naam", flat=True)
    assert dag.isoweekday() < 6 and (mag_vrij or not vrij), (dag, list(vrij))


def groepsbespreking(v: Verhaal, plan: Groepsplan, werk_uitvoeren: Uitvoeren) -> None:
    """One group meeting to come, whether the year calendar was first or the worker; the plan is definitive after it."""
    for _ in range(2):
        v.doe("ib", f"/besprekingen/groepen/{v.groep.pk}/plannen/")
        werk_uitvoeren()
        nog_eens("groepsbespreking_plannen")
    werk_uitvoeren()
    bespreking = alles(Bespreking, soort="groepsbespreking", groep=v.groep).select_related("school", "voorzitter").get()
    op_school(v, bespreking)
    adres = f"/besprekingen/{bespreking.pk}/"
    assert v.aan_tafel(bespreking) == {"leerkracht", "ib"} and bespreking.voorzitter == v.persoon("ib")
    assert f"/plannen/{plan.pk}/" in v.lees("leerkracht", adres)
    v.doe("leerkracht", f"{adres}inbrengen/", leerling=v.wimpie.pk, hulpvraag="Hoe leert Wimpie tellen tot twintig?")
    v.doe("leerkracht", f"{adres}inbrengen/", leerling=v.wimpie.pk, hulpvraag="Nog eens.")
    punt = alles(Agendapunt, bespreking=bespreking, leerling=v.wimpie).get()
    v.dicht_voor(adres, *VREEMD, "moeder", "extern")
    v.doe("ib", f"{adres}houden/", 422)  # not before it has begun
    v.zet(bespreking.begin + timedelta(minutes=50))
    v.doe("ib", f"/besprekingen/punten/{punt.pk}/besluit/", besluit="naar_leerlingbespreking", gezien="")
    v.houden("ib", bespreking)
    v.doe("ib", f"/plannen/{plan.pk}/stand/", naar="definitief")
    with pytest.raises((PermissionDenied, DomeinFout)):
        plannen.stand_wijzigen(plan=plan, naar="geevalueerd", door=v.account("rekenen"))
    plan.refresh_from_db()
    assert plan.stand == v.papier(plan.document_id).status == "definitief"


# -- level 2: extra support -------------------------------------------------------------------------------------------


def gesprek(v: Verhaal, wie: str, soort: str) -> None:
    v.doe(wie, f"{v.route}gesprek/", soort=soort, op=v.vandaag.isoformat(), tekst="Thuis telt Wimpie al tot twaalf.")


def extra_ondersteuning(v: Verhaal) -> None:
    """The teacher tells the parents first; then takes the step alone, which only then asks no reason."""
    geweigerd = v.stap("leerkracht", "2", status=422)
    assert "ouders" in geweigerd
    gesprek(v, "leerkracht", "ouders")
    v.stap("leerkracht", "2")
    v.op_niveau("2")
    assert alles(Zorgniveauperiode, leerling=v.wimpie).get().zachte_voorwaarden == []
    v.dicht_voor(v.kind, *VREEMD, "moeder", "extern")


def leerlingbespreking(v: Verhaal, keer: int) -> None:
    """By the incident method: one goal, evaluated within eight weeks; the teacher may not register for the SOT."""
    for dag in vrije_dagen(v):
        zin = v.plan("leerkracht", "leerlingbespreking", dag, 422)
        assert "dichtstbijzijnde schooldag is" in zin and dagnaam(dag).capitalize() in zin
    v.plan("leerkracht", "leerlingbespreking", v.schooldag(4), hulpvraag="Hoe leert Wimpie tellen?")
    bespreking, punt = v.bespreking("leerlingbespreking")
    op_school(v, bespreking)
    assert v.aan_tafel(bespreking) == {"leerkracht", "ib"}
    v.schrijf("leerkracht", v.papier(punt.voorbereiding_id))
    v.naar(bespreking.begin.astimezone(ZONE).date(), time(15, 50))
    assert bespreking.begin.astimezone(ZONE).time() == time(15, 30)
    adres, dag = f"/besprekingen/punten/{punt.pk}/doel/", v.vandaag
    pagina = v.lees("ib", f"/besprekingen/{bespreking.pk}/?punt={punt.pk}")
    for stap in ("hulpvraag", "tips"):
        assert stap in pagina.lower()
    uiterste = dag + timedelta(days=56)
    te_laat = v.doe("ib", adres, 422, doel=f"Doel {keer}", voor=(uiterste + timedelta(days=1)).isoformat())
    assert f"uiterlijk {dagnaam(uiterste)} {datumtekst(uiterste, dag)}" in te_laat
    for rij in alles(Vrij, soort="vakantie", periode__overlap=(dag, uiterste + timedelta(days=1))):
        assert rij.naam in te_laat, "the holidays that the term crosses are named"
    v.doe("ib", adres, doel=f"Telt vlot tot {keer * 10}.", voor=uiterste.isoformat())
    v.houden("ib", bespreking)
    doel = v.doel(punt)
    assert alles(Taak, sleutel=f"evaluatie:{doel.pk}").get().voor == uiterste
    assert (v.volgende().soort, v.volgende().voor) == ("evalueren", uiterste)
    assert [v.volgende(uiterste + timedelta(days=n)).dagen_te_laat for n in (0, 1, 7)] == [0, 1, 7]
    assert "tweede leerlingbespreking" in v.stap("ib", "3", "Het moet nu", 422) or keer == 2
    v.naar(v.schooldag(12))
    evaluatie = f"/besprekingen/evaluaties/{doel.pk}/"
    v.dicht_voor(evaluatie, "collega", "extern")
    v.doe("leerkracht", evaluatie, vooruitgang="onvoldoende", uitkomst="Nog niet gelukt.")
    v.doe("ib", evaluatie, 422, vooruitgang="voldoende", uitkomst="Toch wel.")
    assert v.doel(punt).vooruitgang == "onvoldoende"
    v.op_niveau("2")


def vrije_dagen(v: Verhaal) -> Iterable[date]:
    """The next Saturday, and the next day of a holiday or public holiday that still falls in this school year."""
    zaterdag = v.vandaag + timedelta(days=6 - v.vandaag.isoweekday() or 7)
    yield zaterdag + timedelta(days=7 * (zaterdag <= v.vandaag))
    volgende = alles(Vrij, periode__startswith__gt=v.vandaag).order_by("periode").first()
    if volgende is not None:
        yield volgende.periode.lower


# -- level 3: SOT -----------------------------------------------------------------------------------------------------


def sot(v: Verhaal, werk_uitvoeren: Uitvoeren) -> None:
    """Only the ib'er registers; parts are gathered before; agreements come back until they are done; then: BOT."""
    assert "intern begeleider" in v.stap("leerkracht", "3", "Twee keer te weinig", 422)
    assert 'value="sot"' not in v.plan("leerkracht", "sot", v.schooldag(10), 422), "it is not offered"
    with pytest.raises(DomeinFout, match=r"\(SOT\)» wordt gepland door de intern begeleider"):
        vergadering.bespreking_plannen(
            school=v.school, soort="sot", begin=klok.nu() + timedelta(days=14), sleutel="sot", leerling=v.wimpie,
            door=v.account("leerkracht"),
        )  # fmt: skip
    v.op_niveau("2")
    assert "schrijft waarom" in v.stap("ib", "3", status=422)
    v.stap("ib", "3", "Twee keer te weinig vooruitgang; het kindgesprek komt nog.")
    v.op_niveau("3")
    v.plan("ib", "sot", v.schooldag(9))
    bespreking, punt = v.bespreking("sot")
    adres = f"/besprekingen/{bespreking.pk}/"
    op_school(v, bespreking)
    assert v.aan_tafel(bespreking) == {"ib", "rekenen", "lezen", "gedrag", "leerkracht", "moeder", "vader"}
    assert bespreking.voorzitter == v.persoon("ib") and bespreking.notulist in {
        v.persoon(n) for n in ("lezen", "rekenen", "gedrag")
    }
    uitgenodigd_een_keer(v, bespreking, werk_uitvoeren)
    # the school's part beforehand: who, before when, and gone when it is there
    wacht = v.volgende()
    dag = bespreking.begin.astimezone(ZONE).date()
    assert wacht.wie_rollen == ("leerkracht",) and wacht.voor == dag - timedelta(days=7), wacht
    papier = v.papier(punt.voorbereiding_id)
    v.schrijf("leerkracht", papier, deel=1)
    assert v.volgende().titel == f"SOT op {datumtekst(dag, v.vandaag)}"
    # nobody from outside without consent for it
    buiten = v.lees("ib", f"/besprekingen/punten/{punt.pk}/buiten/")
    assert "toestemming" in buiten
    v.doe("ib", f"/besprekingen/punten/{punt.pk}/buiten/", 422, persoon=v.persoon("extern").pk)
    assert "extern" not in v.aan_tafel(bespreking)
    v.dicht_voor(adres, *VREEMD, "extern")
    v.naar(dag, time(15, 55))
    for stap, wie in (("Dagplanning op tafel", "leerkracht"), ("Werk klaarmaken", "rekenen")):
        v.doe(
            "ib", f"/besprekingen/punten/{punt.pk}/actie/", onderwerp="Rekenen", stap=stap, wie=v.persoon(wie).pk,
            voor=(dag + timedelta(days=7)).isoformat(),
        )  # fmt: skip
    uiterste = dag + timedelta(days=56)
    v.doe("ib", f"/besprekingen/punten/{punt.pk}/doel/", doel="Rekent met de getallenlijn.", voor=uiterste.isoformat())
    v.doe("ib", f"/besprekingen/punten/{punt.pk}/besluit/", besluit="doorgaan", gezien="")
    v.houden("ib", bespreking)
    klaar, blijft = alles(Actiepunt, agendapunt=punt).order_by("pk")
    v.doe("leerkracht", f"/besprekingen/acties/{klaar.pk}/klaar/")
    assert alles(Taak, sleutel=f"actiepunt:{blijft.pk}", klaar_op__isnull=True).get().persoon == v.persoon("rekenen")
    assert (v.volgende().soort, v.volgende().voor) == ("evalueren", uiterste)
    v.naar(v.schooldag(12))
    assert "geëvalueerd" in v.stap("ib", "4", "Het moet nu", 422)
    v.doe("ib", f"/besprekingen/evaluaties/{v.doel(punt).pk}/", vooruitgang="onvoldoende", uitkomst="Te weinig.")
    gezien = alles(Besluit, agendapunt=punt).get().genomen_op.isoformat()
    v.doe("ib", f"/besprekingen/punten/{punt.pk}/besluit/", besluit="naar_bot", gezien=gezien)
    assert v.volgende().naar == "4"


def uitgenodigd_een_keer(v: Verhaal, bespreking: Bespreking, werk_uitvoeren: Uitvoeren) -> None:
    """One mail each with the local hour and no pupil; the work done over sends none again."""
    werk_uitvoeren()
    sleutels = Werk.objects.filter(sleutel__startswith=f"mail:uitnodiging:{bespreking.pk}:")
    assert sleutels.count() == alles(Deelnemer, bespreking=bespreking).count()
    verzonden = len(django_mail.outbox)
    v.doe("ib", f"/besprekingen/{bespreking.pk}/uitnodigen/")
    nog_eens("mail_versturen")
    werk_uitvoeren()
    assert len(django_mail.outbox) == verzonden and sleutels.count() == alles(Deelnemer, bespreking=bespreking).count()
    for brief in django_mail.outbox:
        assert "Wimpie" not in brief.subject + brief.body
    begin = bespreking.begin.astimezone(ZONE)
    uitnodiging = [bericht for bericht in v.mails("moeder") if bericht.agenda][-1]
    assert f"{dagnaam(begin.date())} {datumtekst(begin.date(), v.vandaag)} van 15.30 tot" in uitnodiging.tekst
    assert f"DTSTART:{bespreking.begin:%Y%m%dT%H%M%SZ}" in uitnodiging.agenda.replace("\r\n ", "")


# -- level 4: BOT -----------------------------------------------------------------------------------------------------


def groeidocument(v: Verhaal) -> Document:
    return v.papier(alles(Document, stuk__leerling=v.wimpie, soort="groeidocument").get().pk)


def papier(v: Verhaal, wie: str, soort: str) -> Document:
    plannen.papier_beginnen(leerling=v.wimpie, soort=soort, door=v.account(wie))
    return v.papier(alles(Document, stuk__leerling=v.wimpie, soort=soort).get().pk)


def toestemming(v: Verhaal, werk_uitvoeren: Uitvoeren) -> None:
    """No BOT without the written yes of both parents, each read in the portal; each refusal says what is missing."""
    reden = "BOT kan nog niet: schriftelijke toestemming van de ouders ontbreekt"
    assert reden in v.stap("ib", "4", "Het moet nu", 422)
    assert reden in v.plan("ib", "bot", v.schooldag(10), 422)
    assert not alles(Bespreking, soort="bot").exclude(sleutel__startswith="jaar:").exists(), "refused whole"
    groei = papier(v, "leerkracht", "groeidocument")
    v.schrijf("leerkracht", groei, deel=1)
    vraag = vragen(v, "bot", groei.stuk_id)
    werk_uitvoeren()
    antwoorden(v, vraag, "BOT kan nog niet: schriftelijke toestemming van {} ontbreekt", "4")
    v.stap("ib", "4", "Het plan van aanpak volgt.")
    v.op_niveau("4")


def vragen(v: Verhaal, doel: str, *stukken: int) -> Toestemming:
    """The ib'er sees the text as the parents will read it, and asks."""
    velden: dict[str, Any] = {
        "doel": doel, "deelnemers": "de orthopedagoog", "op": "", "stukken": stukken,
        "tot": (v.vandaag + timedelta(days=40)).isoformat(),
    }  # fmt: skip
    adres = f"{v.route}toestemming/"
    assert "de orthopedagoog" in v.doe("ib", adres, 200, **velden)
    assert not alles(Toestemming, doel=doel).exists()
    v.doe("ib", adres, **velden, stap="versturen")
    return alles(Toestemming, doel=doel).get()


def antwoorden(v: Verhaal, vraag: Toestemming, reden: str, naar: str) -> None:
    """Mother reads and says yes, which is not enough; then father. Nobody else finds the question."""
    adres = f"/ouders/toestemming/{vraag.pk}/"
    v.dicht_voor(adres, *VREEMD, "extern", "leerkracht")
    ja = {"keuze": "ja", "tekstversie": vraag.tekstversie}
    for wie, nog in (("moeder", "vader"), ("vader", "")):
        pagina = v.lees(wie, adres)
        tot = vraag.geldig_tot
        assert "de orthopedagoog" in pagina and f"Na {tot.day} " in pagina and str(tot.year) in pagina
        v.doe(wie, adres, **ja, opmerking=f"Dat is goed, zegt {wie}.")
        if nog:
            assert reden.format(v.persoon(nog).naam) in v.stap("ib", naar, "Het moet nu", 422)


def bot(v: Verhaal, werk_uitvoeren: Uitvoeren) -> None:
    """Chaired by the director; from outside only with that consent, the named paper only, and until its last day."""
    v.plan("ib", "bot", v.schooldag(9))
    bespreking, punt = v.bespreking("bot")
    adres = f"/besprekingen/{bespreking.pk}/"
    op_school(v, bespreking)
    assert v.aan_tafel(bespreking) == {"directeur", "ib", "leerkracht", "moeder", "vader"}
    assert (bespreking.voorzitter, bespreking.notulist) == (v.persoon("directeur"), v.persoon("ib"))
    stuk = f"/leerlingen/stukken/{groeidocument(v).stuk_id}/"
    v.dicht_voor(stuk, *VREEMD, "extern")
    v.doe("ib", f"/besprekingen/punten/{punt.pk}/buiten/", persoon=v.persoon("extern").pk)
    v.doe("ib", f"/besprekingen/punten/{punt.pk}/buiten/", persoon=v.persoon("extern").pk)
    assert alles(Deelnemer, bespreking=bespreking, persoon=v.persoon("extern")).get().extern
    v.doe("ib", f"{adres}uitnodigen/")
    uitgenodigd_een_keer(v, bespreking, werk_uitvoeren)
    assert v.mails("extern")[-1].aan == v.persoon("extern").email
    v.lees("extern", stuk)
    for dicht in (v.kind, f"{v.kind}dossier/", f"{v.route}zorg/", f"/leerlingen/stukken/{punt.stuk_id}/"):
        v.dicht_voor(dicht, "extern")
    v.dicht_voor(f"/leerlingen/stukken/{punt.stuk_id}/", *VREEMD)
    laatste = alles(Toestemming, doel="bot").get().geldig_tot
    for moment, status in ((datetime.combine(laatste, time(23, 59), tzinfo=ZONE), 200),
                           (datetime.combine(laatste + timedelta(days=1), time(0, 0), tzinfo=ZONE), 404)):  # fmt: skip
        with klok.stilgezet(moment):
            v.lees("extern", stuk, status)
    v.naar(bespreking.begin.astimezone(ZONE).date(), time(16, 20))
    pagina = v.lees("directeur", f"{adres}?punt={punt.pk}")
    assert "Werk klaarmaken" in pagina and "Dagplanning op tafel" not in pagina, "what is not done comes back"
    open_ = alles(Actiepunt, klaar_op__isnull=True).get()
    v.doe("rekenen", f"/besprekingen/acties/{open_.pk}/klaar/")
    assert "Werk klaarmaken" not in v.lees("directeur", f"{adres}?punt={punt.pk}")
    v.doe(
        "directeur", f"/besprekingen/punten/{punt.pk}/besluit/", besluit="verwijzing", gezien="", toelichting="Samen."
    )
    v.houden("directeur", bespreking)
    v.doe("directeur", f"{adres}houden/", 422)
    assert alles(Taak, sleutel__startswith=f"na:{punt.pk}:").values("sleutel").distinct().count() == 1
    v.op_niveau("4")


# -- level 5: referral ------------------------------------------------------------------------------------------------


def verwijzing(v: Verhaal, werk_uitvoeren: Uitvoeren) -> None:
    """The report says what is missing until nothing is; with the words of the parents a worker files it, once."""
    assert v.volgende().naar == "5"
    assert {u.voorwaarde for u in v.volgende().ontbreekt} == {"gesprek", "toestemming", "document"}
    assert "Verwijzing kan nog niet" in v.stap("ib", "5", "Het moet nu", 422)
    gesprek(v, "ib", "oogo")
    v.schrijf("ib", groeidocument(v), deel=2)
    okr = papier(v, "ib", "okr")
    rapport = f"{v.route}rapport/"
    pagina = v.lees("ib", rapport)
    assert "Nog niet volledig" in pagina and "Onderdeel e (Verzuimgeschiedenis) is leeg" in pagina
    v.schrijf("ib", okr)
    v.doe("ib", f"/leerlingen/stukken/{okr.stuk_id}/publiceren/")
    v.lees("moeder", f"/ouders/stukken/{okr.stuk_id}/")
    v.dicht_voor(f"/ouders/stukken/{okr.stuk_id}/", "andere_ouder")
    vraag = vragen(v, "verwijzing", okr.stuk_id, groeidocument(v).stuk_id)
    antwoorden(v, vraag, "Verwijzing kan nog niet: schriftelijke toestemming van {} ontbreekt", "5")
    pagina = v.lees("ib", rapport)
    assert "Nog niet volledig" not in pagina
    assert "Dat is goed, zegt moeder." in pagina and f"ingezien op {datumtekst(v.vandaag, v.vandaag)}" in pagina
    v.doe("ib", rapport)
    v.doe("ib", rapport)
    werk_uitvoeren()
    nog_eens("okr_maken")
    werk_uitvoeren()
    gemaakt = alles(Rapport, leerling=v.wimpie).get()
    bijlage = alles(Bijlage, stuk=gemaakt.stuk_id).get()
    with bijlage.bestand.open() as bestand:
        inhoud = bestand.read()
    assert inhoud[:5] == b"%PDF-" and gemaakt.versie == 1 and gemaakt.ontbreekt == []
    assert hashlib.sha256(inhoud).hexdigest() == bijlage.sha256 == gemaakt.sha256
    assert "volledig" in v.lees("ib", rapport)
    v.dicht_voor(f"/leerlingen/bijlagen/{bijlage.pk}/", *VREEMD, "moeder", "extern")
    assert "intern begeleider" in v.stap("leerkracht", "5", "Samen besloten", 422)
    v.stap("ib", "5")
    v.op_niveau("5")


def einde(v: Verhaal) -> None:
    """The page of the pupil tells how it came so and what is next; strangers still find nothing."""
    pagina = v.lees("leerkracht", f"{v.route}zorg/")
    namen = (
        "Extra ondersteuning in de groep",
        "Speciale ondersteuning, SOT",
        "Breed ondersteuningsteam, BOT",
        "Externe zorg",
    )
    plekken = [pagina.index(naam, pagina.index("Hoe het zo kwam")) for naam in reversed(namen)]
    assert plekken == sorted(plekken), "newest first"
    perioden = list(alles(Zorgniveauperiode, leerling=v.wimpie).order_by("periode"))
    assert [rij.niveau for rij in perioden] == ["2", "3", "4", "5"]
    for vorige, volgende in pairwise(perioden):
        assert vorige.periode.upper == volgende.periode.lower
    assert "toelaatbaarheidsverklaring (TLV)" in v.lees("leerkracht", v.kind)
    assert v.volgende().soort == "afronden"
    for soort, op in (("tlv", 0), ("plaatsing", 0)):
        v.doe(
            "ib", f"{v.route}instantie/", besluit=soort, instantie="Samenwerkingsverband",
            op=(v.vandaag - timedelta(days=op)).isoformat(),
        )  # fmt: skip
    assert v.volgende().soort == "klaar"
    v.naar(alles(Toestemming, doel="verwijzing").get().geldig_tot + timedelta(days=1))
    assert not alles(DossierstukRecht, user=v.account("extern")).geldig().exists()
    for adres in (v.kind, f"{v.kind}dossier/", f"{v.route}zorg/", f"/leerlingen/stukken/{groeidocument(v).stuk_id}/"):
        v.dicht_voor(adres, "extern")
    v.dicht_voor(f"{v.route}zorg/", *VREEMD)
    dubbel = alles(Taak, leerling=v.wimpie).values_list("sleutel", flat=True)
    assert len(dubbel) == len(set(dubbel))
