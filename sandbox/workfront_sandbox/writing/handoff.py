"""The handoff date: when a task can be taken up. docs/protocol.md 19.4."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.planning.dependency import lagged
from workfront_sandbox.planning.working_time import TimeRange, WorkingTime
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.predecessors import link_of
from workfront_sandbox.writing.rows import change
from workfront_sandbox.writing.status import is_done, meaning
from workfront_sandbox.writing.task_dates import PLANNED, span_of
from workfront_sandbox.writing.working_time import read_moment, this_minute, working_time_of_project, write_moment

_COMPUTED: Final = frozenset({"ONH", "CUR", "CPL", "DED"})
"""What the status of a project means where its tasks have a handoff date."""
_BY_START: Final = frozenset({"MSO", "SNET"})
_BY_PLAN: Final = frozenset({"MFO", "SNLT"})


def has_handoffs(call: Call, project: Mapping[str, Any]) -> bool:
    """Returns whether the tasks of a project have handoff dates."""
    return meaning(call, "PROJ", project.get("status")) in _COMPUTED


def handoff(call: Call, project: Row, task: Mapping[str, Any], span: TimeRange, work: WorkingTime) -> str | None:
    """Returns the handoff date of a task that is planned so; ``None`` while something it waits for is open."""
    if not has_handoffs(call, project):
        return None
    found = _forced(call, project, task, span, work) or _free(call, project, task, span, work)
    return write_moment(call, found) if found else None


def follow_project(call: Call, project_id: str) -> None:
    """Gives the tasks of a project their handoff dates, or takes them away, after its status was written."""
    project = call.row("PROJ", project_id)
    work = working_time_of_project(call, project)
    for task in call.store.where("TASK", projectID=project_id):
        span = span_of(call, task)
        if span is not None:
            change(call, "TASK", str(task["ID"]), {"handoffDate": handoff(call, project, task, span, work)})


def _forced(call: Call, project: Row, task: Mapping[str, Any], span: TimeRange, work: WorkingTime) -> datetime | None:
    """Returns the date that a constraint makes of it, or nothing where the constraint leaves the date free."""
    constraint, now = task.get("taskConstraint"), this_minute(call)
    if constraint == "FIXT":
        return span[0]
    if constraint not in _BY_START | _BY_PLAN:
        return None
    if task.get("actualStartDate"):
        return read_moment(call, project.get(PLANNED[0]))
    if constraint in _BY_PLAN:
        return span[0]
    at = read_moment(call, task.get("constraintDate")) or span[0]
    return at if at >= now else work.start_from(now)


def _free(call: Call, project: Row, task: Mapping[str, Any], span: TimeRange, work: WorkingTime) -> datetime | None:
    links = call.store.where("PRED", successorID=task["ID"]) if task.get("ID") else []
    if not links:
        return span[0] if span[0] > this_minute(call) else read_moment(call, project.get(PLANNED[0]))
    return _latest(call, links, work)


def _latest(call: Call, links: list[Row], work: WorkingTime) -> datetime | None:
    """Returns when the last of what a task waits for was over, with its lag; nothing while one is open."""
    found: list[datetime] = []
    for link in links:
        other = call.store.get("TASK", str(link.get("predecessorID"))) or {}
        end = read_moment(call, other.get("actualCompletionDate"))
        if end is None or not is_done(call, "TASK", other.get("status")):
            return None
        minutes = float(other.get("durationMinutes") or 0)
        found.append(lagged(link_of({**link, "predecessorType": "fs"}), (end, end), work, minutes))
    return max(found)
