"""What goes wrong along the route: late, twice, at once, withdrawn, killed halfway: a sentence, or it happens once.

Beside what tests/besprekingen proves of the services one by one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import connection

from besprekingen import services
from besprekingen.models import Agendapunt, Besluit, Bespreking, Deelnemer, Evaluatie
from besprekingen.services import uitnodiging
from leerlingen import services as leerlingservices
from leerlingen.models import Taak, Toestemming, Toestemmingsantwoord, Zorgniveauperiode
from tests.bouw import NU, Bezetting, fabriek
from tests.kern.test_mail import Weigert
from tests.verhaal.verhaal import schoon
from zorg.kern import klok, mail, werk
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Bericht, Werk
from zorg.kern.schoolcontext import schoolcontext

pytestmark = pytest.mark.traag

Klok = Callable[[datetime], None]
Uitvoeren = Callable[..., int]
Inloggen = Callable[[Any], Any]


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="slechte invoer").filter(**zoek)


def over(dagen: int) -> datetime:
    return NU + timedelta(days=dagen)


def gepland(b: Bezetting, soort: str = "leerlingbespreking", dagen: int = 10, **velden: Any) -> Bespreking:
    bespreking: Bespreking = services.bespreking_plannen(
        school=b.kogerveld, soort=soort, begin=over(dagen), sleutel=f"{soort}:{dagen}", door=b.carla.gebruiker,
        **({"leerling": b.bram} | velden),
    )  # fmt: skip
    return bespreking


def punt_van(bespreking: Bespreking) -> Agendapunt:
    rijen = alles(Agendapunt, bespreking=bespreking)
    punt: Agendapunt = rijen.select_related("bespreking__school", "leerling__school", "stuk").get()
    return punt


# -- a form that cannot be right --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("adres", "velden"),
    [
        ("punten/{punt}/besluit/", {"besluit": "bestaat-niet"}),
        ("punten/{punt}/besluit/", {"besluit": "x" * 5000, "toelichting": "\0"}),
        ("punten/{punt}/doel/", {"doel": "Lezen", "voor": "gisteren"}),
        ("punten/{punt}/doel/", {"doel": "Lezen", "voor": "2026-11-01"}),
        ("punten/{punt}/doel/", {"doel": "", "voor": "2026-12-01"}),
        ("punten/{punt}/actie/", {"stap": "Boeken zoeken", "wie": "999999"}),
        ("punten/{punt}/actie/", {"stap": "  ", "wie": "{anna}"}),
        ("punten/{punt}/buiten/", {"persoon": "{anna}"}),
        ("leerlingen/{bram}/niveau/", {"naar": "9"}),
        ("leerlingen/{bram}/niveau/", {}),
        ("leerlingen/{bram}/nieuw/", {"soort": "sot", "dag": "2026-13-45", "tijd": "25:99"}),
        ("leerlingen/{bram}/nieuw/", {"soort": "sot", "dag": "1999-01-04", "tijd": "15:15"}),
        ("leerlingen/{bram}/nieuw/", {"soort": "sot", "dag": "2026-12-25", "tijd": "15:15"}),
        (
            "leerlingen/{bram}/toestemming/",
            {"doel": "bot", "deelnemers": "x", "tot": "2020-01-01", "stap": "versturen"},
        ),
        ("leerlingen/{bram}/gesprek/", {"soort": "ouders", "op": "2030-01-01", "tekst": "Later."}),
        ("leerlingen/{bram}/instantie/", {"besluit": "tlv", "instantie": "", "op": "2026-11-01"}),
        ("{bespreking}/verzetten/", {"dag": "2026-12-25", "tijd": "15:15"}),
        ("{bespreking}/verzetten/", {"dag": "morgen", "tijd": ""}),
        ("{bespreking}/leiding/", {"voorzitter": "999999"}),
        ("{bespreking}/afzeggen/", {"reden": " "}),
    ],
)
def test_wat_niet_kan_wordt_geweigerd_en_schrijft_niets(
    bezetting: Bezetting, inloggen: Inloggen, adres: str, velden: dict[str, str]
) -> None:
    b, punt = bezetting, bezetting.extra["punt"]
    namen = {"punt": punt.pk, "bram": b.bram.pk, "anna": b.anna.persoon.pk, "bespreking": b.extra["bespreking"].pk}

    def stand() -> list[Any]:
        modellen = (Besluit, Evaluatie, Bespreking, Deelnemer, Taak, Toestemming, Zorgniveauperiode, Bericht)
        with schoolcontext([b.kogerveld]):
            rij = alles(Bespreking, pk=namen["bespreking"]).values("begin", "status", "voorzitter", "volgnummer").get()
            return [*(alles(model).count() for model in modellen), rij]

    eerst = stand()
    browser = inloggen(b.carla.gebruiker)
    antwoord = browser.post(f"/besprekingen/{adres.format(**namen)}", {k: w.format(**namen) for k, w in velden.items()})
    assert antwoord.status_code in (200, 409, 422) and stand() == eerst, antwoord.status_code
    if antwoord.status_code == 200:
        assert "Controleer" in antwoord.content.decode()


# -- consent ----------------------------------------------------------------------------------------------------------


def vraag(b: Bezetting, doel: str = "bot", deelnemers: str = "de orthopedagoog") -> Toestemming:
    return services.toestemming_vragen(
        leerling=b.bram, doel=doel, deelnemers=deelnemers, stukken=[b.stuk_extern], tot=None, op=None,
        door=b.carla.gebruiker,
    )  # fmt: skip


def antwoord(b: Bezetting, toestemming: Toestemming, keuze: str) -> None:
    leerlingservices.toestemming_beantwoorden(
        toestemming=toestemming, keuze=keuze, tekstversie=toestemming.tekstversie, door=b.dirk.gebruiker
    )


def groeidocument(b: Bezetting) -> None:
    stuk = leerlingservices.stuk_maken(leerling=b.bram, soort="groeidocument", titel="Groeidocument", door=None)
    fabriek.volledig(leerlingservices.document_maken(soort="groeidocument", stuk=stuk, door=None), b.carla.gebruiker)


def test_een_ouder_met_een_oude_pagina_open(bezetting: Bezetting, inloggen: Inloggen) -> None:
    """The school changed the question while Dirk read it: his yes is not taken for the new text."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        oud = vraag(b)
    browser, ja = inloggen(b.dirk.gebruiker), {"keuze": "ja", "tekstversie": oud.tekstversie}
    assert browser.get(f"/ouders/toestemming/{oud.pk}/").status_code == 200
    with schoolcontext([b.kogerveld]):
        nieuw = vraag(b, deelnemers="de orthopedagoog en de schoolarts")
    for adres in (f"/ouders/toestemming/{oud.pk}/", f"/ouders/toestemming/{nieuw.pk}/"):
        geweigerd = browser.post(adres, ja)
        assert geweigerd.status_code == 422, adres
        assert "intussen veranderd. Lees de nieuwe vraag" in schoon(geweigerd.content.decode())
    with schoolcontext([b.kogerveld]):
        assert not alles(Toestemmingsantwoord, toestemming__in=[oud, nieuw]).exists()
    assert browser.post(f"/ouders/toestemming/{nieuw.pk}/", ja | {"tekstversie": nieuw.tekstversie}).status_code == 302


