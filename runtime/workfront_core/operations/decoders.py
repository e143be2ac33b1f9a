"""Decoders: how each kind of answer becomes a Python value. Those of actions take null for "nothing".

Those of rows stand in ``row_decoders``, and are reached from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import JsonValue, TypeAdapter

from workfront_core.errors.kinds import ProtocolError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.counting import number_of_rows
from workfront_core.operations.row_decoders import (
    ListDecoder,
    RawPage,
    list_of,
    new_row_of,
    optional_row_of,
    page_of,
    raw_page_of,
    row_of,
    rows_by_id,
    rows_of_ids,
    written_row_of,
)
from workfront_core.request.request import Decoder
from workfront_core.values.datetimes import Amount, Date, DateTime

__all__ = [
    "ListDecoder",
    "RawPage",
    "action_result",
    "amount",
    "boolean",
    "count",
    "count_page_of",
    "date_time",
    "day",
    "integer",
    "json_value",
    "list_of",
    "mapping",
    "new_row_of",
    "nothing",
    "number",
    "of_read",
    "optional_row_of",
    "page_of",
    "raw_page_of",
    "row_of",
    "rows_by_id",
    "rows_of_ids",
    "success",
    "text",
    "texts",
    "values",
    "written_row_of",
]  # fmt: skip


M = TypeVar("M", bound=WorkfrontObject)
T = TypeVar("T")


def count_page_of(model: type[M], /) -> Decoder[RawPage[M]]:
    """Returns the number of rows of a search, as a page without rows that tells it."""

    def decode(data: object, /, *, strict: bool = False) -> RawPage[M]:
        return RawPage(model, (), strict, count(data))

    return decode


def json_value(data: object, /, *, strict: bool = False) -> JsonValue:  # noqa: ARG001
    """Returns the answer as it is."""
    return cast("JsonValue", data)


def nothing(data: object, /, *, strict: bool = False) -> None:
    """Drops whatever the server adds to its confirmation: there is no result."""


def success(data: object, /, *, strict: bool = False) -> None:  # noqa: ARG001
    """Accepts the confirmation ``{"success": true}``.

    Raises:
        ProtocolError: the server answered without an error and yet did not confirm.
    """
    confirmed = cast("Mapping[str, object]", data).get("success") if isinstance(data, Mapping) else data
    if confirmed not in (True, "true"):
        raise ProtocolError(f"The server did not confirm the change; it answered {data!r:.120}.")


count: Decoder[int] = number_of_rows


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Returns the adapter of a type, made on first use so that importing this module stays cheap."""
    return TypeAdapter(kind)


def _scalar(kind: Any, what: str) -> Decoder[Any]:
    def decode(data: object, /, *, strict: bool = False) -> Any:  # noqa: ARG001
        if data is None or (data == "" and kind is not str):
            return None
        try:
            if isinstance(data, bool) and kind is not bool:
                raise ValueError(data)
            return _adapter(kind).validate_python(data)
        except ValueError:
            raise ProtocolError(f"The answer is not {what}: {data!r:.120}.") from None

    return decode


text: Decoder[str | None] = _scalar(str, "a text")
boolean: Decoder[bool | None] = _scalar(bool, "a boolean")
integer: Decoder[int | None] = _scalar(int, "an integer")
number: Decoder[float | None] = _scalar(float, "a number")
amount: Decoder[Decimal | None] = _scalar(Amount, "an amount")
date_time: Decoder[datetime | None] = _scalar(DateTime, "a date and time")
day: Decoder[date | None] = _scalar(Date, "a date")


def _texts(data: object, /, *, strict: bool = False) -> list[str]:  # noqa: ARG001
    entries = list(_entries(data))
    if any(isinstance(entry, bool) or not isinstance(entry, str | int | float) for entry in entries):
        raise ProtocolError(f"The answer is not a list of texts: {data!r:.120}.")
    return list(map(str, entries))


def _values(data: object, /, *, strict: bool = False) -> list[JsonValue]:  # noqa: ARG001
    return list(_entries(data))


texts: ListDecoder[str] = ListDecoder("texts", _texts)
"""A list of texts; null for none, one text for a list of it."""

values: ListDecoder[JsonValue] = ListDecoder("values", _values)
"""A list of anything; null for none."""


def mapping(data: object, /, *, strict: bool = False) -> dict[str, JsonValue]:  # noqa: ARG001
    """Returns a JSON object; null for an empty one.

    Raises:
        ProtocolError: the answer is something else.
    """
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ProtocolError(f"The answer is not a map: {data!r:.120}.")
    return cast("dict[str, JsonValue]", data)


def action_result(decode: Decoder[T], /) -> Decoder[T]:
    """Returns what an action returns, out of ``{"result": ...}`` where it comes wrapped.

    The decoder raises ProtocolError where the server says that it did nothing: ``{"success": false}``.
    """

    def unwrapped(data: object, /, *, strict: bool = False) -> T:
        return decode(_inner_result(data), strict=strict)

    return unwrapped


def _inner_result(data: object) -> object:
    if not isinstance(data, dict):
        return data
    members = cast("dict[str, object]", data)
    if members.get("success") in (False, "false"):
        success(members)
    return members["result"] if list(members) == ["result"] else members


def of_read(decode: Decoder[T], /) -> Decoder[T]:
    """Returns the decoder as a read needs it: where a list is due, null is no answer."""
    as_read: Decoder[T] = getattr(decode, "of_read", decode)
    return as_read


def _entries(data: object) -> Sequence[JsonValue]:
    return cast("list[JsonValue]", data) if isinstance(data, list) else (cast("JsonValue", data),)
