"""For which pupils the year cycle asks a meeting each: on a level or higher, or with a development perspective."""

from __future__ import annotations

from collections.abc import Iterable

from besprekingen.services.schooljaren import REDEN
from leerlingen.models import Document, Groep, Leerling, Plaatsing, Zorgniveauperiode
from leerlingen.profiel import Profiel
from leerlingen.profiel.bespreken import Leerlingkeuze
from leerlingen.services.hulp import periode_vanaf
from lvs import feiten as lvs_feiten
from zorg.kern import klok


def gekozen_leerlingen(
    profiel: Profiel, groepen: Iterable[Groep], keuze: Leerlingkeuze
) -> list[tuple[Leerling, Groep]]:
    """The pupils of these groups, with their group, in the order of the groups and of their keys."""
    per_groep = {groep.pk: groep for groep in groepen}
    if not per_groep:
        return []
    vandaag = klok.vandaag(next(iter(per_groep.values())).school)
    plaatsingen = Plaatsing.objects.systeemtoegang(reden=REDEN).filter(
        groep__in=per_groep, stamgroep=True, periode__overlap=periode_vanaf(vandaag)
    )
    gekozen: set[int] = set()
    if keuze.vanaf_niveau is not None:
        vanaf = profiel.zoek_niveau(keuze.vanaf_niveau).volgorde
        hoog = [niveau.code for niveau in profiel.niveaus_op_volgorde if niveau.volgorde >= vanaf]
        gekozen |= set(
            Zorgniveauperiode.objects.systeemtoegang(reden=REDEN)
            .filter(leerling__in=plaatsingen.order_by().values("leerling"), niveau__in=hoog, periode__contains=vandaag)
            .values_list("leerling", flat=True)
        )
    if keuze.opp:
        documenten = Document.objects.systeemtoegang(reden=REDEN)
        gekozen |= lvs_feiten.met_opp(documenten, profiel, plaatsingen.order_by().values("leerling"))
    if not gekozen:
        return []
    kinderen = {
        plaatsing.leerling_id: (plaatsing.leerling, per_groep[plaatsing.groep_id])
        for plaatsing in plaatsingen.filter(leerling__in=gekozen).select_related("leerling__school").order_by("pk")
    }
    plek = {pk: nummer for nummer, pk in enumerate(per_groep)}
    return sorted(kinderen.values(), key=lambda paar: (plek[paar[1].pk], paar[0].pk))
