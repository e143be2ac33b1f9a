"""Actions on approvals: a status that ends in ``:A`` is wanted and not yet approved."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing import approval
from workfront_sandbox.writing.approval import APPROVABLE
from workfront_sandbox.writing.rows import change

_BACK: Final = {"PROJ": "CUR", "TASK": "INP", "OPTASK": "INP"}
"""The status after a refusal where the journal knows no earlier one."""


@action(APPROVABLE, "approveApproval")
def approve(request: ActionRequest) -> None:
    """Counts the caller's yes. Raises ApiError 422 where no approval is pending, 403 for others than the approvers."""
    approval.approve(request.call, request.code, _pending_row(request))


@action(APPROVABLE, "rejectApproval")
def reject(request: ActionRequest) -> None:
    """Counts the caller's no. Raises ApiError 422 where no approval is pending, 403 for others than the approvers."""
    row = _pending_row(request)
    approval.reject(request.call, request.code, row, _former_status(request, row))


@action(APPROVABLE, "recallApproval")
def recall(request: ActionRequest) -> None:
    """Takes a wish for approval back; who never had another status has the one wanted. Raises ApiError 422 where none
    is pending.
    """
    row = _pending_row(request)
    if not row.get("previousStatus") and not _past(request, row):
        approval.bypass(request.call, request.code, row)
        return
    approval.recall(request.call, request.code, row, _former_status(request, row))


@action("HOUR", "approve")
def approve_hours(request: ActionRequest) -> None:
    """Approves a time entry, in the name of the caller."""
    call = request.call
    fields = {"status": "APP", "approvedByID": call.caller.user_id, "approvedOnDate": call.tenant.clock.wire()}
    change(call, "HOUR", _hour_id(request), fields)


@action("HOUR", "unapprove")
def unapprove_hours(request: ActionRequest) -> None:
    """Takes the approval of a time entry back; with a comment it is refused."""
    comment = request.arguments.get("comment")
    fields = {"status": "NAP", "rejectionComment": comment} if comment else {"status": "SUB"}
    change(request.call, "HOUR", _hour_id(request), {**fields, "approvedByID": None, "approvedOnDate": None})


def _hour_id(request: ActionRequest) -> str:
    return request.object_id or str(request.arguments.get("hourID"))


def _pending_row(request: ActionRequest) -> Row:
    row = request.row
    if not str(row.get("status")).endswith(":A"):
        raise approval.nothing_pending(request.call, request.code, row)
    return row


def _former_status(request: ActionRequest, row: Row) -> str:
    """Returns the last status of the journal that is not the pending one."""
    return str(row.get("previousStatus") or _past(request, row) or _BACK.get(request.code, "NEW"))


def _past(request: ActionRequest, row: Row) -> str | None:
    entries = request.call.store.where("JRNLE", objID=row["ID"], fieldName="status")
    past = [str(entry["oldTextVal"]) for entry in entries if entry.get("oldTextVal")]
    return next((one for one in reversed(past) if not one.endswith(":A")), None)
