"""Actions that make one thing of another: issues into tasks and projects, templates into tasks."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.actions.arguments import listed, mapped, needed
from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import remove
from workfront_sandbox.writing.side_effects import use_template
from workfront_sandbox.writing.writes import create

_NATIVE: Final = ("name", "description", "priority", "plannedCompletionDate")
"""Fields a row takes along when it becomes another."""


@action("OPTASK", "convertToTask")
def to_task(request: ActionRequest) -> str:
    """Makes an issue a task of its project; returns the task's ID."""
    issue = request.row
    given = mapped(request.arguments, "task")
    made = _create(request, "TASK", _origin(issue) | {"projectID": issue.get("projectID")} | _native(issue) | given)
    _end(request, {"resolveTaskID": made})
    return made


@action(("OPTASK", "TASK"), "convertToProject")
def to_project(request: ActionRequest) -> str:
    """Makes a task or an issue a project; returns the project's ID."""
    source = request.row
    origin = _origin(source) if request.code == "OPTASK" else {}
    made = _create(request, "PROJ", origin | _native(source) | mapped(request.arguments, "project"))
    if request.code == "TASK":
        remove(request.call, "TASK", request.row_id)
    else:
        _end(request, {"resolveProjectID": made})
    return made


@action("PROJ", "createProjectWithOverride")
def create_project(request: ActionRequest) -> str:
    """Makes a project from the nested map; returns its ID."""
    return str(create(request.call, "PROJ", mapped(request.arguments, "project"))["ID"])


@action("PROJ", "attachTemplate")
def attach_template(request: ActionRequest) -> str:
    """Makes the tasks of a template in a project; returns the project's ID."""
    request.change({"templateID": needed(request.arguments, "templateID")})
    use_template(request.call, request.row_id)
    return request.row_id


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


def _native(source: Row) -> Row:
    return {name: source[name] for name in _NATIVE if source.get(name) is not None}
