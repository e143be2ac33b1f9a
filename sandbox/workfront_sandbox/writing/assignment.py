"""Who works on a task or an issue: users, roles and teams, and what becomes of them when others come or go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.effort import follow_effort
from workfront_sandbox.writing.finance import follow_money
from workfront_sandbox.writing.rows import add, change, remove
from workfront_sandbox.writing.timeline import follow_task

_MOST: Final = 200
_KINDS: Final = {"assignedToID": "USER", **{ROW_KEYS[code]: code for code in ("ROLE", "TEAMOB")}}


def assignments(call: Call, code: str, object_id: str) -> list[Row]:
    """Returns the assignments of a task or an issue."""
    return call.store.where("ASSGN", **{ROW_KEYS[code]: object_id})


def assign(call: Call, code: str, object_id: str, wanted: Sequence[Row]) -> None:
    """Puts assignments (``assignedToID``, ``roleID``, ``teamID``) in the place of those there are; who stays keeps
    what is known of the work. Raises ApiError for more than a row has, and for those who cannot be assigned.
    """
    _check_number(call, code, len(wanted))
    there = assignments(call, code, object_id)
    staying = [_same(there, item) for item in wanted]
    kept = {str(old["ID"]) for old in staying if old}
    for gone in there:
        if str(gone["ID"]) not in kept:
            remove(call, "ASSGN", str(gone["ID"]))
    primary = next((at for at, item in enumerate(wanted) if not _is_team(item)), None)
    for at, (item, old) in enumerate(zip(wanted, staying, strict=True)):
        if old:
            change(call, "ASSGN", str(old["ID"]), {"isPrimary": at == primary})
        else:
            _add(call, code, object_id, item, is_primary=at == primary)
    follow_assignments(call, code, object_id)


def assign_also(call: Call, code: str, object_id: str, more: Row) -> None:
    """Adds an assignment; a user takes the place of a role that waits for one. Raises ApiError."""
    there = assignments(call, code, object_id)
    is_there = _same(there, more) is not None
    waiting = None if is_there else _waiting_role(call, there, more)
    if waiting is not None:
        _check_active(call, more)
        change(call, "ASSGN", str(waiting["ID"]), {"assignedToID": more["assignedToID"], "status": "AA"})
    elif not is_there:
        _check_number(call, code, len(there) + 1)
        _add(call, code, object_id, more, is_primary=not _is_team(more) and all(_is_team(row) for row in there))
    follow_assignments(call, code, object_id)


def release_user(call: Call, code: str, object_id: str, user_id: Any) -> None:
    """Takes the work from a user; the role the user had goes on waiting for somebody."""
    for row in assignments(call, code, object_id):
        if row.get("assignedToID") == user_id:
            if row.get("roleID"):
                change(call, "ASSGN", str(row["ID"]), {"assignedToID": None, "status": "AA"})
            else:
                remove(call, "ASSGN", str(row["ID"]))
    follow_assignments(call, code, object_id)


def is_issue_given_back(code: str, values: Mapping[str, Any]) -> bool:
    """Returns whether an edit takes an issue from its user by the field alone, which an empty list beside it does not
    change: the role stays unless it is emptied too.
    """
    is_emptied = "assignedToID" in values and not values["assignedToID"]
    return code == "OPTASK" and is_emptied and not values.get("assignments") and "roleID" not in values


def give_back_issue(call: Call, object_id: str, user_id: Any) -> None:
    """Takes an issue from all who work on it; the role of its user goes on waiting for somebody."""
    there = assignments(call, "OPTASK", object_id)
    roles = [row["roleID"] for row in there if row.get("assignedToID") == user_id and row.get("roleID")]
    release_user(call, "OPTASK", object_id, user_id)
    assign(call, "OPTASK", object_id, [{"roleID": role} for role in roles])


def follow_lost_work(call: Call, done: int) -> None:
    """Brings work in line whose users, roles or teams were deleted since so many changes were made: a role goes on
    waiting for somebody, what is left with nobody goes.
    """
    lost = [one for one in call.changes[done:] if one.code == "ASSGN" and one.type == "UPDATE"]
    owners: dict[tuple[str, str], None] = {}
    for one in lost:
        part = call.store.get("ASSGN", str(one.new["ID"])) or {}
        owners |= {(code, str(part[ROW_KEYS[code]])): None for code in WORK if part.get(ROW_KEYS[code])}
        if part and not any(part.get(name) for name in _KINDS):
            remove(call, "ASSGN", str(part["ID"]))
        elif part and one.old.get("assignedToID") and not part.get("assignedToID"):
            change(call, "ASSGN", str(part["ID"]), {"status": "AA"})
    for code, key in owners:
        if call.store.get(code, key) is not None:
            follow_assignments(call, code, key)


def follow_assignments(call: Call, code: str, object_id: str) -> None:
    """Gives a task or an issue the user, role and team of its first assignments, and the names of all."""
    found = _with_primary(call, assignments(call, code, object_id))
    if any(one.code == "ASSGN" and one.type == "CREATE" for one in call.changes):
        _check_number(call, code, len(found))
    _check_who(call, code, found)
    found.sort(key=lambda row: not row.get("isPrimary"))
    names = ("assignedToID", "teamID") if code == "OPTASK" and not found else tuple(_KINDS)
    values: dict[str, Any] = {name: next((row[name] for row in found if row.get(name)), None) for name in names}
    values["primaryAssignmentID"] = next((row["ID"] for row in found if row.get("isPrimary")), None)
    if "assignmentsListString" in call.object(code).fields:
        values["assignmentsListString"] = ", ".join(_name(call, row) for row in found) or None
    change(call, code, object_id, values)
    if code == "TASK" and follow_effort(call, object_id, ()) and object_id not in call.making:
        task = call.row(code, object_id)
        follow_task(call, task, task, {"durationMinutes": None})
    if code == "TASK":
        follow_money(call, object_id)


def _check_who(call: Call, code: str, found: Sequence[Row]) -> None:
    """Raises ApiError where an assignment that was written is nobody's, or of a user who has the work already."""
    written = {one.new["ID"] for one in call.changes if one.code == "ASSGN" and one.new}
    users = [row["assignedToID"] for row in found if row.get("assignedToID")]
    for row in found if written else ():
        if row["ID"] in written and not any(row.get(name) for name in _KINDS):
            raise invalid("An assignment names a user, a role or a team: assignedToID, roleID or teamID")
        if row["ID"] in written and users.count(row.get("assignedToID")) > 1:
            raise invalid(f"{_name(call, row)} is assigned to the {call.object(code).name} already")


