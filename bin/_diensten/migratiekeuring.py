"""Settings for django-migration-linter alone; the program itself does not carry it."""

from zorg.settings import *  # noqa: F403, TID251
from zorg.settings import INSTALLED_APPS as _DELEN  # noqa: TID251

INSTALLED_APPS = [*_DELEN, "django_migration_linter"]
