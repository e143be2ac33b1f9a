"""Actions that move or copy rows to another place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from workfront_sandbox.actions.arguments import listed, needed, needed_list
from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import WORK
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.belongings import leave_belongings
from workfront_sandbox.writing.copies import copy_all, copy_row
from workfront_sandbox.writing.copy_options import MOVE_OPTIONS, check_options, cleared
from workfront_sandbox.writing.document import moved_document
from workfront_sandbox.writing.finance import sum_anew
from workfront_sandbox.writing.moved_task import bring_along, moved_fields, tie_anew
from workfront_sandbox.writing.numbering import renumber
from workfront_sandbox.writing.rows import change
from workfront_sandbox.writing.timeline import follow_task

_ISSUE_OPTIONS: Final = {
    2: "clearAssignments",
    4: "clearProgress",
    128: "clearDocuments",
    65_536: "",
    524_288: "clearPermissions",
    1_048_576: "clearCustomData",
}
"""What is left out of the copy of an issue, by the number that stands for it; updates are never copied here."""


@action(WORK, "move")
@action("OPTASK", "moveToTask")
def move(request: ActionRequest) -> None:
    """Moves a task or an issue to another project, a task with its children, or under another task."""
    _move(request, request.row_id)


@action(WORK, "bulkMove")
@action("OPTASK", "bulkMoveWithOptions")
def bulk_move(request: ActionRequest) -> None:
    """Moves several tasks or issues to another project."""
    for one in needed_list(request.arguments, "taskIDs", "issueIDs", "IDs"):
        _move(request, one)


@action("TASK", "bulkCopy")
def bulk_copy(request: ActionRequest) -> list[str]:
    """Copies several tasks with what is below them; returns the IDs of the copies."""
    call, arguments = request.call, request.arguments
    project, parent = _project(call, arguments), _parent(call, arguments)
    return _copies(request, "taskIDs", "projectID", project, parent)


@action("TTSK", "bulkCopy")
def bulk_copy_template_tasks(request: ActionRequest) -> list[str]:
    """Copies several template tasks with what is below them; returns the IDs of the copies."""
    call, template, parent = request.call, *map(request.arguments.get, ("templateID", "parentTemplateTaskID"))
    template = call.row("TMPL", str(template))["ID"] if template else None
    return _copies(
        request, "templateTaskIDs", "templateID", template, call.row("TTSK", str(parent))["ID"] if parent else None
    )


def _copies(request: ActionRequest, ids: str, home: str, target: str | None, parent: str | None) -> list[str]:
    """Copies the rows that one argument names to a project or a template, else to their own; returns the IDs."""
    call, code, options = request.call, request.code, listed(request.arguments, "options")
    sources = [call.row(code, one) for one in needed_list(request.arguments, ids)]
    if target:
        wanted: list[tuple[Row, Row]] = [(source, {home: target, "parentID": parent}) for source in sources]
    else:
        wanted = [(source, {"parentID": parent}) for source in sources]
    ties: Row = {home: target} if target else {}
    return [str(row["ID"]) for row in copy_all(call, code, wanted, options, ties)]


@action("OPTASK", "copyIssue")
def copy_issue(request: ActionRequest) -> str:
    """Copies one issue; ``options`` is the sum of what is left out. Returns the copy's ID."""
    call, arguments = request.call, request.arguments
    source = call.row("OPTASK", str(arguments.get("opTaskID") or request.object_id))
    left_out = int(arguments.get("options") or 0)
    if left_out < 0 or left_out & ~sum(_ISSUE_OPTIONS):
        raise invalid(f"unknown copy option: {left_out & ~sum(_ISSUE_OPTIONS)}")
    changes: Row = {name: arguments[name] for name in ("name", "description") if arguments.get(name)}
    project = _project(call, arguments)
    changes |= {"projectID": project} if project else {}
    changes |= {"sourceTaskID": _parent(call, arguments)} if arguments.get("parentID") else {}
    options = [word for bit, word in _ISSUE_OPTIONS.items() if left_out & bit and word]
    return str(copy_row(call, "OPTASK", {**source, "queueTopicID": None}, changes, options)["ID"])


