"""Actions of users: API keys, working time, what they may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from workfront_sandbox.actions.arguments import listed
from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import WORKDAY_MINUTES
from workfront_sandbox.signin.credential import Accounts
from workfront_sandbox.wire import datetimes as moment
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change

_MOST_DAYS: Final = 3660


def get_api_key(call: Call, code: str, object_id: str | None, _: Row) -> str:
    """The key of the user who logs in with the call; empty where there is none."""
    return Accounts(call.tenant).api_key(call.caller.user_id)


def generate_api_key(call: Call, code: str, object_id: str | None, _: Row) -> str:
    """A new key for the user who logs in with the call."""
    key = uuid4().hex
    Accounts(call.tenant).set_api_key(call.caller.user_id, key)
    return key


def clear_api_key(call: Call, code: str, object_id: str | None, _: Row) -> None:
    """The key is worth nothing any more."""
    Accounts(call.tenant).set_api_key(call.caller.user_id, None)


def available_time(call: Call, code: str, object_id: str | None, arguments: Row) -> Row:
    """Working minutes a day between two dates, for each user: projected and planned alike."""
    zone = call.tenant.clock.zone
    try:
        first, last = (moment.parse(str(arguments.get(name)), zone) for name in ("fromDate", "toDate"))
    except ValueError as error:
        raise invalid(str(error)[:200]) from None
    count = (last.date() - first.date()).days + 1
    if not 0 <= count <= _MOST_DAYS:
        raise invalid("toDate is not after fromDate, or years after it")
    days = [first.date() + timedelta(days=at) for at in range(count)]
    minutes = [float(WORKDAY_MINUTES) if day.weekday() < 5 else 0.0 for day in days]
    users = [str(call.row("USER", str(one))["ID"]) for one in listed(arguments, "userIDs")]
    return {"PAVL": dict.fromkeys(users, minutes), "AVL": dict.fromkeys(users, minutes)}


def activate(call: Call, code: str, object_id: str | None, arguments: Row) -> None:
    """Users may sign in again."""
    for one in listed(arguments, "userIDs"):
        change(call, "USER", str(one), {"isActive": True})


def is_admin(call: Call, code: str, object_id: str | None, arguments: Row) -> bool:
    """Whether a user is an administrator."""
    wanted = str(arguments.get("userID") or object_id or call.caller.user_id)
    return call.tenant.is_admin(call.row("USER", wanted))


HANDLERS: Final[Mapping[tuple[str, str], Callable[[Call, str, str | None, Row], Any]]] = {
    ("USER", "getApiKey"): get_api_key,
    ("USER", "generateApiKey"): generate_api_key,
    ("USER", "clearApiKey"): clear_api_key,
    ("USER", "clearAllApiKeys"): clear_api_key,
    ("USER", "getUsersAvailableTime"): available_time,
    ("USER", "activateUsers"): activate,
    ("USER", "isUserAdmin"): is_admin,
}
