"""Operators on codes and booleans, and tests for null, each held against the rows it should select.

docs/protocol.md 8.2, 3.1.
"""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.check import Mark
from workfront_testing.conformance.selection import Selection, nothing
from workfront_testing.conformance.values import value_pairs

_CODES: Final = (
    Selection("A code is compared as it is.", Mark.DOC, "8.1", "task", "status", "status={}", lambda f, v: f == v),
    Selection(
        "Several codes mean one of them.",
        Mark.DOC,
        "3.3",
        "task",
        "status",
        "status={0}&status={1}",
        lambda f, v: f in v,
        value_pairs,
    ),
    Selection("ne on a code.", Mark.DOC, "8.2", "task", "status", "status={}&status_Mod=ne", lambda f, v: f != v),
    Selection(
        "notin on codes.",
        Mark.DOC,
        "8.2",
        "task",
        "status",
        "status={0}&status={1}&status_Mod=notin",
        lambda f, v: f not in v,
        value_pairs,
    ),
    Selection(
        "A code that the field does not know adds nothing.",
        Mark.SEEN,
        "8.2",
        "task",
        "status",
        "status={}&status=QXQ",
        lambda f, v: f == v,
    ),
    Selection(
        "A boolean is written true or false.", Mark.SEEN, "3.1", "user", "isActive", "isActive={}", lambda f, v: f is v
    ),
    Selection(
        "A boolean of tasks is written true or false.",
        Mark.SEEN,
        "3.1",
        "task",
        "isCritical",
        "isCritical={}",
        lambda f, v: f is v,
    ),
)
_NULLS: Final = (
    Selection(
        "isnull with an empty value selects rows without one.",
        Mark.CONFLICT,
        "8.2",
        "task",
        "assignedToID",
        "assignedToID=&assignedToID_Mod=isnull",
        lambda f, _: f is None,
        nothing,
    ),
    Selection(
        "isnull by _Mod alone.",
        Mark.CONFLICT,
        "8.2",
        "task",
        "assignedToID",
        "assignedToID_Mod=isnull",
        lambda f, _: f is None,
        nothing,
    ),
    Selection(
        "notnull with an empty value selects rows with one.",
        Mark.CONFLICT,
        "8.2",
        "task",
        "assignedToID",
        "assignedToID=&assignedToID_Mod=notnull",
        lambda f, _: f is not None,
        nothing,
    ),
    Selection(
        "notnull by _Mod alone.",
        Mark.CONFLICT,
        "8.2",
        "task",
        "parentID",
        "parentID_Mod=notnull",
        lambda f, _: f is not None,
        nothing,
    ),
    Selection(
        "isnull ignores a value.",
        Mark.DOC,
        "8.2",
        "task",
        "parentID",
        "parentID=x&parentID_Mod=isnull",
        lambda f, _: f is None,
        nothing,
    ),
    Selection(
        "isnull on a moment.",
        Mark.DOC,
        "8.2",
        "task",
        "actualCompletionDate",
        "actualCompletionDate=&actualCompletionDate_Mod=isnull",
        lambda f, _: f is None,
        nothing,
    ),
    Selection(
        "notnull on a moment.",
        Mark.DOC,
        "8.2",
        "task",
        "actualCompletionDate",
        "actualCompletionDate=&actualCompletionDate_Mod=notnull",
        lambda f, _: f is not None,
        nothing,
    ),
    Selection(
        "isblank selects null and empty texts.",
        Mark.DOC,
        "8.2",
        "task",
        "description",
        "description=&description_Mod=isblank",
        lambda f, _: not f,
        nothing,
    ),
    Selection(
        "notblank selects texts that are neither null nor empty.",
        Mark.DOC,
        "8.2",
        "task",
        "description",
        "description=&description_Mod=notblank",
        lambda f, _: bool(f),
        nothing,
    ),
    Selection(
        "ne on a value selects rows without one too.",
        Mark.DOC,
        "8.2",
        "task",
        "assignedToID",
        "assignedToID={}&assignedToID_Mod=ne",
        lambda f, v: f != v,
    ),
    Selection(
        "nee leaves rows without a value out.",
        Mark.DOC,
        "8.2",
        "task",
        "assignedToID",
        "assignedToID={}&assignedToID_Mod=nee",
        lambda f, v: f is not None and f != v,
    ),
)
CHECKS: Final = (*_CODES, *_NULLS)
