"""New issues: what the topic and the queue of a request fill in, where its routing rule puts it, and its dates.

What a topic says goes before what its queue says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.planning.duration import minutes_of
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.assignment import assign
from workfront_sandbox.writing.attached_form import check_form
from workfront_sandbox.writing.working_time import read_moment, working_time_of_project, write_moment

_FORM: Final = ("defaultCategoryID", "categoryID")
_PROCESS: Final = ("defaultApprovalProcessID", "approvalProcessID")
_ASSIGNED: Final = {"defaultAssignedToID": "assignedToID", "defaultRoleID": "roleID", "defaultTeamID": "teamID"}
"""The fields of a routing rule that say who gets a request, and those of an assignment."""

_WORKERS: Final = frozenset({"assignments", "assignedTo", *_ASSIGNED.values()})
_PLANNED: Final = ("plannedStartDate", "plannedCompletionDate")
_TYPES: Final = "allowedOpTaskTypes"
_ALL_TYPES: Final = ("ISU", "BUG", "CHO", "REQ")
_PROJECTED: Final = ("projectedStartDate", "projectedCompletionDate")


def issue_defaults(call: Call, row: Row) -> Row:
    """Returns what a new issue has that was not written: contact, form, approval, project, duration and dates."""
    sources = _sources(call, row)
    found: Row = {"ownerID": call.caller.user_id, "plannedStartDate": call.tenant.clock.wire()}
    for source in reversed(sources):
        found |= {name: source[given] for given, name in (_FORM, _PROCESS) if source.get(given)}
    rule = _rule(call, row, sources)
    moved = {"projectID": rule["defaultProjectID"]} if rule.get("defaultProjectID") else {}
    given = {name: value for name, value in found.items() if row.get(name) is None}
    return given | moved | _first_dates(call, {**row, **given, **moved}, sources)


def route(call: Call, object_id: str, written: Mapping[str, Any]) -> None:
    """Gives a new request to whom its routing rule names, unless it was made for somebody. Raises ApiError."""
    row = call.row("OPTASK", object_id)
    rule = _rule(call, row, _sources(call, row))
    wanted = {name: rule[given] for given, name in _ASSIGNED.items() if rule.get(given)}
    if not wanted or any(written.get(name) for name in _WORKERS):
        return
    if wanted.get("assignedToID") or wanted.get("roleID"):
        team = {"teamID": wanted.pop("teamID")} if wanted.get("teamID") else None
        assign(call, "OPTASK", object_id, [wanted, team] if team else [wanted])
    else:
        assign(call, "OPTASK", object_id, [wanted])


def moved_dates(row: Mapping[str, Any], changes: Row) -> Row:
    """Returns the dates of an issue that follow from an edit: a promised day moves what is planned and projected."""
    found: Row = {}
    if changes.get("commitDate"):
        found = dict.fromkeys((_PLANNED[1], _PROJECTED[1]), changes["commitDate"])
    for planned, projected in zip(_PLANNED, _PROJECTED, strict=True):
        if planned in changes and not (projected == _PROJECTED[1] and row.get("commitDate")):
            found[projected] = changes[planned]
    return {name: value for name, value in found.items() if name not in changes}


def check_queue(call: Call, row: Row) -> Row:
    """Returns nothing more for a queue. Raises ApiError where it would take requests of no type, or give them a form
    that is not for issues.
    """
    if _TYPES in row and not row[_TYPES]:
        raise _without_types()
    _check_default_form(call, row)
    return {}


def _check_default_form(call: Call, row: Row) -> None:
    form = call.store.get("CTGY", str(row.get(_FORM[0]))) if row.get(_FORM[0]) else None
    if form is not None:
        check_form(form, "OPTASK")


def _without_types() -> ApiError:
    return invalid(f"Invalid Parameter: {_TYPES} needs at least one of {', '.join(_ALL_TYPES)}")


def check_topic(call: Call, row: Row) -> Row:
    """Returns nothing more for a queue topic. Raises ApiError for types of requests that its queue does not take, for
    none at all, and for a form that is not for issues. A queue that says no types takes all of
    them unless the sandbox is strict.
    """
    if row.get(_TYPES) == []:
        raise _without_types()
    _check_default_form(call, row)
    queue = call.store.get("QUED", str(row.get("queueDefID")))
    taken: list[str] = (queue or {}).get(_TYPES) or []
    wanted: list[str] = row.get(_TYPES) or []
    is_limited = bool(taken) or (queue is not None and call.tenant.strict)
    for one in wanted:
        if is_limited and one not in taken:
            raise invalid(f'Invalid Parameter: allowedOpTaskTypes value "{one}"')
    return {}


def queue_of(call: Call, project_id: Any) -> Row | None:
    """Returns the queue of a project, or None where it takes no requests."""
    project = call.store.get("PROJ", str(project_id)) if project_id else None
    if project is None:
        return None
    if project.get("queueDefID"):
        return call.store.get("QUED", str(project["queueDefID"]))
    return next(iter(call.store.where("QUED", projectID=project["ID"])), None)


def _sources(call: Call, row: Mapping[str, Any]) -> list[Row]:
    """Returns topic and queue of an issue, the topic first."""
    topic = call.store.get("QUET", str(row["queueTopicID"])) if row.get("queueTopicID") else None
    named = call.store.get("QUED", str(topic["queueDefID"])) if topic and topic.get("queueDefID") else None
    queue = named or queue_of(call, row.get("projectID"))
    return [one for one in (topic, queue) if one is not None]


def _rule(call: Call, row: Mapping[str, Any], sources: Sequence[Row]) -> Row:
    """Returns the routing rule of a request, empty where it has none or is an issue that nobody asked for."""
    if not row.get("queueTopicID") and not row.get("isHelpDesk"):
        return {}
    key = next((source["defaultRouteID"] for source in sources if source.get("defaultRouteID")), None)
    return (call.store.get("RRUL", str(key)) if key else None) or {}


def _first_dates(call: Call, row: Mapping[str, Any], sources: Sequence[Row]) -> Row:
    start = read_moment(call, row.get(_PLANNED[0]))
    minutes = _minutes(sources)
    found: Row = {"plannedDurationMinutes": minutes, "durationMinutes": minutes}
    if sources and row.get("workRequired") is None:
        found |= {"workRequired": minutes, "work": minutes / 60}
    if start is not None and not row.get(_PLANNED[1]):
        project = call.store.get("PROJ", str(row.get("projectID"))) or {}
        end = working_time_of_project(call, project).after(start, minutes) if minutes else start
        found[_PLANNED[1]] = write_moment(call, end)
    if row.get("commitDate"):
        found[_PLANNED[1]] = row["commitDate"]
    both = {**row, **found}
    found |= {projected: both.get(planned) for planned, projected in zip(_PLANNED, _PROJECTED, strict=True)}
    return {name: value for name, value in found.items() if row.get(name) is None}


def _minutes(sources: Sequence[Row]) -> int:
    """Returns how long a request lasts: as its topic or queue says, else a day."""
    for source in sources:
        if source.get("defaultDurationMinutes") is not None:
            return int(source["defaultDurationMinutes"])
        if source.get("defaultDuration") is not None:
            return minutes_of(float(source["defaultDuration"]), str(source.get("defaultDurationUnit") or "D"))
    return WORKDAY_MINUTES
