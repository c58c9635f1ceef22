"""Who and what the fixed cast holds, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leerlingen.models import (
        Aanstelling,
        Bijlage,
        Document,
        Dossierstuk,
        DossierstukRecht,
        Groep,
        Leerling,
        Ouderschap,
        Persoon,
        Schooljaar,
        Toestemming,
        Toewijzing,
    )
    from zorg.kern.models import Gebruiker, School


@dataclass
class Lid:
    """Somebody of the cast: their account, and the person they are at their school."""

    gebruiker: Gebruiker
    persoon: Persoon
    aanstelling: Aanstelling | None = None
    toewijzing: Toewijzing | None = None
    sessie: str = ""
    """Key of a running session: a browser with this cookie is signed in (tests/rechten/aanvraag.py)."""


@dataclass
class Bezetting:
    """Two schools. Everything without a suffix is of De Kogerveld; `_anders` is of De Anders.

    The day is Tuesday 3 November 2026, ten o'clock in Amsterdam (tests.bouw.NU); the school year runs since 1 August.
    """

    kogerveld: School
    anders: School
    jaar: Schooljaar
    groep_6a: Groep
    groep_6b: Groep
    plusgroep: Groep
    """Composite: Aya (6a) and Chris (6b), without a teacher of its own."""
    groep_anders: Groep

    anna: Lid
    """Teacher of 6a."""
    duo: Lid
    """Els, Anna's partner in 6a on Thursday and Friday."""
    vervanger: Lid
    """Femke, substitute of 6a from 26 October until 1 December."""
    bas: Lid
    """Teacher of 6b."""
    carla: Lid
    """Intern begeleider."""
    dora: Lid
    """Director."""
    specialist: Lid
    """Gijs, specialist for rekenen."""
    rt: Lid
    """Hanna, rt'er of Bram alone."""
    assistent: Lid
    """Ivo, assistant of Bram alone."""
    beheerder: Lid
    """Johan, technical administrator: no dossier."""
    extern: Lid
    """Karin, from outside: sees `stuk_extern` of Bram until 1 December."""
    extern_oud: Lid
    """Leo, from outside: his grant on the same piece ended on 1 October."""
    vertrokken: Lid
    """Mieke, taught 6a and left on 1 October."""
    dirk: Lid
    """Father of Bram and Aya, with authority."""
    ouder_ander: Lid
    """Mother of Chris in 6b, with authority."""
    ouder_zonder_gezag: Lid
    """Parent of Bram without authority."""
    ouder_onbekend: Lid
    """Parent of Bram whose authority is unknown."""
    ouder_twee: Lid
    """Mother of Chris here and of a child at De Anders: two schools."""
    ib_anders: Lid
    leerkracht_anders: Lid
    ouder_anders: Lid

    bram: Leerling
    """6a, son of Dirk. The dossier of the cast is his."""
    aya: Leerling
    """6a and the composite group, also Dirk's."""
    zoe: Leerling
    """6a; her name has marks, an apostrophe and letters that sort elsewhere."""
    bobby: Leerling
    """6a; his name is HTML and SQL."""
    mononiem: Leerling
    """6a; has no given name."""
    chris: Leerling
    """6b and the composite group."""
    dunya: Leerling
    """6b."""
    vertrokken_leerling: Leerling
    """Was in 6b, left the school on 1 September."""
    leerling_anders: Leerling

    notitie: Dossierstuk
    """Of Bram, gewoon, not shared."""
    vertrouwelijk: Dossierstuk
    geheim: Dossierstuk
    in_kring: Dossierstuk
    """Of Bram, for Carla and Dora alone."""
    gedeeld: Dossierstuk
    """Of Bram, published to his parents; its paper is definitive; with a file."""
    rekenstuk: Dossierstuk
    """Of Bram, subject rekenen."""
    taalstuk: Dossierstuk
    """Of Bram, subject spelling."""
    stuk_extern: Dossierstuk
    """Of Bram, granted to Karin."""
    notitie_6b: Dossierstuk
    """Of Chris."""
    notitie_anders: Dossierstuk
    """Of the pupil of De Anders."""
    document: Document
    """The paper of `notitie`."""
    document_groep: Document
    """A paper of group 6a."""
    bijlage: Bijlage
    """At `gedeeld`."""
    recht_extern: DossierstukRecht
    toestemming: Toestemming
    """Asked of Dirk for Bram, not yet answered."""
    ouderschap: Ouderschap
    """Dirk and Bram."""

    extra: dict[str, object] = field(default_factory=dict)
    """What later floors add: `bezetting.extra["groepsplan"]` (tests/bouw/aanvullers.py)."""

    def leden(self) -> Iterator[tuple[str, Lid]]:
        """Everyone with an account, by name."""
        for naam, waarde in vars(self).items():
            if isinstance(waarde, Lid):
                yield naam, waarde

    def lid(self, naam: str) -> Lid:
        """The member of this name."""
        gevonden = getattr(self, naam)
        if not isinstance(gevonden, Lid):
            raise KeyError(naam)
        return gevonden
