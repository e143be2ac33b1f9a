"""Waiting for what a test needs, however busy the machine is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import NoReturn, Protocol

PATIENCE = 300.0
"""Seconds after which a test gives up on what ought to happen at once; no test measures how long that took."""


def wait_until(ready: Callable[[], object], what: str) -> None:
    """Returns as soon as ``ready`` gives something true.

    Raises:
        AssertionError: ``what`` did not happen.
    """
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end, f"{what}: not within {PATIENCE:.0f} seconds"
        time.sleep(0.002)


class Worker(Protocol):
    """A thread or a process."""

    def join(self, timeout: float | None = None) -> object: ...
    def is_alive(self) -> bool: ...


def ended(*workers: Worker) -> None:
    """Waits until threads or processes are over.

    Raises:
        AssertionError: one of them goes on.
    """
    for worker in workers:
        worker.join(PATIENCE)
        assert not worker.is_alive(), f"{worker!r} goes on after {PATIENCE:.0f} seconds"


async def happened(event: asyncio.Event, what: str) -> None:
    """Waits for an event of this loop.

    Raises:
        AssertionError: ``what`` did not happen.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            await event.wait()
    except TimeoutError:
        raise AssertionError(f"{what}: not within {PATIENCE:.0f} seconds") from None


async def for_ever() -> NoReturn:
    """Waits until it is cancelled, as a call does that nobody answers."""
    while True:
        await asyncio.sleep(PATIENCE)
