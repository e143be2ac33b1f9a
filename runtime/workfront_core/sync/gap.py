"""When events may be missing, so that a run has to mend the tables: docs/sync.md, "With events"."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from workfront_core.events.subscription import EVENT_TYPES, Subscription

_FEW: Final = 10
"""Pauses from which on one knows a habit."""
_REMEMBERED: Final = 100
_BEYOND: Final = 3.0
"""A silence so many times as long as the longest pause so far is no habit any more."""
_SHORTEST: Final = 60.0
"""Seconds of silence that never mean anything."""


@dataclass(slots=True)
class Habit:
    """How long the events of one object type usually pause. All moments are seconds of one clock."""

    last: float
    pauses: deque[float] = field(default_factory=lambda: deque[float](maxlen=_REMEMBERED))

    def heard(self, at: float) -> None:
        """Notes that events came."""
        self.pauses.append(at - self.last)
        self.last = at

    def is_broken(self, at: float) -> bool:
        """Returns whether, at these seconds, it has been silent for longer than it usually is; then the silence counts
        anew.
        """
        known = len(self.pauses) >= _FEW
        if not known or at - self.last <= max(_SHORTEST, _BEYOND * max(self.pauses)):
            return False
        self.last = at
        return True


@dataclass(slots=True)
class Watch:
    """What the subscriptions for some object types were like when they were last looked at."""

    known: frozenset[str] | None = None

    def gaps(self, codes: Iterable[str], subscriptions: Iterable[Subscription]) -> Iterator[tuple[str, str]]:
        """Yields object types whose events may be missing, and why."""
        found = [one for one in subscriptions if one.object_id is None]
        before, self.known = self.known, frozenset(one.id for one in found)
        for code in codes:
            of_code = [one for one in found if one.obj_code.upper() == code]
            reason = _ill(of_code) or _untold(of_code) or _made_since(of_code, before)
            if reason is not None:
                yield code, reason


def _ill(subscriptions: Iterable[Subscription]) -> str | None:
    states = (one.health.state for one in subscriptions)
    return next((f"a subscription is {state}" for state in states if state in ("frozen", "disabled")), None)


def _untold(subscriptions: Iterable[Subscription]) -> str | None:
    kinds = {one.event_type for one in subscriptions}
    return next((f"no subscription tells of {kind}" for kind in EVENT_TYPES if kind not in kinds), None)


def _made_since(subscriptions: Iterable[Subscription], before: frozenset[str] | None) -> str | None:
    is_new = before is not None and any(one.id not in before for one in subscriptions)
    return "a subscription is new" if is_new else None
