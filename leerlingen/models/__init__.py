"""School, people, groups, care profile, care levels, dossier and consent."""

from leerlingen.models.bewaren import Bewaarbeperking, Vernietiging
from leerlingen.models.document import Aanvulling, Antwoord, Antwoordversie, Document, Documentgroep
from leerlingen.models.dossier import Bijlage, Dossierstuk, Kringlid, Publicatie, Vertrouwelijkheid
from leerlingen.models.inrichting import Importbestand, Profielversie, Schooljaar, Vrij
from leerlingen.models.inzage import Inzageverzoek
from leerlingen.models.leerling import Groep, Groepssoort, Leerling, Plaatsing
from leerlingen.models.ouderdeel import Ouderantwoord, Ouderdeel
from leerlingen.models.personen import (
    Aanstelling,
    Leerlingtoewijzing,
    Ouderschap,
    Persoon,
    Rol,
    Toewijzing,
)
from leerlingen.models.recht import DossierstukRecht, LeerlingRecht, Noodtoegang
from leerlingen.models.taak import Taak
from leerlingen.models.zorg import Toestemming, Toestemmingsantwoord, Toestemmingstuk, Zorgniveauperiode

__all__ = [
    "Aanstelling",
    "Aanvulling",
    "Antwoord",
    "Antwoordversie",
    "Bewaarbeperking",
    "Bijlage",
    "Document",
    "Documentgroep",
    "Dossierstuk",
    "DossierstukRecht",
    "Groep",
    "Groepssoort",
    "Importbestand",
    "Inzageverzoek",
    "Kringlid",
    "Leerling",
    "LeerlingRecht",
    "Leerlingtoewijzing",
    "Noodtoegang",
    "Ouderantwoord",
    "Ouderdeel",
    "Ouderschap",
    "Persoon",
    "Plaatsing",
    "Profielversie",
    "Publicatie",
    "Rol",
    "Schooljaar",
    "Taak",
    "Toestemming",
    "Toestemmingsantwoord",
    "Toestemmingstuk",
    "Toewijzing",
    "Vernietiging",
    "Vertrouwelijkheid",
    "Vrij",
    "Zorgniveauperiode",
]
