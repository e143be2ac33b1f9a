"""A batch that is filled call by call and sent at the end of an ``async with`` block."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from workfront_core.bulk.batch import atomic_request, batch_steps
from workfront_core.request._async.flow import AsyncSends, async_run
from workfront_core.services.pending_batch import PendingBatch


class AsyncBatch(PendingBatch):
    """Calls that are sent together at the end of its ``async with`` block; nothing is sent where the block raises."""

    def __init__(self, client: AsyncSends, /, *, atomic: bool = False, concurrent: bool = False) -> None:
        super().__init__(atomic=atomic, concurrent=concurrent)
        self._client = client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None or not self._slots:
            return
        if self._atomic:
            await self._client.send(atomic_request(self._requests(), concurrent=self._concurrent))
            self._confirm()
        else:
            self._set_results(await async_run(self._client, batch_steps(self._requests(), concurrent=self._concurrent)))
