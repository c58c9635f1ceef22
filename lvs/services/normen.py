"""What pupils of this school usually gain between two test moments: numbers only, of ten pupils or more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.cache import cache

from lvs.groei import Groeinormen, maak_groeinormen
from lvs.models import Resultaat
from zorg.kern import klok
from zorg.kern.models import School

JAREN = 5
"""School years that count: older ones were other tests."""

BEWAAR_SECONDEN = 6 * 3600


def _sleutel(school: School | int) -> str:
    return f"lvs:groeinormen:{school if isinstance(school, int) else school.pk}"


def groeinormen(school: School) -> Groeinormen:
    """The medians of this school, made from its own results of the last years; kept for six hours."""
    bewaard: Groeinormen | None = cache.get(_sleutel(school))
    if bewaard is None:
        bewaard = maak_groeinormen(_waarnemingen(_rijen(school)))
        cache.set(_sleutel(school), bewaard, BEWAAR_SECONDEN)
    return bewaard


def vergeet_groeinormen(school: School | int) -> None:
    """After many new results."""
    cache.delete(_sleutel(school))


_Rij = tuple[int, str, str, str, float]


def _rijen(school: School) -> Iterable[_Rij]:
    rijen: Iterable[_Rij] = (
        Resultaat.objects.systeemtoegang(reden="groei van alle leerlingen samen, zonder namen")
        .filter(
            school=school,
            methodetoets=False,
            vaardigheidsscore__isnull=False,
            afnamejaar__gte=klok.vandaag(school).year - JAREN,
        )
        .order_by("reeks", "instrument", "onderdeel", "afnamedatum", "pk")
        .values_list("reeks", "instrument", "moment", "niveau", "vaardigheidsscore")
        .iterator(chunk_size=5000)
    )
    return rijen


def _waarnemingen(rijen: Iterable[_Rij]) -> Iterator[tuple[str, str, str, str, float]]:
    vorige: _Rij | None = None
    for rij in rijen:
        if vorige is not None and vorige[:2] == rij[:2]:
            yield rij[1], vorige[2], rij[2], vorige[3], float(rij[4]) - float(vorige[4])
        vorige = rij
