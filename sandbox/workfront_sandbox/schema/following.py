"""Fields that follow from other fields or other rows: what of, and what is written instead of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_OF_ANY_TYPE: Final = frozenset({
    "actualWorkRequired", "actualWorkRequiredDouble", "actualWorkRequiredExpression", "canStart", "daysLate",
    "hasAttachments", "hasBudgetConflict", "hasCalcError", "hasCalculatedFields", "hasDocuments",
    "hasExpenses", "hasQueueTopics",
    "hasMessages", "hasNonWorkDays", "hasNotes", "hasRateOverride", "hasReplies", "hasReservedTimes", "hasResolvables",
    "hasTimedNotifications", "isCritical", "numLikes", "numReplies", "numberOfChildren", "numberOpenOpTasks",
    "priorityColor", "statusEquatesWith", "workRequiredExpression",
})  # fmt: skip
"""Fields that say of a row what others are there, or where it stands in a plan; not all are flagged READ_ONLY."""

_STAMPS: Final[Mapping[str, str]] = dict.fromkeys(
    ("lastUpdateDate", "lastUpdatedByID"), "is the stamp of the last write: nothing is written for it"
)
"""Fields that every write to a row fills in."""

_SUMMED: Final[Mapping[str, str]] = dict.fromkeys(
    (f"{side}{name}" for side in ("planned", "actual")
     for name in ("LaborCost", "ExpenseCost", "BillableExpenseCost", "NonBillableExpenseCost", "Revenue", "Cost")),
    "is summed up from hours, expenses, assignments and their rates: write those",
)  # fmt: skip

_COMPUTED_DATES: Final[Mapping[str, str]] = dict.fromkeys(
    ("projectedStartDate", "projectedCompletionDate", "estStartDate", "estCompletionDate"),
    "comes from the timeline: write planned or actual dates, duration, percentComplete or commitDate",
)

_STANDING: Final = "says how planned dates stand to projected ones: write dates or percentComplete"
_WORK_OF_TASKS: Final = "is summed up from the tasks of the project: write the work of those"
_PRICE: Final = "comes from the hours and the rates of who logged them: write those"

_APPROVED: Final[Mapping[str, str]] = dict.fromkeys(
    ("previousStatus", "approvalStartDate", "approvalCompletionDate", "currentApprovalStepID", "submittedByID",
     "rejectionIssueID"),
    "comes from the status and from approvals: write status, or call approveApproval, rejectApproval, recallApproval",
)  # fmt: skip
_NOTED: Final[Mapping[str, str]] = dict.fromkeys(
    ("lastNoteID", "lastConditionNoteID"), "is the last note: write a NOTE"
)
_PLACED: Final[Mapping[str, str]] = dict.fromkeys(
    ("taskNumber", "wbs"), "is the place among the other tasks: write parentID, or call move"
)
_CONVERTED: Final[Mapping[str, str]] = dict.fromkeys(
    ("convertedOpTaskName", "convertedOpTaskEntryDate", "convertedOpTaskOriginatorID"),
    "is that of the issue this was converted from: call convertToTask or convertToProject",
)
_HAD: Final[Mapping[str, str]] = dict.fromkeys(
    ("originalDuration", "originalWorkRequired"), "is what the task had before it became a parent"
)
_ANSWERED: Final = "comes from the note that is answered: write parentNoteID"
_DECIDED: Final = "says who approved the hour and when: call approve or unapprove"
_TAKEN_OUT: Final = "says who has the document: call checkOut or checkIn"
_OF_CONTENT: Final = "comes from the content of the version: upload another one"

_OF_TYPE: Final[Mapping[str, Mapping[str, str]]] = {
    "PROJ": {
        **_APPROVED,
        **_NOTED,
        **_CONVERTED,
        **_SUMMED,
        **_COMPUTED_DATES,
        "progressStatus": _STANDING,
        "actualCompletionDate": "is that of the last task that was done: write the status or the date of tasks",
        "durationMinutes": "comes from the first and the last date of the project's tasks: write those",
        "work": _WORK_OF_TASKS,
        "workRequired": _WORK_OF_TASKS,
        "lastCalcDate": "is the moment of the last calculateTimeline: call it",
        "financeLastUpdateDate": "is the moment of the last calculateFinance: call it",
    },
    "TASK": {
        **_APPROVED,
        **_NOTED,
        **_PLACED,
        **_CONVERTED,
        **_HAD,
        **_SUMMED,
        **_COMPUTED_DATES,
        "progressStatus": _STANDING,
        "taskNumberPredecessorString": "shows the predecessors by their numbers: write predecessorExpression",
        "handoffDate": "comes from predecessors and constraints: write those",
    },
    "OPTASK": {
        **_APPROVED,
        **_NOTED,
        "actualCost": "is summed up from the hours of the issue: write those",
        **dict.fromkeys(
            ("durationMinutes", "plannedDurationMinutes"),
            "comes from the queue of the issue: write plannedStartDate and plannedCompletionDate",
        ),
    },
    "HOUR": {
        "actualCost": _PRICE,
        "resourceRevenue": _PRICE,
        "approvedByID": _DECIDED,
        "approvedOnDate": _DECIDED,
    },
    "TTSK": {**_NOTED, **_PLACED},
    "TMPL": {**_NOTED},
    "DOCU": {
        **_NOTED,
        "checkedOutByID": _TAKEN_OUT,
        "checkOutTimestamp": _TAKEN_OUT,
        "lastVersionNum": "is the number of the last version: add a version",
        "downloadURL": "is where the sandbox serves the content",
    },
    "DOCV": dict.fromkeys(("docSize", "ext", "fileType", "documentTypeLabel", "isProofable"), _OF_CONTENT),
    "NOTE": dict.fromkeys(("threadID", "threadDate", "isReply"), _ANSWERED),
    "TSHET": {"totalHours": "is summed up from the hours of the timesheet: write those"},
    "PRED": {"isCP": "says whether the two tasks are in two projects"},
    "LYTMPL": {"navBar": "comes from the items of the template: write navItems"},
}
"""Fields that a computation fills in, by object type: the same name may be anybody's own value in another type."""

OF_SUBTASKS: Final = frozenset({
    "duration", "durationUnit", "durationMinutes", "durationExpression", "plannedStartDate", "plannedCompletionDate",
    "work", "workRequired", "percentComplete",
})  # fmt: skip
"""Fields of a task that follow from its subtasks, as long as it has any."""

OF_TASKS: Final = frozenset({
    "percentComplete", "plannedStartDate", "plannedCompletionDate", "actualStartDate",
})  # fmt: skip
"""Fields of a project that follow from its tasks, as long as it has any, but for the date it is planned from.

Its percentage, its condition and the date it is not planned from follow from them in any case, as they would be gone
with the first task; the condition does not under the type MN.
"""


TAKEN: Final = frozenset({("QUED", "hasQueueTopics")})
"""Fields that follow from others, and of which any value is taken without a consequence."""


def origin_of(code: str, name: str) -> str | None:
    """Returns what a field of an object type follows from, as a clause that the field's name begins; None where it
    holds what was written.
    """
    known = _OF_TYPE.get(code, {}).get(name) or _STAMPS.get(name)
    return known or ("follows from other rows" if name in _OF_ANY_TYPE else None)
