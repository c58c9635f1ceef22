"""App configuration."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "zorg.agenda"
    label = "agenda"
    verbose_name = "Kalender"
