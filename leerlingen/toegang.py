"""The one rule: which pupils somebody sees, through which relation, and how confidential what they see may be.

Everything else asks here: pieces, documents, files, lists, counts, search, the portal, `has_perm` (ontwerp §4.1).
Each source is an id-subquery on its own; a union of them was 70 times faster than an OR across joins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Func, QuerySet

from zorg.kern import klok
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht, in_lijst

GEWOON, VERTROUWELIJK, GEHEIM = "gewoon", "vertrouwelijk", "geheim"

# Which rights a relation gives, and up to which confidentiality. The whole table of ontwerp §4.1.
SCHOOLBREED: dict[str, frozenset[str]] = {
    "ib": frozenset({Recht.INZIEN, Recht.WIJZIGEN, Recht.EXPORTEREN, Recht.VERLENEN, Recht.BEHEREN}),
    "directeur": frozenset({Recht.INZIEN, Recht.WIJZIGEN, Recht.EXPORTEREN, Recht.VERLENEN, Recht.BEHEREN}),
}
GROEP: dict[str, tuple[frozenset[str], str]] = {
    "leerkracht": (frozenset({Recht.INZIEN, Recht.WIJZIGEN, Recht.EXPORTEREN}), VERTROUWELIJK),
    "vervanger": (frozenset({Recht.INZIEN, Recht.WIJZIGEN}), GEWOON),
    "rt": (frozenset({Recht.INZIEN, Recht.WIJZIGEN}), GEWOON),
    "assistent": (frozenset({Recht.INZIEN}), GEWOON),
}
EEN_LEERLING: dict[str, frozenset[str]] = {
    "rt": frozenset({Recht.INZIEN, Recht.WIJZIGEN}),
    "assistent": frozenset({Recht.INZIEN}),
}
SPECIALIST = frozenset({Recht.INZIEN})
# Who knows the team: everyone appointed at the school but experts from outside.
COLLEGAS = ("ib", "directeur", "teamleider", "leerkracht", "vervanger", "specialist", "rt", "assistent", "ict",
            "beheerder")  # fmt: skip
OUDER = frozenset({Recht.MEELEZEN})


@dataclass(frozen=True)
class Bron:
    """One way in: `leerlingen` is a subquery of pupil ids, `plafond` the highest confidentiality it opens.

    `vakgebieden` (a specialist) narrows the pieces to these subjects.
    """

    leerlingen: QuerySet[Any, Any]
    plafond: str
    vakgebieden: QuerySet[Any, Any] | None = None


def leerlingbronnen(gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[Bron]:
    """Every way in which this user has `recht` on pupils of these schools, where it is `dag`."""
    bronnen = [
        *_schoolbreed(gebruiker, recht, dag, scholen),
        *_door_groep(gebruiker, recht, dag, scholen),
        *_door_leerling(gebruiker, recht, dag, scholen),
        *_verleend(gebruiker, recht, scholen),
    ]
    if recht in SPECIALIST:
        bronnen.append(_specialist(gebruiker, dag, scholen))
    if recht in OUDER:
        bronnen.append(_ouder(gebruiker, dag, scholen))
    if recht == Recht.INZIEN:
        bronnen.append(_noodtoegang(gebruiker, scholen))
    return bronnen


def aanstellingen(gebruiker: Gebruiker, dag: date, scholen: Sequence[School], *rollen: str) -> QuerySet[Any, Any]:
    """The running appointments of the user, of these roles or of any role."""
    from leerlingen.models import Aanstelling

    gevonden = Aanstelling.objects.van_scholen(scholen).filter(persoon__gebruiker=gebruiker, periode__contains=dag)
    resultaat: QuerySet[Any, Any] = gevonden.filter(rol__in=rollen) if rollen else gevonden
    return resultaat


def _schoolbreed(gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[Bron]:
    from leerlingen.models import Leerling

    rollen = [rol for rol, rechten in SCHOOLBREED.items() if recht in rechten]
    if not rollen:
        return []
    bij = aanstellingen(gebruiker, dag, scholen, *rollen).values("school")
    return [Bron(Leerling.objects.van_scholen(scholen).filter(school__in=bij).order_by().values("pk"), GEHEIM)]


def _door_groep(gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[Bron]:
    from leerlingen.models import Plaatsing

    bronnen = []
    for plafond in (VERTROUWELIJK, GEWOON):
        rollen = [rol for rol, (rechten, hoogste) in GROEP.items() if recht in rechten and hoogste == plafond]
        if not rollen:
            continue
        # in the handover window one may look, not write
        venster = "inzage" if recht == Recht.INZIEN else "periode"
        plaatsingen = Plaatsing.objects.van_scholen(scholen).filter(
            **{f"{venster}__contains": dag, f"groep__toewijzingen__{venster}__contains": dag},
            groep__toewijzingen__persoon__gebruiker=gebruiker,
            groep__toewijzingen__rol__in=rollen,
            periode__overlap=F("groep__toewijzingen__periode"),
        )
        bronnen.append(Bron(plaatsingen.order_by().values("leerling"), plafond))
    return bronnen


def _door_leerling(gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[Bron]:
    from leerlingen.models import Leerlingtoewijzing

    rollen = [rol for rol, rechten in EEN_LEERLING.items() if recht in rechten]
    if not rollen:
        return []
    eigen = Leerlingtoewijzing.objects.van_scholen(scholen).filter(
        persoon__gebruiker=gebruiker, rol__in=rollen, periode__contains=dag
    )
    return [Bron(eigen.order_by().values("leerling"), GEWOON)]


def _specialist(gebruiker: Gebruiker, dag: date, scholen: Sequence[School]) -> Bron:
    """A specialist meets every pupil of the school, but only the pieces of their own subjects (K-173)."""
    from leerlingen.models import Leerling

    eigen = aanstellingen(gebruiker, dag, scholen, "specialist")
    vakken = eigen.order_by().values(vak=Func(F("vakgebieden"), function="unnest"))
    leerlingen = (
        Leerling.objects.van_scholen(scholen)
        .filter(school__in=eigen.order_by().values("school"), ingeschreven__contains=dag)
        .order_by()
        .values("pk")
    )
    return Bron(leerlingen, GEWOON, vakken)


def _ouder(gebruiker: Gebruiker, dag: date, scholen: Sequence[School]) -> Bron:
    """Parenthood with authority, unrestricted by a court; unknown authority opens nothing."""
    from leerlingen.models import Ouderschap

    eigen = Ouderschap.objects.van_scholen(scholen).filter(
        persoon__gebruiker=gebruiker, gezag="ja", beperking="", periode__contains=dag
    )
    return Bron(eigen.order_by().values("leerling"), GEHEIM)


def _verleend(gebruiker: Gebruiker, recht: str, scholen: Sequence[School]) -> list[Bron]:
    from leerlingen.models import LeerlingRecht

    geldig = LeerlingRecht.objects.van_scholen(scholen).filter(
        user=gebruiker,
        permission__codename=f"{recht}_leerling",
        geldig_van__lte=klok.nu(),
        geldig_tot__gt=klok.nu(),
    )
    return [Bron(geldig.order_by().values("content_object"), GEWOON)]


def _noodtoegang(gebruiker: Gebruiker, scholen: Sequence[School]) -> Bron:
    from leerlingen.models import Noodtoegang

    lopend = Noodtoegang.objects.van_scholen(scholen).filter(
        persoon__gebruiker=gebruiker, geldig_van__lte=klok.nu(), geldig_tot__gt=klok.nu()
    )
    return Bron(lopend.order_by().values("leerling"), GEHEIM)


def _samen(bronnen: Sequence[Bron]) -> QuerySet[Any, Any]:
    """The pupils of all these ways in."""
    eerste, *rest = [bron.leerlingen for bron in bronnen]
    return eerste.union(*rest, all=True) if rest else eerste


# -- pieces ----------------------------------------------------------------------------------------------------


def stukbronnen(gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[QuerySet[Any, Any]]:
    """Id-subqueries of the pieces of dossiers on which the user has `recht`. A circle goes before levels."""
    from leerlingen.models import Dossierstuk, DossierstukRecht, Vertrouwelijkheid

    alle = Dossierstuk.objects.van_scholen(scholen).order_by()
    bronnen = leerlingbronnen(gebruiker, recht, dag, scholen)
    if recht == Recht.MEELEZEN:
        gedeeld = alle.filter(publicaties__ingetrokken_op__isnull=True, publicaties__isnull=False)
        gedeeld = gedeeld.filter(ingetrokken_op__isnull=True)
        return [gedeeld.filter(leerling__in=bron.leerlingen).values("pk") for bron in bronnen]
    ids = []
    gewoon = [bron for bron in bronnen if bron.vakgebieden is None]
    # the ways in with the same height together: each pupil's source is planned once, not once for every kind of piece
    for plafond in dict.fromkeys(bron.plafond for bron in gewoon):
        leerlingen = _samen([bron for bron in gewoon if bron.plafond == plafond])
        open_ = alle.filter(
            in_lijst("leerling", leerlingen),
            in_kring=False,
            vertrouwelijkheid__in=Vertrouwelijkheid.tot_en_met(plafond),
        )
        ids.append(open_.values("pk"))
    if gewoon:
        kring = alle.filter(in_lijst("leerling", _samen(gewoon)), in_kring=True, kring__persoon__gebruiker=gebruiker)
        ids.append(kring.values("pk"))
    for bron in bronnen:
        if bron.vakgebieden is not None:
            open_ = alle.filter(
                leerling__in=bron.leerlingen,
                in_kring=False,
                vertrouwelijkheid__in=Vertrouwelijkheid.tot_en_met(bron.plafond),
                vakgebied__in=bron.vakgebieden,
            )
            ids.append(open_.values("pk"))
    geldig = DossierstukRecht.objects.van_scholen(scholen).filter(
        user=gebruiker,
        permission__codename=f"{recht}_dossierstuk",
        geldig_van__lte=klok.nu(),
        geldig_tot__gt=klok.nu(),
    )
    ids.append(geldig.order_by().values("content_object"))
    return ids


def groepbronnen(gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]) -> list[QuerySet[Any, Any]]:
    """Id-subqueries of the groups on which the user has `recht`."""
    from leerlingen.models import Groep, Toewijzing

    alle = Groep.objects.van_scholen(scholen).order_by()
    rollen = [rol for rol, rechten in SCHOOLBREED.items() if recht in rechten]
    if recht == Recht.INZIEN:
        rollen += ["specialist", "teamleider"]
    if recht == Recht.BEHEREN:
        rollen += ["beheerder"]
    venster = "inzage" if recht == Recht.INZIEN else "periode"
    bij = aanstellingen(gebruiker, dag, scholen, *rollen).order_by().values("school")
    eigen = Toewijzing.objects.van_scholen(scholen).filter(
        **{f"{venster}__contains": dag},
        persoon__gebruiker=gebruiker,
        rol__in=[rol for rol, (rechten, _) in GROEP.items() if recht in rechten],
    )
    ids = [eigen.order_by().values("groep")]
    if rollen:
        ids.append(alle.filter(school__in=bij).values("pk"))
    return ids


def groepen_met_plafond(
    gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]
) -> list[tuple[QuerySet[Any, Any], str]]:
    """The ways to papers of groups, each with the highest confidentiality it opens: as high as to their pupils."""
    from leerlingen.models import Groep, Toewijzing

    alle = Groep.objects.van_scholen(scholen).order_by()
    schoolbreed = [rol for rol, rechten in SCHOOLBREED.items() if recht in rechten]
    wegen = [(schoolbreed, GEHEIM)] if schoolbreed else []
    if recht == Recht.INZIEN:
        wegen.append((["specialist", "teamleider"], GEWOON))
    ids = [
        (alle.filter(school__in=aanstellingen(gebruiker, dag, scholen, *rollen).order_by().values("school")), plafond)
        for rollen, plafond in wegen
    ]
    uit = [(groepen.values("pk"), plafond) for groepen, plafond in ids]
    venster = "inzage" if recht == Recht.INZIEN else "periode"
    for plafond in (VERTROUWELIJK, GEWOON):
        rollen = [rol for rol, (rechten, hoogste) in GROEP.items() if recht in rechten and hoogste == plafond]
        if rollen:
            eigen = Toewijzing.objects.van_scholen(scholen).filter(
                **{f"{venster}__contains": dag}, persoon__gebruiker=gebruiker, rol__in=rollen
            )
            uit.append((eigen.order_by().values("groep"), plafond))
    return uit


# -- papers about the school ---------------------------------------------------------------------------------------

TEAMLEZERS = ("teamleider", "leerkracht", "vervanger", "specialist", "rt", "assistent", "ict")
"""Who reads an ordinary paper of the school once it is definitive: a test letter is for the whole team (K-68)."""

Schoolpapierbron = Callable[[Gebruiker, str, date, Sequence[School]], list[Any]]
_schoolpapieren: list[Schoolpapierbron] = []


def registreer_schoolpapieren(bron: Schoolpapierbron) -> None:
    """A floor above says by which way of its own papers of the school are seen: minutes by who sat at the table."""
    _schoolpapieren.append(bron)


def schoolpapierbronnen(
    gebruiker: Gebruiker, recht: str, dag: date, scholen: Sequence[School]
) -> list[QuerySet[Any, Any]]:
    """Id-subqueries of the papers about the school: ib'er and director write and read all of them, the team reads what
    is ordinary and definitive, and may print what it reads.
    """
    from leerlingen.models import Document

    alle = Document.objects.van_scholen(scholen).filter(over="school").order_by()
    leiding = [rol for rol, rechten in SCHOOLBREED.items() if recht in rechten]
    ids: list[QuerySet[Any, Any]] = []
    if leiding:
        bij = aanstellingen(gebruiker, dag, scholen, *leiding).order_by().values("school")
        ids.append(alle.filter(school__in=bij).values("pk"))
    if recht in (Recht.INZIEN, Recht.EXPORTEREN):
        bij = aanstellingen(gebruiker, dag, scholen, *TEAMLEZERS).order_by().values("school")
        ids.append(alle.filter(school__in=bij, vertrouwelijkheid=GEWOON, status="definitief").values("pk"))
    for bron in _schoolpapieren:
        ids += bron(gebruiker, recht, dag, scholen)
    return ids


# -- roles, for navigation and buttons ---------------------------------------------------------------------------


def rollen_van(gebruiker: Any) -> frozenset[str]:
    """The roles this account has today at the schools of the context, 'ouder' and 'leerkracht' included.

    Two queries the first time, then kept on the user object for the rest of the request. Never a permission by
    itself: what may be seen is decided by `zichtbaar_voor`.
    """
    if not gebruiker.is_authenticated:
        return frozenset()
    bewaard: frozenset[str] | None = getattr(gebruiker, "_zorgpad_rollen", None)
    if bewaard is None:
        bewaard = frozenset(_rollen(gebruiker))
        gebruiker._zorgpad_rollen = bewaard
    return bewaard


def _rollen(gebruiker: Gebruiker) -> set[str]:
    from django.db.models import CharField, Value

    from leerlingen.models import Ouderschap, Toewijzing
    from zorg.kern import schoolcontext
    from zorg.kern.regelsql import scholen_per_dag

    if not schoolcontext.is_gezet():
        return set()
    delen: list[QuerySet[Any, Any]] = []
    for dag, scholen in scholen_per_dag().items():
        delen.append(aanstellingen(gebruiker, dag, scholen).order_by().values_list("rol", flat=True))
        delen.append(
            Toewijzing.objects.van_scholen(scholen)
            .filter(persoon__gebruiker=gebruiker, inzage__contains=dag)
            .order_by()
            .values_list("rol", flat=True)
        )
        delen.append(
            Ouderschap.objects.van_scholen(scholen)
            .filter(persoon__gebruiker=gebruiker, gezag="ja", periode__contains=dag)
            .order_by()
            .values_list(Value("ouder", output_field=CharField()), flat=True)
        )
    return set(delen[0].union(*delen[1:]))
