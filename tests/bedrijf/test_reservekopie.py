"""Backup and restore as an administrator runs them: commands, files, databases of their own, and every bad input."""

from __future__ import annotations

import dataclasses
import resource
import shutil
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.browser.huis import CHECKOUT, Sjabloon, _gooi_weg, beheer, omgeving_van
from zorg.kern.reservekopie import vorm
from zorg.kern.reservekopie.pg import VORIGE

pytestmark = pytest.mark.traag


@dataclasses.dataclass
class Plek:
    """A database with a folder of files, in which commands run as the owner of the tables."""

    sjabloon: Sjabloon
    map: Path

    def __post_init__(self) -> None:
        self.map.mkdir(parents=True, exist_ok=True)
        self.database = self.sjabloon.kopie()
        self.omgeving = omgeving_van(self.database, self.map, redis="", nu="2026-11-03T10:00")
        self.omgeving |= {"ZORGPAD_ROL": "eigenaar", "PYTHONDONTWRITEBYTECODE": "1"}

    def doe(self, *argumenten: str, grens: int | None = None, **omgeving: str) -> subprocess.CompletedProcess[str]:
        """Run a command; no file that it writes may be larger than `grens` bytes."""

        def beperk() -> None:
            if grens is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (grens, grens))

        return subprocess.run(
            [str(CHECKOUT / ".venv/bin/python"), "manage.py", *argumenten],
            cwd=CHECKOUT,
            env=self.omgeving | omgeving,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            preexec_fn=beperk,
        )

    def maak(self, uit: Path, *meer: str, **opties: Any) -> subprocess.CompletedProcess[str]:
        return self.doe("reservekopie_maken", "--uit", str(uit), *meer, **opties)

    def zet_terug(self, kopie: Path, *meer: str, **opties: Any) -> subprocess.CompletedProcess[str]:
        return self.doe("reservekopie_terugzetten", str(kopie), *meer, **opties)

    def vraag(self, opdracht: str, *waarden: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.omgeving["DATABASE_URL_EIGENAAR"]) as verbinding:
            return verbinding.execute(opdracht, waarden or None).fetchall()

    def tellingen(self) -> dict[str, int]:
        """Rows by table, but for who is signed in."""
        namen = self.vraag(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        )
        return {n: self.vraag(f'select count(*) from "{n}"')[0][0] for (n,) in namen if n != "django_session"}

    def muren(self) -> list[tuple[Any, ...]]:
        """Everything that keeps people apart: privileges, policies, triggers, functions, keys, owners."""
        return self.vraag(
            """
            select 'tabel', relname::text, (select string_agg(r::text, ' ' order by r::text) from unnest(coalesce(
                relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))) r),
                relrowsecurity::text, relowner::regrole::text
              from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S')
            union all select 'beleid', tablename::text, policyname::text, qual, with_check from pg_policies
            union all select 'haak', tgrelid::regclass::text, tgname::text, tgenabled::text, tgfoid::regproc::text
              from pg_trigger where not tgisinternal
            union all select 'functie', proname::text, prosecdef::text, coalesce(proacl, '{}')::text, md5(prosrc)
              from pg_proc where pronamespace = 'public'::regnamespace
            union all select 'sleutel', conrelid::regclass::text, conname::text, condeferred::text, contype::text
              from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
            union all select 'vooraf', defaclobjtype::text, defaclacl::text, '', '' from pg_default_acl
            union all select 'schema', nspname::text, (select string_agg(r::text, ' ' order by r::text)
                from unnest(nspacl) r), nspowner::regrole::text, '' from pg_namespace
              where nspname !~ '^pg_'
            union all select 'teller', schemaname::text, sequencename::text, last_value::text, '' from pg_sequences
            order by 1, 2, 3, 4, 5
            """
        )

    def bestanden(self) -> dict[str, bytes]:
        map_ = self.map / "bestanden"
        return {str(pad.relative_to(map_)): pad.read_bytes() for pad in map_.rglob("*") if pad.is_file()}

    def alles(self) -> tuple[Any, ...]:
        return self.tellingen(), self.muren(), self.bestanden()

    def weg(self) -> None:
        _gooi_weg(self.database)


@pytest.fixture(scope="module")
def sjabloon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sjabloon]:
    gemaakt = Sjabloon(tmp_path_factory.mktemp("sjabloon"))
    yield gemaakt
    gemaakt.weg()


@pytest.fixture(scope="module")
def bron(sjabloon: Sjabloon, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plek]:
    """A database filled with the cast."""
    gevuld = Plek(sjabloon, tmp_path_factory.mktemp("bron"))
    klaar = subprocess.run(
        [str(CHECKOUT / ".venv/bin/python"), "-m", "tests.browser.vullen"],
        cwd=CHECKOUT,
        env=gevuld.omgeving | {"ZORGPAD_ROL": "app"},
        capture_output=True,
        text=True,
    )
    assert klaar.returncode == 0, klaar.stderr
    yield gevuld
    gevuld.weg()


