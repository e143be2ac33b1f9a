"""Operators on moments, each held against the rows it should select. docs/protocol.md 8.2, 10."""

from __future__ import annotations

from typing import Any, Final

from workfront_testing.conformance.check import Mark
from workfront_testing.conformance.selection import Selection
from workfront_testing.conformance.values import at, days, moment_pairs, moments

_DUE: Final = ("task", "plannedCompletionDate")


def _is(field: Any) -> bool:
    return field is not None


CHECKS: Final = (
    Selection(
        "eq on a moment selects it.",
        Mark.DOC,
        "8.2",
        *_DUE,
        "plannedCompletionDate={}&plannedCompletionDate_Mod=exacttime",
        lambda f, v: _is(f) and at(f) == at(v),
        moments,
    ),
    Selection(
        "eq on a date without a time is the whole day.",
        Mark.DOC,
        "8.2",
        *_DUE,
        "plannedCompletionDate={}",
        lambda f, v: _is(f) and f[:10] == v,
        days,
    ),
    Selection(
        "lt selects earlier moments.",
        Mark.DOC,
        "8.2",
        *_DUE,
        "plannedCompletionDate={}&plannedCompletionDate_Mod=lt",
        lambda f, v: _is(f) and at(f) < at(v),
        moments,
    ),
    Selection(
        "lte selects earlier moments and this one.",
        Mark.DOC,
        "8.2",
        *_DUE,
        "plannedCompletionDate={}&plannedCompletionDate_Mod=lte",
        lambda f, v: _is(f) and at(f) <= at(v),
        moments,
    ),
    Selection(
        "gt selects later moments.",
        Mark.DOC,
        "8.2",
        *_DUE,
        "plannedCompletionDate={}&plannedCompletionDate_Mod=gt",
        lambda f, v: _is(f) and at(f) > at(v),
        moments,
    ),
    Selection(
        "gte selects later moments and this one.",
        Mark.DOC,
        "8.2",
        *_DUE,
        "plannedCompletionDate={}&plannedCompletionDate_Mod=gte",
        lambda f, v: _is(f) and at(f) >= at(v),
        moments,
    ),
    Selection(
        "A moment with _Range is between, both ends included.",
        Mark.DOC,
        "8.1",
        *_DUE,
        "plannedCompletionDate={0}&plannedCompletionDate_Range={1}",
        lambda f, v: _is(f) and at(v[0]) <= at(f) <= at(v[1]),
        moment_pairs,
    ),
    Selection(
        "between on moments.",
        Mark.DOC,
        "8.2",
        *_DUE,
        "plannedCompletionDate={0}&plannedCompletionDate_Range={1}&plannedCompletionDate_Mod=between",
        lambda f, v: _is(f) and at(v[0]) <= at(f) <= at(v[1]),
        moment_pairs,
    ),
    Selection(
        "notbetween on moments.",
        Mark.DOC,
        "8.2",
        *_DUE,
        "plannedCompletionDate={0}&plannedCompletionDate_Range={1}&plannedCompletionDate_Mod=notbetween",
        lambda f, v: _is(f) and not at(v[0]) <= at(f) <= at(v[1]),
        moment_pairs,
    ),
    Selection(
        "lt on a date without a time means its midnight.",
        Mark.DOC,
        "8.2",
        *_DUE,
        "plannedCompletionDate={}&plannedCompletionDate_Mod=lt",
        lambda f, v: _is(f) and f[:10] < v,
        days,
    ),
    Selection(
        "gte on a date without a time means its midnight.",
        Mark.DOC,
        "8.2",
        *_DUE,
        "plannedCompletionDate={}&plannedCompletionDate_Mod=gte",
        lambda f, v: _is(f) and f[:10] >= v,
        days,
    ),
    Selection(
        "lt on the planned start of projects.",
        Mark.DOC,
        "8.2",
        "project",
        "plannedStartDate",
        "plannedStartDate={}&plannedStartDate_Mod=lt",
        lambda f, v: _is(f) and at(f) < at(v),
        moments,
    ),
    Selection(
        "eq on the day of an hour entry.",
        Mark.SEEN,
        "10",
        "hour",
        "entryDate",
        "entryDate={}",
        lambda f, v: _is(f) and f[:10] == v,
        days,
    ),
    Selection(
        "A moment without an offset is understood.",
        Mark.DOC,
        "10",
        *_DUE,
        "plannedCompletionDate={}T00:00:00&plannedCompletionDate_Mod=gte",
        lambda f, v: _is(f) and f[:10] >= v,
        days,
    ),
)
