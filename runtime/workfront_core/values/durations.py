"""Durations, counted in ``durationUnit`` or in minutes, and work, counted in hours or in minutes.

Units M H D W T count working time, EM EH ED EW ET time on the clock (docs/protocol.md 10). How long a working day, week
or month is, depends on the customer's settings and schedules, which no field of the task tells; so what cannot be
known is asked for, not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeAlias, cast

from workfront_core.arguments import checked_text, checked_whole, described
from workfront_core.errors.kinds import QueryError

Number: TypeAlias = int | float | Decimal
"""A count; floats are taken for the decimal they print as."""

_HOUR: Final = 60
_DAY: Final = 24 * _HOUR


def _exact(number: Number, name: str) -> Fraction:
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"{name} takes a number, not {described(number)}.")
    try:
        return Fraction(str(number) if isinstance(number, float) else number)
    except (ValueError, OverflowError):
        raise QueryError(f"{number} is not a length of time.") from None


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """How long working days, weeks and months are.

    Attributes:
        day: minutes of a working day; 480 is Workfront's own default.
        days_per_week: working days of a week; needed for unit W.
        days_per_month: working days of a month; needed for unit T.
        days_per_elapsed_month: days on the calendar; needed for unit ET.

    Raises:
        QueryError: a length is not positive.

    Examples:
        >>> from workfront_client import WorkingTime, to_minutes
        >>> to_minutes(1, "W", WorkingTime(day=450, days_per_week=5))
        2250
    """

    day: int = 480
    days_per_week: Number | None = None
    days_per_month: Number | None = None
    days_per_elapsed_month: Number | None = None

    def __post_init__(self) -> None:
        for name in ("day", "days_per_week", "days_per_month", "days_per_elapsed_month"):
            length: Any = getattr(self, name)
            is_given = length is not None or name == "day"
            if is_given and not _exact(cast("Number", length), name) > 0:
                raise QueryError(f"WorkingTime({name}={length}): a length is more than nothing.")


DEFAULT: Final = WorkingTime()


def to_minutes(duration: Number, unit: str, /, time: WorkingTime = DEFAULT) -> int:
    """Returns the minutes of a ``duration`` in its ``durationUnit``, rounded to the nearest.

    Raises:
        QueryError: the unit is unknown, or ``time`` does not tell how long it is.

    Examples:
        >>> from workfront_client import to_minutes
        >>> to_minutes(2.5, "D")
        1200
    """
    return round(_exact(duration, "duration") * _unit_minutes(unit, time))


def from_minutes(minutes: int, unit: str, /, time: WorkingTime = DEFAULT) -> Decimal:
    """Returns the ``duration`` in ``unit`` that lasts these minutes; to six places where it is no finite decimal.

    Raises:
        QueryError: the unit is unknown, or ``time`` does not tell how long it is.

    Examples:
        >>> from workfront_client import from_minutes
        >>> from_minutes(1200, "D")
        Decimal('2.5')
    """
    exact = _exact(minutes, "minutes") / _unit_minutes(unit, time)
    rounded = Decimal(round(exact * 10**6)) / 10**6
    return rounded.normalize() if rounded % 1 else rounded.quantize(Decimal(1))


def is_elapsed(unit: str) -> bool:
    """Returns whether the unit counts time on the clock, nights and weekends included, rather than working time.

    Raises:
        QueryError: it is no text.

    Examples:
        >>> from workfront_client import is_elapsed
        >>> is_elapsed("ED"), is_elapsed("D")
        (True, False)
    """
    return checked_text(unit, "is_elapsed()") in ("EM", "EH", "ED", "EW", "ET")


def to_timedelta(minutes: int) -> timedelta:
    """Returns ``durationMinutes`` or ``workRequired`` as a span.

    Raises:
        QueryError: it is no whole number.

    Examples:
        >>> from workfront_client import to_timedelta
        >>> print(to_timedelta(90))
        1:30:00
    """
    return timedelta(minutes=checked_whole(minutes, "minutes"))


def to_whole_minutes(span: timedelta) -> int:
    """Returns a span as the whole minutes the API counts in.

    Raises:
        QueryError: it has seconds.

    Examples:
        >>> from datetime import timedelta
        >>> from workfront_client import to_whole_minutes
        >>> to_whole_minutes(timedelta(hours=1, minutes=30))
        90
    """
    if not isinstance(span, timedelta):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"to_whole_minutes() takes a timedelta, not {described(span)}.")
    minutes, rest = divmod(span, timedelta(minutes=1))
    if rest:
        raise QueryError(f"{span} is not a whole number of minutes.", hint="Round it first.")
    return minutes


def work_minutes(hours: Number) -> int:
    """Returns ``workRequired``, in minutes, for ``work``, in hours; rounded to the nearest minute.

    Examples:
        >>> from workfront_client import work_minutes
        >>> work_minutes(1.5)
        90
    """
    return round(_exact(hours, "hours") * _HOUR)


def work_hours(minutes: int) -> Decimal:
    """Returns ``work``, in hours, for ``workRequired``, in minutes; to six places where it is no finite decimal.

    Examples:
        >>> from workfront_client import work_hours
        >>> work_hours(90)
        Decimal('1.5')
    """
    return from_minutes(minutes, "H")


def _unit_minutes(unit: str, time: WorkingTime) -> Fraction:
    if not isinstance(time, WorkingTime):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(
            f"time= takes a WorkingTime, not {described(time)}.", hint="Write WorkingTime(days_per_week=5)."
        )
    match str(checked_text(unit, "The unit")):
        case "M" | "EM":
            return Fraction(1)
        case "H" | "EH":
            return Fraction(_HOUR)
        case "D":
            return Fraction(time.day)
        case "W":
            return time.day * _known_length(time.days_per_week, "W", "days_per_week=5")
        case "T":
            return time.day * _known_length(time.days_per_month, "T", "days_per_month=20")
        case "ED":
            return Fraction(_DAY)
        case "EW":
            return Fraction(7 * _DAY)
        case "ET":
            return _DAY * _known_length(time.days_per_elapsed_month, "ET", "days_per_elapsed_month=30")
        case other:
            raise QueryError(f"{other!r} is not a unit of duration.", hint="Units are M H D W T and EM EH ED EW ET.")


def _known_length(length: Number | None, unit: str, example: str) -> Fraction:
    if length is None:
        raise QueryError(
            f"How long is unit {unit}? That is a setting of the customer, and no field tells it.",
            hint=f"Pass WorkingTime({example}) with the customer's figure.",
        )
    return _exact(length, "length")
