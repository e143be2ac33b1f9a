"""Values the server fills in when it reads a filter: today, now, the caller (docs/protocol.md 9).

``TODAY - days(7)`` is ``$$TODAY-7d``, ``TODAY.begin_of("month")`` is ``$$TODAYbm``, ``USER.id`` is ``$$USER.ID``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias, get_args

from workfront_core.arguments import checked_choice, checked_whole, described
from workfront_core.errors.kinds import NotSupported, QueryError

__all__ = [
    "ACCOUNT_REPRESENTATIVE",
    "CUSTOMER",
    "NOW",
    "TODAY",
    "USER",
    "days",
    "hours",
    "months",
    "quarters",
    "weeks",
    "years",
]

Period: TypeAlias = Literal["day", "week", "month", "quarter", "year"]
Unit: TypeAlias = Literal["hour", "day", "week", "month", "quarter", "year"]

_HOURS: Final[dict[str, tuple[float, float]]] = {
    "hour": (1, 1),
    "day": (24, 24),
    "week": (7 * 24, 7 * 24),
    "month": (28 * 24, 31 * 24),
    "quarter": (90 * 24, 92 * 24),
    "year": (365 * 24, 366 * 24),
}
"""The hours that a unit has at least and at most, but for the hour by which clocks are changed."""

_LONGEST_DAY: Final = 25
_EDGES_APART: Final = {"": 0, "bb": 0, "ee": 0, "eb": -1, "be": 1}
"""By how many periods the first of two edges may be moved further than the second, and not lie behind it."""

_PLAIN_DAY: Final = re.compile(r"\$\$TODAY(?:([+-]\d+)([dw]))?")


class Wildcard:
    """A value that the server replaces; its text is what travels."""

    __slots__ = ()


class TextWildcard(str):
    """A single text that the server replaces, such as ``$$USER.ID``.

    Examples:
        >>> from workfront_client import USER
        >>> str(USER.id)
        '$$USER.ID'
    """

    __slots__ = ()


@dataclass(frozen=True)
class NumberWildcard(Wildcard):
    """A number that the server replaces."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class ListWildcard:
    """Several values that the server replaces; for ``in_()`` and ``not_in()``."""

    text: str

    def __iter__(self) -> Iterator[TextWildcard]:
        yield TextWildcard(self.text)

    def __len__(self) -> int:
        return 1

    def __contains__(self, value: object, /) -> bool:
        return value == self.text


