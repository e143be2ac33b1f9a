"""Hours that are billed: they stay as they are, and so does the project they were spent on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row

BILLED: Final = frozenset({"BLD", "BA"})
"""Statuses of hours in a record that is billed."""

_FREE: Final = frozenset({"status", "billingRecordID", "billingRecord"})
"""What takes an hour out of its record again."""


def check_billed(code: str, before: Row, written: Collection[str]) -> None:
    """Raises ApiError where an hour would be changed that is billed."""
    if code == "HOUR" and before.get("status") in BILLED and not set(written) <= _FREE:
        raise invalid(f"Hour {before['ID']} is billed: take it out of its billing record before it is changed")


def check_kept_hours(call: Call, code: str, row: Row) -> None:
    """Raises ApiError where an hour would be deleted that is billed, or a project with such hours."""
    if code == "HOUR" and row.get("status") in BILLED:
        raise invalid(f"Hour {row['ID']} is billed: take it out of its billing record before it is deleted")
    if code == "PROJ" and any(call.store.number("HOUR", projectID=row["ID"], status=one) for one in sorted(BILLED)):
        raise invalid(f"Project {row.get('name')} has hours that are billed and cannot be deleted")
