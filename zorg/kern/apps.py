"""App configuration of the ground floor."""

from django.apps import AppConfig


class KernConfig(AppConfig):
    name = "zorg.kern"
    label = "kern"
    verbose_name = "Kern"

    def ready(self) -> None:
        """Register the kinds of work of this floor."""
        from zorg.kern import mail  # noqa: F401  (registers mail_versturen)
