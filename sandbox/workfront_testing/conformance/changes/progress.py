"""Facts about status and percent, and what follows for those above. docs/protocol.md 19.2."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.check import Mark, Observed
from workfront_testing.conformance.values import at, read_datetime
from workfront_testing.conformance.writing.change import Change
from workfront_testing.conformance.writing.step import act, edit, issue, read, task

_STATE: Final = "status,percentComplete,actualStartDate,actualCompletionDate"
_CLOSED: Final = ("CLS", "RLV", "VCP", "CND", "WTR")
_IN_PARENT: Final = {"parentID": "{task.ID}", "durationUnit": "D"}


def _is(seen: Observed, status: str, percent: float | None = None) -> bool:
    row = seen.answers[-1].row
    return row["status"] == status and (percent is None or row["percentComplete"] == percent)


def _is_done(seen: Observed, status: str = "CPL") -> bool:
    row = seen.answers[-1].row
    return _is(seen, status, 100) and read_datetime(row["actualCompletionDate"]) is not None


def _has_started(seen: Observed) -> bool:
    row = seen.answers[-1].row
    return read_datetime(row["actualStartDate"]) is not None and row["actualCompletionDate"] is None


def _near(value: float, wanted: float) -> bool:
    return abs(value - wanted) < 0.01


def _closes(status: str) -> Change:
    return Change(
        f"An issue set to {status} has an actual completion.",
        Mark.DOC,
        "19.2",
        (edit("optask:issue", _STATE, status=status),),
        lambda s: _is(s, status) and read_datetime(s.answer.row["actualCompletionDate"]) is not None,
        (issue(),),
    )


CHANGES: Final = (
    Change(
        "A task set to 100 percent is CPL, with an actual completion.",
        Mark.DOC,
        "19.2",
        (edit("task", _STATE, percentComplete=100),),
        _is_done,
        (task(),),
    ),
    Change(
        "A task set to CPL is 100 percent, with an actual completion.",
        Mark.DOC,
        "19.2",
        (edit("task", _STATE, status="CPL"),),
        _is_done,
        (task(),),
    ),
    Change(
        "A task made as CPL is 100 percent.",
        Mark.INFERRED,
        "19.2",
        (task(fields=_STATE, status="CPL"),),
        _is_done,
    ),
    Change(
        "A task set from 100 percent to less is INP again.",
        Mark.DOC,
        "19.2",
        (edit("task", _STATE, percentComplete=60),),
        lambda s: _is(s, "INP", 60),
        (task(), edit("task", percentComplete=100)),
    ),
    Change(
        "A task set from 100 percent to less has no actual completion.",
        Mark.INFERRED,
        "19.2",
        (edit("task", _STATE, percentComplete=60),),
        lambda s: s.answer.row["actualCompletionDate"] is None and _is(s, "INP", 60),
        (task(), edit("task", percentComplete=100)),
    ),
    Change(
        "A task set to INP has an actual start.",
        Mark.DOC,
        "19.2",
        (edit("task", _STATE, status="INP"),),
        lambda s: _has_started(s) and _is(s, "INP"),
        (task(),),
    ),
    Change(
        "A task set to INP keeps its percent.",
        Mark.DOC,
        "19.2",
        (edit("task", _STATE, status="INP"),),
        lambda s: _is(s, "INP", 0),
        (task(),),
    ),
    Change(
        "An issue at 100 percent is CLS.",
        Mark.DOC,
        "19.2",
        (edit("optask:issue", _STATE, percentComplete=100),),
        lambda s: _is(s, "CLS", 100),
        (issue(),),
    ),
    Change(
        "An issue set from 100 percent to less is INP.",
        Mark.DOC,
        "19.2",
        (edit("optask:issue", _STATE, percentComplete=50),),
        lambda s: _is(s, "INP", 50),
        (issue(), edit("optask:issue", percentComplete=100)),
    ),
    Change(
        "An issue set to INP has an actual start.",
        Mark.DOC,
        "19.2",
        (edit("optask:issue", _STATE, status="INP"),),
        lambda s: _has_started(s) and _is(s, "INP"),
        (issue(),),
    ),
    *map(_closes, _CLOSED),
    Change(
        "A task set to CPL with an open issue on it is CPI.",
        Mark.DOC,
        "19.2",
        (edit("task", _STATE, status="CPL"), read("task", _STATE)),
        lambda s: _is(s, "CPI"),
        (task(), issue(sourceObjID="{task.ID}", sourceObjCode="TASK")),
    ),
    Change(
        "An actual start of a task can be written.",
        Mark.DOC,
        "19.2",
        (edit("task", _STATE, actualStartDate="2026-03-02T09:00:00:000+0000"), read("task", _STATE)),
        lambda s: at(s.answers[1].row["actualStartDate"]) == at("2026-03-02T09:00:00:000+0000"),
        (task(), edit("task", status="INP")),
    ),
    Change(
        "A parent's percent is that of its children, weighed by their durations.",
        Mark.DOC,
        "19.2",
        (edit("first", percentComplete=20), edit("second", percentComplete=25), read("task", "percentComplete")),
        lambda s: _near(s.answers[-1].row["percentComplete"], (5 * 20 + 2 * 25) / 7),
        (task(), task("first", duration=5, **_IN_PARENT), task("second", duration=2, **_IN_PARENT)),
    ),
    Change(
        "A parent counts with its own duration for the task above it.",
        Mark.DOC,
        "19.2",
        (read("task", "percentComplete"), read("parent", "percentComplete")),
        lambda s: _near(s.answers[1].row["percentComplete"], 50) and _near(s.answers[0].row["percentComplete"], 20),
        (task(), task("parent", parentID="{task.ID}"),
         task("leaf", parentID="{parent.ID}", duration=2, durationUnit="D"),
         task("other", duration=3, **_IN_PARENT), edit("leaf", percentComplete=50)),
    ),
    Change(
        "A parent whose children are all done is done.",
        Mark.DOC,
        "19.2",
        (edit("first", status="CPL"), edit("second", status="CPL"), read("task", _STATE)),
        lambda s: s.answers[-1].row["percentComplete"] == 100 and s.answers[-1].row["status"] == "CPL",
        (task(), task("first", parentID="{task.ID}"), task("second", parentID="{task.ID}")),
    ),
    Change(
        "A parent with one child done and one open is not done.",
        Mark.DOC,
        "19.2",
        (edit("first", status="CPL"), read("task", _STATE)),
        lambda s: 0 < s.answers[-1].row["percentComplete"] < 100 and s.answers[-1].row["status"] != "CPL",
        (task(), task("first", parentID="{task.ID}"), task("second", parentID="{task.ID}")),
    ),
    Change(
        "A parent is not done before its children.",
        Mark.DOC,
        "19.2",
        (edit("task", status="CPL"), read("task", _STATE)),
        lambda s: bool(s.answer.message) and s.answers[1].row["status"] == "NEW",
        (task(), task("child", parentID="{task.ID}")),
    ),
    Change(
        "markDone with a status sets it.",
        Mark.SEEN,
        "19.5",
        (act("task", "markDone", status="CPL"), read("task", _STATE)),
        _is_done,
        (task(), act("task", "assign", objID="{me.ID}", objCode="USER")),
    ),
    Change(
        "A status nobody defined is refused in a write, and nothing changes.",
        Mark.SEEN,
        "5.2",
        (edit("task", status="ZZZ"), read("task", "status")),
        lambda s: "ZZZ" in s.answer.message and _is_new(s),
        (task(),),
    ),
    Change(
        "A priority nobody defined is refused in a write, and nothing changes.",
        Mark.SEEN,
        "5.2",
        (edit("task", priority=99), read("task", "priority,status")),
        lambda s: "99" in s.answer.message and s.answers[1].row["priority"] != 99 and _is_new(s),
        (task(),),
    ),
)  # fmt: skip


def _is_new(seen: Observed) -> bool:
    return bool(seen.answers[1].row["status"] == "NEW")
