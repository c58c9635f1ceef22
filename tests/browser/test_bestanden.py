"""What people send that they should not: each gets a clear sentence, keeps what they had, and nothing breaks."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.browser.huis import Huis

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
Als = Callable[..., Any]
Kijk = Callable[[Any], None]


def bestand(naam: str, inhoud: bytes) -> dict[str, Any]:
    """A file to choose, as the browser sends it."""
    return {"name": naam, "mimeType": "application/pdf", "buffer": inhoud}


def zin(pagina: Any) -> str:
    """What is said at the field that was refused."""
    return str(pagina.locator(".invalid-feedback").first.inner_text())


# -- files at a piece ------------------------------------------------------------------------------------------

GEWEIGERD = [
    ("leeg.pdf", b"", "Het bestand «leeg.pdf» is leeg. Kies het opnieuw."),
    ("brief.pdf", b"<html><script>alert(1)</script></html>", "«brief.pdf» is geen pdf, foto, Word-, Excel- of Open"),
    ("virus.exe", b"MZ" + b"\0" * 400, "«virus.exe» is geen pdf"),
    ("tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "is geen pdf"),
    ("groot.pdf", PDF + b"0" * (10 * 2**20), "Het bestand «groot.pdf» is groter dan 10 MB."),
]


@pytest.mark.parametrize(("naam", "inhoud", "verwacht"), GEWEIGERD, ids=[naam for naam, _, _ in GEWEIGERD])
def test_bijlage_geweigerd(
    naam: str, inhoud: bytes, verwacht: str, als: Als, school: Huis, kijk: Kijk, tmp_path: Path
) -> None:
    pagina = als("anna")
    pagina.goto(f"/leerlingen/stukken/{school.id('gedeeld')}/")
    # of this piece: a worker may file another one elsewhere meanwhile
    aantal = "select count(*) from leerlingen_bijlage where stuk_id = %s"
    voor = school.een(aantal, school.id("gedeeld"))
    (tmp_path / naam).write_bytes(inhoud)
    pagina.get_by_label("Bestand toevoegen").set_input_files(tmp_path / naam)
    pagina.get_by_role("button", name="Toevoegen", exact=True).click()
    assert verwacht in zin(pagina)
    kijk(pagina)
    assert school.een(aantal, school.id("gedeeld")) == voor


NAMEN = [
    "../../../etc/passwd.pdf",
    "verslag\u202efdp.exe.pdf",
    '"><script>alert(1)</script>.pdf',
    "een naam\r\nSet-Cookie: x=y.pdf",
    "Zoë's «observatie» 👩🏽‍🏫 — groep 6.pdf",
    "x" * 300 + ".pdf",
    ".pdf",
]


@pytest.mark.parametrize("naam", NAMEN, ids=range(len(NAMEN)))
def test_vreemde_namen(naam: str, als: Als, school: Huis, kijk: Kijk) -> None:
    """The file is kept under a harmless name, and comes back byte for byte as a download."""
    pagina = als("anna")
    adres = f"/leerlingen/stukken/{school.id('gedeeld')}/"
    pagina.goto(adres)
    pagina.get_by_label("Bestand toevoegen").set_input_files(bestand(naam, PDF))
    pagina.get_by_role("button", name="Toevoegen", exact=True).click()
    pagina.get_by_text("Het bestand staat bij het stuk.").wait_for()
    kijk(pagina)
    # of this piece: a worker may just have filed another one elsewhere
    laatste = "select id, naam from leerlingen_bijlage where stuk_id = %s order by id desc limit 1"
    ((nummer, bewaard),) = school.vraag(laatste, school.id("gedeeld"))
    assert bewaard.isprintable()
    assert not {"/", "\\"} & set(bewaard)
    assert len(bewaard) <= 150
    with pagina.expect_download() as gekregen:
        pagina.locator(f"a[href='/leerlingen/bijlagen/{nummer}/']").click()
    assert Path(gekregen.value.path()).read_bytes() == PDF
    antwoord = pagina.context.request.get(f"/leerlingen/bijlagen/{nummer}/")
    assert "set-cookie" not in antwoord.headers or "x=y" not in antwoord.headers["set-cookie"]
    assert antwoord.headers["content-disposition"].startswith("attachment")


# -- files to read in ------------------------------------------------------------------------------------------

BOM = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY l1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">'
    b'<!ENTITY l2 "&l1;&l1;&l1;&l1;&l1;&l1;&l1;">]><EDEX>&l2;</EDEX>'
)
SPION = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><EDEX><school>&x;</school></EDEX>'
INLEZEN = [
    ("leeg.xml", b""),
    ("foto.xml", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
    ("pagina.xml", b"<html><body>hoi</body></html>"),
    ("half.xml", b"<EDEX><school><schooljaar>2026-20"),
    ("bom.xml", BOM),
    ("spion.xml", SPION),
    ("groot.xml", b"<EDEX>" + b" " * (21 * 2**20) + b"</EDEX>"),
]


@pytest.mark.parametrize(("naam", "inhoud"), INLEZEN, ids=[naam for naam, _ in INLEZEN])
@pytest.mark.parametrize(
    "adres",
    ["/beheer/inlezen/", "/beheer/inlezen/ouders/", "/toetsen/inlezen/"],
    ids=["edexml", "ouders", "uitslagen"],
)
def test_inlezen_geweigerd(
    adres: str, naam: str, inhoud: bytes, als: Als, school: Huis, kijk: Kijk, tmp_path: Path
) -> None:
    """Refused as a whole with one sentence; nothing was written."""
    pagina = als("dora")
    voor = school.een("select count(*) from leerlingen_importbestand")
    pagina.goto(adres)
    (tmp_path / naam).write_bytes(inhoud)
    pagina.get_by_label("Bestand", exact=True).set_input_files(tmp_path / naam)
    pagina.get_by_role("button", name="Nakijken").click()
    gezegd = zin(pagina)
    assert gezegd.startswith(naam) or gezegd[0].isupper(), gezegd
    assert gezegd.endswith("."), gezegd
    assert "root:" not in pagina.content()
    assert not re.search(r"Exception|Error|Traceback|codec|lxml|None", gezegd), gezegd
    kijk(pagina)
    assert school.een("select count(*) from leerlingen_importbestand") == voor


# -- text ------------------------------------------------------------------------------------------------------

STUUR = "\x01\x08\x0b\x1f\x7f\x9f"


def test_te_lange_notitie_blijft_staan(als: Als, school: Huis, kijk: Kijk) -> None:
    lang = ("Een lange zin. " * 6667).strip()
    pagina = als("anna")
    pagina.goto(f"/leerlingen/{school.id('bram')}/notitie/")
    pagina.get_by_label("Waar gaat het over?").fill("Te lang")
    pagina.get_by_label("Notitie").fill(lang)
    pagina.get_by_role("button", name="In het dossier zetten").click()
    pagina.get_by_text("telt 100.004 tekens; er passen er 50.000").wait_for()
    assert pagina.get_by_label("Notitie").input_value() == lang
    assert pagina.get_by_label("Waar gaat het over?").input_value() == "Te lang"
    kijk(pagina)
    assert school.een("select count(*) from leerlingen_dossierstuk where titel = 'Te lang'") == 0


def test_te_lang_antwoord_blijft_staan(als: Als, school: Huis) -> None:
    """An autosave that is refused in words: the text stays in the field and on the device."""
    pagina = als("anna")
    pagina.goto(f"/leerlingen/stukken/{school.id('notitie')}/")
    veld = pagina.locator("textarea[data-bewaar-url]").first
    oud = veld.input_value()
    veld.fill("a" * 100_000)
    veld.blur()
    status = pagina.locator("[data-bewaar-status][data-staat=mislukt]")
    status.get_by_text("telt 100.000 tekens; er passen er 50.000").wait_for()
    assert veld.input_value() == "a" * 100_000
    veld.fill(oud + " Nu kort genoeg.")
    pagina.locator("[data-bewaar-status][data-staat=bewaard]").first.wait_for()


def test_stuurtekens_gaan_eruit(als: Als, school: Huis, kijk: Kijk) -> None:
    """What cannot be seen is left out; everything else stays, also what looks like HTML or a template."""
    tekst = f"Hij zei:{STUUR} <b>hoi</b> {{{{ 7|add:7 }}}} & Ÿldırım\u2028klaar"
    pagina = als("anna")
    pagina.goto(f"/leerlingen/{school.id('bram')}/notitie/")
    pagina.get_by_label("Waar gaat het over?").fill(f"Titel{STUUR} <i>schuin</i>")
    vorm = pagina.locator("form.kaart")
    vorm.locator("textarea").evaluate("(veld, tekst) => { veld.value = tekst; }", tekst)
    pagina.get_by_role("button", name="In het dossier zetten").click()
    pagina.get_by_text("De notitie staat in het dossier.").wait_for()
    assert pagina.locator("h1").inner_text() == "Titel <i>schuin</i>"
    assert "<b>hoi</b> {{ 7|add:7 }} & Ÿldırım" in pagina.locator("textarea[data-bewaar-url]").first.input_value()
    kijk(pagina)
    ((bewaard,),) = school.vraag("select tekst from leerlingen_antwoord order by id desc limit 1")
    assert not set(STUUR) & set(bewaard)


def test_nul_teken(als: Als, school: Huis) -> None:
    """A null byte, which PostgreSQL takes nowhere: refused or left out in forms, autosave and every address."""
    pagina = als("carla")
    pagina.goto(f"/leerlingen/{school.id('bram')}/notitie/")
    pagina.get_by_label("Waar gaat het over?").fill("Met een nul")
    pagina.locator("form.kaart textarea").evaluate("veld => { veld.value = 'nul\\u0000teken'; }")
    pagina.get_by_role("button", name="In het dossier zetten").click()
    pagina.locator("h1").wait_for()
    assert "mis" not in pagina.locator("h1").inner_text()
    kop = {"X-CSRFToken": koekje(pagina), "X-Zorgpad-Autosave": "1", "Referer": school.adres}
    pagina.goto(f"/leerlingen/stukken/{school.id('notitie')}/")
    veld = pagina.locator("textarea[data-bewaar-url]").first
    antwoord = pagina.context.request.post(
        veld.get_attribute("data-bewaar-url"),
        form={"tekst": "nul\0teken", "versie": veld.get_attribute("data-versie")},
        headers=kop,
    )
    assert antwoord.status in (200, 409, 422), antwoord.status


RAAR = ("99999999999999999999", "²", "2026-13-45", "' or 1=1 --" + "é" * 300)


def vraag_raar(pagina: Any, school: Huis, waarden: Sequence[str]) -> list[tuple[str, str, int]]:
    """Every page with every parameter that pages put in addresses, each with these values: what broke."""
    bladen = {}
    for naam, pad in school.gegevens["paginas"]:
        antwoord = pagina.context.request.get(pad, max_redirects=0)
        if antwoord.status == 200 and "text/html" in antwoord.headers["content-type"]:
            bladen[naam] = (pad.partition("?")[0], antwoord.text())
    namen = {"q", "pagina", "groep", "vak", "leerling", "van"}
    for _, inhoud in bladen.values():
        namen |= set(re.findall(r'href="[^"]*[?;]([a-z_]+)=', inhoud))
        namen |= set(re.findall(r'<(?:input|select)[^>]* name="([a-z_]+)"', inhoud) if 'method="get"' in inhoud else ())
    kapot = []
    for naam, (pad, _) in bladen.items():
        if naam.startswith(("account", "mfa")):
            continue
        for raar in waarden:  # all parameters at once: a page takes those it knows
            vraag = dict.fromkeys(namen - {"csrfmiddlewaretoken", "next"}, raar)
            antwoord = pagina.context.request.get(pad, params=vraag, max_redirects=0)
            if antwoord.status >= 500:
                kapot.append((naam, raar[:20], antwoord.status))
    return kapot


def test_rare_vragen_aan_elke_pagina(als: Als, school: Huis) -> None:
    """Odd values: never a 500."""
    assert vraag_raar(als("carla"), school, RAAR) == []


@pytest.mark.lang
def test_vijftig_willekeurige_vragen_aan_elke_pagina(als: Als, school: Huis) -> None:
    tekens = [
        *"0123456789-.:/%&?;'\"<>()[]{}=+*\\ \t",
        "é",
        "²",
        "😀",
        "\u202e",
        "\u0301",
        "null",
        "true",
        "NaN",
        "1e9",
    ]
    waarden = ["".join(random.choices(tekens, k=random.randint(0, 30))) for _ in range(50)]
    assert vraag_raar(als("carla"), school, waarden) == []


def test_nul_teken_in_een_adres(als: Als, school: Huis, kijk: Kijk) -> None:
    pagina = als("carla")
    for adres in ("/leerlingen/?q=%00", "/logboek/?wie=a%00b", "/plannen/?vak=%00", "/leerlingen/?%00=1", "/le%00/"):
        assert pagina.goto(adres).status == 400
        pagina.get_by_role("heading", name="Dat begrijpen wij niet").wait_for()
    kijk(pagina)


# -- what belongs to somebody else -------------------------------------------------------------------------------


def koekje(pagina: Any) -> str:
    """The token that forms send along."""
    return next(k["value"] for k in pagina.context.cookies() if k["name"] == "csrftoken")


def verstuur_met(pagina: Any, naam: str, waarde: int, knop: str) -> None:
    """Send the form that has this field, with another key in it than it offers."""
    pagina.evaluate(
        """([naam, waarde]) => {
          const veld = document.querySelector(`main [name="${naam}"]`);
          veld.form.noValidate = true;  // what the browser would say is not the point
          if (veld.matches('select')) veld.append(new Option('?', waarde, true, true));
          else { veld.value = waarde; if (veld.type === 'checkbox') veld.checked = true; }
        }""",
        [naam, waarde],
    )
    pagina.locator(f'main form:has([name="{naam}"])').get_by_role("button", name=knop).click()


@pytest.fixture
def buren(school: Huis) -> Callable[[], str]:
    """A print of everything that De Anders has: equal before and after when nothing of it changed."""

    def afdruk() -> str:
        tabellen = [
            naam
            for (naam,) in school.vraag(
                "select c.table_name from information_schema.columns c join pg_class p on p.relname = c.table_name "
                "where c.column_name = 'school_id' and c.table_schema = 'public' and p.relkind = 'r' "
                "and c.table_name not like 'logboek%%' order by 1"
            )
        ]
        som = "select md5(string_agg(t::text, '|' order by t::text)) from {} t where school_id = %s"
        return "".join(str(school.een(som.format(tabel), school.id("anders"))) for tabel in tabellen)

    return afdruk


def test_sleutels_van_een_andere_school_in_adressen(als: Als, school: Huis, buren: Callable[[], str]) -> None:
    """Every address with a key of De Anders in it: 404, looking and posting, and nothing there changed."""
    school.wacht_op_rust()
    voor = buren()
    anders = {
        "leerling": school.id("leerling_anders"), "groep": school.id("groep_anders"),
        "stuk": school.id("notitie_anders"), "persoon": school.id("leerkracht_anders"),
        "document": school.een("select id from leerlingen_document where stuk_id = %s", school.id("notitie_anders")),
    }  # fmt: skip
    adressen = [
        f"/leerlingen/{anders['leerling']}/", f"/leerlingen/{anders['leerling']}/dossier/",
        f"/leerlingen/{anders['leerling']}/notitie/", f"/leerlingen/{anders['leerling']}/ouders/",
        f"/leerlingen/{anders['leerling']}/resultaten/", f"/leerlingen/stukken/{anders['stuk']}/",
        f"/leerlingen/stukken/{anders['stuk']}/versies/", f"/groepen/{anders['groep']}/",
        f"/groepen/{anders['groep']}/excel/", f"/ouders/{anders['leerling']}/", f"/ouders/stukken/{anders['stuk']}/",
        f"/besprekingen/leerlingen/{anders['leerling']}/", f"/toetsen/leerling/{anders['leerling']}/",
    ]  # fmt: skip
    handelingen = {
        f"/leerlingen/stukken/{anders['stuk']}/publiceren/": {},
        f"/leerlingen/stukken/{anders['stuk']}/vaststellen/": {},
        f"/leerlingen/documenten/{anders['document']}/antwoord/?sectie=notitie&vraag=tekst": {
            "tekst": "x",
            "versie": "1",
        },
        f"/besprekingen/leerlingen/{anders['leerling']}/rapport/": {},
        f"/besprekingen/groepen/{anders['groep']}/plannen/": {},
    }
    for wie in ("carla", "anna", "dora"):
        pagina = als(wie)
        for adres in adressen:
            assert pagina.context.request.get(adres, max_redirects=0).status == 404, (wie, adres)
        for adres, velden in handelingen.items():
            kop = {"X-CSRFToken": koekje(pagina), "Referer": school.adres}
            antwoord = pagina.context.request.post(adres, form=velden, headers=kop, max_redirects=0)
            assert antwoord.status == 404, (wie, adres, antwoord.status)
    pagina = als("beheerder")
    assert pagina.context.request.get(f"/beheer/mensen/{anders['persoon']}/").status == 404
    pagina.goto(f"/leerlingen/{anders['leerling']}/")
    pagina.get_by_role("heading", name="Deze pagina is er niet").wait_for()
    assert buren() == voor


VREEMD = [
    ("anna", "/leerlingen/stukken/{notitie}/", "lezers", "leerkracht_anders", "Vastleggen"),
    ("carla", "/leerlingen/stukken/{notitie}/", "aan", "ib_anders", "Toegang geven"),
    ("anna", "/plannen/nieuw/", "groepen", "groep_anders", ""),
    ("beheerder", "/beheer/mensen/{bas}/", "groep", "groep_anders", "Aan groep toewijzen"),
    ("anna", "/besprekingen/{bespreking}/inbrengen/", "leerling", "leerling_anders", "Op de agenda zetten"),
    ("anna", "/toetsen/invoeren/", "groep", "groep_anders", ""),
]


@pytest.mark.parametrize(("wie", "adres", "naam", "sleutel", "knop"), VREEMD, ids=[f"{v[1]}{v[2]}" for v in VREEMD])
def test_sleutels_van_een_andere_school_in_velden(
    wie: str,
    adres: str,
    naam: str,
    sleutel: str,
    knop: str,
    als: Als,
    school: Huis,
    buren: Callable[[], str],
    kijk: Kijk,
) -> None:
    """A form that offers its own people and groups does not take somebody else's: refused in words, nothing changed."""
    school.wacht_op_rust()
    voor = buren()
    eigen = school.een("select count(*) from kern_werk"), school.een("select count(*) from leerlingen_kringlid")
    pagina = als(wie)
    pagina.goto(adres.format(**school.gegevens["ids"]))
    pagina.evaluate("document.querySelectorAll('main details').forEach((e) => { e.open = true; })")
    verstuur_met(pagina, naam, school.id(sleutel), knop)
    pagina.wait_for_load_state()
    fout = pagina.locator(".invalid-feedback, .foutlijst, .melding.let-op")
    fout.first.wait_for()
    assert "Elders" not in pagina.locator("main").inner_text()
    kijk(pagina)
    assert buren() == voor
    assert eigen == (
        school.een("select count(*) from kern_werk"), school.een("select count(*) from leerlingen_kringlid")
    )  # fmt: skip
