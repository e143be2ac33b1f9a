"""Rows of a bulk call, as the caller writes them and as they travel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from json import dumps
from typing import Final, Generic, TypeVar, cast

from pydantic import JsonValue

from workfront_core.arguments import checked_map, described, is_several, listing_hint
from workfront_core.errors.kinds import QueryError
from workfront_core.models.changes import Written
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.payload import Custom, Extra, Form, payload, row_values
from workfront_core.operations.row_update import RowUpdate, id_of, told_apart
from workfront_core.values.ids import checked_id

V = TypeVar("V", bound=Mapping[str, object])

MAX_UNCHANGED: Final = 10_000
"""Rows that wait in memory at most while those of them that have something to send are gathered."""


@dataclass(frozen=True)  # with slots, RowInput[TaskValues](...) would fail
class RowInput(Generic[V]):
    """Values of a row together with custom fields: ``RowInput({"name": "x"}, custom={"Region": "North"})``.

    ``extra`` holds fields by wire name that the package does not know, ``form`` is a filled-in custom form.

    Raises:
        QueryError: values are no mapping.

    Examples:
        >>> from workfront_client import RowInput
        >>> RowInput({"name": "Launch"}, custom={"Region": "North"})
        RowInput(values={'name': 'Launch'}, custom={'Region': 'North'}, extra=None, form=None)
    """

    values: V
    custom: Custom = None
    extra: Extra = None
    form: Form = None

    def __post_init__(self) -> None:
        checked_map(self.values, "RowInput()", 'Write RowInput({"name": "x"}).')
        for name, given in (("custom=", self.custom), ("extra=", self.extra)):
            if given is not None:
                checked_map(given, name)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row ready to travel, or the reason why it cannot.

    Attributes:
        index: place in the input.
        body: its JSON; an ID where only that is needed.
        id: the object's ID, where it exists already, in the one spelling that the API has for it.
        error: why it cannot be sent.
        written: what counts as read once it was sent, where a row brings what was set in it.
        is_unchanged: whether nothing was set in the row, so that there is nothing to send.
        repeats: place of the row that names the same object before it, where the object is not sent twice.
    """

    index: int
    body: JsonValue = field(default=None, repr=False)
    id: str | None = None
    error: QueryError | None = None
    written: Written | None = field(default=None, repr=False)
    is_unchanged: bool = False
    repeats: int | None = None

    @property
    def size(self) -> int:
        """Bytes on the wire."""
        return len(dumps(self.body, separators=(",", ":"))) + 1


def new_row(model: type[WorkfrontObject], index: int, row: object) -> Prepared:
    """Returns a row to create: a mapping by Python name, a `RowInput`, or an object without its ID."""
    body = _values(model, row)
    body.pop("ID", None)
    if not body:
        raise QueryError("it has no values.", hint="Give at least one field its value.")
    return Prepared(index, cast("JsonValue", body))


def changed_row(model: type[WorkfrontObject], index: int, row: object, *, whole: bool = False) -> Prepared:
    """Returns a row to change: an ID with a mapping or `RowInput`, or an object that holds its ID.

    An object brings what was set in it since it was read, or with ``whole`` all that it holds.
    """
    object_id, values = _identified(row)
    if isinstance(values, model):
        update = RowUpdate.of(values, whole=whole)
        body = {"ID": object_id, **update.body}
        return Prepared(index, body, object_id, written=update.written, is_unchanged=not update.body)
    body = _values(model, values)
    if not body:
        raise QueryError("it has nothing to change.", hint="Give at least one field its value.")
    return Prepared(index, {"ID": object_id, **body}, object_id)


def removed_row(_model: type[WorkfrontObject], index: int, row: object) -> Prepared:
    """Returns an object to delete, by its ID; ``index`` is its place in the input, from 0."""
    object_id = checked_id(cast("str", row))
    return Prepared(index, object_id, object_id)


def _identified(row: object) -> tuple[str, object]:
    given: object = row
    if isinstance(row, WorkfrontObject):
        return id_of(row), row
    if isinstance(row, tuple) and len(pair := cast("tuple[object, ...]", row)) == 2:
        return checked_id(cast("str", pair[0])), pair[1]
    raise QueryError(
        f"it is {described(given)}, neither a row that was read nor a pair of ID and values.",
        hint='Write (object_id, {"name": "x"}).',
    )


def _values(model: type[WorkfrontObject], row: object) -> dict[str, JsonValue]:
    if isinstance(row, RowInput):
        values = cast("RowInput[Mapping[str, object]]", row).values
        return payload(model, values, row.custom, row.extra, row.form)
    if isinstance(row, model):
        return row_values(row)
    if isinstance(row, Mapping):
        return payload(model, cast("Mapping[str, object]", row))
    given, wanted = described(row), model.__name__
    if isinstance(row, WorkfrontObject):
        other, wanted = told_apart(type(row), model)
        given = f"a row of type {other}"
    raise QueryError(f"it is {given}, not a {wanted}.", hint="Write a mapping by Python name.")


def prepared(
    prepare: Callable[[int, object], Prepared], rows: Iterable[object], *, skip: int = 0
) -> Iterator[Prepared]:
    """Yields rows one by one, made ready when they are asked for; one that cannot be sent says why."""
    for index, row in enumerate(islice(rows, skip, None), skip):
        try:
            yield prepare(index, row)
        except QueryError as error:
            yield Prepared(index, error=QueryError(f"Row {index}: {error.message}", hint=error.hint))


def several_rows(rows: object, /) -> Iterable[object]:
    """Returns rows that are given as a list, or as a generator.

    Raises:
        QueryError: it is one row, or no list at all.
    """
    given = rows
    if isinstance(rows, Mapping) or not is_several(rows):
        raise QueryError(f"Rows are given as a list, not as {described(given)}.", hint=listing_hint(given))
    return cast("Iterable[object]", rows)


def chunks(rows: Iterable[Prepared], count: int, size: int) -> Iterator[list[Prepared]]:
    """Yields rows in groups of at most so many and of at most so many bytes; a row larger than that goes by itself.

    Rows that have nothing to send count for little, so that those that have travel together. An object stands in a
    group once, so that what a later row sets in it is set later.
    """
    chunk: list[Prepared] = []
    ids: set[str] = set()
    number = total = 0
    for row in rows:
        bytes_ = 0 if row.is_unchanged else row.size
        is_full = number == count or total + bytes_ > size or len(chunk) == MAX_UNCHANGED
        if chunk and (is_full or (row.id in ids and not row.is_unchanged)):
            yield chunk
            chunk, number, total = [], 0, 0
            ids.clear()
        chunk.append(row)
        if row.id and not row.is_unchanged:
            ids.add(row.id)
        number += not row.is_unchanged
        total += bytes_
    if chunk:
        yield chunk
