"""App configuration: hangs tabs, navigation, rules and sentences where the floors below offer a place."""

from django.apps import AppConfig


class LeerlingenConfig(AppConfig):
    name = "leerlingen"
    label = "leerlingen"
    verbose_name = "Leerlingen"

    def ready(self) -> None:
        """Register what the floors below cannot know."""
        from leerlingen import inhangen

        inhangen.alles()
