"""A text of the line or of a cell as the value that its field takes, checked before anything is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Final

from workfront_cli.writing.targets import Target
from workfront_core.errors import QueryError
from workfront_core.foreign_text import json_value
from workfront_core.models.codes import member_named
from workfront_core.nearest import did_you_mean
from workfront_core.query.field_kinds import (
    BooleanPath,
    DatePath,
    DateTimePath,
    EnumPath,
    IntEnumPath,
    JsonPath,
    ListPath,
    NumberPath,
)
from workfront_core.query.model_fields import ModelField
from workfront_core.values.custom_field import CustomField
from workfront_core.values.datetimes import parse_datetime
from workfront_core.values.durations import to_minutes

NULL: Final = "\\N"
"""Stands for no value, whatever the field."""

_NUMBERS: Final = frozenset({"number", "money"})
"""Kinds of custom fields."""
_TRUTH: Final = {"true": True, "yes": True, "false": False, "no": False}
_DURATION: Final = re.compile(
    r"(\d+(?:\.\d+)?)\s*(minutes?|mins?|hours?|hrs?|days?|weeks?|[mhdw])\b\s*", re.IGNORECASE | re.ASCII
)
_HOURS: Final = frozenset({"work"})
"""Fields that count hours of work, docs/values.md."""
_MINUTES: Final = frozenset({"workRequired"})
"""Fields that count minutes without saying so in their names."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How texts are read.

    Attributes:
        decimal: the mark before the decimals of a number.
        date_format: of days and times, as ``strptime`` takes it; ISO 8601 unless given.
        own_codes: whether codes that are not known here pass: a tenant has codes of its own.
    """

    decimal: str = "."
    date_format: str | None = None
    own_codes: bool = False


def value_of(text: str, target: Target, reading: Reading) -> Any:
    """Returns the value a text stands for; ``None`` for ``\\N``.

    Raises:
        QueryError: the field does not take such a text; the message says what it takes.
    """
    if text == NULL:
        return None
    if target.custom:
        return _of_custom_field(text, target, reading)
    member = target.member
    if member is None or target.lookup is not None:
        return text
    if member.many or member.is_map or member.kind is JsonPath:
        return _document(text, target)
    read = _READERS.get(member.kind)
    return text if read is None else read(text.strip(), target, member, reading)


def _of_custom_field(text: str, target: Target, reading: Reading) -> Any:
    """Returns the value of a field that the tenant's package knows: numbers and days are read, options checked."""
    (custom,) = target.custom
    value: Any = text
    if custom.kind_name in _NUMBERS:
        value = _amount(text.strip().replace(reading.decimal, "."), target, custom)
    elif custom.kind_name == "date":
        value = _day(text.strip(), target, None, reading)
    elif custom.kind_name == "date_time":
        value = _instant(text.strip(), target, None, reading)
    return custom.written(value)


def _amount(text: str, target: Target, custom: CustomField) -> Any:
    try:
        return custom.kind.read(text)
    except (ValueError, TypeError):
        raise _mismatch(target, text, "a number", "Write it like 12.5.") from None


def json_value_of(text: str, target: Target) -> Any:
    """Returns the value that JSON stands for.

    Raises:
        QueryError: it is not JSON.
    """
    try:
        return json_value(text)
    except ValueError as error:
        name = target.written
        raise _mismatch(target, text, "JSON", f"{error}. Write {name}:=5, or {name}:='\"text\"'.") from None


def _document(text: str, target: Target) -> Any:
    try:
        return json_value(text)
    except ValueError:
        raise _mismatch(target, text, "JSON", "Write a list as [...], an object as {...}.") from None


def _number(text: str, target: Target, member: ModelField, reading: Reading) -> Any:
    plain = text.replace(reading.decimal, ".") if reading.decimal != "." else text
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = None
    if found is not None and found.is_finite() and "_" not in plain:
        return int(found) if found == found.to_integral_value() and abs(found) < 10**15 else float(found)
    return _duration(text, target, member)


