"""Filters as JSON, filters that are refused or select nothing, and the caller in a filter. docs/protocol.md 8, 9."""

from __future__ import annotations

from typing import Any, Final

from workfront_testing.conformance.answer import Row
from workfront_testing.conformance.check import Check, Mark
from workfront_testing.conformance.expect import nothing_but, refused, same_count, same_rows
from workfront_testing.conformance.selection import Selection
from workfront_testing.conformance.values import pairs_of_fields, value_pairs


def _and(row: Row, value: Any) -> bool:
    return bool(row.get("status") == value[0] and row.get("priority") == value[1])


_STATUS_PRIORITY: Final = pairs_of_fields("status", "priority")
_JSON: Final = (
    Selection(
        "filters= takes a JSON object.",
        Mark.DOC,
        "8.6",
        "task",
        "status",
        'filters={"status":"{}"}',
        lambda f, v: f == v,
    ),
    Selection(
        "A list in filters= means one of its values.",
        Mark.INFERRED,
        "8.6",
        "task",
        "status",
        'filters={"status":["{0}","{1}"]}',
        lambda f, v: f in v,
        value_pairs,
    ),
    Selection(
        "Suffixes stand in filters=.",
        Mark.INFERRED,
        "8.6",
        "task",
        "status",
        'filters={"status":"{}","status_Mod":"ne"}',
        lambda f, v: f != v,
    ),
    Selection(
        "Plain pairs beside filters= hold as well.",
        Mark.INFERRED,
        "8.6",
        "task",
        "",
        'filters={"status":"{0}"}&priority={1}',
        _and,
        _STATUS_PRIORITY,
    ),
    Selection(
        "A login name is searched for in filters=.",
        Mark.DOC,
        "4.2",
        "user",
        "username",
        'filters={"username":"{}"}',
        lambda f, v: f == v,
    ),
)
_REST: Final = (
    Check(
        "A field flagged NOT_FILTERABLE is refused.",
        Mark.INFERRED,
        "8.2",
        ("task/search?workRequired=60", "task/metadata"),
        lambda s: (
            "workRequired" in s.answer.message
            and "NOT_FILTERABLE" in s.answers[1].row["fields"]["workRequired"]["flags"]
        ),
    ),
    Check(
        "An unknown filter field is refused.",
        Mark.SEEN,
        "5.2",
        ("task/search?noSuchField=1",),
        refused("does not support field noSuchField"),
    ),
    Check(
        "The case of a filter field matters.",
        Mark.DOC,
        "8.1",
        ("task/search?STATUS=NEW",),
        refused("does not support field STATUS"),
    ),
    Check(
        "An unknown field over a relation is refused.",
        Mark.SEEN,
        "5.2",
        ("task/search?project:noSuchField=1",),
        refused("does not support field noSuchField"),
    ),
    Check(
        "An unknown operator is refused.",
        Mark.INFERRED,
        "8.2",
        ("task/search?name=a&name_Mod=nosuchmod", "task/search?name_Mod=notnull&name=&$$LIMIT=1"),
        lambda s: not s.answer.is_success and bool(s.answer.message) and bool(s.answers[1].rows),
    ),
    Check(
        "Text where a number belongs is refused.",
        Mark.SEEN,
        "5.2",
        ("task/search?percentComplete=half",),
        refused("For input string", "half"),
    ),
    Check(
        "Text where a moment belongs is refused.",
        Mark.SEEN,
        "5.2",
        ("task/search?plannedStartDate=sometime",),
        refused("Unparseable date", "sometime"),
    ),
    Check(
        "An unknown code selects nothing, without an error.",
        Mark.SEEN,
        "8.2",
        ("task/search?status=QXQ", "task/search?$$LIMIT=1"),
        nothing_but,
    ),
    Check(
        "A name that nobody has selects nothing.",
        Mark.DOC,
        "5.1",
        ("task/search?name=qxq-no-such-name-qxq", "task/search?$$LIMIT=1"),
        nothing_but,
    ),
    Check(
        "A collection is filtered by its members.",
        Mark.SEEN,
        "8.1",
        ("task/search?assignments:assignedToID={assignment.assignedToID}&ID={assignment.taskID}&fields=ID",),
        lambda s: s.answer.ids == [s.value("assignment.taskID")],
    ),
    Check(
        "The number of an OR group is any.",
        Mark.DOC,
        "8.3",
        ("task/count?OR:7:status={task.status}", "task/count?status={task.status}"),
        same_count,
    ),
    Check(
        "$$USER is the caller's ID in a filter.",
        Mark.DOC,
        "9",
        ("user/search?ID=$$USER&fields=ID", "user?id=$$USER&fields=ID"),
        lambda s: bool(s.answers[1].row) and s.answer.ids == [s.answers[1].row.get("ID")],
    ),
    Check(
        "$$USER.ID is the caller's ID in a filter.",
        Mark.DOC,
        "9",
        ("user/search?ID=$$USER.ID&fields=ID", "user/search?ID=$$USER&fields=ID"),
        same_rows,
    ),
    Check(
        "$$USER.homeGroupID is the caller's home group.",
        Mark.DOC,
        "9",
        ("user/search?ID=$$USER&homeGroupID=$$USER.homeGroupID&fields=ID", "user/search?ID=$$USER&fields=ID"),
        same_rows,
    ),
    Check(
        "$$USER.customerID is the caller's customer.",
        Mark.SEEN,
        "9",
        ("user/count?customerID=$$USER.customerID", "user/count"),
        same_count,
    ),
)
CHECKS: Final = (*_JSON, *_REST)
