"""What a task has of its own while others stand below it: kept, and given back when it is no parent any more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.planning.duration import amount_of
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row

NESTED: Final = frozenset({"TASK", "TTSK"})
"""Object types whose rows stand below one another, and know how many."""


def check_home(code: str, row: Mapping[str, Any], parent: Mapping[str, Any] | None) -> None:
    """Raises ApiError where a task would stand below one of another project, or of another template."""
    home = "projectID" if code == "TASK" else "templateID"
    if parent is not None and row.get(home) != parent.get(home):
        raise invalid(f"{row.get('name')} and {parent.get('name')}, which it would stand below, are in two places")


def check_approval(row: Mapping[str, Any], parent: Mapping[str, Any] | None) -> None:
    """Raises ApiError where a parent would have an approval: a task has either."""
    if row.get("approvalProcessID") and row.get("numberOfChildren"):
        raise invalid(f"Task {row.get('name')} has subtasks and cannot have an approval process")
    if parent is not None and parent.get("approvalProcessID"):
        raise invalid(f"Task {parent.get('name')} has an approval process and cannot have subtasks")


def with_children(code: str, parent: Mapping[str, Any], number: int) -> Row:
    """Returns the fields of a row below which so many stand now."""
    was_parent = bool(parent.get("numberOfChildren"))
    fields: Row = {"numberOfChildren": number}
    if code != "TASK" or was_parent == bool(number):
        return fields
    if was_parent:
        return fields | _own(parent)
    kept = {"originalDuration": parent.get("durationMinutes")}
    return fields | kept | {"originalWorkRequired": parent.get("workRequired") or 0}


def _own(parent: Mapping[str, Any]) -> Row:
    """Returns duration and work as they were before others stood below."""
    minutes, work = parent.get("originalDuration"), parent.get("originalWorkRequired")
    if minutes is None:
        return {}
    unit = str(parent.get("durationUnit") or "D")
    found: Row = {"durationMinutes": minutes, "duration": amount_of(float(minutes), unit), "durationUnit": unit}
    return found if work is None else found | {"workRequired": work, "work": float(work) / 60}
