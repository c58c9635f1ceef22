"""The PDF gateway."""

from __future__ import annotations

import io
import logging

import pikepdf
import pytest

from zorg.kern.pdf import maak_pdf

pytestmark = pytest.mark.traag


def pdf_van(romp: str) -> pikepdf.Pdf:
    html = f'<!DOCTYPE html><html lang="nl"><head><title>t</title></head><body>{romp}</body></html>'
    return pikepdf.open(io.BytesIO(maak_pdf(html, titel="Proef")))


def test_het_is_een_gelabelde_pdf_die_zegt_wat_zij_is() -> None:
    document = pdf_van("<h1>Kop</h1><p>Tekst</p><table><tr><th>a</th></tr><tr><td>b</td></tr></table>")
    assert bool(document.Root.MarkInfo.Marked) and str(document.Root.Lang) == "nl-NL"
    soorten = []

    def loop(tak: pikepdf.Object) -> None:
        if isinstance(tak, pikepdf.Dictionary) and "/S" in tak:
            soorten.append(str(tak.S))
        kinderen = tak.get("/K") if isinstance(tak, pikepdf.Dictionary) else None
        for kind in kinderen if isinstance(kinderen, pikepdf.Array) else [kinderen] if kinderen is not None else []:
            if isinstance(kind, pikepdf.Dictionary):
                loop(kind)

    loop(document.Root.StructTreeRoot)
    assert soorten.index("/H1") < soorten.index("/P") < soorten.index("/Table")
    assert "/TH" in soorten
    with document.open_metadata() as xmp:
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert xmp["{http://www.aiim.org/pdfa/ns/id/}part"] == "3"
        assert xmp["dc:title"] == "Proef"


def test_een_figuur_heeft_een_tekst() -> None:
    document = pdf_van('<svg width="10" height="10"><title>Groei van 61 naar 79</title><circle r="3"/></svg>')
    teksten = [str(rij.Alt) for rij in document.objects if isinstance(rij, pikepdf.Dictionary) and "/Alt" in rij]
    assert "Groei van 61 naar 79" in teksten


@pytest.mark.parametrize(
    "verwijzing",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/x.png",
        "https://statisch.zorgpad.invalid/../../etc/passwd",
        "data:text/html,x",
    ],
)
def test_niets_van_buiten_wordt_gehaald(verwijzing: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        document = pdf_van(f'<p>a<img src="{verwijzing}" alt="x"></p>')
    assert not [rij for rij in document.objects if isinstance(rij, pikepdf.Stream) and rij.get("/Subtype") == "/Image"]
    assert "passwd" not in "".join(r.getMessage() for r in caplog.records if r.name.startswith("zorg"))


def test_zelfde_invoer_zelfde_bytes() -> None:
    html = '<!DOCTYPE html><html lang="nl"><body><p>x</p></body></html>'
    assert maak_pdf(html, titel="a") == maak_pdf(html, titel="a")


def test_eigen_letter() -> None:
    document = pdf_van("<p>Yıldız</p>")
    letters = [rij for rij in document.objects if isinstance(rij, pikepdf.Dictionary) and "/BaseFont" in rij]
    assert letters and all("Source-Sans" in str(letter.BaseFont) for letter in letters)
