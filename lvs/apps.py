"""App configuration."""

from django.apps import AppConfig


class LvsConfig(AppConfig):
    name = "lvs"
    label = "lvs"
    verbose_name = "Leerlingvolgsysteem"

    def ready(self) -> None:
        """Register what the floors below cannot know."""
        from lvs import inhangen

        inhangen.alles()
