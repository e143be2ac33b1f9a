"""Sending requests while earlier answers are still being read: one task a request. ``prefetch`` does it by a thread.

Tasks still under way are cancelled with the block, and end when the loop turns next. They are not waited for: a
generator whose reader went away is closed while the loop shuts down, and must not pause.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import Any, Final, Self, TypeAlias, TypeVar

from workfront_core.request._async.flow import AsyncSends
from workfront_core.request.request import Request

T = TypeVar("T")

_TURNS: Final = 5
"""A new task runs at the loop's next turn, and an HTTP client pauses a few times before it writes."""

AsyncAnswer: TypeAlias = Callable[[], Awaitable[T]]
"""Gives the answer of a request to ``await``, or raises its error there."""


class AsyncPrefetch:
    """Sends requests while earlier answers are read; the first one, and each without ``ahead``, when its answer is due.

    Args:
        client: sends them.
        ahead: whether they are sent before somebody waits for them.
    """

    def __init__(self, client: AsyncSends, *, ahead: bool) -> None:
        self.depth: int = 2 if ahead else 1
        """How many may be under way: the page needed now and, by row number, the one after it."""
        self._client = client
        self._ahead = ahead
        self._is_first = True
        self._tasks: set[asyncio.Future[Any]] = set()

    def start(self, request: Request[T], /) -> AsyncAnswer[T]:
        """Takes a request now and promises its answer."""
        if self._is_first or not self._ahead:
            self._is_first = False
            return partial(self._client.send, request)
        task: asyncio.Future[T] = asyncio.ensure_future(self._client.send(request))
        self._tasks.add(task)
        task.add_done_callback(self._settle)
        return lambda: task

    async def head_start(self) -> None:
        """Lets requests just started reach the network, before the rows of the last answer keep everything busy."""
        for _ in range(_TURNS if self._tasks else 0):
            await asyncio.sleep(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()

    def _settle(self, task: asyncio.Future[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # an error nobody came for is no news any more
