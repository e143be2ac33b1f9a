"""Values on the wire and in Python: date-times, dates and exact amounts.

The server writes ``2020-05-18T17:00:00:000-0600``, with a colon before the milliseconds; its event messages write a
dot there, and journal and subscription rows plain ISO 8601. All of them are read, the first is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

from pydantic_core import CoreSchema, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic import JsonValue as Json
    from pydantic.json_schema import JsonSchemaValue
else:
    Json = Any  # it came out of a JSON parser: nothing is left to validate, and pydantic.types stays unloaded

__all__ = ["Amount", "Date", "DateTime", "Json", "format_datetime", "is_moment", "parse_date", "parse_datetime"]

_FORM: Final = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[T ](?P<clock>\d\d:\d\d(?::\d\d)?)(?:[:.,](?P<fraction>\d{1,9}))?(?P<offset>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_WIRE_LENGTH: Final = len("2020-05-18T17:00:00:000-0600")


def parse_datetime(text: str) -> datetime:
    """Returns the aware datetime that ``text`` names, in the offset it was written with.

    A colon, dot or comma may stand before one to nine fraction digits (kept to the microsecond, the rest is cut off);
    the offset may be ``Z``, ``+hhmm``, ``+hh:mm`` or missing. Text without an offset is read as UTC, and a date alone
    as its midnight in UTC, so that every datetime can be compared with every other.

    Raises:
        ValueError: The text has another form, or names no real day or time.
    """
    if len(text) == _WIRE_LENGTH and text[19] == ":":
        try:
            return datetime.fromisoformat(f"{text[:19]}.{text[20:]}")
        except ValueError:
            pass
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("not a date-time: write 2020-05-18T17:00:00:000-0600, ISO 8601, or a date alone")
    clock = time.fromisoformat(found["clock"] or "00:00")
    fraction = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    return datetime.combine(
        date.fromisoformat(found["day"]), clock.replace(microsecond=fraction), _zone(found["offset"] or "Z")
    )


def format_datetime(value: datetime) -> str:
    """Returns the wire form of a moment with a time zone: ``2020-05-18T17:00:00:000-0600``. Microseconds are cut to
    milliseconds.

    Raises:
        ValueError: The datetime is naive, so the server would read it in a zone of its own choice.
    """
    offset = value.utcoffset()
    if offset is None:
        raise ValueError(_naive(value))
    if offset.seconds % 60 or offset.microseconds:
        value = value.astimezone(UTC)  # historical zones have offsets the wire form cannot express
    iso = value.isoformat(timespec="milliseconds")
    return f"{iso[:19]}:{iso[20:26]}{iso[27:]}"


def is_moment(value: datetime) -> bool:
    """Returns whether it names a moment; what pandas writes for a missing one is a datetime that equals nothing."""
    return bool(value == value)


def parse_date(text: str) -> date:
    """Returns the date that ``text`` names: a date alone, or a date-time at midnight of whatever offset it is written
    with.

    Raises:
        ValueError: The text is no date-time at all, or one at another time of day.
    """
    return _midnight(parse_datetime(text))


def _zone(offset: str) -> tzinfo:
    if offset == "Z":
        return UTC
    distance = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return timezone(-distance if offset[0] == "-" else distance)


def _midnight(value: datetime) -> date:
    if value.time() != time.min:
        raise ValueError("not a date: it has a time of day")
    return value.date()


def _naive(value: datetime) -> str:
    call = f"datetime({value.year}, {value.month}, {value.day}, ..., tzinfo=timezone.utc)"
    return f"the datetime has no time zone: write {call}, or value.astimezone() for local time"


def _to_datetime(value: Any) -> datetime:
    if value.__class__ is str and len(value) == _WIRE_LENGTH and value[19] == ":":  # without a call, for pages of rows
        try:
            return datetime.fromisoformat(value[:19] + "." + value[20:])
        except ValueError:
            pass
    if isinstance(value, str):
        return parse_datetime(value)
    if isinstance(value, datetime):
        if not is_moment(value):
            raise ValueError(f"{value} is not a time: write None where there is none")
        if value.utcoffset() is None:
            raise ValueError(_naive(value))
        return value
    if isinstance(value, date):
        return datetime.combine(value, time.min, UTC)
    raise ValueError("not a date-time: text, a datetime or a date is expected")


def _to_date(value: Any) -> date:
    if isinstance(value, str):
        return parse_date(value)
    if isinstance(value, datetime):
        return _midnight(value)
    if isinstance(value, date):
        return value
    raise ValueError("not a date: text or a date is expected")


def _wire_datetime(value: Any) -> Any:
    return format_datetime(value) if isinstance(value, datetime) else value


def _wire_date(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _wire_amount(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    number = float(value)
    return number if Decimal(repr(number)) == value else format(value, "f")


class _Value:
    """Reads and writes one kind of value: plain Python on this side, what the wire has on the other."""

    def __init__(
        self, schema: Callable[..., CoreSchema], write: Callable[[Any], Any], json_schema: JsonSchemaValue
    ) -> None:
        written = core_schema.plain_serializer_function_ser_schema(write, when_used="json")
        self._schema: CoreSchema = schema(serialization=written)
        self._json_schema: JsonSchemaValue = json_schema

    def core_schema(self, _source: Any, /) -> CoreSchema:
        """Returns the same for every use."""
        return self._schema

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return self._schema

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return dict(self._json_schema)


_read_by = core_schema.no_info_plain_validator_function

DateTime: TypeAlias = Annotated[
    datetime,
    _Value(partial(_read_by, _to_datetime), _wire_datetime, {"type": "string", "format": "date-time"}),
]
"""A moment: aware datetime in Python, ``2020-05-18T17:00:00:000-0600`` on the wire. A naive datetime does not fit."""

Date: TypeAlias = Annotated[
    date,
    _Value(partial(_read_by, _to_date), _wire_date, {"type": "string", "format": "date"}),
]
"""A day: ``date`` in Python, ``2020-05-18`` on the wire. A date-time fits if it is a midnight."""

Amount: TypeAlias = Annotated[
    Decimal,
    _Value(core_schema.decimal_schema, _wire_amount, {"anyOf": [{"type": "number"}, {"type": "string"}]}),
]
"""An exact number: ``Decimal`` in Python, from a JSON number or text; written as a number where exact, else as text."""
