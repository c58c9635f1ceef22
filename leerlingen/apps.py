"""App configuration."""

from django.apps import AppConfig


class LeerlingenConfig(AppConfig):
    name = "leerlingen"
    label = "leerlingen"
    verbose_name = "Leerlingen"
