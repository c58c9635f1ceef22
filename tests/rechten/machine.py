"""Acts on the real school and on the model side by side; after each, what every account sees must be the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis.stateful import initialize, rule

from leerlingen import services
from leerlingen.models import Dossierstuk, Ouderschap
from tests.bouw import fabriek
from tests.rechten.kijken import KINDEREN, MENSEN, Kijkmachine
from tests.rechten.model import OVERDRACHT, RANG, Eigen, Gunning, Ouder, Periode, Schoolmodel, Stuk
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.schoolcontext import schoolcontext

ZONE = ZoneInfo("Europe/Amsterdam")
BEGIN = datetime(2026, 11, 3, 10, 0, tzinfo=ZONE)
GROEPEN = ("6a", "6b", "7a", "plus")
NIVEAUS = tuple(RANG)

mensen, kinderen, groepen = st.sampled_from(MENSEN), st.sampled_from(KINDEREN), st.sampled_from(GROEPEN)
niveaus, nummers = st.sampled_from(NIVEAUS), st.integers(0, 30)
leiding = st.sampled_from(["carla", "carla", "dora", "dora", "anna", "karin"])
dagen = st.sampled_from([0, 0, 0, 1, 10, 40])


def midden(dag: date) -> datetime:
    """The midnight with which a day starts."""
    return datetime.combine(dag, time.min, tzinfo=ZONE)


class Rechtenmachine(Kijkmachine):
    """One school, eight people, four pupils. `school` is set by the test."""

    def __init__(self) -> None:
        super().__init__()
        self._stapel = ExitStack()
        self._savepoint = transaction.savepoint()
        self._klok: Any = None
        self.m = Schoolmodel(nu=BEGIN, dag=BEGIN.date())
        self._zet_klok(BEGIN)
        self._stapel.enter_context(schoolcontext([self.school]))
        self.mens, self.kind, self.stuk = {}, {}, {}
        self.groep: dict[str, Any] = {}
        self.stap = 0
        self.geraakt = set()

    def teardown(self) -> None:
        try:
            self._iedereen_kijkt()
        finally:
            self._stapel.close()
            if self._klok is not None:
                self._klok.__exit__(None, None, None)
            transaction.savepoint_rollback(self._savepoint)

    def _zet_klok(self, nu: datetime) -> None:
        if self._klok is not None:
            self._klok.__exit__(None, None, None)
        self._klok = klok.stilgezet(nu)
        self._klok.__enter__()
        self.m.nu, self.m.dag = nu, nu.astimezone(ZONE).date()

    @initialize()
    def begin(self) -> None:
        """Ib'er, director, two groups with teacher and pupils; a parent, a substitute, and two grants that will end."""
        jaar = services.schooljaar_zorgen(school=self.school, naam="2026-2027", door=None)
        volgend = services.schooljaar_zorgen(school=self.school, naam="2027-2028", door=None)
        for naam in GROEPEN:
            van = volgend if naam == "7a" else jaar
            soort = "samengesteld" if naam == "plus" else "stamgroep"
            self.groep[naam] = services.groep_zorgen(
                school=self.school, schooljaar=van, naam=f"{naam} model", soort=soort, door=None
            )
            self.m.jaren[naam] = Periode(van.periode.lower, van.periode.upper)
        self.m.samengesteld.add("plus")
        for naam in MENSEN:
            lid = fabriek.lid(self.school, naam)
            self.mens[naam] = lid
        for naam in KINDEREN:
            self.kind[naam] = fabriek.leerling(
                self.school, naam.title(), f"Model{naam}", vanaf=date(2026, 8, 1), geboortedatum=date(2016, 1, 2)
            )
            self.m.ingeschreven[naam] = Periode(date(2026, 8, 1))
        self.stel_aan("carla", "ib", 0, None)
        self.stel_aan("dora", "directeur", 0, None)
        for wie, groep, wat in (("anna", "6a", ("aya", "bram")), ("bas", "6b", ("chris", "dunya"))):
            self.stel_aan(wie, "leerkracht", 0, None)
            self.wijs_toe(wie, groep, "leerkracht", 0, None)
            for naam in wat:
                self.plaats(naam, groep, 0)
        self.schrijf("anna", "aya", "gewoon", "", papier=True)
        self.schrijf("carla", "bram", "geheim", "rekenen", papier=False)
        self.deel("anna", 0)
        self.voeg_ouder_toe("dirk", "aya", "ja")
        self.stel_aan("ivo", "rt", 0, None)
        self.verleen_leerling("carla", "ivo", "chris", 15)
        self.verleen_stuk("carla", "karin", 0, 15)
        self.wijs_toe("gijs", "6b", "vervanger", 0, 25)

    # -- both sides of an act ---------------------------------------------------------------------------------

    def _beide(self, *, mag: bool, doe: Callable[[], Any]) -> Any:
        """Do it in the school; that it succeeds or is refused must be what the model says. Gives None if refused."""
        try:
            with transaction.atomic():
                uit = doe()
        except (DomeinFout, PermissionDenied) as fout:
            assert not mag, f"refused, but the model allows it: {fout!r}"
            return None
        assert mag, "done, but the model refuses it"
        return uit

    def _kies(self, rij: list[Any], nummer: int) -> Any:
        return rij[nummer % len(rij)] if rij else None

    @rule(kind=kinderen, groep=groepen, na=dagen)
    def plaats(self, kind: str, groep: str, na: int) -> None:
        """Move a pupil to a group, now or later."""
        vanaf = self.m.dag + timedelta(days=na)
        self._beide(
            mag=self.m.plaats(kind, groep, vanaf),
            doe=lambda: services.plaatsen(leerling=self.kind[kind], groep=self.groep[groep], vanaf=vanaf, door=None),
        )

    @rule(kind=kinderen)
    def schrijf_uit(self, kind: str) -> None:
        """A pupil leaves today."""
        self._beide(
            mag=self.m.schrijf_uit(kind, self.m.dag),
            doe=lambda: services.uitschrijven(leerling=self.kind[kind], per=self.m.dag, door=None),
        )

    @rule(
        wie=mensen,
        groep=groepen,
        rol=st.sampled_from(["leerkracht", "vervanger", "rt", "assistent"]),
        na=dagen,
        duur=st.none() | st.integers(1, 60),
    )
    def wijs_toe(self, wie: str, groep: str, rol: str, na: int, duur: int | None) -> None:
        """Assign somebody to a group."""
        self.geraakt = {wie}
        vanaf = self.m.dag + timedelta(days=na)
        tot = None if duur is None else vanaf + timedelta(days=duur)
        self._beide(
            mag=self.m.wijs_toe(wie, groep, rol, vanaf, tot),
            doe=lambda: services.toewijzen(
                persoon=self.mens[wie].persoon, groep=self.groep[groep], rol=rol, vanaf=vanaf, tot=tot, door=None
            ),
        )

    @rule(nummer=nummers, overdracht=st.booleans(), na=dagen)
    def beeindig_toewijzing(self, nummer: int, overdracht: bool, na: int) -> None:
        """End an assignment, with or without the handover window."""
        if not self.m.toewijzingen:
            return
        rij = self._kies(self.m.toewijzingen, nummer)
        self.geraakt = {rij.wie}
        persoon = self.mens[rij.wie].persoon
        echt = next(
            t
            for t in persoon.toewijzingen.systeemtoegang(reden="de proef op het model").filter(
                groep=self.groep[rij.groep]
            )
            if t.periode.lower == rij.periode.van
        )
        per = self.m.dag + timedelta(days=na)
        self.m.beeindig_toewijzing(rij, per, overdracht=overdracht)
        services.toewijzing_beeindigen(toewijzing=echt, per=per, overdracht=overdracht, door=None)

    @rule(
        wie=mensen,
        rol=st.sampled_from(["ib", "directeur", "leerkracht", "specialist", "extern", "beheerder", "teamleider"]),
        na=dagen,
        duur=st.none() | st.integers(1, 60),
    )
    def stel_aan(self, wie: str, rol: str, na: int, duur: int | None) -> None:
        """Give somebody a role."""
        self.geraakt = {wie}
        vanaf = self.m.dag + timedelta(days=na)
        tot = None if duur is None else vanaf + timedelta(days=duur)
        vakken = frozenset({"rekenen"}) if rol == "specialist" else frozenset[str]()
        self._beide(
            mag=self.m.stel_aan(wie, rol, Periode(vanaf, tot), vakken),
            doe=lambda: services.aanstellen(
                persoon=self.mens[wie].persoon, rol=rol, vanaf=vanaf, tot=tot, vakgebieden=sorted(vakken), door=None
            ),
        )

    @rule(nummer=nummers, na=dagen)
    def beeindig_aanstelling(self, nummer: int, na: int) -> None:
        """Somebody loses a role; with the last one they leave."""
        rij = self._kies(self.m.aanstellingen, nummer)
        self.geraakt = {rij.wie}
        echt = next(
            a
            for a in self.mens[rij.wie].persoon.aanstellingen.systeemtoegang(reden="de proef op het model")
            if a.rol == rij.rol and a.periode.lower == rij.periode.van
        )
        per = self.m.dag + timedelta(days=na)
        self._beide(
            mag=self.m.beeindig_aanstelling(rij, per, midden),
            doe=lambda: services.aanstelling_beeindigen(aanstelling=echt, per=per, door=None),
        )

    @rule(wie=mensen, kind=kinderen, rol=st.sampled_from(["rt", "assistent"]), duur=st.integers(1, 60))
    def geef_leerling(self, wie: str, kind: str, rol: str, duur: int) -> None:
        """Somebody works with one pupil."""
        self.geraakt = {wie}
        periode = Periode(self.m.dag, self.m.dag + timedelta(days=duur))
        mag = not any(e.wie == wie and e.kind == kind and e.periode.raakt(periode) for e in self.m.eigen)
        self._beide(
            mag=mag,
            doe=lambda: services.leerling_toewijzen(
                persoon=self.mens[wie].persoon,
                leerling=self.kind[kind],
                rol=rol,
                vanaf=periode.van,
                tot=periode.tot,
                door=None,
            ),
        )
        if mag:
            self.m.eigen.append(Eigen(wie, kind, rol, periode))

    @rule(
        wie=mensen,
        kind=kinderen,
        niveau=niveaus,
        vak=st.sampled_from(["", "", "rekenen", "spelling"]),
        papier=st.booleans(),
    )
    def schrijf(self, wie: str, kind: str, niveau: str, vak: str, papier: bool) -> None:
        """Somebody writes a piece; never one that they could not read back."""
        self.geraakt = {wie}
        naam = f"stuk{next(self.m.teller)}"
        hoogte = self.m.schrijfhoogte(wie, kind)
        self.m.stukken[naam] = Stuk(kind, RANG[niveau], vak=vak, papier=papier)
        mag = hoogte is not None and self.m.ziet_stuk(wie, naam)
        door = self.mens[wie].gebruiker

        def doe() -> Any:
            stuk = services.stuk_maken(
                leerling=self.kind[kind],
                soort="notitie",
                titel=naam,
                vertrouwelijkheid=niveau,
                vakgebied=vak,
                door=door,
            )
            if papier:
                services.document_maken(soort="notitie", stuk=stuk, door=None)
            return stuk

        stuk = self._beide(mag=mag, doe=doe)
        if stuk is None:
            del self.m.stukken[naam]
        else:
            self.stuk[naam] = stuk

    def _vers(self, naam: str) -> Any:
        return Dossierstuk.objects.systeemtoegang(reden="de proef op het model").get(pk=self.stuk[naam].pk)

    @rule(wie=mensen, nummer=nummers, niveau=niveaus)
    def verander_niveau(self, wie: str, nummer: int, niveau: str) -> None:
        """Raise or lower the confidentiality of a piece; not out of one's own sight, not secret while shared."""
        self.geraakt = {wie}
        naam = self._kies(list(self.stuk), nummer)
        if naam is None:
            return
        stuk = self.m.stukken[naam]
        oud, mag = stuk.rang, self.m.schrijft_stuk(wie, naam)
        stuk.rang = RANG[niveau]
        mag = mag and self.m.ziet_stuk(wie, naam) and not (niveau == "geheim" and stuk.gedeeld)
        if not mag:
            stuk.rang = oud
        self._beide(
            mag=mag,
            doe=lambda: services.vertrouwelijkheid_wijzigen(
                stuk=self._vers(naam), vertrouwelijkheid=niveau, door=self.mens[wie].gebruiker
            ),
        )

    @rule(wie=mensen, nummer=nummers, lezers=st.sets(mensen, max_size=2))
    def zet_kring(self, wie: str, nummer: int, lezers: set[str]) -> None:
        """Keep a piece within named readers, who writes it among them; nobody named opens it again."""
        self.geraakt = {wie, *lezers}
        naam = self._kies(list(self.stuk), nummer)
        if naam is None:
            return
        stuk = self.m.stukken[naam]
        oud, mag = stuk.kring, self.m.schrijft_stuk(wie, naam) and not (lezers and stuk.gedeeld)
        stuk.kring = frozenset(lezers | {wie}) if lezers else frozenset()
        mag = mag and self.m.ziet_stuk(wie, naam)
        if not mag:
            stuk.kring = oud
        self._beide(
            mag=mag,
            doe=lambda: services.kring_zetten(
                stuk=self._vers(naam), lezers=[self.mens[n].persoon for n in lezers], door=self.mens[wie].gebruiker
            ),
        )

    @rule(wie=mensen, nummer=nummers)
    def deel(self, wie: str, nummer: int) -> None:
        """Share a piece with the parents."""
        naam = self._kies(list(self.stuk), nummer)
        if naam is None:
            return
        stuk = self.m.stukken[naam]
        mag = self.m.schrijft_stuk(wie, naam) and not stuk.kring and stuk.rang < RANG["geheim"]
        self._beide(mag=mag, doe=lambda: services.publiceren(stuk=self._vers(naam), door=self.mens[wie].gebruiker))
        stuk.gedeeld = stuk.gedeeld or mag

    @rule(wie=mensen, nummer=nummers)
    def neem_terug(self, wie: str, nummer: int) -> None:
        """Stop sharing a piece."""
        naam = self._kies(list(self.stuk), nummer)
        if naam is None:
            return
        mag = self.m.schrijft_stuk(wie, naam)
        self._beide(
            mag=mag,
            doe=lambda: services.publicatie_intrekken(stuk=self._vers(naam), door=self.mens[wie].gebruiker),
        )
        if mag:
            self.m.stukken[naam].gedeeld = False

    @rule(door=leiding, aan=mensen, kind=kinderen, duur=st.integers(1, 40))
    def verleen_leerling(self, door: str, aan: str, kind: str, duur: int) -> None:
        """Let a colleague look at a pupil for a while."""
        self.geraakt = {aan}
        self._verleen(door, aan, self.m.op_leerling, kind, self.kind[kind], duur, self.m.is_collega(aan))

    @rule(door=leiding, aan=mensen, nummer=nummers, duur=st.integers(1, 40))
    def verleen_stuk(self, door: str, aan: str, nummer: int, duur: int) -> None:
        """Let a colleague look at one piece for a while; nobody from outside, for no parent consents here."""
        naam = self._kies(list(self.stuk), nummer)
        self.geraakt = {aan}
        if naam is not None:
            mag = self.m.ziet_stuk(door, naam) and self.m.is_collega(aan)
            self._verleen(door, aan, self.m.op_stuk, naam, self.stuk[naam], duur, mag)

    def _verleen(self, door: str, aan: str, rij: list[Gunning], op: str, echt: Any, duur: int, mag: bool) -> None:
        tot = self.m.nu + timedelta(days=duur)
        mag = mag and self.m.verleent(door)
        mag = mag and not any(g.wie == aan and g.op == op and g.van < tot and self.m.nu < g.tot for g in rij)
        self._beide(
            mag=mag,
            doe=lambda: services.recht_verlenen(
                op=echt, aan=self.mens[aan].persoon, tot=tot, reden="Meedenken", door=self.mens[door].gebruiker
            ),
        )
        if mag:
            rij.append(Gunning(aan, op, self.m.nu, tot))

    @rule(door=mensen, nummer=nummers, welke=st.booleans())
    def trek_in(self, door: str, nummer: int, welke: bool) -> None:
        """End a grant now."""
        rij = self.m.op_leerling if welke else self.m.op_stuk
        gunning: Gunning | None = self._kies([g for g in rij if g.tot > self.m.nu], nummer)
        if gunning is None:
            return
        self.geraakt = {gunning.wie}
        bron = self.kind[gunning.op] if welke else self.stuk[gunning.op]
        recht = bron.rechten.systeemtoegang(reden="de proef op het model").get(
            user=self.mens[gunning.wie].gebruiker, geldig_van=gunning.van, geldig_tot=gunning.tot
        )
        mag = self.m.verleent(door)
        self._beide(mag=mag, doe=lambda: services.recht_intrekken(recht=recht, door=self.mens[door].gebruiker))
        if mag:
            gunning.tot = max(self.m.nu, gunning.van)

    @rule(wie=mensen, kind=kinderen)
    def open_met_spoed(self, wie: str, kind: str) -> None:
        """Emergency access: only for who works at the school, for four hours."""
        self.geraakt = {wie}
        mag = self.m.is_team(wie)
        self._beide(
            mag=mag,
            doe=lambda: services.noodtoegang_openen(
                leerling=self.kind[kind], reden="Het kind is gevallen op het plein", door=self.mens[wie].gebruiker
            ),
        )
        if mag:
            self.m.nood.append(Gunning(wie, kind, self.m.nu, self.m.nu + timedelta(hours=4)))
            # it cannot end in the instant in which it began; a clock that stands still would let its opener leave in it
            self._zet_klok(self.m.nu + timedelta(microseconds=1))

    @rule(wie=mensen, kind=kinderen, gezag=st.sampled_from(["ja", "ja", "nee", "onbekend"]))
    def voeg_ouder_toe(self, wie: str, kind: str, gezag: str) -> None:
        """Somebody is the parent of a pupil; a teacher may be."""
        self.geraakt = {wie}
        mag = not any(o.wie == wie and o.kind == kind for o in self.m.ouders)
        self._beide(
            mag=mag,
            doe=lambda: services.ouder_toevoegen(
                leerling=self.kind[kind], persoon=self.mens[wie].persoon, gezag=gezag, vanaf=self.m.dag, door=None
            ),
        )
        if mag:
            self.m.ouders.append(Ouder(wie, kind, gezag, beperkt=False, van=self.m.dag))

    @rule(nummer=nummers)
    def beperk_ouder(self, nummer: int) -> None:
        """A court restricts a parent with authority; or takes the restriction away."""
        ouder: Ouder | None = self._kies(self.m.ouders, nummer)
        if ouder is not None:
            self.verander_gezag(nummer, "ja", not ouder.beperkt)

    @rule(nummer=nummers, gezag=st.sampled_from(["ja", "nee", "onbekend"]), beperkt=st.booleans())
    def verander_gezag(self, nummer: int, gezag: str, beperkt: bool) -> None:
        """Authority is recorded anew, perhaps with a restriction by a court."""
        ouder: Ouder | None = self._kies(self.m.ouders, nummer)
        if ouder is None:
            return
        echt = Ouderschap.objects.systeemtoegang(reden="de proef op het model").get(
            persoon=self.mens[ouder.wie].persoon, leerling=self.kind[ouder.kind]
        )
        services.gezag_wijzigen(
            ouderschap=echt, gezag=gezag, beperking="Uitspraak van de rechter" if beperkt else "", door=None
        )
        ouder.gezag, ouder.beperkt = gezag, beperkt

    @rule(stap=st.sampled_from([timedelta(hours=5), timedelta(days=1), timedelta(days=10), OVERDRACHT]))
    def klok_vooruit(self, stap: timedelta) -> None:
        """Time passes."""
        self._zet_klok((self.m.nu.astimezone(ZONE) + stap).astimezone(ZONE))

    @rule()
    def een_maand(self) -> None:
        """A month passes: windows, grants and substitutes end by themselves."""
        self.klok_vooruit(timedelta(days=30))

    @rule()
    def bijna_middernacht(self) -> None:
        """The last second of this day; the next step of a day starts the morrow."""
        self._zet_klok(datetime.combine(self.m.dag, time(23, 59, 59), tzinfo=ZONE))

    @rule()
    def na_middernacht(self) -> None:
        """The first moment of the next day."""
        self._zet_klok(midden(self.m.dag + timedelta(days=1)))
