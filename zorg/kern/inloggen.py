"""How Zorgpad uses allauth: no sign-up, invitations through the reset key, no hint which addresses exist."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Accountadapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the school's administrator and nobody else."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address for rate limits: the proxy in front sets X-Forwarded-For; without one it is the peer."""
        doorgestuurd: Any = request.META.get("HTTP_X_FORWARDED_FOR", "")
        return str(doorgestuurd.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "") or "onbekend")
