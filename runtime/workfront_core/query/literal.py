"""Texts of single values in parameters: filters, ranges, action arguments."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from workfront_core.arguments import BEYOND_INT64, is_finite, shown, shown_number
from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import is_secret
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.wildcard import ListWildcard, Wildcard
from workfront_core.values.datetimes import format_datetime, is_moment

Scalar: TypeAlias = str | bool | int | float | Decimal | date | datetime
"""What a single parameter may hold; enums count as their code."""


def literal(value: object, where: str) -> str:
    """Returns the text of a value of any scalar kind.

    Args:
        value: text, enum member, boolean, number, date or aware datetime.
        where: the field or argument, for the message.

    Raises:
        QueryError: the value is of another type, a number is not finite, a datetime has no time zone.
    """
    match value:
        case Enum():
            return literal(value.value, where)
        case str() | Wildcard():
            return str(value)
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return number(value, where)
        case datetime():
            return instant(value, where)
        case date():
            return value.isoformat()
        case _:
            raise wrong_kind(value, where, "one text, number, boolean, date or datetime")


def number(value: object, where: str) -> str:
    """Returns the plain decimal text of a finite number; never an exponent."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise wrong_kind(value, where, "a number")
    if not is_finite(value):
        raise QueryError(f"{where}: {shown_number(value)} cannot be sent; the API knows finite numbers only.")
    return str(value) if isinstance(value, int) else format(Decimal(str(value)), "f")


def whole_number(value: object, where: str) -> str:
    """Returns the text of a number that whole ones are compared with; only a fraction keeps its point."""
    exact = Decimal(number(value, where))
    if abs(exact) >= BEYOND_INT64:
        raise QueryError(
            f"{where} holds whole numbers of at most 64 bits, all of them nearer to zero than {exact:.3g}.",
            hint="Compare with a number that it can hold, or ask for all that have one: not_null().",
        )
    return str(int(exact)) if exact == exact.to_integral_value() else format(exact, "f")


def integer(value: object, where: str, *, least: int | None = None) -> int:
    """Returns a whole number, not below ``least``."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong_kind(value, where, "a whole number")
    if least is not None and value < least:
        raise QueryError(f"{where} takes a whole number from {least} on, not {value}.")
    return value


def instant(value: object, where: str) -> str:
    """Returns the wire text of an aware datetime."""
    if not isinstance(value, datetime):
        raise wrong_kind(value, where, "a datetime")
    if not is_moment(value):
        raise QueryError(f"{where}: {value} is not a time.", hint="Write None where there is none.")
    if value.utcoffset() is None:
        raise QueryError(
            f"{where}: the datetime {value.isoformat()} has no time zone, so it names no instant.",
            hint="Give it one, for example value.replace(tzinfo=timezone.utc) or value.astimezone().",
        )
    return format_datetime(value)


def day(value: object, where: str) -> str:
    """Returns the ``YYYY-MM-DD`` of a plain date."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise wrong_kind(value, where, "a date (of a datetime, take .date())")
    return value.isoformat()


def text(value: object, where: str) -> str:
    """Returns a text as it is; an enum member's code."""
    if not isinstance(value, str):
        raise wrong_kind(value, where, "a text")
    return str(value.value) if isinstance(value, Enum) else value


def boolean(value: object, where: str) -> str:
    """Returns ``true`` or ``false``."""
    if not isinstance(value, bool):
        raise wrong_kind(value, where, "True or False")
    return "true" if value else "false"


def wrong_kind(value: object, where: str, wanted: str, *, several: str = "For several values use in_().") -> QueryError:
    """Returns the error for a value that does not fit its place, with what to write of a row, or of several values:
    ``several``.
    """
    said = "" if is_secret(where) else f" {shown(value)}"
    message = f"{where} takes {wanted}, not {type(value).__name__}{said}."
    hint = "A row is told by its ID: write row.id." if isinstance(value, WorkfrontObject) else None
    if callable(getattr(value, "item", None)):
        hint = "An array's value becomes one of Python by value.item()."
    is_several = isinstance(value, list | tuple | set | frozenset | ListWildcard)
    return QueryError(message, hint=several if is_several else hint)
