"""Who manages accounts sees no dossier: roles that open them all are given in the director's sight (ontwerp §4.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from leerlingen import profielen_van_school
from leerlingen.models import Aanstelling, Persoon, Rol
from leerlingen.services.hulp import mensen_met_rol
from leerlingen.services.taken import taak_maken
from leerlingen.termijn import datumtekst, opsomming
from zorg.kern import klok, mail
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School

OPENT_ALLES = frozenset({Rol.IB, Rol.DIRECTEUR})


def niet_aan_uzelf(persoon: Persoon, rol: str, door: Gebruiker | None) -> None:
    """Refuse to give oneself a role that opens every dossier, once the school has a director. Raises DomeinFout."""
    if door is None or rol not in OPENT_ALLES or persoon.gebruiker_id != door.pk:
        return
    anderen = [directeur.naam for directeur in mensen_met_rol(persoon.school, Rol.DIRECTEUR) if directeur != persoon]
    if anderen:
        wie = opsomming(anderen, "of")
        raise DomeinFout(f"Een rol die alle dossiers opent, geeft u niet aan uzelf. Vraag het {wie}.")


def meld(aanstelling: Aanstelling, door: Gebruiker | None) -> None:
    """Tell the directors that somebody can read every dossier, by a task and a mail; not who did it themselves."""
    if door is None or aanstelling.rol not in OPENT_ALLES:
        return
    school, persoon = aanstelling.school, aanstelling.persoon
    rolnaam = profielen_van_school.huidig_profiel(school).rolnaam(aanstelling.rol)  # type: ignore[arg-type]
    vanaf = datumtekst(aanstelling.periode.lower, klok.vandaag(school))
    meld_aan_directie(
        school,
        f"rol:{aanstelling.pk}",
        [d for d in mensen_met_rol(school, Rol.DIRECTEUR) if d != persoon and d.gebruiker_id != door.pk],
        onderwerp="Iemand kan alle dossiers lezen",
        mailtekst=f"{door.naam} gaf iemand een rol waarmee alle dossiers van {school.naam} te lezen zijn. "
        "Log in bij Zorgpad om te zien wie; klopt het niet, beëindig de rol.",
        soort="rol_gegeven",
        titel="Iemand kan alle dossiers lezen",
        uitleg=f"{persoon.naam} is {rolnaam} vanaf {vanaf}; dat gaf {door.naam}. Klopt het niet, beëindig de rol.",
        link=reverse("beheer:mens", kwargs={"persoon_id": persoon.pk}),
    )


def meld_aan_directie(
    school: School, sleutel: str, directeuren: Iterable[Persoon], *, onderwerp: str, mailtekst: str, **taak: Any
) -> None:
    """One task to look at and one mail for each of these directors, once by `sleutel`; the mail names no pupil."""
    for directeur in directeuren:
        eigen = f"{sleutel}:{directeur.pk}"
        taak_maken(
            school=school, sleutel=eigen, persoon=directeur, rol=Rol.DIRECTEUR, knop="Bekijken", door=None, **taak
        )
        if directeur.email:
            mail.klaarzetten(
                school=school,
                aan=directeur.email,
                onderwerp=onderwerp,
                tekst=f"Beste {directeur.naam},\n\n{mailtekst}\n",
                sleutel=eigen,
            )
