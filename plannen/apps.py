"""App configuration."""

from django.apps import AppConfig


class PlannenConfig(AppConfig):
    name = "plannen"
    label = "plannen"
    verbose_name = "Plannen"

    def ready(self) -> None:
        """Register what the floors below cannot know."""
        from plannen import inhangen

        inhangen.alles()
