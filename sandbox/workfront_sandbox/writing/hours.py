"""Hours: the timesheet they belong to, and their sums in tasks, issues, projects and timesheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.tenant.hour_type import WORK_OF_TYPE
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change, remove

_OWNER = "ownerID"
_SHEET = ROW_KEYS["TSHET"]

SPAN: Final = frozenset({"userID", "user", "startDate", "endDate"})
"""Fields of a timesheet that say whose hours of which days it holds."""


def timesheet_of(call: Call, row: Mapping[str, Any]) -> Any:
    """Returns the ID of the owner's timesheet that holds the day of an hour, or None where there is none."""
    day = str(row.get("entryDate") or "")[:10]
    for sheet in call.store.where("TSHET", userID=row.get("ownerID")) if row.get("ownerID") and day else ():
        if str(sheet.get("startDate") or "")[:10] <= day <= str(sheet.get("endDate") or "")[:10]:
            return sheet["ID"]
    return None


def hour_type_of(call: Call, row: Mapping[str, Any]) -> Any:
    """Returns the ID of the type that an hour on this work has by default, or None where there is none."""
    code = next((one for one in ("OPTASK", "TASK", "PROJ") if row.get(ROW_KEYS[one])), None)
    found = call.store.where("HOURT", **{WORK_OF_TYPE: code}) if code else ()
    return next((one["ID"] for one in found if one.get("isActive") is not False), None)


def moved_hour(call: Call, before: Row, changes: Row) -> Row:
    """Returns what follows from an edit of an hour: the project of its work, and the timesheet of its day and owner."""
    found, after = project_of_work(call, changes), {**before, **changes}
    if {"entryDate", _OWNER} & set(changes) and _SHEET not in changes:
        found[_SHEET] = timesheet_of(call, after)
    return {name: value for name, value in found.items() if name not in changes}


def project_of_work(call: Call, row: Mapping[str, Any]) -> Row:
    """Returns the project of the task or the issue that a row names, nothing where it names none."""
    owners = (call.store.get(code, str(row[ROW_KEYS[code]])) for code in WORK if row.get(ROW_KEYS[code]))
    found = next((owner["projectID"] for owner in owners if owner and owner.get("projectID")), None)
    return {} if found is None else {"projectID": found}


def check_home_of_work(call: Call, code: str, row: Mapping[str, Any]) -> None:
    """Raises ApiError for a row that hangs on work and names another project than that of the work."""
    home = project_of_work(call, row)
    if home and row.get("projectID") not in {None, "", home["projectID"]}:
        raise invalid(
            f"projectID of the {call.object(code).name} is not the project of its task or issue: leave it out"
        )


def follow_timesheet(call: Call, sheet: Row) -> None:
    """Gives a timesheet the hours of its user and its days, and lets go of others, after it was written."""
    days = tuple(str(sheet.get(name) or "")[:10] for name in ("startDate", "endDate"))
    own = call.store.where("HOUR", timesheetID=sheet["ID"])
    more = call.store.where("HOUR", ownerID=sheet["userID"]) if sheet.get("userID") else []
    for hour in [*own, *(one for one in more if one.get(_SHEET) is None)]:
        day = str(hour.get("entryDate") or "")[:10]
        is_in = hour.get(_OWNER) == sheet.get("userID") and days[0] <= day <= days[1]
        if is_in != (hour.get(_SHEET) == sheet["ID"]):
            change(call, "HOUR", str(hour["ID"]), {_SHEET: sheet["ID"] if is_in else timesheet_of(call, hour)})
    _count_sheet(call, sheet)


def _count_sheet(call: Call, sheet: Row) -> None:
    """Gives a timesheet the sum of its hours."""
    if "totalHours" in call.tenant.catalogue.types["TSHET"].fields:
        hours = call.store.where("HOUR", timesheetID=sheet["ID"])
        change(call, "TSHET", str(sheet["ID"]), {"totalHours": sum(float(one.get("hours") or 0) for one in hours)})


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
