"""Forms check shape; the services keep the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from leerlingen.models import Groep
from leerlingen.profiel import Profiel
from plannen.perioden import Periode
from zorg.kern.templatetags.zorgpad import periode as periode_in_woorden


class Nieuwplan(forms.Form):
    """For which groups, subjects and period; good defaults come from the view."""

    groepen = forms.MultipleChoiceField(
        label="Groepen",
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies er meer voor een combinatiegroep of een plan over groepen heen.",
    )
    vakken = forms.MultipleChoiceField(
        label="Vakken", widget=forms.CheckboxSelectMultiple, help_text="Voor elk vak komt er een eigen plan."
    )
    periode = forms.ChoiceField(label="Periode", widget=forms.RadioSelect)
    jaargroepen = forms.MultipleChoiceField(
        label="Alleen voor deze leerjaren",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Laat leeg voor alle leerlingen van de groepen.",
    )

    def __init__(
        self, *args: Any, groepen: Sequence[Groep], profiel: Profiel, perioden: Sequence[Periode], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groep_van = {str(groep.pk): groep for groep in groepen}
        jaren = {groep.schooljaar_id for groep in groepen}
        velden: dict[str, Any] = self.fields
        velden["groepen"].choices = [
            (pk, f"{groep.naam} ({groep.schooljaar})" if len(jaren) > 1 else groep.naam)
            for pk, groep in self.groep_van.items()
        ]
        velden["vakken"].choices = [
            (vak.code, vak.naam) for vak in profiel.vakgebieden if vak.groepsplan and vak.actief
        ]
        velden["periode"].choices = [
            (p.code, f"{p.naam}: {periode_in_woorden(p.van, p.tot_en_met, p.van)}") for p in perioden
        ]
        gebruikt = {groep.jaargroep for groep in groepen}
        if "C" in gebruikt or any(groep.soort == "samengesteld" for groep in groepen):
            velden["jaargroepen"].choices = [(str(rij.jaargroep), rij.naam) for rij in profiel.begrippen.jaargroepen]
        else:
            del velden["jaargroepen"]

    def clean_groepen(self) -> list[Groep]:
        """Groups of one school year; several groups sit in one plan together."""
        gekozen = [self.groep_van[pk] for pk in self.cleaned_data["groepen"]]
        if len({groep.schooljaar_id for groep in gekozen}) > 1:
            raise forms.ValidationError("Kies groepen van hetzelfde schooljaar.")
        return gekozen

    def clean_jaargroepen(self) -> list[int]:
        return [int(jaar) for jaar in self.cleaned_data.get("jaargroepen", [])]


class Reactieformulier(forms.Form):
    """A question or remark at a plan."""

    tekst = forms.CharField(
        label="Vraag of opmerking bij dit plan",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "data-groeit": ""}),
    )


class Redenformulier(forms.Form):
    """Why a plan does not go on."""

    reden = forms.CharField(label="Waarom?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
