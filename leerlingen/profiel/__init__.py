"""The care procedure of a school as data: schema, loader and upgrades. Pure: no database, no Django.

Begin with `lees_ingebouwd("kogerveld")`, or `uit_json(profielversie.inhoud)` for what a school has stored.
"""

from leerlingen.profiel.basis import BEGIN, ROLLEN, Rol
from leerlingen.profiel.laden import (
    INGEBOUWD,
    als_json,
    als_toml,
    ingebouwde_profielen,
    ingebouwde_tekst,
    laad_profiel,
    lees_ingebouwd,
    uit_json,
)
from leerlingen.profiel.meldingen import ProfielFout
from leerlingen.profiel.opvolging import controleer_opvolging
from leerlingen.profiel.schema import SCHEMAVERSIE, Profiel
from leerlingen.profiel.verschil import Verschil, verschillen

__all__ = [
    "BEGIN",
    "INGEBOUWD",
    "ROLLEN",
    "SCHEMAVERSIE",
    "Profiel",
    "ProfielFout",
    "Rol",
    "Verschil",
    "als_json",
    "als_toml",
    "controleer_opvolging",
    "ingebouwde_profielen",
    "ingebouwde_tekst",
    "laad_profiel",
    "lees_ingebouwd",
    "uit_json",
    "verschillen",
]
