"""App configuration."""

from django.apps import AppConfig


class BesprekingenConfig(AppConfig):
    name = "besprekingen"
    label = "besprekingen"
    verbose_name = "Besprekingen"
