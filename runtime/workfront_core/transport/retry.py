"""When a failed call is sent again, and after how long: a decision without network, clock or sleep of its own.

What the server did not apply can always be repeated: a connection that never came about, a 429. What it may have
applied is repeated only where twice is the same as once. docs/protocol.md 6, docs/resilience.md.
"""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from workfront_core.arguments import checked_callable, checked_flag, checked_number, checked_whole
from workfront_core.errors.kinds import (
    DeadlineExceeded,
    QueryError,
    RateLimited,
    ServerError,
    TransportError,
    Truncated,
    Unreachable,
    WorkfrontError,
)
from workfront_core.foreign_text import http_date, whole_number

_NEVER_BETTER: Final = frozenset({501, 505, 511})
_LONGEST_WAIT: Final = 366 * 86_400.0


class Repeatability(Enum):
    """What a failure says about the call that met it."""

    NOT_APPLIED = "nothing happened"
    UNCERTAIN = "it may have happened"
    FINAL = "repeating does not help"


async def _async_sleep(seconds: float) -> None:
    import asyncio  # a program of threads does without

    await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """How often, how long and with which clock calls are repeated.

    Args:
        max_retries: further attempts after the first one; 0 turns repeating off.
        total_timeout: seconds for one call with all its attempts and pauses, ``None`` for no end.
        initial_delay: seconds the first pause lasts at most; each further one may be twice as long.
        max_delay: seconds no pause exceeds, unless the server asks for a longer one.
        repeat_writes: whether PUT and DELETE may be repeated when it is uncertain that they were applied; POST never.
        clock: seconds that never run backwards.
        sleep: waits, for the sync client.
        async_sleep: waits, for the async client.
        random: a random number from 0 to 1.

    Raises:
        QueryError: a number is negative, or the delays are reversed.

    Examples:
        >>> from workfront_client import ApiKey, Retry
        >>> from workfront_client.v22 import Workfront
        >>> retry = Retry(max_retries=2, total_timeout=60)
        >>> wf = Workfront("https://acme.my.workfront.com", auth=ApiKey("k3y"), retry=retry)
        >>> wf.close()
    """

    max_retries: int = 4
    total_timeout: float | None = 300.0
    initial_delay: float = 1.0
    max_delay: float = 30.0
    repeat_writes: bool = False
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    async_sleep: Callable[[float], Awaitable[None]] = _async_sleep
    random: Callable[[], float] = random.random

    def __post_init__(self) -> None:
        if checked_whole(self.max_retries, "max_retries=") < 0:
            raise QueryError(f"max_retries={self.max_retries}: it counts attempts and cannot be negative.")
        checked_flag(self.repeat_writes, "repeat_writes")
        for name in ("clock", "sleep", "async_sleep", "random"):
            checked_callable(getattr(self, name), f"{name}=", awaits=name == "async_sleep")
        checked_number(self.initial_delay, "initial_delay=")
        checked_number(self.max_delay, "max_delay=")
        if self.total_timeout is not None and checked_number(self.total_timeout, "total_timeout=") <= 0:
            raise QueryError(
                f"total_timeout={self.total_timeout}: a call needs some seconds; None gives it all the time."
            )
        if not 0 <= self.initial_delay <= self.max_delay:
            raise QueryError(
                f"Pauses grow from initial_delay={self.initial_delay} to max_delay={self.max_delay} seconds."
            )


def fault_of(error: WorkfrontError) -> Repeatability:
    """Returns what an error says about the call: not applied, uncertain, or final."""
    if isinstance(error, RateLimited):
        return Repeatability.NOT_APPLIED
    if isinstance(error, Unreachable | DeadlineExceeded):
        return Repeatability.FINAL
    if isinstance(error, TransportError):
        return Repeatability.UNCERTAIN if error.sent else Repeatability.NOT_APPLIED
    if isinstance(error, Truncated) or (isinstance(error, ServerError) and error.status not in _NEVER_BETTER):
        return Repeatability.UNCERTAIN
    return Repeatability.FINAL


def pause_before_retry(
    policy: Retry, error: WorkfrontError, *, retries: int, repeatable: bool, left: float | None
) -> float | None:
    """Returns the seconds to wait before the next attempt, or ``None`` where there is to be none.

    Args:
        policy: how often and how long.
        error: what the last attempt met.
        retries: further attempts so far.
        repeatable: whether sending the call twice does no more than sending it once.
        left: seconds of the total_timeout that remain, ``None`` without one.
    """
    fault = fault_of(error)
    if (
        retries >= policy.max_retries
        or fault is Repeatability.FINAL
        or (fault is Repeatability.UNCERTAIN and not repeatable)
    ):
        return None
    pause = max(backoff(policy, retries), error.retry_after or 0.0)
    return None if left is not None and pause >= left else pause


def backoff(policy: Retry, retries: int) -> float:
    """Returns a pause drawn evenly from nothing to a bound that doubles each time ("full jitter"), so that callers
    spread.
    """
    return policy.random() * min(policy.max_delay, policy.initial_delay * 2.0 ** min(retries, 30))


def retry_after(headers: Mapping[str, str], *, now: float) -> float | None:
    """Returns the seconds the server asks to wait in ``Retry-After``, given there as seconds or as a date; a year at
    most.

    Args:
        headers: of the answer. A date is read against its ``Date``, so that a wrong clock here does no harm.
        now: seconds since 1970, for an answer without ``Date``.
    """
    asked = headers.get("Retry-After")
    if asked is None:
        return None
    seconds = whole_number(asked)
    if seconds is not None:
        return min(float(seconds), _LONGEST_WAIT)
    until = http_date(asked)
    sent = http_date(headers.get("Date", ""))
    return None if until is None else min(max(0.0, until - (now if sent is None else sent)), _LONGEST_WAIT)
