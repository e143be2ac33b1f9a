"""Actions on who works on a task or an issue, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from workfront_sandbox.actions.arguments import listed, needed
from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import DONE, ROW_KEYS, WORK
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.defaults import complete
from workfront_sandbox.writing.rows import add, change, remove
from workfront_sandbox.writing.side_effects import assign, assignments, follow_assignments

_FIELDS: Final = {"USER": "assignedToID", "ROLE": ROW_KEYS["ROLE"], "TEAMOB": ROW_KEYS["TEAMOB"]}
"""The field of an assignment for each type it can name."""


def assign_one(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """A user, a role or a team gets the work besides those who have it."""
    kind, accessor = needed(arguments, "objCode").upper(), needed(arguments, "objID")
    if kind not in _FIELDS:
        raise invalid(f'Invalid Parameter: objCode value "{kind[:50]}"')
    call.row(kind, accessor)
    own = _own(object_id)
    field = _FIELDS[kind]
    if all(row.get(field) != accessor for row in assignments(call, code, own)):
        assign(call, code, own, [*_bare(call, code, own), {field: accessor}])


def assign_many(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """The named users, roles and teams get the work in place of those who have it."""
    teams = [*listed(arguments, "teamIDs"), *([arguments["teamID"]] if arguments.get("teamID") else [])]
    named = {"USER": listed(arguments, "userIDs"), "ROLE": listed(arguments, "roleIDs"), "TEAMOB": teams}
    wanted: list[Row] = []
    for kind, ids in named.items():
        wanted.extend({_FIELDS[kind]: call.row(kind, str(one))["ID"]} for one in ids)
    assign(call, code, _own(object_id), wanted)
    if not wanted:
        change(call, code, _own(object_id), {"roleID": None, "assignedToID": None, "teamID": None})


def unassign(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """A user has the work no more."""
    own = _own(object_id)
    for row in assignments(call, code, own):
        if row.get("assignedToID") == arguments.get("userID"):
            remove(call, "ASSGN", str(row["ID"]))
    follow_assignments(call, code, own)


def accept_work(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """The caller takes the work on; the row goes in progress, or where the argument says."""
    own = _own(object_id)
    mine = [row for row in assignments(call, code, own) if row.get("assignedToID") == call.caller.user_id]
    if not mine:
        assign(call, code, own, [*_bare(call, code, own), {"assignedToID": call.caller.user_id}])
        mine = [row for row in assignments(call, code, own) if row.get("assignedToID") == call.caller.user_id]
    for row in mine:
        change(call, "ASSGN", str(row["ID"]), {"status": "AD"})
    change(call, code, own, {"status": arguments.get("status") or "INP"})


def unaccept_work(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """The caller gives the work back: assigned, not accepted."""
    own = _own(object_id)
    _mark_assignments(call, code, own, "AA")
    change(call, code, own, {"status": arguments.get("status") or "NEW"})


def mark_done(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """The caller's part is done; the row takes the given status, or becomes complete."""
    own = _own(object_id)
    _mark_assignments(call, code, own, "DN")
    status = str(arguments.get("status") or DONE[code][0])
    fields: Row = {"status": status}
    if status in DONE[code]:
        fields |= {"percentComplete": 100.0, "actualCompletionDate": call.tenant.clock.wire()}
    change(call, code, own, fields)


def mark_not_done(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """The work goes on: the assignment is accepted again, the row in progress."""
    own = _own(object_id)
    chosen = arguments.get("assignmentID")
    for row in assignments(call, code, own):
        if chosen in {None, row["ID"]}:
            change(call, "ASSGN", str(row["ID"]), {"status": "AD"})
    change(call, code, own, {"status": "INP", "actualCompletionDate": None})


def reply(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """The caller answers to an assignment with a note, and says when the work will be done."""
    own = _own(object_id)
    if arguments.get("noteText"):
        note = {"noteText": arguments["noteText"], "noteObjCode": code, "objID": own}
        add(call, "NOTE", complete(call, "NOTE", note))
    if arguments.get("commitDate"):
        change(call, code, own, {"commitDate": arguments["commitDate"]})


def _mark_assignments(call: Call, code: str, own: str, status: str) -> None:
    for row in assignments(call, code, own):
        if row.get("assignedToID") in {None, call.caller.user_id}:
            change(call, "ASSGN", str(row["ID"]), {"status": status})


def _bare(call: Call, code: str, own: str) -> list[Row]:
    names = ("assignedToID", "roleID", "teamID", "status")
    return [{name: row.get(name) for name in names} for row in assignments(call, code, own)]


def _own(object_id: str | None) -> str:
    if object_id is None:
        raise invalid("The action needs an ID")
    return object_id


_ACTIONS: Final[Mapping[str, Callable[[Call, str, str | None, Row], Any]]] = {
    "assign": assign_one,
    "assignMultiple": assign_many,
    "unassign": unassign,
    "acceptWork": accept_work,
    "unacceptWork": unaccept_work,
    "markDone": mark_done,
    "markNotDone": mark_not_done,
    "replyToAssignment": reply,
}
HANDLERS: Final = {(code, name): handler for code in WORK for name, handler in _ACTIONS.items()}
