"""App configuration."""

from django.apps import AppConfig


class OverzichtConfig(AppConfig):
    name = "zorg.overzicht"
    label = "overzicht"
    verbose_name = "Overzicht"

    def ready(self) -> None:
        """Hang today, the care board and the logbook in the navigation."""
        from leerlingen.inhangen import STAF, heeft_rol
        from zorg.kern.navigatie import Navigatiepunt, registreer
        from zorg.logboek import teksten
        from zorg.overzicht.selecties import aantal_taken
        from zorg.overzicht.views_zorgbord import heeft_zorgbord

        registreer(
            Navigatiepunt("Vandaag", "overzicht:vandaag", 10, heeft_rol(*STAF, "extern"), aantal_taken, mobiel=True)
        )
        registreer(Navigatiepunt("Zorgbord", "overzicht:zorgbord", 40, heeft_zorgbord, mobiel=True))
        registreer(Navigatiepunt("Logboek", "overzicht:logboek", 95, heeft_rol("ib", "directeur")))
        teksten.registreer(
            zorgbord_ingezien="bekeek het zorgbord",
            zorgbord_meegenomen="nam het zorgbord mee als bestand",
        )