@action("DOCU", "move")
def move_document(request: ActionRequest) -> None:
    """Moves a document to another object. Raises ApiError 422 where the call names no document."""
    document_id = request.row_id
    owner = request.call.schema.find(needed(request.arguments, "docObjCode")).code
    target = needed(request.arguments, "objID")
    home: Row = {"docObjCode": owner, "objID": target}
    change(request.call, "DOCU", document_id, moved_document(request.call, request.row, home) | home)


def _move(request: ActionRequest, object_id: str) -> None:
    call, code = request.call, request.code
    row = call.row(code, object_id)
    project, parent = _destination(request, object_id)
    below = [object_id, *_ordered(call, _below(call, object_id) - {object_id})] if code == "TASK" else [object_id]
    fields: Row = {"projectID": project}
    if code == "TASK":
        fields["parentID"] = parent or (row.get("parentID") if project == row.get("projectID") else None)
        fields |= moved_fields(call, row, project)
    else:
        fields |= {"sourceTaskID": parent, "queueTopicID": None}
    _leave_behind(request, object_id)
    left = [call.row(code, one).get("taskNumber") for one in below]
    if project != row.get("projectID"):
        for one in below:
            bring_along(call, code, one, project)
    if request.arguments.get("newName"):
        fields["name"] = request.arguments["newName"]
    after = change(call, code, object_id, fields)
    for child in below[1:]:
        change(call, "TASK", child, {"projectID": project, **moved_fields(call, call.row("TASK", child), project)})
    for one in below if code == "TASK" else ():
        tie_anew(call, one)
    if code == "TASK":
        follow_task(call, row, after, {"projectID": project, "parentID": after.get("parentID")})
    _leave_home(call, row.get("projectID"), project, left)


def _leave_home(call: Call, old: Any, new: Any, left: Sequence[Any]) -> None:
    """Brings sums and places of two projects in line after a task or an issue went from one to the other."""
    renumber(call, "TASK", old, left if old != new else ())
    renumber(call, "TASK", new)
    for home in dict.fromkeys([old, new]):
        sum_anew(call, home)


def _leave_behind(request: ActionRequest, object_id: str) -> None:
    """Takes from what moves, and from what is below it, what the options leave behind. Raises ApiError."""
    call, code, options = request.call, request.code, listed(request.arguments, "options")
    check_options(options, MOVE_OPTIONS[code])
    for one in _below(call, object_id) if code == "TASK" and options else {object_id}:
        leave_belongings(call, code, one, options)
        change(call, code, one, cleared(call, code, call.row(code, one), options))


def _destination(request: ActionRequest, object_id: str) -> tuple[str | None, str | None]:
    """Returns the project and the task a row is moved to. Raises ApiError where it cannot go there."""
    project = _project(request.call, request.arguments)
    parent = _parent(request.call, request.arguments)
    if request.code == "TASK" and parent is not None and parent in _below(request.call, object_id):
        raise invalid("A task cannot be moved below itself")
    if project is None and parent is None:
        raise invalid("argument projectID is missing")
    home = request.call.row("TASK", parent).get("projectID") if parent else None
    if request.code == "TASK" and project and parent and home != project:
        raise invalid("The parent is not in the project")
    return project or home, parent


def _ordered(call: Call, ids: set[str]) -> list[str]:
    """Returns tasks in the order of their numbers."""
    return sorted(ids, key=lambda one: call.row("TASK", one).get("taskNumber") or 0)


def _below(call: Call, task_id: str) -> set[str]:
    found, waiting = {task_id}, [task_id]
    while waiting:
        children = {str(row["ID"]) for row in call.store.where("TASK", parentID=waiting.pop())} - found
        found |= children
        waiting.extend(children)
    return found


def _project(call: Call, arguments: Row) -> str | None:
    return str(call.row("PROJ", str(arguments["projectID"]))["ID"]) if arguments.get("projectID") else None


def _parent(call: Call, arguments: Row) -> str | None:
    return str(call.row("TASK", str(arguments["parentID"]))["ID"]) if arguments.get("parentID") else None
