"""Users, schools, due work and mail: what every floor above stands on."""

from zorg.kern.models.basis import Gebeurtenis, Schoolgebonden, gelijk
from zorg.kern.models.gebruiker import Gebruiker
from zorg.kern.models.school import School, Schoolkoppeling
from zorg.kern.models.werk import Bericht, Werk

__all__ = [
    "Bericht",
    "Gebeurtenis",
    "Gebruiker",
    "School",
    "Schoolgebonden",
    "Schoolkoppeling",
    "Werk",
    "gelijk",
]
