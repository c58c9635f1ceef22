"""Who sees what, written a second time: plain sets and dates, from the words of the design, sharing no code with the
rule (ontwerp §4.1). tests/rechten/test_model.py holds the two against each other.

Days are half-open `[van, tot)`, `tot=None` has no end; moments of grants likewise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

OVERDRACHT = timedelta(days=21)
RANG = {"gewoon": 0, "vertrouwelijk": 1, "geheim": 2}


@dataclass
class Periode:
    """A stretch of days."""

    van: date
    tot: date | None = None

    def heeft(self, dag: date) -> bool:
        return self.van <= dag and (self.tot is None or dag < self.tot)

    def raakt(self, ander: Periode) -> bool:
        voor = self.tot is not None and self.tot <= ander.van
        na = ander.tot is not None and ander.tot <= self.van
        return not voor and not na

    def ruimer(self, marge: timedelta) -> Periode:
        return Periode(self.van - marge, self.tot + marge if self.tot else None)


@dataclass
class Aanstelling:
    wie: str
    rol: str
    periode: Periode
    vakken: frozenset[str] = frozenset()


@dataclass
class Toewijzing:
    """Somebody and a group. `kijken` is how long they look in."""

    wie: str
    groep: str
    rol: str
    periode: Periode
    kijken: Periode


@dataclass
class Plaatsing:
    kind: str
    groep: str
    stam: bool
    periode: Periode


@dataclass
class Eigen:
    """Somebody and one pupil: rt'er or assistant."""

    wie: str
    kind: str
    rol: str
    periode: Periode


@dataclass
class Ouder:
    wie: str
    kind: str
    gezag: str
    beperkt: bool
    van: date


@dataclass
class Gunning:
    """A grant on a pupil or a piece, or an emergency, between two moments."""

    wie: str
    op: str
    van: datetime
    tot: datetime

    def geldt(self, nu: datetime) -> bool:
        return self.van <= nu < self.tot


@dataclass
class Stuk:
    kind: str
    rang: int
    vak: str = ""
    kring: frozenset[str] = frozenset()
    gedeeld: bool = False
    papier: bool = False


