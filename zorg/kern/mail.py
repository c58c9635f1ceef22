"""Outgoing mail: written in the transaction of what it tells, sent by a worker, never lost, never silently twice."""

import smtplib
import socket
import uuid
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from zorg.kern import klok, werk
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Bericht, School, Werk

SOORT = "mail_versturen"
ONZEKER_NA = timedelta(minutes=2)
NIET_AANGENOMEN = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ConnectionRefusedError,
    socket.gaierror,
)


def klaarzetten(*, school: School, aan: str, onderwerp: str, tekst: str, sleutel: str, agenda: str = "") -> Bericht:
    """Put one mail ready. `sleutel` makes it once; `tekst` must name no pupil (mail is no safe place)."""
    gepland = Werk.objects.filter(sleutel=f"mail:{sleutel}").first()
    if gepland is not None:
        eerder: Bericht = Bericht.objects.systeemtoegang(reden="deze mail staat al klaar").get(pk=gepland.object_id)
        return eerder
    bericht = Bericht.objects.create(
        school=school,
        aan=aan,
        onderwerp=onderwerp,
        tekst=tekst,
        agenda=agenda,
        bericht_id=f"<{uuid.uuid4()}@zorgpad>",
    )
    werk.inplannen(SOORT, school=school, object_id=bericht.pk, sleutel=f"mail:{sleutel}")
    return bericht


def versturen(rij: Werk) -> None:
    """Send one mail in two committed steps: «bezig», then «verzonden».

    A mail found «bezig» long after is «onzeker»: the server may have it or not. It is shown and can be sent again
    under the same Message-ID, but never by itself.
    """
    with transaction.atomic():
        bericht = (
            Bericht.objects.systeemtoegang(reden="klaargezette mail versturen")
            .select_for_update()
            .get(pk=rij.object_id)
        )
        if bericht.status == Bericht.Status.BEZIG:
            if bericht.begonnen_op and klok.nu() - bericht.begonnen_op < ONZEKER_NA:
                raise NogBezig
            bericht.status = Bericht.Status.ONZEKER
            bericht.save(update_fields=["status"])
            return
        if bericht.status != Bericht.Status.KLAAR:
            return
        bericht.status, bericht.begonnen_op = Bericht.Status.BEZIG, klok.nu()
        bericht.save(update_fields=["status", "begonnen_op"])
    verbinding = get_connection()
    try:
        verbinding.open()
    except OSError:  # unreachable, or silent: nothing was sent
        _weer_klaar(bericht)
        raise
    try:
        _naar_server(bericht, verbinding)
    except NIET_AANGENOMEN:  # refused with an answer: nothing was sent
        _weer_klaar(bericht)
        raise
    except OSError:  # the line broke halfway: the server may have it
        bericht.status = Bericht.Status.ONZEKER
        bericht.save(update_fields=["status"])
        return
    bericht.status, bericht.verzonden_op = Bericht.Status.VERZONDEN, klok.nu()
    bericht.save(update_fields=["status", "verzonden_op"])


def _weer_klaar(bericht: Bericht) -> None:
    bericht.status = Bericht.Status.KLAAR
    bericht.save(update_fields=["status"])


@transaction.atomic
def opnieuw_versturen(*, bericht: Bericht) -> None:
    """Send a mail of unknown or bad fate again, under the same Message-ID. Raises DomeinFout when it did arrive."""
    vast = Bericht.objects.systeemtoegang(reden="opnieuw versturen").select_for_update().get(pk=bericht.pk)
    if vast.status not in (Bericht.Status.ONZEKER, Bericht.Status.MISLUKT):
        raise DomeinFout("Deze mail is al verstuurd of staat nog klaar.")
    vast.status = Bericht.Status.KLAAR
    vast.save(update_fields=["status"])
    werk.inplannen(
        SOORT, school=vast.school, object_id=vast.pk, sleutel=f"mail:opnieuw:{vast.pk}:{klok.nu().isoformat()}"
    )


class NogBezig(RuntimeError):
    """Another worker sends this mail right now; look again later."""


def _naar_server(bericht: Bericht, verbinding: Any) -> None:
    mail = EmailMultiAlternatives(
        subject=bericht.onderwerp,
        body=bericht.tekst,
        to=[bericht.aan],
        connection=verbinding,
        headers={"Message-ID": bericht.bericht_id, "Auto-Submitted": "auto-generated"},
    )
    if bericht.agenda:
        mail.attach("afspraak.ics", bericht.agenda, "text/calendar; method=REQUEST")
    mail.send()


werk.registreer(SOORT, versturen, eigen_transacties=True)
