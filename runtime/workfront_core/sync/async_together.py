"""Several requests at once, from an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

Q = TypeVar("Q")
T = TypeVar("T")


async def async_together(send: Callable[[Q], Awaitable[T]], requests: Sequence[Q]) -> list[T]:
    """Sends requests side by side and returns their answers in order; one that fails ends the others."""
    tasks = [asyncio.ensure_future(send(request)) for request in requests]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
