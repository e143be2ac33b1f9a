"""Options of copies and moves: each names what a row does not take along. docs/protocol.md 11.2."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid, not_computed
from workfront_sandbox.wire.json_value import Row

_ISSUE: Final = frozenset(
    {"clearApprovers", "clearAssignments", "clearCustomData", "clearDocuments", "clearPermissions", "clearProgress"}
)
_PROJECT: Final = _ISSUE | {"clearExpenses", "clearFinancials", "clearPredecessors", "clearTimedNotifications"}
_TASK: Final = _PROJECT | {"clearConstraints"}

COPY_OPTIONS: Final[Mapping[str, frozenset[str]]] = {"TASK": _TASK, "TTSK": _TASK, "PROJ": _PROJECT, "OPTASK": _ISSUE}
"""What may be left out of copies, by object type."""

MOVE_OPTIONS: Final[Mapping[str, frozenset[str]]] = {
    "TASK": _TASK - {"clearCustomData"},
    "TTSK": _TASK - {"clearCustomData"},
    "OPTASK": _ISSUE - {"clearCustomData"},
}
"""What may be left behind by moves, by object type."""

ATTACH_OPTIONS: Final = frozenset(
    {"clearApprovers", "clearAssignments", "clearBillingRates", "clearConstraints", "clearDeliverables",
     "clearDocuments", "clearExpenses", "clearFinancials", "clearHourTypes", "clearIssueSetup", "clearPredecessors",
     "clearRisks", "clearSharingOptions", "clearTimedNotifications"}
)  # fmt: skip
"""What may be left out of a template that is attached to a project."""

_CLEARED: Final[Mapping[str, Row]] = {
    "clearProgress": {
        "percentComplete": 0.0, "actualStartDate": None, "actualCompletionDate": None, "commitDate": None,
        "previousStatus": None, "actualWorkRequired": None, "actualWorkRequiredDouble": None,
    },
    "clearAssignments": {"assignedToID": None, "roleID": None, "teamID": None, "assignmentsListString": None},
    "clearConstraints": {"constraintDate": None},
    "clearApprovers": {"approvalProcessID": None},
    "clearFinancials": {
        "costAmount": None, "costType": None, "billingAmount": None, "revenueType": None, "fixedCost": None,
        "fixedRevenue": None, "budget": None,
    },
}  # fmt: skip
_INITIAL: Final = {"PROJ": "PLN", "TASK": "NEW", "OPTASK": "NEW"}


def check_options(options: Collection[str], known: Collection[str]) -> None:
    """Raises ApiError 422 for an option that is none of those known."""
    if wrong := next((word for word in options if word not in known), None):
        raise invalid(f"unknown copy option: {wrong[:100]}")


def check_copy_options(code: str, options: Collection[str]) -> None:
    """Raises ApiError 422 for options that copies of an object type do not have, or that are on record nowhere."""
    if options and code not in COPY_OPTIONS:
        raise not_computed(f"Options of a copy of {code}")
    check_options(options, COPY_OPTIONS.get(code, ()))


def cleared(call: Call, code: str, row: Row, options: Collection[str]) -> Row:
    """Returns the fields of a row that options change, with what they are then."""
    found: Row = {}
    for option in options:
        found |= {name: value for name, value in _CLEARED.get(option, {}).items() if name in row}
    if "clearProgress" in options and code in _INITIAL:
        found["status"] = _INITIAL[code]
    if "clearConstraints" in options and row.get("taskConstraint"):
        project = call.store.get("PROJ", str(row.get("projectID"))) or {}
        found["taskConstraint"] = "ALAP" if project.get("scheduleMode") == "C" else "ASAP"
    if "clearCustomData" in options:
        found |= {name: None for name in row if name.startswith("DE:")}
    return found