def _duration(text: str, target: Target, member: ModelField) -> Any:
    """Returns minutes, or hours, that a text such as ``1h 30m`` stands for, where the field counts these."""
    counts_minutes = member.wire.endswith("Minutes") or member.wire in _MINUTES
    if not (counts_minutes or member.wire in _HOURS):
        hint = "It counts in durationUnit: write duration=3 and durationUnit=D." if member.wire == "duration" else None
        raise _mismatch(target, text, "a number", hint or "Write digits, with . before decimals, and without a unit.")
    parts = list(_DURATION.finditer(text))
    if not parts or "".join(part[0] for part in parts) != text:
        raise _mismatch(target, text, "a number or a duration", "Write 90, 1h 30m, or 2d; a day of work has 8 hours.")
    minutes = sum(to_minutes(Decimal(part[1]), part[2][0].upper()) for part in parts)
    found = Decimal(minutes) if counts_minutes else Decimal(minutes) / 60
    return int(found) if found == found.to_integral_value() else float(found)


def _flag(text: str, target: Target, _member: ModelField, _reading: Reading) -> Any:
    found = _TRUTH.get(text.lower())
    if found is None:
        raise _mismatch(target, text, "true or false", "yes and no will do, too.")
    return found


def _day(text: str, target: Target, _member: ModelField | None, reading: Reading) -> Any:
    if text.startswith("$$"):
        return text
    try:
        if reading.date_format:
            return datetime.strptime(text, reading.date_format).date()  # noqa: DTZ007 - a day has no zone
        return date.fromisoformat(text)
    except ValueError:
        raise _mismatch(target, text, "a day", _day_hint(reading)) from None


def _instant(text: str, target: Target, _member: ModelField | None, reading: Reading) -> Any:
    if text.startswith("$$"):
        return text
    if reading.date_format:
        return _formatted(text, target, reading)
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            return parse_datetime(text)
        except ValueError:
            raise _mismatch(target, text, "a day or a time", _day_hint(reading)) from None
    if found.tzinfo is None:
        raise _mismatch(target, text, "a time with its zone", f"Write {text}Z, or {text}+02:00.")
    return found


def _formatted(text: str, target: Target, reading: Reading) -> Any:
    written = reading.date_format or ""
    try:
        found = datetime.strptime(text, written)  # noqa: DTZ007 - a zone is asked for below
    except ValueError:
        raise _mismatch(target, text, "a day or a time", _day_hint(reading)) from None
    if not any(mark in written for mark in ("%H", "%I", "%X", "%c", "%s")):
        return found.date()
    if found.tzinfo is None:
        raise _mismatch(target, text, "a time with its zone", "Add %z to the format, or leave the time out of it.")
    return found


def _day_hint(reading: Reading) -> str:
    if reading.date_format:
        return f"The format asked for is {reading.date_format}."
    return "Write 2026-03-18, or 2026-03-18T12:00Z; --date-format reads others."


def _code(text: str, target: Target, member: ModelField, reading: Reading) -> Any:
    known = member.codes
    if known is None:
        return _number(text, target, member, reading) if member.kind is IntEnumPath else text
    found = next((code for code in known if str(code.value) == text), None) or member_named(text, known)
    if found is not None:
        return found
    if reading.own_codes:
        return _number(text, target, member, reading) if member.kind is IntEnumPath else text
    raise _no_code(text, target, known)


def _no_code(text: str, target: Target, known: type[Enum]) -> QueryError:
    names = {str(code.value): code.name for code in known}
    near = did_you_mean(text, [*names, *names.values()])
    listed = ", ".join(f"{code} ({name.replace('_', ' ').lower()})" for code, name in names.items())
    return QueryError(
        f"{target.written} has no value {text!r:.80}.",
        hint=f"{near}{near and ' '}Known: {listed}. Codes of your own pass with --own-codes.",
    )


def _list(text: str, target: Target, _member: ModelField, _reading: Reading) -> Any:
    if text.startswith("["):
        return _document(text, target)
    return [part.strip() for part in text.split(",") if part.strip()]


_READERS: Final[dict[object, Any]] = {
    NumberPath: _number,
    BooleanPath: _flag,
    DatePath: _day,
    DateTimePath: _instant,
    EnumPath: _code,
    IntEnumPath: _code,
    ListPath: _list,
}


def _mismatch(target: Target, text: str, wanted: str, hint: str) -> QueryError:
    return QueryError(f"{target.written} takes {wanted}, not {text!r:.80}.", hint=hint)
