"""Sending requests while earlier answers are still being read: by one thread. ``async_prefetch`` does it by tasks.

A search of one page has no thread. It ends with the block: requests that were not sent are dropped, and one on its way
is waited for shortly. Where that takes longer, as after Ctrl-C, the thread ends with it and keeps no program. A child
that is forked in the middle of a search goes on without the thread, and asks for the page under way itself.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from contextvars import Context, copy_context
from functools import partial
from queue import SimpleQueue
from threading import Thread, current_thread
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeAlias, TypeVar

from workfront_core.process_state import bind_to_process
from workfront_core.request._sync.flow import Sends
from workfront_core.request.request import Request

T = TypeVar("T")

_HEAD_START: Final = 0.002
"""Seconds a thread gets to send its request, before typing the last answer keeps the interpreter from it."""

_GRACE: Final = 1.0
"""Seconds a request on its way is waited for when nobody wants its answer any more."""

_Job: TypeAlias = tuple[Future[Any], Context, Callable[[], Any]]

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
        self._latest: _Promise[Any] | None = None

    def start(self, request: Request[T], /) -> Answer[T]:
        """Takes a request now and promises its answer."""
        if self._is_first or not self._ahead:
            self._is_first = False
            return partial(self._client.send, request)
        if self._worker is None or self._worker.is_gone:
            self._worker = _Worker()
        self._latest = self._worker.do(partial(self._client.send, request))
        return self._latest

    def head_start(self) -> None:
        """Lets requests just started reach the network, before the rows of the last answer keep everything busy."""
        latest, self._latest = self._latest, None
        if latest is not None:
            latest.wait(_HEAD_START)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._worker is not None:
            self._worker.end()


class _Promise(Generic[T]):
    """The answer of a job given to a thread. In a process that has no such thread, whoever wants it does the job."""

    def __init__(self, worker: _Worker, job: Callable[[], T]) -> None:
        self.future: Future[T] = Future()
        self._worker = worker
        self._job = job

    def __call__(self) -> T:
        return self._job() if self._worker.is_gone else self.future.result()

    def wait(self, seconds: float) -> None:
        """Waits for the answer, some seconds at most."""
        if not self._worker.is_gone:
            wait((self.future,), timeout=seconds)


class _Worker:
    """A thread that does one job after the other.

    Attributes:
        is_gone: whether this is a forked child, where the thread does not run.
    """

    def __init__(self) -> None:
        self.is_gone: bool = False
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._waiting: set[Future[Any]] = set()
        bind_to_process(self)
        self._thread = Thread(target=_work, args=(self._jobs,), name="workfront-prefetch", daemon=True)
        self._thread.start()

    def restart_in_child(self) -> None:
        """Gives the thread up, which a child does not have; what it was to do is done by whoever waits for it."""
        self.is_gone = True

    def do(self, job: Callable[[], T]) -> _Promise[T]:
        """Gives the thread one more job."""
        promise = _Promise(self, job)
        self._waiting = {other for other in self._waiting if not other.done()} | {promise.future}
        self._jobs.put((promise.future, copy_context(), job))
        return promise

    def end(self) -> None:
        """Drops the jobs that were not begun, and waits for the one that was."""
        if self.is_gone:
            return
        for future in self._waiting:
            future.cancel()
        self._jobs.put(None)
        if self._thread is not current_thread():  # a generator nobody holds any more may be closed anywhere
            self._thread.join(_GRACE)

    def __del__(self) -> None:
        """Ends the thread: an interrupt may have come before the end of the block, or while this was made."""
        if hasattr(self, "_jobs"):
            self._jobs.put(None)


def _work(jobs: SimpleQueue[_Job | None]) -> None:
    while (next_job := jobs.get()) is not None:
        future, context, job = next_job
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(context.run(job))
            except BaseException as error:  # the reader hears of it
                future.set_exception(error)
        del future, context, job, next_job  # an idle thread keeps no answer
