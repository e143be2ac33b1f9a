"""Rows by their IDs, and what a row holds. docs/protocol.md 5.1, 7.1."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.check import Check, Mark, Observed
from workfront_testing.conformance.expect import every, has, is_row, one, refused, row, rows, same_rows

_ABSENT: Final = "0123456789abcdef0123456789abcdef"


def _two(seen: Observed) -> bool:
    return sorted(seen.answer.ids) == sorted({seen.value("task#1.ID"), seen.value("task#2.ID")})


def _wrapped(seen: Observed) -> bool:
    return seen.answer.is_success and set(seen.answer.members) == {"data"} and is_row(seen.answer)


CHECKS: Final = (
    Check("One row by ID is an object.", Mark.CONFLICT, "5.1", ("task/{task.ID}",), lambda s: one(s, "task")),
    Check("An answer stands under data, alone.", Mark.DOC, "5.1", ("task/{task.ID}",), _wrapped),
    Check(
        "An answer is JSON by its header.",
        Mark.DOC,
        "5.1",
        ("task/{task.ID}",),
        every(_wrapped, lambda s: "json" in s.answer.content_type),
    ),
    Check(
        "A read is answered with 200.",
        Mark.DOC,
        "5.2",
        ("task/{task.ID}",),
        every(_wrapped, lambda s: s.answer.status == 200),
    ),
    Check("Several rows by id=a,b are a list.", Mark.DOC, "7.1", ("task?id={task#1.ID},{task#2.ID}",), _two),
    Check("Several rows by repeated id= are a list.", Mark.DOC, "7.1", ("task?id={task#1.ID}&id={task#2.ID}",), _two),
    Check("Several rows by ID= in capitals.", Mark.SEEN, "7.1", ("task?ID={task#1.ID},{task#2.ID}",), _two),
    Check("Several rows by ids=.", Mark.SEEN, "7.1", ("task?ids={task#1.ID},{task#2.ID}",), _two),
    Check(
        "Rows by IDs come in the order asked.",
        Mark.INFERRED,
        "7.1",
        ("task?id={task#2.ID},{task#1.ID}",),
        lambda s: s.answer.ids == [s.value("task#2.ID"), s.value("task#1.ID")],
    ),
    Check(
        "An ID of a list that does not exist is left out.",
        Mark.INFERRED,
        "7.1",
        (f"task?id={{task#1.ID}},{{task#2.ID}},{_ABSENT}",),
        _two,
    ),
    Check(
        "One ID that does not exist is 404.",
        Mark.SEEN,
        "5.2",
        (f"task/{_ABSENT}",),
        refused("primary key value(s)", _ABSENT, "not found", status=404),
    ),
    Check(
        "The text of a miss names the object.",
        Mark.SEEN,
        "5.2",
        (f"proj/{_ABSENT}",),
        refused(f'Project with primary key value(s) "{_ABSENT}" not found'),
    ),
    Check(
        "A row without fields= has ID, objCode and name.",
        Mark.DOC,
        "5.1",
        ("task/search?$$LIMIT=20",),
        rows(has("ID", "objCode", "name")),
    ),
    Check(
        "A row names its object in objCode.",
        Mark.DOC,
        "5.1",
        ("optask/search?$$LIMIT=20",),
        rows(lambda r: r.get("objCode") == "OPTASK"),
    ),
    Check(
        "A project by itself has status, priority, percentComplete.",
        Mark.DOC,
        "5.1",
        ("proj/{project.ID}",),
        row(has("status", "priority", "percentComplete")),
    ),
    Check(
        "A project by itself has its planned and projected dates.",
        Mark.DOC,
        "5.1",
        ("proj/{project.ID}",),
        row(has("plannedStartDate", "plannedCompletionDate", "projectedCompletionDate")),
    ),
    Check(
        "A task by itself has taskNumber and wbs.", Mark.DOC, "5.1", ("task/{task.ID}",), row(has("taskNumber", "wbs"))
    ),
    Check(
        "A task by itself has progressStatus and projectedStartDate.",
        Mark.DOC,
        "5.1",
        ("task/{task.ID}",),
        row(has("progressStatus", "projectedStartDate")),
    ),
    Check(
        "A role by itself has description and maxUsers.",
        Mark.DOC,
        "5.1",
        ("role/{role.ID}",),
        row(has("ID", "name", "objCode", "description", "maxUsers")),
    ),
    Check(
        "A custom status has value, label, color and equatesWith.",
        Mark.DOC,
        "5.1",
        ("cstem/search?$$LIMIT=5",),
        rows(has("value", "label", "color", "equatesWith", "objCode")),
    ),
    Check(
        "By ID, and by a filter on ID, the row is the same.",
        Mark.DOC,
        "7.1",
        ("task?id={task#1.ID},{task#2.ID}", "task/search?ID={task#1.ID}&ID={task#2.ID}"),
        same_rows,
    ),
)
