"""Ranges whose lower end is above the upper one, in which nothing lies."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

from workfront_core.errors.kinds import QueryError
from workfront_core.query.wildcard import Moment, is_after

_FURTHEST_ZONE: Final = timedelta(hours=14)
"""How far a midnight of the customer may be from that of UTC."""


def refuse_reversed(lower: object, upper: object, where: str) -> None:
    """Raises a QueryError where a range of numbers or of dates has its lower end above its upper one."""
    if _is_above(lower, upper):
        raise QueryError(
            f"{where}: nothing lies between {lower} and {upper}, since the first one is the greater.",
            hint=f"Write the lower end first: between({upper}, {lower}).",
        )


def _is_above(lower: object, upper: object) -> bool:
    match lower, upper:
        case (int() | float() | Decimal(), int() | float() | Decimal()):
            return lower > upper
        case (datetime(), datetime()):
            return None not in (lower.utcoffset(), upper.utcoffset()) and lower > upper
        case (datetime(), date()):
            return lower.utcoffset() is not None and lower - _midnight(upper) > _FURTHEST_ZONE
        case (date(), datetime()):
            return upper.utcoffset() is not None and _midnight(lower) - upper > _FURTHEST_ZONE
        case (date(), date()):
            return lower > upper
        case (Moment(), Moment()):
            return is_after(lower, upper)
        case _:
            return False


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
