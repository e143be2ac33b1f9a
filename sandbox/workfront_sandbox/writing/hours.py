"""Hours: the timesheet they belong to, and their sums in tasks, issues, projects and timesheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change, remove

_SHEET = ROW_KEYS["TSHET"]


def timesheet_of(call: Call, row: Mapping[str, Any]) -> Any:
    """Returns the ID of the owner's timesheet that holds the day of an hour, or None where there is none."""
    day = str(row.get("entryDate") or "")[:10]
    for sheet in call.store.where("TSHET", userID=row.get("ownerID")) if row.get("ownerID") and day else ():
        if str(sheet.get("startDate") or "")[:10] <= day <= str(sheet.get("endDate") or "")[:10]:
            return sheet["ID"]
    return None


def remove_general(call: Call, sheet_id: str) -> None:
    """Removes the hours of a timesheet that were spent on no work: they go with it."""
    for hour in call.store.where("HOUR", timesheetID=sheet_id):
        if not any(hour.get(ROW_KEYS[code]) for code in (*WORK, "PROJ")):
            remove(call, "HOUR", str(hour["ID"]))


def follow_hours(call: Call, before: Row, after: Row) -> None:
    """Adds what was logged to the sums of all it counts for, after an hour was made, edited or deleted."""
    for row, sign in ((before, -1), (after, 1)):
        hours = float(row.get("hours") or 0) * sign
        if hours:
            _count(call, row, hours)


def _count(call: Call, row: Row, hours: float) -> None:
    for code in WORK:
        key = row.get(ROW_KEYS[code])
        while key:
            owner = _add(call, code, key, hours)
            key = owner.get("parentID") if code == "TASK" else None
    _add(call, "PROJ", row.get(ROW_KEYS["PROJ"]), hours)
    sheet = call.store.get("TSHET", str(row.get(_SHEET))) if row.get(_SHEET) else None
    if sheet is not None and "totalHours" in call.tenant.catalogue.types["TSHET"].fields:
        change(call, "TSHET", str(sheet["ID"]), {"totalHours": float(sheet.get("totalHours") or 0) + hours})


def _add(call: Call, code: str, key: Any, hours: float) -> Row:
    owner = call.store.get(code, str(key)) if key else None
    if owner is None:
        return {}
    known = call.tenant.catalogue.types[code].fields
    minutes = float(owner.get("actualWorkRequired") or 0)
    total = float(owner["actualWorkRequiredDouble"]) if owner.get("actualWorkRequiredDouble") else minutes / 60
    sums = {"actualWorkRequiredDouble": total + hours, "actualWorkRequired": round((total + hours) * 60)}
    change(call, code, str(owner["ID"]), {name: value for name, value in sums.items() if name in known})
    return owner
