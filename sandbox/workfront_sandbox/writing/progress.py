"""How far work is: percentages and dates of parents and projects, and whether they are on time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.planning.plan import PINNED
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_sandbox.query.projection import done_statuses
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.finance import follow_money
from workfront_sandbox.writing.rows import change
from workfront_sandbox.writing.status import follow_subtasks, is_rolled_up
from workfront_sandbox.writing.working_time import read_moment, working_time_of_project, write_moment

_CONDITIONS: Final = {"ON": "ON", "BH": "AR", "RK": "AR", "LT": "IT"}
_WEIGHED: Final = ("ID", "percentComplete", "durationMinutes", "workRequired", "numberOfChildren", "projectID")
_STARTS: Final = ("plannedStartDate", "projectedStartDate", "estStartDate")
_ENDS: Final = ("plannedCompletionDate", "projectedCompletionDate", "estCompletionDate")


class _Percentages:
    """The percentages of tasks in all digits: those of parents are not rounded before they count.

    Each parent is looked into once, however many stand above it.
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self._known: dict[str, float] = {}

    def of(self, rows: Sequence[Row]) -> float:
        """Returns the percentage of tasks as one, each by its duration."""
        weights = [_minutes(row) for row in rows]
        done = sum(self._own(row) * weight for row, weight in zip(rows, weights, strict=True) if weight)
        return done / sum(weights) if sum(weights) else 0.0

    def put(self, task_id: str, percentage: float) -> None:
        """Keeps what was found for a parent."""
        self._known[task_id] = percentage

    def _own(self, row: Row) -> float:
        own = float(row.get("percentComplete") or 0)
        if not row.get("numberOfChildren") or own in {0.0, 100.0} or not is_rolled_up(self._call, row):
            return own
        key = str(row["ID"])
        if key not in self._known:
            self._known[key] = self.of(self._call.store.cells("TASK", _WEIGHED, parentID=key))
        return self._known[key]


def roll_up_task(call: Call, task_id: str) -> None:
    """Gives a parent, and all parents above it, the dates and the percentage of what stands below."""
    row, below = call.store.get("TASK", task_id), _Percentages(call)
    while row is not None:
        inside = call.store.where("TASK", parentID=row["ID"])
        if inside:
            after = change(call, "TASK", str(row["ID"]), _summary(call, row, inside, below))
            if after.get("status") != row.get("status"):
                follow_money(call, str(row["ID"]))
        row = call.store.get("TASK", str(row["parentID"])) if row.get("parentID") else None


def roll_up_project(call: Call, project_id: str, *, quick: bool = False, added_work: float = 0) -> None:
    """Gives a project the dates and the percentage of its tasks.

    Args:
        call: the call.
        project_id: the project.
        quick: whether only a task came that nothing is known of, so that its percentage does not grow.
        added_work: minutes of work that came with that task, if it stands at the top.
    """
    project = call.store.get("PROJ", project_id)
    if project is None:
        return
    if call.store.newest("TASK", projectID=project_id) is None:
        _empty(call, project)
        return
    given = _ENDS[0] if project.get("scheduleMode") == "C" else _STARTS[0]
    fields: Row = {}
    for name in (*_STARTS, *_ENDS):
        if name != given:
            fields |= _edge(call, project_id, name, end=name in _ENDS)
    work = float(project.get("workRequired") or 0) + added_work
    if not quick or project.get("percentComplete"):
        top = call.store.cells("TASK", _WEIGHED, projectID=project_id, parentID=None)
        fields["percentComplete"] = weighted(call, top)
        work = sum(float(row.get("workRequired") or 0) for row in top)
    if work or project.get("workRequired"):
        fields |= {"workRequired": round(work), "work": work / 60}
    fields |= _lasting(call, project, fields)
    if not quick:
        fields |= _edge(call, project_id, "actualStartDate", end=False)
    change(call, "PROJ", project_id, {**fields, **_project_state(call, {**project, **fields})})


def _empty(call: Call, project: Row) -> None:
    """Takes out of a project what followed from tasks, of which it has none any more."""
    if project.get("durationMinutes") is None:
        return
    given = _ENDS[0] if project.get("scheduleMode") == "C" else _STARTS[0]
    dates = (*_STARTS, *_ENDS, "actualStartDate", "durationMinutes", "progressStatus")
    none = {name: None for name in dates if name != given}
    change(call, "PROJ", str(project["ID"]), {**none, "percentComplete": 0.0, "workRequired": 0, "work": 0.0})


