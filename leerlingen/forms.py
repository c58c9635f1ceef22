"""Forms of the first floor: they check shape; services keep the rules. Each gets the user and narrows its choices."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from leerlingen import selecties
from leerlingen.models import Leerling, Persoon, Vertrouwelijkheid
from leerlingen.models.personen import Gezag
from zorg.kern import klok
from zorg.kern.datums import Datumveld
from zorg.kern.formulier import Regelveld
from zorg.kern.models import School

VERTROUWELIJK_UITLEG = {
    Vertrouwelijkheid.GEWOON: "Gewoon: iedereen die met deze leerling werkt",
    Vertrouwelijkheid.VERTROUWELIJK: "Vertrouwelijk: de leerkracht, de interne begeleiding en de directie",
    Vertrouwelijkheid.GEHEIM: "Geheim: alleen de interne begeleiding en de directie",
}


class Notitieformulier(forms.Form):
    """A new note."""

    titel = forms.CharField(label="Waar gaat het over?", max_length=200)
    datum = Datumveld("Datum")
    tekst = forms.CharField(
        label="Notitie", widget=forms.Textarea(attrs={"rows": 8, "data-groeit": ""}), required=False
    )
    vertrouwelijkheid = forms.ChoiceField(label="Wie mag dit lezen?", choices=list(VERTROUWELIJK_UITLEG.items()))

    def __init__(self, *args: Any, leerling: Leerling, plafond: str = Vertrouwelijkheid.GEHEIM, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leerling = leerling
        self.fields["datum"].initial = klok.vandaag(leerling.school)
        keuzes = [
            (code, VERTROUWELIJK_UITLEG[Vertrouwelijkheid(code)]) for code in Vertrouwelijkheid.tot_en_met(plafond)
        ]
        self.fields["vertrouwelijkheid"].choices = keuzes  # type: ignore[attr-defined]

    def clean_datum(self) -> Any:
        datum = self.cleaned_data["datum"]
        if datum > klok.vandaag(self.leerling.school):
            raise forms.ValidationError("De datum ligt in de toekomst.")
        return datum


class Zichtformulier(forms.Form):
    """How confidential a piece is, or which colleagues alone may read it."""

    vertrouwelijkheid = forms.ChoiceField(label="Wie mag dit lezen?", choices=list(VERTROUWELIJK_UITLEG.items()))
    lezers: forms.ModelMultipleChoiceField[Persoon] = forms.ModelMultipleChoiceField(
        label="Alleen deze collega's",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies er een of meer om het stuk binnen deze kring te houden. Laat leeg voor de regel hierboven.",
    )

    def __init__(self, *args: Any, gebruiker: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lezers"].queryset = selecties.collegas(gebruiker, school)  # type: ignore[attr-defined]


class Toegangsformulier(forms.Form):
    """Give somebody access to one piece until a day."""

    aan: forms.ModelChoiceField[Persoon] = forms.ModelChoiceField(
        label="Aan wie?", queryset=None, empty_label="Kies een persoon"
    )
    tot = Datumveld("Tot en met")
    reden = forms.CharField(label="Waarom is dit nodig?", max_length=300)

    def __init__(self, *args: Any, gebruiker: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        self.fields["aan"].queryset = selecties.verleenbaar_aan(gebruiker, school)  # type: ignore[attr-defined]
        self.fields["tot"].initial = klok.vandaag(school) + timedelta(weeks=4)

    def clean_tot(self) -> datetime:
        """The end of the chosen day, where the school stands."""
        dag = self.cleaned_data["tot"]
        if dag < klok.vandaag(self.school):
            raise forms.ValidationError("Deze dag is al voorbij.")
        return datetime.combine(dag + timedelta(days=1), time.min, tzinfo=ZoneInfo(self.school.tijdzone))


class Ouderformulier(forms.Form):
    """A parent or guardian, added by hand."""

    roepnaam = Regelveld(label="Voornaam", max_length=100, required=False)
    voorvoegsel = Regelveld(label="Tussenvoegsel", max_length=30, required=False)
    achternaam = Regelveld(label="Achternaam", max_length=120)
    relatie = Regelveld(
        label="Relatie tot het kind", max_length=40, initial="ouder", help_text="moeder, vader, voogd …"
    )
    gezag = forms.ChoiceField(
        label="Heeft deze ouder gezag?",
        choices=Gezag.choices,
        initial=Gezag.ONBEKEND,
        help_text="Zonder gezag, of als u het niet weet, kan deze ouder niet in Zorgpad lezen.",
    )
    email = forms.EmailField(label="E-mailadres", required=False, help_text="Nodig voor een account.")
    telefoon = Regelveld(label="Telefoon", max_length=30, required=False)
    uitnodigen = forms.BooleanField(label="Stuur meteen een uitnodiging", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("uitnodigen") and not data.get("email"):
            self.add_error("email", "Vul een e-mailadres in om te kunnen uitnodigen.")
        if data.get("uitnodigen") and data.get("gezag") != Gezag.JA:
            self.add_error("gezag", "Uitnodigen kan als vaststaat dat deze ouder gezag heeft.")
        return data


class Bestandsformulier(forms.Form):
    """One file."""

    bestand = forms.FileField(
        label="Bestand toevoegen",
        help_text="Pdf, foto, Word, Excel of OpenDocument, tot 10 MB.",
        allow_empty_file=True,  # an empty file gets a sentence of its own (zorg.kern.bestanden)
    )


class Aanvulformulier(forms.Form):
    """An addendum to a definitive paper."""

    tekst = forms.CharField(label="Aanvulling", widget=forms.Textarea(attrs={"rows": 4, "data-groeit": ""}))


class Noodformulier(forms.Form):
    """Emergency access: who one means exactly, and why now."""

    naam = forms.CharField(label="Voor- en achternaam van de leerling", max_length=200)
    geboortedatum = Datumveld("Geboortedatum")
    reden = forms.CharField(label="Waarom moet u nu bij dit dossier zijn?", widget=forms.Textarea(attrs={"rows": 3}))
