"""What a value of each kind can be in a write, as a program or a table holds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final

from workfront_core.arguments import BEYOND_INT64
from workfront_core.values.datetimes import parse_date, parse_datetime


def is_text(value: object, /) -> bool:
    """Returns whether it is a text, or a code that is one."""
    return isinstance(value, str)


def is_number(value: object, /) -> bool:
    """Returns whether it is a number, or a text that one can be read from."""
    return isinstance(value, int | float | Decimal) if not isinstance(value, bool | str) else _reads(Decimal, value)


def is_whole(value: object, /) -> bool:
    """Returns whether a number, or the text of one, is whole and of at most 64 bits; a placeholder may be."""
    if isinstance(value, str) and value.startswith("$$"):
        return True
    number = Decimal(str(value.value if isinstance(value, Enum) else value))
    return not number.is_finite() or (abs(number) < BEYOND_INT64 and number == number.to_integral_value())


def is_flag(value: object, /) -> bool:
    """Returns whether it is true or false, or the word for it."""
    return isinstance(value, bool) or value in ("true", "false")


def is_day(value: object, /) -> bool:
    """Returns whether it is a day, or a text that one can be read from."""
    return (isinstance(value, date) and not isinstance(value, datetime)) or _reads(parse_date, value)


def is_instant(value: object, /) -> bool:
    """Returns whether it is an instant or a day, or a text that one can be read from."""
    return isinstance(value, date) or _reads(parse_datetime, value)


def _reads(read: Callable[[str], object], value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        read(value)
    except (ValueError, ArithmeticError):
        return value.startswith("$$")
    return True


WANTED: Final[Mapping[Callable[[object], bool], str]] = {
    is_text: "a text",
    is_number: "a number",
    is_flag: "True or False",
    is_day: "a date",
    is_instant: "a datetime with a time zone",
}
"""Each of them in words."""
