"""Actions that make one thing of another: issues into tasks and projects, templates into tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workfront_sandbox.actions.arguments import listed, mapped, needed
from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.belongings import STAMPS
from workfront_sandbox.writing.copy_options import ATTACH_OPTIONS, check_options
from workfront_sandbox.writing.finance import follow_fixed, sum_anew
from workfront_sandbox.writing.numbering import number_all
from workfront_sandbox.writing.rows import add, change, remove
from workfront_sandbox.writing.status import meaning
from workfront_sandbox.writing.template_part import attached_fields
from workfront_sandbox.writing.template_use import TemplateUse, use_template
from workfront_sandbox.writing.timeline import calculate
from workfront_sandbox.writing.writes import create

_NATIVE: Final = ("description", "priority", "workRequired", "URL")
"""Fields a row takes along when it becomes another, besides its name."""

_OPTIONS: Final = {
    "TASK": frozenset({"preserveIssue", "preservePrimaryContact", "preserveCompletionDate", "preserveUpdates"}),
    "PROJ": frozenset({"preserveIssue", "preservePrimaryContact", "preserveUpdates"}),
}
"""What an issue that becomes another keeps, by the type it becomes."""

_STATUSES: Final = {"NEW": "PLN", "INP": "CUR", "CPL": "CPL"}
"""The status of a project, by that of the task it is made of."""


@action("OPTASK", "convertToTask")
def to_task(request: ActionRequest) -> str:
    """Makes an issue a task of its project; returns the task's ID."""
    issue = request.row
    options = _options(request, "TASK")
    values = {"projectID": issue.get("projectID")} | _native(request, issue, "TASK")
    if "preserveCompletionDate" in options and issue.get("plannedCompletionDate"):
        values |= {"taskConstraint": "MFO", "constraintDate": issue["plannedCompletionDate"]}
        values |= {"plannedCompletionDate": issue["plannedCompletionDate"]}
    if request.arguments.get("copyNativeFields") is not False:
        values |= _people(request)
    made = _create(request, "TASK", values | mapped(request.arguments, "task"))
    change(request.call, "TASK", made, _origin(issue))
    _take_along(request, "TASK", made, options)
    _end(request, {"resolveTaskID": made})
    return made


@action(("OPTASK", "TASK"), "convertToProject")
def to_project(request: ActionRequest) -> str:
    """Makes a task or an issue a project; returns the project's ID."""
    source = request.row
    options = _options(request, "PROJ") if request.code == "OPTASK" else []
    values = _native(request, source, "PROJ") | mapped(request.arguments, "project")
    made = _create(request, "PROJ", _of_task(request) | values if request.code == "TASK" else values)
    _take_along(request, "PROJ", made, options)
    if request.code == "TASK":
        _share_with_workers(request, made)
        _move_below(request, made)
        remove(request.call, "TASK", request.row_id)
        for project in (source.get("projectID"), made):
            number_all(request.call, "TASK", project)
        if request.call.store.newest("TASK", projectID=made):
            calculate(request.call, made)
            sum_anew(request.call, made)
    else:
        change(request.call, "PROJ", made, _origin(source))
        _end(request, {"resolveProjectID": made})
    return made


@action("PROJ", "createProjectWithOverride")
def create_project(request: ActionRequest) -> str:
    """Makes a project from the nested map; returns its ID."""
    values = mapped(request.arguments, "project")
    if not values:
        raise invalid("argument project is missing")
    return str(create(request.call, "PROJ", values)["ID"])


@action("PROJ", "attachTemplate")
def attach_template(request: ActionRequest) -> str:
    """Makes the tasks of a template in a project; returns the project's ID."""
    call, arguments, options = request.call, request.arguments, listed(request.arguments, "options")
    check_options(options, ATTACH_OPTIONS)
    before = call.row("PROJ", request.row_id)
    project, template = before["ID"], call.row("TMPL", needed(arguments, "templateID"))
    places = {name: arguments[name] for name in ("parentTaskID", "predecessorTaskID") if arguments.get(name)}
    for task_id in places.values():
        if call.row("TASK", str(task_id)).get("projectID") != project:
            raise invalid(f"Task {task_id} is not in the project")
    request.change({"templateID": template["ID"], **attached_fields(before, template, options)})
    follow_fixed(call, before, request.row_id)
    excluded = listed(arguments, "excludeTemplateTaskIDs")
    use_template(call, request.row_id, TemplateUse(**places, excluded=excluded, options=options, is_attached=True))
    return request.row_id


def _options(request: ActionRequest, becomes: str) -> list[str]:
    """Returns the options of a conversion. Raises ApiError 422 for one that it does not have."""
    options = listed(request.arguments, "options")
    check_options(options, _OPTIONS[becomes])
    return options


