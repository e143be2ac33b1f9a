"""Members of field enums, ``TaskField.NAME``: texts that know the object whose field they name."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from workfront_core.errors.kinds import QueryError
from workfront_core.models.api_versions import refuse_other_version

__all__ = ["mark_field_names", "refuse_field_name", "refuse_name_of_other"]

_OBJECT: Final = "__workfront_object__"


def mark_field_names(enum: type[StrEnum], obj_code: str) -> None:
    """Notes the object whose fields an enumeration names."""
    setattr(enum, _OBJECT, obj_code)


def refuse_name_of_other(field: object, model: type[object], use: str) -> None:
    """Raises a QueryError where a member of a field enum names a field of another object, or of another API version,
    than what is asked.

    Args:
        field: a member, or anything else.
        model: the object that is asked.
        use: what for, as in "fields= of Project".
    """
    code = getattr(model, "obj_code", None)
    if getattr(type(field), _OBJECT, code) != code:
        raise QueryError(
            f"{field!r:.80} in {use}: it belongs to another object.",
            hint=f"Take a member of {model.__name__}Field, or a path of {model.__name__}.f.",
        )
    if hasattr(type(field), _OBJECT):
        refuse_other_version(type(field), model, f"{field!r:.80} in {use}")


def refuse_field_name(value: object, where: str) -> None:
    """Raises a QueryError where the name of a field stands in place of a value."""
    if hasattr(type(value), _OBJECT):
        raise QueryError(
            f"{where} takes a value, and {value!r:.80} is the name of a field.",
            hint="To compare with that field take its path, as in Task.f.name; to read it, row[...].",
        )
