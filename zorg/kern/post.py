"""Mail without a mail server: each message becomes a file in var/post/, and a line on the administrator's page."""

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.text import slugify

from zorg.kern import klok


class Postbus(BaseEmailBackend):
    """Django's mail backend for a school that has no SMTP set."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.map = Path(settings.VAR) / "post"

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.map.mkdir(parents=True, exist_ok=True, mode=0o700)
        for bericht in email_messages:
            inhoud = bericht.message()
            aan = slugify(bericht.to[0] if bericht.to else "leeg")[:60]
            naam = f"{klok.nu():%Y%m%d-%H%M%S-%f}-{aan}-{uuid.uuid4().hex[:6]}.eml"  # the clock may stand still
            nieuw = self.map / f".{naam}"
            nieuw.write_bytes(inhoud.as_bytes())
            nieuw.rename(self.map / naam)
        return len(email_messages)
