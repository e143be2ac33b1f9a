"""What clients offer beside services: batches, and objects that no schema describes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

if TYPE_CHECKING:  # each is imported with its first use, so that a client starts fast
    from collections.abc import Iterable, Sequence

    from workfront_core.bulk.batch import BatchResult
    from workfront_core.bulk.options import OnError
    from workfront_core.request._async.flow import AsyncSends
    from workfront_core.request.request import Request
    from workfront_core.services._async.batch_call import AsyncBatch
    from workfront_core.services._async.untyped import AsyncUntypedService

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
T = TypeVar("T")


class AsyncBatching:
    """Batches and untyped objects, for a client."""

    def batch(
        self: AsyncSends, *, atomic: bool = False, concurrent: bool = False, on_error: OnError = "stop"
    ) -> AsyncBatch:
        """Collects calls to be sent together at the end of an ``async with`` block.

        Args:
            atomic: all or none; at most 100 calls, and no results.
            concurrent: whether the server may run the calls side by side.
            on_error: ``"stop"`` raises the error of the first call that failed at the end of the block, once every slot
                has its result; ``"collect"`` leaves errors in the slots.
        """
        from workfront_core.services._async.batch_call import AsyncBatch

        return AsyncBatch(self, atomic=atomic, concurrent=concurrent, on_error=on_error)

    @overload
    async def send_batch(
        self: AsyncSends, requests: tuple[Request[A], Request[B]], /, *, concurrent: bool = False
    ) -> tuple[BatchResult[A], BatchResult[B]]: ...
    @overload
    async def send_batch(
        self: AsyncSends, requests: tuple[Request[A], Request[B], Request[C]], /, *, concurrent: bool = False
    ) -> tuple[BatchResult[A], BatchResult[B], BatchResult[C]]: ...
    @overload
    async def send_batch(
        self: AsyncSends,
        requests: tuple[Request[A], Request[B], Request[C], Request[D]],
        /,
        *,
        concurrent: bool = False,
    ) -> tuple[BatchResult[A], BatchResult[B], BatchResult[C], BatchResult[D]]: ...
    @overload
    async def send_batch(
        self: AsyncSends, requests: Iterable[Request[T]], /, *, concurrent: bool = False
    ) -> Sequence[BatchResult[T]]: ...
    @overload
    async def send_batch(
        self: AsyncSends, requests: Iterable[Request[Any]], /, *, atomic: Literal[True], concurrent: bool = False
    ) -> None: ...
    async def send_batch(
        self: AsyncSends, requests: Iterable[Request[Any]], /, *, atomic: bool = False, concurrent: bool = False
    ) -> Sequence[BatchResult[Any]] | None:
        """Sends requests in one call for each hundred; none at all for an empty list.

        Args:
            requests: such as ``operation.get(Task, task_id)`` or ``request_of(wf.task.update, task_id, name="x")``.
            atomic: all or none; at most 100 requests.
            concurrent: whether the server may run them side by side.

        Returns:
            For each request its result or its error, in a tuple; ``None`` with ``atomic``.

        Raises:
            QueryError: a request that cannot be part of a batch, more than 100 atomic ones; nothing was sent.
            WorkfrontError: the first call failed as a whole. Where a later one does, its requests have the error.
        """
        from workfront_core.arguments import checked_flag
        from workfront_core.bulk.batch import atomic_request, batch_steps, checked_requests, one_by_one
        from workfront_core.request._async.flow import async_run
        from workfront_core.request.write_guard import is_dry_run

        checked_flag(atomic, "atomic")
        checked_flag(concurrent, "concurrent")
        given = checked_requests(requests)
        if is_dry_run(self):
            outcomes = tuple(await async_run(self, one_by_one(given)))
            return None if atomic else outcomes
        if not atomic:
            return tuple(await async_run(self, batch_steps(given, concurrent=concurrent)))
        if given:
            await self.send(atomic_request(given, concurrent=concurrent))
        return None

    def untyped(self: AsyncSends, obj_code: str, /) -> AsyncUntypedService:
        """Returns the operations on an object type that this package does not describe, or describes too narrowly.

        Rows hold their values by wire name: ``row["name"]``. What the object can do is for the server to say.

        Raises:
            QueryError: the code can be none.
        """
        from workfront_core.services._async.untyped import AsyncUntypedService
        from workfront_core.services.untyped_model import untyped_model

        return AsyncUntypedService(self, untyped_model(obj_code))
