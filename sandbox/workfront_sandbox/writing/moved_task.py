"""Tasks that come to another project: their number there, and constraints that do not fit its dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change
from workfront_sandbox.writing.task_dates import PLANNED
from workfront_sandbox.writing.working_time import read_moment

_DATED: Final = frozenset({"MSO", "MFO", "FIXT", "SNET", "SNLT", "FNET", "FNLT"})


def moved_fields(call: Call, task: Row, project_id: Any) -> Row:
    """Returns the fields of a task that are others in another project; none where it stays in its own."""
    if not project_id or project_id == task.get("projectID"):
        return {}
    number = call.store.last_number("TASK", "taskNumber", projectID=project_id) + 1
    return {"taskNumber": number, **fitting_constraint(call, task, call.row("PROJ", str(project_id)))}


def fitting_constraint(call: Call, task: Mapping[str, Any], project: Row) -> Row:
    """Returns the constraint of a task whose date lies outside of what the project it comes to allows: that of a task
    without one. Before the start of a project that is planned from there; behind the completion of one that ends there.
    """
    if task.get("taskConstraint") not in _DATED:
        return {}
    backwards = project.get("scheduleMode") == "C"
    at = read_moment(call, task.get("constraintDate") or task.get(PLANNED[0]))
    edge = read_moment(call, project.get(PLANNED[1] if backwards else PLANNED[0]))
    if at is None or edge is None or (at <= edge if backwards else at >= edge):
        return {}
    return {"taskConstraint": "ALAP" if backwards else "ASAP", "constraintDate": None}


_GOING_ALONG: Final = ("ASSGN", "HOUR", "EXPNS", "NOTE", "DOCU")
"""Types of rows that hang on tasks and issues, and name their project as well."""


def bring_along(call: Call, code: str, object_id: str, project_id: Any) -> None:
    """Gives what hangs on a task or an issue the project it moved to; issues of a task go with it."""
    for other in _GOING_ALONG:
        for row in call.store.where(other, **{ROW_KEYS[code]: object_id}):
            if other != "DOCU" or row.get("projectID"):
                change(call, other, str(row["ID"]), {"projectID": project_id})
    for issue in call.store.where("OPTASK", sourceTaskID=object_id) if code == "TASK" else ():
        change(call, "OPTASK", str(issue["ID"]), {"projectID": project_id})
        bring_along(call, "OPTASK", str(issue["ID"]), project_id)


def tie_anew(call: Call, task_id: str) -> None:
    """Says of the links of a task that moved whether they lead to another project."""
    for key in ("successorID", "predecessorID"):
        for link in call.store.where("PRED", **{key: task_id}):
            change(call, "PRED", str(link["ID"]), {"isCP": is_between_projects(call, link)})


def is_between_projects(call: Call, link: Mapping[str, Any]) -> bool:
    """Returns whether a task waits for one of another project."""
    ends = (call.store.get("TASK", str(link.get(name))) or {} for name in ("predecessorID", "successorID"))
    return len({task.get("projectID") for task in ends}) > 1