@dataclass(frozen=True)
class TimeSpan:
    """A length of time; build it with ``days(7)`` and the like.

    Raises:
        QueryError: the amount is no whole number.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        checked_whole(self.amount, f"{self.unit}s()")


def hours(amount: int) -> TimeSpan:
    """Returns a span of so many hours.

    Examples:
        >>> from workfront_client import NOW, hours
        >>> print(NOW - hours(6))
        $$NOW-6h
    """
    return TimeSpan(amount, "hour")


def days(amount: int) -> TimeSpan:
    """Returns a span of so many days.

    Examples:
        >>> from workfront_client import TODAY, days
        >>> print(TODAY - days(7))
        $$TODAY-7d
    """
    return TimeSpan(amount, "day")


def weeks(amount: int) -> TimeSpan:
    """Returns a span of so many weeks; a week begins on Sunday.

    Examples:
        >>> from workfront_client import TODAY, weeks
        >>> print(TODAY.begin_of("week") + weeks(1))
        $$TODAYb+1w
    """
    return TimeSpan(amount, "week")


def months(amount: int) -> TimeSpan:
    """Returns a span of so many months; the day stays, or becomes the last one of a shorter month.

    Examples:
        >>> from workfront_client import TODAY, months
        >>> print(TODAY.end_of("month") - months(1))
        $$TODAYe-1m
    """
    return TimeSpan(amount, "month")


def quarters(amount: int) -> TimeSpan:
    """Returns a span of so many quarters.

    Examples:
        >>> from workfront_client import TODAY, quarters
        >>> print(TODAY.begin_of("quarter") - quarters(1))
        $$TODAYb-1q
    """
    return TimeSpan(amount, "quarter")


def years(amount: int) -> TimeSpan:
    """Returns a span of so many years.

    Examples:
        >>> from workfront_client import TODAY, years
        >>> print(TODAY - years(1))
        $$TODAY-1y
    """
    return TimeSpan(amount, "year")


@dataclass(frozen=True)
class Moment(Wildcard):
    """A point in time that the server works out. Take ``TODAY`` or ``NOW``, and move it.

    Attributes:
        name: ``$$TODAY`` or ``$$NOW``.
        edge: ``b`` for the beginning and ``e`` for the end of a period, empty for neither.
        unit: of the amount, and of the period.
        amount: units by which it is moved.

    Examples:
        >>> from workfront_client import TODAY, months
        >>> print(TODAY.begin_of("month") - months(1))
        $$TODAYb-1m
    """

    name: Literal["$$TODAY", "$$NOW"]
    edge: Literal["", "b", "e"] = ""
    unit: Unit = "day"
    amount: int = 0

    def __add__(self, span: TimeSpan, /) -> Moment:
        """Moves the moment later by the span.

        Raises:
            QueryError: it was moved by another unit before, or stands at the edge of another period; the API has one
                unit for all of it.
        """
        _check_span(span)
        if (self.amount or self.edge) and span.unit != self.unit:
            raise QueryError(
                f"{self} cannot be moved by {span.unit}s as well; a wildcard has one unit.",
                hint="Move the beginning or end of a week by weeks; count weeks as days(7 * n).",
            )
        return replace(self, unit=span.unit, amount=self.amount + span.amount)

    def __sub__(self, span: TimeSpan, /) -> Moment:
        """Moves the moment earlier by the span; otherwise as ``+``."""
        _check_span(span)
        return self + TimeSpan(-span.amount, span.unit)

    def begin_of(self, period: Period, /) -> Moment:
        """Returns the midnight with which the period around this moment begins."""
        checked_choice(period, "begin_of()", get_args(Period))
        return replace(self, name="$$TODAY") if period == "day" and self._in_days() else self._at("b", period)

    def end_of(self, period: Period, /) -> Moment:
        """Returns the midnight behind the last day of the period around this moment."""
        checked_choice(period, "end_of()", get_args(Period))
        if period == "day" and self._in_days():
            return replace(self, name="$$TODAY") + days(1)
        return self._at("e", period)

    def _in_days(self) -> bool:
        return not self.edge and (self.unit == "day" or not self.amount)

    def _at(self, edge: Literal["b", "e"], period: Period) -> Moment:
        if self.edge or (self.amount and self.unit != period):
            raise QueryError(
                f"{self} has no {'beginning' if edge == 'b' else 'end'} of the {period}; a wildcard has one unit.",
                hint=f"Write TODAY.begin_of({period!r}) or TODAY.end_of({period!r}) and move it by {period}s.",
            )
        return Moment("$$TODAY", edge, period, self.amount)

    @property
    def is_midnight(self) -> bool:
        """Whether it stands at the beginning of a day, and so may stand for the whole day."""
        return self.name == "$$TODAY" and (self.unit != "hour" or not self.amount)

    def __str__(self) -> str:
        moved = f"{self.amount:+}" if self.amount else ""
        return f"{self.name}{self.edge}{moved}{self.unit[0] if self.edge or self.amount else ''}"


def _check_span(span: object) -> None:
    if not isinstance(span, TimeSpan):
        raise NotSupported(f"A moment is moved by a span, not by {described(span)}.", hint="Write TODAY + days(7).")


TODAY: Final = Moment("$$TODAY")
"""Midnight with which today begins, in the time zone the server keeps for the customer.

Examples:
    >>> from workfront_client import TODAY, days
    >>> from workfront_client.v22 import Task
    >>> print(Task.f.planned_completion_date < TODAY + days(7))
    plannedCompletionDate < today + 7d
"""

NOW: Final = Moment("$$NOW")
"""The time at which the server reads the filter.

