"""Forms with which a group is made and a pupil comes, moves and goes by hand; services keep the rules."""

from __future__ import annotations

from typing import Any

from django import forms

from leerlingen import profielen_van_school, services
from leerlingen.models import Groep, Groepssoort
from leerlingen.models.leerling import Geslacht
from zorg.kern import klok
from zorg.kern.datums import Datumveld
from zorg.kern.formulier import Regelveld
from zorg.kern.models import School

COMBINATIE = ("C", "meer leerjaren samen")


def jaargroepen(school: School) -> list[tuple[str, str]]:
    """The years of the primary school as this school calls them, by EDEXML code (shared with Flanders, domein 2.7)."""
    profiel = profielen_van_school.huidig_profiel(school)
    return [*((str(nummer), profiel.jaargroepnaam(nummer)) for nummer in range(1, 9)), COMBINATIE]


class Groepformulier(forms.Form):
    """A new group."""

    naam = Regelveld(label="Naam van de groep", max_length=80, help_text="Bijvoorbeeld 6a of 5/6.")
    schooljaar = forms.ChoiceField(label="Schooljaar")
    jaargroep = forms.ChoiceField(label="Leerjaar")
    soort = forms.ChoiceField(
        label="Soort groep",
        choices=[
            (Groepssoort.STAMGROEP, "vaste groep: elke leerling zit in één vaste groep"),
            (Groepssoort.SAMENGESTELD, "extra groep: leerlingen uit meer groepen, zoals een plusgroep"),
        ],
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dit = services.schooljaar_van(school)
        volgend = services.schooljaar_van(school, dag=dit.periode.upper)
        self.fields["schooljaar"].choices = [(jaar.naam, jaar.naam) for jaar in (dit, volgend)]  # type: ignore[attr-defined]
        self.fields["jaargroep"].choices = jaargroepen(school)  # type: ignore[attr-defined]


class Groepkeuze(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    """A group of this year or a later one, with its year where that is not this one."""

    dit_jaar = ""

    def label_from_instance(self, obj: Groep) -> str:
        """The name, and the year of a group to come."""
        return obj.naam if obj.schooljaar.naam == self.dit_jaar else f"{obj.naam} ({obj.schooljaar})"


def vul_groepen(veld: Any, gebruiker: Any, school: School, recht: str) -> None:
    """Let the field offer the home groups of this school year and the next that this user sees with this right."""
    dag = klok.vandaag(school)
    veld.dit_jaar = services.schooljaar_van(school).naam
    veld.queryset = (
        Groep.objects.zichtbaar_voor(gebruiker, recht)
        .filter(school=school, soort=Groepssoort.STAMGROEP, schooljaar__periode__endswith__gt=dag)
        .select_related("schooljaar", "school")
        .order_by("schooljaar__naam", "volgorde", "naam")
    )


class Gegevensformulier(forms.Form):
    """Who a pupil is."""

    roepnaam = Regelveld(label="Roepnaam", max_length=100)
    voorvoegsel = Regelveld(label="Tussenvoegsel", max_length=30, required=False)
    achternaam = Regelveld(label="Achternaam", max_length=120)
    geboortedatum = Datumveld("Geboortedatum")
    geslacht = forms.ChoiceField(label="Jongen of meisje", choices=Geslacht.choices, required=False)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vandaag = klok.vandaag(school)

    def clean_geboortedatum(self) -> Any:
        """A child who goes to school is born, and not so long ago."""
        dag = self.cleaned_data["geboortedatum"]
        if not 2 <= (self.vandaag - dag).days / 365.25 <= 19:
            raise forms.ValidationError("Met deze geboortedatum zit een kind niet op deze school; kijk het jaar na.")
        return dag

    def clean_geslacht(self) -> str:
        """Left empty is unknown."""
        return self.cleaned_data["geslacht"] or Geslacht.ONBEKEND


class Leerlingformulier(Gegevensformulier):
    """A pupil who comes."""

    groep = Groepkeuze(label="Groep", queryset=None, empty_label="Kies een groep")
    vanaf = Datumveld("Op school vanaf")
    ander_kind = forms.BooleanField(
        label="Het is een ander kind dan de leerling met dezelfde naam en geboortedatum", required=False
    )

    def __init__(self, *args: Any, school: School, gebruiker: Any, **kwargs: Any) -> None:
        super().__init__(*args, school=school, **kwargs)
        vul_groepen(self.fields["groep"], gebruiker, school, "beheren")
        self.fields["vanaf"].initial = klok.vandaag(school)


class Wisselformulier(forms.Form):
    """To another group."""

    groep = Groepkeuze(label="Naar groep", queryset=None, empty_label="Kies een groep")
    vanaf = Datumveld("Vanaf")

    def __init__(self, *args: Any, school: School, gebruiker: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vul_groepen(self.fields["groep"], gebruiker, school, "inzien")
        self.fields["vanaf"].initial = klok.vandaag(school)


class Vertrekformulier(forms.Form):
    """The last day at this school."""

    laatste_dag = Datumveld("Laatste dag op school")

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["laatste_dag"].initial = klok.vandaag(school)
