"""Facts about copies, moves, conversions and deletions. docs/protocol.md 11.2, 11.4, 11.6, 19.6."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.answer import Row, as_list
from workfront_testing.conformance.check import Mark, Observed
from workfront_testing.conformance.expect import ID
from workfront_testing.conformance.writing.change import Change
from workfront_testing.conformance.writing.step import Step, act, delete, edit, issue, read, task

_FIELDS: Final = "name,status,percentComplete,taskConstraint,assignments:assignedToID,assignments:status,parentID"
_COPIES: Final = Step("GET", f"task/search?projectID={{project.ID}}&name=Unique {{task.ID}}&fields={_FIELDS}")
_NAMED: Final = edit("task", name="Unique {task.ID}")


def _copy(*options: str, **values: object) -> Step:
    given = {"taskIDs": ["{task.ID}"], "projectID": "{project.ID}", **values}
    return Step("PUT", "task/bulkCopy", given | ({"options": list(options)} if options else {}))


def _copied(seen: Observed) -> Row:
    """Returns the copy: the one of the two rows that is not the original."""
    (found,) = (row for row in seen.answers[-1].rows if row["ID"] != seen.value("task.ID"))
    return found


def _answers_the_copy(seen: Observed) -> bool:
    return as_list(seen.answers[0].row["result"]) == [_copied(seen)["ID"]]


def _without(option: str, rule: str, kept: Step, *members: tuple[str, object]) -> Change:
    return Change(
        rule,
        Mark.DOC,
        "19.6",
        (_copy(option), _COPIES),
        lambda s: _answers_the_copy(s) and all(_copied(s)[name] == value for name, value in members),
        (task(), kept, _NAMED),
    )


CHANGES: Final = (
    Change(
        "bulkCopy answers the IDs of the copies.",
        Mark.DOC,
        "11.6",
        (_copy(), _COPIES),
        lambda s: _answers_the_copy(s) and len(s.answers[1].rows) == 2,
        (task(), _NAMED),
    ),
    Change(
        "A copy without options keeps status and percent.",
        Mark.SEEN,
        "19.6",
        (_copy(), _COPIES),
        lambda s: (_copied(s)["status"], _copied(s)["percentComplete"]) == ("INP", 40),
        (task(), edit("task", status="INP", percentComplete=40), _NAMED),
    ),
    _without(
        "clearProgress", "A copy with clearProgress is new.", edit("task", status="INP", percentComplete=40),
        ("status", "NEW"), ("percentComplete", 0),
    ),
    Change(
        "The assignments of a copy wait to be accepted again.",
        Mark.SEEN,
        "19.6",
        (_copy(), _COPIES),
        lambda s: [(one["assignedToID"], one["status"]) for one in _copied(s)["assignments"]]
        == [(s.value("me.ID"), "AA")],
        (task(assignedToID="{me.ID}"), act("task", "acceptWork"), _NAMED),
    ),
    _without(
        "clearAssignments", "A copy with clearAssignments has none.", edit("task", assignedToID="{me.ID}"),
        ("assignments", []),
    ),
    _without(
        "clearConstraints", "A copy with clearConstraints is ASAP.",
        edit("task", taskConstraint="MSO", constraintDate="2031-05-20T09:00:00"), ("taskConstraint", "ASAP"),
    ),
    Change(
        "A copy without options keeps the constraint.",
        Mark.DOC,
        "19.6",
        (_copy(), _COPIES),
        lambda s: _copied(s)["taskConstraint"] == "MSO" and _answers_the_copy(s),
        (task(), edit("task", taskConstraint="MSO", constraintDate="2031-05-20T09:00:00"), _NAMED),
    ),
    Change(
        "A copy goes below the parent that is named.",
        Mark.DOC,
        "19.6",
        (_copy(parentID="{other.ID}"), _COPIES),
        lambda s: _copied(s)["parentID"] == s.value("other.ID"),
        (task(), task("other"), _NAMED),
    ),
    Change(
        "Subtasks go along with a copy.",
        Mark.DOC,
        "19.6",
        (_copy(), Step("GET", "task/count?projectID={project.ID}&name=Below {task.ID}")),
        lambda s: s.answers[1].count == 2 and len(as_list(s.answers[0].row["result"])) >= 1,
        (task(), task("child", name="Below {task.ID}", parentID="{task.ID}")),
    ),
    Change(
        "Issues do not go along with a copy.",
        Mark.DOC,
        "19.6",
        (_copy(), Step("GET", "optask/count?projectID={project.ID}&name=On {task.ID}")),
        lambda s: s.answers[1].count == 1 and len(as_list(s.answers[0].row["result"])) == 1,
        (task(), issue(name="On {task.ID}", sourceObjID="{task.ID}", sourceObjCode="TASK")),
    ),
    Change(
        "An unknown word in the options of a copy is refused, and nothing is copied.",
        Mark.SEEN,
        "5.2",
        (_copy("clearNothing"), _COPIES),
        lambda s: "unknown copy option: clearNothing" in s.answer.message
        and s.answers[1].ids == [s.value("task.ID")],
        (task(), _NAMED),
    ),
    Change(
        "copySourceID copies an issue, with a name of its own.",
        Mark.DOC,
        "11.2",
        (Step("POST", "optask?copySourceID={issue.ID}&name=Second leak&fields=name,description,projectID"),),
        lambda s: s.answer.row["name"] == "Second leak" and s.answer.row["description"] == "Wet"
        and s.answer.row["ID"] != s.value("issue.ID") and s.answer.row["projectID"] == s.value("project.ID"),
        (issue(description="Wet"),),
    ),
    Change(
        "copySourceID copies a task.",
        Mark.DOC,
        "11.2",
        (Step("POST", "task?copySourceID={task.ID}&fields=name,description,projectID"),),
        lambda s: s.answer.row["description"] == "Deep" and s.answer.row["ID"] != s.value("task.ID")
        and s.answer.row["projectID"] == s.value("project.ID"),
        (task(description="Deep"),),
    ),
    Change(
        "move puts a task below another.",
        Mark.DOC,
        "11.6",
        (act("task", "move", projectID="{project.ID}", parentID="{other.ID}"), read("task", "parentID,name")),
        lambda s: s.answers[1].row["parentID"] == s.value("other.ID"),
        (task(), task("other")),
    ),
    Change(
        "bulkMove puts several tasks below another.",
        Mark.DOC,
        "11.6",
        (Step("PUT", "task/bulkMove", {"taskIDs": ["{task.ID}", "{other.ID}"], "projectID": "{project.ID}",
                                       "parentID": "{home.ID}"}), read("home", "numberOfChildren,name")),
        lambda s: s.answers[1].row["numberOfChildren"] == 2,
        (task(), task("other"), task("home")),
    ),
    Change(
        "convertToTask answers the ID of the new task.",
        Mark.SEEN,
        "11.6",
        (act("optask:issue", "convertToTask", task={"name": "From {issue.ID}", "projectID": "{project.ID}"}),
         Step("GET", "task/search?projectID={project.ID}&name=From {issue.ID}&fields=name")),
        lambda s: [str(s.answer.row["result"])] == s.answers[1].ids and bool(ID.fullmatch(s.answers[1].ids[0])),
        (issue(),),
    ),
    Change(
        "An issue that became a task is gone.",
        Mark.SEEN,
        "19.6",
        (read("optask:issue", "name"),),
        lambda s: "not found" in s.answer.message and s.answer.status == 404,
        (issue(), act("optask:issue", "convertToTask", task={"name": "From", "projectID": "{project.ID}"})),
    ),
    Change(
        "preserveIssue keeps the issue that became a task.",
        Mark.SEEN,
        "19.6",
        (read("optask:issue", "name,resolveTaskID"),),
        lambda s: s.answer.row["ID"] == s.value("issue.ID") and bool(ID.fullmatch(s.answer.row["resolveTaskID"])),
        (issue(), act("optask:issue", "convertToTask", options=["preserveIssue"],
                      task={"name": "From", "projectID": "{project.ID}"})),
    ),
    Change(
        "A delete answers success.",
        Mark.DOC,
        "11.4",
        (delete("task"), read("task", "name")),
        lambda s: s.answer.document in ({"success": True}, {"data": {"success": True}})
        and "not found" in s.answers[1].message,
        (task(),),
    ),
    Change(
        "A row that was deleted is not found by its ID, nor by a search.",
        Mark.DOC,
        "11.4",
        (Step("GET", "task/count?ID={other.ID}"), delete("task"), read("task", "name"),
         Step("GET", "task/count?ID={task.ID}")),
        lambda s: (s.answers[0].count, s.answers[3].count, s.answers[2].status) == (1, 0, 404)
        and "not found" in s.answers[2].message,
        (task(), task("other")),
    ),
    Change(
        "Several rows are deleted by one call.",
        Mark.DOC,
        "11.4",
        (Step("DELETE", "task?id={task.ID},{other.ID}"), read("task", "name"), read("other", "name")),
        lambda s: s.answer.is_success and bool(s.answer.document)
        and [one.status for one in s.answers[1:]] == [404, 404] and "not found" in s.answers[1].message,
        (task(), task("other")),
    ),
    Change(
        "A task takes its subtasks with it when it goes.",
        Mark.DOC,
        "11.4",
        (read("child", "parentID"), delete("task", "force=true"), read("child", "name")),
        lambda s: s.answers[0].row["parentID"] == s.value("task.ID") and s.answers[2].status == 404
        and "not found" in s.answers[2].message,
        (task(), task("child", parentID="{task.ID}")),
    ),
    Change(
        "A predecessor that goes takes its link with it.",
        Mark.INFERRED,
        "19.6",
        (delete("first", "force=true"), read("task", "name,predecessors:predecessorID")),
        lambda s: s.answers[1].row["predecessors"] == [] and s.answers[1].row["name"] == "Measure",
        (task("first", "taskNumber"), task(), edit("task", predecessorExpression="{first.taskNumber}fs")),
    ),
)  # fmt: skip
