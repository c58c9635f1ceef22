"""App configuration."""

from django.apps import AppConfig


class LogboekConfig(AppConfig):
    name = "zorg.logboek"
    label = "logboek"
    verbose_name = "Logboek"
