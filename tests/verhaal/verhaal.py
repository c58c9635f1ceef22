"""The people and the school of the route of one pupil, and short ways to act as one of them. No browser."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.test import Client

from besprekingen.models import Agendapunt, Bespreking, Deelnemer, Evaluatie
from besprekingen.services import zorgfeiten
from leerlingen import profielen_van_school, services, zorgroute
from leerlingen.models import Antwoord, Document, Groep, Leerling, Persoon, Vrij, Zorgniveauperiode
from lvs.services import Invoer, resultaten_vastleggen
from tests.bouw import Bezetting, fabriek
from tests.bouw.personen import Lid
from zorg.kern import klok
from zorg.kern.models import Bericht, School, Werk
from zorg.kern.schoolcontext import schoolcontext

ZONE = ZoneInfo("Europe/Amsterdam")
EDEXML = Path(__file__).resolve().parents[1] / "gegevens" / "EDEXML.Voorbeeld.2.1.xml"
ERBIJ = (("00003", "Zilver", "Fenna"), ("00004", "Kade", "Joris"))
UITSLAGEN = {"Wimpie": "V", "Ismaël": "III", "Fenna": "I", "Joris": "IV"}


def alles(model: Any, **zoek: Any) -> Any:
    return model.objects.systeemtoegang(reden="verhaal").filter(**zoek)


def bestand(map_: Path, jaar: str) -> Path:
    """The official example as a school of this school year would export it: two groups, four children in 4B."""
    tekst = EDEXML.read_text(encoding="utf-8").replace("2014-2015", jaar)
    tekst = tekst.replace("2006-06-21", f"{int(jaar[:4]) - 8}-06-21").replace("2014-10-01", f"{jaar[:4]}-10-01")
    tekst = re.sub(r'<groep key="00[123]"(?:/>|>.*?</groep>)', "", tekst, flags=re.S)
    vestiging = '<jaargroep>4</jaargroep>\n\t\t\t<vestiging key="VB"/>'
    assert vestiging in tekst
    tekst = tekst.replace(vestiging, vestiging.replace("<vestiging", '<groep key="GRP4B"/><vestiging'))
    kinderen = "".join(
        f'<leerling key="{sleutel}"><achternaam>{achternaam}</achternaam><roepnaam>{roepnaam}</roepnaam>'
        f"<geboortedatum>{int(jaar[:4]) - 8}-10-02</geboortedatum><geslacht>2</geslacht><jaargroep>4</jaargroep>"
        f'<groep key="GRP4B"/></leerling>'
        for sleutel, achternaam, roepnaam in ERBIJ
    )
    uit = map_ / "edexml.xml"
    uit.write_text(tekst.replace("</leerlingen>", f"{kinderen}</leerlingen>"), encoding="utf-8")
    return uit


def opdracht(naam: str, *args: str) -> Any:
    """A command of the school; what it prints, read as JSON where it is."""
    uit = io.StringIO()
    call_command(naam, *args, stdout=uit)
    tekst = uit.getvalue().strip()
    return json.loads(tekst) if tekst.startswith("{") else tekst


@dataclass
class Verhaal:
    """The school with everyone in the story. `zet` holds the clock."""

    zet: Callable[[datetime], None]
    school: School
    jaar: str
    wimpie: Leerling
    klas: list[Leerling]
    groep: Groep
    leden: dict[str, Lid]

    # -- the clock --

    def naar(self, dag: date, tijd: time = time(15, 30)) -> None:
        """Go to this moment, in local time."""
        self.zet(datetime.combine(dag, tijd, tzinfo=ZONE))

    @property
    def vandaag(self) -> date:
        return klok.vandaag(self.school)

    def schooldag(self, over: int) -> date:
        """The first school day so many days from now."""
        dag = self.vandaag + timedelta(days=over)
        vrij = list(alles(Vrij).values_list("periode", flat=True))
        while dag.isoweekday() > 5 or any(dag in periode for periode in vrij):
            dag += timedelta(days=1)
        return dag

    # -- acting --

    def als(self, wie: str) -> Client:
        browser = Client()
        browser.force_login(self.leden[wie].gebruiker)
        return browser

    def account(self, wie: str) -> Any:
        return self.leden[wie].gebruiker

    def persoon(self, wie: str) -> Persoon:
        return self.leden[wie].persoon

    def lees(self, wie: str, adres: str, status: int = 200) -> str:
        """Open a page as somebody; the text, with entities as they are read."""
        antwoord = self.als(wie).get(adres)
        assert antwoord.status_code == status, (wie, adres, antwoord.status_code)
        return schoon(antwoord.content.decode())

    def doe(self, wie: str, adres: str, status: int = 302, /, **velden: Any) -> str:
        """Send a form as somebody; the text of the answer, or where it leads."""
        antwoord = self.als(wie).post(adres, velden)
        tekst = schoon(antwoord.content.decode())
        assert antwoord.status_code == status, (wie, adres, antwoord.status_code, _fouten(tekst))
        return antwoord["Location"] if status == 302 else tekst

    def dicht_voor(self, adres: str, *wie: str) -> None:
        """Nobody of these learns that the page is there."""
        for naam in wie:
            assert self.als(naam).get(adres).status_code == 404, (naam, adres)

    def papier(self, pk: int) -> Document:
        """A paper with what its services ask of it."""
        rijen = alles(Document, pk=pk).select_related("school", "profielversie", "stuk__leerling__school")
        gevonden: Document = rijen.get()
        return gevonden

    def schrijf(self, wie: str, document: Document, deel: int | None = None) -> None:
        """Answer every obligatory question of (this part of) a paper that is still open, as the page does."""
        gevuld = set(alles(Antwoord, document=document).exclude(tekst="").values_list("sectiecode", "vraagcode"))
        for sectie in profielen_van_school.document_van(document.profielversie, document.soort).secties:
            for vraag in sectie.vragen:
                if vraag.verplicht and (sectie.code, vraag.code) not in gevuld and deel in (None, sectie.deel):
                    tekst = (
                        self.vandaag.isoformat() if vraag.soort == "datum" else (*vraag.keuzes, "Zo gaat het nu.")[0]
                    )
                    services.antwoord_bewaren(
                        document=document, sectiecode=sectie.code, vraagcode=vraag.code, tekst=tekst, basisversie=0,
                        door=self.account(wie),
                    )  # fmt: skip

    # -- where the pupil stands --

    @property
    def kind(self) -> str:
        return f"/leerlingen/{self.wimpie.pk}/"

    @property
    def route(self) -> str:
        return f"/besprekingen/leerlingen/{self.wimpie.pk}/"

    def volgende(self, dag: date | None = None) -> zorgroute.Volgende:
        """The one answer of the route, today or as it would be on another day."""
        profiel = profielen_van_school.huidig_profiel(self.school)
        if dag is None:
            return zorgroute.volgende_stap(profiel, zorgfeiten(self.wimpie))
        with klok.stilgezet(datetime.combine(dag, time(12), tzinfo=ZONE)):
            return zorgroute.volgende_stap(profiel, zorgfeiten(self.wimpie))

    def op_niveau(self, code: str) -> None:
        """The route, the record and the page of the pupil say that the pupil is here."""
        assert self.volgende().niveau == code
        rij = alles(Zorgniveauperiode, leerling=self.wimpie, periode__contains=self.vandaag).first()
        assert (rij.niveau if rij else "1") == code

    def stap(self, wie: str, naar: str, reden: str = "", status: int = 302) -> str:
        return self.doe(wie, f"{self.route}niveau/", status, naar=naar, reden=reden)

    def bespreking(self, soort: str) -> tuple[Bespreking, Agendapunt]:
        """The newest meeting of this kind about the pupil, with its item."""
        punt = (
            alles(Agendapunt, leerling=self.wimpie, bespreking__soort=soort)
            .select_related("bespreking__school", "bespreking__profielversie", "stuk", "voorbereiding__stuk")
            .order_by("-pk")
            .first()
        )
        return punt.bespreking, punt

    def doel(self, punt: Agendapunt) -> Evaluatie:
        return alles(Evaluatie, agendapunt=punt).get()

    def plan(self, wie: str, soort: str, dag: date, status: int = 302, **velden: Any) -> str:
        """Plan a meeting about the pupil at half past three, as the page does."""
        velden = {"soort": soort, "dag": dag.isoformat(), "tijd": "15:30", "plaats": "kamer 3"} | velden
        return self.doe(wie, f"{self.route}nieuw/", status, **velden)

    def houden(self, wie: str, bespreking: Bespreking) -> None:
        er = list(alles(Deelnemer, bespreking=bespreking, extern=False).values_list("pk", flat=True))
        self.doe(wie, f"/besprekingen/{bespreking.pk}/houden/", aanwezig=er)

    def aan_tafel(self, bespreking: Bespreking) -> set[str]:
        """The names in the story of who sits there."""
        wie = set(alles(Deelnemer, bespreking=bespreking).values_list("persoon", flat=True))
        return {naam for naam, lid in self.leden.items() if lid.persoon.pk in wie}

    def mails(self, aan: str) -> list[Bericht]:
        return list(alles(Bericht, aan=self.persoon(aan).email).order_by("pk"))


def schoon(tekst: str) -> str:
    """Text of a page on one line, without what the template engine escaped."""
    for van, naar in (("&#x27;", "'"), ("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
        tekst = tekst.replace(van, naar)
    return " ".join(tekst.split())


def _fouten(tekst: str) -> str:
    """What a page says of a mistake, for the message of a failing test."""
    return " | ".join(re.findall(r"(?:alert|fout|invalid-feedback)[^>]*>(.{0,300})", tekst))[:1500]


# -- the school -------------------------------------------------------------------------------------------------------


@contextmanager
def verhaal(moment: str, zet: Callable[[datetime], None], map_: Path, anders: Bezetting) -> Iterator[Verhaal]:
    """From nothing: the school, its file, its staff and two parents; then inside the school's context."""
    zet(klok.lees_moment(moment))
    code = opdracht("school_aanmaken", "--naam=Het Verhaal", "--land=NL", "--profiel=kogerveld", "--regio=noord")
    school = School.objects.get(code=code)
    with schoolcontext([school]):
        yield _begin(school, zet, map_, anders)


