"""Facts about new rows: how they are made, what they have without being told. docs/protocol.md 11.1, 19.1."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.check import Mark, Observed
from workfront_testing.conformance.expect import ID
from workfront_testing.conformance.writing.change import Change
from workfront_testing.conformance.writing.step import Step, issue, read, task

_TASK: Final = (task(fields="status,percentComplete,durationType,priority,taskConstraint,enteredByID,projectID"),)
_ISSUE: Final = (issue(fields="status,percentComplete,projectID,ownerID,enteredByID,isComplete"),)


def _is_made(seen: Observed, code: str, name: str) -> bool:
    row = seen.answer.row
    return bool(ID.fullmatch(str(row.get("ID")))) and row.get("objCode") == code and row.get("name") == name


def _same_name(seen: Observed, name: str) -> bool:
    return all(answer.row.get("name") == name for answer in seen.answers)


def _query(text: str, name: str = "task") -> Step:
    return Step("POST", f"task?projectID={{project.ID}}&{text}", None, name)


CHANGES: Final = (
    Change(
        "A create answers the new row, with its ID, objCode and name.",
        Mark.DOC,
        "11.1",
        (task(name="Dig"),),
        lambda s: _is_made(s, "TASK", "Dig"),
    ),
    Change(
        "A row is made from values in the query.",
        Mark.DOC,
        "11.1",
        (_query("name=Dig in the query"), read("task", "name")),
        lambda s: _same_name(s, "Dig in the query"),
    ),
    Change(
        "A row is made from JSON in updates.",
        Mark.DOC,
        "11.1",
        (Step("POST", 'task?updates={"name":"Dig by updates","projectID":"{project.ID}"}', None, "task"),
         read("task", "name")),
        lambda s: _same_name(s, "Dig by updates"),
    ),
    Change(
        "updates and other values in the query do not go together.",
        Mark.SEEN,
        "5.2",
        (Step("POST", 'task?name=Twice&updates={"projectID":"{project.ID}"}'),),
        lambda s: "Cannot mix 'updates' JSON parameter with non-JSON update parameter" in s.answer.message,
    ),
    Change(
        "fields shapes the answer to a create.",
        Mark.DOC,
        "11.1",
        (task(fields="project:name,status"),),
        lambda s: s.answer.row["project"]["name"] == s.value("project.name") and "status" in s.answer.row,
    ),
    Change(
        "A write goes out as GET with method in the query.",
        Mark.DOC,
        "2",
        (Step("GET", "task?method=POST&name=By GET&projectID={project.ID}", None, "task"),),
        lambda s: _is_made(s, "TASK", "By GET"),
    ),
    Change(
        "A write goes out as POST with another verb in method.",
        Mark.DOC,
        "2",
        (Step("POST", "task/{task.ID}?method=PUT&name=By POST"), read("task", "name")),
        lambda s: _same_name(s, "By POST"),
        (task(),),
    ),
    Change("A new task is NEW.", Mark.DOC, "19.1", _TASK, lambda s: s.answer.row["status"] == "NEW"),
    Change(
        "A new task is 0 percent complete.",
        Mark.DOC,
        "19.1",
        _TASK,
        lambda s: s.answer.row["percentComplete"] == 0 and s.answer.row["objCode"] == "TASK",
    ),
    Change(
        "A new task of a project that starts at a date is ASAP.",
        Mark.DOC,
        "19.1",
        _TASK,
        lambda s: s.answer.row["taskConstraint"] == "ASAP",
    ),
    Change(
        "Who made a task is kept with it.",
        Mark.DOC,
        "19.1",
        _TASK,
        lambda s: s.answer.row["enteredByID"] == s.value("me.ID"),
    ),
    Change(
        "A task belongs to the project it is made in.",
        Mark.DOC,
        "11.1",
        _TASK,
        lambda s: s.answer.row["projectID"] == s.value("project.ID"),
    ),
    Change(
        "Tasks of a project are numbered one after another.",
        Mark.DOC,
        "19.1",
        (task("first", "taskNumber"), task("second", "taskNumber")),
        lambda s: s.answers[1].row["taskNumber"] == s.answers[0].row["taskNumber"] + 1,
    ),
    Change(
        "A task made below another has it as parent.",
        Mark.DOC,
        "19.1",
        (task("child", "parentID", parentID="{task.ID}"), read("task", "numberOfChildren")),
        lambda s: s.answer.row["parentID"] == s.value("task.ID") and s.answers[1].row["numberOfChildren"] == 1,
        (task(),),
    ),
    Change("A new issue is NEW.", Mark.DOC, "19.1", _ISSUE, lambda s: s.answer.row["status"] == "NEW"),
    Change(
        "Who makes an issue is its primary contact.",
        Mark.DOC,
        "19.1",
        _ISSUE,
        lambda s: s.answer.row["ownerID"] == s.value("me.ID"),
    ),
    Change(
        "An issue belongs to the project it is made in.",
        Mark.DOC,
        "11.1",
        _ISSUE,
        lambda s: s.answer.row["projectID"] == s.value("project.ID") and s.answer.row["objCode"] == "OPTASK",
    ),
    Change(
        "A new issue is not complete.",
        Mark.DOC,
        "19.1",
        _ISSUE,
        lambda s: s.answer.row["isComplete"] is False and s.answer.row["status"] == "NEW",
    ),
    Change(
        "An issue made on a task has both, and the project.",
        Mark.DOC,
        "19.1",
        (Step("POST", "optask?fields=sourceObjID,sourceObjCode,projectID",
              {"name": "Leak", "projectID": "{project.ID}", "sourceObjID": "{task.ID}", "sourceObjCode": "TASK"}),),
        lambda s: s.answer.row["sourceObjID"] == s.value("task.ID")
        and s.answer.row["projectID"] == s.value("project.ID"),
        (task(),),
    ),
    Change(
        "A new project starts when it is told to.",
        Mark.DOC,
        "11.1",
        (Step("GET", "proj/{project.ID}?fields=plannedStartDate,status,scheduleMode"),),
        lambda s: s.answer.row["plannedStartDate"].startswith("2031-05-1") and s.answer.row["scheduleMode"] == "S",
    ),
    Change(
        "Who makes a project owns it.",
        Mark.DOC,
        "19.1",
        (Step("GET", "proj/{project.ID}?fields=ownerID,enteredByID"),),
        lambda s: s.answer.row["ownerID"] == s.value("me.ID") == s.answer.row["enteredByID"],
    ),
)  # fmt: skip
