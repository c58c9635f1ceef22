"""App configuration."""

from django.apps import AppConfig


class OverzichtConfig(AppConfig):
    name = "zorg.overzicht"
    label = "overzicht"
    verbose_name = "Overzicht"
