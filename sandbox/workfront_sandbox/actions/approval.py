"""Actions on approvals, and lists of them: a status that ends in ``:A`` is wanted and not yet approved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.call.call import Call
from workfront_sandbox.reading.named_query import query
from workfront_sandbox.wire.errors import invalid
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


@query(("APPROVAL", "myApprovals"))
def my_approvals(call: Call, code: str) -> list[Any]:
    """Returns projects, tasks and issues that wait for a decision of the caller's. Raises ApiError."""
    return _waiting(call, code, lambda row: approval.awaits_caller(call, row))


@query(("APPROVAL", "mySubmittedApprovals"))
def my_submitted_approvals(call: Call, code: str) -> list[Any]:
    """Returns projects, tasks and issues that wait for a decision the caller asked for. Raises ApiError."""
    return _waiting(call, code, lambda row: row.get("submittedByID") == call.caller.user_id)


@action("HOUR", "approve")
def approve_hours(request: ActionRequest) -> None:
    """Approves a time entry, in the name of the caller."""
    call = request.call
    fields = {"status": "APP", "approvedByID": call.caller.user_id, "approvedOnDate": call.tenant.clock.wire()}
    change(call, "HOUR", _hour_id(request), fields)


@action("HOUR", "unapprove")
def unapprove_hours(request: ActionRequest) -> None:
    """Takes the decision on a time entry back; with a comment it is refused. Raises ApiError where there is none to
    take back: what waits for a decision can be refused alone, what is refused can be opened again.
    """
    status, is_refused = request.call.row("HOUR", _hour_id(request)).get("status"), request.arguments.get("comment")
    if status != "APP" and status != ("SUB" if is_refused else "NAP"):
        raise invalid(f"Hour {_hour_id(request)} is not approved")
    comment = request.arguments.get("comment")
    fields = {"status": "NAP", "rejectionComment": comment} if comment else {"status": "SUB"}
    change(request.call, "HOUR", _hour_id(request), {**fields, "approvedByID": None, "approvedOnDate": None})


def _waiting(call: Call, code: str, is_wanted: Callable[[Row], bool]) -> list[Any]:
    """Returns what waits for a decision, each row with its type and ID; of one type where the call names one."""
    named = call.parameters.first("objectType")
    kinds = [one for one in APPROVABLE if not named or call.schema.find(named).code == one]
    found = [
        {**row, "referenceObjCode": kind, "referenceObjID": row["ID"]}
        for kind in kinds
        for row in call.store.every(kind)
        if str(row.get("status")).endswith(approval.WANTED) and is_wanted(row)
        and (call.rights is None or call.rights.sees(kind, row))
    ]  # fmt: skip
    return call.shaped(code, found[: call.tenant.limits.rows])


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
