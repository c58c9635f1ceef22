"""Parents whose last child at the school is gone, and their accounts."""

from __future__ import annotations

from collections import defaultdict

from leerlingen.models import Leerling, Ouderschap, Persoon
from leerlingen.services.vernietigen import NogGebruikt, met_aanhang, verwijder
from zorg.kern.models import Gebruiker, School, Schoolkoppeling


def ouders_van(leerling: Leerling) -> list[int]:
    return list(
        Ouderschap.objects.systeemtoegang(reden="wie waren de ouders")
        .filter(leerling=leerling)
        .values_list("persoon_id", flat=True)
    )


def vergeet_ouders(school: School, personen: list[int]) -> dict[str, int]:
    """Parents whose last child here is gone go too, with their account when no other school knows it.

    One to whom something else still points (a colleague, an expert) is not only a parent and stays.
    """
    aantallen: dict[str, int] = defaultdict(int)
    for persoon in Persoon.objects.systeemtoegang(reden="ouders zonder kind").filter(pk__in=personen):
        try:
            rijen = met_aanhang({Persoon: {persoon.pk}})
        except NogGebruikt:
            continue
        for soort, aantal in verwijder(rijen, school.pk).items():
            aantallen[soort] += aantal
        if persoon.gebruiker_id:
            _vergeet_account(persoon.gebruiker_id, school)
    return dict(aantallen)


def _vergeet_account(gebruiker_id: int, school: School) -> None:
    """Close this school's door; an account that no school knows any more keeps no name and no address."""
    Schoolkoppeling.objects.filter(gebruiker_id=gebruiker_id, school=school).delete()
    if Schoolkoppeling.objects.filter(gebruiker_id=gebruiker_id).exists():
        return
    gebruiker = Gebruiker.objects.get(pk=gebruiker_id)
    gebruiker.is_active, gebruiker.naam = False, "vervallen account"
    gebruiker.email = f"vervallen-{gebruiker.pk}@zorgpad.invalid"
    gebruiker.set_unusable_password()
    gebruiker.save()
