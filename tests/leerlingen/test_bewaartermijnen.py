"""Retention: what goes and what stays, the proof, and the doors that let nothing else out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as instellingen
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from leerlingen import services
from leerlingen.models import Bijlage, Dossierstuk, Leerling, Persoon, Taak, Vernietiging
from leerlingen.services import bewaren
from leerlingen.services.bewaarbeperking import bewaarbeperking_opheffen, bewaarbeperking_zetten
from leerlingen.services.bewaren import bewaartermijnen_uitvoeren
from leerlingen.tasks import bewaartermijnen_voorstellen
from tests.architectuur.hulp import eigen_modellen, is_geschiedenis
from tests.bouw import Bezetting
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, Schoolkoppeling
from zorg.kern.schoolcontext import schoolcontext
from zorg.logboek.services import vastleggen

pytestmark = pytest.mark.traag
Klok = Callable[[datetime | str], None]


# -- a pupil who left ------------------------------------------------------------------------------------------


@pytest.fixture
def weg(op_school: Bezetting, settings: Any, tmp_path: Path) -> Bezetting:
    """Bram, of whom there is everything, was last at school on Monday 9 November 2026. His files are in a copy."""
    shutil.copytree(instellingen.MEDIA_ROOT, tmp_path / "bestanden")
    settings.MEDIA_ROOT = tmp_path / "bestanden"
    services.uitschrijven(leerling=op_school.bram, per=date(2026, 11, 10), door=op_school.carla.gebruiker)
    return op_school


def rijen_over(leerling_id: int) -> dict[str, int]:
    """Rows by model that point to the pupil or to one of the pieces, history included."""
    stukken = set(
        Dossierstuk.objects.systeemtoegang(reden="tellen").filter(leerling_id=leerling_id).values_list("pk", flat=True)
    )
    gevonden = {}
    for model in eigen_modellen():
        velden = {veld.name: veld for veld in model._meta.local_fields}
        alle: Any = model._default_manager
        for naam, waarden in (("leerling", {leerling_id}), ("content_object", {leerling_id}), ("stuk", stukken)):
            veld = velden.get(naam)
            if veld is None or veld.related_model not in (Leerling, Dossierstuk):
                continue
            ids = stukken if veld.related_model is Dossierstuk else waarden
            aantal = alle.systeemtoegang(reden="tellen").filter(**{f"{veld.attname}__in": ids}).count()
            if aantal:
                gevonden[f"{model.__name__}.{naam}"] = aantal
    return gevonden


def voer_uit(b: Bezetting, **opties: Any) -> bewaren.Uitkomst:
    return bewaartermijnen_uitvoeren(school=b.kogerveld, door=None, **opties)


def tellingen(*, zonder: tuple[str, ...] = ()) -> dict[str, int]:
    """Rows by table, of the schools in the context."""
    uit = {}
    with connection.cursor() as cursor:
        for model in eigen_modellen():
            cursor.execute(f'select count(*) from "{model._meta.db_table}"')
            if model._meta.label not in zonder:
                uit[model._meta.label] = cursor.fetchone()[0]
    return uit


def waar_staat(woord: str) -> list[str]:
    """The tables in which a row has this word in any column."""
    gevonden = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
            " and not relispartition"
        )
        for (tabel,) in cursor.fetchall():
            cursor.execute(f'select count(*) from "{tabel}" t where t::text ~ %s', [rf"\y{woord}\y"])
            if cursor.fetchone()[0]:
                gevonden.append(tabel)
    return sorted(gevonden)


def test_een_dag_te_vroeg_gaat_er_niets(weg: Bezetting, klok_op: Klok) -> None:
    vast = tellingen()
    klok_op("2028-11-09T23:30")
    assert voer_uit(weg).is_leeg
    assert tellingen() == vast


def test_na_twee_jaar_gaat_het_dossier(weg: Bezetting, klok_op: Klok) -> None:
    b, bram = weg, weg.bram.pk
    bestanden = [
        str(naam)
        for naam in Bijlage.objects.systeemtoegang(reden="tellen")
        .filter(stuk__leerling=bram)
        .values_list("bestand", flat=True)
    ]
    assert bestanden and all(default_storage.exists(naam) for naam in bestanden)
    aya = rijen_over(b.aya.pk)
    klok_op("2028-11-10T00:30")
    uitkomst = voer_uit(b)
    assert (uitkomst.leerlingen, uitkomst.geheel, uitkomst.mislukt) == (1, 0, 0)
    assert set(uitkomst.termijnen) == {"leerlingdossier", "toestemming"}
    over = rijen_over(bram)
    assert over.pop("Ouderschap.leerling") == 3 and over.pop("Plaatsing.leerling") == 1
    # the report for the next school, its piece, and the history of what is left
    assert {naam for naam in over if "Gebeurtenis" not in naam} == {
        "Dossierstuk.leerling",
        "Rapport.leerling",
        "Rapport.stuk",
    }
    assert {naam.partition("Gebeurtenis")[0] for naam in over if "Gebeurtenis" in naam} == {
        "Dossierstuk",
        "Plaatsing",
        "Ouderschap",
        "Rapport",
    }
    assert not [naam for naam in bestanden if default_storage.exists(naam)]
    assert rijen_over(b.aya.pk) == aya
    assert waar_staat("Rustige start") == []
    bewijs = Vernietiging.objects.systeemtoegang(reden="tellen").get(termijn="leerlingdossier")
    assert (bewijs.leerling_nummer, bewijs.maanden, bewijs.te_wissen) == (bram, 24, [])
    assert "twee jaar" in bewijs.grond
    assert bewijs.aantallen["bestand"] == len(bestanden)
    assert bewijs.aantallen["dossierstuk"] > 5 and bewijs.aantallen["geschiedenis"] > 5
    assert {"resultaat", "indeling", "agendapunt", "evaluatie", "actiepunt", "antwoord"} <= set(bewijs.aantallen)
    assert voer_uit(b).leerlingen == 0, "twice is once"


def test_daarna_de_verwijzing_en_ten_slotte_alles(weg: Bezetting, klok_op: Klok) -> None:
    b, bram = weg, weg.bram.pk
    reden = "Gesprek met Bram over thuis"
    klok_op("2029-11-09T12:00")
    vastleggen("proef", school=b.kogerveld, door=b.carla.gebruiker, leerling=b.bram, reden=reden)
    assert voer_uit(b).leerlingen == 1
    assert Dossierstuk.objects.systeemtoegang(reden="tellen").filter(leerling=bram).exists()
    klok_op("2029-11-10T12:00")
    assert set(voer_uit(b).termijnen) == {"verwijzing"}
    assert not Dossierstuk.objects.systeemtoegang(reden="tellen").filter(leerling=bram).exists()
    klok_op("2031-09-01T12:00")
    assert voer_uit(b).geheel == 1, "Wim, who left at the end of August"
    klok_op("2031-11-09T12:00")
    assert voer_uit(b).leerlingen == 0
    assert "leerlingen_leerling" in waar_staat("Bram")
    assert waar_staat(reden) == ["logboek_logregel"]
    # two of his parents have no other child here; Dirk has Aya
    alleen_bram = [b.ouder_zonder_gezag, b.ouder_onbekend]
    klok_op("2031-11-10T12:00")
    uitkomst = voer_uit(b)
    assert (uitkomst.leerlingen, uitkomst.geheel) == (1, 1)
    assert not Leerling.objects.systeemtoegang(reden="tellen").filter(pk=bram).exists()
    assert rijen_over(bram) == {}
    assert waar_staat("Bram") == [] and waar_staat(reden) == []
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from logboek_logregel where leerling_id = %s and reden = ''", [bram])
        assert cursor.fetchone()[0] > 0, "that somebody looked stays on record for its own term"
    personen = Persoon.objects.systeemtoegang(reden="tellen")
    assert not personen.filter(pk__in=[lid.persoon.pk for lid in alleen_bram]).exists()
    for lid in alleen_bram:
        account = Gebruiker.objects.get(pk=lid.gebruiker.pk)
        assert not account.is_active and account.naam == "vervallen account" and "invalid" in account.email
        assert not Schoolkoppeling.objects.filter(gebruiker=account).exists()
    assert personen.filter(pk=b.dirk.persoon.pk).exists()
    assert Gebruiker.objects.get(pk=b.dirk.gebruiker.pk).is_active
    bewijzen = Vernietiging.objects.systeemtoegang(reden="tellen").filter(leerling_nummer=bram)
    assert {rij.termijn for rij in bewijzen} >= {"leerlingdossier", "verwijzing", "verzuim"}
    assert voer_uit(b).is_leeg


def test_wat_eerder_werd_weggehaald_verdwijnt_ook_uit_de_geschiedenis(weg: Bezetting, klok_op: Klok) -> None:
    """Of a circle that was opened again only history is left; it goes with the pupil."""
    from leerlingen.models import Kringlid

    versies: Any = Kringlid._meta.apps.get_model("leerlingen", "KringlidGebeurtenis")
    services.kring_zetten(stuk=weg.in_kring, lezers=[], door=weg.carla.gebruiker)
    van_stuk = versies.objects.systeemtoegang(reden="tellen").filter(stuk_id=weg.in_kring.pk)
    assert van_stuk.exists()
    klok_op("2028-11-10T12:00")
    voer_uit(weg)
    assert not van_stuk.exists()
    assert [m for m in eigen_modellen() if is_geschiedenis(m)], "there is history"


@pytest.mark.parametrize(("nu", "weg_"), [("2027-11-03T12:00", False), ("2027-11-04T12:00", True)])
def test_een_termijn_vanaf_het_schrijven_loopt_ook_op_school(
    op_school: Bezetting, klok_op: Klok, nu: str, weg_: bool
) -> None:
    b = op_school
    stuk = services.stuk_maken(
        leerling=b.aya, soort="notitie", titel="Voor mijzelf", bewaargrond="werkaantekening", door=b.anna.gebruiker
    )
    klok_op(nu)
    assert (voer_uit(b).termijnen == {}) is not weg_
    assert Dossierstuk.objects.systeemtoegang(reden="tellen").filter(pk=stuk.pk).exists() is not weg_
    assert Leerling.objects.systeemtoegang(reden="tellen").filter(pk=b.aya.pk).exists()


def test_een_onbekende_grond_telt_als_dossier(weg: Bezetting, klok_op: Klok) -> None:
    Dossierstuk.objects.systeemtoegang(reden="proef").filter(pk=weg.notitie.pk).update(bewaargrond="van_vroeger")
    klok_op("2028-11-10T12:00")
    voer_uit(weg)
    assert not Dossierstuk.objects.systeemtoegang(reden="tellen").filter(pk=weg.notitie.pk).exists()


def test_een_andere_school_blijft_heel(weg: Bezetting, klok_op: Klok) -> None:
    with schoolcontext([weg.anders]):
        services.uitschrijven(leerling=weg.leerling_anders, per=date(2026, 11, 10), door=None)
        vast = tellingen()
    klok_op("2032-01-01T12:00")
    voer_uit(weg)
    with schoolcontext([weg.anders]):
        nu = tellingen()
    schoolloos = {"kern.Werk", "kern.Schoolkoppeling"}  # without a wall: a door of the first school closed
    assert {m: n for m, n in nu.items() if m not in schoolloos} == {
        m: n for m, n in vast.items() if m not in schoolloos
    }


# -- holding back ----------------------------------------------------------------------------------------------


def test_met_een_bewaarbeperking_gaat_er_niets(weg: Bezetting, klok_op: Klok) -> None:
    b = weg
    with pytest.raises(PermissionDenied):
        bewaarbeperking_zetten(leerling=b.bram, reden="Klacht", door=b.bas.gebruiker)
    with pytest.raises(DomeinFout):
        bewaarbeperking_zetten(leerling=b.bram, reden="  ", door=b.dora.gebruiker)
    with pytest.raises(DomeinFout):
        bewaarbeperking_zetten(leerling=b.bram, reden="Klacht", tot_en_met=date(2026, 11, 2), door=b.dora.gebruiker)
    bewaarbeperking_zetten(leerling=b.bram, reden="Klacht", tot_en_met=date(2033, 3, 1), door=b.dora.gebruiker)
    klok_op("2033-03-01T12:00")
    vast = rijen_over(b.bram.pk)
    uitkomst = voer_uit(b)
    assert (uitkomst.leerlingen, uitkomst.beperkt) == (1, 1), "Wim goes, Bram stays"
    assert rijen_over(b.bram.pk) == vast
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where leerling_id = %s), count(*) filter (where leerling_id = %s)"
            " from logboek_logregel where tijd < '2027-01-01'",
            [b.bram.pk, b.aya.pk],
        )
        van_bram, van_aya = cursor.fetchone()
    assert van_bram > 0 and van_aya == 0, "lines about him stay too"
    klok_op("2033-03-02T12:00")
    assert voer_uit(b).geheel == 1


def test_opheffen_laat_de_termijn_weer_tellen(weg: Bezetting, klok_op: Klok) -> None:
    bewaarbeperking_zetten(leerling=weg.bram, reden="Klacht", door=weg.dora.gebruiker)
    klok_op("2028-11-10T12:00")
    assert voer_uit(weg).beperkt == 1
    bewaarbeperking_opheffen(leerling=weg.bram, door=weg.dora.gebruiker)
    bewaarbeperking_opheffen(leerling=weg.bram, door=weg.dora.gebruiker)
    assert voer_uit(weg).leerlingen == 1


def test_een_beperking_met_een_opdracht(weg: Bezetting, klok_op: Klok) -> None:
    wie = ["bewaarbeperking", "--school", weg.kogerveld.code, "--leerling", str(weg.bram.pk)]
    for verkeerd, status in (
        (["bewaarbeperking", "--school", weg.anders.code, "--leerling", str(weg.bram.pk), "--opheffen"], 2),
        ([*wie, "--reden", " "], 1),
        ([*wie, "--reden", "Klacht", "--tot-en-met", "2026-11-01"], 1),
    ):
        with pytest.raises(CommandError) as fout:
            call_command(*verkeerd, stdout=StringIO())
        assert fout.value.returncode == status
    uit = StringIO()
    call_command(*wie, "--reden", "Klacht", "--tot-en-met", "2030-01-01", stdout=uit)
    klok_op("2028-11-10T12:00")
    assert voer_uit(weg).beperkt == 1
    call_command(*wie, "--opheffen", stdout=uit)
    assert voer_uit(weg).leerlingen == 1
    assert "Bram" not in uit.getvalue()


# -- broken off ------------------------------------------------------------------------------------------------


def test_een_bestand_dat_bleef_staan_gaat_de_volgende_keer(
    weg: Bezetting, klok_op: Klok, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the rows and the file: the proof still names it."""
    klok_op("2028-11-10T12:00")
    with monkeypatch.context() as even:
        even.setattr(bewaren, "_wis_bestanden", lambda school: 0)
        voer_uit(weg)
    (bewijs,) = Vernietiging.objects.systeemtoegang(reden="tellen").exclude(te_wissen=[])
    assert all(default_storage.exists(naam) for naam in bewijs.te_wissen)
    assert voer_uit(weg).bestanden == len(bewijs.te_wissen)
    assert not any(default_storage.exists(naam) for naam in bewijs.te_wissen)
    bewijs.refresh_from_db()
    assert bewijs.te_wissen == []


