"""EDEXML 1.03, 2.0 and 2.1, Dutch and Flemish, by our own lenient rules (domein 2.7).

No schema at run time: the official one refuses every file of 2025-2026 and later. What a school may not store (BSN,
origin, weight, photo, vendors' additions) is never kept, not even in a refusal. Nothing is logged.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Final

from leerlingen.inlezen import edexml_velden as velden
from leerlingen.inlezen.edexml_bron import elementen, keur_inhoud, regel_van
from leerlingen.inlezen.edexml_vorm import (
    BEKENDE_ROLLEN,
    GESLACHT,
    GROEPSROLLEN,
    ROLLEN,
    ZONDER_GROEP,
    Edexbestand,
    Groeprij,
    Groepstaak,
    Leerlingrij,
    Medewerkerrij,
    Schoolkop,
)
from leerlingen.inlezen.velden import lees_email
from leerlingen.inlezen.weigering import BestandGeweigerd, Rijfout, Weigering, citaat, toonbare_code
from zorg.kern.tekst import een_regel

__all__ = [
    "MAX_BYTES",
    "Edexbestand",
    "Groeprij",
    "Groepstaak",
    "Leerlingrij",
    "Medewerkerrij",
    "Schoolkop",
    "lees_edexml",
]

MAX_BYTES: Final = 64 * 2**20
RIJEN: Final = {
    "groep": "groepen",
    "samengestelde_groep": "groepen",
    "leerling": "leerlingen",
    "leerkracht": "leerkrachten",
}
"""Elements that are a row, and the list in which they are one."""
SOORTEN: Final = {"groepen": "groepen", "leerlingen": "leerlingen", "leerkrachten": "medewerkers"}

_SCHOOLJAAR: Final = re.compile(r"((?:19|20)[0-9]{2})-((?:19|20)[0-9]{2})")
_TOONBAAR_SCHOOLJAAR: Final = re.compile(r"[0-9]{4}-[0-9]{1,4}")


@dataclass
class _Oogst:
    """What has been read so far."""

    kop: Schoolkop | None = None
    heeft_leerlingen: bool = False
    gezien: dict[str, set[str]] = field(default_factory=lambda: {lijst: set() for lijst in RIJEN.values()})
    groepen: list[Groeprij] = field(default_factory=list)
    leerlingen: list[Leerlingrij] = field(default_factory=list)
    medewerkers: list[Medewerkerrij] = field(default_factory=list)
    geweigerd: list[Weigering] = field(default_factory=list)
    opmerkingen: list[Weigering] = field(default_factory=list)


def lees_edexml(bron: bytes | BinaryIO, *, bestandsnaam: str, max_bytes: int = MAX_BYTES) -> Edexbestand:
    """Read a whole file of at most `max_bytes`.

    Raises BestandGeweigerd when the file itself is no good; rows that are no good stand in `geweigerd`.
    """
    inhoud = bron if isinstance(bron, bytes) else bron.read(max_bytes + 1)
    keur_inhoud(inhoud, bestandsnaam, max_bytes)
    oogst = _Oogst()
    for element in elementen(inhoud, bestandsnaam):
        if element.tag == "school":
            if oogst.kop is not None:
                raise BestandGeweigerd(f"{bestandsnaam} bevat meer dan één school.", regel_van(element))
            oogst.kop = _kop(element, bestandsnaam)
        elif element.tag == "leerlingen":
            oogst.heeft_leerlingen = True
        elif element.tag in RIJEN and element.getparent().tag == RIJEN[element.tag]:
            _rij(element, oogst)
    if oogst.kop is None:
        raise BestandGeweigerd(f"In {bestandsnaam} ontbreekt het onderdeel <school> met het schooljaar.")
    if not oogst.heeft_leerlingen:
        raise BestandGeweigerd(f"In {bestandsnaam} ontbreekt het onderdeel <leerlingen>. Exporteer opnieuw.")
    _onderscheid_namen(oogst)
    _controleer_groepen(oogst)
    return Edexbestand(
        oogst.kop,
        tuple(oogst.groepen),
        tuple(oogst.leerlingen),
        tuple(oogst.medewerkers),
        tuple(sorted(oogst.geweigerd, key=lambda weigering: weigering.regel)),
        tuple(sorted(oogst.opmerkingen, key=lambda opmerking: opmerking.regel)),
        {SOORTEN[lijst]: frozenset(sleutels) for lijst, sleutels in oogst.gezien.items()},
    )


# -- the head and the rows ------------------------------------------------------------------------------------------


def _kop(element: Any, bestandsnaam: str) -> Schoolkop:
    schooljaar = velden.tekst(element, "schooljaar").replace("/", "-").replace(" ", "")
    gevonden = _SCHOOLJAAR.fullmatch(schooljaar)
    if not gevonden or int(gevonden[2]) != int(gevonden[1]) + 1:
        toonbaar = schooljaar if _TOONBAAR_SCHOOLJAAR.fullmatch(schooljaar) else ""
        raise BestandGeweigerd(
            f"Het schooljaar{citaat(toonbaar)} in {bestandsnaam} is geen schooljaar zoals 2026-2027.",
            regel_van(element),
        )
    try:
        peildatum = velden.datum(element, "peildatum")
    except Rijfout as fout:
        raise BestandGeweigerd(
            f"De peildatum in {bestandsnaam} klopt niet. {fout.melding}", regel_van(element)
        ) from None
    codes = ("brincode", "dependancecode", "schoolkey", "instellingsnummer", "aanmaakdatum", "xsdversie")
    return Schoolkop(
        schooljaar=schooljaar, peildatum=peildatum, **{code: velden.tekst(element, code)[:256] for code in codes}
    )


def _rij(element: Any, oogst: _Oogst) -> None:
    regel = regel_van(element)
    gezien = oogst.gezien[RIJEN[element.tag]]
    try:
        sleutel = velden.sleutel(element)
        if sleutel in gezien:
            toonbaar = toonbare_code(sleutel)
            melding = f"De sleutel{citaat(toonbaar)} komt twee keer voor; de tweede is overgeslagen."
            raise Rijfout("key", toonbaar, melding)
        gezien.add(sleutel)
        if element.tag == "leerling":
            oogst.leerlingen.append(_leerling(element, sleutel, regel))
        elif element.tag == "leerkracht":
            oogst.medewerkers.append(_medewerker(element, sleutel, regel, oogst.opmerkingen))
        else:
            oogst.groepen.append(_groep(element, sleutel, regel))
    except Rijfout as fout:
        oogst.geweigerd.append(fout.als_weigering(regel))


def _groep(element: Any, sleutel: str, regel: int) -> Groeprij:
    naam = velden.tekst(element, "naam")[:80].strip()
    if not naam:
        raise Rijfout("naam", "", "De groep heeft geen naam.")
    samengesteld = element.tag == "samengestelde_groep"
    return Groeprij(sleutel, naam, "" if samengesteld else velden.jaargroep(element), samengesteld, regel)


def _leerling(element: Any, sleutel: str, regel: int) -> Leerlingrij:
    voornamen = velden.naamdeel(element, "voornamen")
    namen = velden.namen(element)
    if not namen["roepnaam"] and voornamen:
        namen["roepnaam"] = voornamen.split()[0][: velden.LENGTES["roepnaam"]]
    groep = element.find("groep")
    samen = (velden.verwijzing(kind) for kind in element.iterfind("samengestelde_groepen/samengestelde_groep"))
    return Leerlingrij(
        sleutel=sleutel,
        eckid=velden.eckid(element),
        **namen,
        voornamen=voornamen,
        geboortedatum=velden.datum(element, "geboortedatum"),
        geslacht=GESLACHT.get(velden.tekst(element, "geslacht"), "onbekend"),
        jaargroep=velden.jaargroep(element),
        groep=velden.verwijzing(groep) if groep is not None else "",
        samengestelde_groepen=tuple(dict.fromkeys(samen)),
        instroomdatum=velden.datum(element, "instroomdatum"),
        uitstroomdatum=velden.datum(element, "uitstroomdatum"),
        start_groep3=velden.datum(element, "start_ondw_jgr3"),
        regel=regel,
    )


# -- staff ----------------------------------------------------------------------------------------------------------


def _medewerker(element: Any, sleutel: str, regel: int, opmerkingen: list[Weigering]) -> Medewerkerrij:
    namen = velden.namen(element)
    codes = _rolcodes(element)
    groepen: dict[str, Groepstaak] = {}
    eigen: list[Weigering] = []
    for kind in element.iterfind("groepen/*"):
        if kind.tag in ("groep", "samengestelde_groep"):
            groep = velden.verwijzing(kind)
            rol = _groepsrol(kind, codes)
            if rol:
                groepen.setdefault(groep, Groepstaak(groep, rol))
            else:
                melding = "Wat deze medewerker in de groep doet, kennen we niet. Wijs de groep zo nodig zelf toe."
                eigen.append(Weigering(regel, "groep", toonbare_code(groep), melding))
    for code in codes - BEKENDE_ROLLEN:
        toonbaar = code if len(code) <= 3 else ""
        eigen.append(Weigering(regel, "rol", toonbaar, f"De rol{citaat(toonbaar)} kent EDEXML niet; overgeslagen."))
    if element.find("rolomschrijving") is not None:
        eigen.append(Weigering(regel, "rolomschrijving", "", "Een vrije omschrijving van de rol is niet overgenomen."))
    adres = velden.tekst(element, "emailadres")
    email = lees_email(adres) or ""
    if adres and not email:
        eigen.append(Weigering(regel, "emailadres", "", "Het e-mailadres is niet geldig en is niet overgenomen."))
    opmerkingen.extend(eigen)
    rollen = dict.fromkeys(ROLLEN[code] for code in _op_volgorde(element) if code in ROLLEN)
    return Medewerkerrij(
        sleutel=sleutel,
        eckid=velden.eckid(element),
        **namen,
        email=email,
        rollen=tuple(rollen),
        groepen=tuple(groepen.values()),
        regel=regel,
    )


def _op_volgorde(element: Any) -> list[str]:
    return [code for kind in element.iterfind("rol") if (code := een_regel(kind.text or "").upper())]


def _rolcodes(element: Any) -> frozenset[str]:
    return frozenset(_op_volgorde(element))


def _groepsrol(element: Any, aan_school: frozenset[str]) -> str:
    """Our role in this group, or "". Who has no role in it is what they are at school; no role at all is a teacher."""
    in_groep = _rolcodes(element)
    if not in_groep:
        if element.find("rolomschrijving") is not None:
            return ""
        if aan_school & ZONDER_GROEP and not aan_school & ROLLEN.keys():
            return ""
    rollen = {GROEPSROLLEN[code] for code in in_groep or aan_school if code in GROEPSROLLEN}
    if not rollen and not in_groep:
        return "leerkracht"  # nobody in particular, or an ib'er or director with a group of their own
    return next((rol for rol in ("leerkracht", "rt", "assistent") if rol in rollen), "")


# -- the file as a whole --------------------------------------------------------------------------------------------


def _onderscheid_namen(oogst: _Oogst) -> None:
    """Two groups of one name get their key behind it: a name is unique in our school year, in EDEXML it need not be."""
    namen = Counter((groep.samengesteld, groep.naam.casefold()) for groep in oogst.groepen)
    for plaats, groep in enumerate(oogst.groepen):
        if namen[groep.samengesteld, groep.naam.casefold()] > 1:
            naam = f"{groep.naam[: 80 - len(groep.sleutel) - 3]} ({groep.sleutel})"[:80]
            oogst.groepen[plaats] = replace(groep, naam=naam)
            melding = "Twee groepen hebben dezelfde naam; de sleutel staat er nu achter."
            oogst.opmerkingen.append(Weigering(groep.regel, "naam", toonbare_code(groep.sleutel), melding))


def _controleer_groepen(oogst: _Oogst) -> None:
    """A pupil in a group that the file does not have is refused; of staff only that one group is dropped."""
    stam = {groep.sleutel for groep in oogst.groepen if not groep.samengesteld}
    samen = {groep.sleutel for groep in oogst.groepen if groep.samengesteld}
    goed = []
    for rij in oogst.leerlingen:
        onbekend = [rij.groep] if rij.groep and rij.groep not in stam else []
        onbekend += [sleutel for sleutel in rij.samengestelde_groepen if sleutel not in samen]
        if onbekend:
            oogst.geweigerd.append(_onbekende_groep(rij.regel, onbekend[0]))
        else:
            goed.append(rij)
    oogst.leerlingen = goed
    for plaats, medewerker in enumerate(oogst.medewerkers):
        taken = tuple(taak for taak in medewerker.groepen if taak.groep in stam or taak.groep in samen)
        if len(taken) != len(medewerker.groepen):
            oogst.medewerkers[plaats] = replace(medewerker, groepen=taken)
        for taak in medewerker.groepen:
            if taak not in taken:
                oogst.geweigerd.append(_onbekende_groep(medewerker.regel, taak.groep, "; de medewerker is wel gelezen"))


def _onbekende_groep(regel: int, sleutel: str, erbij: str = "") -> Weigering:
    toonbaar = toonbare_code(sleutel)
    return Weigering(regel, "groep", toonbaar, f"De groep{citaat(toonbaar)} staat niet in het bestand{erbij}.")
