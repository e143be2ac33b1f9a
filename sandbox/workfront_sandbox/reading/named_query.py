"""Named queries: searches the API has a name for. docs/protocol.md 7.7."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from workfront_sandbox.call.call import Call
from workfront_sandbox.reading.reads import Shuffle, found
from workfront_sandbox.schema.custom_enum import enum_rows
from workfront_sandbox.schema.overrides import DONE, ROW_KEYS
from workfront_sandbox.wire.errors import unknown_query
from workfront_sandbox.wire.json_value import Row

Query: TypeAlias = Callable[[Call, str], list[Any]]

_ENUM_QUERIES: Final = {
    "projectStatuses": "STATUS_PROJ",
    "projectGroupStatuses": "STATUS_PROJ",
    "getGroupStatuses": "STATUS_PROJ",
    "taskStatuses": "STATUS_TASK",
    "taskGroupStatuses": "STATUS_TASK",
    "opTaskStatuses": "STATUS_OPTASK",
    "opTaskGroupStatuses": "STATUS_OPTASK",
    "projectConditions": "CONDITION_PROJ",
    "taskConditions": "CONDITION_TASK",
    "opTaskConditions": "CONDITION_OPTASK",
    "projectPriorities": "PRIORITY_PROJ",
    "taskPriorities": "PRIORITY_TASK",
    "opTaskPriorities": "PRIORITY_OPTASK",
    "templatetaskPriorities": "PRIORITY_TEMPLATETASK",
    "opTaskSeverities": "SEVERITY_OPTASK",
}
"""Queries over custom enums, and the class each asks for."""

_OWNERS: Final = ("PROJ", "TASK", "OPTASK")


def run(call: Call, code: str, name: str) -> list[Any]:
    """The answer of a named query; an empty list where the sandbox knows no more than its name. Raises ApiError."""
    known = name in call.object(code).queries or (code, name) in _QUERIES
    if not known:
        raise unknown_query(call.address.model, name[:100], code)
    if code == "CSTEM" and name in _ENUM_QUERIES:
        return _enums(call, _ENUM_QUERIES[name])
    query = _QUERIES.get((code, name))
    return query(call, code) if query else []


def _enums(call: Call, enum_class: str) -> list[Any]:
    """The codes of a class: those of the system and those of the group."""
    group = _group(call)
    rows = call.store.where("CSTEM", enumClass=enum_class) or [
        row for row in enum_rows(call.schema, call.tenant.customer_id) if row["enumClass"] == enum_class
    ]
    mine = [row for row in rows if row.get("groupID") in {None, group}]
    return call.shaped("CSTEM", [{**row, "groupID": row.get("groupID") or group} for row in mine])


def _group(call: Call) -> str | None:
    for code in _OWNERS:
        if owner := call.parameters.first(ROW_KEYS[code]):
            row = call.row(code, owner)
            project = row if code == "PROJ" else call.store.get("PROJ", str(row.get("projectID"))) or {}
            return project.get("groupID")
    return call.parameters.first("groupID")


def _my_work(call: Call, _: str) -> list[Any]:
    """Tasks and issues that are the caller's and not done."""
    return _work(call, open_only=True)


def _my_accomplishments(call: Call, _: str) -> list[Any]:
    return _work(call, open_only=False)


def _work(call: Call, *, open_only: bool) -> list[Any]:
    mine = ("AND:me:assignedToID", call.caller.user_id)
    done = [("AND:done:status", word) for words in DONE.values() for word in words]
    operator = ("AND:done:status_Mod", "notin" if open_only else "in")
    return call.shaped("WORK", found(call, "WORK", Shuffle(), mine, *done, operator))


def _current_customer(call: Call, code: str) -> list[Any]:
    return call.shaped(code, [call.row("CUST", call.tenant.customer_id)])


def _queues(call: Call, code: str) -> list[Any]:
    """Projects that take requests."""
    ids = [str(row.get("queueDefID")) for row in call.store.every("PROJ") if row.get("queueDefID")]
    public = {str(row["ID"]) for row in call.store.many("QUED", ids) if row.get("isPublic")}
    rows = [row for row in call.store.every("PROJ") if str(row.get("queueDefID")) in public]
    return call.shaped(code, rows[: call.tenant.limits.rows])


def _timesheet(owner: str) -> Query:
    def query(call: Call, code: str) -> list[Any]:
        """What the hours of a timesheet were spent on."""
        hours = call.store.where("HOUR", timesheetID=call.parameters.first("timesheetID"))
        return call.shaped(code, call.store.many(code, [str(row[owner]) for row in hours if row.get(owner)]))

    return query


def _forms(call: Call, code: str) -> list[Any]:
    rows = call.store.where("OBJCAT", objID=call.parameters.first("objID"))
    return call.shaped(code, rows)


def _for_type(call: Call, code: str) -> list[Any]:
    """Filters or views of the calling user for an object type."""
    wanted = call.parameters.first("objCode")
    rows: Sequence[Row] = call.store.where(code, uiObjCode=wanted) if wanted else list(call.store.every(code))
    return call.shaped(code, rows[: call.tenant.limits.rows])


_QUERIES: Final[Mapping[tuple[str, str], Query]] = {
    ("WORK", "myWork"): _my_work,
    ("WORK", "myAccomplishments"): _my_accomplishments,
    ("CUST", "currentCustomer"): _current_customer,
    ("PROJ", "helpDeskQueues"): _queues,
    ("PROJ", "recentHelpDeskQueues"): _queues,
    ("PROJ", "defaultShownTimesheetProjects"): _timesheet("projectID"),
    ("TASK", "defaultShownTimesheetTasks"): _timesheet("taskID"),
    ("OPTASK", "defaultShownTimesheetIssues"): _timesheet("opTaskID"),
    ("OBJCAT", "getForObject"): _forms,
    ("UIFT", "filtersForObjCode"): _for_type,
    ("UIVW", "viewsForObjCode"): _for_type,
}
