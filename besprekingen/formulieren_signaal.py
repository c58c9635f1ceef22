"""Fields with which a meeting or a talk names the recorded signals that it answers."""

from __future__ import annotations

from typing import Any

from django import forms

from leerlingen import profielen_van_school
from leerlingen.models import Leerling
from leerlingen.termijn import datumtekst
from lvs.models import VastgelegdSignaal
from lvs.vastgelegd import categorienaam
from zorg.kern import klok


class Signalenveld(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Which recorded signals this answers: named by category and day, as the school calls them."""

    def __init__(self, *, label: str) -> None:
        super().__init__(queryset=None, required=False, label=label, widget=forms.CheckboxSelectMultiple)

    def label_from_instance(self, obj: VastgelegdSignaal) -> str:
        profiel = profielen_van_school.huidig_profiel(obj.school)
        return f"{categorienaam(profiel, obj.categorie)}, {datumtekst(obj.stuk.datum, klok.vandaag(obj.school))}"


def lopende_signalen(gebruiker: Any) -> Any:
    """The recorded signals that this user may write and nobody closed, for choices in forms."""
    alle = VastgelegdSignaal.objects.zichtbaar_voor(gebruiker, "wijzigen").lopend()
    return alle.select_related("stuk", "school", "leerling")


def kies_uit_signalen(formulier: forms.Form, gebruiker: Any, leerling: Leerling) -> None:
    """Offer the signals of this pupil; without any the question is not asked. One query, read once."""
    veld: Any = formulier.fields["signalen"]
    veld.queryset = lopende_signalen(gebruiker).filter(leerling=leerling)
    keuzes = [(rij.pk, veld.label_from_instance(rij)) for rij in veld.queryset]
    if keuzes:
        veld.choices = keuzes
    else:
        del formulier.fields["signalen"]


class Signaalkeuze(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A recorded signal, with whom it is about."""

    def label_from_instance(self, obj: VastgelegdSignaal) -> str:
        profiel = profielen_van_school.huidig_profiel(obj.school)
        return f"{obj.leerling.naam}: {categorienaam(profiel, obj.categorie)}"
