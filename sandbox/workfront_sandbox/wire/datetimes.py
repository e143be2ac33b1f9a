"""Dates and times: read in every form the API takes, written in its own. docs/protocol.md 10."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

_FORM = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.:,](\d{1,9}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def parse(text: str, zone: tzinfo) -> datetime:
    """Returns the instant a text names; without an offset it is meant in ``zone``. Raises ValueError."""
    return _instant(text, zone)


@lru_cache(maxsize=4096)
def _instant(text: str, zone: tzinfo) -> datetime:
    if (found := _FORM.fullmatch(text.strip())) is None:
        raise ValueError(f'Unparseable date: "{text}"')
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    micro = int((found[7] or "").ljust(6, "0")[:6])
    try:
        instant = datetime(year, month, day, hour, minute, second, micro, tzinfo=_zone(found[8], zone))
    except ValueError:
        raise ValueError(f'Unparseable date: "{text}"') from None
    if not is_writable(instant):
        raise ValueError(f'Unparseable date: "{instant.isoformat()}"')
    return instant


def milliseconds(instant: datetime) -> int:
    """Returns the milliseconds since 1970, the form in which instants are compared."""
    return (instant - _EPOCH) // _MILLISECOND


def from_milliseconds(count: int) -> datetime:
    """Returns the instant so many milliseconds after 1970 began."""
    return _EPOCH + count * _MILLISECOND


def wire(instant: datetime, zone: tzinfo) -> str:
    """Writes an instant as ``2026-03-18T15:30:00:000-0600``: a colon before the milliseconds, an offset without one."""
    text = instant.astimezone(zone).isoformat(timespec="milliseconds")
    return f"{text[:19]}:{text[20:23]}{text[23:].replace(':', '')}"


def event(instant: datetime, zone: tzinfo) -> str:
    """Returns the form of event payloads, with a dot before the milliseconds."""
    text = wire(instant, zone)
    return f"{text[:19]}.{text[20:]}"


def day(instant: datetime, zone: tzinfo) -> str:
    """Returns the calendar day of an instant: ``2026-03-18``."""
    return instant.astimezone(zone).date().isoformat()


def midnight(instant: datetime, zone: tzinfo) -> datetime:
    """Returns the first instant of the calendar day ``instant`` falls on in ``zone``."""
    return at_midnight(instant.astimezone(zone).date(), zone)


def at_midnight(that: date, zone: tzinfo) -> datetime:
    """Returns the first instant of a calendar day in ``zone``."""
    return datetime(that.year, that.month, that.day, tzinfo=zone)


def is_writable(instant: datetime) -> bool:
    """Returns whether every zone can write an instant: the first and the last year have days that some cannot."""
    return 1 < instant.year < 9999


def _zone(offset: str | None, zone: tzinfo) -> tzinfo:
    return zone if offset is None else _offset(offset)


@lru_cache(maxsize=256)
def _offset(text: str) -> tzinfo:
    return datetime.strptime(text, "%z").tzinfo or UTC
