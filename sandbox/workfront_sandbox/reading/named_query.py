"""Named queries: searches the API has a name for. docs/protocol.md 7.7."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from workfront_sandbox.call.argument import accept
from workfront_sandbox.call.call import Call
from workfront_sandbox.call.named_row import check_named_rows
from workfront_sandbox.query.filter_groups import CONTROL
from workfront_sandbox.query.projection import equivalent
from workfront_sandbox.reading import work_list
from workfront_sandbox.reading.reads import Shuffle, found
from workfront_sandbox.schema.custom_enum import enum_rows
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import invalid, unknown_query
from workfront_sandbox.wire.json_value import Row

Query: TypeAlias = Callable[[Call, str], list[Any]]
"""Answers a named query of an object type."""

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

_QUERIES: Final[dict[tuple[str, str], Query]] = {
    ("WORK", "myAccomplishments"): work_list.my_accomplishments,
    ("WORK", "myWork"): work_list.my_work,
    ("WORK", "teamRequests"): work_list.team_requests,
    ("WORK", "workRequests"): work_list.work_requests,
}
_OWNERS: Final = ("PROJ", "TASK", "OPTASK")
_UNREAD: Final = "type"
"""An argument of queries over custom enums whose meaning is on record nowhere."""
_TYPES: Final = frozenset({"objCode", "objectType"})
"""Arguments that name an object type."""
_NEEDED: Final = frozenset({"objID", "timesheetID"})
"""Arguments without which no query that has them has anything to look at."""
_FILTERED: Final = frozenset({"WORK"})
"""Object types whose queries look at filters themselves."""
_MADE: Final = frozenset({"APPROVAL", "CSTEM", "UPDATE"})
"""Object types whose answers no search gives, so that filters have nothing to look at."""
_PAGE: Final = ("$$FIRST", "$$LIMIT")
_READ: Final = {"CSTEM": ("groupID", *(ROW_KEYS[code] for code in _OWNERS))}
"""Arguments that every query of an object type reads, whether the metadata lists them for it or not."""


def query(*pairs: tuple[str, str]) -> Callable[[Query], Query]:
    """Returns a decorator that registers what answers named queries, each given by objCode and name."""

    def register(answer: Query) -> Query:
        _QUERIES.update(dict.fromkeys(pairs, answer))
        return answer

    return register


def registered() -> Mapping[tuple[str, str], Query]:
    """Returns what answers named queries, by objCode and name."""
    return dict(_QUERIES)


def run(call: Call, code: str, name: str) -> list[Any]:
    """Returns the answer of a named query. Raises ApiError, also where the answer is not computed."""
    answer = _QUERIES.get((code, name))
    if answer is None and name not in call.object(code).queries:
        raise unknown_query(call.address.model, name[:100], code)
    if code == "CSTEM" and name in _ENUM_QUERIES:
        answer = _enums_of(_ENUM_QUERIES[name])
    if answer is None:
        call.tenant.without_effect(f"Named query {name} ({call.object(code).name})")
        return []
    _check_arguments(call, code, name)
    return _filtered(call, code, name, answer(call, code))


def _check_arguments(call: Call, code: str, name: str) -> None:
    """Raises ApiError for an argument of another type than the metadata tells, one that names an object type or a row
    there is none of, and one that is missing.
    """
    described = call.object(code).queries.get(name)
    given = {item.name: call.parameters.all(item.name) for item in (described.arguments if described else ())}
    for item in described.arguments if described else ():
        for value in given[item.name]:
            accept(item, value, flat=True, strict=call.tenant.strict)
            if value and item.name in _TYPES:
                call.schema.find(value)
    check_named_rows(call, code, given)
    for argument in _NEEDED & given.keys():
        if not any(given[argument]):
            raise invalid(f"argument {argument} is missing")


def _filtered(call: Call, code: str, name: str, rows: list[Any]) -> list[Any]:
    """Returns those of the rows that the filters of the call let through and the caller may see. Raises ApiError."""
    described = call.object(code).queries.get(name)
    listed = described.arguments if described else ()
    arguments = [*(item.name for item in listed), *_READ.get(code, ())]
    named = [key for key, _ in call.parameters.pairs]
    paged = any(key in _PAGE for key in named)
    asked = [key for key in named if key not in arguments and (key not in CONTROL or key == "filters")]
    if code in _FILTERED or not (asked or paged or call.rights is not None):
        return rows
    if code in _MADE:
        if asked:
            call.tenant.without_effect(f"{asked[0][:100]} of named query {name} ({call.object(code).name})")
        first, limit = call.tenant.limits.page(call.parameters)
        return rows[first : first + limit] if paged else rows
    keys = [("AND:answer:ID", str(row["ID"])) for row in rows] or [("AND:answer:ID", "")]
    return call.shaped(code, found(call, code, Shuffle(), *keys, ("AND:answer:ID_Mod", "in"), omit=arguments))


def is_computed(code: str, name: str) -> bool:
    """Returns whether the answer of a named query is computed."""
    return (code, name) in _QUERIES or (code == "CSTEM" and name in _ENUM_QUERIES)


@query(("CUST", "currentCustomer"))
def current_customer(call: Call, code: str) -> list[Any]:
    """Returns the one customer of the tenant."""
    return call.shaped(code, [call.row("CUST", call.tenant.customer_id)])


@query(("PROJ", "helpDeskQueues"), ("PROJ", "recentHelpDeskQueues"))
def request_queues(call: Call, code: str) -> list[Any]:
    """Returns projects that run and take requests from everybody."""
    ids = [str(row.get("queueDefID")) for row in call.store.every("PROJ") if row.get("queueDefID")]
    public = {str(row["ID"]) for row in call.store.many("QUED", ids) if row.get("isPublic")}
    found = [row for row in call.store.every("PROJ") if str(row.get("queueDefID")) in public]
    rows = [row for row in found if equivalent(call.store, "PROJ", row.get("status")) == "CUR"]
    return call.shaped(code, rows[: call.tenant.limits.rows])


@query(
    ("PROJ", "defaultShownTimesheetProjects"),
    ("TASK", "defaultShownTimesheetTasks"),
    ("OPTASK", "defaultShownTimesheetIssues"),
)
def shown_in_timesheet(call: Call, code: str) -> list[Any]:
    """Returns what the hours of a timesheet were spent on."""
    hours = call.store.where("HOUR", timesheetID=call.parameters.first("timesheetID"))
    key = ROW_KEYS[code]
    return call.shaped(code, call.store.many(code, [str(row[key]) for row in hours if row.get(key)]))


@query(("SCHED", "defaultSchedule"))
def default_schedule(call: Call, code: str) -> list[Any]:
    """Returns the schedule of all who have none of their own."""
    return call.shaped(code, call.store.where("SCHED", isDefault=1))


@query(("USER", "userAdmins"))
def administrators(call: Call, code: str) -> list[Any]:
    """Returns the users who may do everything."""
    rows = [row for row in call.store.every("USER") if call.tenant.is_admin(row) and row.get("isActive") is not False]
    return call.shaped(code, rows[: call.tenant.limits.rows])


@query(("UPDATE", "objectUpdates"))
def object_updates(call: Call, code: str) -> list[Any]:
    """Returns notes and journal entries of one row, newest first, since a moment if one is named. Raises ApiError."""
    kind, key = (call.parameters.first(name) or "" for name in ("objCode", "objID"))
    owner = call.row(call.schema.find(kind).code, key)
    since, zone = call.parameters.first("sinceDate"), call.tenant.clock.zone
    rows = call.store.members("UPDATE", ("refObjID",), [str(owner["ID"])]).get(str(owner["ID"]), [])
    try:
        limit = datetimes.milliseconds(datetimes.parse(since, zone)) if since else 0
    except ValueError as error:
        raise invalid(str(error)[:200]) from None
    after = [row for row in rows if datetimes.milliseconds(datetimes.parse(row["entryDate"], zone)) >= limit]
    return call.shaped(code, after[: call.tenant.limits.rows])


@query(("OBJCAT", "getForObject"))
def forms_of_object(call: Call, code: str) -> list[Any]:
    """Returns the custom forms attached to an object."""
    kind, key = call.parameters.first("objCode"), call.parameters.first("objID")
    ties = {"objObjCode": call.schema.find(kind).code} if kind else {}
    if kind:
        call.row(ties["objObjCode"], str(key))
    return call.shaped(code, call.store.where("OBJCAT", objID=key, **ties))


@query(("UIFT", "filtersForObjCode"), ("UIVW", "viewsForObjCode"))
def saved_for_type(call: Call, code: str) -> list[Any]:
    """Returns saved filters or views for an object type."""
    names = {"objCode": "uiObjCode", "filterType": "filterType"}
    wanted = {field: call.parameters.first(name) for name, field in names.items() if call.parameters.first(name)}
    rows: Sequence[Row] = call.store.where(code, **wanted) if wanted else list(call.store.every(code))
    return call.shaped(code, rows[: call.tenant.limits.rows])


def _enums_of(enum_class: str) -> Query:
    return lambda call, _: _enums(call, enum_class)


def _enums(call: Call, enum_class: str) -> list[Any]:
    """Returns the codes of a class: those of the system and those of the group."""
    if call.parameters.first(_UNREAD):
        call.tenant.without_effect(f"Argument {_UNREAD} of a query of statuses ({call.object('CSTEM').name})")
    group = _group(call)
    rows = call.store.where("CSTEM", enumClass=enum_class) or [
        row for row in enum_rows(call.schema, call.tenant.customer_id) if row["enumClass"] == enum_class
    ]
    mine = [{**row, "groupID": row.get("groupID") or group} for row in rows if row.get("groupID") in {None, group}]
    shaped = call.shaped("CSTEM", mine)
    return [{**row, "groupID": group} for row in shaped] if group else shaped


def _group(call: Call) -> str | None:
    for code in _OWNERS:
        if owner := call.parameters.first(ROW_KEYS[code]):
            row = call.row(code, owner)
            project = row if code == "PROJ" else call.store.get("PROJ", str(row.get("projectID"))) or {}
            return project.get("groupID")
    return call.parameters.first("groupID")
