"""What this floor keeps in the cache must not go from one test to the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def lege_cache() -> Iterator[None]:
    """Growth norms are kept by school, and every test has the same schools."""
    cache.clear()
    yield
    cache.clear()