def _begin(school: School, zet: Callable[[datetime], None], map_: Path, anders: Bezetting) -> Verhaal:
    code = school.code
    jaar = services.schooljaar_van(school).naam
    gelezen = opdracht("edexml_inlezen", str(bestand(map_, jaar)), f"--school={code}", "--json")
    assert gelezen["toegevoegd"]["leerlingen"] == 5 and not gelezen["geweigerd"], gelezen
    groep = alles(Groep, school=school, naam="4B").get()
    klas = list(alles(Leerling, school=school, plaatsingen__groep=groep).distinct().order_by("pk"))
    wimpie = next(kind for kind in klas if kind.roepnaam == "Wimpie")
    nieuw = Verhaal(zet, school, jaar, wimpie, klas, groep, _team(school, groep, jaar))
    nieuw.leden |= {
        "moeder": _ouder(school, "Willeke", wimpie),
        "vader": _ouder(school, "Wouter", wimpie),
        "andere_ouder": _ouder(school, "Hassan", next(k for k in klas if k.achternaam == "Assati")),
        "andere_school": anders.ib_anders,
    }
    return nieuw


def _team(school: School, groep: Groep, jaar: str) -> dict[str, Lid]:
    vanaf = date(int(jaar[:4]), 8, 1)
    lid = {
        "ib": fabriek.lid(school, "Iris", "ib", vanaf=vanaf),
        "directeur": fabriek.lid(school, "Dirk", "directeur", vanaf=vanaf),
        "rekenen": fabriek.lid(school, "Rob", "specialist", vakgebieden=("rekenen",), vanaf=vanaf),
        "lezen": fabriek.lid(school, "Lia", "specialist", vakgebieden=("begrijpend_lezen",), vanaf=vanaf),
        "gedrag": fabriek.lid(school, "Gerda", "specialist", vakgebieden=("sociaal_emotioneel",), vanaf=vanaf),
        "collega": fabriek.lid(school, "Bas", "leerkracht", vanaf=vanaf),
        "extern": fabriek.lid(school, "Karin", "extern", vanaf=vanaf, functie="Orthopedagoog"),
    }
    anders = alles(Groep, school=school, naam="4A").get()
    services.toewijzen(persoon=lid["collega"].persoon, groep=anders, door=None)
    # she is in the file, without an address
    julia = alles(Persoon, school=school, achternaam="Bemmel").get()
    services.persoon_wijzigen(persoon=julia, email="julia@het-verhaal.test", door=None)
    lid["leerkracht"] = Lid(services.account_maken(persoon=julia, door=None), julia)
    services.toewijzen(persoon=julia, groep=groep, door=None)
    return lid


