"""What a status means for the percentage and the actual dates, and the other way round.

A tenant's own statuses count as the system status they equate with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import DONE, ENUM_CLASSES, WORK
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change

_SYSTEM: Final[Mapping[str, Mapping[str, str]]] = {
    "OPTASK": {"ROP": "INP", "AWF": "ONH", "CND": "CLS", "RLV": "CLS", "VCP": "CLS", "WTR": "CLS"}
}
_CLOSED: Final = {"TASK": "CPL", "OPTASK": "CLS", "PROJ": "CPL"}
_PENDING: Final = ":A"
_BOTH: Final = ("status", "percentComplete")


def meaning(call: Call, code: str, status: Any) -> str:
    """Returns the system status that a status equates with."""
    plain = str(status or "").removesuffix(_PENDING)
    own = call.store.where("CSTEM", enumClass=ENUM_CLASSES[code, "status"], value=plain)
    named = next((str(row["equatesWith"]) for row in own if row.get("equatesWith")), plain)
    return _SYSTEM.get(code, {}).get(named, named)


def is_done(call: Call, code: str, status: Any) -> bool:
    """Returns whether a status says that nothing is left to do; one that waits for approval does not."""
    return not str(status or "").endswith(_PENDING) and meaning(call, code, status) == _CLOSED[code]


def progress(call: Call, code: str, before: Row, changes: Row) -> Row:
    """Returns what an edit of status or percentage brings along. Raises ApiError where a status is not to be had."""
    if code not in DONE or not {"status", "percentComplete"} & set(changes):
        return {}
    found: Row = {}
    if str(changes.get("status") or "").endswith(_PENDING):
        return {}
    if code == "TASK" and before:
        _check_subtasks(call, before, changes)
    if code in WORK and any(changes.get(name, before.get(name)) != before.get(name) for name in _BOTH):
        check_agreement(call, code, changes)
    if "status" in changes and changes["status"] != before.get("status"):
        found = {"previousStatus": before.get("status")} if before else {}
        found |= _project(call, before, changes) if code == "PROJ" else _by_status(call, code, before, changes)
    elif code in WORK and changes.get("percentComplete") is not None:
        found = _by_percentage(call, code, before, changes)
    known = call.tenant.catalogue.types[code].fields
    return {name: value for name, value in found.items() if name in known and (name not in changes or name == "status")}


def check_agreement(call: Call, code: str, values: Mapping[str, Any]) -> None:
    """Raises ApiError where a status and a percentage that are written together cannot both be had."""
    status, percentage = (values.get(name) for name in _BOTH)
    if not status or percentage is None or status == "CPI" or str(status).endswith(_PENDING):
        return
    if is_done(call, code, status) != (percentage == 100):
        raise invalid(f"status {status} and percentComplete {percentage} do not go together: write one of them")


def is_rolled_up(call: Call, task: Mapping[str, Any]) -> bool:
    """Returns whether the parents of a task's project follow what stands below them; else they are written by hand."""
    project = call.store.get("PROJ", str(task.get("projectID"))) or {}
    return project.get("summaryCompletionType") != "MAN"


def follow_subtasks(call: Call, parent: Row, inside: Sequence[Row], percentage: float) -> Row:
    """Returns what the percentage of its subtasks brings along for a parent: its status, and when it was completed."""
    waits = percentage == 100 and any(not is_done(call, "TASK", row.get("status")) for row in inside)
    if waits or str(parent.get("status") or "").endswith(_PENDING):
        return {}
    return _by_percentage(call, "TASK", parent, {"percentComplete": percentage})


def complete_project(call: Call, project_id: Any) -> None:
    """Completes a project that completes by itself, once its last task and issue are done."""
    project = call.store.get("PROJ", str(project_id))
    if project is None or project.get("completionType") != "AUT":
        return
    if meaning(call, "PROJ", project.get("status")) != "CUR":
        return
    work = [(code, row) for code in WORK for row in call.store.where(code, projectID=str(project_id))]
    if work and all(is_done(call, code, row.get("status")) for code, row in work):
        ends = [str(row["actualCompletionDate"]) for _, row in work if row.get("actualCompletionDate")]
        fields = {
            "status": "CPL",
            "previousStatus": project.get("status"),
            "actualCompletionDate": max(ends, default=None),
        }
        change(call, "PROJ", str(project_id), fields)


def _check_subtasks(call: Call, before: Row, changes: Row) -> None:
    """Refuses to complete a parent that follows its subtasks while one of them is open."""
    completes = changes.get("percentComplete") == 100 or is_done(call, "TASK", changes.get("status"))
    if not completes or is_done(call, "TASK", before.get("status")) or not is_rolled_up(call, before):
        return
    inside = call.store.where("TASK", parentID=before["ID"])
    if left := next((row for row in inside if not is_done(call, "TASK", row.get("status"))), None):
        raise invalid(f"Task {before.get('name')} cannot be completed before {left.get('name')} is")


def _by_status(call: Call, code: str, before: Row, changes: Row) -> Row:
    now, status = call.tenant.clock.wire(), changes["status"]
    if is_done(call, code, status):
        started = before.get("actualStartDate") or now
        done = {"percentComplete": 100.0, "actualCompletionDate": now, "actualStartDate": started}
        waits = code == "TASK" and status == "CPL" and _has_open_issues(call, before)
        return done | ({"status": "CPI"} if waits else {})
    found: Row = {"actualCompletionDate": None} if before.get("actualCompletionDate") else {}
    if meaning(call, code, status) == "INP" and not before.get("actualStartDate"):
        found["actualStartDate"] = now
    return found


def _by_percentage(call: Call, code: str, before: Row, changes: Row) -> Row:
    now, whole = call.tenant.clock.wire(), changes["percentComplete"] == 100
    if whole and not is_done(call, code, before.get("status")):
        changed = {"status": _CLOSED[code], "previousStatus": before.get("status"), "actualCompletionDate": now}
        return changed | {"actualStartDate": before.get("actualStartDate") or now}
    if not whole and before.get("percentComplete") == 100 and is_done(call, code, before.get("status")):
        return {"status": "INP", "previousStatus": before.get("status"), "actualCompletionDate": None}
    return {}


def _project(call: Call, before: Row, changes: Row) -> Row:
    """Returns what the status of a project brings along. Raises ApiError where it is not done yet."""
    if not before or not is_done(call, "PROJ", changes["status"]):
        return {"actualCompletionDate": None} if before.get("actualCompletionDate") else {}
    rows = [(code, row) for code in WORK for row in call.store.where(code, projectID=before["ID"])]
    if left := next((row for code, row in rows if not is_done(call, code, row.get("status"))), None):
        raise invalid(f"Project {before.get('name')} cannot be completed before {left.get('name')} is")
    if {**before, **changes}.get("completionType") == "AUT":
        raise invalid(f"Project {before.get('name')} is completed by its last work; by hand with completionType MAN")
    tasks = [row for code, row in rows if code == "TASK"]
    ends = [str(row["actualCompletionDate"]) for row in tasks if row.get("actualCompletionDate")]
    return {"actualCompletionDate": max(ends, default=call.tenant.clock.wire())}


def _has_open_issues(call: Call, task: Row) -> bool:
    issues = call.store.where("OPTASK", sourceTaskID=task["ID"]) if task else []
    return any(not is_done(call, "OPTASK", row.get("status")) for row in issues)