def _lasting(call: Call, project: Row, fields: Row) -> Row:
    """Returns how long a project lasts, in minutes of working time, where an end of it moved."""
    if project.get("durationMinutes") is not None and all(project.get(name) == at for name, at in fields.items()):
        return {}
    edges = [_edge(call, str(project["ID"]), name, end=name in _ENDS).get(name) for name in (_STARTS[0], _ENDS[0])]
    start, end = (read_moment(call, at) for at in edges)
    if start is None or end is None:
        return {}
    return {"durationMinutes": round(working_time_of_project(call, project).between(start, end))}


def weighted(call: Call, rows: Sequence[Row]) -> float:
    """Returns the percentage of tasks as one: each by its duration, in two digits."""
    return round(_Percentages(call).of(rows), 2)


def task_progress_status(call: Call, row: Mapping[str, Any]) -> str:
    """Returns whether a task is on time (ON), behind (BH), at risk (RK) or late (LT)."""
    planned, projected, estimated = (read_moment(call, row.get(name)) for name in _ENDS)
    today = call.tenant.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    if planned is None or projected is None or estimated is None:
        return "ON"
    if row.get("status") in done_statuses(call.store, "TASK"):
        actual = read_moment(call, row.get("actualCompletionDate"))
        return "LT" if actual is not None and actual > planned else "ON"
    if planned < today:
        return "LT"
    if row.get("trackingMode") in ("ONTM", "IGNR"):
        return "ON"
    if row.get("taskConstraint") in PINNED and estimated > planned and estimated > projected:
        return "RK"
    return "BH" if projected > planned else "ON"


def _summary(call: Call, row: Row, inside: list[Row], below: _Percentages) -> Row:
    fields: Row = {}
    for names, choose in ((_STARTS, min), (_ENDS, max)):
        for name in names:
            found = [at for one in inside if (at := read_moment(call, one.get(name))) is not None]
            if found:
                fields[name] = write_moment(call, choose(found))
    start, end = (read_moment(call, fields.get(name)) for name in (_STARTS[0], _ENDS[0]))
    project = call.store.get("PROJ", str(row.get("projectID"))) or {}
    if start and end:
        minutes = round(working_time_of_project(call, project).between(start, end))
        fields |= {"durationMinutes": minutes, "duration": minutes / WORKDAY_MINUTES, "durationUnit": "D"}
    minutes = sum(int(one.get("workRequired") or 0) for one in inside)
    if minutes or row.get("workRequired"):
        fields |= {"workRequired": minutes, "work": minutes / 60}
    if is_rolled_up(call, row):
        exact = below.of(inside)
        below.put(str(row["ID"]), exact)
        percentage = round(exact, 2)
        fields |= {"percentComplete": percentage, **follow_subtasks(call, row, inside, percentage)}
    return fields


def _edge(call: Call, project_id: str, name: str, *, end: bool) -> Row:
    at = call.store.outermost("TASK", name, projectID=project_id, is_lowest=not end)
    return {name: write_moment(call, datetimes.from_milliseconds(at))} if isinstance(at, int) else {}


def _minutes(row: Row) -> float:
    minutes = row.get("durationMinutes")
    return float(WORKDAY_MINUTES if minutes is None else minutes)


def _project_state(call: Call, project: Row) -> Row:
    """Returns whether a project is on time, and its condition where that follows from it."""
    planned, projected, estimated = (read_moment(call, project.get(name)) for name in _ENDS)
    now = call.tenant.clock.now()
    if planned is None or projected is None:
        return {}
    actual = read_moment(call, project.get("actualCompletionDate"))
    if project.get("status") in done_statuses(call.store, "PROJ"):
        state = "LT" if actual is not None and actual > planned else "ON"
    elif planned < now:
        state = "LT"
    elif projected <= planned and (estimated is None or estimated <= planned):
        state = "ON"
    else:
        state = "RK" if estimated is not None and estimated > projected else "BH"
    condition = _CONDITIONS[state] if project.get("status") not in {"IDA", "REQ", "APR", "REJ"} else "ON"
    follows = project.get("conditionType", "PG") != "MN"
    return {"progressStatus": state} | ({"condition": condition} if follows else {})
