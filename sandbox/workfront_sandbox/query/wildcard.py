"""Wildcards in values: the calling user, today, now and moments counted from them. docs/protocol.md 9."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Final

from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row, is_list, text_of

_MOMENT = re.compile(r"\$\$(TODAY|NOW)([be])?(?:([+\- ])(\d{1,6})([hdwmqy])?|([hdwmqy]))?", re.ASCII)
_SPANS: Final = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_MONTHS: Final = {"m": 1, "q": 3, "y": 12}


@dataclass(frozen=True)
class Caller:
    """Who asks, and when: what wildcards stand for."""

    now: datetime
    zone: tzinfo
    user: Row = field(default_factory=dict[str, object])
    customer_id: str | None = None

    @property
    def user_id(self) -> str:
        """The ID of the calling user, empty where nobody calls."""
        return str(self.user.get("ID", ""))


def resolve(value: str, caller: Caller) -> Sequence[str]:
    """Returns what a value stands for: itself, or the values of a wildcard. Raises ApiError for an unknown wildcard."""
    if not value.startswith("$$"):
        return (value,)
    if value.startswith("$$USER"):
        return _user(value, caller)
    if value.startswith("$$CUSTOMER"):
        return (caller.customer_id or "",)
    if value == "$$AR":
        return ("",)
    if (found := _MOMENT.fullmatch(value)) is None:
        raise invalid(f"Unknown wildcard: {value[:100]}")
    return (datetimes.wire(_resolve_moment(found, caller), caller.zone),)


def _user(value: str, caller: Caller) -> Sequence[str]:
    if value in {"$$USER", "$$USER.ID"}:
        return (caller.user_id,)
    if not value.startswith("$$USER."):
        raise invalid(f"Unknown wildcard: {value[:100]}")
    found = caller.user.get(value.removeprefix("$$USER."))
    return tuple(text_of(item) for item in found) if is_list(found) else (text_of(found),)


def _resolve_moment(found: re.Match[str], caller: Caller) -> datetime:
    word, edge, sign, count, unit, aligned_to = found.groups()
    local = caller.now.astimezone(caller.zone)
    start = datetimes.midnight(local, caller.zone) if word == "TODAY" else local
    steps = int(count or 0) * (-1 if sign == "-" else 1)
    unit = unit or aligned_to or "d"
    try:
        moved = _shift(start, unit, steps)
        return _align(moved, edge, unit, caller.zone) if edge else moved
    except (OverflowError, ValueError):
        raise invalid(f"{found[0]} is out of range") from None


def _shift(start: datetime, unit: str, steps: int) -> datetime:
    if unit in _SPANS:
        return start + steps * _SPANS[unit]
    month = start.year * 12 + start.month - 1 + steps * _MONTHS[unit]
    year, month = month // 12, month % 12 + 1
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1]))


def _align(at: datetime, edge: str, unit: str, zone: tzinfo) -> datetime:
    """Returns the beginning of the unit ``at`` lies in, or its end, which is the beginning of the next."""
    begin = _beginning(at, unit, zone)
    return begin if edge == "b" else _shift(begin, unit, 1)


def _beginning(at: datetime, unit: str, zone: tzinfo) -> datetime:
    day = datetimes.midnight(at, zone)
    match unit:
        case "h":
            return at.replace(minute=0, second=0, microsecond=0)
        case "w":
            return day - timedelta(days=(day.weekday() + 1) % 7)
        case "m":
            return day.replace(day=1)
        case "q":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "y":
            return day.replace(month=1, day=1)
        case _:
            return day
