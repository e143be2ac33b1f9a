"""Plans: begin and end of the tasks of a project, from durations, constraints and dependencies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from graphlib import CycleError, TopologicalSorter
from typing import Final, TypeAlias

from workfront_sandbox.planning.dependency import Link, lagged, lagged_back
from workfront_sandbox.planning.working_time import TimeRange, WorkingTime

PINNED: Final = frozenset({"MSO", "MFO", "FIXT"})
"""Constraints that fix dates, whatever a task waits for."""

LATE: Final = frozenset({"ALAP", "LAT"})
"""Constraints of tasks that are as late as what waits for them lets them."""
_EARLY: Final = frozenset({"ASAP", "EAT"})


@dataclass(frozen=True)
class PlannedTask:
    """One task to be placed.

    Attributes:
        id: its ID.
        parent: the ID of its parent, None at the top.
        minutes: its duration.
        is_elapsed: whether that runs through nights and days off.
        constraint: ``ASAP``, ``MSO`` ...
        at: the date of the constraint.
        fixed: begin and end of a task whose dates are fixed.
        work: when its assignee works.
    """

    id: str
    parent: str | None
    minutes: float
    work: WorkingTime
    is_elapsed: bool = False
    constraint: str = "ASAP"
    at: datetime | None = None
    fixed: TimeRange | None = None

    def from_start(self, at: datetime) -> TimeRange:
        """Returns the span that begins at ``at`` or as soon as there is work."""
        if self.is_elapsed:
            return at, at + timedelta(minutes=self.minutes)
        start = self.work.start_from(at)
        return start, self.work.after(start, self.minutes) if self.minutes else start

    def from_end(self, at: datetime) -> TimeRange:
        """Returns the span that ends at ``at`` or where work last ended before."""
        if self.is_elapsed:
            return at - timedelta(minutes=self.minutes), at
        end = self.work.end_until(at)
        return self.work.before(end, self.minutes) if self.minutes else end, end


Placing: TypeAlias = Callable[[PlannedTask], TimeRange]
"""Places one task after, or before, what is placed already."""


@dataclass
class Plan:
    """Places tasks; those in ``spans`` from the beginning stay where they are.

    Attributes:
        tasks: all tasks by ID, parents too.
        links: dependencies among them.
        spans: begin and end by ID.
    """

    tasks: Mapping[str, PlannedTask]
    links: Sequence[Link]
    spans: dict[str, TimeRange] = field(default_factory=dict[str, TimeRange])

    def __post_init__(self) -> None:
        self._fixed = frozenset(self.spans)
        self._children: dict[str, list[str]] = {}
        self._before: dict[str, list[Link]] = {}
        self._behind: dict[str, list[Link]] = {}
        for task in self.tasks.values():
            if task.parent in self.tasks and task.parent != task.id:
                self._children.setdefault(str(task.parent), []).append(task.id)
        for link in self.links:
            if link.predecessor in self.tasks and link.successor in self.tasks:
                self._before.setdefault(link.successor, []).append(link)
                self._behind.setdefault(link.predecessor, []).append(link)

    def from_start(self, start: datetime) -> dict[str, TimeRange]:
        """Places all tasks as early as possible, those as late as possible that want to."""
        order = self._order()
        for one in order:
            self._place(one, lambda task: self._early(task, start))
        end = max((span[1] for span in self.spans.values()), default=start)
        late = {task.id for task in self._leaves() if task.constraint in LATE}
        for one in reversed(order) if late else ():
            if one in late:
                self._place(one, lambda task: self._late(task, end))
        return self._rolled_up(order)

    def from_completion(self, end: datetime) -> dict[str, TimeRange]:
        """Places all tasks as late as possible, those as early as possible that want to."""
        order = self._order()
        for one in reversed(order):
            self._place(one, lambda task: self._late(task, end))
            self._roll_up_above(one)
        start = min((span[0] for span in self.spans.values()), default=end)
        for one in order:
            if self.tasks[one].constraint in _EARLY:
                self._place(one, lambda task: self._early(task, start))
        return self._rolled_up(order)

    def is_parent(self, one: str) -> bool:
        """Returns whether other tasks stand below a task."""
        return one in self._children

    def _leaves(self) -> Iterable[PlannedTask]:
        return (task for task in self.tasks.values() if task.id not in self._children)

    def _order(self) -> list[str]:
        """Returns all IDs, each after what it waits for; of a circle one dependency is left out."""
        while True:
            graph = TopologicalSorter[str]()
            for one in self.tasks:
                graph.add(one, *self._children.get(one, ()), *self._awaited(one))
            try:
                return list(graph.static_order())
            except CycleError as error:
                circle: list[str] = error.args[1]
                self._open(set(circle))

    def _open(self, circle: set[str]) -> None:
        for link in (link for one in sorted(circle) for link in self._incoming(one)):
            if link.predecessor in circle:
                self._before[link.successor].remove(link)
                self._behind[link.predecessor].remove(link)
                return
        raise ValueError("tasks are their own parents")

    def _awaited(self, one: str) -> set[str]:
        """Returns what a leaf waits for itself, and by what it stands below."""
        if one in self._children:
            return set()
        return {link.predecessor for link in self._incoming(one)} - {one}

    def _incoming(self, one: str) -> list[Link]:
        return [link for owner in self._upwards(one) for link in self._before.get(owner, ())]

    def _outgoing(self, one: str) -> list[Link]:
        return [link for owner in self._upwards(one) for link in self._behind.get(owner, ())]

    def _upwards(self, one: str) -> list[str]:
        found, at = [one], self.tasks[one].parent
        while at in self.tasks and at not in found:
            found.append(str(at))
            at = self.tasks[str(at)].parent
        return found

    def _place(self, one: str, place: Placing) -> None:
        if one in self._fixed:
            return
        if one in self._children:
            self._roll_up(one)
            return
        self.spans[one] = _pinned(self.tasks[one]) or place(self.tasks[one])

    def _early(self, task: PlannedTask, start: datetime) -> TimeRange:
        if task.constraint == "SNET" and task.at is not None:
            start = max(start, task.at)
        span = task.from_start(start)
        for link in self._incoming(task.id):
            if (before := self.spans.get(link.predecessor)) is None:
                continue
            at = lagged(link, before, task.work, self._minutes(link.predecessor))
            other = task.from_start(at) if link.to_start else task.from_end(at)
            span = max(span, other)
        return span

    def _late(self, task: PlannedTask, end: datetime) -> TimeRange:
        if task.constraint == "SNLT" and task.at is not None:
            end = min(end, task.from_start(task.at)[1])
        span = task.from_end(end)
        for link in self._outgoing(task.id):
            at = self._latest(link, task)
            if at is not None:
                span = min(span, task.from_start(at) if link.from_start else task.from_end(at))
        return span

    def _latest(self, link: Link, task: PlannedTask) -> datetime | None:
        successor = self.spans.get(link.successor)
        if successor is None or self.tasks[link.successor].constraint in PINNED:
            return None
        return lagged_back(link, successor, task.work, task.minutes)

    def _minutes(self, one: str) -> float:
        task = self.tasks[one]
        return task.minutes if one not in self._children else task.work.between(*self.spans[one])

    def _roll_up(self, one: str) -> None:
        inside = [self.spans[child] for child in self._children[one] if child in self.spans]
        if inside:
            self.spans[one] = (min(span[0] for span in inside), max(span[1] for span in inside))

    def _roll_up_above(self, one: str) -> None:
        for owner in self._upwards(one)[1:]:
            self._roll_up(owner)

    def _rolled_up(self, order: Sequence[str]) -> dict[str, TimeRange]:
        for one in order:
            if one in self._children and one not in self._fixed:
                self._roll_up(one)
        return self.spans


def _pinned(task: PlannedTask) -> TimeRange | None:
    """Returns the span of a task whose dates are fixed, or None for any other."""
    match task.constraint:
        case "FIXT":
            return task.fixed
        case "MSO" if task.at is not None:
            return task.from_start(task.at)
        case "MFO" if task.at is not None:
            return task.from_end(task.at)
        case _:
            return None
