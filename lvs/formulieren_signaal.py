"""Forms of recorded signals: they check shape, services keep the rules."""

from __future__ import annotations

from typing import Any

from django import forms

from leerlingen import profielen_van_school
from leerlingen.forms import VERTROUWELIJK_UITLEG
from leerlingen.models import Leerling, Vertrouwelijkheid
from leerlingen.profiel import Profiel
from lvs.models import VastgelegdSignaal
from lvs.services.signalen import MEESTE_TEKENS
from lvs.vastgelegd import categorieen, categorienaam
from zorg.kern import klok
from zorg.kern.datums import Datumveld


class Signaalvelden(forms.Form):
    """What was seen: about what, from where, when, in a few words."""

    categorie = forms.ChoiceField(label="Waar gaat het over?", widget=forms.RadioSelect)
    tekst = forms.CharField(
        label="Wat is er gezien of gezegd?",
        max_length=MEESTE_TEKENS,
        widget=forms.Textarea(attrs={"rows": 3, "data-groeit": ""}),
    )
    bron = forms.ChoiceField(label="Waar komt het vandaan?", choices=VastgelegdSignaal.Bron.choices)
    datum = Datumveld("Datum")
    vak = forms.ChoiceField(label="Vak", required=False)

    def __init__(self, *args: Any, leerling: Leerling, extra: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leerling = leerling
        profiel = profielen_van_school.huidig_profiel(leerling.school)
        categorie: Any = self.fields["categorie"]
        categorie.choices = _categorieen(profiel, extra)
        vak: Any = self.fields["vak"]
        vak.choices = [("", "Geen vak"), *((v.code, v.naam) for v in profiel.vakgebieden if v.actief)]
        self.fields["datum"].initial = klok.vandaag(leerling.school)

    def clean_datum(self) -> Any:
        datum = self.cleaned_data["datum"]
        if datum > klok.vandaag(self.leerling.school):
            raise forms.ValidationError("De datum ligt in de toekomst.")
        return datum


class Signaalformulier(Signaalvelden):
    """A new signal. `waar` and `actie` take it up at once: in the week planning, a plan, a meeting, a talk."""

    vertrouwelijkheid = forms.ChoiceField(label="Wie mag dit lezen?", choices=list(VERTROUWELIJK_UITLEG.items()))
    waar = forms.ChoiceField(label="Meteen opgepakt?", required=False)
    actie = forms.CharField(label="Wat gaat u doen?", max_length=300, required=False)

    def __init__(self, *args: Any, plafond: str = Vertrouwelijkheid.GEHEIM, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [
            (code, VERTROUWELIJK_UITLEG[Vertrouwelijkheid(code)]) for code in Vertrouwelijkheid.tot_en_met(plafond)
        ]
        self.fields["vertrouwelijkheid"].choices = keuzes  # type: ignore[attr-defined]
        waar: Any = self.fields["waar"]
        waar.choices = [("", "Nog niet"), *((code, f"Ja, {naam}") for code, naam in VastgelegdSignaal.Waar.choices)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("waar") == VastgelegdSignaal.Waar.WEEK and not data.get("actie", "").strip():
            self.add_error("actie", "Schrijf in een paar woorden wat er in de weekplanning komt.")
        return data


def _categorieen(profiel: Profiel, extra: str) -> list[tuple[str, str]]:
    """What a person can record; with the signal of a rule from which one came here, or that was recorded already."""
    keuzes = categorieen(profiel)
    if extra and extra not in dict(keuzes) and any(s.code == extra for s in profiel.signalering):
        keuzes.insert(0, (extra, categorienaam(profiel, extra)))
    return keuzes


class Standformulier(forms.Form):
    """What happens with a signal."""

    stand = forms.ChoiceField(choices=VastgelegdSignaal.Stand.choices)
    waar = forms.ChoiceField(choices=[("", ""), *VastgelegdSignaal.Waar.choices], required=False)
    toelichting = forms.CharField(max_length=300, required=False)
