"""Forms of the calendar: they check shape, services keep the rules."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms

from besprekingen.services import Uren, Vrijgegevens
from besprekingen.vergadertijden import DAGNAMEN, Vergadertijden
from leerlingen.models import Vrij
from zorg.kern.datums import Datumveld
from zorg.kern.formulier import Regelveld


def _tijd(label: str, *, required: bool = False) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


class Vrijformulier(forms.Form):
    """A holiday, free day or study day."""

    soort = forms.ChoiceField(label="Wat is het?", choices=Vrij.Soort.choices)
    naam = Regelveld(label="Naam", max_length=80, help_text="Bijvoorbeeld: herfstvakantie, studiedag rekenen.")
    van = Datumveld("Eerste dag")
    tot_en_met = Datumveld("Laatste dag", help_text="Leeg: één dag.", required=False)
    invulling = forms.CharField(
        label="Invulling",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-groeit": ""}),
        help_text="Bij een studiedag: waar gaat die over? Het hele team leest dit.",
    )

    def gegevens(self) -> Vrijgegevens:
        """What was filled in; one day when there is no last one."""
        data = self.cleaned_data
        return Vrijgegevens(
            data["naam"], data["soort"], data["van"], data["tot_en_met"] or data["van"], data["invulling"]
        )


class Urenformulier(forms.Form):
    """Per weekday when people can meet, after school and in lesson time, and what one person may be asked."""

    per_dag = forms.IntegerField(label="Hoogstens per dag", min_value=1, max_value=10)
    per_week = forms.IntegerField(label="Liever niet meer per week dan", min_value=1, max_value=30)
    vakantie_van = _tijd("In een vakantie van", required=True)
    vakantie_tot = _tijd("In een vakantie tot", required=True)

    def __init__(self, data: Any = None, *, uren: Vergadertijden) -> None:
        begin: dict[str, Any] = {
            "per_dag": uren.per_dag,
            "per_week": uren.per_week,
            "vakantie_van": uren.vakantie.van,
            "vakantie_tot": uren.vakantie.tot,
        }
        for dag in DAGNAMEN:
            for soort, in_de_les in (("na", False), ("les", True)):
                blok = uren.blok(dag, in_de_les=in_de_les)
                if blok is not None:
                    begin |= {f"{soort}_{dag}_van": blok.van, f"{soort}_{dag}_tot": blok.tot}
        super().__init__(data, initial=begin)
        for dag, naam in DAGNAMEN.items():
            for soort, woord in (("na", "na schooltijd"), ("les", "onder lestijd")):
                for kant in ("van", "tot"):
                    self.fields[f"{soort}_{dag}_{kant}"] = _tijd(f"{naam.capitalize()} {woord} {kant}")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for dag in DAGNAMEN:
            for soort in ("na", "les"):
                van, tot = data.get(f"{soort}_{dag}_van"), data.get(f"{soort}_{dag}_tot")
                if (van is None) != (tot is None) and not self.errors:
                    self.add_error(f"{soort}_{dag}_{'van' if van is None else 'tot'}", "Vul beide tijden in, of geen.")
        return data

    def dagen(self) -> list[tuple[str, list[Any]]]:
        """The fields a weekday: after school from and to, in lesson time from and to."""
        return [
            (naam, [self[f"{soort}_{dag}_{kant}"] for soort in ("na", "les") for kant in ("van", "tot")])
            for dag, naam in DAGNAMEN.items()
        ]

    def uren(self) -> list[Uren]:
        """The blocks that were filled in."""
        data = self.cleaned_data
        return [
            Uren(dag, data[f"{soort}_{dag}_van"], data[f"{soort}_{dag}_tot"], in_de_les)
            for dag in DAGNAMEN
            for soort, in_de_les in (("na", False), ("les", True))
            if data[f"{soort}_{dag}_van"] is not None
        ]

    def vakantie(self) -> tuple[time, time]:
        """The hours of a day in a holiday."""
        return self.cleaned_data["vakantie_van"], self.cleaned_data["vakantie_tot"]
