"""What one person is to the work: how much of the time, and whose word on its condition counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.json_value import Row

_OF_ASSIGNEES: Final = ("commitDate", "condition")
"""Fields of tasks and issues that are the word of who works on them."""


def check_word(call: Call, code: str, before: Row, changes: Mapping[str, Any]) -> None:
    """Raises ApiError 403 where others than its assignees say when work will be done, or how it goes.

    It counts in a strict sandbox, and where rights are kept, for all but administrators.
    """
    free = not call.tenant.strict if call.rights is None else call.rights.is_admin
    if code not in WORK or free or _works_on(call, code, before):
        return
    for name in _OF_ASSIGNEES:
        if name in changes and changes[name] != before.get(name):
            kind = call.object(code).name
            raise ApiError(403, f"{name} of {kind} {before.get('name')} is for those who are assigned to it")


_COMPANY: Final = ROW_KEYS["CMPY"]
_MEMBERSHIPS: Final = frozenset({"TEAMMB", "USRGPS", "USRROL", "PRTU"})


def check_member(call: Call, code: str, row: Mapping[str, Any]) -> None:
    """Raises ApiError where a user who is not active would become a member of something."""
    user = call.store.get("USER", str(row.get("userID"))) if code in _MEMBERSHIPS else None
    if user is not None and user.get("isActive") is False:
        raise invalid(f"{user.get('name')} is not active and cannot become a member")


def check_work_time(changes: Mapping[str, Any]) -> None:
    """Raises ApiError for a share of the working time that is none: above 0, and at most 1."""
    share = changes.get("workTime")
    if share is not None and not 0 < float(share) <= 1:
        raise invalid(f'Invalid Parameter: workTime value "{share}"')


def check_manager(call: Call, before: Row, changes: Mapping[str, Any]) -> None:
    """Raises ApiError where a user would have a manager who belongs to another company."""
    after = {**before, **changes}
    if not {"managerID", _COMPANY} & set(changes) or not after.get("managerID"):
        return
    manager = call.store.get("USER", str(after["managerID"])) or {}
    if manager.get(_COMPANY) and after.get(_COMPANY) and manager[_COMPANY] != after[_COMPANY]:
        raise invalid(f"{manager.get('name')} is of another company and cannot be the manager")


def fresh_condition(call: Call, code: str, before: Row, changes: Mapping[str, Any]) -> Row:
    """Returns the condition that work has again when one of its assignees gives it another status."""
    is_other = "status" in changes and changes["status"] != before.get("status")
    if not is_other or "condition" in changes or before.get("condition") == 0:
        return {}
    return {"condition": 0} if _works_on(call, code, before) else {}


def _works_on(call: Call, code: str, row: Mapping[str, Any]) -> bool:
    """Returns whether the caller has a part in a task or an issue."""
    me = call.caller.user_id
    parts = {ROW_KEYS[code]: row["ID"], "assignedToID": me}
    return row.get("assignedToID") == me or bool(call.store.number("ASSGN", **parts))