@dataclass
class Schoolmodel:
    """One school as the rule should see it."""

    nu: datetime
    dag: date
    jaren: dict[str, Periode] = field(default_factory=dict)
    """The school year of each group."""
    samengesteld: set[str] = field(default_factory=set)
    ingeschreven: dict[str, Periode] = field(default_factory=dict)
    plaatsingen: list[Plaatsing] = field(default_factory=list)
    toewijzingen: list[Toewijzing] = field(default_factory=list)
    aanstellingen: list[Aanstelling] = field(default_factory=list)
    eigen: list[Eigen] = field(default_factory=list)
    ouders: list[Ouder] = field(default_factory=list)
    stukken: dict[str, Stuk] = field(default_factory=dict)
    op_leerling: list[Gunning] = field(default_factory=list)
    op_stuk: list[Gunning] = field(default_factory=list)
    nood: list[Gunning] = field(default_factory=list)
    teller: count[int] = field(default_factory=lambda: count(1))

    # -- the rule ---------------------------------------------------------------------------------------------

    def heeft_rol(self, wie: str, *rollen: str) -> bool:
        """Whether somebody is appointed today, in one of these roles."""
        return any(a.wie == wie and a.rol in rollen and a.periode.heeft(self.dag) for a in self.aanstellingen)

    def _samen(self, wie: str, kind: str, *, schrijven: bool) -> set[str]:
        """The roles in which somebody works with a group in which the pupil sits. Looking in lasts longer."""
        rollen = set()
        for t in self.toewijzingen:
            for p in self.plaatsingen:
                if t.wie != wie or p.kind != kind or t.groep != p.groep or not t.periode.raakt(p.periode):
                    continue
                mijn, zijn = (t.periode, p.periode) if schrijven else (t.kijken, p.periode.ruimer(OVERDRACHT))
                if mijn.heeft(self.dag) and zijn.heeft(self.dag):
                    rollen.add(t.rol)
        return rollen

    def hoogte(self, wie: str, kind: str) -> int | None:
        """The highest confidentiality that somebody reads of a pupil; None when the pupil is not theirs to see.

        Subject specialists are left out here: they see the pupil, and read by subject (`vakken`).
        """
        hoogten = []
        if self.heeft_rol(wie, "ib", "directeur") or any(
            n.wie == wie and n.op == kind and n.geldt(self.nu) for n in self.nood
        ):
            hoogten.append(RANG["geheim"])
        rollen = self._samen(wie, kind, schrijven=False)
        if "leerkracht" in rollen:
            hoogten.append(RANG["vertrouwelijk"])
        gewoon = bool(rollen & {"vervanger", "rt", "assistent"})
        gewoon |= any(e.wie == wie and e.kind == kind and e.periode.heeft(self.dag) for e in self.eigen)
        gewoon |= any(g.wie == wie and g.op == kind and g.geldt(self.nu) for g in self.op_leerling)
        if gewoon:
            hoogten.append(RANG["gewoon"])
        return max(hoogten, default=None)

    def vakken(self, wie: str, kind: str) -> set[str]:
        """The subjects of which a specialist reads the ordinary pieces of an enrolled pupil."""
        if not self.ingeschreven[kind].heeft(self.dag):
            return set()
        eigen = [a for a in self.aanstellingen if a.wie == wie and a.rol == "specialist" and a.periode.heeft(self.dag)]
        return {vak for a in eigen for vak in a.vakken}

    def ziet_leerling(self, wie: str, kind: str) -> bool:
        return self.hoogte(wie, kind) is not None or bool(self.vakken(wie, kind))

    def ziet_stuk(self, wie: str, naam: str) -> bool:
        """A circle goes before levels; a grant on the piece itself goes before both."""
        stuk = self.stukken[naam]
        if any(g.wie == wie and g.op == naam and g.geldt(self.nu) for g in self.op_stuk):
            return True
        hoogte = self.hoogte(wie, stuk.kind)
        if stuk.kring:
            return hoogte is not None and wie in stuk.kring
        if hoogte is not None and stuk.rang <= hoogte:
            return True
        return stuk.rang == RANG["gewoon"] and stuk.vak != "" and stuk.vak in self.vakken(wie, stuk.kind)

    def leest_mee(self, wie: str, kind: str) -> bool:
        """A parent with known authority, unrestricted by a court."""
        return any(
            o.wie == wie and o.kind == kind and o.gezag == "ja" and not o.beperkt and o.van <= self.dag
            for o in self.ouders
        )

    def leest_stuk_mee(self, wie: str, naam: str) -> bool:
        stuk = self.stukken[naam]
        return stuk.gedeeld and self.leest_mee(wie, stuk.kind)

    def leerlingen_van(self, wie: str) -> set[str]:
        return {kind for kind in self.ingeschreven if self.ziet_leerling(wie, kind)}

    def stukken_van(self, wie: str) -> set[str]:
        return {naam for naam in self.stukken if self.ziet_stuk(wie, naam)}

    def kinderen_van(self, wie: str) -> set[str]:
        return {kind for kind in self.ingeschreven if self.leest_mee(wie, kind)}

    def gedeeld_met(self, wie: str) -> set[str]:
        return {naam for naam in self.stukken if self.leest_stuk_mee(wie, naam)}

    def papieren(self, namen: Iterable[str]) -> set[str]:
        return {naam for naam in namen if self.stukken[naam].papier}

    # -- writing ----------------------------------------------------------------------------------------------

    def schrijfhoogte(self, wie: str, kind: str) -> int | None:
        """As `hoogte`, for writing: no handover window, no grants, no emergency, no assistants."""
        if self.heeft_rol(wie, "ib", "directeur"):
            return RANG["geheim"]
        rollen = self._samen(wie, kind, schrijven=True)
        if "leerkracht" in rollen:
            return RANG["vertrouwelijk"]
        eigen = any(e.wie == wie and e.kind == kind and e.rol == "rt" and e.periode.heeft(self.dag) for e in self.eigen)
        return RANG["gewoon"] if eigen or rollen & {"vervanger", "rt"} else None

    def schrijft_stuk(self, wie: str, naam: str) -> bool:
        stuk = self.stukken[naam]
        hoogte = self.schrijfhoogte(wie, stuk.kind)
        if hoogte is None:
            return False
        return wie in stuk.kring if stuk.kring else stuk.rang <= hoogte

    def verleent(self, wie: str) -> bool:
        return self.heeft_rol(wie, "ib", "directeur")

    def is_team(self, wie: str) -> bool:
        """Appointed as anything but an expert from outside."""
        return any(a.wie == wie and a.rol != "extern" and a.periode.heeft(self.dag) for a in self.aanstellingen)

    def is_collega(self, wie: str) -> bool:
        """Appointed to work with pupils: not an expert from outside, not only the administrator."""
        return any(
            a.wie == wie and a.rol not in ("extern", "beheerder") and a.periode.heeft(self.dag)
            for a in self.aanstellingen
        )

    # -- what acts change -------------------------------------------------------------------------------------

    def plaats(self, kind: str, groep: str, vanaf: date) -> bool:
        """False when it is refused: the year is over, the pupil is gone then, or sits there already."""
        jaar = self.jaren[groep]
        assert jaar.tot is not None
        vanaf, school = max(vanaf, jaar.van), self.ingeschreven[kind]
        if vanaf >= jaar.tot or not school.heeft(vanaf):
            return False
        tot = min(jaar.tot, school.tot) if school.tot else jaar.tot
        nieuw = Plaatsing(kind, groep, groep not in self.samengesteld, Periode(vanaf, tot))
        blijft = self.plaatsingen
        if nieuw.stam:
            blijft = self._zonder_na(kind, nieuw.periode.van, alleen_stam=True)
        if any(p.kind == kind and p.groep == groep and p.periode.raakt(nieuw.periode) for p in blijft):
            return False
        self.plaatsingen = [*blijft, nieuw]
        return True

    def _zonder_na(self, kind: str, per: date, *, alleen_stam: bool) -> list[Plaatsing]:
        uit = []
        for p in self.plaatsingen:
            geraakt = p.kind == kind and (p.stam or not alleen_stam)
            if not geraakt or (p.periode.tot is not None and p.periode.tot <= per):
                uit.append(p)
            elif p.periode.van < per:
                uit.append(Plaatsing(p.kind, p.groep, p.stam, Periode(p.periode.van, per)))
        return uit

    def schrijf_uit(self, kind: str, per: date) -> bool:
        if per <= self.ingeschreven[kind].van:
            return False
        self.ingeschreven[kind] = Periode(self.ingeschreven[kind].van, per)
        self.plaatsingen = self._zonder_na(kind, per, alleen_stam=False)
        return True

    def wijs_toe(self, wie: str, groep: str, rol: str, vanaf: date, tot: date | None) -> bool:
        jaar = self.jaren[groep]
        assert jaar.tot is not None
        periode = Periode(max(vanaf, jaar.van), min(tot or jaar.tot, jaar.tot))
        assert periode.tot is not None
        leeg = periode.tot <= periode.van
        if leeg or any(t.wie == wie and t.groep == groep and t.periode.raakt(periode) for t in self.toewijzingen):
            return False
        kijken = periode.ruimer(OVERDRACHT) if rol == "leerkracht" else periode
        self.toewijzingen.append(Toewijzing(wie, groep, rol, periode, kijken))
        return True

    def beeindig_toewijzing(self, t: Toewijzing, per: date, *, overdracht: bool) -> None:
        if t.periode.van >= per:
            self.toewijzingen.remove(t)
            return
        eind = min(per, t.periode.tot) if t.periode.tot else per
        t.periode = Periode(t.periode.van, eind)
        t.kijken = Periode(t.kijken.van, eind + OVERDRACHT if overdracht and t.rol == "leerkracht" else eind)

    def stel_aan(self, wie: str, rol: str, periode: Periode, vakken: frozenset[str] = frozenset()) -> bool:
        if any(a.wie == wie and a.rol == rol and a.periode.raakt(periode) for a in self.aanstellingen):
            return False
        self.aanstellingen.append(Aanstelling(wie, rol, periode, vakken))
        return True

    def beeindig_aanstelling(self, a: Aanstelling, per: date, begin_van: Callable[[date], datetime]) -> bool:
        """With the last role everything ends that was given to who has it. `begin_van` is the midnight of a day."""
        if per <= a.periode.van:
            return False
        if a.periode.tot is not None:
            per = min(per, a.periode.tot)
        a.periode = Periode(a.periode.van, per)
        if any(b.wie == a.wie and b.periode.heeft(per) for b in self.aanstellingen):
            return True
        for t in [t for t in self.toewijzingen if t.wie == a.wie]:
            if t.kijken.tot is not None and t.kijken.tot <= per:
                continue
            if t.periode.van >= per:
                self.toewijzingen.remove(t)
                continue
            t.periode = Periode(t.periode.van, min(per, t.periode.tot) if t.periode.tot else per)
            t.kijken = Periode(t.kijken.van, per)
        for e in [e for e in self.eigen if e.wie == a.wie and (e.periode.tot is None or e.periode.tot > per)]:
            self.eigen.remove(e)
            if e.periode.van < per:
                self.eigen.append(Eigen(e.wie, e.kind, e.rol, Periode(e.periode.van, per)))
        einde = begin_van(per)
        for g in (g for rij in (self.op_leerling, self.op_stuk, self.nood) for g in rij if g.wie == a.wie):
            if g.tot > einde:
                g.tot = max(einde, g.van + (timedelta(microseconds=1) if g in self.nood else timedelta(0)))
        return True
