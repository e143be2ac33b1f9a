"""A batch that is filled call by call and sent at the end of an ``async with`` block."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from workfront_core.bulk.batch import atomic_request, batch_steps, one_by_one
from workfront_core.bulk.options import OnError
from workfront_core.request._async.flow import AsyncSends, async_run
from workfront_core.request.write_guard import is_dry_run
from workfront_core.services.pending_batch import PendingBatch
from workfront_core.sides import AsyncWithBlock


class AsyncBatch(PendingBatch, AsyncWithBlock):
    """Calls that are sent together at the end of its ``async with`` block; nothing is sent where the block raises.

    A call that fails raises its error there, once every slot has its result; with ``on_error="collect"`` it waits in
    its slot. In a dry run reads are sent one by one, and writes are kept back.
    """

    def __init__(
        self, client: AsyncSends, /, *, atomic: bool = False, concurrent: bool = False, on_error: OnError = "stop"
    ) -> None:
        super().__init__(client, atomic=atomic, concurrent=concurrent, on_error=on_error)
        self._client = client

    async def __aenter__(self) -> Self:
        self._begin()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        if error is not None or not self._slots:
            return
        if is_dry_run(self._client):
            outcomes = await async_run(self._client, one_by_one(self._requests()))
            self._set_confirmed() if self._atomic else self._set_results(outcomes)
        elif self._atomic:
            await self._client.send(atomic_request(self._requests(), concurrent=self._concurrent))
            self._set_confirmed()
        else:
            self._set_results(await async_run(self._client, batch_steps(self._requests(), concurrent=self._concurrent)))
