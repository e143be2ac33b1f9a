"""Hours that are billed: they stay as they are, and so does the project they were spent on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change

BILLED: Final = frozenset({"BLD", "BA"})
"""Statuses of hours in a record that is billed."""

_RECORD: Final = "billingRecordID"
_FREE: Final = frozenset({"status", _RECORD, "billingRecord"})
"""What takes an hour out of its record again."""


_MADE_OF: Final = ("HOUR", "EXPNS", "BILL")
"""Object types from which the amount of a billing record follows."""


def follow_amount(call: Call, code: str, before: Row, after: Row) -> None:
    """Gives the billing records that a row is or was part of their amount: what their hours and their billable expenses
    bring, and the other amount.
    """
    if code not in _MADE_OF:
        return
    key = "ID" if code == "BILL" else _RECORD
    for one in dict.fromkeys(str(row[key]) for row in (before, after) if row.get(key)):
        record = call.store.get("BILL", one)
        hours, expenses = (call.store.where(part, **{_RECORD: one}) for part in ("HOUR", "EXPNS"))
        if record is None or (code == "BILL" and not hours and not expenses):
            continue
        billed = sum(float(row.get("resourceRevenue") or 0) for row in hours)
        billed += sum(float(row.get("actualAmount") or 0) for row in expenses if row.get("isBillable"))
        change(call, "BILL", one, {"amount": round(billed + float(record.get("otherAmount") or 0), 2)})


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
