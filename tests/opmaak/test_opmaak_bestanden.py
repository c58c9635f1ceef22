"""What stands in templates/ and static/: it compiles, keeps to the content policy, and is all there."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import engines
from django.test import override_settings

from .conftest import WORTEL, context, teken

SJABLONEN = sorted(
    pad
    for map_ in (WORTEL / "templates", *WORTEL.glob("*/templates"), *WORTEL.glob("zorg/*/templates"))
    for pad in map_.rglob("*")
    if pad.is_file()
)
HTML = [pad for pad in SJABLONEN if pad.suffix in {".html", ".svg"}]
EIGEN_CSS = sorted((WORTEL / "static").glob("*.css"))
EIGEN_JS = sorted((WORTEL / "static/js").glob("*.js"))
FOUTEN = sorted(pad.name for pad in (WORTEL / "templates/fouten").glob("[45]*.html"))
VERBODEN = {
    "stijl in het element": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.I),
    "een blok met stijl": re.compile(r"<style\b", re.I),
    "een script in de pagina": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "een on…-attribuut": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.I),
    "hx-on": re.compile(r"\bhx-on\b|\bhx-vals\s*=\s*['\"]js:", re.I),
    "een javascript-adres": re.compile(r"javascript:", re.I),
    "iets van buiten": re.compile(r"(?:src|href)\s*=\s*['\"](?:https?:)?//", re.I),
}


def naam(pad: Path) -> str:
    return str(pad.relative_to(WORTEL))


def zonder_uitleg(pad: Path) -> str:
    """The template without its comments."""
    tekst = pad.read_text(encoding="utf-8")
    return re.sub(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", "", tekst, flags=re.S)


@pytest.mark.parametrize("pad", SJABLONEN, ids=naam)
def test_sjabloon_vertaalt(pad: Path) -> None:
    engines["django"].from_string(pad.read_text(encoding="utf-8"))


@pytest.mark.parametrize("pad", HTML, ids=naam)
def test_sjabloon_blijft_binnen_het_inhoudsbeleid(pad: Path) -> None:
    tekst = zonder_uitleg(pad)
    assert [wat for wat, patroon in VERBODEN.items() if patroon.search(tekst)] == []


@pytest.mark.parametrize(
    "kwaad",
    [
        '<p class="a"\n style="x">', "<style>a{}</style>", "<script>x()</script>", '<a href="#" onclick="x()">',
        '<a hx-on:click="x()">', '<a href="javascript:x()">', '<script src="https://elders.example/x.js"></script>',
    ],
)  # fmt: skip
def test_het_inhoudsbeleid_ziet_overtredingen(kwaad: str) -> None:
    assert any(patroon.search(kwaad) for patroon in VERBODEN.values())


@pytest.mark.parametrize("bestand", FOUTEN)
def test_foutpagina_heeft_niets_nodig(bestand: str) -> None:
    uit = engines["django"].get_template(f"fouten/{bestand}").render({})
    assert uit.count("<h1>") == 1
    assert "</html>" in uit
    assert "7f3a9c21" not in uit
    assert "7f3a9c21" in engines["django"].get_template(f"fouten/{bestand}").render({"verzoeknummer": "7f3a9c21"})


def test_alle_foutpaginas_zijn_er() -> None:
    verwacht = {f"{n}.html" for n in ("400", "403", "403_csrf", "404", "409", "413", "429", "500")}
    assert set(FOUTEN) == verwacht


def test_de_pagina_voor_onze_eigen_fout_vraagt_geen_lijst_van_bestanden(tmp_path: Path) -> None:
    """With hashed names and no manifest at all, {% static %} raises; the 500 page must not care."""
    opslag = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": opslag}, STATIC_ROOT=tmp_path):
        with pytest.raises(ValueError, match="Missing staticfiles manifest"):
            engines["django"].get_template("fouten/404.html").render({})
        assert "Dat ligt niet aan u" in engines["django"].get_template("fouten/500.html").render({})


def test_na_een_botsing_staan_beide_teksten_er() -> None:
    huidig = {"tekst": "tekst van Anja", "door": "Anja Vos", "om": "14.32", "versie": 4}
    uit = teken("fouten/409.html", zin="Anja schreef ook.", huidig=huidig, mijn_tekst="mijn <tekst>")
    assert "tekst van Anja" in uit
    assert "mijn &lt;tekst&gt;" in uit and "Iemand anders schreef hier ook" in uit


def test_na_een_botsing_met_uzelf_heet_niemand_een_ander() -> None:
    huidig = {"tekst": "van de telefoon", "door": "Dirk Jansen", "om": "14.32", "versie": 4, "zelf": True}
    uit = teken("fouten/409.html", zin="U hebt dit veranderd.", huidig=huidig, mijn_tekst="van de laptop")
    assert "U schreef hier ook op een ander apparaat of in een ander venster" in uit
    assert "De andere tekst, bewaard om 14.32" in uit
    assert "Iemand anders" not in uit and "Dirk Jansen" not in uit


@pytest.mark.parametrize("bron", ["static", "templates"])
def test_elk_bestand_dat_een_pagina_noemt_bestaat(bron: str) -> None:
    namen = set()
    if bron == "templates":
        for pad in HTML:
            tekst = zonder_uitleg(pad)
            namen |= set(re.findall(r"{%\s*static\s+['\"]([^'\"]+)['\"]", tekst))
            namen |= set(re.findall(r"['\"]/static/([^'\"{]+)['\"]", tekst))
        assert len(namen) > 10
    else:
        for pad in EIGEN_CSS:
            namen |= set(re.findall(r"url\(\"?([^\")]+)\"?\)", pad.read_text(encoding="utf-8")))
        assert len(namen) > 6
    assert [n for n in sorted(namen) if finders.find(n) is None] == []


def test_elk_icoon_dat_een_pagina_noemt_bestaat() -> None:
    genoemd = {n for pad in HTML for n in re.findall(r"{%\s*icoon\s+['\"]([^'\"]+)", zonder_uitleg(pad))}
    assert genoemd
    assert genoemd <= set(context()["iconen"])


@pytest.mark.traag
def test_gehashte_namen_kloppen_voor_alles(tmp_path: Path) -> None:
    """collectstatic as in production: every url() and source map in a stylesheet or script resolves."""
    opslag = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": opslag}, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
    css = next(tmp_path.glob("tokens.????????????.css")).read_text(encoding="utf-8")
    assert re.search(r"source-sans-3-latin-ext-400-normal\.[0-9a-f]{12}\.woff2", css)


def test_wat_van_elders_komt_is_ongewijzigd() -> None:
    kist = WORTEL / "static/vendor"
    lijst = dict(regel.split("  ")[::-1] for regel in (kist / "SHA256SUMS").read_text().splitlines())
    aanwezig = {str(p.relative_to(kist)) for p in kist.rglob("*") if p.is_file() and p.name != "SHA256SUMS"}
    assert aanwezig == set(lijst)
    for bestand, som in lijst.items():
        assert hashlib.sha256((kist / bestand).read_bytes()).hexdigest() == som, bestand


@pytest.mark.parametrize("pad", [*EIGEN_CSS, *EIGEN_JS, *(WORTEL / "static/beeld").glob("*.svg")], ids=naam)
def test_eigen_bestand_haalt_niets_van_buiten(pad: Path) -> None:
    tekst = pad.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?://|data:|\beval\(|new Function|innerHTML\s*[+]?=|insertAdjacentHTML|@import", tekst)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is een gereedschap van de onderhouder")
@pytest.mark.parametrize("pad", EIGEN_JS, ids=naam)
def test_script_is_geldig(pad: Path, tmp_path: Path) -> None:
    module = tmp_path / f"{pad.stem}.mjs"
    module.write_text(pad.read_text(encoding="utf-8"), encoding="utf-8")
    uit = subprocess.run(["node", "--check", str(module)], capture_output=True, text=True, check=False)
    assert uit.returncode == 0, uit.stderr
