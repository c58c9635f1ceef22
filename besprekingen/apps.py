"""App configuration: hangs work, tabs, navigation and sentences where the floors below offer a place."""

from django.apps import AppConfig


class BesprekingenConfig(AppConfig):
    name = "besprekingen"
    label = "besprekingen"
    verbose_name = "Besprekingen"

    def ready(self) -> None:
        """Register what the floors below cannot know."""
        from besprekingen import inhangen

        inhangen.alles()
