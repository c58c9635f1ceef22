"""Forms check shape; the services keep the rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from leerlingen.models import Groep
from leerlingen.profiel import Profiel
from leerlingen.profiel.meten import Instrument
from lvs.groei import letters_van, moment_genormaliseerd
from lvs.models import Resultaat
from zorg.kern.datums import Datumveld

_GETAL = re.compile(r"^[+-]?\d{1,4}(?:[.,]\d{1,2})?$")
_STREEPJES = str.maketrans({"−": "-", "–": "-"})


def getal_uit(tekst: str) -> Decimal | None:
    """«12,5» → 12.5; None when it is no number of the size of a score."""
    kaal = tekst.strip().translate(_STREEPJES)
    return Decimal(kaal.replace(",", ".")) if _GETAL.match(kaal) else None


def toetskeuzes(profiel: Profiel, jaren: frozenset[int] = frozenset()) -> list[tuple[str, str]]:
    """`instrument:vak` with its name, for the tests of these year groups; subjects with a plan first."""
    namen = {vak.code: vak.naam for vak in profiel.vakgebieden if vak.actief}
    met_plan = {vak.code for vak in profiel.vakgebieden if vak.groepsplan}
    keuzes = [
        (not (set(instrument.vakgebieden) & met_plan), instrument, vak)
        for instrument in profiel.instrumenten
        for vak in instrument.vakgebieden
        if vak in namen and (not instrument.jaargroepen or not jaren or jaren & set(instrument.jaargroepen))
    ]
    return [
        (f"{instrument.code}:{vak}", _toetsnaam(instrument, namen[vak]))
        for _, instrument, vak in sorted(keuzes, key=lambda keuze: (keuze[1].methodetoets, keuze[0]))
    ]


def _toetsnaam(instrument: Instrument, vak: str) -> str:
    return f"{instrument.naam}, {vak}" if len(instrument.vakgebieden) > 1 else instrument.naam


def momentvoorstel(profiel: Profiel, instrument: Instrument | None, jaren: frozenset[int], dag: date) -> str:
    """The moment one probably enters now: the last test moment that has begun, for the lowest year group."""
    codes = set(instrument.momenten) if instrument else set()
    begin = profiel.begrippen.begin_schooljaar.maand
    maand = (dag.month - begin) % 12
    momenten = sorted(
        (m for m in profiel.begrippen.toetsmomenten if not codes or m.code in codes),
        key=lambda m: (m.maand - begin) % 12,
    )
    begonnen = [m for m in momenten if (m.maand - begin) % 12 <= maand]
    if not momenten or not jaren or (instrument and instrument.methodetoets):
        return ""
    if begonnen:
        return f"{begonnen[-1].letter}{min(jaren)}"
    return f"{momenten[-1].letter}{min(jaren) - 1}" if min(jaren) > 3 else f"{momenten[0].letter}{min(jaren)}"


def momentkeuzes(profiel: Profiel, jaren: frozenset[int]) -> list[str]:
    """Suggestions for the field: of the group's own years and the one below (adaptive testing)."""
    laagste, hoogste = (min(jaren), max(jaren)) if jaren else (3, 8)
    return [f"{letter}{jaar}" for jaar in range(max(1, laagste - 1), hoogste + 1) for letter in letters_van(profiel)]


