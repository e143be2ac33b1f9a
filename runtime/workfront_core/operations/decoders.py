"""Decoders: how each kind of answer becomes a Python value. All of them take null for "nothing".

Those of rows take the wire names that the call asked for, so that rows know what the server left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Generic, TypeVar, cast

from pydantic import JsonValue, TypeAdapter, ValidationError

from workfront_core.errors.kinds import NotFound, ProtocolError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.selection import asked_names
from workfront_core.request.request import Decoder, Request
from workfront_core.values.datetimes import Amount, Date, DateTime

M = TypeVar("M", bound=WorkfrontObject)
T = TypeVar("T")


def row_of(model: type[M], asked: frozenset[str] = frozenset(), /) -> Decoder[M]:
    """One row; a list of one counts as the row.

    The decoder raises NotFound where there is none, ProtocolError where the answer is no row.
    """

    def decode(data: object, /, *, strict: bool = False) -> M:
        rows = _rows(data, model)
        if len(rows) != 1:
            raise _not_one(len(rows), model)
        return model.from_wire(rows[0], strict=strict, asked=asked)

    return decode


def optional_row_of(model: type[M], asked: frozenset[str] = frozenset(), /) -> Decoder[M | None]:
    """One row or, for null and an empty list, ``None``."""

    def decode(data: object, /, *, strict: bool = False) -> M | None:
        rows = _rows(data, model)
        if len(rows) > 1:
            raise _not_one(len(rows), model)
        return model.from_wire(rows[0], strict=strict, asked=asked) if rows else None

    return decode


def written_row_of(model: type[M], asked: frozenset[str] = frozenset(), /) -> Decoder[M]:
    """The row after a write; one without any field where the server confirms without showing it."""

    def decode(data: object, /, *, strict: bool = False) -> M:
        return optional_row_of(model, asked)(data, strict=strict) or model.from_wire({}, strict=strict)

    return decode


def list_of(model: type[M], asked: frozenset[str] = frozenset(), /) -> Decoder[list[M]]:
    """Rows in the server's order: a list, a single row, rows by ID, or null for none."""

    def decode(data: object, /, *, strict: bool = False) -> list[M]:
        return model.from_wire_rows(_rows(data, model), strict=strict, asked=asked)

    return decode


@dataclass(frozen=True, slots=True)
class RawPage(Generic[M]):
    """Rows as they came: what a pager looks at before it types those that are new."""

    model: type[M]
    rows: Sequence[Mapping[str, object]]
    strict: bool

    def typed(self, rows: Sequence[Mapping[str, object]], request: Request[Any]) -> list[M]:
        """Some of the rows as objects.

        Raises:
            ProtocolError: a row does not fit the schema, and reading is strict.
        """
        try:
            return self.model.from_wire_rows(rows, strict=self.strict, asked=asked_names(request.params))
        except ValidationError as misfit:
            message = f"The answer does not fit the schema: {misfit}"
            raise ProtocolError(message, request=request.redacted()) from misfit


def rows_by_id(rows: Iterable[M]) -> dict[str, M]:
    """The rows by their ID, in their order."""
    return {str(row["ID"]): row for row in rows}


def raw_page_of(model: type[M], /) -> Decoder[RawPage[M]]:
    """Rows in the server's order, left untyped; the same forms of answer as ``list_of``."""

    def decode(data: object, /, *, strict: bool = False) -> RawPage[M]:
        return RawPage(model, _rows(data, model), strict)

    return decode


def json_value(data: object, /, *, strict: bool = False) -> JsonValue:
    """The answer as it is."""
    return cast("JsonValue", data)


def nothing(data: object, /, *, strict: bool = False) -> None:
    """No result: whatever the server adds to its confirmation is dropped."""


