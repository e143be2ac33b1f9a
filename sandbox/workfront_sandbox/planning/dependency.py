"""Dependencies between tasks: their written form, and the moment a lag leads to. docs/protocol.md 11.3.

``[<project>:]<task>[fs|ss|ff|sf|sd][(+|-)<n><d|c|p|w|k>][e]``, separated by commas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from workfront_sandbox.planning.working_time import WORKDAY_MINUTES, TimeRange, WorkingTime
from workfront_sandbox.wire.errors import invalid

_MOST: Final = {"p": 2000.0}
_MOST_DAYS: Final = 366.0
_TERM = re.compile(
    r"(?:(?P<project>\d{1,12}):)?(?P<task>\d{1,9})(?P<kind>fs|ss|ff|sf|sd)?"
    r"(?:(?P<lag>[+-]\d{1,6}(?:\.\d{1,4})?)(?P<unit>[dcpwk]))?(?P<enforced>e)?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Term:
    """One predecessor as a text names it: a task's number, that of its project if it is another one."""

    number: int
    kind: str = "fs"
    lag: float = 0.0
    lag_type: str = "d"
    is_enforced: bool = False
    project: int | None = None

    def __str__(self) -> str:
        kind = "" if self.kind == "fs" and not self.lag and not self.is_enforced else self.kind
        lag = f"{self.lag:+g}{self.lag_type}" if self.lag else ""
        other = f"{self.project}:" if self.project is not None else ""
        return f"{other}{self.number}{kind}{lag}{'e' if self.is_enforced else ''}"


@dataclass(frozen=True, slots=True)
class Link:
    """One task waits for another: ``kind`` is fs, ss, ff, sf or sd."""

    predecessor: str
    successor: str
    kind: str = "fs"
    lag: float = 0.0
    lag_type: str = "d"

    @property
    def from_start(self) -> bool:
        """Whether it counts from the predecessor's start."""
        return self.kind in {"ss", "sf"}

    @property
    def to_start(self) -> bool:
        """Whether it is the successor's start that waits."""
        return self.kind not in {"ff", "sf"}


def read_terms(text: str) -> list[Term]:
    """Returns the predecessors a text names. Raises ApiError where it cannot be read."""
    return [_term(part.strip()) for part in text.split(",") if part.strip()]


def write_terms(terms: Sequence[Term]) -> str:
    """Writes predecessors as one text."""
    return ",".join(map(str, terms))


def lagged(link: Link, span: TimeRange, work: WorkingTime, minutes: float) -> datetime:
    """Returns the moment that the successor may not come before.

    Args:
        link: the dependency.
        span: begin and end of the predecessor.
        work: the working time of the successor.
        minutes: the duration of the predecessor.
    """
    at = span[0] if link.from_start else span[1]
    match link.lag_type:
        case "c":
            return at + timedelta(days=link.lag)
        case "p":
            return work.after(at, minutes * link.lag / 100) if link.lag else at
        case "w" | "k":
            return _weekday(link, span[1], work)
        case _:
            return work.after(at, link.lag * WORKDAY_MINUTES) if link.lag else at


def lagged_back(link: Link, span: TimeRange, work: WorkingTime, minutes: float) -> datetime:
    """Returns the moment the predecessor may not go beyond, so that the successor can stay where it is."""
    at = span[0] if link.to_start else span[1]
    match link.lag_type:
        case "c":
            return at - timedelta(days=link.lag)
        case "p":
            return work.before(at, minutes * link.lag / 100) if link.lag else at
        case "w" | "k":
            return at
        case _:
            return work.before(at, link.lag * WORKDAY_MINUTES) if link.lag else at


def _weekday(link: Link, end: datetime, work: WorkingTime) -> datetime:
    """Returns the begin of the day of the week a lag names: its last digit, Sunday being 1; more digits are weeks."""
    weeks, wanted = divmod(int(abs(link.lag)), 10)
    step = 7 if link.lag >= 0 else -7
    last = end.astimezone(work.zone).date()
    sunday = last - timedelta(days=(last.weekday() + 1) % 7)
    day = sunday + timedelta(days=wanted - 1 + weeks * step)
    if not weeks and link.lag >= 0 and day < last:
        day += timedelta(days=7)
    if link.lag_type == "k" and day == last:
        day += timedelta(days=step)
    while day in work.free_days:
        day += timedelta(days=step)
    spans = work.of_day(day)
    return spans[0][0] if spans else datetime.combine(day, time(), work.zone)


def _term(text: str) -> Term:
    found = _TERM.fullmatch(text)
    if found is None:
        raise invalid(f'Invalid Parameter: predecessorExpression value "{text[:50]}"')
    lag, unit = float(found["lag"] or 0), (found["unit"] or "d").lower()
    weekday = unit in {"w", "k"}
    if (weekday and not 1 <= int(abs(lag)) % 10 <= 7) or (not weekday and abs(lag) > _MOST.get(unit, _MOST_DAYS)):
        raise invalid(f'Invalid Parameter: predecessorExpression value "{text[:50]}"')
    project = int(found["project"]) if found["project"] else None
    return Term(int(found["task"]), (found["kind"] or "fs").lower(), lag, unit, bool(found["enforced"]), project)