class Toetskeuze(forms.Form):
    """Which test of which group, when: the head of the table."""

    groep = forms.ChoiceField(label="Groep")
    toets = forms.ChoiceField(label="Toets")
    moment = forms.CharField(label="Moment of blok", max_length=40)
    afnamedatum = Datumveld("Afgenomen op")
    versie = forms.CharField(label="Versie", max_length=40, required=False)

    def __init__(self, *args: Any, groepen: Sequence[Groep], toetsen: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groepen = {str(groep.pk): groep for groep in groepen}
        self.fields["groep"].choices = [(pk, groep.naam) for pk, groep in self.groepen.items()]  # type: ignore[attr-defined]
        self.fields["toets"].choices = toetsen  # type: ignore[attr-defined]
        self.fields["moment"].widget.attrs |= {"list": "momenten", "autocomplete": "off"}

    def clean_moment(self) -> str:
        """«m6» → «M6»."""
        return moment_genormaliseerd(self.cleaned_data["moment"])


@dataclass(frozen=True)
class Getypt:
    """What was typed for one pupil: a level, a score, or both; whichever field it stood in."""

    niveau: str
    score: Decimal | None
    fout: str = ""

    @property
    def leeg(self) -> bool:
        return not self.niveau and self.score is None and not self.fout


def lees_getypt(niveau: str, score: str) -> Getypt:
    """A number is a score and a word a level, also when typed in the other field."""
    gevonden_niveau, gevonden_score = "", None
    for veld, tekst in (("niveau", niveau.strip()), ("score", score.strip())):
        if not tekst:
            continue
        getal = getal_uit(tekst)
        if getal is None:
            if gevonden_niveau or (veld == "score" and len(tekst) > 20):
                return Getypt("", None, f"«{tekst[:20]}» is geen score.")
            gevonden_niveau = tekst
        elif gevonden_score is not None:
            return Getypt("", None, "Hier staan twee scores.")
        else:
            gevonden_score = getal
    return Getypt(gevonden_niveau, gevonden_score)


class Resultaatformulier(forms.Form):
    """One result of one pupil."""

    toets = forms.ChoiceField(label="Toets")
    onderdeel = forms.ChoiceField(label="Onderdeel", required=False, help_text="Alleen voor een toets met onderdelen.")
    moment = forms.CharField(
        label="Moment of blok", max_length=40, help_text="De toets die is afgenomen, bijvoorbeeld M6 of blok 3."
    )
    afnamedatum = Datumveld("Afgenomen op")
    versie = forms.CharField(label="Versie", max_length=40, required=False)
    niveau = forms.CharField(
        label="Niveau", max_length=20, required=False, help_text="Zoals de uitgever het geeft: I t/m V, A t/m E."
    )
    vaardigheidsscore = forms.DecimalField(label="Vaardigheidsscore", max_digits=7, decimal_places=2, required=False)
    ruwe_score = forms.DecimalField(
        label="Ruwe score",
        max_digits=7,
        decimal_places=2,
        required=False,
        help_text="Bij een methodetoets het percentage goed.",
    )
    percentiel = forms.DecimalField(label="Percentiel", max_digits=5, decimal_places=2, required=False)
    functioneringsniveau = forms.CharField(label="Functioneringsniveau", max_length=20, required=False)
    dle = forms.DecimalField(label="DLE", max_digits=5, decimal_places=1, required=False)
    referentieniveau = forms.CharField(label="Referentieniveau", max_length=20, required=False)

    def __init__(self, *args: Any, profiel: Profiel, jaren: frozenset[int] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["toets"].choices = toetskeuzes(profiel, jaren)  # type: ignore[attr-defined]
        onderdelen = list(dict.fromkeys(naam for i in profiel.instrumenten for naam in i.categorieen))
        if onderdelen:
            self.fields["onderdeel"].choices = [("", "geen"), *((naam, naam) for naam in onderdelen)]  # type: ignore[attr-defined]
        else:
            del self.fields["onderdeel"]
        for naam in ("vaardigheidsscore", "ruwe_score", "percentiel", "dle"):
            self.fields[naam].localize = True
            self.fields[naam].widget = forms.TextInput(attrs={"inputmode": "decimal"})
        self.fields["moment"].widget.attrs |= {"list": "momenten", "autocomplete": "off"}

    @property
    def velden(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        instrument, _, vak = data.pop("toets").partition(":")
        return data | {"instrument": instrument, "vak": vak}


def begin_van(resultaat: Resultaat) -> dict[str, Any]:
    """The initial values for correcting a result."""
    velden = (
        "onderdeel", "moment", "afnamedatum", "versie", "niveau", "vaardigheidsscore", "ruwe_score", "percentiel",
        "functioneringsniveau", "dle", "referentieniveau",
    )  # fmt: skip
    waarden = {naam: getattr(resultaat, naam) for naam in velden}
    return {"toets": f"{resultaat.instrument}:{resultaat.vak}"} | {
        naam: getal_in_veld(waarde) if isinstance(waarde, Decimal) else waarde for naam, waarde in waarden.items()
    }


def getal_in_veld(waarde: Decimal | None) -> str:
    """12.50 → «12,5», as people type it."""
    return "" if waarde is None else f"{waarde.normalize():f}".replace(".", ",")


class Redenformulier(forms.Form):
    """Why something goes away."""

    reden = forms.CharField(label="Waarom?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