def test_ja_en_nee_op_hetzelfde_moment(op_school: Bezetting) -> None:
    """The clock stands still: what was recorded last counts, whichever it is."""
    b = op_school
    groeidocument(b)
    bot, gevraagd = gepland(b, "bot", leerling=None), vraag(b)
    for keuze in ("ja", "nee"):
        antwoord(b, gevraagd, keuze)
    with pytest.raises(DomeinFout, match="Dirk Jansen geeft geen toestemming"):
        services.leerling_inbrengen(bespreking=bot, leerling=b.bram, door=b.carla.gebruiker)
    antwoord(b, gevraagd, "ja")
    assert services.leerling_inbrengen(bespreking=bot, leerling=b.bram, door=b.carla.gebruiker).pk


def test_de_school_trekt_de_vraag_de_dag_ervoor_in(
    bezetting: Bezetting, inloggen: Inloggen, klok_op: Klok, werk_uitvoeren: Uitvoeren
) -> None:
    """Karin was invited and read a paper: she is told, has no chair, and finds nothing; nothing is decided."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        leerlingservices.recht_intrekken(recht=b.recht_extern, door=b.carla.gebruiker)
        groeidocument(b)
        gevraagd = vraag(b)
        antwoord(b, gevraagd, "ja")
        bot = gepland(b, "bot")
        punt = punt_van(bot)
        services.van_buiten_vragen(punt=punt, persoon=b.extern.persoon, door=b.carla.gebruiker)
        services.uitnodigen(bespreking=bot, door=b.carla.gebruiker)
    karin, stuk = inloggen(b.extern.gebruiker), f"/leerlingen/stukken/{b.stuk_extern.pk}/"
    assert karin.get(stuk).status_code == 200
    klok_op(over(9))
    with schoolcontext([b.kogerveld]):
        leerlingservices.toestemming_intrekken(toestemming=gevraagd, door=b.carla.gebruiker)
    assert karin.get(stuk).status_code == 404
    assert karin.get(f"/besprekingen/{bot.pk}/").status_code == 404
    klok_op(over(11))
    with schoolcontext([b.kogerveld]):
        with pytest.raises(DomeinFout, match="schriftelijke toestemming van de ouders ontbreekt"):
            services.besluit_nemen(punt=punt, code="doorgaan", door=b.dora.gebruiker)
        werk_uitvoeren()
        weg = [brief for brief in django_mail.outbox if brief.to == [b.extern.persoon.email]]
        assert [brief.subject.partition(":")[0] for brief in weg][-1] == "Gaat niet door"
        services.punt_weghalen(punt=punt, door=b.carla.gebruiker)
        services.bespreking_houden(bespreking=bot, aanwezig=[], door=b.dora.gebruiker)


# -- two at once ------------------------------------------------------------------------------------------------------


def tegelijk(b: Bezetting, *werk_: Callable[[], object]) -> list[str]:
    """Do these at the same moment, each in its own thread and transaction; «gelukt» or the sentence of each."""
    samen, uit = threading.Barrier(len(werk_)), list[str]()

    def doe(stuk: Callable[[], object]) -> None:
        try:
            with klok.stilgezet(NU), schoolcontext([b.kogerveld]):
                samen.wait(20)
                stuk()
                uit.append("gelukt")
        except DomeinFout as fout:
            uit.append(fout.zin)
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(stuk,)) for stuk in werk_]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    return sorted(uit)


def test_twee_mensen_zetten_dezelfde_stap(zonder_transactie: Bezetting) -> None:
    """One period on record; the other reads that the step is not there any more."""
    b = zonder_transactie
    with schoolcontext([b.kogerveld]):
        try:
            uit = tegelijk(
                b,
                *(
                    lambda wie=wie: services.niveau_wijzigen(  # type: ignore[misc]
                        leerling=b.bram, naar="2", reden="Extra hulp bij lezen", door=wie.gebruiker
                    )
                    for wie in (b.anna, b.carla)
                ),
            )
            assert len(uit) == 2 and uit.count("gelukt") == 1, uit
            assert "gaat de route niet naar" in uit[0] + uit[1]
            periode = alles(Zorgniveauperiode, leerling=b.bram).get()
            assert alles(Taak, sleutel__startswith="stap:").count() == 2
            assert alles(Taak, sleutel__startswith=f"stap:{periode.pk}:").count() == 2
        finally:
            alles(Taak, sleutel__startswith="stap:").delete()
            alles(Zorgniveauperiode, leerling=b.bram).delete()


def test_twee_mensen_evalueren_hetzelfde_doel(zonder_transactie: Bezetting) -> None:
    b = zonder_transactie
    doel: Any = b.extra["evaluatie"]
    velden = {"vooruitgang": "", "uitkomst": "", "geevalueerd_op": None, "geevalueerd_door": None}
    with schoolcontext([b.kogerveld]):
        try:
            uit = tegelijk(
                b,
                *(
                    lambda wie=wie, hoe=hoe: services.evalueren(  # type: ignore[misc]
                        evaluatie=alles(Evaluatie, pk=doel.pk).select_related("agendapunt__stuk").get(),
                        vooruitgang=hoe,
                        uitkomst="Zo is het",
                        door=wie.gebruiker,
                    )
                    for wie, hoe in ((b.anna, "voldoende"), (b.carla, "onvoldoende"))
                ),
            )
            assert uit.count("gelukt") == 1 and any("al geëvalueerd door" in zin for zin in uit), uit
        finally:
            alles(Evaluatie, pk=doel.pk).update(**velden)
            alles(Taak, sleutel=f"evaluatie:{doel.pk}").update(klaar_op=None, klaar_door=None)


# -- the worker and the mail ------------------------------------------------------------------------------------------


class Gedood(BaseException):
    """The worker is killed: no handler of ours sees it."""


def uitnodigingen(bespreking: Bespreking) -> list[Bericht]:
    rijen = Werk.objects.filter(sleutel__startswith=f"mail:uitnodiging:{bespreking.pk}:")
    return list(alles(Bericht, pk__in=rijen.values("object_id")))


@pytest.mark.parametrize("na", [0, 1, 3])
def test_een_werker_gedood_bij_het_uitnodigen(
    op_school: Bezetting, monkeypatch: pytest.MonkeyPatch, werk_uitvoeren: Uitvoeren, na: int
) -> None:
    """Killed before, between and after the members: nothing half, and done again everybody is invited once."""
    b = op_school
    bespreking = gepland(b, "sot")
    rij = services.uitnodigen_inplannen(bespreking)
    echt, keren = uitnodiging._nodig_uit, 0

    def dood(*args: Any) -> None:
        nonlocal keren
        if keren == na:
            raise Gedood
        keren += 1
        echt(*args)

    with monkeypatch.context() as deze:
        deze.setattr(uitnodiging, "_nodig_uit", dood)
        with pytest.raises(Gedood):
            werk.uitvoeren(rij.pk)
    assert uitnodigingen(bespreking) == [] and rij.pk in werk.open_werk()
    assert not alles(Taak, sleutel__startswith=f"bespreking:{bespreking.pk}:").exists()
    werk_uitvoeren()
    Werk.objects.filter(pk=rij.pk).update(status=Werk.Status.OPEN, klaar_op=None)
    werk_uitvoeren()
    aantal = alles(Deelnemer, bespreking=bespreking).count()
    assert len({bericht.aan for bericht in uitnodigingen(bespreking)}) == len(uitnodigingen(bespreking)) == aantal
    bezorgd = [brief.to[0] for brief in django_mail.outbox if brief.subject.startswith(("Smal", "Een gesprek"))]
    assert len(bezorgd) == len(set(bezorgd)) == aantal


def test_een_uitnodiging_waarvan_niemand_weet_of_ze_aankwam(
    bezetting: Bezetting, inloggen: Inloggen, klok_op: Klok, monkeypatch: pytest.MonkeyPatch, werk_uitvoeren: Uitvoeren
) -> None:
    """The worker died while the mail server had the letter: shown as uncertain, not sent again by itself."""
    b = bezetting
    with schoolcontext([b.kogerveld]):
        bespreking = gepland(b)
        werk_uitvoeren()  # what waited already
        services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker)
        bericht = next(m for m in uitnodigingen(bespreking) if m.aan == b.anna.persoon.email)
        rij = Werk.objects.get(soort=mail.SOORT, object_id=bericht.pk)
        with monkeypatch.context() as deze:
            deze.setattr(mail, "_naar_server", lambda *args: (_ for _ in ()).throw(Gedood))
            with pytest.raises(Gedood):
                werk.uitvoeren(rij.pk)
        klok_op(NU + mail.ONZEKER_NA + timedelta(seconds=10))
        werk_uitvoeren()
        bericht.refresh_from_db()
        assert bericht.status == "onzeker"
        assert b.anna.persoon.email not in [
            brief.to[0] for brief in django_mail.outbox[-4:] if bericht.onderwerp == brief.subject
        ]
    beheerder = inloggen(b.beheerder.gebruiker)
    assert "onzeker" in beheerder.get("/beheer/").content.decode()
    pagina = beheerder.get(f"/beheer/post/{bericht.pk}/").content.decode()
    assert "kan zijn dat deze mail wel is aangekomen" in pagina and "Bram" not in pagina
    with schoolcontext([b.kogerveld]):
        mail.opnieuw_versturen(bericht=bericht)
        werk_uitvoeren()
        brief = django_mail.outbox[-1]
        assert (brief.to, brief.extra_headers["Message-ID"]) == ([bericht.aan], bericht.bericht_id)


def test_de_mailserver_is_weg(op_school: Bezetting, settings: Any, klok_op: Klok, werk_uitvoeren: Uitvoeren) -> None:
    """The invitations wait and go out once it is back; tasks and calendar did not wait for it."""
    b = op_school
    werk_uitvoeren()
    django_mail.outbox.clear()
    bespreking = gepland(b)
    aantal = services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker)
    achter, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.kern.test_mail.Weigert"
    Weigert.waar, Weigert.fout = "open", ConnectionRefusedError()
    werk_uitvoeren(mag_mislukken=True)
    assert {bericht.status for bericht in uitnodigingen(bespreking)} == {"klaar"}
    assert alles(Taak, sleutel__startswith=f"bespreking:{bespreking.pk}:").count() == aantal
    settings.EMAIL_BACKEND = achter
    for minuten in (1, 30, 120):
        klok_op(NU + timedelta(minutes=minuten))
        werk_uitvoeren()
    assert {bericht.status for bericht in uitnodigingen(bespreking)} == {"verzonden"}
    assert sorted(brief.to[0] for brief in django_mail.outbox) == sorted(m.aan for m in uitnodigingen(bespreking))


def test_wie_vertrok_komt_niet_terug_door_verzetten(
    op_school: Bezetting, werk_uitvoeren: Uitvoeren, klok_op: Klok
) -> None:
    """Els was invited, left, and the meeting moves: she gets no new invitation and no task."""
    b = op_school
    bespreking = gepland(b, "sot")
    services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker)
    assert b.duo.persoon.email in {bericht.aan for bericht in uitnodigingen(bespreking)}
    klok_op(over(1))
    assert b.duo.aanstelling is not None
    leerlingservices.aanstelling_beeindigen(aanstelling=b.duo.aanstelling, per=over(1).date(), door=None)
    with pytest.raises(DomeinFout, match="vrije dag: Kerstvakantie"):
        services.bespreking_verzetten(bespreking=bespreking, begin=NU.replace(month=12, day=23), door=b.carla.gebruiker)
    services.bespreking_verzetten(bespreking=bespreking, begin=over(14), door=b.carla.gebruiker)
    services.uitnodigen(bespreking=bespreking, door=b.carla.gebruiker)
    opnieuw = [m.aan for m in uitnodigingen(bespreking) if "SEQUENCE:1" in m.agenda]
    assert b.duo.persoon.email not in opnieuw and b.anna.persoon.email in opnieuw
    taak = alles(Taak, sleutel=f"bespreking:{bespreking.pk}:{b.duo.persoon.pk}").get()
    assert taak.vervallen_op is not None
    assert date(2026, 11, 17) == alles(Taak, sleutel=f"bespreking:{bespreking.pk}:{b.anna.persoon.pk}").get().voor
