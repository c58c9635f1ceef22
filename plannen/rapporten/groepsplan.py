"""A group plan on A4 landscape, for the class binder (M-40): the page on paper, and never more than the page.

Everything comes from `plannen.selecties.planpagina`, which shows its reader only the pupils whom they see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils.dateformat import format as opgemaakt
from django.utils.text import capfirst, slugify

from leerlingen.models import Document, Groep, Toewijzing
from leerlingen.profiel.papier import Vraag
from plannen.models import Groepsplan
from plannen.selecties.pagina import Arrangementkolom, Leerlingregel, Planpagina, Tekstveld, planpagina
from zorg.kern import klok
from zorg.kern.pdf import maak_pdf
from zorg.kern.tekst import datum


@dataclass(frozen=True)
class Plancel:
    """What is written for one arrangement; `vorig` is what the plan before said, when that stands beside it."""

    tekst: str
    bron: str = ""
    vorig: str = ""

    @property
    def leeg(self) -> bool:
        return not self.tekst and not self.vorig


@dataclass(frozen=True)
class Planrij:
    """One question, with its answer for each arrangement, in the order of the columns."""

    vraag: str
    cellen: tuple[Plancel, ...]


@dataclass(frozen=True)
class Planleerling:
    """A pupil in an arrangement: why there, where else, what they need."""

    naam: str
    reden: str
    te_kiezen: bool = False
    alternatief: str = ""
    behoeften: tuple[tuple[str, str], ...] = ()
    oordeel: str = ""


@dataclass(frozen=True)
class Plankolom:
    """An arrangement and who sits in it."""

    naam: str
    aantal: str
    """In words: 5 leerlingen."""
    leerlingen: tuple[Planleerling, ...]


@dataclass(frozen=True)
class Planblok:
    """A section about the whole group: questions and answers."""

    naam: str
    regels: tuple[tuple[str, Plancel], ...]


@dataclass(frozen=True)
class Groepsplanpapier:
    """A whole group plan. `merk` stands on every page of one that does not hold (yet): concept or ingetrokken."""

    school: str
    titel: str
    groepen: str
    vak: str
    periode: str
    schooljaar: str
    status: str
    merk: str
    groepnaam: str
    leerkrachtnaam: str
    leerkrachten: str
    gemaakt: date
    kolommen: tuple[Plankolom, ...]
    rijen: tuple[Planrij, ...] = ()
    blokken: tuple[Planblok, ...] = ()
    evaluatienaam: str = ""
    evaluatie: tuple[Planrij, ...] = ()
    oordeelvraag: str = ""
    """The question of which `Planleerling.oordeel` is the answer; empty when nobody answered it."""

    @property
    def bestandsnaam(self) -> str:
        """Subject, group and year: no pupil's name."""
        delen = f"groepsplan {self.vak} {self.groepen} {self.schooljaar}".replace("–", "-")
        return f"{slugify(delen)[:120]}.pdf"


def groepsplanpapier(gebruiker: Any, plan: Groepsplan, *, naast: bool = False) -> Groepsplanpapier:
    """The plan as this reader's page shows it; `naast` with the texts of the plan before.

    The caller has looked up the plan through the rule, with school, schooljaar, document and its profielversie.
    """
    pagina = planpagina(gebruiker, plan, naast=naast)
    vorm, woorden = pagina.vorm, pagina.profiel.begrippen.woorden
    definitief = plan.document.status == Document.Status.DEFINITIEF
    plansectie, evaluatie = vorm.plansectie, vorm.evaluatiesectie
    vragen = sorted(vorm.tekstvragen(plansectie), key=lambda vraag: not vraag.verplicht) if plansectie else []
    toont_evaluatie = evaluatie is not None and (pagina.heeft_evaluatie or _vorig(pagina))
    oordeelvraag = vorm.leerlingoordeel if toont_evaluatie else None
    kolommen = tuple(
        Plankolom(
            kolom.naam,
            f"{kolom.aantal} {woorden.leerling if kolom.aantal == 1 else woorden.leerlingen}",
            tuple(_leerling(regel) for regel in kolom.leerlingen),
        )
        for kolom in pagina.kolommen
    )
    beoordeeld = any(leerling.oordeel for kolom in kolommen for leerling in kolom.leerlingen)
    return Groepsplanpapier(
        school=plan.school.naam,
        titel=pagina.titel,
        groepen=" en ".join(groep.naam for groep in pagina.groepen),
        vak=pagina.vaknaam,
        periode=_periode(pagina),
        schooljaar=str(plan.schooljaar),
        status=pagina.stand,
        merk="ingetrokken" if plan.vervallen_op else "" if definitief else "concept",
        groepnaam=capfirst(woorden.groep),
        leerkrachtnaam=capfirst(pagina.profiel.rolnaam("leerkracht")),
        leerkrachten=", ".join(_leerkrachten(gebruiker, plan, pagina.groepen)),
        gemaakt=klok.vandaag(plan.school),
        kolommen=kolommen,
        rijen=tuple(_rijen(vragen, pagina.kolommen, lambda kolom: [*kolom.teksten, *kolom.meer])),
        blokken=tuple(_blokken(pagina)),
        evaluatienaam=evaluatie.naam if evaluatie and toont_evaluatie else "",
        evaluatie=tuple(_rijen(vorm.tekstvragen(evaluatie), pagina.kolommen, lambda kolom: kolom.evaluatie))
        if evaluatie and toont_evaluatie
        else (),
        oordeelvraag=oordeelvraag.tekst if oordeelvraag and beoordeeld else "",
    )