def _ouder(school: School, naam: str, kind: Leerling) -> Lid:
    wie = fabriek.persoon(school, naam, kind.achternaam)
    services.ouder_toevoegen(leerling=kind, persoon=wie, gezag="ja", vanaf=klok.vandaag(school), door=None)
    return Lid(services.account_maken(persoon=wie, door=None), wie)


def uitslagen(verhaal: Verhaal) -> None:
    """The teacher records a test of last week."""
    dag = verhaal.vandaag - timedelta(days=7)
    rijen = [
        Invoer(leerling=kind, vak="rekenen", instrument="cito_rekenen", moment="M4", afnamedatum=dag, niveau=niveau)
        for kind in verhaal.klas
        if (niveau := UITSLAGEN.get(kind.roepnaam or "Ismaël"))
    ]
    uitkomst = resultaten_vastleggen(school=verhaal.school, invoer=rijen, door=verhaal.account("leerkracht"))
    assert (uitkomst.toegevoegd, uitkomst.geweigerd) == (4, [])


def nog_eens(soort: str) -> None:
    """Let all work of this kind that was done be due again, as when the worker died before it could tick it off."""
    Werk.objects.filter(soort=soort, status=Werk.Status.KLAAR).update(status=Werk.Status.OPEN, klaar_op=None)
