"""EDEXML 1.03, 2.0 and 2.1, Dutch and Flemish, by our own lenient rules (domein 2.7).

No schema at run time: the official one refuses every file of 2025-2026 and later. What a school may not store (BSN,
origin, weight, photo, vendors' additions) is never kept, not even in a refusal. Any DOCTYPE is refused, which ends
entity bombs and external entities at once.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from lxml import etree

from leerlingen.inlezen.weigering import BestandGeweigerd, Weigering

MAX_BYTES = 64 * 2**20
MAX_TEKST = 200
JAARGROEPEN = frozenset(["B", "D", *map(str, range(9)), *map(str, range(11, 17)), "S", "V", "C", "N", "H"])
GESLACHT = {"0": "onbekend", "1": "man", "2": "vrouw", "9": "anders"}
# EDEXML's roles as ours, by the least that each needs; what is not here gives no role (domein 2.7)
ROLLEN = {
    "DIR": "directeur",
    "IB": "ib",
    "RT": "rt",
    "OWA": "assistent",
    "KLA": "assistent",
    "STA": "assistent",
    "LRK": "leerkracht",
    "ICT": "ict",
}
_SCHOOLJAAR = re.compile(r"^(\d{4})-(\d{4})$")


@dataclass(frozen=True)
class Schoolkop:
    """The head of the file."""

    schooljaar: str
    brincode: str = ""
    dependancecode: str = ""
    schoolkey: str = ""
    instellingsnummer: str = ""
    peildatum: date | None = None
    aanmaakdatum: str = ""
    xsdversie: str = ""


@dataclass(frozen=True)
class Groeprij:
    """A group or composite group."""

    sleutel: str
    naam: str
    jaargroep: str
    samengesteld: bool
    regel: int


@dataclass(frozen=True)
class Leerlingrij:
    """A pupil, with only what care needs."""

    sleutel: str
    eckid: str
    roepnaam: str
    voorvoegsel: str
    achternaam: str
    voornamen: str
    voorletters: str
    geboortedatum: date | None
    geslacht: str
    jaargroep: str
    groep: str
    samengestelde_groepen: tuple[str, ...]
    instroomdatum: date | None
    uitstroomdatum: date | None
    start_groep3: date | None
    regel: int


@dataclass(frozen=True)
class Groepstaak:
    """A member of staff works with a group, in a role (ours; empty is not needed)."""

    groep: str
    rol: str


@dataclass(frozen=True)
class Medewerkerrij:
    """A member of staff."""

    sleutel: str
    roepnaam: str
    voorvoegsel: str
    achternaam: str
    voorletters: str
    email: str
    rollen: tuple[str, ...]
    groepen: tuple[Groepstaak, ...]
    regel: int


@dataclass
class Edexbestand:
    """What was read, and which rows were not."""

    school: Schoolkop
    groepen: list[Groeprij] = field(default_factory=list)
    leerlingen: list[Leerlingrij] = field(default_factory=list)
    medewerkers: list[Medewerkerrij] = field(default_factory=list)
    geweigerd: list[Weigering] = field(default_factory=list)


class _Rijfout(Exception):
    def __init__(self, veld: str, waarde: str, melding: str) -> None:
        super().__init__(melding)
        self.veld, self.waarde, self.melding = veld, waarde, melding


def lees_edexml(bron: bytes | BinaryIO, *, bestandsnaam: str, max_bytes: int = MAX_BYTES) -> Edexbestand:
    """Read a whole file. Raises BestandGeweigerd when the file itself is no good; bad rows stand in `geweigerd`."""
    inhoud = bron if isinstance(bron, bytes) else bron.read(max_bytes + 1)
    _keur_omvang(inhoud, bestandsnaam, max_bytes)
    bestand = Edexbestand(Schoolkop(""))
    gezien: dict[str, set[str]] = {"groep": set(), "samengestelde_groep": set(), "leerling": set(), "leerkracht": set()}
    kop: Schoolkop | None = None
    leerlingen = False
    for element in _elementen(inhoud, bestandsnaam):
        if element.tag == "school":
            kop = _kop(element)
        elif element.tag == "leerlingen":
            leerlingen = True
        elif element.tag in gezien:
            _rij(element, bestand, gezien)
        if element.tag in gezien or element.tag in ("toevoegingen", "vestiging"):
            element.clear()
    if kop is None:
        raise BestandGeweigerd(f"In {bestandsnaam} ontbreekt het onderdeel <school> met het schooljaar.")
    if not leerlingen:
        raise BestandGeweigerd(f"In {bestandsnaam} ontbreekt het onderdeel <leerlingen>. Exporteer opnieuw.")
    bestand.school = kop
    _controleer_groepen(bestand)
    return bestand


def _keur_omvang(inhoud: bytes, bestandsnaam: str, max_bytes: int) -> None:
    if not inhoud.strip():
        raise BestandGeweigerd(f"{bestandsnaam} is leeg.")
    if len(inhoud) > max_bytes:
        raise BestandGeweigerd(f"{bestandsnaam} is groter dan {max_bytes // 2**20} MB.")
    if b"<!DOCTYPE" in inhoud[:4096] or b"<!ENTITY" in inhoud:
        raise BestandGeweigerd(f"{bestandsnaam} bevat een DOCTYPE; dat hoort niet in EDEXML en wordt niet gelezen.", 1)
    if not inhoud.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<", b"\x00<", b"<\x00")):
        raise BestandGeweigerd(f"{bestandsnaam} is geen XML-bestand. Kies in uw administratie «EDEXML exporteren».")


def _elementen(inhoud: bytes, bestandsnaam: str) -> Iterator[Any]:
    """Closed elements two levels deep under <EDEX>; anything lxml can't read becomes one sentence with a line."""
    lezer = etree.iterparse(
        io.BytesIO(inhoud),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    diepte = 0
    try:
        for moment, element in lezer:
            if moment == "start":
                if diepte == 0:
                    _keur_wortel(element, bestandsnaam)
                diepte += 1
                if diepte > 12:
                    raise BestandGeweigerd(f"{bestandsnaam} is te diep genest om EDEXML te zijn.", element.sourceline)
            else:
                diepte -= 1
                if diepte in (1, 2):
                    yield element
    except etree.XMLSyntaxError as fout:
        regel = fout.lineno or 0
        raise BestandGeweigerd(
            f"{bestandsnaam} is op regel {regel} afgebroken of beschadigd. Exporteer het opnieuw.", regel
        ) from None


def _keur_wortel(element: Any, bestandsnaam: str) -> None:
    if element.getroottree().docinfo.doctype:
        raise BestandGeweigerd(f"{bestandsnaam} bevat een DOCTYPE; dat hoort niet in EDEXML.", 1)
    naam = etree.QName(element).localname
    if element.tag != "EDEX":
        raise BestandGeweigerd(
            f"{bestandsnaam} is geen EDEXML-bestand: het begint met <{naam[:40]}>. "
            "Kies in uw administratie «EDEXML exporteren».",
            element.sourceline or 1,
        )


def _tekst(element: Any, pad: str) -> str:
    waarde = element.findtext(pad) or ""
    return " ".join(waarde.split())[:MAX_TEKST]


def _sleutel(element: Any) -> str:
    waarde = " ".join((element.get("key") or "").split())[:100]
    if not waarde:
        raise _Rijfout("key", "", "De sleutel ontbreekt; zonder sleutel is niet te zien wie dit is.")
    if waarde.startswith("#"):
        raise _Rijfout("key", waarde, "Een sleutel die met # begint is een plaatshouder en wijst niemand aan.")
    return waarde


def _datum(element: Any, veld: str) -> date | None:
    waarde = _tekst(element, veld)
    if not waarde:
        return None
    try:
        return date.fromisoformat(waarde[:10])
    except ValueError:
        raise _Rijfout(veld, waarde[:20], f"De datum «{waarde[:20]}» bestaat niet.") from None


def _kop(element: Any) -> Schoolkop:
    schooljaar = _tekst(element, "schooljaar")
    gevonden = _SCHOOLJAAR.match(schooljaar)
    if not gevonden or int(gevonden[2]) != int(gevonden[1]) + 1:
        raise BestandGeweigerd(
            f"Het schooljaar «{schooljaar[:20]}» is geen schooljaar zoals 2026-2027.", element.sourceline or 0
        )
    try:
        peildatum = _datum(element, "peildatum")
    except _Rijfout as fout:
        raise BestandGeweigerd(fout.melding, element.sourceline or 0) from None
    return Schoolkop(
        schooljaar=schooljaar,
        brincode=_tekst(element, "brincode"),
        dependancecode=_tekst(element, "dependancecode"),
        schoolkey=_tekst(element, "schoolkey"),
        instellingsnummer=_tekst(element, "instellingsnummer"),
        peildatum=peildatum,
        aanmaakdatum=_tekst(element, "aanmaakdatum"),
        xsdversie=_tekst(element, "xsdversie"),
    )


def _rij(element: Any, bestand: Edexbestand, gezien: dict[str, set[str]]) -> None:
    ouder = element.getparent()
    if ouder is None or ouder.tag not in ("groepen", "leerlingen", "leerkrachten"):
        return
    regel = element.sourceline or 0
    try:
        sleutel = _sleutel(element)
        if sleutel in gezien[element.tag]:
            raise _Rijfout("key", sleutel, f"De sleutel «{sleutel}» komt twee keer voor; de tweede is overgeslagen.")
        if element.tag == "leerling":
            bestand.leerlingen.append(_leerling(element, sleutel, regel))
        elif element.tag == "leerkracht":
            bestand.medewerkers.append(_medewerker(element, sleutel, regel))
        else:
            bestand.groepen.append(_groep(element, sleutel, regel))
        gezien[element.tag].add(sleutel)
    except _Rijfout as fout:
        bestand.geweigerd.append(Weigering(regel, fout.veld, fout.waarde, fout.melding))


def _jaargroep(element: Any) -> str:
    waarde = _tekst(element, "jaargroep")
    if waarde and waarde not in JAARGROEPEN:
        raise _Rijfout("jaargroep", waarde[:10], f"De jaargroep «{waarde[:10]}» kent EDEXML niet.")
    return waarde


def _groep(element: Any, sleutel: str, regel: int) -> Groeprij:
    naam = _tekst(element, "naam")[:80]
    if not naam:
        raise _Rijfout("naam", "", "De groep heeft geen naam.")
    samengesteld = element.tag == "samengestelde_groep"
    return Groeprij(sleutel, naam, "" if samengesteld else _jaargroep(element), samengesteld, regel)


def _namen(element: Any) -> dict[str, str]:
    namen = {
        "roepnaam": _tekst(element, "roepnaam")[:100],
        "voorvoegsel": _tekst(element, "voorvoegsel")[:30],
        "achternaam": _tekst(element, "achternaam")[:120],
        "voorletters": _tekst(element, "voorletters-1")[:30],
    }
    if not namen["roepnaam"] and not namen["achternaam"]:
        raise _Rijfout("achternaam", "", "Er staat geen naam bij.")
    return namen


def _leerling(element: Any, sleutel: str, regel: int) -> Leerlingrij:
    namen = _namen(element)
    voornamen = _tekst(element, "voornamen")
    if not namen["roepnaam"] and voornamen:
        namen["roepnaam"] = voornamen.split()[0][:100]
    groep = element.find("groep")
    return Leerlingrij(
        sleutel=sleutel,
        eckid=(element.get("eckid") or "").strip()[:200],
        **namen,
        voornamen=voornamen,
        geboortedatum=_datum(element, "geboortedatum"),
        geslacht=GESLACHT.get(_tekst(element, "geslacht"), "onbekend"),
        jaargroep=_jaargroep(element),
        groep=" ".join((groep.get("key") or "").split()) if groep is not None else "",
        samengestelde_groepen=tuple(
            " ".join((kind.get("key") or "").split())
            for kind in element.iterfind("samengestelde_groepen/samengestelde_groep")
        ),
        instroomdatum=_datum(element, "instroomdatum"),
        uitstroomdatum=_datum(element, "uitstroomdatum"),
        start_groep3=_datum(element, "start_ondw_jgr3"),
        regel=regel,
    )


def _rollen(element: Any) -> tuple[str, ...]:
    """Our codes of the roles that stand here, in order, without doubles and without those we do not need."""
    codes = [ROLLEN.get(" ".join((kind.text or "").split()).upper(), "") for kind in element.iterfind("rol")]
    return tuple(dict.fromkeys(code for code in codes if code))


def _groepsrol(element: Any) -> str:
    """Without a role one teaches the group; a role that we do not know gives the least."""
    if element.find("rol") is None and element.find("rolomschrijving") is None:
        return "leerkracht"
    rollen = _rollen(element)
    return next((rol for rol in ("leerkracht", "rt") if rol in rollen), "assistent")


def _medewerker(element: Any, sleutel: str, regel: int) -> Medewerkerrij:
    groepen = [
        Groepstaak(" ".join((kind.get("key") or "").split()), _groepsrol(kind))
        for kind in element.iterfind("groepen/*")
        if kind.tag in ("groep", "samengestelde_groep")
    ]
    return Medewerkerrij(
        sleutel=sleutel,
        **_namen(element),
        email=_tekst(element, "emailadres").lower(),
        rollen=_rollen(element),
        groepen=tuple(groepen),
        regel=regel,
    )


def _controleer_groepen(bestand: Edexbestand) -> None:
    """A pupil in a group that the file does not have is refused; of staff only that one group is dropped."""
    groepen = {groep.sleutel for groep in bestand.groepen if not groep.samengesteld}
    samen = {groep.sleutel for groep in bestand.groepen if groep.samengesteld}
    goed = []
    for rij in bestand.leerlingen:
        onbekend = [rij.groep] if rij.groep and rij.groep not in groepen else []
        onbekend += [sleutel for sleutel in rij.samengestelde_groepen if sleutel not in samen]
        if onbekend:
            melding = f"De groep «{onbekend[0][:40]}» staat niet in het bestand."
            bestand.geweigerd.append(Weigering(rij.regel, "groep", onbekend[0][:40], melding))
        else:
            goed.append(rij)
    bestand.leerlingen = goed
    for medewerker in bestand.medewerkers:
        for taak in medewerker.groepen:
            if taak.groep not in groepen | samen:
                melding = f"De groep «{taak.groep[:40]}» staat niet in het bestand; de medewerker is wel gelezen."
                bestand.geweigerd.append(Weigering(medewerker.regel, "groep", taak.groep[:40], melding))
    bestand.geweigerd.sort(key=lambda weigering: weigering.regel)
