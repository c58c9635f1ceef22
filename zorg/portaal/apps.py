"""App configuration."""

from django.apps import AppConfig


class PortaalConfig(AppConfig):
    name = "zorg.portaal"
    label = "portaal"
    verbose_name = "Ouders"

    def ready(self) -> None:
        """Hang the parents' entry in the navigation."""
        from leerlingen.inhangen import heeft_rol
        from zorg.kern.navigatie import Navigatiepunt, registreer

        registreer(Navigatiepunt("Voor ouders", "portaal:begin", 90, heeft_rol("ouder"), mobiel=True))
