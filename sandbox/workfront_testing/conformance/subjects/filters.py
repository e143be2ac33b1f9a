"""Filters over relations, OR, AND, FIELD, EXISTS, each held against the rows it should select. docs/protocol.md 8."""

from __future__ import annotations

from typing import Any, Final

from workfront_testing.conformance.answer import Row
from workfront_testing.conformance.check import Mark
from workfront_testing.conformance.selection import Selection, nothing
from workfront_testing.conformance.values import numbers, pairs_of_fields, read_datetime, swapped_parts, value_pairs


def _earlier(row: Row, _value: Any) -> bool:
    done, due = read_datetime(row.get("actualCompletionDate")), read_datetime(row.get("plannedCompletionDate"))
    return done is not None and due is not None and done < due


def _or(row: Row, value: Any) -> bool:
    return bool(row.get("status") == value[0] or row.get("priority") == value[1])


def _and(row: Row, value: Any) -> bool:
    return bool(row.get("status") == value[0] and row.get("priority") == value[1])


_STATUS_PRIORITY: Final = pairs_of_fields("status", "priority")
_RELATIONS: Final = (
    Selection(
        "A filter follows a relation.", Mark.DOC, "8.1", "task", "project:name", "project:name={}", lambda f, v: f == v
    ),
    Selection(
        "An operator over a relation.",
        Mark.DOC,
        "8.1",
        "task",
        "project:name",
        "project:name={}&project:name_Mod=cicontains",
        lambda f, v: v.casefold() in f.casefold(),
        swapped_parts,
    ),
    Selection(
        "Several values over a relation.",
        Mark.DOC,
        "8.1",
        "task",
        "project:status",
        "project:status={0}&project:status={1}",
        lambda f, v: f in v,
        value_pairs,
    ),
    Selection(
        "A filter on the name of the assignee.",
        Mark.DOC,
        "8.1",
        "task",
        "assignedTo:name",
        "assignedTo:name={}",
        lambda f, v: f == v,
    ),
    Selection(
        "A filter on the name of the parent.",
        Mark.DOC,
        "8.1",
        "task",
        "parent:name",
        "parent:name={}",
        lambda f, v: f == v,
    ),
    Selection(
        "A filter follows two relations.",
        Mark.SEEN,
        "6",
        "task",
        "project:ownerID",
        "project:owner:ID={}",
        lambda f, v: f == v,
    ),
    Selection(
        "A filter on the name of a project's portfolio.",
        Mark.DOC,
        "8.1",
        "project",
        "portfolio:name",
        "portfolio:name={}",
        lambda f, v: f == v,
    ),
    Selection(
        "isnull over a relation.",
        Mark.DOC,
        "8.2",
        "task",
        "parentID",
        "parent:ID=&parent:ID_Mod=isnull",
        lambda f, _: f is None,
        nothing,
    ),
)
_TOGETHER: Final = (
    Selection(
        "Plain pairs hold together.", Mark.DOC, "8.1", "task", "", "status={0}&priority={1}", _and, _STATUS_PRIORITY
    ),
    Selection(
        "An OR group is an alternative to the plain pairs.",
        Mark.CONFLICT,
        "8.3",
        "task",
        "",
        "status={0}&OR:1:priority={1}",
        _or,
        _STATUS_PRIORITY,
        ("", "OR:1:"),
    ),
    Selection(
        "One of several OR groups is enough, where no plain pairs are.",
        Mark.DOC,
        "8.3",
        "task",
        "",
        "OR:1:status={0}&OR:2:priority={1}",
        _or,
        _STATUS_PRIORITY,
        ("OR:1:", "OR:2:"),
    ),
    Selection(
        "Inside an OR group everything must hold.",
        Mark.DOC,
        "8.3",
        "task",
        "",
        "OR:1:status={0}&OR:1:priority={1}",
        _and,
        _STATUS_PRIORITY,
        ("OR:1:",),
    ),
    Selection(
        "An operator stands in an OR group.",
        Mark.DOC,
        "8.3",
        "task",
        "percentComplete",
        "OR:1:percentComplete={}&OR:1:percentComplete_Mod=lt",
        lambda f, v: f is not None and f < v,
        numbers,
        ("OR:1:",),
    ),
    Selection(
        "AND:1: is a second test of one field.",
        Mark.DOC,
        "8.1",
        "task",
        "percentComplete",
        "percentComplete=0&percentComplete_Mod=gte&AND:1:percentComplete={}&AND:1:percentComplete_Mod=lt",
        lambda f, v: f is not None and 0 <= f < v,
        numbers,
    ),
    Selection(
        "AND:1: of another field holds with the plain pairs.",
        Mark.DOC,
        "8.1",
        "task",
        "",
        "status={0}&AND:1:priority={1}",
        _and,
        _STATUS_PRIORITY,
    ),
)
_FIELD: Final = (
    Selection(
        "FIELD: compares with another field of the row.",
        Mark.DOC,
        "8.5",
        "task",
        "",
        "actualCompletionDate=FIELD:plannedCompletionDate&actualCompletionDate_Mod=lt",
        _earlier,
        nothing,
    ),
    Selection(
        "field: in small letters is understood.",
        Mark.SEEN,
        "8.5",
        "task",
        "",
        "actualCompletionDate=field:plannedCompletionDate&actualCompletionDate_Mod=lt",
        _earlier,
        nothing,
    ),
    Selection(
        "EXISTS selects rows for which another row exists.",
        Mark.DOC,
        "8.4",
        "task",
        "numberOfChildren",
        "EXISTS:a:$$OBJCODE=TASK&EXISTS:a:parentID=FIELD:ID",
        lambda f, _: bool(f),
        nothing,
    ),
    Selection(
        "$$EXISTSMOD=NOTEXISTS selects rows for which none exists.",
        Mark.CONFLICT,
        "8.4",
        "task",
        "numberOfChildren",
        "EXISTS:a:$$OBJCODE=TASK&EXISTS:a:parentID=FIELD:ID&EXISTS:a:$$EXISTSMOD=NOTEXISTS",
        lambda f, _: not f,
        nothing,
    ),
    Selection(
        "A block of EXISTS takes filters.",
        Mark.DOC,
        "8.4",
        "task",
        "project:status",
        "EXISTS:a:$$OBJCODE=PROJ&EXISTS:a:ID=FIELD:projectID&EXISTS:a:status={}",
        lambda f, v: f == v,
    ),
    Selection(
        "A block of EXISTS takes operators.",
        Mark.DOC,
        "8.4",
        "task",
        "project:status",
        "EXISTS:a:$$OBJCODE=PROJ&EXISTS:a:ID=FIELD:projectID&EXISTS:a:status={}&EXISTS:a:status_Mod=ne",
        lambda f, v: f != v,
    ),
    Selection(
        "A block of EXISTS is named by any word.",
        Mark.DOC,
        "8.4",
        "task",
        "project:name",
        "EXISTS:block:$$OBJCODE=PROJ&EXISTS:block:ID=FIELD:projectID&EXISTS:block:name={}",
        lambda f, v: f == v,
    ),
)
CHECKS: Final = (*_RELATIONS, *_TOGETHER, *_FIELD)
