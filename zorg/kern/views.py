"""The health check."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

log = logging.getLogger(__name__)


@login_not_required
def gezond(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and migrations are right; 503 with which of them is not. Tells nothing else."""
    delen = {"database": _database(), "broker": _broker(), "migraties": _migraties()}
    return JsonResponse(delen, status=200 if all(delen.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        log.warning("health: database unreachable")
        return False


def _broker() -> bool:
    import redis

    if not settings.REDIS_URL:
        return settings.MODUS == "test"
    try:
        return bool(redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping())
    except redis.RedisError:
        log.warning("health: broker unreachable")
        return False


def _migraties() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False
