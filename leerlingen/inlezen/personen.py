"""A file of parents and other carers: whose they are, with which authority, how to reach them (ontwerp §8). Pure.

Authority that is not filled in is unknown, and unknown opens nothing. Nothing that is personal stands in a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Final

from leerlingen.inlezen.tabel import LEERLINGKOLOMMEN, Leerlingverwijzing, eis_leerling, lees_verwijzing
from leerlingen.inlezen.velden import lees_email, lees_telefoon
from leerlingen.inlezen.weigering import Rijfout, Weigering
from leerlingen.namen import Naamdelen, splits_naam, zoeksleutel
from zorg.kern.tabelbestand import MAX_BYTES, Rij, lees_tabel

KOLOMMEN: Final = (*LEERLINGKOLOMMEN, "naam", "relatie", "gezag", "email", "telefoon", "taal")
SJABLOON: Final = tuple(kolom for kolom in KOLOMMEN if kolom != "voorvoegsel")
"""The columns of the empty list that schools fill in."""
GEZAG: Final = {
    "ja": "ja",
    "j": "ja",
    "nee": "nee",
    "n": "nee",
    "onbekend": "onbekend",
    "?": "onbekend",
    "-": "onbekend",
    "": "onbekend",
}
TALEN: Final = {
    "": "",
    "nederlands": "nl",
    "vlaams": "nl",
    "papiaments": "pap",
    "papiamento": "pap",
    "papiamentu": "pap",
    "fries": "fy",
    "engels": "en",
    "spaans": "es",
    "duits": "de",
    "frans": "fr",
    "portugees": "pt",
    "italiaans": "it",
    "pools": "pl",
    "oekraiens": "uk",
    "russisch": "ru",
    "bulgaars": "bg",
    "roemeens": "ro",
    "hongaars": "hu",
    "turks": "tr",
    "koerdisch": "ku",
    "arabisch": "ar",
    "tigrinya": "ti",
    "somalisch": "so",
    "perzisch": "fa",
    "farsi": "fa",
    "dari": "fa",
    "pasjtoe": "ps",
    "chinees": "zh",
    "mandarijn": "zh",
    "vietnamees": "vi",
    "hindi": "hi",
    "urdu": "ur",
    "grieks": "el",
    "servisch": "sr",
    "kroatisch": "hr",
    "albanees": "sq",
}
_CODES: Final = frozenset(TALEN.values())
MAXIMA: Final = (100, 30, 30, 120)
"""Characters of each part of a name, in the order of Naamdelen."""
MAX_RIJEN: Final = 20_000
"""Four parents of each of five thousand pupils: a longer file is not the list of one school."""


@dataclass(frozen=True, slots=True)
class Persoonrij:
    """A parent or carer of one pupil. `gezag` is ja, nee or onbekend; `taal` a language code, "" when not known."""

    leerling: Leerlingverwijzing
    naam: str
    naamdelen: Naamdelen
    relatie: str
    gezag: str
    email: str
    telefoon: str
    taal: str
    regel: int


@dataclass(frozen=True, slots=True)
class Personenbestand:
    """What was read. `opmerkingen`: what of a row that was read was not taken over; `genegeerd`: unknown columns."""

    rijen: tuple[Persoonrij, ...]
    geweigerd: tuple[Weigering, ...]
    opmerkingen: tuple[Weigering, ...]
    genegeerd: tuple[str, ...]


def lees_personen(bron: bytes | BinaryIO, *, bestandsnaam: str, max_bytes: int = MAX_BYTES) -> Personenbestand:
    """Read a persons file. Raises BestandGeweigerd when the file as a whole is no good."""
    tabel = lees_tabel(bron, bestandsnaam=bestandsnaam, kolommen=KOLOMMEN, max_rijen=MAX_RIJEN, max_bytes=max_bytes)
    tabel.eis("naam")
    eis_leerling(tabel)
    keuring = _Keuring(list(tabel.geweigerd))
    for rij in tabel.rijen:
        keuring.neem(rij)
    geweigerd = tuple(sorted(keuring.geweigerd, key=lambda weigering: weigering.regel))
    return Personenbestand(tuple(keuring.rijen), geweigerd, tuple(keuring.opmerkingen), tabel.genegeerd)


class _Keuring:
    """Judges rows one by one, and against those before it."""

    def __init__(self, geweigerd: list[Weigering]) -> None:
        self.geweigerd = geweigerd
        self.opmerkingen: list[Weigering] = []
        self.rijen: list[Persoonrij] = []
        self._ouderschappen: dict[tuple[Leerlingverwijzing | str, str], int] = {}
        self._adressen: dict[str, tuple[str, int]] = {}

    def neem(self, rij: Rij) -> None:
        try:
            persoon = self._persoon(rij)
            self._keur_dubbel(persoon)
        except Rijfout as fout:
            self.geweigerd.append(fout.als_weigering(rij.regel))
            return
        if rij.tekst("taal") and not persoon.taal:
            melding = "Deze taal kennen we niet; vul haar later in."
            self.opmerkingen.append(Weigering(rij.regel, "taal", "", melding))
        self.rijen.append(persoon)

    def _persoon(self, rij: Rij) -> Persoonrij:
        leerling = lees_verwijzing(rij)
        naam = rij.tekst("naam")
        if not naam:
            raise Rijfout("naam", "", "De naam van de ouder of verzorger ontbreekt.")
        delen = splits_naam(naam)
        if "@" in naam or any(len(deel) > maximum for deel, maximum in zip(delen, MAXIMA, strict=True)):
            raise Rijfout("naam", "", "Dit is geen naam, of hij is te lang.")
        relatie = rij.tekst("relatie").lower() or "ouder"
        if len(relatie) > 40:
            raise Rijfout("relatie", "", "De relatie is langer dan 40 tekens.")
        gezag = GEZAG.get(rij.tekst("gezag").lower())
        if gezag is None:
            raise Rijfout("gezag", "", "Vul bij gezag ja, nee of onbekend in.")
        return Persoonrij(
            leerling=leerling,
            naam=naam,
            naamdelen=delen,
            relatie=relatie,
            gezag=gezag,
            email=_email(rij.tekst("email")),
            telefoon=_telefoon(rij.tekst("telefoon")),
            taal=_taal(rij.tekst("taal")),
            regel=rij.regel,
        )

    def _keur_dubbel(self, persoon: Persoonrij) -> None:
        wie = zoeksleutel(persoon.naam)
        paar = (persoon.leerling.sleutel or persoon.leerling, wie)
        eerder = self._ouderschappen.get(paar)
        if eerder is not None:
            raise Rijfout("naam", "", f"Deze ouder staat bij deze leerling ook op regel {eerder}.")
        if persoon.email:
            ander, regel = self._adressen.setdefault(persoon.email, (wie, persoon.regel))
            if ander != wie:
                melding = f"Dit e-mailadres hoort op regel {regel} bij iemand anders. Elke ouder heeft een eigen adres."
                raise Rijfout("email", "", melding)
        self._ouderschappen[paar] = persoon.regel


def _email(tekst: str) -> str:
    adres = lees_email(tekst) if tekst else ""
    if adres is None:
        raise Rijfout("email", "", "Het e-mailadres is niet geldig. Zet er één adres in, zonder naam erbij.")
    return adres


def _telefoon(tekst: str) -> str:
    nummer = lees_telefoon(tekst) if tekst else ""
    if nummer is None:
        raise Rijfout("telefoon", "", "Het telefoonnummer is niet geldig. Zet er één nummer in, zonder tekst erbij.")
    return nummer


def _taal(tekst: str) -> str:
    """The code of a language, from its code or Dutch name; "" when we know neither."""
    woord = zoeksleutel(tekst)
    if woord in TALEN:
        return TALEN[woord]
    return woord if woord in _CODES else ""
