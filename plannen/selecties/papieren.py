"""Papers of a group and of the school: what there is, and what can be begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from leerlingen import groepspapier, profielen_van_school, toegang
from leerlingen.models import Document, Groep, Schooljaar
from leerlingen.profiel.bespreken import Activiteit
from leerlingen.profiel.papier import Document as Vorm
from leerlingen.services import standnaam
from plannen.services.groepspapier import jaarsleutel, mag_beginnen, te_beginnen
from zorg.kern.models import School
from zorg.kern.querysets import Recht

MEESTE = 100
"""The newest so many on one page; older ones go with their school year."""


@dataclass(frozen=True)
class Papierregel:
    """One paper in a list."""

    document: Document
    naam: str
    stand: str
    dag: date

    @property
    def concept(self) -> bool:
        return bool(self.document.status != Document.Status.DEFINITIEF)


def _regels(rijen: Any) -> list[Papierregel]:
    gesorteerd = rijen.select_related("profielversie", "school", "gemaakt_door").order_by("-gemaakt_op", "-pk")
    return [
        Papierregel(rij, groepspapier.titel_van(rij, []), standnaam(rij), groepspapier.dag_van(rij))
        for rij in gesorteerd[:MEESTE]
    ]


def papieren_van_groep(gebruiker: Any, groep: Groep) -> list[Papierregel]:
    """The papers about this group that the user sees, newest first; its group plans have a list of their own."""
    rijen = Document.objects.zichtbaar_voor(gebruiker).filter(
        over=Document.Over.GROEP, groepen__groep=groep, groepsplan__isnull=True
    )
    return _regels(rijen)


def papieren_van_school(gebruiker: Any, school: School) -> list[Papierregel]:
    """The papers about the school that the user sees, newest first."""
    return _regels(Document.objects.zichtbaar_voor(gebruiker).filter(over=Document.Over.SCHOOL, school=school))


def te_beginnen_papieren(gebruiker: Any, school: School, groep: Groep | None = None) -> list[Vorm]:
    """What this user may begin by hand about the group, or about the school."""
    rollen = toegang.rollen_van(gebruiker)
    if groep is None and not rollen & {*toegang.SCHOOLBREED}:
        return []
    return te_beginnen(profielen_van_school.huidig_profiel(school), groep, rollen)


@dataclass(frozen=True)
class Werkregel:
    """The paper of one activity of the year, about one group or the school: there, to be begun, or elsewhere."""

    groep: Groep | None
    document: Document | None
    stand: str
    mag: bool
    url: str = ""
    """Where it is made, for a group plan."""


def werkregels(gebruiker: Any, schooljaar: Schooljaar, activiteit: Activiteit) -> list[Werkregel]:
    """What there is of an activity that has a paper, for the groups that the user sees, or for the school."""
    school = schooljaar.school
    vorm = next(
        (d for d in profielen_van_school.huidig_profiel(school).documenten if d.code == activiteit.document), None
    )
    if vorm is None:
        return []
    rollen = toegang.rollen_van(gebruiker)
    groepen: list[Groep | None] = [None]
    schrijft: set[int] = set()
    if vorm.per == "groep":
        zichtbaar = Groep.objects.zichtbaar_voor(gebruiker).filter(schooljaar=schooljaar, soort="stamgroep")
        groepen = [*zichtbaar.order_by("volgorde", "naam", "pk")]
        mag = Groep.objects.zichtbaar_voor(gebruiker, Recht.WIJZIGEN).filter(schooljaar=schooljaar)
        schrijft = set(mag.values_list("pk", flat=True))
    sleutels = {jaarsleutel(schooljaar, activiteit, groep): groep for groep in groepen}
    papieren = {
        rij.sleutel: rij
        for rij in Document.objects.zichtbaar_voor(gebruiker)
        .filter(school=school, sleutel__in=list(sleutels))
        .select_related("profielversie")
    }
    leidt = bool(rollen & {*toegang.SCHOOLBREED})
    regels = []
    for sleutel, groep in sleutels.items():
        document = papieren.get(sleutel)
        mag_hier = mag_beginnen(vorm, rollen) and (groep.pk in schrijft if groep else leidt)
        elders = vorm.soort == "groepsplan" and groep is not None
        url = f"{reverse('plannen:lijst')}?groep={groep.pk}" if elders and groep else ""
        regels.append(Werkregel(groep, document, standnaam(document) if document else "", mag_hier and not elders, url))
    return regels
