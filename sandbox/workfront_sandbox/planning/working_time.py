"""Working time: the hours of each weekday, days off, time off; arithmetic that steps over all that is free."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, TypeAlias

TimeRange: TypeAlias = tuple[datetime, datetime]
"""Begin and end."""

Hours: TypeAlias = tuple[tuple[int, int], ...]
"""Blocks of a day, each from and to a minute after midnight."""

_OFFICE_DAY: Final[Hours] = ((540, 1020),)
OFFICE_HOURS: Final[tuple[Hours, ...]] = (*[_OFFICE_DAY] * 5, (), ())
"""Nine to five, Monday to Friday."""

WORKDAY_MINUTES: Final = 480
"""Minutes of work in a day, by which durations in days are counted, whatever the hours of a schedule are."""

_FAR: Final = 366 * 100
"""Days that a plan steps over at most: a duration of a thousand years is a slip, and takes as long to count."""

_BLOCK = re.compile(r"\s*(\d{1,2}):(\d\d)\s*([AP]M)?\s*-\s*(\d{1,2}):(\d\d)\s*([AP]M)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class WorkingTime:
    """When somebody works.

    Attributes:
        zone: the zone the hours are meant in.
        week: the hours of the seven days, Monday first.
        free_days: days nobody works.
        away: spans of time off.
    """

    zone: tzinfo
    week: tuple[Hours, ...] = OFFICE_HOURS
    free_days: frozenset[date] = frozenset()
    away: tuple[TimeRange, ...] = ()
    _days: dict[date, tuple[TimeRange, ...]] = field(default_factory=dict[date, tuple[TimeRange, ...]], compare=False)

    def without(self, away: Sequence[TimeRange]) -> WorkingTime:
        """Returns the working time of somebody who is away."""
        return replace(self, away=(*self.away, *away), _days={}) if away else self

    def start_from(self, at: datetime) -> datetime:
        """Returns the first working moment not before ``at``. Raises OverflowError where there is none."""
        return next(max(at, begin) for begin, end in self._forwards(at) if end > at)

    def end_until(self, at: datetime) -> datetime:
        """Returns the last working moment not after ``at``. Raises OverflowError where there is none."""
        return next(min(at, end) for begin, end in self._backwards(at) if begin < at)

    def after(self, at: datetime, minutes: float) -> datetime:
        """Returns the end of so many minutes of work that begin at ``at`` or as soon as there is work."""
        if minutes < 0:
            return self.before(at, -minutes)
        left = timedelta(minutes=minutes)
        for begin, end in self._forwards(at):
            first = max(at, begin)
            if first < end and left <= end - first:
                return first + left
            left -= max(end - first, timedelta())
        raise OverflowError("no day is the last one")

    def before(self, at: datetime, minutes: float) -> datetime:
        """Returns the begin of so many minutes of work that end at ``at`` or where work last ended before."""
        if minutes < 0:
            return self.after(at, -minutes)
        left = timedelta(minutes=minutes)
        for begin, end in self._backwards(at):
            last = min(at, end)
            if last > begin and left <= last - begin:
                return last - left
            left -= max(last - begin, timedelta())
        raise OverflowError("no day is the last one")

    def between(self, start: datetime, end: datetime) -> float:
        """Returns the working minutes from one moment to another. Raises OverflowError where that is too far."""
        total = timedelta()
        for begin, until in self._forwards(start):
            if begin >= end:
                break
            total += max(min(until, end) - max(begin, start), timedelta())
        return total.total_seconds() / 60

    def of_day(self, day: date) -> tuple[TimeRange, ...]:
        """Returns the working spans of a day, in order."""
        if day not in self._days:
            blocks = () if day in self.free_days else self.week[day.weekday()]
            midnight = datetime.combine(day, time(), self.zone)
            spans = [(midnight + timedelta(minutes=a), midnight + timedelta(minutes=b)) for a, b in blocks]
            for gap in self.away:
                spans = [rest for span in spans for rest in _cut(span, gap)]
            self._days[day] = tuple(spans)
        return self._days[day]

    def _forwards(self, at: datetime) -> Iterator[TimeRange]:
        for day in self._calendar(at, 1):
            yield from self.of_day(day)

    def _backwards(self, at: datetime) -> Iterator[TimeRange]:
        for day in self._calendar(at, -1):
            yield from reversed(self.of_day(day))

    def _calendar(self, at: datetime, step: int) -> Iterator[date]:
        first = at.astimezone(self.zone).date()
        for count in range(_FAR if any(self.week) else 0):
            yield first + timedelta(days=step * count)
        raise OverflowError("a hundred years have too little working time")


def read_hours(texts: Sequence[str]) -> Hours:
    """Returns the blocks of a day from texts such as ``09:00-17:00``. Raises ValueError for any other text."""
    return tuple(_block(text) for text in texts)


def _block(text: str) -> tuple[int, int]:
    found = _BLOCK.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} does not say from when to when, as 09:00-17:00 does")
    first, last = (_minute(*found.groups()[at : at + 3]) for at in (0, 3))
    if not first < last <= 24 * 60:
        raise ValueError(f"{text!r} ends before it begins")
    return first, last


def _minute(hour: str, minute: str, half: str | None) -> int:
    hours = int(hour) % 12 + (12 if half.upper() == "PM" else 0) if half else int(hour)
    return hours * 60 + int(minute)


def _cut(span: TimeRange, gap: TimeRange) -> list[TimeRange]:
    parts = [(span[0], min(span[1], gap[0])), (max(span[0], gap[1]), span[1])]
    return [part for part in parts if part[0] < part[1]]
