"""Files that are no EDEXML, or mean harm: each becomes one sentence, none becomes an error or fills the memory."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerlingen.inlezen.edexml import lees_edexml
from leerlingen.inlezen.edexml_bron import elementen
from leerlingen.inlezen.weigering import BestandGeweigerd
from tests.leerlingen.inlezen.test_edexml import NEDERLANDS, VLAAMS, bestand, lees

HALF = NEDERLANDS[: len(NEDERLANDS) // 2]
BOM = '<!DOCTYPE EDEX [<!ENTITY a0 "haha">{}]>'.format(
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
)
UTF7 = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE EDEX+AD4APA-EDEX+AD4APA-/EDEX+AD4-'


@pytest.mark.parametrize(
    ("inhoud", "zin", "regel"),
    [
        (b"", "is leeg", 0),
        (b"   \n", "is leeg", 0),
        (b"\x00\x01\x02", "geen XML", 0),
        (b"PK\x03\x04", "geen XML", 0),
        ("naam;voornaam\n1;2", "geen XML", 0),
        ("<EDEX><school>", "afgebroken of beschadigd", 1),
        ("<EDEX>\n\n<school></EDEX>", "op regel 3 afgebroken of beschadigd", 3),
        (HALF, "afgebroken of beschadigd", HALF.count(b"\n") + 1),
        (bestand() + "<EDEX/>", "afgebroken of beschadigd", 1),
        ("<EDEX>&onbekend;</EDEX>", "afgebroken of beschadigd", None),
        ("<leerlinggegevens/>", "geen EDEXML-bestand: het begint met <leerlinggegevens>", 1),
        ('<s:Envelope xmlns:s="http://soap/"/>', "begint met <Envelope>. Kies in uw administratie «EDEXML", 1),
        ("<html><body/></html>", "begint met <html>", 1),
        ('\n<EDEX xmlns="http://voorbeeld/"/>', "begint met <EDEX> in een naamruimte", 2),
        ("<EDEX><leerlingen/></EDEX>", "ontbreekt het onderdeel <school>", 0),
        ("<EDEX><school><schooljaar>2026-2027</schooljaar></school></EDEX>", "ontbreekt het onderdeel <leerlingen>", 0),
        ("<EDEX><school/><leerlingen/></EDEX>", "geen schooljaar", 1),
        (bestand(schooljaar="2026-2028"), "«2026-2028» .* geen schooljaar", 1),
        (bestand(schooljaar="2026-2026"), "geen schooljaar", 1),
        (bestand(schooljaar="0001-0002"), "geen schooljaar", 1),
        (bestand(schooljaar="vorig jaar"), "Het schooljaar in school.xml is geen", 1),
        (bestand(schooljaar="133456785"), "Het schooljaar in school.xml is geen", 1),
        (
            "<EDEX><school><schooljaar>2026-2027</schooljaar><peildatum>31-02-2027</peildatum></school></EDEX>",
            "peildatum in school.xml klopt niet",
            1,
        ),
        (
            bestand().replace("<groepen>", "\n<school><schooljaar>2026-2027</schooljaar></school><groepen>"),
            "meer dan één",
            2,
        ),
        ("<EDEX>" + "<a>" * 40 + "</a>" * 40 + "</EDEX>", "te diep", 1),
        ("<EDEX>" + "<a>" * 4000 + "</a>" * 4000 + "</EDEX>", "te diep", 1),
        ("<EDEX><leerlingen><leerling>" + "<a/>" * 6000 + "</leerling></leerlingen></EDEX>", "te veel gegevens", 1),
        ("<EDEX><school>" + "<a/>" * 6000 + "</school></EDEX>", "te veel gegevens", 1),
        ("<EDEX>" + "x" * 11_000_000 + "</EDEX>", "beschadigd", 1),
    ],
)
def test_een_bestand_dat_geen_edexml_is_krijgt_een_zin(inhoud: bytes | str, zin: str, regel: int | None) -> None:
    with pytest.raises(BestandGeweigerd, match=zin) as fout:
        lees(inhoud)
    if regel is not None:
        assert fout.value.regel == regel


@pytest.mark.parametrize(
    "inhoud",
    [
        (BOM + "<EDEX>&a11;</EDEX>").encode(),
        (BOM + '<EDEX a="&a11;"/>').encode(),
        ('<?xml version="1.0" encoding="UTF-16"?>' + BOM + "<EDEX>&a11;</EDEX>").encode("utf-16"),
        b'<!DOCTYPE EDEX SYSTEM "file:///etc/passwd"><EDEX/>',
        b'<!DOCTYPE EDEX [<!ENTITY x SYSTEM "file:///etc/passwd">]><EDEX><school>&x;</school></EDEX>',
        b'<!DOCTYPE EDEX [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd">%x;]><EDEX/>',
        b'<!DOCTYPE EDEX PUBLIC "-//x" "http://127.0.0.1/x.dtd"><EDEX/>',
        b" " * 5000 + b"<!DOCTYPE EDEX><EDEX/>",
        UTF7,
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE EDEX><EDEX/>').encode("utf-16-le"),
    ],
)
def test_een_doctype_wordt_geweigerd(inhoud: bytes) -> None:
    with pytest.raises(BestandGeweigerd) as fout:
        lees(inhoud)
    assert "DOCTYPE" in fout.value.melding or "tekencodering" in fout.value.melding or "geen XML" in fout.value.melding
    assert "root:" not in fout.value.melding


@pytest.mark.parametrize(
    ("inhoud", "regel"),
    [
        (b'<?xml version="1.0" encoding="UTF-8"?>\n<EDEX>\n<school>Zo\xeb\xff</school></EDEX>', 3),
        (b"<EDEX>\n<school>Zo\xeb\xff</school></EDEX>", 2),
        (b'<?xml version="1.0" encoding="klingon"?><EDEX/>', 1),
        (b'<?xml version="1.0" encoding="windows-1252"?><EDEX>\x81</EDEX>', 1),
    ],
)
def test_een_bestand_in_een_andere_codering_dan_het_zegt(inhoud: bytes, regel: int) -> None:
    with pytest.raises(BestandGeweigerd, match="tekencodering die het zelf noemt") as fout:
        lees(inhoud)
    assert fout.value.regel == regel


def test_te_groot_bestand() -> None:
    with pytest.raises(BestandGeweigerd, match="groter dan 2 MB"):
        lees_edexml(b"<EDEX>" + b" " * 3_000_000, bestandsnaam="groot.xml", max_bytes=2 * 2**20)
    with pytest.raises(BestandGeweigerd, match="groter dan 64 MB"):
        lees_edexml(b" " * (64 * 2**20 + 1), bestandsnaam="groot.xml")


def veel(aantal: int, regels_voor_een: str = "\n") -> bytes:
    rij = (
        '<leerling key="{0}"><achternaam>Berg</achternaam><voorvoegsel>van der</voorvoegsel><roepnaam>Kind</roepnaam>'
        "<geboortedatum>2017-03-28</geboortedatum><geslacht>1</geslacht><jaargroep>4</jaargroep><groep key='g'/>"
        "<etniciteit>0</etniciteit><instroomdatum>2021-08-16</instroomdatum><toevoegingen><blok><code>x</code></blok>"
        "</toevoegingen></leerling>"
    )
    kinderen = regels_voor_een.join(rij.format(nummer) for nummer in range(aantal))
    return bestand(groepen='<groep key="g"><naam>4a</naam></groep>', leerlingen=kinderen).encode()


@pytest.mark.traag
def test_twintigduizend_leerlingen() -> None:
    inhoud = veel(20_000)
    gelezen = lees(inhoud)
    assert len(gelezen.leerlingen) == 20_000


def test_gelezen_rijen_worden_vergeten() -> None:
    """A file of sixteen million empty elements is within the size limit; kept, they would take gigabytes."""
    rij = b"<leerling><roepnaam>A</roepnaam></leerling>"
    inhoud = b"<EDEX><x/><x/><leerlingen>" + rij * 50 + b"<a/>" * 50 + b"</leerlingen></EDEX>"
    rijen = 0
    for element in elementen(inhoud, "x.xml"):
        if element.tag == "leerlingen":
            assert len(element) <= 1, "the rows before the last are gone"
            assert len(element.getparent()) <= 2, "and so are the lists but the one before"
        elif element.tag == "leerling":
            rijen += 1
            assert element.findtext("roepnaam") == "A", "a row is whole in its turn"
    assert rijen == 50


@pytest.mark.traag
@pytest.mark.parametrize("aantal", [2_000, 4_000])
def test_de_regel_klopt_ook_ver_in_een_lang_bestand(aantal: int) -> None:
    """libxml2 counts elements to line 65535 only."""
    kind = "<leerling key='{0}'>\n<roepnaam>A</roepnaam>\n" + "\n" * 18 + "</leerling>\n"
    inhoud = bestand(leerlingen="\n" + "".join(kind.format(nummer) for nummer in range(aantal)))
    laatste = lees(inhoud).leerlingen[-1]
    assert laatste.regel == 2 + (aantal - 1) * 21


@given(st.binary(max_size=400))
def test_willekeurige_bytes_geven_alleen_een_zin(inhoud: bytes) -> None:
    with pytest.raises(BestandGeweigerd) as fout:
        lees(inhoud)
    assert fout.value.melding.endswith(".")


@given(
    st.binary(max_size=60), st.sampled_from(["<EDEX>{}</EDEX>", "<EDEX><leerlingen>{}</leerlingen></EDEX>", "<?xml {}"])
)
def test_willekeurige_bytes_tussen_goede_tekens(inhoud: bytes, omslag: str) -> None:
    voor, _, na = omslag.partition("{}")
    with pytest.raises(BestandGeweigerd):
        lees(voor.encode() + inhoud + na.encode())


def _overschreven(bron: bytes, plaats: int, vuil: bytes) -> bytes:
    return bron[:plaats] + vuil + bron[plaats + len(vuil) :]


def _ingevoegd(bron: bytes, plaats: int, vuil: bytes) -> bytes:
    return bron[:plaats] + vuil + bron[plaats:]


@settings(max_examples=200)
@given(
    st.sampled_from([NEDERLANDS, VLAAMS]),
    st.sampled_from([_overschreven, _ingevoegd]),
    st.integers(min_value=0, max_value=len(VLAAMS)),
    st.one_of(
        st.binary(min_size=1, max_size=8), st.sampled_from([b"<a/>", b"</leerling>", b"#", b'"', b"&amp;", b"\xc2\x85"])
    ),
)
def test_een_beschadigd_voorbeeld_wordt_gelezen_of_geweigerd(
    bron: bytes, hoe: Callable[[bytes, int, bytes], bytes], plaats: int, vuil: bytes
) -> None:
    try:
        gelezen = lees(hoe(bron, plaats, vuil))
    except BestandGeweigerd as fout:
        assert fout.melding
    else:
        assert len(gelezen.leerlingen) <= 3
        assert all(rij.sleutel and not rij.sleutel.startswith("#") for rij in (*gelezen.leerlingen, *gelezen.groepen))
        assert "133456785" not in repr(gelezen)
