"""The onderwijskundig rapport as content: five legal sections, nothing else (WPO art. 42; Stb. 2012, 234; domein 2.4).

Who composes it hands in these dataclasses; here they become HTML and PDF, and here it is said what is still missing or
wrongly dated (K-146). No database. All text is plain: templates escape it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.template.loader import render_to_string

from zorg.kern.grafiek import Grafiek
from zorg.kern.pdf import maak_pdf
from zorg.kern.rapporten import kenmerk
from zorg.kern.tekst import datum, richting

SECTIES: tuple[tuple[str, str, str], ...] = (
    ("administratief", "a", "Administratieve gegevens"),
    ("schoolloopbaan", "b", "Schoolloopbaan en leerresultaten"),
    ("sociaal_emotioneel", "c", "Sociaal-emotionele ontwikkeling en gedrag"),
    ("begeleiding", "d", "Gegeven en benodigde begeleiding"),
    ("verzuim", "e", "Verzuimgeschiedenis"),
)
"""Code in the profile, letter and usual title of the closed list of the law."""
LETTERS = tuple(letter for _, letter, _ in SECTIES)


@dataclass(frozen=True)
class Feit:
    """A fact in a section: what it is, what stands there, and where it comes from.

    `verplicht` says that the report is not complete without it (the school advice in the last year, for one); `datum`
    is the day that it describes, when it has one.
    """

    naam: str
    tekst: str
    bron: str = ""
    verplicht: bool = True
    datum: date | None = None

    @property
    def richting(self) -> str:
        """Which way the text runs: ltr or rtl."""
        return richting(self.tekst)


@dataclass(frozen=True)
class Resultaatregel:
    """One test result in the table of its subject. `score` and `niveau` as the school writes them, or empty."""

    vak: str
    instrument: str
    moment: str
    datum: date | None
    score: str
    niveau: str


@dataclass(frozen=True)
class Vakgrafiek:
    """A growth chart, drawn above the results of the subject with this name."""

    vak: str
    grafiek: Grafiek


@dataclass(frozen=True)
class Verzuim:
    """An absence. Only unauthorised ones of the year before the report are put on paper; no reason is ever told."""

    datum: date
    omvang: str
    ongeoorloofd: bool = True


@dataclass(frozen=True)
class Vakblok:
    """A subject as it is printed: its charts, and under them its results. `sleutel` is unique in the report."""

    sleutel: str
    vak: str
    grafieken: tuple[Grafiek, ...]
    resultaten: tuple[Resultaatregel, ...]


@dataclass(frozen=True)
class OkrSectie:
    """One of the five sections, by its letter; the title is the school's own.

    An empty one says why it does not apply (`niet_van_toepassing`, read after "omdat").
    """

    letter: str
    titel: str
    feiten: tuple[Feit, ...] = ()
    resultaten: tuple[Resultaatregel, ...] = ()
    grafieken: tuple[Vakgrafiek, ...] = ()
    niet_van_toepassing: str = ""
    verzuim: tuple[Verzuim, ...] = ()

    @property
    def gevuld(self) -> bool:
        """Whether anything stands here."""
        return bool(self.resultaten or self.verzuim or any(feit.tekst.strip() for feit in self.feiten))

    @property
    def reden(self) -> str:
        """Why it does not apply, as the end of a sentence; empty when it does or nobody said why."""
        return "" if self.gevuld else self.niet_van_toepassing.strip().rstrip(".").removeprefix("omdat ")

    @property
    def vakken(self) -> tuple[Vakblok, ...]:
        """Results and charts by subject, in the order in which the subjects first appear."""
        namen = dict.fromkeys([rij.vak for rij in self.resultaten] + [rij.vak for rij in self.grafieken])
        return tuple(
            Vakblok(
                f"vak-{nummer}",
                vak,
                tuple(rij.grafiek for rij in self.grafieken if rij.vak == vak),
                tuple(rij for rij in self.resultaten if rij.vak == vak),
            )
            for nummer, vak in enumerate(namen, start=1)
        )


@dataclass(frozen=True)
class Ouderzienswijze:
    """What a parent says of the report: who, when, whether they agree (when that was asked), in their own words."""

    naam: str
    datum: date
    akkoord: bool | None
    woorden: str = ""

    @property
    def richting(self) -> str:
        """Which way their words run: ltr or rtl."""
        return richting(self.woorden)


@dataclass(frozen=True)
class Gevraagd:
    """A parent who was asked for their view and did not give it yet; `voor` is the day before which it was wanted."""

    naam: str
    voor: date


@dataclass(frozen=True)
class Okr:
    """A whole report. `datum` is the day that it describes, `gemaakt` the day on which it was made.

    `naam` is what the school calls this paper, `wet` the law that its closed list comes from; empty outside the
    Netherlands. A `concept` says so on every page, and has a form for the parents where they have not spoken yet.
    """

    school: str
    leerling: str
    initialen: str
    geboortedatum: date | None
    groep: str
    datum: date
    gemaakt: date
    versie: int
    opgesteld_door: str
    secties: tuple[OkrSectie, ...]
    zienswijzen: tuple[Ouderzienswijze, ...] = ()
    wacht_op: tuple[Gevraagd, ...] = ()
    bijlagen: tuple[str, ...] = ()
    ingezien_op: date | None = None
    naam: str = "Onderwijskundig rapport"
    wet: str = "WPO artikel 42, Stb. 2012, 234"
    concept: bool = False

    @property
    def kenmerk(self) -> str:
        """A fingerprint of the content: 16 hexadecimal digits in fours, the same for the same report, and only then."""
        return kenmerk(self)

    @property
    def op_papier(self) -> tuple[OkrSectie, ...]:
        """What may be printed: the five sections in their order, absence unauthorised and of the year before.

        Whatever else was handed in stays out, and `ontbreekt` says so.
        """
        return tuple(
            replace(sectie, verzuim=tuple(rij for rij in sectie.verzuim if sectie.letter == "e" and self.telt_mee(rij)))
            for letter in LETTERS
            for sectie in self.secties
            if sectie.letter == letter
        )

    def telt_mee(self, verzuim: Verzuim) -> bool:
        """Whether an absence may stand in the report: unauthorised, in the year that ends on its date."""
        return verzuim.ongeoorloofd and _jaar_eerder(self.datum) <= verzuim.datum <= self.datum


def ontbreekt(okr: Okr) -> tuple[str, ...]:
    """What is missing, wrongly dated or out of place, one Dutch sentence each; empty when all is well (K-146)."""
    return tuple(dict.fromkeys((*_onvolledig(okr), *_verkeerd_gedateerd(okr), *_hoort_er_niet(okr))))


def _onvolledig(okr: Okr) -> Iterator[str]:
    letters = {sectie.letter for sectie in okr.secties}
    for _, letter, titel in SECTIES:
        if letter not in letters:
            yield f"Onderdeel {letter} ({titel}) ontbreekt."
    for sectie in okr.op_papier:
        if not sectie.gevuld:
            if not sectie.reden:
                yield f"Onderdeel {sectie.letter} ({sectie.titel}) is leeg. Vul het in, of schrijf waarom niet."
            continue
        if sectie.niet_van_toepassing.strip():
            yield f"Onderdeel {sectie.letter} ({sectie.titel}) is ingevuld, maar er staat ook dat het niet speelt."
        for feit in sectie.feiten:
            if feit.verplicht and not feit.tekst.strip():
                yield f"Onderdeel {sectie.letter}: «{feit.naam}» is niet ingevuld."
    if okr.geboortedatum is None:
        yield "De geboortedatum ontbreekt."
    for rij in okr.wacht_op:
        if rij.voor >= okr.gemaakt:  # after that day the report goes on without it
            yield f"{rij.naam} is om een zienswijze gevraagd, vóór {datum(rij.voor)}, en heeft nog niets ingestuurd."
    if not okr.opgesteld_door.strip():
        yield "Er staat niet bij wie het rapport heeft opgesteld."


def _verkeerd_gedateerd(okr: Okr) -> Iterator[str]:
    if okr.datum > okr.gemaakt:
        yield f"De datum van het rapport ({datum(okr.datum)}) ligt in de toekomst."
    if okr.datum < _jaar_eerder(okr.gemaakt):
        yield f"De datum van het rapport ({datum(okr.datum)}) is meer dan een jaar geleden."
    if okr.geboortedatum and okr.geboortedatum >= okr.datum:
        yield "De geboortedatum ligt niet voor de datum van het rapport."
    if okr.ingezien_op and okr.ingezien_op > okr.gemaakt:
        yield f"De ouders zouden het rapport hebben ingezien op {datum(okr.ingezien_op)}; die dag is nog niet geweest."
    for sectie in okr.op_papier:
        for feit in sectie.feiten:
            if feit.datum and feit.datum > okr.datum:
                yield f"«{feit.naam}» ({datum(feit.datum)}) is van na de datum van het rapport."
        for rij in sectie.resultaten:
            if rij.datum is None:
                yield f"Bij een resultaat van {rij.vak} ({rij.moment}) staat geen datum."
                continue
            resultaat = f"Een resultaat van {rij.vak} ({rij.moment}, {datum(rij.datum)})"
            if rij.datum > okr.datum:
                yield f"{resultaat} is van na de datum van het rapport."
            elif okr.geboortedatum and rij.datum <= okr.geboortedatum:
                yield f"{resultaat} is van voor de geboorte."
    for woord in okr.zienswijzen:
        if woord.datum > okr.gemaakt:
            yield f"De zienswijze van {woord.naam} ({datum(woord.datum)}) heeft een datum in de toekomst."
        elif woord.datum < okr.datum:
            yield f"De zienswijze van {woord.naam} ({datum(woord.datum)}) is van voor de datum van het rapport."


def _hoort_er_niet(okr: Okr) -> Iterator[str]:
    gezien: set[str] = set()
    for sectie in okr.secties:
        if sectie.letter not in LETTERS:
            yield f"«{sectie.titel}» hoort niet in dit rapport: de lijst van vijf onderdelen is gesloten."
            continue
        if sectie.letter in gezien:
            yield f"Onderdeel {sectie.letter} staat er twee keer."
        gezien.add(sectie.letter)
        for rij in sectie.verzuim:
            if sectie.letter != "e":
                yield f"Verzuim hoort in onderdeel e, niet in onderdeel {sectie.letter}."
            elif not rij.ongeoorloofd:
                yield f"Het verzuim van {datum(rij.datum)} was geoorloofd en hoort niet in het rapport."
            elif rij.datum > okr.datum:
                yield f"Het verzuim van {datum(rij.datum)} is van na de datum van het rapport."
            elif not okr.telt_mee(rij):
                yield f"Het verzuim van {datum(rij.datum)} is ouder dan een jaar en hoort niet in het rapport."


def _jaar_eerder(dag: date) -> date:
    """The same day a year before; of 29 February 28 February."""
    schrikkeldag = (dag.month, dag.day) == (2, 29)
    return dag.replace(year=dag.year - 1, day=28 if schrikkeldag else dag.day)


def okr_html(okr: Okr) -> str:
    """The report as HTML; every text is escaped by the template."""
    return render_to_string("rapporten/okr.html", {"okr": okr})


def okr_pdf(okr: Okr) -> bytes:
    """The report as a tagged PDF/A-3a that also says PDF/UA-1. Raises PdfFout when this machine can't make one."""
    return maak_pdf(okr_html(okr), titel=f"{okr.naam} {okr.leerling}", auteur=okr.school)