def test_een_leerling_die_niet_lukt_houdt_de_anderen_niet_op(
    weg: Bezetting, klok_op: Klok, monkeypatch: pytest.MonkeyPatch
) -> None:
    b = weg
    services.uitschrijven(leerling=b.aya, per=date(2026, 11, 10), door=None)
    echt, vast = bewaren.verwijder, rijen_over(b.bram.pk)

    def hapert(rijen: Any, school_id: int) -> dict[str, int]:
        gedaan = echt(rijen, school_id)
        if b.notitie.pk in rijen.get(Dossierstuk, set()):
            raise bewaren.NogGebruikt("halverwege")
        return gedaan

    monkeypatch.setattr(bewaren, "verwijder", hapert)
    klok_op("2028-11-10T12:00")
    uitkomst = voer_uit(b)
    assert (uitkomst.leerlingen, uitkomst.mislukt) == (1, 1)
    assert rijen_over(b.bram.pk) == vast, "rolled back whole"
    monkeypatch.setattr(bewaren, "verwijder", echt)
    assert voer_uit(b).leerlingen == 1


# -- the logbook -----------------------------------------------------------------------------------------------


def test_logregels_gaan_na_hun_termijn(op_school: Bezetting, klok_op: Klok) -> None:
    b = op_school
    klok_op(datetime(2026, 11, 20, 23, 59, tzinfo=ZoneInfo("Europe/Amsterdam")))
    vastleggen("de_laatste", school=b.kogerveld, door=None)
    klok_op(datetime(2026, 11, 21, 0, 0, tzinfo=ZoneInfo("Europe/Amsterdam")))
    vastleggen("de_volgende", school=b.kogerveld, door=None)

    def over() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("select handeling from logboek_logregel where handeling like 'de_%%' order by tijd")
            return [naam for (naam,) in cursor.fetchall()]

    klok_op("2031-11-20T12:00")
    voer_uit(b)
    assert over() == ["de_laatste", "de_volgende"]
    klok_op("2031-11-21T12:00")
    geteld = voer_uit(b, proef=True).logregels
    assert voer_uit(b).logregels == geteld == 1
    assert over() == ["de_volgende"]
    bewijs = Vernietiging.objects.systeemtoegang(reden="tellen").filter(termijn="logboek").first()
    assert bewijs.aantallen == {"logregel": 1} and bewijs.leerling_nummer is None


