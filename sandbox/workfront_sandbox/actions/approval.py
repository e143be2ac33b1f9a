"""Actions on approvals: a status that ends in ``:A`` is wanted and not yet approved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change

_BACK: Final = {"PROJ": "CUR", "TASK": "INP", "OPTASK": "INP"}


def approve(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """The wanted status becomes the status."""
    row = _pending(call, code, object_id)
    fields = {"status": row["status"].removesuffix(":A"), "approvalCompletionDate": call.tenant.clock.wire()}
    change(call, code, str(row["ID"]), _known(call, code, fields))


def reject(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """The status is again what it was before."""
    row = _pending(call, code, object_id)
    change(call, code, str(row["ID"]), _known(call, code, {"status": _former(call, code, row)}))


def submit_hours(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """A time entry is approved, by the caller."""
    hour_id = object_id or str(arguments.get("hourID"))
    fields = {"status": "APP", "approvedByID": call.caller.user_id, "approvedOnDate": call.tenant.clock.wire()}
    change(call, "HOUR", hour_id, fields)


def withdraw_hours(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """The approval of a time entry is taken back."""
    hour_id = object_id or str(arguments.get("hourID"))
    change(call, "HOUR", hour_id, {"status": "SUB", "approvedByID": None, "approvedOnDate": None})


def _pending(call: Call, code: str, object_id: str | None) -> Row:
    if object_id is None:
        raise invalid("The action needs an ID")
    row = call.row(code, object_id)
    if not str(row.get("status")).endswith(":A"):
        raise invalid(f"{call.object(code).name} {object_id} has no pending approval")
    return row


def _former(call: Call, code: str, row: Row) -> str:
    """The last status of the journal that is not the pending one."""
    entries = call.store.where("JRNLE", objID=row["ID"], fieldName="status")
    past = [str(entry["oldTextVal"]) for entry in entries if entry.get("oldTextVal")]
    former = row.get("previousStatus") or next((one for one in reversed(past) if not one.endswith(":A")), None)
    return str(former or _BACK.get(code, "NEW"))


def _known(call: Call, code: str, fields: Row) -> Row:
    return {name: value for name, value in fields.items() if name in call.object(code).fields}


HANDLERS: Final[Mapping[tuple[str, str], Callable[[Call, str, str | None, Row], Any]]] = {
    **{(code, "approveApproval"): approve for code in _BACK},
    **{(code, "rejectApproval"): reject for code in _BACK},
    **{(code, "recallApproval"): reject for code in _BACK},
    ("HOUR", "approve"): submit_hours,
    ("HOUR", "unapprove"): withdraw_hours,
}
