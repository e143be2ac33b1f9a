"""Actions on who works on a task or an issue, and how far they are."""

from __future__ import annotations

from typing import Final, TypeVar

from workfront_sandbox.actions.arguments import listed, needed, needed_list
from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.tenant.work_item import FINISHED
from workfront_sandbox.wire.errors import invalid, not_computed
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.assignment import (
    assign,
    assign_also,
    assignments,
    check_role,
    follow_assignments,
    release_user,
)
from workfront_sandbox.writing.rows import change
from workfront_sandbox.writing.status import is_done, meaning
from workfront_sandbox.writing.writes import create, edit

T = TypeVar("T")

_FIELDS: Final = {"USER": "assignedToID", "ROLE": ROW_KEYS["ROLE"], "TEAMOB": ROW_KEYS["TEAMOB"]}
"""The field of an assignment for each type it can name."""

_DONE: Final = {"TASK": "CPL", "OPTASK": "RLV"}
"""The status of what is marked as done and not told which."""


@action(WORK, "assign")
def assign_one(request: ActionRequest) -> None:
    """Gives the work to a user, a role or a team, besides those who have it."""
    kind, accessor = needed(request.arguments, "objCode").upper(), needed(request.arguments, "objID")
    if kind not in _FIELDS:
        raise invalid(f'Invalid Parameter: objCode value "{kind[:50]}"')
    request.call.row(kind, accessor)
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
    if request.code == "OPTASK" and teams and len(wanted) == len(teams):
        assign(request.call, request.code, request.row_id, [])
        request.change({"teamID": str(teams[0])})
        return
    assign(request.call, request.code, request.row_id, wanted)
    if not wanted:
        request.change(dict.fromkeys(_FIELDS.values()))


@action(WORK, "unassign")
def unassign(request: ActionRequest) -> None:
    """Takes the work from a user; the role the user had goes on waiting for somebody. Raises ApiError where the user
    does not have it.
    """
    user_id = needed(request.arguments, "userID")
    if not _parts(request, request.code, request.row_id, user_id) and request.row.get("assignedToID") != user_id:
        raise invalid(f"User {user_id} is not assigned to {request.call.object(request.code).name} {request.row_id}")
    release_user(request.call, request.code, request.row_id, user_id)


@action(WORK, "acceptWork")
def accept_work(request: ActionRequest) -> None:
    """Takes the work on for the caller; the row has another status only where the argument says one."""
    if not _assignments_of_caller(request):
        _assign_also(request, {"assignedToID": request.call.caller.user_id})
    for row in _assignments_of_caller(request):
        change(request.call, "ASSGN", str(row["ID"]), {"status": "AD"})
    if request.arguments.get("status"):
        _edit(request, {"status": str(request.arguments["status"])})
    if not request.row.get("commitDate"):
        request.change({"commitDate": request.row.get("plannedCompletionDate")})


@action(WORK, "unacceptWork")
def unaccept_work(request: ActionRequest) -> None:
    """Gives the work back for the caller: assigned, not accepted. Raises ApiError where the caller has not accepted."""
    if not any(row.get("status") != "AA" for row in _own_parts(request)):
        raise invalid(f"You have not accepted {request.call.object(request.code).name} {request.row_id}")
    _mark_assignments(request, "AA")
    _edit(request, {"status": request.arguments.get("status") or "NEW"})
    if meaning(request.call, request.code, request.row.get("status")) == "NEW":
        request.change({"actualStartDate": None})


@action(WORK, "markDone")
def mark_done(request: ActionRequest) -> None:
    """Marks the caller's part as done. The row takes the given status; without one it is complete where nobody else has
    a part in it.
    """
    status, shared = request.arguments.get("status"), len(_assignments(request)) > 1
    _mark_assignments(request, "DN")
    if status or not shared:
        _edit(request, {"status": str(status or _DONE[request.code])})


@action(WORK, "markNotDone")
def mark_not_done(request: ActionRequest) -> None:
    """Takes the work up again: the assignment is accepted once more, the row in progress. Raises ApiError where nothing
    of it is done.
    """
    chosen, parts = request.arguments.get("assignmentID"), _assignments(request)
    mine = [row for row in parts if chosen in {None, "", row["ID"]}]
    if chosen and not mine:
        raise invalid(f'Invalid Parameter: assignmentID value "{str(chosen)[:50]}"')
    if not is_done(request.call, request.code, request.row.get("status")) and all(
        row.get("status") != FINISHED for row in mine
    ):
        raise invalid(f"{request.call.object(request.code).name} {request.row_id} is not done")
    for row in mine:
        change(request.call, "ASSGN", str(row["ID"]), {"status": "AD"})
    _edit(request, {"status": "INP"})
    request.change({"actualCompletionDate": None})


