"""The care route: may this pupil take this step, and what comes next. Pure functions over a profile and facts.

`beoordeel` judges one arrow of the route, `beoordeel_bespreking` whether a meeting may be held about this pupil,
`beoordeel_document` whether a paper may be opened, and `volgende_stap` gives the one answer to *where are we, what is
next, who does it, before when, and what is still missing* (ontwerp §1.2). Nothing here reads a clock or a database:
facts go in, decisions come down.
"""

from leerlingen.profiel.basis import BEGIN
from leerlingen.termijn import Uiterste, binnen, binnen_weken
from leerlingen.zorgfeiten import (
    Antwoordfeit,
    Besprekingfeit,
    Documentfeit,
    Gesprekfeit,
    Gezaghebbende,
    Instantiefeit,
    Onderzoekfeit,
    Planfeit,
    Toestemmingfeit,
    Vakantie,
    Zorgfeiten,
)
from leerlingen.zorgroute.oordeel import (
    Oordeel,
    Uitkomst,
    beoordeel,
    beoordeel_bespreking,
    beoordeel_document,
    beoordeel_stap,
    mogelijke_stappen,
)
from leerlingen.zorgroute.volgende import Volgende, volgende_stap
from leerlingen.zorgroute.woorden import richting

__all__ = [
    "BEGIN",
    "Antwoordfeit",
    "Besprekingfeit",
    "Documentfeit",
    "Gesprekfeit",
    "Gezaghebbende",
    "Instantiefeit",
    "Onderzoekfeit",
    "Oordeel",
    "Planfeit",
    "Toestemmingfeit",
    "Uiterste",
    "Uitkomst",
    "Vakantie",
    "Volgende",
    "Zorgfeiten",
    "beoordeel",
    "beoordeel_bespreking",
    "beoordeel_document",
    "beoordeel_stap",
    "binnen",
    "binnen_weken",
    "mogelijke_stappen",
    "richting",
    "volgende_stap",
]
