"""The filters above a list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Chip:
    """A filter with its number."""

    code: str
    naam: str
    aantal: int
