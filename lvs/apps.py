"""App configuration."""

from django.apps import AppConfig


class LvsConfig(AppConfig):
    name = "lvs"
    label = "lvs"
    verbose_name = "Leerlingvolgsysteem"