@pytest.fixture(scope="module")
def kopie(bron: Plek, tmp_path_factory: pytest.TempPathFactory) -> Path:
    uit = tmp_path_factory.mktemp("kopie") / "zorgpad.tar"
    klaar = bron.maak(uit)
    assert klaar.returncode == 0, klaar.stderr
    zonder_namen(bron, klaar)
    return uit


@pytest.fixture
def doel(sjabloon: Sjabloon, tmp_path: Path) -> Iterator[Plek]:
    """Another database: migrated, without a school."""
    leeg = Plek(sjabloon, tmp_path / "doel")
    yield leeg
    leeg.weg()


def zonder_namen(bron: Plek, klaar: subprocess.CompletedProcess[str]) -> None:
    gezegd = klaar.stdout + klaar.stderr
    for roepnaam, achternaam in bron.vraag("select roepnaam, achternaam from leerlingen_leerling"):
        for naam in (roepnaam, achternaam):
            assert len(naam) < 3 or naam not in gezegd


def geweigerd(klaar: subprocess.CompletedProcess[str], status: int, woorden: str) -> None:
    """One Dutch sentence, on standard error, and this exit status."""
    assert klaar.returncode == status, klaar.stderr
    assert klaar.stdout == ""
    (regel,) = klaar.stderr.strip().splitlines()
    assert woorden in regel and "Traceback" not in regel


def verander(kopie: Path, uit: Path, maak: Callable[[vorm.Manifest, bytes], tuple[vorm.Manifest, bytes]]) -> Path:
    """A backup that is whole, but says something else or holds another dump."""
    with vorm.open_kopie(kopie) as oud, uit.open("wb") as bestand:
        manifest, dump = maak(oud.manifest, b"".join(oud.stukken(oud.manifest.database)))
        schrijver = vorm.Schrijver(bestand)
        for deel in oud.manifest.delen:
            schrijver.tekst(deel.naam, dump if deel.naam == vorm.DATABASE else b"".join(oud.stukken(deel)))
        schrijver.sluit(dataclasses.replace(manifest, delen=schrijver.delen))
    return uit


# -- there and back --------------------------------------------------------------------------------------------


def test_alles_komt_terug_met_de_muren_erbij(bron: Plek, kopie: Path, doel: Plek) -> None:
    assert stat.S_IMODE(kopie.stat().st_mode) == 0o600
    assert list(kopie.parent.iterdir()) == [kopie]
    klaar = doel.zet_terug(kopie)
    assert klaar.returncode == 0, klaar.stderr
    assert klaar.stdout.startswith("Teruggezet: de stand van 03-11-2026 10.0")
    assert "migrate" not in klaar.stdout
    zonder_namen(bron, klaar)
    assert bron.tellingen()["leerlingen_leerling"] == 9
    assert bron.bestanden() and any(inhoud.startswith(b"%PDF") for inhoud in bron.bestanden().values())
    assert doel.alles() == bron.alles()
    assert doel.vraag("select count(*) from django_session") == [(0,)]
    (school,) = doel.vraag("select id from kern_school where code = 'de-kogerveld'")[0]
    with psycopg.connect(doel.omgeving["DATABASE_URL"], autocommit=True) as app:
        tel = "select count(*) from leerlingen_leerling"
        assert app.execute("select current_user").fetchone() == ("app",)
        assert app.execute(tel).fetchone() == (0,), "no school, no rows"
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(
                "insert into leerlingen_schooljaar (school_id, naam, periode) values (%s, '2030-2031', "
                "'[2030-08-01,2031-08-01)')",
                [school],
            )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("delete from logboek_logregel")
        app.execute("select set_config('zorgpad.scholen', %s, false)", [str(school)])
        assert app.execute(tel).fetchone() == (8,), "those of the school, and of no other"
        app.execute("update leerlingen_dossierstuk set titel = 'anders' where titel = 'Rustige start'")
        gevolgd = app.execute("select count(*) from leerlingen_dossierstukgebeurtenis where titel = 'anders'")
        assert gevolgd.fetchone() == (1,), "the triggers are there"