@action(WORK, "replyToAssignment")
def reply_to_assignment(request: ActionRequest) -> None:
    """Writes the caller's note about an assignment, and when the work will be done."""
    arguments, own = request.arguments, request.row_id
    text, day = arguments.get("noteText"), arguments.get("commitDate")
    if not text and not day:
        raise invalid("argument noteText is missing")
    if text:
        create(request.call, "NOTE", {"noteText": text, "noteObjCode": request.code, "objID": own})
    if day:
        _edit(request, {"commitDate": day})


def _assignments(request: ActionRequest) -> list[Row]:
    return assignments(request.call, request.code, request.row_id)


def _assignments_of_caller(request: ActionRequest) -> list[Row]:
    return [row for row in _assignments(request) if row.get("assignedToID") == request.call.caller.user_id]


def _assign_also(request: ActionRequest, more: Row) -> None:
    assign_also(request.call, request.code, request.row_id, more)


def _edit(request: ActionRequest, values: Row) -> None:
    """Edits the row as a call would, with all that follows from it."""
    edit(request.call, request.code, request.row_id, values)


def _rows_of(request: ActionRequest, user_id: str | None) -> list[tuple[str, str]]:
    """Returns open tasks and issues that an action names, those of one user alone if one is given.

    Raises ApiError for what the sandbox does not compute.
    """
    call, arguments = request.call, request.arguments
    if arguments.get("lockToRole"):
        raise not_computed("lockToRole")
    codes = WORK if arguments.get("includeIssues") else WORK[:1]
    on_tasks = request.name.endswith("Tasks")
    named = needed_list(arguments, "taskIDs" if on_tasks else "projectIDs")
    projects, tasks = ([], named) if on_tasks else (named, [])
    found = [(code, row) for code in codes for one in projects for row in call.store.where(code, projectID=one)]
    found += [("TASK", call.row("TASK", one)) for one in tasks]
    issues = tasks if len(codes) > 1 else []
    found += [("OPTASK", row) for one in issues for row in call.store.where("OPTASK", sourceTaskID=one)]
    left = [(code, str(row["ID"])) for code, row in found if not is_done(call, code, row.get("status"))]
    return [(code, one) for code, one in left if user_id is None or _parts(request, code, one, user_id)]


def _found(rows: list[T], missing: str) -> list[T]:
    """Returns rows an action is about. Raises ApiError where there are none, so that nothing would be done."""
    if not rows:
        raise invalid(f"{missing} in what the call names")
    return rows


def _parts(request: ActionRequest, code: str, object_id: str, user_id: str) -> list[Row]:
    """Returns a user's assignments to a row, those of the named roles alone where the action names any."""
    roles = listed(request.arguments, "swapRoleIDs")
    rows = assignments(request.call, code, object_id)
    return [row for row in rows if row.get("assignedToID") == user_id and (not roles or row.get("roleID") in roles)]


@action("ASSGN", "swapUsersOnProjects", "swapUsersOnTasks")
def swap_users(request: ActionRequest) -> None:
    """Gives the open work of one user to another."""
    call, old = request.call, needed(request.arguments, "swapFromUserID")
    new = call.row("USER", needed(request.arguments, "swapToUserID"))
    for code, one in _found(_rows_of(request, old), f"User {old} has no open work"):
        for part in _parts(request, code, one, old):
            check_role(call, new["ID"], part.get("roleID"))
            change(call, "ASSGN", str(part["ID"]), {"assignedToID": new["ID"], "status": "AA"})
        follow_assignments(call, code, one)


@action("ASSGN", "unassignUserFromProjects", "unassignUserFromTasks")
def unassign_everywhere(request: ActionRequest) -> None:
    """Takes the open work from a user; roles go on waiting for somebody."""
    user_id = needed(request.arguments, "unassignUserID")
    for code, one in _found(_rows_of(request, user_id), f"User {user_id} has no open work"):
        release_user(request.call, code, one, user_id)


@action("ASSGN", "assignUserToRoleOnProjects", "assignUserToRoleOnTasks")
def assign_to_role(request: ActionRequest) -> None:
    """Gives a user the open work that waits for a role."""
    call, role = request.call, needed(request.arguments, "swapRoleID")
    user = call.row("USER", needed(request.arguments, "swapUserID"))
    check_role(call, user["ID"], role)
    waiting = [
        (code, one, part) for code, one in _rows_of(request, None) for part in assignments(call, code, one)
        if part.get("roleID") == role and not part.get("assignedToID")
    ]  # fmt: skip
    for code, one, part in _found(waiting, f"No open work waits for role {role}"):
        change(call, "ASSGN", str(part["ID"]), {"assignedToID": user["ID"], "status": "AA"})
        follow_assignments(call, code, one)


def _own_parts(request: ActionRequest) -> list[Row]:
    """Returns the caller's assignments; those of nobody where the caller has none."""
    mine = _assignments_of_caller(request)
    return mine or [row for row in _assignments(request) if not row.get("assignedToID")]


def _mark_assignments(request: ActionRequest, status: str) -> None:
    """Gives a status to the caller's assignments."""
    for row in _own_parts(request):
        change(request.call, "ASSGN", str(row["ID"]), {"status": status})
