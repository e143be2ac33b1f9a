"""Approvals: a status that a process watches is wanted first, and had when the approvers of all steps said yes.

A wanted status ends in ``:A``. The words of decisions and of ``approvalType`` are on record nowhere: those here are the
sandbox's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from workfront_sandbox.access.approver import WORDS, asked_users, decides, people_of
from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.wire.errors import ApiError, invalid, no_access, not_computed
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.request_queue import issue_defaults
from workfront_sandbox.writing.rows import add, change, remove
from workfront_sandbox.writing.status import progress

APPROVABLE: Final = ("PROJ", "TASK", "OPTASK")
WANTED: Final = ":A"
_STATUSES: Final = tuple(f"STATUS_{code}" for code in APPROVABLE)

ONE_DECISION: Final = "ONE"
"""The ``approvalType`` of a step that the first decision ends."""

ALL_DECISIONS: Final = "ALL"
"""The ``approvalType`` of a step that waits for all approvers, as one without it does."""

APPROVED: Final = "APPROVED"
"""The status of a decision for the wanted status."""


def wanted_status(call: Call, code: str, before: Row, fields: Row) -> Row:
    """Returns the fields of an edit or of a new row; where a process watches the status written, it is only wanted."""
    status = fields.get("status")
    if code not in APPROVABLE or not status or str(status).endswith(WANTED) or status == before.get("status"):
        return fields
    process = fields.get("approvalProcessID", before.get("approvalProcessID"))
    steps = _steps(call, _path(call, process, str(status)))
    if not steps:
        return fields
    pending = {
        "status": f"{status}{WANTED}",
        "previousStatus": before.get("status"),
        "currentApprovalStepID": steps[0]["ID"],
        "approvalStartDate": call.tenant.clock.wire(),
        "submittedByID": call.caller.user_id,
    }
    return {**fields, **_known(call, code, pending)}


def approve(call: Call, code: str, row: Row) -> None:
    """Counts the caller's yes; the status is had when the last step has what it needs. Raises ApiError 403 for others
    than its approvers.
    """
    wanted = str(row["status"]).removesuffix(WANTED)
    step = call.store.get("ARVSTP", str(row.get("currentApprovalStepID")))
    if step is not None and not _is_through(call, code, row, step):
        return
    steps = _steps(call, _path(call, row.get("approvalProcessID"), wanted)) if step else []
    later = [one for one in steps if step and _place(one) > _place(step)]
    if later:
        change(call, code, str(row["ID"]), _known(call, code, {"currentApprovalStepID": later[0]["ID"]}))
        return
    _have(call, code, row, wanted, {"approvalCompletionDate": call.tenant.clock.wire(), "currentApprovalStepID": None})


def reject(call: Call, code: str, row: Row, former: str) -> None:
    """Ends an approval with a no: the row has the status for that, or its former one; decisions begin anew.

    Raises ApiError 403 for others than the step's approvers.
    """
    wanted = str(row["status"]).removesuffix(WANTED)
    step = call.store.get("ARVSTP", str(row.get("currentApprovalStepID")))
    if step is not None:
        _mine(call, row, step)
    path = _path(call, row.get("approvalProcessID"), wanted) or {}
    recall(call, code, row, str(path.get("rejectedStatus") or former))
    if path.get("shouldCreateIssue") and code != "OPTASK":
        _add_issue(call, code, row)


def recall(call: Call, code: str, row: Row, former: str) -> None:
    """Ends an approval without a decision: the row has its former status again."""
    for decision in _decisions(call, row):
        remove(call, "ARVSTS", str(decision["ID"]))
    done = {"currentApprovalStepID": None}
    fields = wanted_status(call, code, {**row, "status": None}, {"status": former})
    if str(fields["status"]).endswith(WANTED):
        change(call, code, str(row["ID"]), {**fields, "previousStatus": row.get("status")})
        return
    _have(call, code, row, former, done)


def bypass(call: Call, code: str, row: Row) -> None:
    """Ends an approval without a decision for a row that never had another status: it has the one wanted."""
    _have(call, code, row, str(row["status"]).removesuffix(WANTED), {"currentApprovalStepID": None})


def _have(call: Call, code: str, row: Row, status: str, more: Row) -> None:
    fields = progress(call, code, row, {"status": status})
    change(call, code, str(row["ID"]), {"status": status, **fields, **_known(call, code, more)})


def awaits_caller(call: Call, row: Row) -> bool:
    """Returns whether the current step of a row wants a decision of the caller's that is not there yet."""
    step = call.store.get("ARVSTP", str(row.get("currentApprovalStepID")))
    if step is None:
        return False
    decided = {decision.get("stepApproverID") for decision in _decisions(call, row, step)}
    mine = _theirs(call, row, call.store.where("SPAPVR", approvalStepID=step["ID"]))
    return any(one["ID"] not in decided for one in mine)


def _is_through(call: Call, code: str, row: Row, step: Row) -> bool:
    """Notes the caller's decision; returns whether the step has what it needs."""
    approvers = call.store.where("SPAPVR", approvalStepID=step["ID"])
    mine = _mine(call, row, step)
    decided = {decision.get("stepApproverID") for decision in _decisions(call, row, step)}
    for approver in mine:
        if approver["ID"] not in decided:
            decided.add(approver["ID"])
            add(call, "ARVSTS", _decision(call, code, row, step, approver))
    return step.get("approvalType") == ONE_DECISION or all(one["ID"] in decided for one in approvers)


