"""Where what is missing can be done: from the link codes of the care route (leerlingen.voorwaarden) to addresses."""

from __future__ import annotations

from django.urls import reverse

from leerlingen.models import Leerling


def adres(link: str, leerling: Leerling) -> str:
    """The page for a link code, for this pupil; empty where there is none."""
    soort, _, rest = link.partition(":")
    kind = {"leerling_id": leerling.pk}
    if soort == "toestemming":
        return reverse("besprekingen:vragen", kwargs=kind) + f"?doel={rest}"
    if soort == "gesprek":
        return reverse("besprekingen:gesprek", kwargs=kind) + f"?soort={rest}"
    if soort == "bespreking":
        return reverse("besprekingen:nieuw", kwargs=kind) + f"?soort={rest}"
    if soort in ("evaluatie", "besluit"):
        return reverse("besprekingen:leerling", kwargs=kind)
    if soort == "document" and rest.startswith("okr"):
        return reverse("besprekingen:zorg", kwargs=kind) + "#rapport"
    if soort == "document" or (soort == "plan" and rest != "groepsplan"):
        return reverse("leerlingplannen:leerling", kwargs=kind)
    if soort == "onderzoek_met_ouders" or soort == "onderzoek":
        return reverse("besprekingen:zorg", kwargs=kind) + "#onderzoek"
    if soort == "instantie":
        return reverse("besprekingen:zorg", kwargs=kind) + "#instanties"
    if soort == "gezag":
        return reverse("leerlingen:ouders", kwargs=kind)
    if soort == "signaal":
        return reverse("signalen:nieuw", kwargs=kind)
    if soort == "overgang":
        return reverse("besprekingen:zorg", kwargs=kind)
    return ""
