"""How work, duration and the shares of the assignees of a task follow from each other, by its duration type.

Under ``A`` shares follow from duration and work, under ``W`` work from duration and shares, under ``D`` the planned
duration from work and shares, under ``S`` work from the hours of each, and the duration from that until it is set.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.planning.duration import amount_of, is_elapsed
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change
from workfront_sandbox.writing.task_dates import DURATION

EFFORT: Final = frozenset({*DURATION, "durationType", "workRequired", "work"})
"""Fields of a task from which the work of its assignees follows."""

_LASTS: Final = ("durationMinutes", "plannedDurationMinutes")
_WORK: Final = frozenset({"workRequired", "work"})


def both_works(changes: Row) -> Row:
    """Returns work in minutes and in hours after one of them was written."""
    if changes.get("workRequired") is not None:
        return {"work": float(changes["workRequired"]) / 60}
    if changes.get("work") is not None:
        return {"workRequired": round(float(changes["work"]) * 60)}
    return {}


def is_emptied(name: str, task: Row) -> bool:
    """Returns whether the service takes a value for nothing: work of nobody, a duration alone under type ``S``."""
    if name in _WORK:
        return task.get("durationType") in {None, "A", "S"} and not task.get(name)
    return name in DURATION and task.get("durationType") == "S" and not task.get("durationMinutes")


def first_effort(row: Row, written: Row) -> Row:
    """Returns how long a new task is planned to last; one of type ``S`` that is given a duration alone lasts
    nothing.
    """
    found: Row = {}
    if row.get("durationType") == "S" and DURATION & written.keys() and not any(written.get(name) for name in _WORK):
        found = {"duration": 0.0, "durationMinutes": 0}
    elif row.get("durationType") == "S" and DURATION & written.keys():
        found = {"isDurationLocked": True}
    minutes = _minutes({**row, **found})
    planned = {"plannedDurationMinutes": round(minutes), "plannedDuration": minutes / WORKDAY_MINUTES}
    return found | {name: value for name, value in planned.items() if row.get(name) is None}


def follow_effort(call: Call, task_id: str, written: Collection[str]) -> bool:
    """Brings work, duration and shares of a task in line; returns whether its duration or its work changed."""
    task = call.store.get("TASK", task_id)
    if task is None or call.store.newest("TASK", parentID=task_id) is not None:
        return False
    parts = call.store.where("ASSGN", taskID=task_id)
    rows = [row for row in parts if row.get("assignedToID") or row.get("roleID")]
    before = task
    if not parts and task.get("durationType") != "D" and (not written or _WORK & set(written)):
        task = {**task, **_work(0)}
        change(call, "TASK", task_id, _work(0))
    match task.get("durationType"):
        case "W":
            fields = _calculated_work(call, task, rows)
        case "D":
            fields = _effort_driven(call, task, rows, written)
        case "S":
            fields = _simple(call, task, rows, written)
        case _:
            fields = _calculated_assignment(call, task, rows)
    change(call, "TASK", task_id, fields)
    after = {**task, **fields}
    return any(after.get(name) != before.get(name) for name in (*_LASTS, "workRequired"))


def _calculated_assignment(call: Call, task: Row, rows: Sequence[Row]) -> Row:
    work, duration = float(task.get("workRequired") or 0), _minutes(task)
    for row in rows if work and duration else ():
        part = work / len(rows)
        _write_part(call, row, part, part / duration)
    return _planned(task, duration)


def _calculated_work(call: Call, task: Row, rows: Sequence[Row]) -> Row:
    duration = _minutes(task)
    for row in rows:
        _write_part(call, row, duration * _share(row), _share(row))
    work = _work(duration * sum(map(_share, rows))) if rows else {}
    return work | _planned(task, duration)


def _effort_driven(call: Call, task: Row, rows: Sequence[Row], written: Collection[str]) -> Row:
    duration, whole = _minutes(task), sum(map(_share, rows))
    for row in rows if whole else ():
        _write_part(call, row, duration * _share(row) / whole, _share(row))
    work = {} if _WORK & set(written) else _work(duration)
    return work | _planned(task, duration / whole if whole else duration)


def _simple(call: Call, task: Row, rows: Sequence[Row], written: Collection[str]) -> Row:
    work = float(task.get("workRequired") or 0)
    is_given = bool(_WORK & set(written))
    is_split = is_given or any(row.get("workRequired") is None for row in rows)
    if rows and not is_split:
        work = sum(float(row["workRequired"]) for row in rows)
    is_written = bool(DURATION & set(written)) and bool(task.get("durationMinutes"))
    is_locked = bool(task.get("isDurationLocked")) or is_written
    duration = _minutes(task) if is_locked or not work else work
    for row in rows:
        part = work / len(rows) if is_split else float(row["workRequired"])
        _write_part(call, row, part, part / duration if duration else 0)
    unit = str(task.get("durationUnit") or "D")
    amount = amount_of(duration, unit) if not is_elapsed(unit) else task.get("duration")
    lasts = {"durationMinutes": round(duration), "duration": amount, "isDurationLocked": is_locked}
    return _work(work) | lasts | _planned(task, duration)


def _write_part(call: Call, row: Row, minutes: float, share: float) -> None:
    part = {"workRequired": round(minutes), "work": minutes / 60, "assignmentPercent": round(share * 100, 4)}
    change(call, "ASSGN", str(row["ID"]), part)


def _share(row: Row) -> float:
    percent = row.get("assignmentPercent")
    return 1.0 if percent is None else float(percent) / 100


def _work(minutes: float) -> Row:
    return {"workRequired": round(minutes), "work": minutes / 60}


def _planned(task: Row, minutes: float) -> Row:
    """Returns the planned duration, where a task has assignees whose shares change it, or had one before."""
    if task.get("durationType") != "D" and task.get("plannedDurationMinutes") in {None, round(minutes)}:
        return {}
    return {"plannedDurationMinutes": round(minutes), "plannedDuration": minutes / WORKDAY_MINUTES}


def _minutes(task: Row) -> float:
    minutes = task.get("durationMinutes")
    return float(WORKDAY_MINUTES if minutes is None else minutes)
