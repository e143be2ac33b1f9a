"""Counts. docs/protocol.md 5.1, 7.2."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.check import Check, Mark, Observed
from workfront_testing.conformance.expect import all_rows, only, refused, same_count


def _adds_up(seen: Observed) -> bool:
    whole, *parts = (answer.count for answer in seen.answers)
    return whole > 0 and min(parts) >= 0 and sum(parts) == whole


def _as_many_rows(seen: Observed) -> bool:
    return 0 < seen.answer.count == len(all_rows(seen.answers[1]))


CHECKS: Final = (
    Check(
        "A count is an object with count.",
        Mark.CONFLICT,
        "5.1",
        ("task/count",),
        lambda s: only("count")(s.answer.row) and s.answer.count > 0,
        ("{task.ID}",),
    ),
    Check("A count is an integer.", Mark.DOC, "5.1", ("proj/count",), lambda s: s.answer.count > 0, ("{project.ID}",)),
    Check(
        "A count takes the filters of a search.",
        Mark.DOC,
        "7.2",
        ("task/count?projectID={task.projectID}", "task/search?projectID={task.projectID}&fields=ID&$$LIMIT=2000"),
        _as_many_rows,
    ),
    Check(
        "Rows that pass a test and rows that do not are all rows.",
        Mark.DOC,
        "8.2",
        ("task/count", "task/count?status={task.status}", "task/count?status={task.status}&status_Mod=ne"),
        _adds_up,
    ),
    Check(
        "Rows with and without a value are all rows.",
        Mark.DOC,
        "8.2",
        (
            "task/count",
            "task/count?assignedToID=&assignedToID_Mod=isnull",
            "task/count?assignedToID=&assignedToID_Mod=notnull",
        ),
        _adds_up,
    ),
    Check(
        "Blank and other texts are all rows.",
        Mark.DOC,
        "8.2",
        (
            "task/count",
            "task/count?description=&description_Mod=isblank",
            "task/count?description=&description_Mod=notblank",
        ),
        _adds_up,
    ),
    Check(
        "in and notin on codes are all rows.",
        Mark.DOC,
        "8.2",
        (
            "task/count",
            "task/count?status={task.status}&status_Mod=in",
            "task/count?status={task.status}&status_Mod=notin",
        ),
        _adds_up,
    ),
    Check("$$LIMIT does not change a count.", Mark.INFERRED, "7.2", ("task/count?$$LIMIT=1", "task/count"), same_count),
    Check(
        "A count of an unknown field is refused.",
        Mark.SEEN,
        "5.2",
        ("task/count?noSuchField=1",),
        refused("does not support field noSuchField"),
    ),
    Check(
        "A count that finds nothing is 0.",
        Mark.DOC,
        "5.1",
        ("task/count?name=qxq-no-such-name-qxq", "task/count"),
        lambda s: s.answer.count == 0 and s.answers[1].count > 0,
    ),
    Check(
        "A count goes over relations.",
        Mark.DOC,
        "7.2",
        ("task/count?project:ID={task.projectID}", "task/count?projectID={task.projectID}"),
        same_count,
    ),
    Check(
        "A count takes OR groups.",
        Mark.DOC,
        "8.3",
        ("task/count?OR:1:status={task.status}&OR:2:status={task.status}", "task/count?status={task.status}"),
        same_count,
    ),
)
