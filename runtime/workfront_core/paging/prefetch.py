"""Sending requests while earlier answers are still being read: by one thread. ``async_prefetch`` does it by tasks.

A search of one page has no thread. It ends with the block: requests that were not sent are dropped, and one on its way
is waited for shortly. Where that takes longer, as after Ctrl-C, the thread ends with it and keeps no program.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from contextvars import Context, copy_context
from functools import partial
from queue import SimpleQueue
from threading import Thread, current_thread
from types import TracebackType
from typing import Any, Final, Self, TypeAlias, TypeVar

from workfront_core.request._sync.flow import Sends
from workfront_core.request.request import Request

T = TypeVar("T")

_HEAD_START: Final = 0.002
"""Seconds a thread gets to send its request, before typing the last answer keeps the interpreter from it."""

_GRACE: Final = 1.0
"""Seconds a request on its way is waited for when nobody wants its answer any more."""

Answer: TypeAlias = Callable[[], T]
"""Gives the answer of a request, or raises its error."""


class Prefetch:
    """Sends requests while earlier answers are read; the first one, and each without ``ahead``, when its answer is due.

    Args:
        client: sends them.
        ahead: whether they are sent before somebody waits for them.
    """

    def __init__(self, client: Sends, *, ahead: bool) -> None:
        self.depth: int = 1
        """How many may be under way: one thread sends one at a time."""
        self._client = client
        self._ahead = ahead
        self._is_first = True
        self._worker: _Worker | None = None
        self._latest: Future[Any] | None = None

    def start(self, request: Request[T], /) -> Answer[T]:
        """Takes a request now and promises its answer."""
        if self._is_first or not self._ahead:
            self._is_first = False
            return partial(self._client.send, request)
        if self._worker is None:
            self._worker = _Worker()
        future: Future[T] = Future()
        self._worker.do(future, copy_context(), partial(self._client.send, request))
        self._latest = future
        return future.result

    def head_start(self) -> None:
        """Lets requests just started reach the network, before the rows of the last answer keep everything busy."""
        if self._latest is not None:
            wait((self._latest,), timeout=_HEAD_START)
            self._latest = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._worker is not None:
            self._worker.end()


class _Worker:
    """A thread that does one job after the other."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[tuple[Future[Any], Context, Callable[[], Any]] | None] = SimpleQueue()
        self._waiting: set[Future[Any]] = set()
        self._thread = Thread(target=_work, args=(self._jobs,), name="workfront-prefetch", daemon=True)
        self._thread.start()

    def do(self, future: Future[Any], context: Context, job: Callable[[], Any]) -> None:
        """Gives the thread one more job."""
        self._waiting = {other for other in self._waiting if not other.done()} | {future}
        self._jobs.put((future, context, job))

    def end(self) -> None:
        """Drops the jobs that were not begun, and waits for the one that was."""
        for future in self._waiting:
            future.cancel()
        self._jobs.put(None)
        if self._thread is not current_thread():  # a generator nobody holds any more may be closed anywhere
            self._thread.join(_GRACE)

    def __del__(self) -> None:
        """Ends the thread: an interrupt may have come before the end of the block, or while this was made."""
        if hasattr(self, "_jobs"):
            self._jobs.put(None)


def _work(jobs: SimpleQueue[tuple[Future[Any], Context, Callable[[], Any]] | None]) -> None:
    while (next_job := jobs.get()) is not None:
        future, context, job = next_job
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(context.run(job))
            except BaseException as error:  # the reader hears of it
                future.set_exception(error)
        del future, context, job, next_job  # an idle thread keeps no answer