def _with_primary(call: Call, found: list[Row]) -> list[Row]:
    """Makes the first user or role primary where none is; returns the assignments."""
    first = next((at for at, row in enumerate(found) if not _is_team(row)), None)
    if first is None or any(row.get("isPrimary") for row in found):
        return found
    found[first] = change(call, "ASSGN", str(found[first]["ID"]), {"isPrimary": True})
    return found


def check_role(call: Call, user_id: Any, role_id: Any) -> None:
    """Raises ApiError where a user does not have a role. Those without any may work in each, unless it is strict."""
    user = call.store.get("USER", str(user_id)) if user_id else None
    if user is None or not role_id:
        return
    has = roles_of(call, user)
    if role_id not in has and (has or call.tenant.strict):
        role = call.store.get("ROLE", str(role_id)) or {}
        raise invalid(f"{user.get('name')} cannot be assigned to Role: {role.get('name')}")


def roles_of(call: Call, user: Row) -> list[Any]:
    """Returns the roles of a user, the primary one first."""
    others = [row.get("roleID") for row in call.store.where("USRROL", userID=user["ID"])]
    return [role for role in dict.fromkeys([user.get("roleID"), *others]) if role]


def hold_role(call: Call, user_id: str, role_id: str) -> None:
    """Gives a user a role beside those the user has, unless it is one of them."""
    if not call.store.where("USRROL", userID=user_id, roleID=role_id):
        add(call, "USRROL", {"userID": user_id, "roleID": role_id})


def check_assignable(call: Call, item: Row) -> None:
    """Raises ApiError for users without the role they are to work in, and for what is not active any more."""
    if item.get("isPrimary") and _is_team(item):
        raise invalid("A team cannot be the primary assignee: a user or a role can")
    check_role(call, item.get("assignedToID"), item.get("roleID"))
    _check_active(call, item)


def _check_number(call: Call, code: str, number: int) -> None:
    if number > _MOST:
        raise invalid(f"At most {_MOST} can be assigned to one {call.object(code).name}")


def _add(call: Call, code: str, object_id: str, item: Row, *, is_primary: bool) -> None:
    user = call.store.get("USER", str(item.get("assignedToID"))) or {}
    check_assignable(call, item)
    tied = {ROW_KEYS[code]: object_id, "projectID": call.row(code, object_id).get("projectID"), "status": "AA"}
    role = item.get("roleID") or user.get("roleID")
    made = {**tied, "isPrimary": is_primary, "assignedByID": call.caller.user_id, **item, "roleID": role}
    add(call, "ASSGN", made)


def _check_active(call: Call, item: Row) -> None:
    """Raises ApiError for users, roles and teams that are not active any more."""
    for name, code in _KINDS.items():
        row = call.store.get(code, str(item[name])) if item.get(name) else None
        if row is not None and row.get("isActive") is False:
            raise invalid(f"{row.get('name')} is not active and cannot be assigned")


def _waiting_role(call: Call, there: Sequence[Row], more: Row) -> Row | None:
    """Returns the assignment of a role that a user takes over: one of the user's own, the primary one alone."""
    user = call.store.get("USER", str(more.get("assignedToID"))) if more.get("assignedToID") else None
    if user is None or more.get("roleID"):
        return None
    open_roles = [row for row in there if row.get("roleID") and not row.get("assignedToID")]
    has = roles_of(call, user)
    return next((row for one in has for row in open_roles if row["roleID"] == one), None)


def _same(there: Sequence[Row], item: Row) -> Row | None:
    return next((row for row in there if _who(row) == _who(item)), None)


def _who(row: Row) -> tuple[Any, ...]:
    return (row["assignedToID"],) if row.get("assignedToID") else (None, row.get("roleID"), row.get("teamID"))


def _is_team(row: Row) -> bool:
    return bool(row.get("teamID")) and not row.get("assignedToID") and not row.get("roleID")


def _name(call: Call, row: Row) -> str:
    for name, code in _KINDS.items():
        if row.get(name):
            return str((call.store.get(code, str(row[name])) or {}).get("name") or "")
    return ""
