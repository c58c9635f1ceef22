"""What tables about pupils have in common: which pupil a row is about, dates in two notations. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from leerlingen.inlezen.velden import lees_datum
from leerlingen.inlezen.weigering import BestandGeweigerd, Rijfout, citaat, toonbare_datum
from zorg.kern.tabelbestand import Rij, Tabel

NAAMKOLOMMEN: Final = ("achternaam", "roepnaam", "geboortedatum")
LEERLINGKOLOMMEN: Final = ("sleutel", *NAAMKOLOMMEN, "voorvoegsel")
MAX_SLEUTEL: Final = 100


@dataclass(frozen=True, slots=True)
class Leerlingverwijzing:
    """Which pupil a row means: by EDEXML key, else by surname, given name and date of birth together.

    Beside a key the name is kept too, when it is there, to notice rows in which key and name have come apart.
    """

    sleutel: str = ""
    achternaam: str = ""
    roepnaam: str = ""
    geboortedatum: date | None = None
    voorvoegsel: str = ""


def eis_leerling(tabel: Tabel) -> None:
    """Raises BestandGeweigerd when the table has no columns that point at a pupil."""
    if "sleutel" not in tabel.kolommen and not set(NAAMKOLOMMEN) <= set(tabel.kolommen):
        melding = (
            f"In {tabel.bestandsnaam} ontbreekt de kolom «sleutel». "
            "Zonder sleutel zijn «achternaam», «roepnaam» en «geboortedatum» alle drie nodig."
        )
        raise BestandGeweigerd(melding, tabel.kopregel)


def lees_verwijzing(rij: Rij) -> Leerlingverwijzing:
    """The pupil of a row. Raises Rijfout when it points at nobody."""
    sleutel = rij.tekst("sleutel")
    achternaam, roepnaam, voorvoegsel = rij.tekst("achternaam"), rij.tekst("roepnaam"), rij.tekst("voorvoegsel")
    geboortedatum = lees_datumveld(rij, "geboortedatum")
    if sleutel.startswith("#"):
        raise Rijfout("sleutel", "#", "Een sleutel die met # begint is een plaatshouder en wijst niemand aan.")
    if len(sleutel) > MAX_SLEUTEL:
        raise Rijfout("sleutel", "", f"De sleutel is langer dan {MAX_SLEUTEL} tekens.")
    if not sleutel:
        gevuld = {"achternaam": achternaam, "roepnaam": roepnaam, "geboortedatum": geboortedatum}
        leeg = next((veld for veld, waarde in gevuld.items() if not waarde), None)
        if leeg is not None:
            melding = "Zonder sleutel zijn achternaam, roepnaam en geboortedatum alle drie nodig."
            raise Rijfout("sleutel" if "sleutel" in rij.waarden and not any(gevuld.values()) else leeg, "", melding)
    return Leerlingverwijzing(sleutel, achternaam, roepnaam, geboortedatum, voorvoegsel)


def lees_datumveld(rij: Rij, veld: str) -> date | None:
    """The date in this column, or None when it is empty. Raises Rijfout for what is no date in our two notations."""
    waarde = rij.waarden.get(veld, "")
    if not isinstance(waarde, str):
        return waarde
    if not waarde:
        return None
    gelezen = lees_datum(waarde)
    if gelezen is None:
        toonbaar = toonbare_datum(waarde)
        raise Rijfout(veld, toonbaar, f"De datum{citaat(toonbaar)} klopt niet. Schrijf 28-01-2027 of 2027-01-28.")
    return gelezen
