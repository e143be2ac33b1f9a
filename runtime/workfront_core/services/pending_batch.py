"""The calls of a batch while it is filled, and their results once it is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, ParamSpec, TypeVar, cast, overload

from workfront_core.bulk.batch import BatchResult, uri_of
from workfront_core.errors.kinds import QueryError, WorkfrontError
from workfront_core.request.request import Request
from workfront_core.services.request_of import request_of

P = ParamSpec("P")
T = TypeVar("T")


class Slot(Generic[T]):
    """The place of one call in a batch, and of its result once the batch is sent."""

    __slots__ = ("_outcome", "_pending", "request")

    def __init__(self, request: Request[T]) -> None:
        self.request: Request[T] = request
        self._pending: str | None = "The batch was not sent yet; its results are there after the with block."
        self._outcome: BatchResult[T] | None = None

    def result(self) -> T:
        """The result of the call.

        Raises:
            WorkfrontError: the call's own error.
            QueryError: the batch was not sent, or was atomic: it confirms all calls at once and gives no results.
        """
        if self._pending is not None:
            raise QueryError(self._pending)
        if isinstance(self._outcome, WorkfrontError):
            raise self._outcome
        return cast("T", self._outcome)

    @property
    def error(self) -> WorkfrontError | None:
        """The call's own error, if it has one."""
        return self._outcome if isinstance(self._outcome, WorkfrontError) else None

    def set_result(self, outcome: BatchResult[T]) -> None:
        """Takes what came back."""
        self._pending, self._outcome = None, outcome

    def set_confirmed(self) -> None:
        """Notes that the call was done and gives no result."""
        self._pending = "An atomic batch gives no results: the server confirms all of its calls at once."


class PendingBatch:
    """The calls of a batch."""

    def __init__(self, *, atomic: bool, concurrent: bool) -> None:
        self._atomic = atomic
        self._concurrent = concurrent
        self._slots: list[Slot[Any]] = []

    def add(self, request: Request[T], /) -> Slot[T]:
        """Takes a request into the batch.

        Raises:
            QueryError: it cannot be part of a batch.
        """
        uri_of(request)
        slot = Slot(request)
        self._slots.append(slot)
        return slot

    @overload
    def call(self, method: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> Slot[T]: ...
    @overload
    def call(self, method: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Slot[T]: ...
    def call(self, method: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Slot[Any]:
        """Takes a call of a service's method into the batch: ``batch.call(wf.task.get, task_id)``.

        Raises:
            QueryError: the method makes no single call, or its arguments are refused.
        """
        return self.add(request_of(method, *args, **kwargs))

    def _requests(self) -> list[Request[Any]]:
        return [slot.request for slot in self._slots]

    def _set_results(self, outcomes: list[BatchResult[Any]]) -> None:
        for slot, outcome in zip(self._slots, outcomes, strict=True):
            slot.set_result(outcome)

    def _confirm(self) -> None:
        for slot in self._slots:
            slot.set_confirmed()
