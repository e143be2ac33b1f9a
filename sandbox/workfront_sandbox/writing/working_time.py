"""Working time of a project and of who works on it: its schedule, that schedule's days off, and time off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workfront_sandbox.call.call import Call
from workfront_sandbox.planning.working_time import OFFICE_HOURS, Hours, TimeRange, WorkingTime, read_hours
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import not_computed
from workfront_sandbox.wire.json_value import Row

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def working_time(call: Call, schedule: Row | None) -> WorkingTime:
    """Returns the working time of a schedule, office hours where there is none. Raises ApiError for hours in words."""
    if schedule is None:
        return WorkingTime(call.tenant.clock.zone)
    rows = call.store.where("NONWKD", scheduleID=schedule["ID"])
    free = [read_moment(call, row.get("nonWorkDate")) for row in rows]
    return WorkingTime(_zone(call, schedule), _week(schedule), frozenset(day.date() for day in free if day))


def working_time_of_project(call: Call, project: Row) -> WorkingTime:
    """Returns the working time of a project: of its schedule, else of the tenant's own. Raises ApiError."""
    own = call.store.get("SCHED", str(project.get("scheduleID"))) if project.get("scheduleID") else None
    return working_time(call, own or next(iter(call.store.where("SCHED", isDefault=1)), None))


def working_time_of_user(call: Call, user: Row) -> WorkingTime:
    """Returns the working time of a user: of the user's schedule, else of the tenant's own. Raises ApiError."""
    return working_time_of_project(call, user)


def time_off(call: Call, user_id: Any) -> list[TimeRange]:
    """Returns the spans in which a user is away."""
    if not user_id:
        return []
    found: list[TimeRange] = []
    for row in call.store.where("RESVT", userID=str(user_id)):
        start, end = read_moment(call, row.get("startDate")), read_moment(call, row.get("endDate"))
        if start and end:
            found.append((start, end if end > start else start + timedelta(days=1)))
    return found


def read_moment(call: Call, text: Any) -> datetime | None:
    """Returns the moment of a field, or None where it has none."""
    zone = call.tenant.clock.zone
    return datetimes.parse(str(text), zone).astimezone(zone) if text else None


def this_minute(call: Call) -> datetime:
    """Returns now, to the minute: dates that lie ahead move from minute to minute."""
    return call.tenant.clock.now().replace(second=0, microsecond=0)


def write_moment(call: Call, at: datetime) -> str:
    """Writes a moment as rows have it. Raises OverflowError for a year that is beyond all rows."""
    if not datetimes.is_writable(at):
        raise OverflowError(f"the year {at.year}")
    return datetimes.wire(at, call.tenant.clock.zone)


def _week(schedule: Row) -> tuple[Hours, ...]:
    if not any(schedule.get(day) for day in _WEEKDAYS):
        return OFFICE_HOURS
    try:
        return tuple(read_hours([str(text) for text in schedule.get(day) or ()]) for day in _WEEKDAYS)
    except ValueError as error:
        raise not_computed(f"The hours of schedule {schedule.get('name')}: {error}") from None


def _zone(call: Call, schedule: Row) -> tzinfo:
    name = schedule.get("timeZone")
    if not name:
        return call.tenant.clock.zone
    try:
        return UTC if name == "UTC" else ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError):
        raise not_computed(f"The time zone {str(name)[:50]} of schedule {schedule.get('name')}") from None
