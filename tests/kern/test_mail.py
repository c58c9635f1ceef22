"""Outgoing mail: never lost, never silently twice, without the name of a pupil (ontwerp §6)."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend

from tests.bouw import NU, Bezetting
from zorg.kern import mail, werk
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Bericht, Werk

Klok = Callable[[datetime], None]


class Weigert(EmailBackend):
    """A mail server that fails at the point that the test names."""

    waar = ""
    fout: Exception = OSError()

    def open(self) -> bool:
        if Weigert.waar == "open":
            raise Weigert.fout
        return True

    def send_messages(self, messages: Any) -> int:
        if Weigert.waar == "sturen":
            raise Weigert.fout
        return super().send_messages(messages)


def _klaar(b: Bezetting, sleutel: str = "proef", **extra: str) -> tuple[Bericht, Werk]:
    bericht = mail.klaarzetten(
        school=b.kogerveld, aan="iemand@proef.test", onderwerp="Een vraag", tekst="Log in.", sleutel=sleutel, **extra
    )
    return bericht, Werk.objects.get(sleutel=f"mail:{sleutel}")


def test_verstuurd_en_nooit_twee_keer(op_school: Bezetting) -> None:
    bericht, rij = _klaar(op_school, agenda="BEGIN:VCALENDAR\nEND:VCALENDAR")
    assert werk.uitvoeren(rij.pk)
    [brief] = django_mail.outbox
    assert brief.to == ["iemand@proef.test"] and brief.subject == "Een vraag"
    assert brief.extra_headers["Message-ID"] == bericht.bericht_id
    assert brief.extra_headers["Auto-Submitted"] == "auto-generated"
    assert [deel[0] for deel in brief.attachments] == ["afspraak.ics"]
    bericht.refresh_from_db()
    assert bericht.status == "verzonden" and bericht.verzonden_op == NU
    rij.status, rij.klaar_op = "open", None
    rij.save()
    assert werk.uitvoeren(rij.pk) and len(django_mail.outbox) == 1


def test_dezelfde_sleutel_is_dezelfde_mail(op_school: Bezetting) -> None:
    """No second row that would stand «klaar om te versturen» for ever."""
    eerste, _ = _klaar(op_school)
    tweede, _ = _klaar(op_school)
    assert eerste.pk == tweede.pk


@pytest.mark.parametrize(
    ("waar", "fout", "verwacht"),
    [
        ("open", ConnectionRefusedError(), "klaar"),
        ("open", TimeoutError(), "klaar"),
        ("open", OSError("no route"), "klaar"),
        ("sturen", smtplib.SMTPRecipientsRefused({}), "klaar"),
        ("sturen", smtplib.SMTPDataError(451, b"later"), "klaar"),
        ("sturen", smtplib.SMTPServerDisconnected(), "onzeker"),
        ("sturen", TimeoutError(), "onzeker"),
    ],
    ids=lambda w: type(w).__name__ if isinstance(w, Exception) else str(w),
)
def test_wat_de_server_zegt(op_school: Bezetting, settings: Any, waar: str, fout: Exception, verwacht: str) -> None:
    """Not taken: again later. Broken off halfway: nobody knows, so a person decides."""
    settings.EMAIL_BACKEND = f"{__name__}.Weigert"
    Weigert.waar, Weigert.fout = waar, fout
    bericht, rij = _klaar(op_school)
    assert werk.uitvoeren(rij.pk) is (verwacht == "onzeker")
    bericht.refresh_from_db()
    rij.refresh_from_db()
    assert bericht.status == verwacht and rij.status == ("klaar" if verwacht == "onzeker" else "open")


def test_weggevallen_werker_maakt_een_mail_onzeker(op_school: Bezetting, klok_op: Klok) -> None:
    """Found «bezig» long after: shown as uncertain, not sent again by itself."""
    bericht, rij = _klaar(op_school)
    Bericht.objects.systeemtoegang(reden="proef met een dode werker").update(status="bezig", begonnen_op=NU)
    assert not werk.uitvoeren(rij.pk), "another worker may have it in hand"
    klok_op(NU + mail.ONZEKER_NA + timedelta(seconds=30))
    assert werk.uitvoeren(rij.pk)
    bericht.refresh_from_db()
    assert bericht.status == "onzeker" and not django_mail.outbox


def test_opnieuw_met_hetzelfde_kenmerk(op_school: Bezetting, werk_uitvoeren: Callable[..., int]) -> None:
    bericht, _ = _klaar(op_school)
    with pytest.raises(DomeinFout):
        mail.opnieuw_versturen(bericht=bericht)
    werk_uitvoeren()
    django_mail.outbox.clear()
    bericht.refresh_from_db()
    bericht.status, bericht.verzonden_op = "onzeker", None
    bericht.save()
    mail.opnieuw_versturen(bericht=bericht)
    werk_uitvoeren()
    assert [brief.extra_headers["Message-ID"] for brief in django_mail.outbox] == [bericht.bericht_id]


def test_zonder_mailserver_wordt_post_een_bestand(op_school: Bezetting, settings: Any, tmp_path: Path) -> None:
    """Two at one moment are two files; nobody else on the machine reads them."""
    settings.EMAIL_BACKEND, settings.VAR = "zorg.kern.post.Postbus", tmp_path
    for nummer in (1, 2):
        _, rij = _klaar(op_school, f"proef:{nummer}")
        assert werk.uitvoeren(rij.pk)
    bestanden = sorted((tmp_path / "post").iterdir())
    assert [b.suffix for b in bestanden] == [".eml", ".eml"]
    assert "Log in." in bestanden[0].read_text()
    assert (tmp_path / "post").stat().st_mode & 0o077 == 0


def test_mails_noemen_geen_leerling(op_school: Bezetting) -> None:
    """Nothing that the services of this floor wrote for the cast names a pupil."""
    berichten = list(Bericht.objects.systeemtoegang(reden="wat staat er in de mails"))
    assert berichten
    namen = [getattr(op_school, n) for n in ("bram", "aya", "chris", "dunya", "zoe")]
    for bericht in berichten:
        for kind in namen:
            assert kind.roepnaam not in bericht.onderwerp + bericht.tekst
