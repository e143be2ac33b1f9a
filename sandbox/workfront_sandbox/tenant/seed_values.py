"""Values of rows that are inserted as they are: what no field of their kind can hold is a slip of who wrote them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any, Final

from workfront_sandbox.schema.catalogue import Kind
from workfront_sandbox.store import sort_value
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import is_list, is_object

_TRUTHS: Final = frozenset({"true", "false", "1", "0"})


def held_value(kind: Kind, value: object, zone: tzinfo) -> object:
    """Returns a value as the field holds it: numbers and truths may be texts. Raises ApiError where it cannot."""
    read = _READERS.get(kind)
    return value if read is None or value is None or value == "" else read(value, zone)


def _date(value: object, zone: tzinfo) -> object:
    if isinstance(value, str):
        try:
            datetimes.parse(value, zone)
        except ValueError as error:
            raise invalid(f"{error}") from None
    return _single(value, zone)


def _number(value: object, _: tzinfo) -> object:
    if isinstance(value, str):
        return sort_value.number(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise invalid(f'For input string: "{value!s:.100}"', "java.lang.NumberFormatException")
    return value


def _truth(value: object, _: tzinfo) -> object:
    word = str(value).strip().lower()
    if word not in _TRUTHS:
        raise invalid(f'a field that is true or false has the value "{value!s:.100}"')
    return word in {"true", "1"}


def _single(value: object, _: tzinfo) -> object:
    if is_list(value) or is_object(value):
        raise invalid("a field that holds one value has a list or an object")
    return value


def _text(value: object, zone: tzinfo) -> object:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else _single(value, zone)


_READERS: Final[Mapping[Kind, Callable[[Any, tzinfo], object]]] = {
    "date": _date,
    "instant": _date,
    "number": _number,
    "boolean": _truth,
    "text": _text,
}