# -- the command -----------------------------------------------------------------------------------------------


def draai(*argumenten: str) -> str:
    uit = StringIO()
    call_command("bewaartermijnen_uitvoeren", *argumenten, stdout=uit)
    return uit.getvalue()


def test_een_proef_telt_alleen(weg: Bezetting, klok_op: Klok) -> None:
    code = weg.kogerveld.code
    klok_op("2028-11-10T12:00")
    vast = tellingen()
    proef = json.loads(draai("--school", code, "--proef", "--json"))
    assert tellingen() == vast
    assert all(default_storage.exists(str(b.bestand)) for b in Bijlage.objects.systeemtoegang(reden="tellen"))
    assert proef["proef"] is True
    echt = json.loads(draai("--school", code, "--json"))
    assert echt["scholen"] == proef["scholen"] != []
    assert echt["scholen"][0]["leerlingen"] == 1
    assert json.loads(draai("--school", code, "--json"))["scholen"][0]["leerlingen"] == 0


def test_alle_scholen_en_geen_namen(weg: Bezetting, klok_op: Klok) -> None:
    klok_op("2033-01-01T12:00")
    tekst = draai()
    assert weg.kogerveld.code in tekst and weg.anders.code in tekst
    assert "2 geheel" in tekst, "Bram and Wim"
    assert "Bram" not in tekst and "Jansen" not in tekst
    with pytest.raises(CommandError) as fout:
        draai("--school", "bestaat-niet")
    assert fout.value.returncode == 2


