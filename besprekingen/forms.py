"""Forms of the meetings floor: they check shape, services keep the rules; choices are what the user sees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from besprekingen.formulieren_signaal import Signaalkeuze, Signalenveld, kies_uit_signalen, lopende_signalen
from besprekingen.models import Bespreking, Deelnemer, Evaluatie, Gesprek
from besprekingen.services.hulp import dag_van
from besprekingen.services.schooljaren import Vergaderdagen
from leerlingen import profielen_van_school, selecties
from leerlingen.models import Dossierstuk, Groep, Leerling, Persoon
from leerlingen.profiel.bespreken import Bespreking as Besprekingsvorm
from leerlingen.termijn import datumtekst
from zorg.kern import klok
from zorg.kern.datums import Datumveld
from zorg.kern.models import School


def _groeit(rijen: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rijen, "data-groeit": ""})


def _over_een_week(school: School) -> date:
    """A day to begin with on which people can be asked: never a Sunday or a holiday, which would be refused."""
    dag = klok.vandaag(school) + timedelta(days=7)
    return Vergaderdagen(school).dichtstbij(dag, dag) or dag


class Momentformulier(forms.Form):
    """A day and a time, where the school stands."""

    dag = Datumveld("Dag")
    tijd = forms.TimeField(label="Tijd", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school

    def moment(self) -> datetime:
        """The chosen moment, aware."""
        data = self.cleaned_data
        return datetime.combine(data["dag"], data["tijd"], tzinfo=ZoneInfo(self.school.tijdzone))


class Nieuwformulier(Momentformulier):
    """A meeting about one pupil, by kind, with the help question of who brings the pupil in (K-116, K-140)."""

    soort = forms.ChoiceField(label="Welke bespreking?")
    plaats = forms.CharField(label="Waar?", max_length=120, required=False)
    hulpvraag = forms.CharField(label="Wat is uw hulpvraag?", required=False, widget=_groeit(3))
    signalen = Signalenveld(label="Welk signaal is de aanleiding?")
    field_order = ("soort", "dag", "tijd", "plaats", "signalen", "hulpvraag")

    def __init__(
        self,
        *args: Any,
        leerling: Leerling,
        gebruiker: Any,
        vormen: Iterable[Besprekingsvorm],
        **kwargs: Any,
    ) -> None:
        school = leerling.school
        super().__init__(*args, school=school, **kwargs)
        kies_uit_signalen(self, gebruiker, leerling)
        self.fields["soort"].choices = [  # type: ignore[attr-defined]
            (vorm.code, vorm.naam) for vorm in vormen
        ]
        self.fields["dag"].initial = _over_een_week(school)
        self.fields["tijd"].initial = "15:15"


class Planformulier(Momentformulier):
    """A meeting without a pupil at hand: of a group, of a team for several pupils, of the school."""

    soort = forms.ChoiceField(label="Welke bespreking?")
    groep: forms.ModelChoiceField[Groep] = forms.ModelChoiceField(
        label="Groep",
        queryset=None,
        required=False,
        empty_label="Geen groep",
        help_text="Voor een bespreking over een groep.",
    )
    plaats = forms.CharField(label="Waar?", max_length=120, required=False)
    field_order = ("soort", "groep", "dag", "tijd", "plaats")

    def __init__(
        self, *args: Any, school: School, gebruiker: Any, vormen: Iterable[Besprekingsvorm], **kwargs: Any
    ) -> None:
        super().__init__(*args, school=school, **kwargs)
        self.vormen = {vorm.code: vorm for vorm in vormen}
        self.fields["soort"].choices = [(v.code, v.naam) for v in self.vormen.values()]  # type: ignore[attr-defined]
        dag = klok.vandaag(school)
        veld: Any = self.fields["groep"]
        veld.queryset = (
            Groep.objects.zichtbaar_voor(gebruiker, "wijzigen")
            .van_dag(dag)
            .filter(school=school, soort="stamgroep")
            .order_by("volgorde", "naam")
        )
        self.fields["dag"].initial = _over_een_week(school)
        self.fields["tijd"].initial = "15:15"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        vorm = self.vormen.get(data.get("soort", ""))
        if vorm is not None and vorm.over in ("groep", "leerkracht") and not data.get("groep"):
            self.add_error("groep", "Kies over welke groep het gaat.")
        if vorm is not None and vorm.over in ("leerling", "school"):
            data["groep"] = None
        return data


class Inbrengformulier(forms.Form):
    """Put a pupil on the agenda, with a help question."""

    leerling: forms.ModelChoiceField[Leerling] = forms.ModelChoiceField(
        label="Welke leerling?", queryset=None, empty_label="Kies een leerling"
    )
    signaal = Signaalkeuze(
        label="Welk signaal is de aanleiding?", queryset=None, required=False, empty_label="Geen of een ander"
    )
    hulpvraag = forms.CharField(label="Wat is de hulpvraag?", required=False, widget=_groeit(3))

    def __init__(self, *args: Any, gebruiker: Any, bespreking: Bespreking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuze = Leerling.objects.zichtbaar_voor(gebruiker, "wijzigen").filter(school=bespreking.school)
        if bespreking.groep_id:
            keuze = keuze.filter(
                plaatsingen__groep=bespreking.groep_id, plaatsingen__periode__contains=dag_van(bespreking)
            )
        else:
            keuze = keuze.ingeschreven_op(klok.vandaag(bespreking.school))
        veld: Any = self.fields["leerling"]
        veld.queryset = keuze.order_by("sorteernaam", "pk")
        veld.label_from_instance = lambda leerling: leerling.naam
        signaal: Any = self.fields["signaal"]
        signaal.queryset = lopende_signalen(gebruiker).filter(leerling__in=keuze.order_by().values("pk"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        leerling, signaal = data.get("leerling"), data.pop("signaal", None)
        if signaal is not None and leerling is not None and signaal.leerling_id != leerling.pk:
            self.add_error("signaal", f"Dit signaal gaat niet over {leerling.naam}.")
        data["signalen"] = [signaal] if signaal is not None else []
        return data


class Zondernaamformulier(forms.Form):
    """A case without a name."""

    onderwerp = forms.CharField(label="Waar gaat het over, zonder naam?", max_length=200)


class Collegaformulier(forms.Form):
    """Ask a colleague to the table."""

    persoon: forms.ModelChoiceField[Persoon] = forms.ModelChoiceField(
        label="Collega erbij vragen", queryset=None, empty_label="Kies een collega"
    )

    def __init__(self, *args: Any, gebruiker: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["persoon"]
        veld.queryset = selecties.collegas(gebruiker, school).exclude(aanstellingen__rol="extern")


class Leidingformulier(forms.Form):
    """Who chairs and who takes the minutes."""

    voorzitter = forms.ChoiceField(label="Voorzitter")
    notulist = forms.ChoiceField(label="Verslag", required=False)

    def __init__(self, *args: Any, deelnemers: Iterable[Deelnemer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.personen = {str(d.persoon_id): d.persoon for d in deelnemers if not d.extern and d.rol != "ouder"}
        keuzes = [(pk, persoon.naam) for pk, persoon in self.personen.items()]
        self.fields["voorzitter"].choices = keuzes  # type: ignore[attr-defined]
        self.fields["notulist"].choices = [("", "nog niemand"), *keuzes]  # type: ignore[attr-defined]


class Buitenformulier(forms.Form):
    """Somebody from outside, for one pupil."""

    persoon: forms.ModelChoiceField[Persoon] = forms.ModelChoiceField(
        label="Wie vraagt u?", queryset=None, empty_label="Kies iemand"
    )

    def __init__(self, *args: Any, gebruiker: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["persoon"]
        veld.queryset = selecties.collegas(gebruiker, school).filter(
            aanstellingen__rol="extern", aanstellingen__periode__contains=klok.vandaag(school)
        )
        veld.label_from_instance = lambda p: f"{p.naam}, {p.functie}" if p.functie else p.naam


class Doelformulier(forms.Form):
    """One goal and when it is evaluated."""

    doel = forms.CharField(label="Wat moet er dan anders zijn?", widget=_groeit(2))
    voor = Datumveld("Evalueren vóór")


class Actieformulier(forms.Form):
    """Who does what before when."""

    onderwerp = forms.CharField(label="Onderwerp", max_length=120, required=False)
    stap = forms.CharField(label="Volgende stap", max_length=300)
    wie: forms.ModelChoiceField[Persoon] = forms.ModelChoiceField(label="Wie", queryset=None, empty_label="Kies wie")
    voor = Datumveld("Vóór", required=False)

    def __init__(self, *args: Any, gebruiker: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["wie"]
        veld.queryset = Persoon.objects.zichtbaar_voor(gebruiker).filter(school=school)


class Evalueerformulier(forms.Form):
    """Was there enough progress?"""

    vooruitgang = forms.ChoiceField(
        label="Is er genoeg vooruitgang?", choices=Evaluatie.Vooruitgang.choices, widget=forms.RadioSelect
    )
    uitkomst = forms.CharField(label="Wat is er bereikt?", widget=_groeit(4))


class Gesprekformulier(forms.Form):
    """A talk on record."""

    soort = forms.ChoiceField(label="Met wie?", choices=Gesprek.Soort.choices)
    op = Datumveld("Wanneer?")
    tekst = forms.CharField(label="Wat is er besproken?", required=False, widget=_groeit(5))
    signalen = Signalenveld(label="Welke signalen hebt u besproken?")

    def __init__(self, *args: Any, leerling: Leerling, gebruiker: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["op"].initial = klok.vandaag(leerling.school)
        kies_uit_signalen(self, gebruiker, leerling)


class Onderzoekformulier(forms.Form):
    """Research that was asked for."""

    soort = forms.ChoiceField(label="Welk onderzoek?")
    uitvoerder = forms.CharField(label="Wie onderzoekt?", max_length=150)
    aangevraagd_op = Datumveld("Aangevraagd op")

    def __init__(self, *args: Any, school: School, keuzes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = list(keuzes.items())  # type: ignore[attr-defined]
        self.fields["aangevraagd_op"].initial = klok.vandaag(school)


class Uitslagformulier(forms.Form):
    """When the result came and when the parents heard it."""

    uitslag_op = Datumveld("Uitslag op", required=False)
    met_ouders_op = Datumveld(
        "Met de ouders besproken op", required=False, help_text="Eerst met de ouders, dan aan tafel."
    )


class Instantieformulier(forms.Form):
    """A decision by a body outside the school."""

    besluit = forms.ChoiceField(label="Welk besluit?")
    instantie = forms.CharField(label="Wie besloot?", max_length=150)
    op = Datumveld("Datum van het besluit")
    kenmerk = forms.CharField(label="Kenmerk", max_length=80, required=False)
    geldig_tot = Datumveld("Geldig tot en met", required=False)

    def __init__(self, *args: Any, school: School, keuzes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["besluit"].choices = [(c, n[:1].upper() + n[1:]) for c, n in keuzes.items()]  # type: ignore[attr-defined]
        self.fields["op"].initial = klok.vandaag(school)


class Vraagformulier(forms.Form):
    """Ask the parents' consent for one purpose."""

    doel = forms.ChoiceField(label="Waarvoor?")
    deelnemers = forms.CharField(
        label="Wie zitten er aan tafel?",
        max_length=400,
        help_text="Zoals ouders het lezen: juf Marloes, de directeur …",
    )
    op = Datumveld("Wanneer is de bespreking?", required=False)
    tot = Datumveld("Tot en met wanneer mogen zij meelezen?", required=False)
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
        veld.queryset = Dossierstuk.objects.zichtbaar_voor(gebruiker).filter(
            leerling=leerling, in_kring=False, ingetrokken_op__isnull=True
        )
        vandaag = klok.vandaag(leerling.school)
        veld.label_from_instance = lambda stuk: f"{stuk.titel}, {datumtekst(stuk.datum, vandaag)}"
