"""Facts about who does the work, and time spent on it. docs/protocol.md 19.5."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.check import Mark, Observed
from workfront_testing.conformance.values import at, read_datetime
from workfront_testing.conformance.writing.change import Change
from workfront_testing.conformance.writing.step import Step, act, delete, edit, issue, read, task

_ASSIGNED: Final = "assignedToID,assignments:assignedToID,assignments:isPrimary,assignments:status"
_MINE: Final = act("task", "assign", objID="{me.ID}", objCode="USER")
_READ: Final = read("task", _ASSIGNED)
_ROW: Final = Step("GET", "assgn/search?taskID={task.ID}&fields=taskID,status,assignedToID", None, "assignment")
_HOUR: Final = {"hours": 2.5, "entryDate": "2026-03-02", "ownerID": "{me.ID}", "projectID": "{project.ID}"}


def _is_mine(seen: Observed, **members: object) -> bool:
    row = seen.answers[-1].row
    (found,) = row["assignments"]
    same = {name: found[name] for name in members} == members
    return same and found["assignedToID"] == row["assignedToID"] == seen.value("me.ID")


def _is_nobodys(seen: Observed) -> bool:
    row = seen.answers[-1].row
    return row["assignedToID"] is None and not any(one["assignedToID"] for one in row["assignments"])


CHANGES: Final = (
    Change("assign gives a task to a user.", Mark.SEEN, "19.5", (_MINE, _READ), _is_mine, (task(),)),
    Change(
        "The first who is assigned is primary.",
        Mark.DOC,
        "19.5",
        (_MINE, _READ),
        lambda s: _is_mine(s, isPrimary=True),
        (task(),),
    ),
    Change(
        "A new assignment is requested, not accepted.",
        Mark.DOC,
        "19.5",
        (_MINE, _READ),
        lambda s: _is_mine(s, status="AA"),
        (task(),),
    ),
    Change(
        "assignedToID in a create assigns.",
        Mark.SEEN,
        "19.5",
        (task(assignedToID="{me.ID}"), _READ),
        _is_mine,
    ),
    Change(
        "assignments in a create assigns.",
        Mark.SEEN,
        "19.5",
        (task(assignments=[{"assignedToID": "{me.ID}"}]), _READ),
        _is_mine,
    ),
    Change(
        "assignMultiple with empty lists unassigns everybody.",
        Mark.SEEN,
        "16",
        (act("task", "assignMultiple", userIDs=[], roleIDs=[], teamIDs=[]), _READ),
        lambda s: _is_nobodys(s) and s.answers[-1].row["assignments"] == [],
        (task(assignedToID="{me.ID}"),),
    ),
    Change(
        "An empty list of assignments unassigns everybody.",
        Mark.DOC,
        "11.3",
        (_READ, edit("task", assignments=[]), _READ),
        lambda s: len(s.answers[0].row["assignments"]) == 1 and _is_nobodys(s),
        (task(assignedToID="{me.ID}"),),
    ),
    Change(
        "unassign takes the user off.",
        Mark.SEEN,
        "16",
        (_READ, act("task", "unassign", userID="{me.ID}"), _READ),
        lambda s: s.answers[0].row["assignedToID"] == s.value("me.ID") and _is_nobodys(s),
        (task(assignedToID="{me.ID}"),),
    ),
    Change(
        "acceptWork accepts one's own assignment.",
        Mark.DOC,
        "19.5",
        (act("task", "acceptWork"), _READ),
        lambda s: _is_mine(s, status="AD"),
        (task(assignedToID="{me.ID}"),),
    ),
    Change(
        "acceptWork commits to the planned completion.",
        Mark.DOC,
        "19.5",
        (act("task", "acceptWork"), read("task", "commitDate,plannedCompletionDate")),
        lambda s: at(s.answers[1].row["commitDate"]) == at(s.answers[1].row["plannedCompletionDate"]),
        (task(assignedToID="{me.ID}"),),
    ),
    Change(
        "unacceptWork takes a task back to NEW.",
        Mark.DOC,
        "19.5",
        (act("task", "unacceptWork"), read("task", "status,actualStartDate")),
        lambda s: (s.answers[1].row["status"], s.answers[1].row["actualStartDate"]) == ("NEW", None),
        (task(assignedToID="{me.ID}"), act("task", "acceptWork"), edit("task", status="INP")),
    ),
    Change(
        "The assignment of a task that is done is done.",
        Mark.SEEN,
        "19.5",
        (edit("task", status="CPL"), _READ),
        lambda s: _is_mine(s, status="DN"),
        (task(assignedToID="{me.ID}"),),
    ),
    Change(
        "The assignment of a task that is opened again stays done.",
        Mark.SEEN,
        "16",
        (edit("task", status="INP", percentComplete=50), read("task", f"status,{_ASSIGNED}")),
        lambda s: s.answers[1].row["status"] == "INP" and _is_mine(s, status="DN"),
        (task(assignedToID="{me.ID}"), edit("task", status="CPL")),
    ),
    Change(
        "markNotDone of an assignment ends in AD.",
        Mark.SEEN,
        "16",
        (act("task", "markNotDone", assignmentID="{assignment.ID}"), _READ),
        lambda s: _is_mine(s, status="AD"),
        (task(assignedToID="{me.ID}"), edit("task", status="CPL"), _ROW),
    ),
    Change(
        "One assignment is edited by itself.",
        Mark.DOC,
        "11.3",
        (edit("assgn:assignment", assignmentPercent=50), read("assgn:assignment", "assignmentPercent,taskID")),
        lambda s: s.answers[1].row["assignmentPercent"] == 50 and s.answers[1].row["taskID"] == s.value("task.ID"),
        (task(assignedToID="{me.ID}", durationType="D"), _ROW),
    ),
    Change(
        "One assignment is deleted by itself.",
        Mark.DOC,
        "19.5",
        (delete("assgn:assignment"), _READ),
        lambda s: s.answers[0].document == {"data": {"success": True}} and _is_nobodys(s),
        (task(assignedToID="{me.ID}"), _ROW),
    ),
    Change(
        "replyToAssignment commits to a date.",
        Mark.DOC,
        "11.6",
        (act("task", "replyToAssignment", noteText="By then", commitDate="2031-06-02T09:00:00"),
         read("task", "commitDate")),
        lambda s: s.answers[1].row["commitDate"].startswith("2031-06-02T"),
        (task(assignedToID="{me.ID}"),),
    ),
    Change(
        "A commit date moves the projected completion, and not the planned one.",
        Mark.DOC,
        "19.5",
        (edit("task", commitDate="2031-07-01T09:00:00"), read("task", "projectedCompletionDate,plannedCompletionDate")),
        lambda s: s.answers[1].row["projectedCompletionDate"].startswith("2031-07-01T")
        and s.answers[1].row["plannedCompletionDate"] == s.value("task.plannedCompletionDate"),
        (task(fields="plannedCompletionDate", assignedToID="{me.ID}"),),
    ),
    Change(
        "An issue is assigned as a task is.",
        Mark.SEEN,
        "19.5",
        (act("optask:issue", "assign", objID="{me.ID}", objCode="USER"), read("optask:issue", _ASSIGNED)),
        _is_mine,
        (issue(),),
    ),
    Change(
        "An action without a result answers null as its result.",
        Mark.DOC,
        "11.6",
        (_MINE, _READ),
        lambda s: "result" in s.answer.row and s.answer.row["result"] is None and _is_mine(s),
        (task(),),
    ),
    Change(
        "An action may be named in the query.",
        Mark.DOC,
        "11.6",
        (Step("PUT", "task/{task.ID}?action=assign&objID={me.ID}&objCode=USER"), _READ),
        _is_mine,
        (task(),),
    ),
    Change(
        "An action may stand before the ID in the query.",
        Mark.DOC,
        "11.6",
        (Step("PUT", "task/assign?id={task.ID}&objID={me.ID}&objCode=USER"), _READ),
        _is_mine,
        (task(),),
    ),
    Change(
        "Hours on a task are counted on it and on its project.",
        Mark.SEEN,
        "19.7",
        (Step("POST", "hour?fields=hours,taskID,ownerID", {**_HOUR, "taskID": "{task.ID}"}, "hour"),
         read("task", "actualWorkRequired"), delete("hour:hour"), read("task", "actualWorkRequired")),
        lambda s: (s.answers[1].row["actualWorkRequired"], s.answers[3].row["actualWorkRequired"]) == (150, 0),
        (task(),),
    ),
    Change(
        "A new hour is submitted.",
        Mark.SEEN,
        "19.7",
        (Step("POST", "hour?fields=status,hours,taskID", {**_HOUR, "taskID": "{task.ID}"}, "hour"),),
        lambda s: (s.answer.row["status"], s.answer.row["hours"]) == ("SUB", 2.5),
        (task(),),
    ),
    Change(
        "An hour on an issue names opTaskID.",
        Mark.SEEN,
        "11.1",
        (Step("POST", "hour?fields=opTaskID,hours", {**_HOUR, "opTaskID": "{issue.ID}"}, "hour"),),
        lambda s: s.answer.row["opTaskID"] == s.value("issue.ID") and s.answer.row["hours"] == 2.5,
        (issue(),),
    ),
    Change(
        "A note names its object and comes with its author.",
        Mark.SEEN,
        "11.1",
        (Step("POST", "note?fields=noteText,ownerID,objID,taskID,projectID,entryDate",
              {"noteText": "Dug", "noteObjCode": "TASK", "objID": "{task.ID}"}),),
        lambda s: s.answer.row["ownerID"] == s.value("me.ID")
        and s.answer.row["taskID"] == s.value("task.ID") and s.answer.row["projectID"] == s.value("project.ID")
        and read_datetime(s.answer.row["entryDate"]) is not None,
        (task(),),
    ),
    Change(
        "A reply belongs to the thread of its note.",
        Mark.INFERRED,
        "19.7",
        (Step("POST", "note?fields=threadID,isReply", {"noteText": "Good", "noteObjCode": "TASK",
              "objID": "{task.ID}", "parentNoteID": "{note.ID}"}), read("note:note", "threadID,numReplies")),
        lambda s: s.answers[0].row["threadID"] == s.answers[1].row["threadID"] and s.answers[0].row["isReply"] is True
        and s.answers[1].row["numReplies"] == 1,
        (task(), Step("POST", "note", {"noteText": "Dug", "noteObjCode": "TASK", "objID": "{task.ID}"}, "note")),
    ),
)  # fmt: skip