def _take_along(request: ActionRequest, becomes: str, made: str, options: Sequence[str]) -> None:
    """Gives the new row the forms of the old one, and the primary contact a right to see it."""
    call, row = request.call, request.row
    if request.arguments.get("copyCategories"):
        for form in call.store.where("OBJCAT", objID=request.row_id):
            again = {"objID": made, "objObjCode": becomes}
            add(call, "OBJCAT", {name: value for name, value in form.items() if name not in STAMPS} | again)
        custom = {name: value for name, value in row.items() if name.startswith("DE:")}
        change(call, becomes, made, custom | {"categoryID": row.get("categoryID")})
    if "preservePrimaryContact" in options and row.get("ownerID"):
        _share(request, becomes, made, str(row["ownerID"]), "VIEW")


def _share_with_workers(request: ActionRequest, project_id: str) -> None:
    """Lets those who work on the task that becomes a project contribute to the project."""
    maker = request.call.caller.user_id
    workers = {part.get("assignedToID") for part in request.call.store.where("ASSGN", taskID=request.row_id)}
    for one in sorted(str(user) for user in workers - {None, maker}):
        _share(request, "PROJ", project_id, one, "LIMITED_EDIT")


def _share(request: ActionRequest, code: str, object_id: str, user_id: str, action: str) -> None:
    rule = {"securityObjID": object_id, "securityObjCode": code, "coreAction": action, "isInherited": False}
    who = {"accessorID": user_id, "accessorObjCode": "USER"}
    add(request.call, "ACSRUL", {**rule, **who, "forbiddenActions": [], "secondaryActions": []})


def _move_below(request: ActionRequest, project_id: str) -> None:
    """Gives a project what was below the task it is made of: subtasks, issues, notes and documents."""
    call, task_id = request.call, request.row_id
    waiting = [task_id]
    while waiting:
        parent = waiting.pop()
        for child in call.store.where("TASK", parentID=parent):
            waiting.append(str(child["ID"]))
            above = None if parent == task_id else parent
            change(call, "TASK", str(child["ID"]), {"projectID": project_id, "parentID": above})
        for issue in call.store.where("OPTASK", sourceTaskID=parent):
            above = None if parent == task_id else parent
            change(call, "OPTASK", str(issue["ID"]), {"projectID": project_id, "sourceTaskID": above})
    for code, about in (("NOTE", "noteObjCode"), ("DOCU", "docObjCode")):
        for row in call.store.where(code, taskID=task_id):
            tied = {"taskID": None, "projectID": project_id, "objID": project_id, about: "PROJ"}
            change(call, code, str(row["ID"]), tied)


def _create(request: ActionRequest, code: str, values: Row) -> str:
    """Makes a row of the values there are; returns its ID."""
    there = {name: value for name, value in values.items() if value is not None}
    return str(create(request.call, code, there)["ID"])


def _end(request: ActionRequest, resolved_by: Row) -> None:
    """Ties the issue to what resolves it where the caller wants to preserve it, else removes it."""
    if "preserveIssue" in listed(request.arguments, "options"):
        request.change(resolved_by)
    else:
        remove(request.call, request.code, request.row_id)


def _origin(issue: Row) -> Row:
    return {
        "convertedOpTaskName": issue.get("name"),
        "convertedOpTaskEntryDate": issue.get("entryDate"),
        "convertedOpTaskOriginatorID": issue.get("ownerID"),
    }


def _of_task(request: ActionRequest) -> Row:
    """Returns what a project has of the task it is made of: start, address, and the status that goes with its own."""
    task = request.row
    status = _STATUSES.get(meaning(request.call, "TASK", task.get("status")))
    return {"plannedStartDate": task.get("plannedStartDate"), "URL": task.get("URL"), "status": status}


def _people(request: ActionRequest) -> Row:
    """Returns who works on the issue that becomes a task, nothing where nobody does."""
    names = ("assignedToID", "roleID", "teamID")
    parts = request.call.store.where("ASSGN", opTaskID=request.row_id)
    parts.sort(key=lambda part: not part.get("isPrimary"))
    found = [{name: part[name] for name in names if part.get(name)} for part in parts]
    return {"assignments": found} if found else {}


def _native(request: ActionRequest, source: Row, becomes: str) -> Row:
    """Returns the fields a new row has of the old one: the name alone where the caller wants no others, and none that
    follows from other rows in what it becomes.
    """
    if request.arguments.get("copyNativeFields") is False:
        return {"name": source.get("name")}
    taken = [name for name in ("name", *_NATIVE) if not request.call.object(becomes).follows(name)]
    return {name: source[name] for name in taken if source.get(name) is not None}
