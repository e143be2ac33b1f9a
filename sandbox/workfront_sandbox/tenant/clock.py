"""The sandbox's clock: it runs, or stands at a moment until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

from workfront_sandbox.wire import datetimes


class Clock:
    """What time it is in the sandbox, and in which zone the tenant lives.

    Attributes:
        stamps_off: how far the clock that stamps rows is ahead of the one that dates answers; it may be behind.
    """

    def __init__(self, now: datetime | None = None, zone: tzinfo | None = None) -> None:
        """Starts a running clock, or one that stands at ``now``. The zone is that of ``now``, else UTC."""
        self._fixed = now
        self._shift = timedelta()
        self.stamps_off: timedelta = timedelta()
        self.zone: tzinfo = zone or (now.tzinfo if now else None) or UTC

    def __repr__(self) -> str:
        return f"<Clock at {self.now().isoformat(timespec='seconds')}>"

    @classmethod
    def reading(cls, text: str) -> Clock:
        """Returns a clock that stands at a moment written as the API writes it. Raises ValueError."""
        return cls(datetimes.parse(text, UTC))

    def now(self) -> datetime:
        """Returns what time it is, in the tenant's zone."""
        return (self._fixed or datetime.now(UTC)).astimezone(self.zone) + self._shift

    def advance(self, by: timedelta) -> None:
        """Moves the clock, forwards or back; a running clock goes on from there."""
        self._shift += by

    def stand(self, at: datetime) -> None:
        """Stops the clock at ``at``."""
        self._fixed, self._shift = at, timedelta()

    def stamp(self) -> datetime:
        """Returns what time it is by the clock that stamps rows."""
        return self.now() + self.stamps_off

    def wire(self) -> str:
        """Returns now, as it is written in rows."""
        return datetimes.wire(self.now(), self.zone)


def fixed_offset(hours: float) -> tzinfo:
    """Returns a zone without daylight saving time."""
    return timezone(timedelta(hours=hours))
