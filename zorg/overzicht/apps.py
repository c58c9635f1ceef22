"""App configuration."""

from django.apps import AppConfig


class OverzichtConfig(AppConfig):
    name = "zorg.overzicht"
    label = "overzicht"
    verbose_name = "Overzicht"

    def ready(self) -> None:
        """Hang today and the logbook in the navigation."""
        from leerlingen.inhangen import STAF, heeft_rol
        from zorg.kern.navigatie import Navigatiepunt, registreer
        from zorg.overzicht.selecties import aantal_taken

        registreer(
            Navigatiepunt("Vandaag", "overzicht:vandaag", 10, heeft_rol(*STAF, "extern"), aantal_taken, mobiel=True)
        )
        registreer(Navigatiepunt("Logboek", "overzicht:logboek", 95, heeft_rol("ib", "directeur")))
