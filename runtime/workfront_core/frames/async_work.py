"""Work on files and stores, done beside an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def async_done(work: Callable[[], T]) -> T:
    """Does the work in a thread, so that the loop goes on, and returns its result."""
    return await asyncio.to_thread(work)
