"""Writes of rows: what was set in them since they were read or all that they hold, and what counts as read after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from pydantic import JsonValue

from workfront_core.errors.kinds import QueryError
from workfront_core.models.changes import Written, changes, held, id_when_read
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.payload import changed_values, own_values
from workfront_core.request.request import Decoder
from workfront_core.values.ids import checked_id

M = TypeVar("M", bound=WorkfrontObject)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowUpdate:
    """The write of one row.

    Attributes:
        body: what is written, by wire name, without the ID; empty where nothing was set.
        written: what counts as read once it is done.
    """

    body: dict[str, JsonValue]
    written: Written

    @classmethod
    def of(cls, row: WorkfrontObject, *, whole: bool = False) -> RowUpdate:
        """Returns what a row writes: what was set since it was read, or all it holds that is not READ_ONLY.

        Raises:
            QueryError: a READ_ONLY member was set, a row in place of a reference was changed inside, a value does not
                fit.
        """
        if whole:
            return cls(own_values(row), Written(row, held(row)))
        changed = changes(row)
        return cls(changed_values(row, changed), Written(row, changed))


def id_of(row: WorkfrontObject, /) -> str:
    """Returns the ID of a row that is to be written.

    Raises:
        QueryError: it has none, or another one than it was read with.
    """
    object_id = row.get("ID")
    read = id_when_read(row)
    if object_id and read and object_id != read:
        raise QueryError(
            f"The {type(row).__name__} was read with the ID {read!s:.40}, and its ID was set to {object_id!s:.40}.",
            hint=f"Write update({object_id!s:.40}, ...) with the values, or leave the ID of the row alone.",
        )
    if object_id:
        return checked_id(cast("str", object_id))
    name = type(row).__name__
    raise QueryError(
        f"The {name} has no ID, so there is nothing to change.",
        hint=f'Load it with "ID" among fields=, or set row.id; create_many([row]) makes a new {name}.',
    )


def refuse_other(model: type[WorkfrontObject], row: object, /) -> None:
    """Raises a QueryError unless this is a row of the model."""
    if not isinstance(row, model):
        wanted, given = told_apart(model, type(row))
        raise QueryError(
            f"A row of type {wanted} is expected, not {given}.",
            hint="Take the service of the row's own type.",
        )


def told_apart(one: type, other: type, /) -> tuple[str, str]:
    """Returns the names of two classes, with their packages where the names are the same."""
    if one.__name__ != other.__name__:
        return one.__name__, other.__name__
    first, second = (f"{it.__name__} of {it.__module__.partition('.models')[0]}" for it in (one, other))
    return first, second


class Marking(Generic[T]):
    """A decoder that counts rows as read once the answer says that they were written.

    Args:
        parse: reads the answer; alone where a dry run supposes one.
        updates: what was written.
    """

    def __init__(self, parse: Decoder[T], updates: Iterable[Written], /) -> None:
        self.without_effect = parse
        self._updates = tuple(updates)

    def __call__(self, data: object, /, *, strict: bool = False) -> T:
        result = self.without_effect(data, strict=strict)
        for written in self._updates:
            written.done()
        return result


def returning(row: M, parse: Decoder[Any], /) -> Decoder[M]:
    """Returns a decoder that reads the answer for its errors alone, and gives the row that was written."""

    def decode(data: object, /, *, strict: bool = False) -> M:
        parse(data, strict=strict)
        return row

    return decode