def success(data: object, /, *, strict: bool = False) -> None:
    """The confirmation ``{"success": true}``.

    Raises:
        ProtocolError: the server answered without an error and yet did not confirm.
    """
    confirmed = cast("Mapping[str, object]", data).get("success") if isinstance(data, Mapping) else data
    if confirmed not in (True, "true"):
        raise ProtocolError(f"The server did not confirm the change; it answered {data!r:.120}.")


def count(data: object, /, *, strict: bool = False) -> int:
    """A number of rows, wrapped in ``{"count": n}`` or bare."""
    number = cast("Mapping[str, object]", data).get("count") if isinstance(data, Mapping) else data
    try:
        counted: int = _adapter(int).validate_python(number)
    except ValidationError:
        raise ProtocolError(f"The answer is no count: {data!r:.120}.") from None
    return counted


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Built on first use: importing this module stays cheap."""
    return TypeAdapter(kind)


def _scalar(kind: Any, what: str) -> Decoder[Any]:
    def decode(data: object, /, *, strict: bool = False) -> Any:
        if data is None or (data == "" and kind is not str):
            return None
        try:
            return _adapter(kind).validate_python(data)
        except ValidationError:
            raise ProtocolError(f"The answer is no {what}: {data!r:.120}.") from None

    return decode


text: Decoder[str | None] = _scalar(str, "text")
boolean: Decoder[bool | None] = _scalar(bool, "boolean")
integer: Decoder[int | None] = _scalar(int, "integer")
number: Decoder[float | None] = _scalar(float, "number")
amount: Decoder[Decimal | None] = _scalar(Amount, "amount")
date_time: Decoder[datetime | None] = _scalar(DateTime, "date and time")
day: Decoder[date | None] = _scalar(Date, "date")


def texts(data: object, /, *, strict: bool = False) -> list[str]:
    """A list of texts; null for none, one text for a list of it."""
    return [str(entry) for entry in _entries(data)]


def values(data: object, /, *, strict: bool = False) -> list[JsonValue]:
    """A list of anything; null for none."""
    return list(_entries(data))


def mapping(data: object, /, *, strict: bool = False) -> dict[str, JsonValue]:
    """A JSON object; null for an empty one.

    Raises:
        ProtocolError: the answer is something else.
    """
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ProtocolError(f"The answer is no map: {data!r:.120}.")
    return cast("dict[str, JsonValue]", data)


def action_result(decode: Decoder[T], /) -> Decoder[T]:
    """What an action returns, out of ``{"result": ...}`` where it comes wrapped."""

    def unwrapped(data: object, /, *, strict: bool = False) -> T:
        return decode(_inner_result(data), strict=strict)

    return unwrapped


def _inner_result(data: object) -> object:
    if not isinstance(data, dict):
        return data
    members = cast("dict[str, object]", data)
    return members["result"] if list(members) == ["result"] else members


def _entries(data: object) -> Sequence[JsonValue]:
    if data is None:
        return ()
    return cast("list[JsonValue]", data) if isinstance(data, list) else (cast("JsonValue", data),)


def _rows(data: object, model: type[WorkfrontObject]) -> Sequence[Mapping[str, object]]:
    rows: Sequence[object] = _entries(data)
    if isinstance(data, dict) and _is_map_by_id(cast("dict[str, object]", data)):
        rows = list(cast("dict[str, object]", data).values())
    for entry in rows:
        if not isinstance(entry, dict):
            raise ProtocolError(f"The answer holds {entry!r:.120} where a {model.__name__} is due.")
    return cast("Sequence[Mapping[str, object]]", rows)


def _is_map_by_id(document: dict[str, object]) -> bool:
    """Whether this is the answer to ``map=true``: every member is a row that repeats its key as ID."""
    return bool(document) and all(
        isinstance(row, dict) and cast("dict[str, object]", row).get("ID") == key for key, row in document.items()
    )


def _not_one(number: int, model: type[WorkfrontObject]) -> NotFound | ProtocolError:
    if number == 0:
        return NotFound(f"The server answered with no {model.__name__}.")
    return ProtocolError(f"One {model.__name__} was asked for, {number} came.")
