"""Logs as JSON lines with a request number, and without anything that a person typed.

An exception is logged by its class and the places it passed, never by its message: PostgreSQL and Python put
values, and so children's names, into messages.
"""

import json
import logging
import traceback
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime

verzoeknummer: ContextVar[str] = ContextVar("verzoeknummer", default="")


def nieuw_verzoeknummer() -> str:
    """A short random number that a user can read out over the telephone."""
    return uuid.uuid4().hex[:12]


class Verzoekfilter(logging.Filter):
    """Put the request number on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.verzoek = verzoeknummer.get()
        return True


class JsonOpmaak(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request number, and where an error came from."""

    def format(self, record: logging.LogRecord) -> str:
        regel = {
            "tijd": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "bron": record.name,
            "melding": record.getMessage(),
            "verzoek": getattr(record, "verzoek", ""),
        }
        if record.exc_info and record.exc_info[0]:
            regel["fout"] = record.exc_info[0].__name__
            regel["spoor"] = [
                f"{stap.filename.rpartition('/')[2]}:{stap.lineno} {stap.name}"
                for stap in traceback.extract_tb(record.exc_info[2])[-12:]
            ]
        return json.dumps(regel, ensure_ascii=False)
