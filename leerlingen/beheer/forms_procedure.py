"""The terms and words of a procedure as fields: what schools change most, without a file."""

from __future__ import annotations

from typing import Any

from django import forms

from leerlingen.profiel import Profiel, als_json, uit_json

EENHEDEN = [("dagen", "dagen"), ("weken", "weken"), ("maanden", "maanden")]


class Woordenformulier(forms.Form):
    """One row of fields for each term, level and role of this procedure; `profiel()` is what was filled in."""

    def __init__(self, *args: Any, profiel: Profiel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._oud = profiel
        for termijn in profiel.termijnen:
            self.fields[f"termijn:{termijn.code}:aantal"] = forms.IntegerField(
                min_value=1, max_value=400, initial=termijn.aantal, label=f"{termijn.naam}: aantal"
            )
            self.fields[f"termijn:{termijn.code}:eenheid"] = forms.ChoiceField(
                choices=EENHEDEN, initial=termijn.eenheid, label=f"{termijn.naam}: dagen, weken of maanden"
            )
        for niveau in profiel.niveau:
            self.fields[f"niveau:{niveau.code}:naam"] = forms.CharField(
                max_length=120, initial=niveau.naam, label=f"Niveau {niveau.kort}: naam"
            )
            self.fields[f"niveau:{niveau.code}:kort"] = forms.CharField(
                max_length=12, initial=niveau.kort, label=f"Niveau {niveau.kort}: kort"
            )
        for rol, naam in profiel.begrippen.rollen.model_dump().items():
            self.fields[f"rol:{rol}"] = forms.CharField(max_length=120, initial=naam, label=f"Rol: {naam}")

    def termijnrijen(self) -> list[tuple[Any, Any, Any]]:
        """For the page: the term, and its two fields."""
        return [
            (rij, self[f"termijn:{rij.code}:aantal"], self[f"termijn:{rij.code}:eenheid"])
            for rij in self._oud.termijnen
        ]

    def niveaurijen(self) -> list[tuple[Any, Any, Any]]:
        """For the page: the level, and its two fields."""
        return [
            (rij, self[f"niveau:{rij.code}:kort"], self[f"niveau:{rij.code}:naam"])
            for rij in sorted(self._oud.niveau, key=lambda niveau: niveau.volgorde)
        ]

    def rolvelden(self) -> list[Any]:
        """For the page."""
        return [self[naam] for naam in self.fields if naam.startswith("rol:")]

    def profiel(self) -> Profiel:
        """The procedure with what was filled in. Raises ProfielFout when it then is none."""
        inhoud = als_json(self._oud)
        velden = self.cleaned_data
        for termijn in inhoud["termijnen"]:
            for deel in ("aantal", "eenheid"):
                termijn[deel] = velden[f"termijn:{termijn['code']}:{deel}"]
        for niveau in inhoud["niveau"]:
            for deel in ("naam", "kort"):
                niveau[deel] = velden[f"niveau:{niveau['code']}:{deel}"]
        for rol in inhoud["begrippen"]["rollen"]:
            inhoud["begrippen"]["rollen"][rol] = velden[f"rol:{rol}"]
        return uit_json(inhoud)
