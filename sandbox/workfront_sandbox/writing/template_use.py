"""Templates put to use: their tasks made in a project, with who works on them and what they wait for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.assignment import assign
from workfront_sandbox.writing.numbering import number_all
from workfront_sandbox.writing.rows import add
from workfront_sandbox.writing.template_part import check_active, take_parts, take_queue
from workfront_sandbox.writing.timeline import calculate
from workfront_sandbox.writing.working_time import read_moment, working_time_of_project, write_moment

_FROM_TEMPLATE: Final = ("name", "description", "priority", "duration", "durationMinutes", "durationUnit", "taskNumber",
                         "workRequired", "work", "roleID", "assignedToID", "teamID", "durationType")  # fmt: skip

_DATED: Final = frozenset({"MSO", "MFO", "SNET", "SNLT", "FNET", "FNLT"})


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """Where the tasks of a template go in a project, and what of the template is left out."""

    parentTaskID: str | None = None
    predecessorTaskID: str | None = None
    excluded: Collection[str] = ()
    options: Collection[str] = ()
    is_attached: bool = False


def use_template(call: Call, project_id: str, use: TemplateUse = TemplateUse()) -> None:
    """Makes the tasks of a project's template in the project. Raises ApiError 404 where there is no such template."""
    project = call.row("PROJ", project_id)
    if not project.get("templateID"):
        return
    template = call.row("TMPL", str(project["templateID"]))
    check_active(template)
    take_parts(call, project_id, template, use.options)
    take_queue(call, project_id, template, use.options, is_attached=use.is_attached)
    made: dict[str, str] = {}
    tasks = _tasks(call, str(project["templateID"]), use.excluded)
    numbers = _numbers(call, project_id, tasks)
    for task in tasks:
        made[str(task["ID"])] = _make(call, project_id, task | {"taskNumber": numbers[str(task["ID"])]}, made, use)
    number_all(call, "TASK", project_id)
    if "clearPredecessors" not in use.options:
        _tie(call, made)
    for old, new in made.items():
        top = call.row("TASK", new).get("parentID") == use.parentTaskID
        if top and use.predecessorTaskID:
            add(call, "PRED", {"predecessorID": use.predecessorTaskID, "successorID": new, "predecessorType": "fs"})
        if "clearAssignments" not in use.options:
            _assign(call, old, new)
    if made and project.get("updateType") in {None, "AUTO", "EVNT"}:
        calculate(call, project_id)


def _tasks(call: Call, template_id: str, excluded: Collection[str]) -> list[Row]:
    """Returns the tasks of a template, each after its parent, but for those left out and what is below them."""
    rows = call.store.where("TTSK", templateID=template_id)
    found: list[Row] = []
    known = {str(row["ID"]) for row in rows}
    left = [row for row in rows if row["ID"] not in excluded]
    placed: set[str] = set()
    while ready := [row for row in left if row.get("parentID") in placed or row.get("parentID") not in known]:
        found += ready
        placed |= {str(row["ID"]) for row in ready}
        left = [row for row in left if str(row["ID"]) not in placed]
    return found


def _numbers(call: Call, project_id: str, tasks: list[Row]) -> dict[str, int]:
    """Returns the numbers of tasks behind those that a project has, in the order of the template's own numbers."""
    last = call.store.last_number("TASK", "taskNumber", projectID=project_id)
    ordered = sorted(tasks, key=lambda row: (row.get("taskNumber") is None, row.get("taskNumber") or 0))
    return {str(row["ID"]): int(last) + at for at, row in enumerate(ordered, start=1)}


def _make(call: Call, project_id: str, task: Row, made: dict[str, str], use: TemplateUse) -> str:
    names = [name for name in _FROM_TEMPLATE if task.get(name) is not None]
    if "clearAssignments" in use.options:
        names = [name for name in names if name not in {"roleID", "assignedToID", "teamID"}]
    first = {"status": "NEW", "percentComplete": 0.0, "projectID": project_id, "templateTaskID": task["ID"]}
    parent = {"parentID": made.get(str(task.get("parentID")), use.parentTaskID)}
    fields = {**first, **parent, **{name: task[name] for name in names}}
    return str(add(call, "TASK", {**fields, **_constraint(call, project_id, task)})["ID"])


def _constraint(call: Call, project_id: str, task: Row) -> Row:
    """Returns the constraint of a task of a template, its day counted from the project's start: day 0 is that."""
    project = call.row("PROJ", project_id)
    named = str(task.get("taskConstraint") or "")
    day = task.get("constraintDay") if named in _DATED else task.get("startDay")
    start = read_moment(call, project.get("plannedStartDate"))
    waits = bool(call.store.number("TPRED", successorID=task["ID"]))
    if not day or start is None or project.get("scheduleMode") == "C" or (waits and named not in _DATED):
        return {"taskConstraint": named if named and named not in _DATED else _free(project)}
    work = working_time_of_project(call, project)
    at = work.start_from(work.after(work.start_from(start), float(day) * WORKDAY_MINUTES))
    return {"taskConstraint": named if named in _DATED else "SNET", "constraintDate": write_moment(call, at)}


def _free(project: Row) -> str:
    return "ALAP" if project.get("scheduleMode") == "C" else "ASAP"


def _tie(call: Call, made: dict[str, str]) -> None:
    """Lets tasks wait for each other as those of the template do."""
    for old, new in made.items():
        for link in call.store.where("TPRED", successorID=old):
            if (before := made.get(str(link.get("predecessorID")))) is not None:
                names = ("predecessorType", "lagDays", "lagType", "isEnforced")
                kept = {name: link[name] for name in names if link.get(name) is not None}
                add(call, "PRED", {**kept, "predecessorID": before, "successorID": new, "isCP": False})


def _assign(call: Call, template_task_id: str, task_id: str) -> None:
    """Gives a task to those whom the template names."""
    rows = call.store.where("TASSGN", templateTaskID=template_task_id)
    names = ("assignedToID", "roleID", "teamID")
    wanted = [{name: row[name] for name in names if row.get(name)} for row in rows]
    if wanted:
        assign(call, "TASK", task_id, [item for item in wanted if item])
