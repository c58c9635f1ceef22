"""What every service of this floor asks first."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from leerlingen.models import Persoon
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School


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
