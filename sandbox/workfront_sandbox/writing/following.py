"""Values that would not last: of fields that follow from something else, so that the next computation takes them away.

They are refused, with what computes them and what to write instead, unless the row has them already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.following import OF_SUBTASKS, OF_TASKS, origin_of
from workfront_sandbox.schema.overrides import DONE, WORK
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row, is_object, text_of
from workfront_sandbox.writing.effort import is_emptied
from workfront_sandbox.writing.status import is_done, is_rolled_up

_SUBTASKS: Final = "comes from its subtasks: write theirs"
_TASKS: Final = "comes from the tasks of the project: write theirs"
_DATES: Final = frozenset({"plannedStartDate", "plannedCompletionDate"})
_COMPLETED: Final = "actualCompletionDate"
_PENDING_ISSUES: Final = "CPI"
_CONDITION: Final = f"{_TASKS}, or conditionType MN"


def refuse_own(call: Call, code: str, name: str, origin: str | None = None) -> None:
    """Says that a field takes no value of one's own, as the sandbox was told to. Raises ApiError."""
    origin = origin or origin_of(code, name) or "follows from something else"
    call.tenant.without_effect(f"{name} ({call.object(code).name}) {origin}. A value of one's own for it")


def is_shown(call: Call, code: str, name: str, value: Any, before: Mapping[str, Any]) -> bool:
    """Returns whether a value is the one that the row has, as it is where a row that was read is written whole."""
    if not before:
        return value is None
    (row,) = call.projection.shape(call.projection.select(code, [name]), [dict(before)])
    return text_of(value) == text_of(row.get(name))


def check_named(call: Call, code: str, item: Mapping[str, Any]) -> Row:
    """Returns the row that an object names by its ID. Raises ApiError where the object says more of it than is so:
    where a row is named, its ID alone is looked at.
    """
    row = call.row(code, str(item["ID"]))
    for name, value in item.items():
        same = is_object(value) and value.get("ID") and value["ID"] == row.get(f"{name}ID")
        if name not in {"ID", "objCode"} and not same and not is_shown(call, code, name, value, row):
            raise invalid(
                f"{name} of {call.object(code).name} {row['ID']} is another: edit that row by a call of its own"
            )
    return row


def lasting(call: Call, code: str, before: Row, plain: Row) -> Row:
    """Returns the fields of a write without those that follow from rows below. Raises ApiError for such a field.

    Args:
        call: the call that writes.
        code: the type of the row.
        before: the row as it was, empty for a new one.
        plain: what is written.
    """
    if code not in _OF_PARENTS:
        return plain
    origins = _OF_PARENTS[code](call, before, plain)
    taken = dict(plain)
    for name in origins.keys() & plain.keys():
        if plain[name] not in ((before.get(name),) if before else _AT_FIRST.get(name, (None,))):
            refuse_own(call, code, name, origins[name])
            del taken[name]
    return taken


def check_completion(call: Call, code: str, plain: Row, row: Row) -> None:
    """Raises ApiError where work that is open would have been completed at some moment."""
    if code not in WORK or not plain.get(_COMPLETED) or not row.get(_COMPLETED):
        return
    plain_status = str(row.get("status")).removesuffix(":A")
    if plain_status != _PENDING_ISSUES and not is_done(call, code, plain_status):
        refuse_own(call, code, _COMPLETED, f"is that of work that is done: write the status {DONE[code][0]} as well")


def check_taken(call: Call, code: str, plain: Row, row: Row) -> None:
    """Raises ApiError where a row has not what was written to it, because it follows from something else after all."""
    for name, value in plain.items():
        if name in row and row[name] != value and name not in _TURNED.get(code, ()):
            if code == "TASK" and (is_emptied(name, row) or name in _DATES):
                continue
            refuse_own(call, code, name)


def _of_parent(call: Call, before: Row, plain: Row) -> Mapping[str, str]:
    """Returns the fields of a task that follow from its subtasks, and why."""
    if not before.get("numberOfChildren"):
        return {}
    completes = plain.get("percentComplete") == 100
    own = set[str]() if is_rolled_up(call, before) and not completes else {"percentComplete"}
    return dict.fromkeys(OF_SUBTASKS - own, _SUBTASKS)


def _of_project(call: Call, before: Row, plain: Row) -> Mapping[str, str]:
    """Returns the fields of a project that follow from its tasks, there or to come, and why."""
    after = {**before, **plain}
    dates = ("plannedStartDate", "plannedCompletionDate")
    own, other = dates[::-1] if after.get("scheduleMode") == "C" else dates
    found = {"percentComplete": _TASKS, other: f"{_TASKS}, or {own}"}
    if after.get("conditionType") != "MN":
        found["condition"] = _CONDITION
    if not before or call.store.newest("TASK", projectID=before["ID"]) is None:
        return found
    return dict.fromkeys(OF_TASKS - {own}, _TASKS) | found


_OF_PARENTS: Final[Mapping[str, Callable[[Call, Row, Row], Mapping[str, str]]]] = {
    "TASK": _of_parent,
    "PROJ": _of_project,
}
_AT_FIRST: Final[Mapping[str, tuple[Any, ...]]] = {"percentComplete": (None, 0), "condition": (None, "ON")}
"""What a new project has before it has tasks."""

_TURNED: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("PROJ", "TASK"), frozenset({"status"})),
    "OPTASK": frozenset({"status", "projectID"}),
    "PARAM": frozenset({"dataType", "displayType", "fieldDefinition"}),
    "TTSK": frozenset({"workRequired", "work"}),
    "UIFT": frozenset({"definition"}),
}
"""Fields that hold another value than was written, because the service turns it into that: a status that has to be
approved, the project that requests are led to, kinds of custom fields that there are not, where a field looks,
work of a template task, what a saved filter compares with.
"""