def test_overschrijven_alleen_als_je_het_zegt(bron: Plek, kopie: Path, doel: Plek, tmp_path: Path) -> None:
    assert doel.zet_terug(kopie).returncode == 0
    vast = doel.alles()
    beschadigd = next((doel.map / "bestanden" / "bijlagen").rglob("*"))
    beschadigd = beschadigd if beschadigd.is_file() else next(p for p in beschadigd.rglob("*") if p.is_file())
    beschadigd.write_bytes(b"iets anders")
    (doel.map / "bestanden" / "van_niemand").write_bytes(b"x")
    anders = doel.bestanden()
    with psycopg.connect(doel.omgeving["DATABASE_URL_EIGENAAR"]) as verbinding:
        verbinding.execute("update kern_school set naam = 'Later'")
    geweigerd(doel.zet_terug(kopie), 2, "--overschrijf")
    assert doel.bestanden() == anders
    assert ("Later",) in doel.vraag("select naam from kern_school")
    klaar = doel.zet_terug(kopie, "--overschrijf")
    assert klaar.returncode == 0, klaar.stderr
    assert ("Later",) not in doel.vraag("select naam from kern_school")
    assert doel.alles() == vast == bron.alles()
    assert doel.maak(tmp_path / "tweede").returncode == 0
    with vorm.open_kopie(kopie) as een, vorm.open_kopie(tmp_path / "tweede") as twee:
        assert een.manifest.tabellen == twee.manifest.tabellen
        assert [d.sha256 for d in een.manifest.bestanden] == [d.sha256 for d in twee.manifest.bestanden]


def test_een_ouder_programma_wordt_bijgewerkt(doel: Plek, sjabloon: Sjabloon, tmp_path: Path) -> None:
    oud = Plek(sjabloon, tmp_path / "oud")
    try:
        beheer(oud.omgeving, "migrate", "mfa", "0002", "-v", "0")
        achter = len(oud.vraag("select 1 from django_migrations"))
        oude = tmp_path / "oude.tar"
        assert oud.maak(oude).returncode == 0
        klaar = doel.zet_terug(oude)
        assert klaar.returncode == 0, klaar.stderr
        assert "oudere versie; migrate heeft de database bijgewerkt" in klaar.stdout
        assert len(doel.vraag("select 1 from django_migrations")) > achter
        assert doel.doe("migrate", "--check").returncode == 0
        # and when that can't be done, what was there stands there still
        with psycopg.connect(oud.omgeving["DATABASE_URL_EIGENAAR"]) as verbinding:
            verbinding.execute("drop table mfa_authenticator")
        stuk = tmp_path / "stuk.tar"
        assert oud.maak(stuk).returncode == 0
        vast = doel.alles()
        geweigerd(doel.zet_terug(stuk), 1, "er is niets veranderd")
        assert doel.alles() == vast
    finally:
        oud.weg()


# -- nothing happens -------------------------------------------------------------------------------------------


