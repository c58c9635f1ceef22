"""Asking the rule about one object: `user.has_perm` and the views' only way to get an object."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import Http404
from guardian.backends import ObjectPermissionBackend

from zorg.kern import schoolcontext
from zorg.kern.querysets import BeperkteQuerySet, Recht

M = TypeVar("M", bound=models.Model)


class ObjectBackend(ObjectPermissionBackend):
    """The only backend that answers for objects. It asks the querysets; guardian's own honours ended grants."""

    def has_perm(self, user_obj: Any, perm: str, obj: models.Model | None = None) -> bool:
        """`perm` is `app.recht_model` or just `recht`; false for what the rule does not show (ontwerp §4.1)."""
        if obj is None or not getattr(user_obj, "is_active", False):
            return False
        manager = type(obj)._default_manager
        queryset = manager.get_queryset()
        if not isinstance(queryset, BeperkteQuerySet):
            return False
        recht = perm.rpartition(".")[2].partition("_")[0]
        if recht not in Recht.values:
            return False
        return bool(queryset.zichtbaar_voor(user_obj, recht).filter(pk=obj.pk).exists())

    def get_all_permissions(self, user_obj: Any, obj: models.Model | None = None) -> set[str]:
        """The codenames of every right that `has_perm` gives on this object."""
        if obj is None:
            return set()
        model = obj._meta.model_name
        return {f"{recht}_{model}" for recht in Recht.values if self.has_perm(user_obj, f"{recht}_{model}", obj)}


def haal_op(bron: Any, gebruiker: Any, *, recht: str = Recht.INZIEN, zicht: str = Recht.INZIEN, **zoek: Any) -> Any:
    """The object, or 404 when the user may not know of it, or 403 when visible but not allowed.

    `bron` is a manager or queryset of a restricted model; `zicht` the right that makes it visible (a parent
    reads along, staff look into).
    """
    if not schoolcontext.is_gezet():  # an account without any school left
        raise Http404
    gezien = bron.zichtbaar_voor(gebruiker, zicht)
    if recht != zicht:  # both answers in one query
        toegestaan = gezien.model.objects.zichtbaar_voor(gebruiker, recht).filter(pk=OuterRef("pk"))
        gezien = gezien.annotate(_toegestaan=Exists(toegestaan))
    try:
        obj = gezien.filter(**zoek).get()
    except (gezien.model.DoesNotExist, ValueError, OverflowError):
        raise Http404 from None
    if recht != zicht and not obj._toegestaan:
        raise PermissionDenied
    return obj
