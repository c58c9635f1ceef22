"""Forms of the meetings floor."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from besprekingen.models import Bespreking, Evaluatie, Gesprek
from besprekingen.services import uiterste_evaluatie, vorm_van
from leerlingen import profielen_van_school, selecties
from leerlingen.models import Dossierstuk, Leerling, Persoon
from zorg.kern import klok
from zorg.kern.models import School


def _datum(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    veld = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=veld)


class Momentformulier(forms.Form):
    """A day and a time, where the school stands."""

    dag = _datum("Dag")
    tijd = forms.TimeField(label="Tijd", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school

    def moment(self) -> datetime:
        """The chosen moment, aware."""
        data = self.cleaned_data
        return datetime.combine(data["dag"], data["tijd"], tzinfo=ZoneInfo(self.school.tijdzone))


class Nieuwformulier(Momentformulier):
    """A meeting about one pupil, by kind."""

    soort = forms.ChoiceField(label="Welke bespreking?")
    plaats = forms.CharField(label="Waar?", max_length=120, required=False)
    field_order = ("soort", "dag", "tijd", "plaats")

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, school=school, **kwargs)
        profiel = profielen_van_school.huidig_profiel(school)
        self.fields["soort"].choices = [  # type: ignore[attr-defined]
            (vorm.code, vorm.naam) for vorm in profiel.bespreking if vorm.over == "leerling" and not vorm.beeindigd
        ]
        self.fields["dag"].initial = klok.vandaag(school) + timedelta(days=7)
        self.fields["tijd"].initial = "15:15"


class Inbrengformulier(forms.Form):
    """Put a pupil on the agenda."""

    leerling: forms.ModelChoiceField[Leerling] = forms.ModelChoiceField(
        label="Leerling inbrengen", queryset=None, empty_label="Kies een leerling"
    )

    def __init__(self, *args: Any, gebruiker: Any, bespreking: Bespreking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuze = Leerling.objects.zichtbaar_voor(gebruiker, "wijzigen").filter(school=bespreking.school)
        if bespreking.groep_id:
            dag = bespreking.begin.astimezone(ZoneInfo(bespreking.school.tijdzone)).date()
            keuze = keuze.filter(plaatsingen__groep=bespreking.groep_id, plaatsingen__periode__contains=dag)
        else:
            keuze = keuze.ingeschreven_op(klok.vandaag(bespreking.school))
        veld: Any = self.fields["leerling"]
        veld.queryset = keuze.order_by("sorteernaam", "pk")
        veld.label_from_instance = lambda leerling: leerling.naam


class Doelformulier(forms.Form):
    """One goal and when it is evaluated."""

    doel = forms.CharField(label="Doel", widget=forms.Textarea(attrs={"rows": 2, "data-groeit": ""}))
    voor = _datum("Evalueren vóór")

    def __init__(self, *args: Any, bespreking: Bespreking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        uiterlijk = uiterste_evaluatie(bespreking)
        if uiterlijk:
            self.fields["voor"].initial = uiterlijk
            self.fields["voor"].help_text = f"Uiterlijk {uiterlijk:%d-%m-%Y}."


class Besluitformulier(forms.Form):
    """The decision about one item."""

    besluit = forms.ChoiceField(label="Besluit")
    toelichting = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, bespreking: Bespreking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [(b.code, b.naam) for b in vorm_van(bespreking).besluiten if not b.beeindigd]
        self.fields["besluit"].choices = keuzes  # type: ignore[attr-defined]


class Actieformulier(forms.Form):
    """Who does what before when."""

    onderwerp = forms.CharField(label="Waarover?", max_length=120)
    stap = forms.CharField(label="Volgende stap", max_length=300)
    wie: forms.ModelChoiceField[Persoon] = forms.ModelChoiceField(label="Wie?", queryset=None, empty_label="Kies wie")
    voor = _datum("Vóór", required=False)

    def __init__(self, *args: Any, gebruiker: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["wie"]
        veld.queryset = selecties.collegas(gebruiker, school)


class Evalueerformulier(forms.Form):
    """Was there enough progress?"""

    vooruitgang = forms.ChoiceField(
        label="Is er genoeg vooruitgang?", choices=Evaluatie.Vooruitgang.choices, widget=forms.RadioSelect
    )
    uitkomst = forms.CharField(label="Wat is er bereikt?", widget=forms.Textarea(attrs={"rows": 4, "data-groeit": ""}))


class Gesprekformulier(forms.Form):
    """A talk on record."""

    soort = forms.ChoiceField(label="Met wie?", choices=Gesprek.Soort.choices)
    op = _datum("Wanneer?")
    tekst = forms.CharField(
        label="Wat is er besproken?", required=False, widget=forms.Textarea(attrs={"rows": 5, "data-groeit": ""})
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["op"].initial = klok.vandaag(school)


class Vraagformulier(forms.Form):
    """Ask the parents' consent for one purpose."""

    doel = forms.ChoiceField(label="Waarvoor?")
    deelnemers = forms.CharField(
        label="Wie zitten er aan tafel?",
        max_length=400,
        help_text="Zoals ouders het lezen: juf Marloes, de directeur …",
    )
    op = _datum("Wanneer is de bespreking?", required=False)
    tot = _datum("Tot wanneer mogen zij meelezen?", required=False)
    stukken: forms.ModelMultipleChoiceField[Dossierstuk] = forms.ModelMultipleChoiceField(
        label="Welke stukken krijgen zij te zien?",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Niets anders dan wat u hier kiest.",
    )

    def __init__(self, *args: Any, gebruiker: Any, leerling: Leerling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profiel = profielen_van_school.huidig_profiel(leerling.school)
        self.fields["doel"].choices = [  # type: ignore[attr-defined]
            (vorm.code, vorm.naam) for vorm in profiel.toestemmingen if not vorm.beeindigd
        ]
        veld: Any = self.fields["stukken"]
        veld.queryset = Dossierstuk.objects.zichtbaar_voor(gebruiker).filter(leerling=leerling, in_kring=False)
        veld.label_from_instance = lambda stuk: f"{stuk.titel} ({stuk.datum:%d-%m-%Y})"
