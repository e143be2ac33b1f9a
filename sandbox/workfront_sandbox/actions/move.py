"""Actions that move or copy rows to another place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from workfront_sandbox.actions.arguments import listed, needed
from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.copies import copy_parts, copy_row
from workfront_sandbox.writing.rows import change

_DOCUMENT_OWNERS: Final = ("PROJ", "TASK", "OPTASK", "PORT", "PRGM")
_CLEAR_PROGRESS: Final = 4
_CLEAR_ASSIGNMENTS: Final = 2
_CLEAR_CUSTOM: Final = 1_048_576


def move(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """A task or an issue goes to another project, a task with its children, or under another task."""
    if object_id is None:
        raise invalid("The action needs an ID")
    _move(call, code, object_id, arguments)


def bulk_move(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """Several tasks or issues go to another project."""
    for one in _ids(arguments, "taskIDs", "issueIDs", "IDs"):
        _move(call, code, one, arguments)


def bulk_copy(call: Call, code: str, object_id: str | None, arguments: Row) -> list[str]:
    """Several tasks are copied, with their children; answers with the IDs of the copies."""
    made: list[str] = []
    for one in _ids(arguments, "taskIDs"):
        source = call.row("TASK", one)
        ties = {"projectID": _project(call, arguments) or source.get("projectID")}
        options = listed(arguments, "options")
        copied = copy_row(call, "TASK", source, {**ties, "parentID": _parent(call, arguments)}, options)
        copy_parts(call, "TASK", one, str(copied["ID"]), ties, options)
        made.append(str(copied["ID"]))
    return made


def copy_issue(call: Call, code: str, object_id: str | None, arguments: Row) -> str:
    """One issue is copied; ``options`` is the sum of what is left out. Answers with the copy's ID."""
    source = call.row("OPTASK", str(arguments.get("opTaskID") or object_id))
    left_out = int(arguments.get("options") or 0)
    named = {name: arguments[name] for name in ("name", "description", "parentID") if arguments.get(name)}
    project = _project(call, arguments)
    changes: Row = named | ({"projectID": project} if project else {})
    words = {_CLEAR_PROGRESS: "clearProgress", _CLEAR_ASSIGNMENTS: "clearAssignments"}
    options = [word for bit, word in words.items() if left_out & bit]
    if left_out & _CLEAR_CUSTOM:
        source = {name: value for name, value in source.items() if not name.startswith("DE:")}
    return str(copy_row(call, "OPTASK", source, changes, options)["ID"])


def move_document(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """A document goes to another object."""
    if object_id is None:
        raise invalid("The action needs an ID")
    owner = call.schema.find(needed(arguments, "docObjCode")).code
    target = call.row(owner, needed(arguments, "objID"))["ID"]
    ties: Row = {ROW_KEYS[code]: target if code == owner else None for code in _DOCUMENT_OWNERS}
    change(call, "DOCU", object_id, {**ties, "docObjCode": owner, "objID": target})


def _move(call: Call, code: str, object_id: str, arguments: Row) -> None:
    row = call.row(code, object_id)
    project = _project(call, arguments)
    parent = _parent(call, arguments) if code == "TASK" else None
    if parent is not None and parent in _below(call, object_id):
        raise invalid("A task cannot be moved below itself")
    if project is None and parent is None:
        raise invalid("argument projectID is missing")
    project = project or call.row("TASK", str(parent)).get("projectID")
    fields: Row = {"projectID": project}
    if code == "TASK":
        fields["parentID"] = parent or (row.get("parentID") if project == row.get("projectID") else None)
        for child in _below(call, object_id) - {object_id}:
            change(call, "TASK", child, {"projectID": project})
    if arguments.get("newName"):
        fields["name"] = arguments["newName"]
    change(call, code, object_id, fields)


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


HANDLERS: Final[Mapping[tuple[str, str], Callable[[Call, str, str | None, Row], Any]]] = {
    ("TASK", "move"): move,
    ("OPTASK", "move"): move,
    ("OPTASK", "moveToTask"): move,
    ("TASK", "bulkMove"): bulk_move,
    ("OPTASK", "bulkMove"): bulk_move,
    ("OPTASK", "bulkMoveWithOptions"): bulk_move,
    ("TASK", "bulkCopy"): bulk_copy,
    ("OPTASK", "copyIssue"): copy_issue,
    ("DOCU", "move"): move_document,
}