def test_wat_geen_goede_kopie_is(doel: Plek, kopie: Path, tmp_path: Path) -> None:
    vast = doel.alles()
    (tmp_path / "tekst").write_text("zomaar een brief")
    (tmp_path / "leeg").touch()
    heel = kopie.read_bytes()
    (tmp_path / "half").write_bytes(heel[: len(heel) // 2])
    later = verander(kopie, tmp_path / "vorm", lambda m, d: (dataclasses.replace(m, vorm=99), d))
    buiten = tmp_path / "buiten"
    with vorm.open_kopie(kopie) as goed, buiten.open("wb") as bestand:
        schrijver = vorm.Schrijver(bestand)
        for naam in (vorm.MERK, vorm.DATABASE, "bestanden/../../erbuiten"):
            schrijver.tekst(naam, b"x")
        schrijver.sluit(dataclasses.replace(goed.manifest, delen=schrijver.delen))
    for pad, zin in (
        (tmp_path, "niet te openen"),
        (tmp_path / "tekst", "geen reservekopie van Zorgpad"),
        (tmp_path / "leeg", "geen reservekopie van Zorgpad"),
        (buiten, "beschadigd of afgebroken"),
        (later, "nieuwere versie van Zorgpad"),
    ):
        with pytest.raises(vorm.Kopiefout, match=zin), vorm.open_kopie(pad):
            pass
    nieuwer = verander(
        kopie,
        tmp_path / "nieuwer",
        lambda m, d: (dataclasses.replace(m, migraties=[*m.migraties, ("kern", "9999_later")]), d),
    )
    geweigerd(doel.zet_terug(tmp_path / "bestaat_niet"), 2, "niet te openen")
    geweigerd(doel.zet_terug(tmp_path / "half"), 1, "beschadigd of afgebroken")
    geweigerd(doel.zet_terug(nieuwer), 1, "nieuwere versie van Zorgpad")
    geweigerd(doel.zet_terug(kopie, ZORGPAD_ROL="app"), 2, "gebruik bin/manage")
    assert doel.alles() == vast


def test_gaat_het_halverwege_mis_dan_blijft_alles(bron: Plek, kopie: Path, doel: Plek, tmp_path: Path) -> None:
    assert doel.zet_terug(kopie).returncode == 0
    vast = doel.alles()
    afgebroken = verander(kopie, tmp_path / "dump", lambda m, d: (m, d[: len(d) * 2 // 3]))
    klaar = doel.zet_terug(afgebroken, "--overschrijf")
    geweigerd(klaar, 1, "er is niets veranderd")
    zonder_namen(bron, klaar)
    een_te_veel = verander(
        kopie,
        tmp_path / "telling",
        lambda m, d: (dataclasses.replace(m, tabellen=m.tabellen | {"kern_school": 3}), d),
    )
    geweigerd(doel.zet_terug(een_te_veel, "--overschrijf"), 1, "aantallen na het terugzetten kloppen niet")
    assert doel.alles() == vast


@pytest.mark.lang
def test_een_gedode_terugzetting_laat_alles_staan(kopie: Path, doel: Plek) -> None:
    """kill -9 in the middle of the transaction: another session holds what it waits for."""
    assert doel.zet_terug(kopie).returncode == 0
    vast = doel.alles()
    with psycopg.connect(doel.omgeving["DATABASE_URL_EIGENAAR"]) as in_de_weg:
        in_de_weg.execute("lock table kern_school in access exclusive mode")
        in_de_weg.execute("alter schema public rename to bezet")
        proces = subprocess.Popen(
            [str(CHECKOUT / ".venv/bin/python"), "manage.py", "reservekopie_terugzetten", str(kopie), "--overschrijf"],
            cwd=CHECKOUT,
            env=doel.omgeving,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(3)
        assert proces.poll() is None
        proces.kill()
        proces.wait()
        in_de_weg.rollback()
    klaar = time.monotonic() + 30
    bezig = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    while doel.vraag(bezig) != [(0,)]:
        assert time.monotonic() < klaar
        time.sleep(0.1)
    assert doel.alles() == vast
    assert not doel.vraag("select 1 from pg_namespace where nspname = %s", VORIGE)
    assert doel.zet_terug(kopie, "--overschrijf").returncode == 0
    assert doel.alles() == vast


@pytest.mark.lang
def test_waar_geen_kopie_kan_komen(bron: Plek, kopie: Path, doel: Plek, tmp_path: Path) -> None:
    bestaat = tmp_path / "bestaat"
    bestaat.write_text("van iemand")
    for klaar, status, woorden in (
        (bron.maak(tmp_path / "geen_map" / "x"), 2, "bestaat niet"),
        (bron.maak(bestaat), 2, "bestaat al"),
        (bron.maak(tmp_path), 2, "is een map"),
        (bron.maak(bron.map / "bestanden" / "x"), 2, "niet tussen de bestanden"),
        (bron.maak(tmp_path / "x", ZORGPAD_ROL="app"), 2, "gebruik bin/manage"),
        (bron.maak(tmp_path / "x", grens=100_000), 1, "te weinig ruimte"),
        (bron.maak(bestaat, "--overschrijf", grens=100_000), 1, "te weinig ruimte"),
    ):
        geweigerd(klaar, status, woorden)
    assert bestaat.read_text() == "van iemand"
    assert sorted(pad.name for pad in tmp_path.iterdir()) == ["bestaat", "doel"]
    shutil.move(bron.map / "bestanden", tmp_path / "weg")
    klaar = bron.maak(tmp_path / "zonder")
    shutil.move(tmp_path / "weg", bron.map / "bestanden")
    assert klaar.returncode == 0
    assert "let op: 1 bestand(en)" in klaar.stdout
    half = tmp_path / f".bestaat.{2**22 + 1}.half"  # of a run that was killed: no process has that number
    half.touch()
    assert bron.maak(bestaat, "--overschrijf").returncode == 0
    assert not half.exists()
    with vorm.open_kopie(bestaat) as nieuw, vorm.open_kopie(kopie) as eerder:
        assert nieuw.manifest.tabellen == eerder.manifest.tabellen
    vast = doel.alles()
    geweigerd(doel.zet_terug(kopie, grens=5), 1, "te weinig ruimte")
    assert doel.alles() == vast


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_elke_byte_telt(kopie: Path, tmp_path: Path, data: st.DataObject) -> None:
    """A backup in which any one byte is another, or which ends anywhere before its end, is refused."""
    heel = kopie.read_bytes()
    plek = data.draw(st.integers(0, len(heel) - 1))
    if data.draw(st.booleans()):
        ander = heel[:plek] + bytes([heel[plek] ^ data.draw(st.integers(1, 255))]) + heel[plek + 1 :]
    else:
        ander = heel[:plek]
    stuk = tmp_path / "stuk"
    stuk.write_bytes(ander)
    with pytest.raises(vorm.Kopiefout), vorm.open_kopie(stuk):
        pass
