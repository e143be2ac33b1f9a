"""Actions that make one thing of another: issues into tasks and projects, templates into tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from workfront_sandbox.actions.arguments import listed, mapped, needed
from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import add, change, remove
from workfront_sandbox.writing.side_effects import use_template
from workfront_sandbox.writing.writes import create

_NATIVE: Final = ("name", "description", "priority", "plannedCompletionDate")


def to_task(call: Call, code: str, object_id: str | None, arguments: Row) -> str:
    """An issue becomes a task of its project; answers with the task's ID."""
    issue = _row(call, code, object_id)
    values = {**_origin(issue), "projectID": issue.get("projectID"), **_native(issue), **mapped(arguments, "task")}
    task = create(call, "TASK", {name: value for name, value in values.items() if value is not None})
    _end(call, code, issue, arguments, {"resolveTaskID": task["ID"]})
    return str(task["ID"])


def to_project(call: Call, code: str, object_id: str | None, arguments: Row) -> str:
    """A task or an issue becomes a project; answers with the project's ID."""
    source = _row(call, code, object_id)
    origin = _origin(source) if code == "OPTASK" else {}
    values = {**origin, **_native(source), **mapped(arguments, "project")}
    project = create(call, "PROJ", {name: value for name, value in values.items() if value is not None})
    if code == "TASK":
        remove(call, code, str(source["ID"]))
    else:
        _end(call, code, source, arguments, {"resolveProjectID": project["ID"]})
    return str(project["ID"])


def create_project(call: Call, code: str, object_id: str | None, arguments: Row) -> str:
    """A project from the nested map; answers with its ID."""
    return str(create(call, "PROJ", mapped(arguments, "project"))["ID"])


def attach_template(call: Call, code: str, object_id: str | None, arguments: Row) -> str:
    """The tasks of a template are made in a project; answers with the project's ID."""
    if object_id is None:
        raise invalid("The action needs an ID")
    change(call, "PROJ", object_id, {"templateID": needed(arguments, "templateID")})
    use_template(call, object_id)
    return object_id


def like(call: Call, code: str, object_id: str | None, _: Row) -> None:
    """The caller likes a row."""
    row = _row(call, code, object_id)
    if not _likes(call, row):
        add(call, "LIKE", {"objID": row["ID"], "objObjCode": code, "userID": call.caller.user_id})
    _count_likes(call, code, row)


def unlike(call: Call, code: str, object_id: str | None, _: Row) -> None:
    """The caller likes a row no more."""
    row = _row(call, code, object_id)
    for one in _likes(call, row):
        remove(call, "LIKE", str(one["ID"]))
    _count_likes(call, code, row)


def _likes(call: Call, row: Row) -> list[Row]:
    return call.store.where("LIKE", objID=row["ID"], userID=call.caller.user_id)


def _count_likes(call: Call, code: str, row: Row) -> None:
    if "numLikes" in call.object(code).fields:
        change(call, code, str(row["ID"]), {"numLikes": len(call.store.where("LIKE", objID=row["ID"]))})


def _end(call: Call, code: str, issue: Row, arguments: Row, resolved_by: Row) -> None:
    """The issue stays, tied to what resolves it, or goes."""
    options = listed(arguments, "options")
    if "preserveIssue" in options:
        change(call, code, str(issue["ID"]), resolved_by)
    else:
        remove(call, code, str(issue["ID"]))


def _origin(issue: Row) -> Row:
    return {
        "convertedOpTaskName": issue.get("name"),
        "convertedOpTaskEntryDate": issue.get("entryDate"),
        "convertedOpTaskOriginatorID": issue.get("ownerID"),
    }


def _native(source: Row) -> Row:
    return {name: source[name] for name in _NATIVE if source.get(name) is not None}


def _row(call: Call, code: str, object_id: str | None) -> Row:
    if object_id is None:
        raise invalid("The action needs an ID")
    return call.row(code, object_id)


HANDLERS: Final[Mapping[tuple[str, str], Callable[[Call, str, str | None, Row], Any]]] = {
    ("OPTASK", "convertToTask"): to_task,
    ("OPTASK", "convertToProject"): to_project,
    ("TASK", "convertToProject"): to_project,
    ("PROJ", "createProjectWithOverride"): create_project,
    ("PROJ", "attachTemplate"): attach_template,
    ("*", "like"): like,
    ("*", "unlike"): unlike,
}
