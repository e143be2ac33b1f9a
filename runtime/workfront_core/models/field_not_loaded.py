"""What a row says that is asked for a member it does not hold."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from workfront_core.errors.kinds import WorkfrontError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.nearest import did_you_mean

__all__ = ["FieldNotLoaded", "remedy"]


class FieldNotLoaded(WorkfrontError, AttributeError, KeyError):
    """A row was asked for a member the server did not send. The message says what to add to ``fields=``, or that the
    server sent none though it was asked for.

    An AttributeError for ``row.name`` (so ``getattr(row, "name", None)`` and ``hasattr`` work) and a KeyError for
    ``row["name"]``.

    Examples:
        >>> from workfront_client import FieldNotLoaded
        >>> from workfront_client.v22 import Task
        >>> task = Task(name="Brief")
        >>> try:
        ...     task.status
        ... except FieldNotLoaded as error:
        ...     print(str(error)[:26])
        Task.status was not loaded
    """

    def __init__(self, message: str, *, name: str | None = None) -> None:
        super().__init__(message)
        self.name = name


@lru_cache(maxsize=256)
def remedy(model: Any, key: object, /) -> str:
    """Returns what makes rows of a model hold a key: ``fields=`` takes the names that fields have, and no others."""
    names = model.__workfront_shapes__.names
    if not isinstance(key, str):
        return "brackets take the names of fields, which are texts"
    if key in names or not names or ":" in key or key.startswith(CUSTOM):
        return f"add {key!r} to fields="
    near = did_you_mean(key, names)
    return f"no field is called so. {near or f'raw_field({key!r}) in fields= asks the server for it unchecked.'}"
