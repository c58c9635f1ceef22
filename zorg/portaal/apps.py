"""App configuration."""

from django.apps import AppConfig


class PortaalConfig(AppConfig):
    name = "zorg.portaal"
    label = "portaal"
    verbose_name = "Ouders"
