"""Zorgpad. Loading the package names the Celery application, so that the web process wakes the same broker."""

from zorg.celery import app as celery

__all__ = ["celery"]
