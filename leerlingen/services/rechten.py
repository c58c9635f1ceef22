"""Granting and ending access. The only place where grants are written (ontwerp §4.1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from leerlingen.models import (
    Aanstelling,
    Dossierstuk,
    DossierstukRecht,
    Leerling,
    LeerlingRecht,
    Noodtoegang,
    Persoon,
    Toestemming,
    Toestemmingstuk,
)
from leerlingen.services.buiten import eis_lezer, is_collega, middernacht, rollen_nu, toestemmingen_voor
from leerlingen.services.hulp import mensen_met_rol, persoon_van, vereis
from leerlingen.services.inrichten import koppeling_bijwerken
from leerlingen.services.toezicht import meld_aan_directie
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker
from zorg.kern.querysets import Recht
from zorg.logboek.services import vastleggen

NOODTOEGANG = timedelta(hours=4)
VERLEENBAAR = {Recht.INZIEN}


def _permissie(model: type[Leerling] | type[Dossierstuk], recht: str) -> Permission:
    soort = ContentType.objects.get_for_model(model)
    return Permission.objects.get(content_type=soort, codename=f"{recht}_{model._meta.model_name}")


@transaction.atomic
def recht_verlenen(
    *,
    op: Leerling | Dossierstuk,
    aan: Persoon,
    tot: datetime,
    reden: str,
    recht: str = Recht.INZIEN,
    door: Gebruiker,
) -> LeerlingRecht | DossierstukRecht:
    """Let a person with an account look at a pupil or at one piece until a moment.

    Someone from outside the school only ever gets pieces, never a pupil, and those only as long as a consent of the
    parents names them. Raises DomeinFout when that is not there, the reason is missing, the end is past, the person has
    no account, or holds this right already.
    """
    leerling = op if isinstance(op, Leerling) else op.leerling
    vereis(door, Recht.VERLENEN, leerling)
    if isinstance(op, Dossierstuk):
        vereis(door, Recht.INZIEN, op)
    # a colleague may be asked to write in one piece: the minutes (K-126)
    schrijven = recht == Recht.WIJZIGEN and isinstance(op, Dossierstuk) and is_collega(aan)
    if recht not in VERLEENBAAR and not schrijven:
        raise DomeinFout("Alleen inzien kan verleend worden.")
    if not reden.strip():
        raise DomeinFout("Schrijf waarom deze toegang nodig is.")
    if tot <= klok.nu():
        raise DomeinFout("De einddatum ligt in het verleden.")
    if aan.gebruiker is None:
        raise DomeinFout(f"{aan.naam} heeft nog geen account. Nodig deze persoon eerst uit.")
    if isinstance(op, Leerling) and not is_collega(aan):
        raise DomeinFout("Iemand van buiten de school krijgt toegang tot losse stukken, niet tot het hele dossier.")
    if isinstance(op, Dossierstuk):
        eis_lezer(aan, op, tot)
    model: Any = LeerlingRecht if isinstance(op, Leerling) else DossierstukRecht
    verleend: LeerlingRecht | DossierstukRecht = model(
        school=op.school,
        user=aan.gebruiker,
        permission=_permissie(type(op), recht),
        content_object=op,
        geldig_van=klok.nu(),
        geldig_tot=tot,
        reden=reden.strip()[:300],
        verleend_door=persoon_van(door, op.school_id),
    )
    try:
        with transaction.atomic():
            verleend.save()
    except IntegrityError:
        raise DomeinFout(f"{aan.naam} heeft deze toegang al. Trek die eerst in om hem te wijzigen.") from None
    koppeling_bijwerken(gebruiker=aan.gebruiker, school=op.school, door=door)
    vastleggen(
        "recht_verleend",
        school=op.school_id,
        door=door,
        leerling=leerling,
        object=op,
        reden=reden,
        aan=aan.pk,
        recht=recht,
        tot=tot.isoformat(),
    )
    return verleend


def _van_het_team(persoon: Persoon) -> bool:
    return bool(rollen_nu(persoon) - {"extern"})


@transaction.atomic
def recht_intrekken(*, recht: LeerlingRecht | DossierstukRecht, door: Gebruiker | None) -> None:
    """End a grant now. The row stays, as record of who could look when."""
    op = recht.content_object
    leerling = op if isinstance(op, Leerling) else op.leerling
    vereis(door, Recht.VERLENEN, leerling)
    recht.geldig_tot = max(klok.nu(), recht.geldig_van)
    recht.save(update_fields=["geldig_tot"])
    koppeling_bijwerken(gebruiker=recht.user, school=recht.school, door=door)
    vastleggen("recht_ingetrokken", school=recht.school_id, door=door, leerling=leerling, object=op)


@transaction.atomic
def buiten_herzien(toestemming: Toestemming) -> int:
    """After an answer or a withdrawal: who is from outside reads no piece of it longer than another consent says.

    However the access was given. Gives how many grants ended now; on record like other endings.
    """
    genoemd = Toestemmingstuk.objects.systeemtoegang(reden="stukken van deze vraag").filter(toestemming=toestemming)
    geeindigd = 0
    for recht in (
        DossierstukRecht.objects.systeemtoegang(reden="toegang stopt zonder toestemming")
        .geldig()
        .filter(content_object__in=genoemd.order_by().values("stuk"))
        .select_related("school", "user", "content_object__leerling", "content_object__school")
    ):
        if _van_buiten(recht):
            geeindigd += _inkorten(recht, recht.content_object)
    return geeindigd


def _van_buiten(recht: DossierstukRecht) -> bool:
    persoon = (
        Persoon.objects.systeemtoegang(reden="is dit iemand van buiten")
        .filter(school=recht.school_id, gebruiker=recht.user_id)
        .select_related("school")
        .first()
    )
    return persoon is None or not is_collega(persoon)


def _inkorten(recht: DossierstukRecht, stuk: Dossierstuk) -> bool:
    """End it when no consent names the piece, else let it end with the last that does. Whether it ended now."""
    einden = toestemmingen_voor(stuk)
    if not einden:
        recht_intrekken(recht=recht, door=None)
        return True
    tot = None if None in einden else middernacht(max(dag for dag in einden if dag is not None), stuk)
    if tot is not None and tot < recht.geldig_tot:
        recht.geldig_tot = tot
        recht.save(update_fields=["geldig_tot"])
        koppeling_bijwerken(gebruiker=recht.user, school=recht.school, door=None)
        vastleggen(
            "recht_ingetrokken",
            school=recht.school_id,
            door=None,
            leerling=stuk.leerling,
            object=stuk,
            tot=tot.isoformat(),
        )
    return False


@transaction.atomic
def noodtoegang_openen(*, leerling: Leerling, reden: str, door: Gebruiker) -> Noodtoegang:
    """Emergency access of a colleague for four hours, with a reason, told to the director at once."""
    persoon = persoon_van(door, leerling.school_id)
    if not _van_het_team(persoon):
        raise DomeinFout("Noodtoegang is er alleen voor medewerkers van de school.")
    if len(reden.strip()) < 10:
        raise DomeinFout("Schrijf in een zin waarom u nu bij dit dossier moet zijn.")
    nood: Noodtoegang = Noodtoegang.objects.create(
        school=leerling.school,
        persoon=persoon,
        leerling=leerling,
        reden=reden.strip()[:500],
        geldig_van=klok.nu(),
        geldig_tot=klok.nu() + NOODTOEGANG,
    )
    vastleggen("noodtoegang", school=leerling.school_id, door=door, leerling=leerling, object=nood, reden=reden)
    meld_aan_directie(
        leerling.school,
        f"noodtoegang:{nood.pk}",
        mensen_met_rol(leerling.school, "directeur"),
        onderwerp="Noodtoegang tot een dossier",
        mailtekst=f"{nood.persoon.naam} heeft met spoed een dossier geopend. "
        "Log in bij Zorgpad en bekijk het logboek voor de reden.",
        soort="noodtoegang",
        titel="Noodtoegang bekijken",
        uitleg=f"{nood.persoon.naam} opende met spoed een dossier. De reden staat in het logboek.",
        leerling=nood.leerling,
        link="/logboek/?handeling=noodtoegang",
    )
    return nood


def leerling_voor_noodtoegang(*, zoeknaam: str, geboortedatum: date, door: Gebruiker) -> Leerling | None:
    """The one enrolled pupil with exactly this name and birth date at a school where the account works."""
    eigen = Aanstelling.objects.systeemtoegang(reden="noodtoegang: waar werkt deze collega").filter(
        persoon__gebruiker=door
    )
    gevonden = list(
        Leerling.objects.systeemtoegang(reden="noodtoegang: de genoemde leerling opzoeken").filter(
            zoeknaam=zoeknaam, geboortedatum=geboortedatum, school__in=eigen.values("school")
        )[:2]
    )
    return gevonden[0] if len(gevonden) == 1 else None
