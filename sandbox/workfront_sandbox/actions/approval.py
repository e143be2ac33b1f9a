"""Actions on approvals: a status that ends in ``:A`` is wanted and not yet approved."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change

_BACK: Final = {"PROJ": "CUR", "TASK": "INP", "OPTASK": "INP"}
"""The status after a refusal where the journal knows no earlier one."""

_APPROVABLE: Final = tuple(_BACK)


@action(_APPROVABLE, "approveApproval")
def approve(request: ActionRequest) -> None:
    """Makes the wanted status the status. Raises ApiError 422 where no approval is pending."""
    status = str(_pending_row(request)["status"]).removesuffix(":A")
    _write(request, {"status": status, "approvalCompletionDate": request.call.tenant.clock.wire()})


@action(_APPROVABLE, "rejectApproval", "recallApproval")
def reject(request: ActionRequest) -> None:
    """Gives a row the status it had before. Raises ApiError 422 where no approval is pending."""
    _write(request, {"status": _former_status(request, _pending_row(request))})


@action("HOUR", "approve")
def approve_hours(request: ActionRequest) -> None:
    """Approves a time entry, in the name of the caller."""
    call = request.call
    fields = {"status": "APP", "approvedByID": call.caller.user_id, "approvedOnDate": call.tenant.clock.wire()}
    change(call, "HOUR", _hour_id(request), fields)


@action("HOUR", "unapprove")
def unapprove_hours(request: ActionRequest) -> None:
    """Takes the approval of a time entry back."""
    change(request.call, "HOUR", _hour_id(request), {"status": "SUB", "approvedByID": None, "approvedOnDate": None})


def _hour_id(request: ActionRequest) -> str:
    return request.object_id or str(request.arguments.get("hourID"))


def _pending_row(request: ActionRequest) -> Row:
    row = request.row
    if not str(row.get("status")).endswith(":A"):
        raise invalid(f"{request.call.object(request.code).name} {row['ID']} has no pending approval")
    return row


def _former_status(request: ActionRequest, row: Row) -> str:
    """Returns the last status of the journal that is not the pending one."""
    entries = request.call.store.where("JRNLE", objID=row["ID"], fieldName="status")
    past = [str(entry["oldTextVal"]) for entry in entries if entry.get("oldTextVal")]
    former = row.get("previousStatus") or next((one for one in reversed(past) if not one.endswith(":A")), None)
    return str(former or _BACK.get(request.code, "NEW"))


def _write(request: ActionRequest, fields: Row) -> None:
    """Writes those of the fields that the object type has."""
    known = request.call.object(request.code).fields
    request.change({name: value for name, value in fields.items() if name in known})
