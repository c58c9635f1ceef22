"""Figures for the planner. Without them the rule of access takes two hundred times as long on a new database."""

import logging

import psycopg
from django.conf import settings
from django.db import connection

log = logging.getLogger(__name__)


def bijwerken() -> None:
    """Let the owner of the tables count what is in them; the role `app` may not. It only costs time when it fails."""
    naam = connection.settings_dict["NAME"]
    try:
        with psycopg.connect(settings.OMGEVING.database_url_eigenaar, dbname=naam, autocommit=True) as eigenaar:
            eigenaar.execute("analyze")
    except psycopg.Error:
        log.warning("no figures for the planner; filling the demo school will be slow")
