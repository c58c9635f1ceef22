"""Small files that are whole or not there."""

import json
import os
import secrets
from pathlib import Path


def schrijf(pad: Path, tekst: str, mode: int = 0o600) -> None:
    """Write a file in one step: a reader sees the old text or the new, also after a kill -9."""
    half = pad.with_name(f".{pad.name}.{os.getpid()}")
    fd = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(fd, "w") as bestand:
        bestand.write(tekst)
        bestand.flush()
        os.fsync(bestand.fileno())
    half.replace(pad)


def lees_json(pad: Path) -> dict[str, str]:
    """The text values of a JSON object; empty when the file is missing or broken."""
    try:
        inhoud = json.loads(pad.read_text())
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in inhoud.items()} if isinstance(inhoud, dict) else {}


def schrijf_json(pad: Path, inhoud: dict[str, str]) -> None:
    schrijf(pad, json.dumps(inhoud, indent=1) + "\n")


def geheim(pad: Path) -> str:
    """The secret in this file, made at random the first time; 64 characters that need no quoting in a URL."""
    try:
        gevonden = pad.read_text().strip()
    except FileNotFoundError:
        gevonden = ""
    if len(gevonden) < 50:
        gevonden = secrets.token_hex(32)
        schrijf(pad, gevonden + "\n")
    return gevonden
