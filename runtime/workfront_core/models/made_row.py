"""Rows that come in pydantic's ordinary way: made by a program, or read by a class that needs all pydantic does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError, ValidationInfo

from workfront_core.models.changes import mark_new
from workfront_core.models.inferred import without_misfits

__all__ = ["drop_unset", "made_row"]

_Row = TypeVar("_Row", bound=BaseModel)


def made_row(cls: type[_Row], values: Any, read: Callable[[Any], _Row], info: ValidationInfo) -> _Row:
    """Makes a row that holds just what was given; what does not fit an inferred type stays as it came.

    Raises:
        pydantic.ValidationError: a value does not fit a type that is known, or the row is to be read strictly.
    """
    try:
        row = read(values)
    except ValidationError as error:
        row = without_misfits(cls, values, read, info.context, error)
    return drop_unset(row)


def drop_unset(row: _Row) -> _Row:
    """Drops the members that pydantic filled in with None: what was not sent must not look like null.

    A row that comes this way was made by a program, unless it is known to have been read.
    """
    sent = row.__pydantic_fields_set__
    values = row.__dict__
    if not values.keys() <= sent:
        kept = {name: value for name, value in values.items() if value is not None or name in sent}
        object.__setattr__(row, "__dict__", kept)
    extra = row.__pydantic_extra__
    if extra and extra.get("objCode") == getattr(row, "obj_code", None):
        del extra["objCode"]
        sent.discard("objCode")
    mark_new(row)
    return row
