# Generated from ../_async/batch_call.py by `python -m tools.sync_from_async`. Not to be edited.
"""A batch that is filled call by call and sent at the end of a ``with`` block."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from workfront_core.bulk.batch import atomic_request, batch_steps
from workfront_core.request._sync.flow import Sends, run
from workfront_core.services.pending_batch import PendingBatch


class Batch(PendingBatch):
    """Calls that are sent together at the end of its ``with`` block; nothing is sent where the block raises."""

    def __init__(self, client: Sends, /, *, atomic: bool = False, concurrent: bool = False) -> None:
        super().__init__(atomic=atomic, concurrent=concurrent)
        self._client = client

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None or not self._slots:
            return
        if self._atomic:
            self._client.send(atomic_request(self._requests(), concurrent=self._concurrent))
            self._confirm()
        else:
            self._set_results(run(self._client, batch_steps(self._requests(), concurrent=self._concurrent)))
