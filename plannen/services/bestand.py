"""A group plan as a PDF file, for the command. On screen the view makes the same one."""

from __future__ import annotations

from leerlingen.services.papieren import opstellers
from plannen.models import Groepsplan
from plannen.rapporten import groepsplan_pdf, groepsplanpapier
from zorg.kern.rapporten import Rapportbestand, object_van
from zorg.logboek.services import vastleggen


def groepsplan_bestand(plan_id: int) -> Rapportbestand:
    """A group plan as the ib'er or director sees it. On record; keeps nothing.

    Raises GeenObject when there is no such plan, DomeinFout when there is nobody to make it for.
    """
    plannen = Groepsplan.objects.systeemtoegang(reden="groepsplan maken met een opdracht").select_related(
        "document__profielversie", "school", "schooljaar"
    )
    plan: Groepsplan = object_van(plannen, f"Er is geen groepsplan met nummer {plan_id}.", pk=plan_id)
    papier = groepsplanpapier(opstellers(plan.school)[0].gebruiker, plan)
    pdf = groepsplan_pdf(papier)
    vastleggen("groepsplan_meegenomen", school=plan.school_id, door=None, object=plan)
    return Rapportbestand(pdf)
