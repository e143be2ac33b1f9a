"""Facts about planned dates: constraints, predecessors, parents. docs/protocol.md 19.3, 19.4."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from workfront_testing.conformance.check import Mark, Observed, Test
from workfront_testing.conformance.values import at
from workfront_testing.conformance.writing.change import Change
from workfront_testing.conformance.writing.step import Step, delete, edit, read, task

_DATES: Final = "plannedStartDate,plannedCompletionDate,durationMinutes,taskConstraint,constraintDate"
_LINKS: Final = (
    "name,predecessors:predecessorID,predecessors:predecessorType,predecessors:lagDays,"
    "predecessors:lagType,predecessors:isEnforced"
)
_TWO_DAYS: Final[dict[str, Any]] = {"duration": 2, "durationUnit": "D"}
_DAY: Final = timedelta(days=1)


def _start(seen: Observed, place: int = -1) -> datetime:
    return at(seen.answers[place].row["plannedStartDate"])


def _end(seen: Observed, place: int = -1) -> datetime:
    return at(seen.answers[place].row["plannedCompletionDate"])


def _links(expression: str, **link: object) -> Change:
    """Returns the fact that an expression is a predecessor with these members."""
    wanted = {"predecessorType": "fs", "lagDays": 0.0, "isEnforced": False} | link

    def holds(seen: Observed) -> bool:
        (found,) = seen.answers[-1].row["predecessors"]
        same = {name: found[name] for name in wanted} == wanted
        return same and found["predecessorID"] == seen.value("first.ID")

    text = expression.replace("1", "its number", 1)
    return Change(
        f"The expression {text} names a predecessor of that kind.",
        Mark.DOC,
        "19.4",
        (edit("task", predecessorExpression=expression.replace("1", "{first.taskNumber}", 1)), read("task", _LINKS)),
        holds,
        (task("first", "taskNumber"), task()),
    )


def _follows(kind: str, rule: str, holds: Test) -> Change:
    return Change(
        rule,
        Mark.DOC,
        "19.4",
        (edit("task", predecessorExpression=f"{{first.taskNumber}}{kind}"), read("first", _DATES),
         read("task", _DATES)),
        holds,
        (
            task("first", "taskNumber", taskConstraint="MSO", constraintDate="2031-05-20T09:00:00", **_TWO_DAYS),
            task(duration=1, durationUnit="D"),
        ),
    )  # fmt: skip


def _pinned(code: str, end: str, rule: str) -> Change:
    """Returns the fact that a constraint pins an end of the task to its date."""
    return Change(
        rule,
        Mark.DOC,
        "19.3",
        (edit("task", taskConstraint=code, constraintDate="2031-06-04T12:00:00"), read("task", _DATES)),
        lambda s: (
            s.answers[1].row[end].startswith("2031-06-04T12:00")
            and at(s.answers[1].row[end]) == at(s.answers[1].row["constraintDate"])
        ),
        (task(**_TWO_DAYS),),
    )


CHANGES: Final = (
    Change(
        "A duration in days is kept in minutes of working time.",
        Mark.DOC,
        "19.3",
        (task(fields="duration,durationUnit,durationMinutes", **_TWO_DAYS),),
        lambda s: s.answer.row["duration"] == 2 and s.answer.row["durationUnit"] == "D"
        and s.answer.row["durationMinutes"] in range(600, 1441),
    ),
    Change(
        "A week is as many minutes as the days of a working week.",
        Mark.DOC,
        "19.3",
        (task(fields="durationMinutes", duration=1, durationUnit="W"),
         task("other", "durationMinutes", duration=1, durationUnit="D")),
        lambda s: s.answers[0].row["durationMinutes"] in
        {days * s.answers[1].row["durationMinutes"] for days in range(4, 8)},
    ),
    Change(
        "An hour is 60 minutes of working time.",
        Mark.DOC,
        "19.3",
        (task(fields="durationMinutes", duration=3, durationUnit="H"),),
        lambda s: s.answer.row["durationMinutes"] == 180,
    ),
    Change(
        "An elapsed day is 1440 minutes.",
        Mark.DOC,
        "19.3",
        (task(fields=f"{_DATES},durationUnit", duration=1, durationUnit="ED"),),
        lambda s: s.answer.row["durationMinutes"] == 1440 and _end(s) - _start(s) == _DAY,
    ),
    Change(
        "A new task lasts a day.",
        Mark.DOC,
        "19.3",
        (task(fields="duration,durationUnit"),),
        lambda s: (s.answer.row["duration"], s.answer.row["durationUnit"]) == (1, "D"),
    ),
    Change(
        "A task that is ASAP starts with its project.",
        Mark.DOC,
        "19.3",
        (task(fields=_DATES), Step("GET", "proj/{project.ID}?fields=plannedStartDate")),
        lambda s: _start(s, 0) == _start(s, 1),
    ),
    Change(
        "A longer duration moves the planned completion, and not the start.",
        Mark.DOC,
        "19.3",
        (edit("task", duration=4), read("task", _DATES)),
        lambda s: s.answers[1].row["plannedStartDate"] == s.value("task.plannedStartDate")
        and _end(s) - at(s.value("task.plannedCompletionDate")) >= 2 * _DAY,
        (task(fields=_DATES, **_TWO_DAYS),),
    ),
    _pinned("MSO", "plannedStartDate", "MSO pins the planned start to constraintDate."),
    _pinned("MFO", "plannedCompletionDate", "MFO pins the planned completion to constraintDate."),
    _pinned("SNET", "plannedStartDate", "SNET starts at constraintDate where nothing else is later."),
    Change(
        "A task at MSO ends its duration after its start.",
        Mark.SEEN,
        "19.3",
        (edit("task", taskConstraint="MSO", constraintDate="2031-05-14T09:00:00", duration=3, durationUnit="D"),
         read("task", _DATES)),
        lambda s: _end(s) - _start(s) > 2 * _DAY and s.answers[1].row["taskConstraint"] == "MSO",
        (task(),),
    ),
    Change(
        "The predecessor of a task at MSO does not move it.",
        Mark.DOC,
        "19.3",
        (edit("task", predecessorExpression="{first.taskNumber}fs"),
         read("task", f"{_DATES},predecessors:predecessorID")),
        lambda s: len(s.answers[1].row["predecessors"]) == 1
        and s.answers[1].row["plannedStartDate"].startswith("2031-05-13T12:00"),
        (task("first", "taskNumber", duration=10, durationUnit="D"),
         task(taskConstraint="MSO", constraintDate="2031-05-13T12:00:00")),
    ),
    Change(
        "A new start date of a task at MSO moves its completion.",
        Mark.DOC,
        "19.3",
        (edit("task", constraintDate="2031-06-16T09:00:00"), read("task", _DATES)),
        lambda s: _end(s) - at(s.value("task.plannedCompletionDate")) > 20 * _DAY,
        (task(fields=_DATES, taskConstraint="MSO", constraintDate="2031-05-13T09:00:00"),),
    ),
    Change(
        "FIXT keeps both dates that are written.",
        Mark.DOC,
        "19.3",
        (edit("task", taskConstraint="FIXT", plannedStartDate="2031-05-13T09:00:00",
              plannedCompletionDate="2031-05-15T17:00:00"), read("task", _DATES)),
        lambda s: s.answers[1].row["plannedStartDate"].startswith("2031-05-13T09:00")
        and s.answers[1].row["plannedCompletionDate"].startswith("2031-05-15T17:00"),
        (task(),),
    ),
    Change(
        "SNLT acts as ASAP in a project that starts at a date.",
        Mark.DOC,
        "19.3",
        (edit("task", taskConstraint="SNLT", constraintDate="2031-09-01T09:00:00"), read("task", _DATES)),
        lambda s: s.answers[1].row["plannedStartDate"] == s.value("task.plannedStartDate")
        and s.answers[1].row["taskConstraint"] == "SNLT",
        (task(fields=_DATES),),
    ),
    Change(
        "A parent starts with its first child and ends with its last.",
        Mark.DOC,
        "19.3",
        (read("task", _DATES), read("first", _DATES), read("second", _DATES)),
        lambda s: (_start(s, 0), _end(s, 0)) == (_start(s, 1), _end(s, 2)) and _end(s, 2) > _end(s, 1),
        (task(), task("first", parentID="{task.ID}"), task("second", parentID="{task.ID}", **_TWO_DAYS)),
    ),
    Change(
        "A project ends with its last task.",
        Mark.DOC,
        "19.3",
        (Step("GET", "proj/{project.ID}?fields=plannedCompletionDate"), read("task", _DATES)),
        lambda s: _end(s, 0) == _end(s, 1),
        (task(taskConstraint="MSO", constraintDate="2032-03-01T09:00:00"),),
    ),
    Change(
        "A task that becomes a parent keeps the duration it had.",
        Mark.DOC,
        "19.3",
        (task("child", parentID="{task.ID}", duration=7, durationUnit="D"),
         read("task", "originalDuration,durationMinutes")),
        lambda s: s.answers[1].row["originalDuration"] == int(s.value("task.durationMinutes"))
        < s.answers[1].row["durationMinutes"],
        (task(fields="durationMinutes", duration=3, durationUnit="D"),),
    ),
    Change(
        "A task that loses its children is given back its own duration.",
        Mark.DOC,
        "19.3",
        (delete("child"), read("task", "durationMinutes,numberOfChildren")),
        lambda s: s.answers[1].row["durationMinutes"] == int(s.value("task.durationMinutes"))
        and s.answers[1].row["numberOfChildren"] == 0,
        (task(fields="durationMinutes", duration=3, durationUnit="D"),
         task("child", parentID="{task.ID}", duration=7, durationUnit="D")),
    ),
    _links("1"),
    _links("1fs"),
    _links("1ss", predecessorType="ss"),
    _links("1ff", predecessorType="ff"),
    _links("1sf", predecessorType="sf"),
    _links("1fs+2d", lagDays=2.0, lagType="d"),
    _links("1fs-1d", lagDays=-1.0, lagType="d"),
    _links("1fs+3c", lagDays=3.0, lagType="c"),
    _links("1fs+50p", lagDays=50.0, lagType="p"),
    _links("1fse", isEnforced=True),
    _links("1fs+3de", lagDays=3.0, isEnforced=True),
    _follows("fs", "By fs a task starts after its predecessor ends.", lambda s: _start(s, 2) >= _end(s, 1)),
    _follows("ss", "By ss a task starts with its predecessor.", lambda s: _start(s, 2) == _start(s, 1)),
    _follows("ff", "By ff a task ends with its predecessor.", lambda s: _end(s, 2) == _end(s, 1)),
    _follows("fs+2c", "A lag in calendar days goes over the week.", lambda s: _start(s, 2) - _end(s, 1) >= 1.9 * _DAY),
    _follows("fs+2d", "A lag in working days moves the start.", lambda s: _start(s, 2) - _end(s, 1) >= 2 * _DAY),
    Change(
        "A predecessor that moves takes its successor with it.",
        Mark.DOC,
        "19.4",
        (edit("first", duration=6), read("first", _DATES), read("task", _DATES)),
        lambda s: _start(s, 2) >= _end(s, 1) and _start(s, 2) > at(s.value("before.plannedStartDate")),
        (task("first", "taskNumber", **_TWO_DAYS), task(),
         Step("PUT", f"task/{{task.ID}}?fields={_DATES}", {"predecessorExpression": "{first.taskNumber}fs"}, "before")),
    ),
    Change(
        "Writing predecessors replaces all of them.",
        Mark.SEEN,
        "11.3",
        (edit("task", predecessors=[{"predecessorID": "{second.ID}", "predecessorType": "ss"}]), read("task", _LINKS)),
        lambda s: [one["predecessorID"] for one in s.answers[1].row["predecessors"]] == [s.value("second.ID")],
        (task("first", "taskNumber"), task("second"), task(),
         edit("task", predecessorExpression="{first.taskNumber}fs")),
    ),
    Change(
        "An empty expression removes the predecessors.",
        Mark.INFERRED,
        "19.4",
        (read("task", _LINKS), edit("task", predecessorExpression=""), read("task", _LINKS)),
        lambda s: len(s.answers[0].row["predecessors"]) == 1 and s.answers[2].row["predecessors"] == [],
        (task("first", "taskNumber"), task(), edit("task", predecessorExpression="{first.taskNumber}fs")),
    ),
    Change(
        "Two tasks do not wait for each other.",
        Mark.DOC,
        "19.4",
        (edit("first", predecessorExpression="{task.taskNumber}fs"), read("first", _LINKS), read("task", _LINKS)),
        lambda s: bool(s.answer.message) and s.answers[1].row["predecessors"] == []
        and len(s.answers[2].row["predecessors"]) == 1,
        (task("first", "taskNumber"), task(fields="taskNumber"),
         edit("task", predecessorExpression="{first.taskNumber}fs")),
    ),
    Change(
        "A parent does not go before its child.",
        Mark.DOC,
        "19.4",
        (edit("child", predecessorExpression="{task.taskNumber}fs"), read("child", f"{_LINKS},parentID")),
        lambda s: bool(s.answer.message) and s.answers[1].row["predecessors"] == []
        and s.answers[1].row["parentID"] == s.value("task.ID"),
        (task(fields="taskNumber"), task("child", parentID="{task.ID}")),
    ),
    Change(
        "canStart is false while a predecessor is open, and true when it is done.",
        Mark.DOC,
        "11.9",
        (read("task", "canStart"), edit("first", status="CPL"), read("task", "canStart")),
        lambda s: (s.answers[0].row["canStart"], s.answers[2].row["canStart"]) == (False, True),
        (task("first", "taskNumber"), task(), edit("task", predecessorExpression="{first.taskNumber}fs")),
    ),
    Change(
        "The handoff date is nothing while a predecessor is open, and then when that was completed.",
        Mark.DOC,
        "19.4",
        (read("task", "handoffDate"), edit("first", status="CPL"), read("first", "actualCompletionDate"),
         read("task", "handoffDate")),
        lambda s: s.answers[0].row["handoffDate"] is None
        and at(s.answers[3].row["handoffDate"]) == at(s.answers[2].row["actualCompletionDate"]),
        (task("first", "taskNumber"), task(), edit("task", predecessorExpression="{first.taskNumber}fs")),
    ),
    Change(
        "A task does not start before an enforced predecessor is done.",
        Mark.DOC,
        "11.9",
        (edit("task", status="INP"), read("task", "status")),
        lambda s: bool(s.answer.message) and s.answers[1].row["status"] == "NEW",
        (task("first", "taskNumber"), task(), edit("task", predecessorExpression="{first.taskNumber}fse")),
    ),
    Change(
        "A predecessor that is not enforced holds nothing back.",
        Mark.DOC,
        "19.4",
        (edit("task", status="INP"), read("task", "status,percentComplete")),
        lambda s: s.answers[1].row["status"] == "INP",
        (task("first", "taskNumber"), task(), edit("task", predecessorExpression="{first.taskNumber}fs")),
    ),
)  # fmt: skip
