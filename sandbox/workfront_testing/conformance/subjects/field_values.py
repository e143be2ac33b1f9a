"""What values look like. docs/protocol.md 10."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.answer import Row
from workfront_testing.conformance.check import Check, Mark, Observed
from workfront_testing.conformance.expect import CODE, ID, MOMENT, has, matches, rows, value_type

_LIMIT: Final = "$$LIMIT=200"


def _set(obj: str, field: str) -> tuple[str, ...]:
    """Returns a search for rows that have a value of a field."""
    return (f"{obj}/search?fields={field}&{field}=&{field}_Mod=notnull&{_LIMIT}",)


def _states(found: Row) -> bool:
    code, _, rest = str(found.get("status")).partition(":")
    return bool(CODE.fullmatch(code)) and rest in ("", "A")


def _in_minutes(seen: Observed) -> bool:
    return bool(seen.answer.rows) and all(
        60 * row["work"] == row["workRequired"] for row in seen.answer.rows if row["work"]
    )


CHECKS: Final = (
    Check(
        "A moment has a colon before its milliseconds and none in its offset.",
        Mark.DOC,
        "10",
        _set("task", "plannedStartDate"),
        rows(matches("plannedStartDate", MOMENT)),
    ),
    Check(
        "The moment of entry of a project has this form too.",
        Mark.DOC,
        "10",
        _set("proj", "entryDate"),
        rows(matches("entryDate", MOMENT)),
    ),
    Check(
        "The moment of entry of a task has this form too.",
        Mark.DOC,
        "10",
        _set("task", "entryDate"),
        rows(matches("entryDate", MOMENT)),
    ),
    Check(
        "The moment of completion has this form too.",
        Mark.DOC,
        "10",
        _set("task", "actualCompletionDate"),
        rows(matches("actualCompletionDate", MOMENT)),
    ),
    Check(
        "A percentage is a number.",
        Mark.DOC,
        "10",
        _set("task", "percentComplete"),
        rows(value_type("percentComplete", int, float)),
    ),
    Check(
        "A percentage is from 0 to 100.",
        Mark.DOC,
        "10",
        _set("task", "percentComplete"),
        rows(lambda r: 0 <= r["percentComplete"] <= 100),
    ),
    Check("A priority is an integer.", Mark.SEEN, "10", _set("task", "priority"), rows(value_type("priority", int))),
    Check("A severity is an integer.", Mark.SEEN, "10", _set("optask", "severity"), rows(value_type("severity", int))),
    Check("Hours are a number.", Mark.DOC, "10", _set("hour", "hours"), rows(value_type("hours", int, float))),
    Check("A boolean is one of JSON.", Mark.DOC, "10", _set("user", "isActive"), rows(value_type("isActive", bool))),
    Check(
        "A status is a code, with :A where its approval is pending.",
        Mark.DOC,
        "10",
        _set("task", "status"),
        rows(_states),
    ),
    Check("A status of a project is a code too.", Mark.DOC, "10", _set("proj", "status"), rows(_states)),
    Check("A status of an issue is a code too.", Mark.DOC, "10", _set("optask", "status"), rows(_states)),
    Check(
        "workRequired is in minutes, an integer.",
        Mark.SEEN,
        "10",
        ("task/search?fields=workRequired&$$LIMIT=50",),
        rows(value_type("workRequired", int)),
    ),
    Check(
        "work is in hours: 60 of them are workRequired.",
        Mark.SEEN,
        "10",
        ("task/search?fields=work,workRequired&work_Mod=notnull&work=&$$LIMIT=50",),
        _in_minutes,
    ),
    Check(
        "durationMinutes is an integer.",
        Mark.SEEN,
        "10",
        _set("task", "durationMinutes"),
        rows(value_type("durationMinutes", int)),
    ),
    Check(
        "The unit of a duration is a code.",
        Mark.SEEN,
        "10",
        _set("task", "durationUnit"),
        rows(matches("durationUnit", CODE)),
    ),
    Check(
        "The constraint of a task is a code.",
        Mark.SEEN,
        "10",
        _set("task", "taskConstraint"),
        rows(matches("taskConstraint", CODE)),
    ),
    Check(
        "A type of duration is a code of one letter.",
        Mark.SEEN,
        "10",
        _set("task", "durationType"),
        rows(lambda r: len(r["durationType"]) == 1),
    ),
    Check(
        "progressStatus is ON, BH, RK or LT.",
        Mark.CONFLICT,
        "10",
        _set("task", "progressStatus"),
        rows(lambda r: r["progressStatus"] in {"ON", "BH", "RK", "LT"}),
    ),
    Check(
        "The status of an assignment is AA, AD or DN.",
        Mark.SEEN,
        "10",
        _set("assgn", "status"),
        rows(lambda r: r["status"] in {"AA", "AD", "DN"}),
    ),
    Check(
        "The ID of a related object is an ID.",
        Mark.DOC,
        "1.2",
        _set("task", "projectID"),
        rows(matches("projectID", ID)),
    ),
    Check(
        "The number of a task is an integer.",
        Mark.DOC,
        "10",
        _set("task", "taskNumber"),
        rows(value_type("taskNumber", int)),
    ),
    Check(
        "A note has its text and its object.",
        Mark.SEEN,
        "11.1",
        ("note/search?fields=noteText,noteObjCode,objID&$$LIMIT=20",),
        rows(has("noteText", "noteObjCode", "objID")),
    ),
    Check(
        "A document has its object's code.",
        Mark.DOC,
        "11.8",
        _set("docu", "docObjCode"),
        rows(matches("docObjCode", CODE)),
    ),
    Check(
        "The objects of a form are a list of codes.",
        Mark.DOC,
        "10",
        _set("ctgy", "catObjCode"),
        rows(matches("catObjCode", CODE)),
    ),
    Check(
        "A task that is done is at 100 per cent.",
        Mark.SEEN,
        "10",
        ("task/search?status=CPL&fields=percentComplete&$$LIMIT=200",),
        rows(lambda r: r.get("percentComplete") == 100),
    ),
    Check(
        "A task that is done has a moment of completion.",
        Mark.SEEN,
        "10",
        ("task/search?status=CPL&fields=actualCompletionDate&$$LIMIT=200",),
        rows(matches("actualCompletionDate", MOMENT)),
    ),
)