Examples:
    >>> from workfront_client import NOW, hours
    >>> from workfront_client.v22 import Task
    >>> print(Task.f.last_update_date >= NOW - hours(6))
    lastUpdateDate >= now - 6h
"""


class _User:
    """The caller, as values to compare with.

    Examples:
        >>> from workfront_client import USER
        >>> from workfront_client.v22 import Task
        >>> print((Task.f.assigned_to_id == USER.id) | Task.f.role_id.in_(USER.role_ids))
        assignedToID = me or roleID in my.roleIDs
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "USER"

    id: Final = TextWildcard("$$USER.ID")
    access_level_id: Final = TextWildcard("$$USER.accessLevelID")
    access_level_rank: Final = NumberWildcard("$$USER.accessLevelRank")
    category_id: Final = TextWildcard("$$USER.categoryID")
    company_id: Final = TextWildcard("$$USER.companyID")
    customer_id: Final = TextWildcard("$$USER.customerID")
    first_name: Final = TextWildcard("$$USER.firstName")
    home_group_id: Final = TextWildcard("$$USER.homeGroupID")
    home_team_id: Final = TextWildcard("$$USER.homeTeamID")
    last_name: Final = TextWildcard("$$USER.lastName")
    name: Final = TextWildcard("$$USER.name")
    other_group_ids: Final = ListWildcard("$$USER.otherGroupIDs")
    role_id: Final = TextWildcard("$$USER.roleID")
    role_ids: Final = ListWildcard("$$USER.roleIDs")
    team_ids: Final = ListWildcard("$$USER.teamIDs")


USER: Final = _User()
"""The caller: ``Task.f.assigned_to_id == USER.id``, ``Task.f.role_id.in_(USER.role_ids)``.

Examples:
    >>> from workfront_client import USER
    >>> from workfront_client.v22 import Task
    >>> print((Task.f.assigned_to_id == USER.id) | Task.f.role_id.in_(USER.role_ids))
    assignedToID = me or roleID in my.roleIDs
"""

CUSTOMER: Final = TextWildcard("$$CUSTOMER")
"""The customer the caller belongs to.

Examples:
    >>> from workfront_client import CUSTOMER
    >>> from workfront_client.v22 import Task
    >>> print(Task.f.customer_id == CUSTOMER)
    customerID = $$CUSTOMER
"""

ACCOUNT_REPRESENTATIVE: Final = TextWildcard("$$AR")
"""The customer's account representative.

Examples:
    >>> from workfront_client import ACCOUNT_REPRESENTATIVE
    >>> from workfront_client.v22 import Customer
    >>> print(Customer.f.account_rep_id == ACCOUNT_REPRESENTATIVE)
    accountRepID = $$AR
"""


def is_after(one: Moment, other: Moment, /) -> bool:
    """Returns whether a moment is later than another one whenever the server looks; False where that depends."""
    if one.name == other.name and one.unit == other.unit and one.edge + other.edge in _EDGES_APART:
        return one.amount - other.amount > _EDGES_APART[one.edge + other.edge]
    if one.edge or other.edge:
        return False
    since_midnight = _LONGEST_DAY if (one.name, other.name) == ("$$TODAY", "$$NOW") else 0
    least = min(one.amount * length for length in _HOURS[one.unit])
    most = max(other.amount * length for length in _HOURS[other.unit])
    return least - most > since_midnight


def next_day(day: str) -> str:
    """Returns the day behind a day, both as texts of the wire.

    Raises:
        QueryError: the day is a wildcard that cannot be moved by one more day.
    """
    if not day.startswith("$$"):
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    found = _PLAIN_DAY.fullmatch(day)
    if found is None:
        raise QueryError(
            f"The day behind {day} cannot be asked for, so no test for another day can be built from it.",
            hint="Join a < and a > with | instead.",
        )
    amount = int(found[1] or 0) * (7 if found[2] == "w" else 1) + 1
    return f"$$TODAY{amount:+}d" if amount else "$$TODAY"
