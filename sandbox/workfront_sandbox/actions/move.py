"""Actions that move or copy rows to another place."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.actions.arguments import listed, needed
from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.copies import copy_parts, copy_row
from workfront_sandbox.writing.rows import change

_DOCUMENT_OWNERS: Final = ("PROJ", "TASK", "OPTASK", "PORT", "PRGM")
_CLEAR_PROGRESS: Final = 4
_CLEAR_ASSIGNMENTS: Final = 2
_CLEAR_CUSTOM: Final = 1_048_576


@action(WORK, "move")
@action("OPTASK", "moveToTask")
def move(request: ActionRequest) -> None:
    """Moves a task or an issue to another project, a task with its children, or under another task."""
    _move(request, request.row_id)


@action(WORK, "bulkMove")
@action("OPTASK", "bulkMoveWithOptions")
def bulk_move(request: ActionRequest) -> None:
    """Moves several tasks or issues to another project."""
    for one in _ids(request.arguments, "taskIDs", "issueIDs", "IDs"):
        _move(request, one)


@action("TASK", "bulkCopy")
def bulk_copy(request: ActionRequest) -> list[str]:
    """Copies several tasks with their children; returns the IDs of the copies."""
    call, arguments = request.call, request.arguments
    made: list[str] = []
    for one in _ids(arguments, "taskIDs"):
        source = call.row("TASK", one)
        ties = {"projectID": _project(call, arguments) or source.get("projectID")}
        options = listed(arguments, "options")
        copied = copy_row(call, "TASK", source, {**ties, "parentID": _parent(call, arguments)}, options)
        copy_parts(call, "TASK", one, str(copied["ID"]), ties, options)
        made.append(str(copied["ID"]))
    return made


@action("OPTASK", "copyIssue")
def copy_issue(request: ActionRequest) -> str:
    """Copies one issue; ``options`` is the sum of what is left out. Returns the copy's ID."""
    call, arguments = request.call, request.arguments
    source = call.row("OPTASK", str(arguments.get("opTaskID") or request.object_id))
    left_out = int(arguments.get("options") or 0)
    named = {name: arguments[name] for name in ("name", "description", "parentID") if arguments.get(name)}
    project = _project(call, arguments)
    changes: Row = named | ({"projectID": project} if project else {})
    words = {_CLEAR_PROGRESS: "clearProgress", _CLEAR_ASSIGNMENTS: "clearAssignments"}
    options = [word for bit, word in words.items() if left_out & bit]
    if left_out & _CLEAR_CUSTOM:
        source = {name: value for name, value in source.items() if not name.startswith("DE:")}
    return str(copy_row(call, "OPTASK", source, changes, options)["ID"])


@action("DOCU", "move")
def move_document(request: ActionRequest) -> None:
    """Moves a document to another object. Raises ApiError 422 where the call names no document."""
    document_id = request.row_id
    owner = request.call.schema.find(needed(request.arguments, "docObjCode")).code
    target = request.call.row(owner, needed(request.arguments, "objID"))["ID"]
    ties = {ROW_KEYS[code]: target if code == owner else None for code in _DOCUMENT_OWNERS}
    change(request.call, "DOCU", document_id, {**ties, "docObjCode": owner, "objID": target})


def _move(request: ActionRequest, object_id: str) -> None:
    call, code = request.call, request.code
    row = call.row(code, object_id)
    project, parent = _destination(request, object_id)
    fields: Row = {"projectID": project}
    if code == "TASK":
        fields["parentID"] = parent or (row.get("parentID") if project == row.get("projectID") else None)
        for child in _below(call, object_id) - {object_id}:
            change(call, "TASK", child, {"projectID": project})
    if request.arguments.get("newName"):
        fields["name"] = request.arguments["newName"]
    change(call, code, object_id, fields)


def _destination(request: ActionRequest, object_id: str) -> tuple[str | None, str | None]:
    """Returns the project and the parent task a row is moved to. Raises ApiError where it cannot go there."""
    project = _project(request.call, request.arguments)
    parent = _parent(request.call, request.arguments) if request.code == "TASK" else None
    if parent is not None and parent in _below(request.call, object_id):
        raise invalid("A task cannot be moved below itself")
    if project is None and parent is None:
        raise invalid("argument projectID is missing")
    return project or request.call.row("TASK", str(parent)).get("projectID"), parent


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


def _ids(arguments: Row, *names: str) -> list[str]:
    found = [str(one) for name in names for one in listed(arguments, name)]
    if not found:
        raise invalid(f"argument {names[0]} is missing")
    return found
