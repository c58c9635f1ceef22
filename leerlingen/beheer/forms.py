"""Forms of Beheer; services keep the rules."""

from __future__ import annotations

from typing import Any

from django import forms

from leerlingen import profielen_van_school
from leerlingen.models import Groep, Rol
from leerlingen.profiel import ingebouwde_profielen
from zorg.kern import klok
from zorg.kern.datums import Datumveld
from zorg.kern.formulier import Regelveld
from zorg.kern.models import School
from zorg.kern.models.school import Regio

DAGEN = [(1, "maandag"), (2, "dinsdag"), (3, "woensdag"), (4, "donderdag"), (5, "vrijdag")]
GROEPSROLLEN = (Rol.LEERKRACHT, Rol.VERVANGER, Rol.RT, Rol.ASSISTENT)


class Schoolformulier(forms.Form):
    """Name and holiday region of the school."""

    naam = Regelveld(label="Naam van de school", max_length=200)
    regio = forms.ChoiceField(
        label="Vakantieregio",
        required=False,
        choices=[("", "geen"), *Regio.choices],
        help_text="Alleen in Nederland: hieruit volgen de voorgestelde vakanties.",
    )


class Profielformulier(forms.Form):
    """Another shipped procedure as the next version."""

    profiel = forms.ChoiceField(label="Zorgprofiel")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profiel"].choices = [  # type: ignore[attr-defined]
            (code, profiel.naam) for code, profiel in ingebouwde_profielen().items()
        ]


class Persoonformulier(forms.Form):
    """Name and contact details of somebody at the school."""

    roepnaam = Regelveld(label="Voornaam", max_length=100, required=False)
    voorvoegsel = Regelveld(label="Tussenvoegsel", max_length=30, required=False)
    achternaam = Regelveld(label="Achternaam", max_length=120)
    email = forms.EmailField(label="E-mailadres", required=False, help_text="Nodig om uit te nodigen.")
    telefoon = Regelveld(label="Telefoon", max_length=30, required=False)
    functie = Regelveld(label="Functie of organisatie", max_length=150, required=False)


class Aanstelformulier(forms.Form):
    """A role for a period."""

    rol = forms.ChoiceField(label="Rol")
    vanaf = Datumveld("Vanaf")
    tot = Datumveld("Tot en met", required=False)
    vakgebieden = forms.MultipleChoiceField(
        label="Vakgebieden",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen voor een specialist: van deze vakken ziet hij de stukken.",
    )
    werkdagen = forms.TypedMultipleChoiceField(
        label="Werkdagen",
        required=False,
        coerce=int,
        choices=DAGEN,
        widget=forms.CheckboxSelectMultiple,
        help_text="Laat leeg bij een hele week. De kalender houdt hier rekening mee.",
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profiel = profielen_van_school.huidig_profiel(school)
        rollen = [(rol, profiel.rolnaam(rol)) for rol in Rol.values if rol not in (Rol.VERVANGER,)]  # type: ignore[arg-type]
        self.fields["rol"].choices = rollen  # type: ignore[attr-defined]
        self.fields["vakgebieden"].choices = [(vak.code, vak.naam) for vak in profiel.vakgebieden]  # type: ignore[attr-defined]
        self.fields["vanaf"].initial = klok.vandaag(school)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("rol") == Rol.SPECIALIST and not data.get("vakgebieden"):
            self.add_error("vakgebieden", "Kies bij een specialist de vakgebieden.")
        if data.get("tot") and data.get("vanaf") and data["tot"] < data["vanaf"]:
            self.add_error("tot", "De einddatum ligt vóór de begindatum.")
        return data


class Toewijsformulier(forms.Form):
    """Work with a group for a period."""

    groep: forms.ModelChoiceField[Groep] = forms.ModelChoiceField(
        label="Groep", queryset=None, empty_label="Kies een groep"
    )
    groepsrol = forms.ChoiceField(label="Als", choices=[(rol.value, rol.label) for rol in GROEPSROLLEN])
    groep_vanaf = Datumveld("Vanaf", required=False, help_text="Leeg: vanaf het begin van het schooljaar.")
    groep_tot = Datumveld("Tot en met", required=False, help_text="Leeg: tot het einde van het schooljaar.")

    def __init__(self, *args: Any, gebruiker: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groepen = Groep.objects.zichtbaar_voor(gebruiker, "beheren").filter(
            school=school, schooljaar__periode__endswith__gt=klok.vandaag(school)
        )
        veld: Any = self.fields["groep"]
        veld.queryset = groepen.select_related("schooljaar").order_by("schooljaar__naam", "volgorde", "naam")
        veld.label_from_instance = lambda groep: f"{groep.naam} ({groep.schooljaar})"


class Bestandkiezer(forms.Form):
    """A file to read in."""

    bestand = forms.FileField(label="Bestand", allow_empty_file=True)

    def bestandsnaam(self) -> str:
        """What the file is called, without the folder it came from."""
        naam = self.cleaned_data["bestand"].name or "bestand"
        return str(naam.replace("\\", "/").rpartition("/")[2][:150])
