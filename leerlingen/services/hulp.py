"""What every service of this floor asks first."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from leerlingen.models import Aanstelling, Persoon
from leerlingen.profiel.papier import Vraag
from leerlingen.vraagsoorten import leesbaar
from zorg.kern import klok
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School

DUBBEL = timedelta(minutes=1)
"""Within this, the same thing made by the same person is one form that was sent twice: by impatience, from two tabs."""


def een_tegelijk(obj: Any) -> datetime:
    """Lock the row of what something is made about (a pupil, a meeting) until the end of the transaction, so that two
    requests at once see each other. Gives the moment since when the same thing again is a double sending.

    Rows that only point at it do not wait (no_key).
    """
    alle = obj._meta.model.objects.systeemtoegang(reden="hetzelfde formulier twee keer verstuurd")
    alle.select_for_update(no_key=True).only("pk").get(pk=obj.pk)
    return klok.nu() - DUBBEL


def vereis(door: Gebruiker | None, recht: str, obj: Any) -> None:
    """Raise PermissionDenied unless the account has this right on the object; the system itself may."""
    if door is not None and not door.has_perm(f"{recht}_{obj._meta.model_name}", obj):
        raise PermissionDenied


def persoon_van(gebruiker: Gebruiker, school: School | int) -> Persoon:
    """The person this account is at the school. Raises PermissionDenied when it is nobody there."""
    school_id = school if isinstance(school, int) else school.pk
    persoon: Persoon | None = (
        Persoon.objects.systeemtoegang(reden="wie handelt er").filter(school_id=school_id, gebruiker=gebruiker).first()
    )
    if persoon is None:
        raise PermissionDenied
    return persoon


def mensen_met_rol(school: School, rol: str) -> list[Persoon]:
    """Who has this role at the school today, in the order in which it was recorded: for tasks and mails of theirs."""
    rijen = Aanstelling.objects.systeemtoegang(reden="wiens taak is dit").filter(
        school=school, rol=rol, periode__contains=klok.vandaag(school)
    )
    return [rij.persoon for rij in rijen.select_related("persoon").order_by("pk")]


def huidig_antwoord(vraag: Vraag, rij: Any, school: School, *, door: str, zelf: bool = False) -> dict[str, object]:
    """What stands there now, for who wrote on an older version: kept and readable, which version, who, at what time.

    `rij` is the answer (`tekst`, `versie`, `gewijzigd_op`), or None when there is none. `zelf` says that who writes now
    wrote that too, on another device or in another window.
    """
    if rij is None:
        return {"tekst": "", "leesbaar": "", "versie": 0, "door": "", "om": "", "zelf": False}
    om = rij.gewijzigd_op.astimezone(ZoneInfo(school.tijdzone))
    return {
        "tekst": rij.tekst,
        "leesbaar": leesbaar(vraag, rij.tekst),
        "versie": rij.versie,
        "door": door,
        "om": f"{om:%H.%M}",
        "zelf": zelf,
    }


def periode_vanaf(begin: date, tot: date | None = None) -> DateRange:
    """`[begin, tot)`; raises DomeinFout when it ends before it starts."""
    if tot is not None and tot <= begin:
        raise DomeinFout(f"De einddatum {tot:%d-%m-%Y} ligt niet na de begindatum {begin:%d-%m-%Y}.")
    return DateRange(begin, tot, "[)")


def niet_later(periode: Any, per: date) -> date:
    """The day on which a period ends when it is ended on `per`: never later than it already does."""
    einde: date | None = periode.upper
    return per if einde is None else min(per, einde)


def verruimd(periode: Any, dagen: int) -> DateRange:
    """The period widened on both sides: the handover window."""
    return DateRange(
        periode.lower - timedelta(days=dagen) if periode.lower else None,
        periode.upper + timedelta(days=dagen) if periode.upper else None,
        "[)",
    )


def besef_zicht(obj: Any, door: Gebruiker | None, recht: str = "inzien") -> None:
    """After saving, the object must still be visible to who saved it; otherwise everything is rolled back."""
    if door is not None and not door.has_perm(f"{recht}_{obj._meta.model_name}", obj):
        raise DomeinFout("Hiermee zou u dit zelf niet meer kunnen zien. Er is niets veranderd.")
