"""What one person is to the work: how much of the time, and whose word on its condition counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row


def check_work_time(changes: Mapping[str, Any]) -> None:
    """Raises ApiError for a share of the working time that is none: above 0, and at most 1."""
    share = changes.get("workTime")
    if share is not None and not 0 < float(share) <= 1:
        raise invalid(f'Invalid Parameter: workTime value "{share}"')


def fresh_condition(call: Call, code: str, before: Row, changes: Mapping[str, Any]) -> Row:
    """Returns the condition that work has again when one of its assignees gives it another status."""
    is_other = "status" in changes and changes["status"] != before.get("status")
    if not is_other or "condition" in changes or not before.get("condition"):
        return {}
    me = call.caller.user_id
    mine = before.get("assignedToID") == me or call.store.number(
        "ASSGN", **{ROW_KEYS[code]: before["ID"], "assignedToID": me}
    )
    return {"condition": 0} if mine else {}
