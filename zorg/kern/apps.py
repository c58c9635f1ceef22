"""App configuration."""

from django.apps import AppConfig


class KernConfig(AppConfig):
    name = "zorg.kern"
    label = "kern"
    verbose_name = "Kern"
