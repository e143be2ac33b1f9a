"""Sending requests while earlier answers are still being read: one thread, or one task a request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from typing import Any, Final, Protocol, TypeAlias, TypeVar

from workfront_core.request._async.flow import AsyncSends
from workfront_core.request._sync.flow import Sends
from workfront_core.request.request import Request

T = TypeVar("T")

_HEAD_START: Final = 0.002
"""Seconds a thread gets to send its request, before typing the last answer keeps the interpreter from it."""

_TURNS: Final = 5


Answer: TypeAlias = Callable[[], T]
"""Gives the answer of a request, or raises its error."""


class StartsRequest(Protocol):
    """Takes a request now and promises its answer."""

    def __call__(self, request: Request[T], /) -> Answer[T]: ...


@contextmanager
def prefetching(client: Sends, *, ahead: bool) -> Generator[StartsRequest, None, None]:
    """Requests sent in a thread, in their order, or without ``ahead`` when their answer is asked for.

    The thread ends with the block; a request on its way is waited for, those behind it are not sent.
    """
    if not ahead:
        yield lambda request: partial(client.send, request)
        return
    worker = ThreadPoolExecutor(1, "workfront-prefetch")

    def start(request: Request[T]) -> Answer[T]:
        future = worker.submit(copy_context().run, client.send, request)
        wait((future,), timeout=_HEAD_START)
        return future.result

    try:
        yield start
    finally:
        worker.shutdown(cancel_futures=True)


AwaitableAnswer: TypeAlias = Callable[[], Awaitable[T]]
"""Gives the answer of a request to ``await``, or raises its error there."""


class StartsTask(Protocol):
    """Takes a request now and promises its answer."""

    def __call__(self, request: Request[T], /) -> AwaitableAnswer[T]: ...


@contextmanager
def prefetching_tasks(client: AsyncSends, *, ahead: bool) -> Generator[StartsTask, None, None]:
    """Requests sent in tasks, or without ``ahead`` when their answer is asked for.

    Those still under way are cancelled with the block, and end when the loop turns next.

    They are not waited for: a generator whose reader went away is closed while the loop shuts down, and must not pause.
    """
    if not ahead:
        yield lambda request: partial(client.send, request)
        return
    tasks: set[asyncio.Future[Any]] = set()

    def settle(task: asyncio.Future[Any]) -> None:
        tasks.discard(task)
        if not task.cancelled():
            task.exception()  # an error nobody came for is no news any more

    def start(request: Request[T]) -> AwaitableAnswer[T]:
        task: asyncio.Future[T] = asyncio.ensure_future(client.send(request))
        tasks.add(task)
        task.add_done_callback(settle)
        return lambda: task

    try:
        yield start
    finally:
        for task in tasks:
            task.cancel()


async def yield_to_loop() -> None:
    """Lets requests just started reach the network, before the rows of the last answer keep the loop busy.

    A new task runs at the loop's next turn, and an HTTP client pauses a few times before it writes.
    """
    for _ in range(_TURNS):
        await asyncio.sleep(0)
