"""Runs one benchmark in this process: `python -m bench NAME`, as bin/bench does."""

import importlib
import os
import sys

import django

from bench import json_regel, tabel


def hoofd(naam: str) -> None:
    """Set Django up, measure, and print the table and the line of JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zorg.settings")
    django.setup()
    meting = importlib.import_module(f"bench.{naam}").meet()
    print(tabel(meting))
    print(json_regel(naam, meting), flush=True)


if __name__ == "__main__":
    hoofd(sys.argv[1])
