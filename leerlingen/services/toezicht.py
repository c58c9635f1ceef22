"""Who manages accounts sees no dossier: roles that open them all are given in the director's sight (ontwerp §4.1)."""

from __future__ import annotations

from django.urls import reverse

from leerlingen import profielen_van_school
from leerlingen.models import Aanstelling, Persoon, Rol
from leerlingen.services.hulp import mensen_met_rol
from leerlingen.services.taken import taak_maken
from leerlingen.termijn import datumtekst, opsomming
from zorg.kern import klok, mail
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker

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
    rolnaam = profielen_van_school.huidig_profiel(school).rolnaam(Rol(aanstelling.rol).value)  # type: ignore[arg-type]
    vanaf = datumtekst(aanstelling.periode.lower, klok.vandaag(school))
    for directeur in mensen_met_rol(school, Rol.DIRECTEUR):
        if directeur == persoon or directeur.gebruiker_id == door.pk:
            continue
        sleutel = f"rol:{aanstelling.pk}:{directeur.pk}"
        taak_maken(
            school=school,
            soort="rol_gegeven",
            sleutel=sleutel,
            titel="Iemand kan alle dossiers lezen",
            uitleg=f"{persoon.naam} is {rolnaam} vanaf {vanaf}; dat gaf {door.naam}. Klopt het niet, beëindig de rol.",
            persoon=directeur,
            rol=Rol.DIRECTEUR,
            link=reverse("beheer:mens", kwargs={"persoon_id": persoon.pk}),
            knop="Bekijken",
            door=door,
        )
        if directeur.email:
            mail.klaarzetten(
                school=school,
                aan=directeur.email,
                onderwerp="Iemand kan alle dossiers lezen",
                tekst=f"Beste {directeur.naam},\n\n{door.naam} gaf iemand een rol waarmee alle dossiers van "
                f"{school.naam} te lezen zijn. Log in bij Zorgpad om te zien wie; klopt het niet, beëindig de rol.\n",
                sleutel=sleutel,
            )
