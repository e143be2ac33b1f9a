# Generated from ../_async/batch_call.py by `python -m tools.sync_from_async`. Not to be edited.
"""A batch that is filled call by call and sent at the end of a ``with`` block."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from workfront_core.bulk.batch import atomic_request, batch_steps, one_by_one
from workfront_core.bulk.options import OnError
from workfront_core.request._sync.flow import Sends, run
from workfront_core.request.write_guard import is_dry_run
from workfront_core.services.pending_batch import PendingBatch
from workfront_core.sides import WithBlock


class Batch(PendingBatch, WithBlock):
    """Calls that are sent together at the end of its ``with`` block; nothing is sent where the block raises.

    A call that fails raises its error there, once every slot has its result; with ``on_error="collect"`` it waits in
    its slot. In a dry run reads are sent one by one, and writes are kept back.
    """

    def __init__(
        self, client: Sends, /, *, atomic: bool = False, concurrent: bool = False, on_error: OnError = "stop"
    ) -> None:
        super().__init__(client, atomic=atomic, concurrent=concurrent, on_error=on_error)
        self._client = client

    def __enter__(self) -> Self:
        self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        if error is not None or not self._slots:
            return
        if is_dry_run(self._client):
            outcomes = run(self._client, one_by_one(self._requests()))
            self._set_confirmed() if self._atomic else self._set_results(outcomes)
        elif self._atomic:
            self._client.send(atomic_request(self._requests(), concurrent=self._concurrent))
            self._set_confirmed()
        else:
            self._set_results(run(self._client, batch_steps(self._requests(), concurrent=self._concurrent)))
