"""Papers of groups past their term: group plans, reports of meetings (domein §2.5: the same term as the dossier).

The term counts from the end of the school year. With the paper go the rows about pupils inside it, also of a pupil who
is still at school; of a pupil whose data must stay, the whole paper stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from leerlingen.bewaren import is_voorbij
from leerlingen.models import Document, Documentgroep, Schooljaar
from leerlingen.profiel.route import Bewaartermijn
from leerlingen.services.vernietigen import Rijen
from zorg.kern.models import School

_meegaand: list[Callable[[int], Rijen]] = []


def registreer_meegaand(functie: Callable[[int], Rijen]) -> None:
    """A floor above says what goes with the group paper of this id though no key cascades to it."""
    _meegaand.append(functie)


def verlopen_groepsstukken(school: School, termijn: Bewaartermijn, vandaag: date) -> list[int]:
    """Papers that hang on groups, or on nothing, whose school year ended longer ago than the term. Oldest first."""
    jaren = list(Schooljaar.objects.systeemtoegang(reden="wanneer eindigde het schooljaar").filter(school=school))
    groepen = Documentgroep.objects.systeemtoegang(reden="van welke groepen is het").filter(school=school)
    eindes: dict[int, date] = {}
    for document, periode in groepen.values_list("document_id", "groep__schooljaar__periode"):
        eindes[document] = max(eindes.get(document, date.min), periode.upper)
    verlopen = []
    zone = ZoneInfo(school.tijdzone)
    papieren = Document.objects.systeemtoegang(reden="groepsstukken over hun termijn").filter(
        school=school, stuk__isnull=True
    )
    for document in papieren.order_by("pk"):
        dag = document.gemaakt_op.astimezone(zone).date()
        jaar = next((jaar for jaar in jaren if jaar.periode.lower <= dag < jaar.periode.upper), None)
        einde = eindes.get(document.pk) or (jaar.periode.upper if jaar else dag + timedelta(days=1))
        if is_voorbij(termijn, einde - timedelta(days=1), vandaag):
            verlopen.append(document.pk)
    return verlopen


def begin_van(document_id: int) -> Rijen:
    """The paper and what floors above say goes along."""
    rijen: Rijen = {Document: {document_id}}
    for functie in _meegaand:
        for model, ids in functie(document_id).items():
            rijen[model] = rijen.get(model, set()) | ids
    return rijen


def _over_leerlingen(rijen: Rijen) -> Iterator[set[int]]:
    for model, ids in rijen.items():
        if any(veld.name == "leerling" and isinstance(veld, models.ForeignKey) for veld in model._meta.local_fields):
            alle: Any = model._default_manager
            over = alle.systeemtoegang(reden="over wie gaat het groepsstuk").order_by().filter(pk__in=ids)
            yield set(over.values_list("leerling_id", flat=True))


def gaat_over(rijen: Rijen, leerlingen: set[int]) -> bool:
    """Whether any of these rows is about one of these pupils."""
    return any(ids & leerlingen for ids in _over_leerlingen(rijen))
