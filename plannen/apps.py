"""App configuration."""

from django.apps import AppConfig


class PlannenConfig(AppConfig):
    name = "plannen"
    label = "plannen"
    verbose_name = "Plannen"