def test_beat_stelt_alleen_voor(weg: Bezetting, klok_op: Klok) -> None:
    """Once for the director, and gone when it was done; nothing is destroyed by itself."""
    from zorg.celery import app

    regel = app.conf.beat_schedule["bewaartermijnen-voorstellen"]
    assert regel["task"] == bewaartermijnen_voorstellen.name
    taken: Any = Taak.objects.systeemtoegang(reden="tellen").filter(soort="bewaartermijnen")
    klok_op("2028-11-09T12:00")
    assert bewaartermijnen_voorstellen() == 0
    klok_op("2028-11-10T12:00")
    vast = rijen_over(weg.bram.pk)
    assert bewaartermijnen_voorstellen() == 1
    assert bewaartermijnen_voorstellen() == 0, "it stands already"
    klok_op("2028-12-10T12:00")
    assert bewaartermijnen_voorstellen() == 0
    assert rijen_over(weg.bram.pk) == vast
    assert taken.get().persoon == weg.dora.persoon and "1 leerling" in taken.get().uitleg
    voer_uit(weg)
    assert not taken.open().exists()


# -- the doors -------------------------------------------------------------------------------------------------


def test_geschiedenis_van_wat_er_nog_is_blijft(op_school: Bezetting) -> None:
    b = op_school
    with connection.cursor() as cursor:
        cursor.execute(
            "select leerlingen_geschiedenis_opruimen('leerlingen_leerling', %s, %s)", [b.kogerveld.pk, [b.bram.pk]]
        )
        assert cursor.fetchone() == (0,), "its subject is there"
    for vraag, waarden in (
        ("select leerlingen_geschiedenis_opruimen('leerlingen_leerling', %s, %s)", [b.anders.pk, [1]]),
        ("select leerlingen_geschiedenis_opruimen('kern_school', %s, %s)", [b.kogerveld.pk, [1]]),
        ("select leerlingen_geschiedenis_opruimen('x\" where 1=1; --', %s, %s)", [b.kogerveld.pk, [1]]),
        ("select leerlingen_logboek_vergeten(%s, %s)", [b.kogerveld.pk, b.bram.pk]),
        ("select leerlingen_logboek_vergeten(%s, %s)", [b.anders.pk, 0]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(vraag, waarden)


def test_het_bewijs_blijft_zoals_het_is(weg: Bezetting, klok_op: Klok) -> None:
    klok_op("2028-11-10T12:00")
    voer_uit(weg)
    for vraag in (
        "delete from leerlingen_vernietiging",
        "update leerlingen_vernietiging set aantallen = '{}'",
        "update leerlingen_vernietiging set leerling_nummer = null",
    ):
        geweigerd = pytest.raises(DatabaseError, match="permission denied")
        with geweigerd, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(vraag)


def test_wie_de_bewijzen_ziet(weg: Bezetting, klok_op: Klok) -> None:
    klok_op("2028-11-10T12:00")
    voer_uit(weg)
    for lid, ziet in ((weg.dora, True), (weg.carla, True), (weg.anna, False), (weg.dirk, False)):
        assert Vernietiging.objects.zichtbaar_voor(lid.gebruiker).exists() is ziet


def test_alleen_wie_beheert_zet_een_beperking(op_school: Bezetting) -> None:
    gezet = bewaarbeperking_zetten(leerling=op_school.bram, reden="Klacht", door=op_school.carla.gebruiker)
    weer = bewaarbeperking_zetten(leerling=op_school.bram, reden="Beroep", door=op_school.dora.gebruiker)
    assert (weer.pk, weer.reden) == (gezet.pk, "Beroep"), "one at a time"
