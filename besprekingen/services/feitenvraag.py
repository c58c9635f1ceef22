"""The one query behind the facts: beside each pupil an array of what there is, as JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Value
from django.db.models.functions import Concat, JSONObject

from besprekingen.models import Agendapunt, Besluit, Evaluatie, Gesprek, Instantiebesluit, Onderzoek, Rapport
from leerlingen.models import (
    Antwoord,
    Document,
    Ouderschap,
    Plaatsing,
    Toestemming,
    Toestemmingsantwoord,
    Vrij,
    Zorgniveauperiode,
)
from lvs.models import VastgelegdSignaal
from plannen.models import Indeling

REDEN = "feiten voor de zorgroute van een zichtbare leerling"


def velden(dag: date) -> dict[str, ArraySubquery]:
    """The annotations of a queryset of Leerling: `f_niveau`, `f_punten` …, for this day."""
    return {**_leerlingvelden(dag), **_bespreekvelden(), **_papiervelden()}


def _rij(queryset: Any, **velden: Any) -> ArraySubquery:
    """An array of JSON objects of the rows that belong to the outer pupil."""
    return ArraySubquery(queryset.values(json=JSONObject(**velden)))


def _leerlingvelden(dag: date) -> dict[str, ArraySubquery]:
    van = {"leerling": OuterRef("pk")}
    return {
        "f_niveau": _rij(
            Zorgniveauperiode.objects.systeemtoegang(reden=REDEN).filter(**van, periode__contains=dag).order_by(),
            niveau="niveau",
            sinds=F("periode__startswith"),
        ),
        "f_jaargroep": ArraySubquery(
            Plaatsing.objects.systeemtoegang(reden=REDEN)
            .filter(**van, stamgroep=True, periode__contains=dag)
            .order_by()
            .values("jaargroep")
        ),
        "f_gezag": _rij(
            Ouderschap.objects.systeemtoegang(reden=REDEN)
            .filter(**van, gezag="ja", beperking="", periode__contains=dag)
            .order_by("pk"),
            wie="persoon",
            roepnaam="persoon__roepnaam",
            voorvoegsel="persoon__voorvoegsel",
            achternaam="persoon__achternaam",
            voorletters="persoon__voorletters",
        ),
        "f_vrij": _rij(
            Vrij.objects.systeemtoegang(reden=REDEN).filter(school=OuterRef("school"), soort="vakantie").order_by(),
            naam="naam",
            van=F("periode__startswith"),
            tot=F("periode__endswith"),
        ),
        "f_toestemming": _rij(
            Toestemming.objects.systeemtoegang(reden=REDEN).filter(**van, ingetrokken_op__isnull=True).order_by(),
            doel="doel",
            op="gevraagd_op",
            versie="tekstversie",
            tot="geldig_tot",
            antwoorden=_rij(
                Toestemmingsantwoord.objects.systeemtoegang(reden=REDEN)
                .filter(toestemming=OuterRef("pk"))
                .order_by("op", "pk"),
                wie="persoon",
                keuze="keuze",
                op="op",
                versie="tekstversie",
            ),
        ),
    }


def _bespreekvelden() -> dict[str, ArraySubquery]:
    van = {"leerling": OuterRef("pk")}
    return {
        "f_punten": _rij(
            Agendapunt.objects.systeemtoegang(reden=REDEN)
            .filter(**van)
            .exclude(bespreking__status="afgezegd")
            .order_by(),
            soort="bespreking__soort",
            begin="bespreking__begin",
            status="bespreking__status",
            doelen=_rij(
                Evaluatie.objects.systeemtoegang(reden=REDEN).filter(agendapunt=OuterRef("pk")).order_by("pk"),
                voor="voor",
                op="geevalueerd_op",
                vooruitgang="vooruitgang",
            ),
            besluiten=ArraySubquery(
                Besluit.objects.systeemtoegang(reden=REDEN).filter(agendapunt=OuterRef("pk")).order_by().values("code")
            ),
        ),
        "f_gesprekken": _rij(
            Gesprek.objects.systeemtoegang(reden=REDEN).filter(**van).order_by(), soort="soort", op="op", stuk="stuk"
        ),
        "f_signalen": _rij(
            VastgelegdSignaal.objects.systeemtoegang(reden=REDEN)
            .filter(**van, stuk__ingetrokken_op__isnull=True)
            .exclude(stand="afgesloten")
            .order_by("pk"),
            categorie="categorie",
            stand="stand",
            vertrouwelijkheid="stuk__vertrouwelijkheid",
            in_kring="stuk__in_kring",
        ),
        "f_onderzoeken": _rij(
            Onderzoek.objects.systeemtoegang(reden=REDEN).filter(**van).order_by(),
            soort="soort",
            uitslag="uitslag_op",
            ouders="met_ouders_op",
        ),
        "f_instanties": _rij(
            Instantiebesluit.objects.systeemtoegang(reden=REDEN).filter(**van).order_by(), besluit="besluit", op="op"
        ),
    }


def _papiervelden() -> dict[str, ArraySubquery]:
    return {
        "f_papieren": _rij(
            Document.objects.systeemtoegang(reden=REDEN)
            .filter(stuk__leerling=OuterRef("pk"), stuk__ingetrokken_op__isnull=True)
            .order_by("stuk__datum", "pk"),
            soort="soort",
            stuk="stuk",
            datum="stuk__datum",
            status="status",
            gevuld=ArraySubquery(
                Antwoord.objects.systeemtoegang(reden=REDEN)
                .filter(document=OuterRef("pk"))
                .exclude(tekst="")
                .order_by()
                .values(sleutel=Concat("sectiecode", Value("|"), "vraagcode"))
            ),
            geevalueerd=ArraySubquery(
                Antwoord.objects.systeemtoegang(reden=REDEN)
                .filter(document=OuterRef("pk"), sectiecode__startswith="evaluatie")
                .exclude(tekst="")
                .order_by("-gewijzigd_op")
                .values("gewijzigd_op")
            ),
        ),
        "f_plannen": _rij(
            Indeling.objects.systeemtoegang(reden=REDEN)
            .filter(leerling=OuterRef("pk"), plan__vervallen_op__isnull=True)
            .order_by(),
            van=F("plan__periode__startswith"),
            tot=F("plan__periode__endswith"),
            stand="plan__stand",
            op="plan__stand_op",
        ),
        "f_okr": _rij(
            Rapport.objects.systeemtoegang(reden=REDEN)
            .filter(leerling=OuterRef("pk"), soort="okr", status=Rapport.Status.KLAAR)
            .order_by("-versie"),
            op="gemaakt_op",
            ontbreekt="ontbreekt",
        ),
    }
