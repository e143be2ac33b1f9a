"""Actions that compute: timelines of projects, and sums over their hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import WORKDAY_MINUTES
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change

_DAY_START: Final = 9


@action("PROJ", "calculateTimeline")
def calculate_timeline(request: ActionRequest) -> None:
    """Computes the dates of a project's tasks from their durations and predecessors; then those of the project."""
    call = request.call
    tasks = call.store.where("TASK", projectID=request.row_id)
    start = _read(call, request.row.get("plannedStartDate")) or call.tenant.clock.now()
    spans = _spans(call, start, tasks)
    for task in tasks:
        begin, end = (_wire(call, at) for at in spans[str(task["ID"])])
        dates = {"plannedStartDate": begin, "plannedCompletionDate": end}
        projected = {"projectedStartDate": begin, "projectedCompletionDate": end}
        change(call, "TASK", str(task["ID"]), {**dates, **projected})
    if tasks:
        last = _wire(call, max(end for _, end in spans.values()))
        summary = {"plannedCompletionDate": last, "projectedCompletionDate": last}
        request.change({**summary, "percentComplete": _percent(tasks)})


@action("PROJ", "calculateFinance")
def calculate_finance(request: ActionRequest) -> None:
    """Computes the hours and costs of a project from its time entries."""
    hours = request.call.store.where("HOUR", projectID=request.row_id)
    worked = sum(float(row.get("hours") or 0) for row in hours)
    cost = sum(float(row.get("actualCost") or 0) for row in hours)
    request.change({"actualWorkRequired": round(worked * 60), "actualLaborCost": cost})


def _spans(call: Call, start: datetime, tasks: Sequence[Row]) -> Mapping[str, tuple[datetime, datetime]]:
    """Returns begin and end of every task: after all its predecessors, children not before their parent."""
    by_id = {str(task["ID"]): task for task in tasks}
    before: dict[str, list[str]] = {key: [] for key in by_id}
    for key in by_id:
        for row in call.store.where("PRED", successorID=key):
            before[key].append(str(row.get("predecessorID")))
    spans: dict[str, tuple[datetime, datetime]] = {}
    _place_all(call, start, by_id, before, spans)
    return spans


def _place_all(
    call: Call,
    start: datetime,
    tasks: Mapping[str, Row],
    before: Mapping[str, Sequence[str]],
    spans: dict[str, tuple[datetime, datetime]],
) -> None:
    """Places tasks round by round; what waits for itself in a circle starts with the project."""
    waiting = dict(tasks)
    while waiting:
        ready = [key for key in waiting if all(one in spans or one not in tasks for one in before[key])]
        for key in ready or list(waiting)[:1]:
            task = waiting.pop(key)
            begin = max([start, *(spans[one][1] for one in before[key] if one in spans)])
            fixed = _read(call, task.get("constraintDate")) if task.get("taskConstraint") == "MSO" else None
            begin = _working(fixed or begin)
            spans[key] = (begin, _after(begin, int(task.get("durationMinutes") or WORKDAY_MINUTES)))


def _after(begin: datetime, minutes: int) -> datetime:
    """Returns the end of so many working minutes: eight hours a day from nine, Monday to Friday."""
    at, left = begin, minutes
    while left > 0:
        end = at.replace(hour=_DAY_START, minute=0, second=0, microsecond=0) + timedelta(minutes=WORKDAY_MINUTES)
        today = max(0, int((end - at).total_seconds() // 60))
        if left <= today:
            return at + timedelta(minutes=left)
        left -= today
        at = _working(end + timedelta(days=1) - timedelta(minutes=WORKDAY_MINUTES))
    return at


def _working(at: datetime) -> datetime:
    """Returns the first working minute not before ``at``."""
    day = at.replace(hour=_DAY_START, minute=0, second=0, microsecond=0)
    if at >= day + timedelta(minutes=WORKDAY_MINUTES):
        at = day = day + timedelta(days=1)
    while day.weekday() >= 5:
        at = day = day + timedelta(days=1)
    return max(at, day)


def _percent(tasks: Sequence[Row]) -> float:
    weights = [float(task.get("durationMinutes") or WORKDAY_MINUTES) for task in tasks]
    done = [float(task.get("percentComplete") or 0) * weight for task, weight in zip(tasks, weights, strict=True)]
    return round(sum(done) / sum(weights), 2) if sum(weights) else 0.0


def _read(call: Call, text: Any) -> datetime | None:
    return datetimes.parse(text, call.tenant.clock.zone).astimezone(call.tenant.clock.zone) if text else None


def _wire(call: Call, at: datetime) -> str:
    return datetimes.wire(at, call.tenant.clock.zone)
