"""The Celery application: worker and beat. What is due stands in kern.Werk; the broker only wakes."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorg.settings")
app = Celery("zorg")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
