"""Actions on who works on a task or an issue, and how far they are."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.actions.arguments import listed, needed
from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.schema.overrides import DONE, ROW_KEYS, WORK
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.defaults import complete
from workfront_sandbox.writing.rows import add, change, remove
from workfront_sandbox.writing.side_effects import assign, assignments, follow_assignments

_FIELDS: Final = {"USER": "assignedToID", "ROLE": ROW_KEYS["ROLE"], "TEAMOB": ROW_KEYS["TEAMOB"]}
"""The field of an assignment for each type it can name."""


@action(WORK, "assign")
def assign_one(request: ActionRequest) -> None:
    """Gives the work to a user, a role or a team, besides those who have it."""
    kind, accessor = needed(request.arguments, "objCode").upper(), needed(request.arguments, "objID")
    if kind not in _FIELDS:
        raise invalid(f'Invalid Parameter: objCode value "{kind[:50]}"')
    request.call.row(kind, accessor)
    if all(row.get(_FIELDS[kind]) != accessor for row in _assignments(request)):
        _assign_also(request, {_FIELDS[kind]: accessor})


@action(WORK, "assignMultiple")
def assign_many(request: ActionRequest) -> None:
    """Gives the work to the named users, roles and teams, in place of those who have it."""
    arguments = request.arguments
    teams = [*listed(arguments, "teamIDs"), *([arguments["teamID"]] if arguments.get("teamID") else [])]
    named = {"USER": listed(arguments, "userIDs"), "ROLE": listed(arguments, "roleIDs"), "TEAMOB": teams}
    wanted: list[Row] = []
    for kind, ids in named.items():
        wanted.extend({_FIELDS[kind]: request.call.row(kind, str(one))["ID"]} for one in ids)
    assign(request.call, request.code, request.row_id, wanted)
    if not wanted:
        request.change(dict.fromkeys(_FIELDS.values()))


@action(WORK, "unassign")
def unassign(request: ActionRequest) -> None:
    """Takes the work from a user."""
    for row in _assignments(request):
        if row.get("assignedToID") == request.arguments.get("userID"):
            remove(request.call, "ASSGN", str(row["ID"]))
    follow_assignments(request.call, request.code, request.row_id)


@action(WORK, "acceptWork")
def accept_work(request: ActionRequest) -> None:
    """Takes the work on for the caller; the row goes in progress, or where the argument says."""
    if not _assignments_of_caller(request):
        _assign_also(request, {"assignedToID": request.call.caller.user_id})
    for row in _assignments_of_caller(request):
        change(request.call, "ASSGN", str(row["ID"]), {"status": "AD"})
    request.change({"status": request.arguments.get("status") or "INP"})


@action(WORK, "unacceptWork")
def unaccept_work(request: ActionRequest) -> None:
    """Gives the work back for the caller: assigned, not accepted."""
    _mark_assignments(request, "AA")
    request.change({"status": request.arguments.get("status") or "NEW"})


@action(WORK, "markDone")
def mark_done(request: ActionRequest) -> None:
    """Marks the caller's part as done; the row takes the given status, or becomes complete."""
    _mark_assignments(request, "DN")
    done = DONE[request.code]
    fields: Row = {"status": str(request.arguments.get("status") or done[0])}
    if fields["status"] in done:
        fields |= {"percentComplete": 100.0, "actualCompletionDate": request.call.tenant.clock.wire()}
    request.change(fields)


@action(WORK, "markNotDone")
def mark_not_done(request: ActionRequest) -> None:
    """Takes the work up again: the assignment is accepted once more, the row in progress."""
    chosen = request.arguments.get("assignmentID")
    for row in _assignments(request):
        if chosen in {None, row["ID"]}:
            change(request.call, "ASSGN", str(row["ID"]), {"status": "AD"})
    request.change({"status": "INP", "actualCompletionDate": None})


@action(WORK, "replyToAssignment")
def reply_to_assignment(request: ActionRequest) -> None:
    """Writes the caller's note about an assignment, and when the work will be done."""
    arguments, own = request.arguments, request.row_id
    if arguments.get("noteText"):
        note = {"noteText": arguments["noteText"], "noteObjCode": request.code, "objID": own}
        add(request.call, "NOTE", complete(request.call, "NOTE", note))
    if arguments.get("commitDate"):
        request.change({"commitDate": arguments["commitDate"]})


def _assignments(request: ActionRequest) -> list[Row]:
    return assignments(request.call, request.code, request.row_id)


def _assignments_of_caller(request: ActionRequest) -> list[Row]:
    return [row for row in _assignments(request) if row.get("assignedToID") == request.call.caller.user_id]


def _assign_also(request: ActionRequest, more: Row) -> None:
    """Adds an assignment to those there are."""
    names = (*_FIELDS.values(), "status")
    there = [{name: row.get(name) for name in names} for row in _assignments(request)]
    assign(request.call, request.code, request.row_id, [*there, more])


def _mark_assignments(request: ActionRequest, status: str) -> None:
    """Gives a status to the caller's assignments and to those of nobody."""
    for row in _assignments(request):
        if row.get("assignedToID") in {None, request.call.caller.user_id}:
            change(request.call, "ASSGN", str(row["ID"]), {"status": status})
