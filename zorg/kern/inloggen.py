"""How Zorgpad uses allauth: no sign-up, invitations through the reset key, no hint which addresses exist."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Accountadapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the school's administrator and nobody else."""

    # allauth's own Dutch says "jij" to a school that we address as "u"
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Dit account is afgesloten."),
        "email_password_mismatch": _("Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw."),
        "enter_current_password": _("Vul uw huidige wachtwoord in."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "invalid_login": _("Inloggen is niet gelukt. Probeer het opnieuw."),
        "invalid_password_reset": _("Deze link werkt niet meer. Vraag een nieuwe aan."),
        "too_many_login_attempts": _(
            "Er waren te veel pogingen met een verkeerd wachtwoord. Wacht vijf minuten en probeer het dan opnieuw."
        ),
        "rate_limited": _("Dat ging te snel achter elkaar. Wacht een paar minuten en probeer het dan opnieuw."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address for rate limits: the proxy in front sets X-Forwarded-For; without one it is the peer."""
        doorgestuurd: Any = request.META.get("HTTP_X_FORWARDED_FOR", "")
        return str(doorgestuurd.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "") or "onbekend")
