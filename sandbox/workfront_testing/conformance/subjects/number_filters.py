"""Operators on numbers and IDs, each held against the rows it should select. docs/protocol.md 8.1, 8.2."""

from __future__ import annotations

from typing import Any, Final

from workfront_testing.conformance.check import Mark
from workfront_testing.conformance.selection import Selection
from workfront_testing.conformance.values import number_pairs, numbers, value_pairs

_DONE: Final = ("task", "percentComplete")
_PRIORITY: Final = ("task", "priority")
_OWNER: Final = ("task", "assignedToID")


def _is(field: Any) -> bool:
    return field is not None


_NUMBERS: Final = (
    Selection("eq on a number.", Mark.DOC, "8.2", *_DONE, "percentComplete={}", lambda f, v: f == v, numbers),
    Selection(
        "ne on a number.",
        Mark.DOC,
        "8.2",
        *_DONE,
        "percentComplete={}&percentComplete_Mod=ne",
        lambda f, v: f != v,
        numbers,
    ),
    Selection(
        "lt selects lesser numbers.",
        Mark.DOC,
        "8.2",
        *_DONE,
        "percentComplete={}&percentComplete_Mod=lt",
        lambda f, v: _is(f) and f < v,
        numbers,
    ),
    Selection(
        "lte selects lesser and equal numbers.",
        Mark.DOC,
        "8.2",
        *_DONE,
        "percentComplete={}&percentComplete_Mod=lte",
        lambda f, v: _is(f) and f <= v,
        numbers,
    ),
    Selection(
        "gt selects greater numbers.",
        Mark.DOC,
        "8.2",
        *_DONE,
        "percentComplete={}&percentComplete_Mod=gt",
        lambda f, v: _is(f) and f > v,
        numbers,
    ),
    Selection(
        "gte selects greater and equal numbers.",
        Mark.DOC,
        "8.2",
        *_DONE,
        "percentComplete={}&percentComplete_Mod=gte",
        lambda f, v: _is(f) and f >= v,
        numbers,
    ),
    Selection(
        "A value with _Range is between, both ends included.",
        Mark.DOC,
        "8.1",
        *_DONE,
        "percentComplete={0}&percentComplete_Range={1}",
        lambda f, v: _is(f) and v[0] <= f <= v[1],
        number_pairs,
    ),
    Selection(
        "between includes both ends.",
        Mark.DOC,
        "8.2",
        *_DONE,
        "percentComplete={0}&percentComplete_Range={1}&percentComplete_Mod=between",
        lambda f, v: _is(f) and v[0] <= f <= v[1],
        number_pairs,
    ),
    Selection(
        "notbetween selects what is outside.",
        Mark.DOC,
        "8.2",
        *_DONE,
        "percentComplete={0}&percentComplete_Range={1}&percentComplete_Mod=notbetween",
        lambda f, v: _is(f) and not v[0] <= f <= v[1],
        number_pairs,
    ),
    Selection(
        "Several numbers mean one of them.",
        Mark.DOC,
        "8.1",
        *_DONE,
        "percentComplete={0}&percentComplete={1}",
        lambda f, v: f in v,
        number_pairs,
    ),
    Selection("eq on an integer code.", Mark.DOC, "8.2", *_PRIORITY, "priority={}", lambda f, v: f == v, numbers),
    Selection(
        "in on integer codes.",
        Mark.DOC,
        "8.2",
        *_PRIORITY,
        "priority={0}&priority={1}&priority_Mod=in",
        lambda f, v: f in v,
        number_pairs,
    ),
    Selection(
        "notin on integer codes.",
        Mark.DOC,
        "8.2",
        *_PRIORITY,
        "priority={0}&priority={1}&priority_Mod=notin",
        lambda f, v: f not in v,
        number_pairs,
    ),
    Selection(
        "gt on an integer code.",
        Mark.DOC,
        "8.2",
        *_PRIORITY,
        "priority={}&priority_Mod=gt",
        lambda f, v: _is(f) and f > v,
        numbers,
    ),
    Selection(
        "lt on an integer code.",
        Mark.DOC,
        "8.2",
        *_PRIORITY,
        "priority={}&priority_Mod=lt",
        lambda f, v: _is(f) and f < v,
        numbers,
    ),
    Selection(
        "bitwiseor selects numbers that share a bit.",
        Mark.DOC,
        "8.2",
        *_PRIORITY,
        "priority={}&priority_Mod=bitwiseor",
        lambda f, v: _is(f) and f & v > 0,
        numbers,
    ),
    Selection(
        "bitwiseand selects numbers that have all bits.",
        Mark.DOC,
        "8.2",
        *_PRIORITY,
        "priority={}&priority_Mod=bitwiseand",
        lambda f, v: _is(f) and f & v == v,
        numbers,
    ),
    Selection(
        "bitwisenand selects numbers that share no bit.",
        Mark.DOC,
        "8.2",
        *_PRIORITY,
        "priority={}&priority_Mod=bitwisenand",
        lambda f, v: _is(f) and f & v == 0,
        numbers,
    ),
    Selection(
        "gt on hours.",
        Mark.DOC,
        "8.2",
        "hour",
        "hours",
        "hours={}&hours_Mod=gt",
        lambda f, v: _is(f) and f > v,
        numbers,
    ),
    Selection(
        "eq on minutes of a duration.",
        Mark.DOC,
        "8.2",
        "task",
        "durationMinutes",
        "durationMinutes={}",
        lambda f, v: f == v,
        numbers,
    ),
)
_IDS: Final = (
    Selection("eq on an ID.", Mark.DOC, "8.2", *_OWNER, "assignedToID={}", lambda f, v: f == v),
    Selection(
        "Repeated IDs mean one of them.",
        Mark.DOC,
        "3.3",
        *_OWNER,
        "assignedToID={0}&assignedToID={1}",
        lambda f, v: f in v,
        value_pairs,
    ),
    Selection(
        "IDs with a comma mean one of them.",
        Mark.DOC,
        "3.3",
        *_OWNER,
        "assignedToID={0},{1}&assignedToID_Mod=in",
        lambda f, v: f in v,
        value_pairs,
    ),
    Selection(
        "in on IDs.",
        Mark.DOC,
        "8.2",
        *_OWNER,
        "assignedToID={0}&assignedToID={1}&assignedToID_Mod=in",
        lambda f, v: f in v,
        value_pairs,
    ),
    Selection(
        "eq on the ID of a related object by its path.",
        Mark.DOC,
        "8.1",
        *_OWNER,
        "assignedTo:ID={}",
        lambda f, v: f == v,
    ),
    Selection(
        "eq on the project of an issue.", Mark.DOC, "8.2", "issue", "projectID", "projectID={}", lambda f, v: f == v
    ),
    Selection("eq on the owner of hours.", Mark.DOC, "8.2", "hour", "ownerID", "ownerID={}", lambda f, v: f == v),
)
CHECKS: Final = (*_NUMBERS, *_IDS)
