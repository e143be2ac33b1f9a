"""Actions of users: API keys, working time, what they may do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import uuid4

from workfront_sandbox.actions.arguments import listed, needed
from workfront_sandbox.actions.registry import ActionRequest, action
from workfront_sandbox.planning.working_time import WorkingTime
from workfront_sandbox.signin.credential import Accounts
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.working_time import time_off, working_time_of_user

_MOST_DAYS: Final = 3660


@action("USER", "getApiKey")
def get_api_key(request: ActionRequest) -> str:
    """Returns the key of the user who logs in with the call; empty where there is none."""
    return Accounts(request.call.tenant).api_key(request.call.caller.user_id)


@action("USER", "generateApiKey")
def generate_api_key(request: ActionRequest) -> str:
    """Makes a new key for the user who logs in with the call."""
    key = uuid4().hex
    Accounts(request.call.tenant).set_api_key(request.call.caller.user_id, key)
    return key


@action("USER", "clearApiKey", "clearAllApiKeys")
def clear_api_key(request: ActionRequest) -> str:
    """Revokes the key of the user who logs in with the call."""
    Accounts(request.call.tenant).set_api_key(request.call.caller.user_id, None)
    return "true"


@action("USER", "getUsersAvailableTime")
def available_time(request: ActionRequest) -> Row:
    """Returns working minutes a day between two dates, for each user: by the schedule alone, and less time off."""
    days, found = _days(request), dict[str, Row]({"PAVL": {}, "AVL": {}})
    for one in listed(request.arguments, "userIDs"):
        user = request.call.row("USER", one)
        work = working_time_of_user(request.call, user)
        found["PAVL"][str(user["ID"])] = [_minutes(work, day) for day in days]
        present = work.without(time_off(request.call, user["ID"]))
        found["AVL"][str(user["ID"])] = [_minutes(present, day) for day in days]
    return found


@action("USER", "isUserAdmin")
def is_admin(request: ActionRequest) -> bool:
    """Returns whether a user is an administrator."""
    wanted = str(request.arguments.get("userID") or request.object_id or request.call.caller.user_id)
    return request.call.tenant.is_admin(request.call.row("USER", wanted))


def _minutes(work: WorkingTime, day: date) -> float:
    return sum((end - start) / timedelta(minutes=1) for start, end in work.of_day(day))


def _days(request: ActionRequest) -> list[date]:
    """Returns the days from ``fromDate`` to ``toDate``. Raises ApiError 422 for unreadable ones and for too many."""
    zone = request.call.tenant.clock.zone
    try:
        first, last = (datetimes.parse(needed(request.arguments, name), zone) for name in ("fromDate", "toDate"))
    except ValueError as error:
        raise invalid(str(error)[:200]) from None
    count = (last.date() - first.date()).days + 1
    if not 0 <= count <= _MOST_DAYS:
        raise invalid("toDate is not after fromDate, or years after it")
    return [first.date() + timedelta(days=at) for at in range(count)]
