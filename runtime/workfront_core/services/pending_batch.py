"""The calls of a batch while it is filled, and their results once it is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, Final, Generic, NoReturn, ParamSpec, TypeVar, cast, overload

from workfront_core.arguments import checked_flag, refuse_truth
from workfront_core.bulk.batch import BatchResult, uri_of
from workfront_core.bulk.options import OnError, checked_on_error
from workfront_core.errors.frames import HidesCalls
from workfront_core.errors.kinds import QueryError, WorkfrontError
from workfront_core.models.model import WorkfrontObject
from workfront_core.request.explanation import root_of
from workfront_core.request.request import Request, checked_request
from workfront_core.request.write_guard import check_write, is_dry_run, write_policy_of
from workfront_core.services.request_of import request_of

P = ParamSpec("P")
R = TypeVar("R", bound=WorkfrontObject)
T = TypeVar("T")

_ANOTHER: Final = "Open one: with wf.batch() as batch: batch.call(wf.task.get, task_id)."


class Slot(Generic[T]):
    """The place of one call in a batch, and of its result once the batch is sent."""

    __slots__ = ("_outcome", "_pending", "request")

    def __init__(self, request: Request[T]) -> None:
        self.request: Request[T] = request
        self._pending: str | None = "The batch was not sent yet; its results are there after the with block."
        self._outcome: BatchResult[T] | None = None

    def __repr__(self) -> str:
        return f"<Slot of {self.request!r}: {self._state()}>"

    def __bool__(self) -> NoReturn:
        refuse_truth("The place of a call in a batch", hint="Write if slot.error is None:, or if slot.result():.")

    def _state(self) -> str:
        if self._pending is not None:
            return self._pending.partition(";")[0].partition(":")[0].removesuffix(".")
        return f"failed with {type(self._outcome).__name__}" if self.error is not None else "done"

    def result(self) -> T:
        """Returns the result of the call.

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


class PendingBatch(HidesCalls):
    """The calls of a batch, from the beginning of its block to its end."""

    def __init__(self, client: object, *, atomic: bool, concurrent: bool, on_error: OnError) -> None:
        self._atomic = checked_flag(atomic, "atomic")
        self._concurrent = checked_flag(concurrent, "concurrent")
        self._on_error = checked_on_error(on_error)
        if atomic and on_error == "collect":
            raise QueryError("An atomic batch does all of its calls or none; there is nothing to collect.")
        self._root = root_of(client)
        self._is_dry = is_dry_run(client)
        self._slots: list[Slot[Any]] = []
        self._is_open = False
        self._was_open = False

    def __repr__(self) -> str:
        place = "open" if self._is_open else "over" if self._was_open else "not begun"
        return f"<{type(self).__name__}, {place}, calls: {len(self._slots)}>"

    def add(self, request: Request[T], /) -> Slot[T]:
        """Takes a request into the batch.

        Raises:
            QueryError: it cannot be part of a batch, or the block of the batch is over or did not begin.
        """
        self._refuse_when_closed()
        checked_request(request)
        uri_of(request)
        slot = Slot(request)
        self._slots.append(slot)
        return slot

    @overload
    def call(self, method: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> Slot[T]: ...
    @overload
    def call(self, method: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Slot[T]: ...
    @overload  # of a method with overloads of its own mypy takes the first one above, and here the one for rows
    def call(self, method: Callable[Concatenate[R, ...], Awaitable[T]], row: R, /, **options: Any) -> Slot[T]: ...
    @overload
    def call(self, method: Callable[Concatenate[R, ...], T], row: R, /, **options: Any) -> Slot[T]: ...
    def call(self, method: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Slot[Any]:
        """Takes a call of a service's method into the batch: ``batch.call(wf.task.get, task_id)``.

        Raises:
            QueryError: the method makes no single call or is another client's, its arguments are refused, or the block
                of the batch is over or did not begin.
        """
        self._refuse_when_closed()
        request = request_of(method, *args, **kwargs)
        self._refuse_other(getattr(getattr(method, "__self__", None), "_client", None), request)
        return self.add(request)

    def _refuse_other(self, client: object, request: Request[Any]) -> None:
        """Raises a QueryError where a method's client would send the request elsewhere, or not at all."""
        if self._root != root_of(client):
            raise QueryError(
                "The method is of a client with another address than the batch.",
                hint="Give methods of the client that made the batch.",
            )
        if is_dry_run(client) and not self._is_dry:
            raise QueryError(
                "The method is of a dry run, and the batch would be sent.", hint="Write with dry.batch() as batch."
            )
        check_write(request, self._root, write_policy_of(client))

    def _begin(self) -> None:
        if self._was_open:
            raise QueryError("A batch has one block, and this one is over or under way.", hint=_ANOTHER)
        self._is_open = self._was_open = True

    def _end(self) -> None:
        self._is_open = False

    def _refuse_when_closed(self) -> None:
        if self._is_open:
            return
        if self._was_open:
            raise QueryError("The batch is over: a call that comes now would not be sent.", hint=_ANOTHER)
        raise QueryError("The block of the batch did not begin, so nothing would be sent.", hint=_ANOTHER)

    def _requests(self) -> list[Request[Any]]:
        return [slot.request for slot in self._slots]

    def _set_results(self, outcomes: list[BatchResult[Any]]) -> None:
        """Gives each slot its result.

        Raises:
            WorkfrontError: the first call's that failed, unless failures are collected.
        """
        for slot, outcome in zip(self._slots, outcomes, strict=True):
            slot.set_result(outcome)
        failed = [slot.error for slot in self._slots if slot.error is not None]
        if failed and self._on_error == "stop":
            failed[0].add_note(
                f"{len(failed)} of the {len(self._slots)} calls of the batch failed; slot.error tells of each, and "
                'batch(on_error="collect") leaves it at that.'
            )
            raise failed[0]

    def _set_confirmed(self) -> None:
        for slot in self._slots:
            slot.set_confirmed()
