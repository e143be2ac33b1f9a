"""The server's time, as it was before anything was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from workfront_core.arguments import described
from workfront_core.errors.kinds import QueryError


@dataclass(frozen=True, slots=True)
class Moment:
    """The server's time when it was asked for it, which ``sync.moment()`` returns.

    Attributes:
        high: the server's time: a run that begins later brings its table up to here.
        clock: the time by which our clock was ahead of the server's then.
        site: scheme and host of the tenant.
    """

    high: datetime
    clock: timedelta
    site: str


def checked_moment(at: object, site: str) -> Moment:
    """Returns a moment of the tenant.

    Raises:
        QueryError: it is none, or of another one.
    """
    if not isinstance(at, Moment):
        raise QueryError(f"at= takes a moment, not {described(at)}.", hint="Write at=sync.moment().")
    if at.site != site:
        raise QueryError(f"The moment is of {at.site}, not of {site}.", hint="Each tenant has a clock of its own.")
    return at
