"""The account with which somebody signs in. It says who, never what: rights follow from dated relations."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from zorg.kern import klok


class GebruikerManager(BaseUserManager["Gebruiker"]):
    """Accounts are found by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Gebruiker":
        return self.get(email__iexact=username)

    def maak(self, *, email: str, naam: str, wachtwoord: str | None = None) -> "Gebruiker":
        """A new account; without a password it can only be entered through an invitation."""
        gebruiker = self.model(email=self.normalize_email(email).lower(), naam=naam)
        gebruiker.set_password(wachtwoord)
        gebruiker.save()
        return gebruiker


class Gebruiker(AbstractBaseUser):
    """An account. There is no superuser and no staff flag: nobody sees a dossier by rank (ontwerp §4.1)."""

    email = models.EmailField("e-mailadres", max_length=254, unique=True)
    naam = models.CharField("naam", max_length=200)
    is_active = models.BooleanField("actief", default=True)
    aangemaakt_op = models.DateTimeField("aangemaakt op", default=klok.nu)

    is_superuser: ClassVar[bool] = False
    is_staff: ClassVar[bool] = False

    objects = GebruikerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["naam"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="gebruiker_email_kleine_letters")
        ]

    def __str__(self) -> str:
        return self.naam

    def get_full_name(self) -> str:
        return self.naam

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Whether the object is in what the same rule lets this user see; never true without an object."""
        from zorg.kern.rechten import ObjectBackend

        return ObjectBackend().has_perm(self, perm, obj)

    def has_perms(self, perm_list: Any, obj: models.Model | None = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return False
