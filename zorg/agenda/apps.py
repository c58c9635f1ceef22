"""App configuration."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "zorg.agenda"
    label = "agenda"
    verbose_name = "Kalender"

    def ready(self) -> None:
        """Hang the calendar in the navigation."""
        from leerlingen.inhangen import heeft_rol, is_staf
        from zorg.kern.navigatie import Navigatiepunt, registreer

        registreer(Navigatiepunt("Kalender", "agenda:kalender", 70, is_staf))
        registreer(Navigatiepunt("Vrije dagen", "agenda:vrij", 71, heeft_rol("beheerder")))