def _vorig(pagina: Planpagina) -> bool:
    return any(veld.vorig.strip() for kolom in pagina.kolommen for veld in kolom.evaluatie)


def _periode(pagina: Planpagina) -> str:
    van = opgemaakt(pagina.van, "j F") if pagina.van.year == pagina.tot_en_met.year else datum(pagina.van)
    dagen = f"{van} t/m {datum(pagina.tot_en_met)}"
    return f"{capfirst(pagina.periodenaam)}, {dagen}" if pagina.periodenaam else dagen


def _leerkrachten(gebruiker: Any, plan: Groepsplan, groepen: list[Groep]) -> list[str]:
    """Who teaches these groups now, once each; of a plan that is over or to come, on its last or first day."""
    dag = min(max(klok.vandaag(plan.school), plan.periode.lower), plan.periode.upper - timedelta(days=1))
    toewijzingen = (
        Toewijzing.objects.zichtbaar_voor(gebruiker)
        .filter(groep__in=[groep.pk for groep in groepen], rol="leerkracht", periode__contains=dag)
        .select_related("persoon")
        .order_by("persoon__sorteernaam", "pk")
    )
    return list(dict.fromkeys(toewijzing.persoon.naam for toewijzing in toewijzingen))


def _cel(veld: Tekstveld) -> Plancel:
    return Plancel(veld.leesbaar.strip(), veld.bron, veld.vorig.strip())


def _rijen(
    vragen: Iterable[Vraag],
    kolommen: list[Arrangementkolom],
    velden: Callable[[Arrangementkolom], list[Tekstveld]],
) -> Iterator[Planrij]:
    """A row for each question that has an answer somewhere."""
    per_kolom = [{veld.vraag.code: _cel(veld) for veld in velden(kolom)} for kolom in kolommen]
    for vraag in vragen:
        cellen = tuple(rij.get(vraag.code, Plancel("")) for rij in per_kolom)
        if not all(cel.leeg for cel in cellen):
            yield Planrij(vraag.tekst, cellen)


def _blokken(pagina: Planpagina) -> Iterator[Planblok]:
    for blok in pagina.blokken:
        regels = tuple((veld.vraag.tekst, cel) for veld in blok.velden if not (cel := _cel(veld)).leeg)
        if regels:
            yield Planblok(blok.naam, regels)


def _leerling(regel: Leerlingregel) -> Planleerling:
    indeling = regel.indeling
    return Planleerling(
        naam=regel.leerling.naam,
        reden="; ".join(deel for deel in (indeling.reden, indeling.toelichting) if deel),
        te_kiezen=indeling.te_kiezen,
        alternatief=regel.alternatief if indeling.te_kiezen else "",
        behoeften=tuple((veld.vraag.tekst, veld.tekst.strip()) for veld in regel.behoeften if veld.tekst.strip()),
        oordeel=regel.oordeel.tekst.strip() if regel.oordeel else "",
    )


def groepsplan_html(papier: Groepsplanpapier) -> str:
    """The plan as HTML; every text is escaped by the template."""
    return render_to_string("rapporten/groepsplan.html", {"papier": papier})


def groepsplan_pdf(papier: Groepsplanpapier) -> bytes:
    """The plan as a tagged PDF/A-3a that also says PDF/UA-1. Raises PdfFout when this machine can't make one."""
    return maak_pdf(groepsplan_html(papier), titel=papier.titel, auteur=papier.school)
