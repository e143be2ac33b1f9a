"""What the fields of one task say of its dates: duration in every unit, constraints, dates written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.planning.duration import amount_of, is_elapsed, minutes_of, read_expression
from workfront_sandbox.planning.plan import PINNED, PlannedTask
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES, TimeRange, WorkingTime
from workfront_sandbox.schema.overrides import DONE
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.working_time import read_moment, time_off, write_moment

DURATION: Final = frozenset({"duration", "durationUnit", "durationMinutes", "durationExpression"})
PLANNED: Final = ("plannedStartDate", "plannedCompletionDate")

_BY_START: Final = frozenset({"MSO", "SNET", "SNLT"})
_BY_END: Final = frozenset({"MFO", "FNET", "FNLT"})


def durations(before: Mapping[str, Any], changes: Row) -> Row:
    """Returns the duration of a task in all its forms after some of them were written. Raises ApiError."""
    if not DURATION & set(changes):
        return {}
    if changes.get("durationExpression"):
        amount, unit = read_expression(str(changes["durationExpression"]))
        return {"duration": amount, "durationUnit": unit, "durationMinutes": minutes_of(amount, unit)}
    stale: Row = {"durationExpression": None} if before.get("durationExpression") else {}
    return stale | _in_all_forms(before, changes)


def _in_all_forms(before: Mapping[str, Any], changes: Row) -> Row:
    unit = str(changes.get("durationUnit") or before.get("durationUnit") or "D")
    if changes.get("durationMinutes") is not None and changes.get("duration") is None:
        minutes = float(changes["durationMinutes"])
        return {"durationMinutes": round(minutes), "duration": amount_of(minutes, unit), "durationUnit": unit}
    named: Any = changes["duration"] if changes.get("duration") is not None else before.get("duration")
    days = 1.0 if named is None else float(named)
    return {"duration": days, "durationUnit": unit, "durationMinutes": minutes_of(days, unit)}


def constraint_date(row: Mapping[str, Any], changes: Row) -> Row:
    """Returns the date of a task's constraint: the one written, that of its kind where none was, none for the rest."""
    constraint = row.get("taskConstraint")
    if not {"taskConstraint", "constraintDate", *PLANNED} & set(changes):
        return {}
    name = PLANNED[0] if constraint in _BY_START else PLANNED[1] if constraint in _BY_END else None
    if name is None:
        return {"constraintDate": None} if "taskConstraint" in changes and row.get("constraintDate") else {}
    if changes.get("constraintDate"):
        return {}
    written = changes.get(name) if constraint in PINNED else None
    return {"constraintDate": written or row.get("constraintDate") or row.get(name)}


def planned_task(call: Call, row: Mapping[str, Any], work: WorkingTime) -> PlannedTask:
    """Returns a task as plans take it. Raises ApiError for a duration whose length is not known."""
    unit = str(row.get("durationUnit") or "D")
    constraint = str(row.get("taskConstraint") or "ASAP")
    minutes = row.get("plannedDurationMinutes") if row.get("durationType") == "D" else None
    minutes = row.get("durationMinutes") if minutes is None else minutes
    return PlannedTask(
        id=str(row.get("ID")),
        parent=str(row["parentID"]) if row.get("parentID") else None,
        minutes=WORKDAY_MINUTES if minutes is None else float(minutes),
        work=work.without(time_off(call, row.get("assignedToID"))),
        is_elapsed=is_elapsed(unit),
        constraint=constraint,
        at=read_moment(call, row.get("constraintDate")),
        fixed=span_of(call, row) if constraint == "FIXT" else None,
    )


def span_of(call: Call, row: Mapping[str, Any]) -> TimeRange | None:
    """Returns the planned begin and end of a row, or None where it lacks one."""
    start, end = (read_moment(call, row.get(name)) for name in PLANNED)
    return (start, end) if start and end else None


def hand_placed(call: Call, task: PlannedTask, row: Mapping[str, Any], written: Mapping[str, Any]) -> TimeRange:
    """Returns the span of a task whose dates were written: what was not written follows from its duration."""
    start, end = (read_moment(call, row.get(name)) for name in PLANNED)
    if written.get(PLANNED[0]) and written.get(PLANNED[1]) and start and end:
        return start, end
    if written.get(PLANNED[1]) and end:
        return (task.from_end(end)[0], end) if task.constraint != "FIXT" or start is None else (start, end)
    begin = start or call.tenant.clock.now()
    return begin, task.from_start(begin)[1]


def without_constraint(task: PlannedTask) -> PlannedTask:
    """Returns a task as estimates take it, which know no constraint."""
    return replace(task, constraint="ASAP", at=None)


def remaining(row: Mapping[str, Any], task: PlannedTask) -> PlannedTask:
    """Returns a task with what is left of its duration."""
    done = min(max(float(row.get("percentComplete") or 0), 0), 100) / 100
    return replace(task, minutes=task.minutes * (1 - done))


def finished_span(call: Call, row: Mapping[str, Any]) -> TimeRange | None:
    """Returns the actual begin and end of a task that is done, or None for any other."""
    if row.get("status") not in DONE["TASK"]:
        return None
    end = read_moment(call, row.get("actualCompletionDate")) or read_moment(call, row.get(PLANNED[1]))
    start = read_moment(call, row.get("actualStartDate")) or read_moment(call, row.get(PLANNED[0])) or end
    return (min(start, end), end) if start and end else None


def written_span(call: Call, names: tuple[str, str], span: TimeRange) -> Row:
    """Returns begin and end as fields of a row."""
    return {name: write_moment(call, at) for name, at in zip(names, span, strict=True)}