def check_approver(_: Call, approver: Row) -> Row:
    """Returns nothing more for an approver of a step. Raises ApiError for one that is a word nobody is known for."""
    _check_word("wildCard (StepApprover)", approver.get("wildCard"), WORDS)
    return {}


def check_step(_: Call, step: Row) -> Row:
    """Returns nothing more for a step of a path. Raises ApiError where it is not known whose decisions it waits for."""
    _check_word("approvalType (ApprovalStep)", step.get("approvalType"), (ONE_DECISION, ALL_DECISIONS))
    return {}


def check_path(call: Call, path: Row) -> Row:
    """Returns nothing more for a path of a process. Raises ApiError for a status that the tenant has nowhere."""
    for name in ("targetStatus", "approvedStatus", "rejectedStatus"):
        status = path.get(name)
        if status and not any(call.store.where("CSTEM", enumClass=kind, value=str(status)) for kind in _STATUSES):
            raise invalid(f'Invalid Parameter: {name} value "{str(status)[:100]}"')
    return {}


def _check_word(field: str, value: Any, words: Sequence[str]) -> None:
    if value and value not in words:
        raise not_computed(
            f"{field} {str(value)[:50]}, whose words are on record nowhere; its own are {' and '.join(words)}"
        )


def _mine(call: Call, row: Row, step: Row) -> Sequence[Row]:
    """Returns the approvers of a step for whom the caller decides: all for an administrator. Raises ApiError 403."""
    approvers = call.store.where("SPAPVR", approvalStepID=step["ID"])
    check_step(call, step)
    for one in approvers:
        check_approver(call, one)
    if call.tenant.is_admin(call.caller.user):
        return approvers
    mine = _theirs(call, row, approvers)
    if not mine:
        raise no_access("approve", "request")
    return mine


def _theirs(call: Call, row: Row, approvers: Sequence[Row]) -> Sequence[Row]:
    """Returns those of the approvers for whom the caller stands."""
    people = people_of(call.store, call.caller.user_id, call.tenant.clock.now())
    is_admin = call.tenant.is_admin(call.caller.user)
    return [one for one in approvers if decides(call.store, row, one, people, is_admin=is_admin)]


def _decision(call: Call, code: str, row: Row, step: Row, approver: Row) -> Row:
    about = {"approvableObjCode": code, "approvableObjID": row["ID"], ROW_KEYS[code]: row["ID"]}
    by = {"approvedByID": call.caller.user_id, "stepApproverID": approver["ID"], "status": APPROVED}
    asked = {str(approver["userID"])} if approver.get("userID") else asked_users(call.store, row, approver)
    instead = None if not asked or call.caller.user_id in asked else min(asked)
    for_word = min(asked) if asked and approver.get("wildCard") else None
    over = {"isOverridden": instead is not None, "overriddenUserID": instead, "wildcardUserID": for_word}
    return {**about, **by, "approvalStepID": step["ID"], **over}


def _decisions(call: Call, row: Row, step: Row | None = None) -> list[Row]:
    found = call.store.where("ARVSTS", approvableObjID=row["ID"])
    return [one for one in found if step is None or one.get("approvalStepID") == step["ID"]]


def _path(call: Call, process: Any, status: str) -> Row | None:
    """Returns the path of a process that watches a status, or None where none does."""
    known = call.store.get("ARVPRC", str(process)) if process else None
    if known is None or known.get("isActive") is False:
        return None
    return next(iter(call.store.where("ARVPTH", approvalProcessID=known["ID"], targetStatus=status)), None)


def _steps(call: Call, path: Row | None) -> list[Row]:
    rows = call.store.where("ARVSTP", approvalPathID=path["ID"]) if path else []
    return sorted(rows, key=_place)


def _place(step: Mapping[str, Any]) -> int:
    return int(step.get("sequenceNumber") or 0)


def _add_issue(call: Call, code: str, row: Row) -> None:
    project = row["ID"] if code == "PROJ" else row.get("projectID")
    owner = row.get("assignedToID") if code == "TASK" else row.get("ownerID")
    about = {"name": f"Approval Rejected ({row.get('name')})", "projectID": project, "assignedToID": owner}
    task = {"sourceTaskID": row["ID"], "sourceObjID": row["ID"], "sourceObjCode": "TASK"} if code == "TASK" else {}
    fields = {"status": "NEW", "opTaskType": "ISU", "percentComplete": 0.0, **about, **task}
    made = str(add(call, "OPTASK", fields | issue_defaults(call, fields))["ID"])
    if owner:
        part = {"opTaskID": made, "assignedToID": owner, "isPrimary": True, "status": "AA", "projectID": project}
        add(call, "ASSGN", part | {"assignedByID": call.caller.user_id})
    change(call, code, str(row["ID"]), _known(call, code, {"rejectionIssueID": made}))


def _known(call: Call, code: str, fields: Row) -> Row:
    """Returns those of the fields that the object type has."""
    known = call.tenant.catalogue.types[code].fields
    return {name: value for name, value in fields.items() if name in known}


def nothing_pending(call: Call, code: str, row: Row) -> ApiError:
    """Returns the refusal of a decision where none is wanted."""
    return ApiError(422, f"{call.object(code).name} {row['ID']} has no pending approval")
