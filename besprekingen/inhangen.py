"""What this floor hangs into the registries of the floors below."""

from besprekingen import selecties
from besprekingen.services import planning, rapport
from leerlingen import tabbladen, watnu
from leerlingen.inhangen import is_staf
from zorg.kern import navigatie
from zorg.logboek import teksten


def alles() -> None:
    """Called once, when the app is ready."""
    planning.registreer()
    rapport.registreer()
    watnu.registreer(selecties.wat_nu)
    tabbladen.registreer(tabbladen.Tabblad("zorg", "Zorgroute", "besprekingen:zorg", 50))
    tabbladen.registreer(tabbladen.Tabblad("besprekingen", "Besprekingen", "besprekingen:leerling", 60))
    navigatie.registreer(navigatie.Navigatiepunt("Besprekingen", "besprekingen:lijst", 60, is_staf, mobiel=True))
    teksten.registreer(
        actiepunt_afgesproken="sprak een vervolgstap af",
        actiepunt_klaar="vinkte een afspraak af",
        besluit_genomen="legde een besluit vast",
        bespreking_afgezegd="zei een bespreking af",
        bespreking_gehouden="legde vast dat een bespreking gehouden is",
        bespreking_gepland="plande een bespreking",
        bespreking_ingezien="bekeek een bespreking",
        bespreking_uitgenodigd="nodigde uit voor een bespreking",
        bespreking_verzet="verzette een bespreking",
        doel_geevalueerd="evalueerde een doel",
        doel_gesteld="stelde een doel",
        gesprek_vastgelegd="legde een gesprek vast",
        groepsbespreking_aangevraagd="vroeg een groepsbespreking aan",
        leerling_ingebracht="bracht de leerling in",
        okr_gemaakt="maakte het onderwijskundig rapport",
        okr_gevraagd="vroeg het onderwijskundig rapport",
    )
