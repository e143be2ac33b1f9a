"""Creating, changing and deleting any number of objects, and knowing what became of each (docs/protocol.md 11.5).

What is certain after an error depends on the call. A create of several rows that fails may have created some of them,
and nothing in the answer or the data tells which: their status is unknown. Changes travel atomically, so after a
refusal nothing was applied: a row that the refusal names is taken out, else all travel once more in one call, a batch
that does each for itself. Where no batch is to be had, or the first bad row is to end the call, the rows are tried in
halves until the refused ones stand alone. Deletes that were refused are followed by a look at which objects are still
there. After a lost connection nothing is sent again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final, TypeVar

from workfront_core.bulk.batch import BatchResult
from workfront_core.bulk.jobs import Job
from workfront_core.bulk.limits import MAX_ROWS
from workfront_core.bulk.options import BulkOptions
from workfront_core.bulk.refusals import fits_a_batch, in_doubt, named_row, never_there
from workfront_core.bulk.repeats import Repeats, check_once
from workfront_core.bulk.results import BulkError, BulkProgress, BulkResult, RowResult, RowStatus
from workfront_core.bulk.rows import Prepared, chunks, prepared, several_rows
from workfront_core.errors.kinds import (
    AuthenticationError,
    Gone,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    ProtocolError,
    QueryError,
    RateLimited,
    TransportError,
    WorkfrontError,
)
from workfront_core.operations.row_decoders import normal_id
from workfront_core.request.flow import RequestFlow
from workfront_core.request.request import Request

T = TypeVar("T")

REFUSALS: Final = (InvalidRequest, NotFound, PermissionDenied)
"""Errors after which the server did nothing of what was asked."""
_ENDS = (AuthenticationError, RateLimited, Gone, QueryError)


def bulk(job: Job, rows: Iterable[object], options: BulkOptions) -> RequestFlow[BulkResult]:
    """Does a job on all rows, as the steps of a flow.

    Raises:
        BulkError: with ``on_error="stop"`` the first row that was not done, and in any case an error that makes going
            on pointless: no valid credential, too many requests, no connection.
        QueryError: options that contradict each other, more than 100 atomic rows; nothing was sent.
    """
    found = prepared(job.prepare, several_rows(rows), skip=options.resume)
    run = _Run(job, options, BulkResult(cursor=options.resume))
    return run.atomic(found) if options.atomic else run.all(found)


class _Ended(Exception):
    """The call cannot go on."""


@dataclass(slots=True)
class _Run:
    """One bulk call under way."""

    job: Job
    options: BulkOptions
    result: BulkResult
    _latest: list[RowResult] = field(default_factory=list[RowResult])
    _waiting: deque[Prepared] = field(default_factory=deque[Prepared])
    _repeats: Repeats = field(init=False)
    _sent: dict[int, Prepared] = field(default_factory=dict[int, Prepared])
    _has_batch: bool = True

    def __post_init__(self) -> None:
        self._repeats = Repeats(self.job.once)

    def all(self, rows: Iterable[Prepared]) -> RequestFlow[BulkResult]:
        try:
            for chunk in self._chunks(rows):
                yield from self._send(chunk, self._settle)
                self._note_waiting(before=self.result.cursor)
            self._note_waiting()
        except _Ended:
            self._note_waiting(before=self.result.cursor)
            raise BulkError.of(self.result) from self.result.error
        except BaseException as error:
            self._note_under_way()
            error.add_note(f"Bulk call interrupted: {self.result}; resume={self.result.cursor} sends no row twice.")
            raise
        return self.result

    def atomic(self, rows: Iterable[Prepared]) -> RequestFlow[BulkResult]:
        given = list(islice(rows, MAX_ROWS + 1))
        if len(given) > MAX_ROWS:
            raise QueryError(
                f"An atomic call takes at most {MAX_ROWS} rows; there are more.",
                hint="Leave atomic= out to write them in parts, or give fewer rows.",
            )
        for row in given:
            if row.error:
                raise row.error
        if not given:
            return self.result
        check_once(given, once=self.job.once)
        try:
            yield from self._send(list(self._sendable(given)), self._whole)
            self._note_waiting()
        except _Ended:
            self._note_waiting()
            raise BulkError.of(self.result) from self.result.error
        return self.result

    def _chunks(self, rows: Iterable[Prepared]) -> Iterable[list[Prepared]]:
        """Yields rows that can be sent, in groups. One that cannot waits for its turn: the rows before it go first."""
        yield from chunks(self._sendable(rows), self.options.chunk_size, self.options.chunk_bytes)
        if self._waiting and self.options.on_error == "stop" and (error := self._waiting[-1].error):
            self._note_waiting()
            self._end(error, self.result.cursor)

    def _sendable(self, rows: Iterable[Prepared]) -> Iterable[Prepared]:
        for given in rows:
            row = given if given.error else self._repeats.marked(given)
            if row.error is None and row.repeats is None:
                yield row
                continue
            self._waiting.append(row)
            if row.error and self.options.on_error == "stop":
                return

    def _note_waiting(self, *, before: int | None = None) -> None:
        """Notes the rows that are not sent, those alone that stand before a place of the input where one is given."""
        while self._waiting and (before is None or self._waiting[0].index < before):
            self._add(self._repeats.result_of(self._waiting.popleft()))

    def _send(
        self, rows: Sequence[Prepared], settle: Callable[[Sequence[Prepared]], RequestFlow[None]]
    ) -> RequestFlow[None]:
        """Notes the rows that have nothing to send as done, and settles the others."""
        for row in rows:
            if row.is_unchanged:
                self._note(row, RowStatus.DONE, row.id)
        if changed := [row for row in rows if not row.is_unchanged]:
            yield from settle(changed)
        else:
            self._notify()

    def _settle(self, rows: Sequence[Prepared]) -> RequestFlow[None]:
        """Sends rows and notes what became of each; after a refusal that changed nothing, in smaller parts."""
        try:
            ids = yield self._leaving(rows, atomic=False)
        except WorkfrontError as error:
            yield from self._after(rows, error)
        else:
            self._answered(rows, ids)

    def _after(self, rows: Sequence[Prepared], error: WorkfrontError) -> RequestFlow[None]:
        self._end_if_pointless(rows, error)
        refused = isinstance(error, REFUSALS)
        if refused and len(rows) == 1:
            self._failed(rows, RowStatus.FAILED, error)
        elif refused and self.job.whole(rows):
            yield from self._in_parts(rows, error)
        elif refused and self.job.present(rows):
            yield from self._look(rows, error)
        else:
            self._failed(rows, RowStatus.UNKNOWN, error)

    def _in_parts(self, rows: Sequence[Prepared], error: WorkfrontError) -> RequestFlow[None]:
        """Finds the refused among rows of which none was applied."""
        named = named_row(rows, error)
        if named is not None:
            yield from self._without(named, rows, error)
        elif self.options.on_error == "collect" and self._has_batch and fits_a_batch(rows):
            yield from self._each_alone(rows)
        else:
            half = len(rows) // 2
            yield from self._settle(rows[:half])
            yield from self._settle(rows[half:])

    def _without(self, named: Prepared, rows: Sequence[Prepared], error: WorkfrontError) -> RequestFlow[None]:
        """Sends the rows but for the one that a refusal names; that one is at fault if it is gone, or the others pass.

        Where the first bad row ends the call, the rows in front of it go, and those behind it wait for its turn.
        """
        place = rows.index(named)
        stops = self.options.on_error == "stop"
        problems = self._problems()
        if others := [*rows[:place], *(() if stops else rows[place + 1 :])]:
            yield from self._settle(others)
        if isinstance(error, NotFound) or (not stops and self._problems() == problems):
            self._failed([named], RowStatus.FAILED, error)
        else:
            yield from self._settle([named])
            if stops and (rest := rows[place + 1 :]):
                yield from self._settle(rest)

    def _problems(self) -> int:
        return self.result.failed_count + self.result.unknown_count

    def _each_alone(self, rows: Sequence[Prepared]) -> RequestFlow[None]:
        """Sends rows each for itself: in one call where all are to be tried, one call a row elsewhere."""
        several = len(rows) > 1 and self.options.on_error == "collect" and self._has_batch and fits_a_batch(rows)
        call = self.job.each_alone(rows) if several else None
        if call is None:
            for row in rows:
                yield from self._settle([row])
            return
        try:
            outcomes = yield self._noted(call, rows)
        except (*REFUSALS, ProtocolError):  # a server without batches: what came twice does no harm
            self._has_batch = False
            yield from self._settle(rows)
            return
        except WorkfrontError as error:
            self._end_if_pointless(rows, error)
            self._failed(rows, RowStatus.UNKNOWN, error)
            return
        yield from self._answered_alone(rows, outcomes)

    def _answered_alone(
        self, rows: Sequence[Prepared], outcomes: Sequence[BatchResult[list[str | None]]]
    ) -> RequestFlow[None]:
        """Notes what became of each row; those whose answer says nothing of that go once more, in halves."""
        unclear: list[Prepared] = []
        for row, outcome in zip(rows, outcomes, strict=True):
            if isinstance(outcome, REFUSALS):
                self._note(row, RowStatus.FAILED, row.id, outcome)
            elif isinstance(outcome, WorkfrontError):
                unclear.append(row)
            else:
                self._note(row, RowStatus.DONE, row.id)
        self._notify()
        if unclear:
            self._has_batch = False
            yield from self._settle(unclear)

    def _look(self, rows: Sequence[Prepared], error: WorkfrontError) -> RequestFlow[None]:
        """Notes the objects that are gone as done, and sends the others again: nothing was applied to them."""
        missing, seen, rest = in_doubt(rows, error)
        try:
            there = yield from self._present(seen, missing)
            if there and rest:  # the refused call removed none, or not in their order
                there |= yield from self._present(rest)
                seen, rest = rows, ()
        except WorkfrontError:
            self._failed(rows, RowStatus.UNKNOWN, error)
            return
        left = [row for row in seen if normal_id(row.id) in there]
        self._answered([row for row in seen if normal_id(row.id) not in there], ())
        yield from self._each_alone(left)
        if rest:
            yield from self._settle(rest)

    def _present(self, rows: Sequence[Prepared], missing: Prepared | None = None) -> RequestFlow[set[str]]:
        """Asks for the IDs of the objects that are still there; those that did not come are asked for again."""
        there, left = set[str](), list(rows)
        while left and (look := self.job.present(left)):
            try:
                came: set[str] = {*map(normal_id, (yield look))}
            except NotFound:
                break
            if not came:
                break
            there |= came
            left = [row for row in left if row is not missing and normal_id(row.id) not in there]
        return there

    def _whole(self, rows: Sequence[Prepared]) -> RequestFlow[None]:
        """Sends rows that are written all or none."""
        try:
            ids = yield self._leaving(rows, atomic=True)
        except WorkfrontError as error:
            self._end_if_pointless(rows, error)
            yield from self._refused_whole(rows, error)
        else:
            self._answered(rows, ids)

    def _refused_whole(self, rows: Sequence[Prepared], error: WorkfrontError) -> RequestFlow[None]:
        """Notes what became of rows that were to be written all or none; of removals one looks whether it was so."""
        refused = isinstance(error, REFUSALS)
        if not refused or len(rows) == 1 or self.job.present(rows) is None:
            self._failed(rows, RowStatus.FAILED if refused else RowStatus.UNKNOWN, error)
            return
        try:
            there = yield from self._present(rows)
        except WorkfrontError:
            there = set[str]()
        left = there | never_there(rows, there, error)
        for row in rows:  # what is not there was removed after all, or never there
            status = RowStatus.FAILED if normal_id(row.id) in left else RowStatus.UNKNOWN
            self._note(row, status, row.id, error)
        self._notify()
        self._end(error, rows[-1].index + 1)

    def _note_under_way(self) -> None:
        """Notes the rows of a call that an interrupt cut off, and whose answer nobody saw."""
        for row in list(self._sent.values()):
            self._note(row, RowStatus.UNKNOWN, row.id)

    def _leaving(self, rows: Sequence[Prepared], *, atomic: bool) -> Request[list[str | None]]:
        return self._noted(self.job.request(rows, atomic=atomic), rows)

    def _noted(self, request: Request[T], rows: Sequence[Prepared]) -> Request[T]:
        """Returns a request that is about to leave, after its rows were noted as under way."""
        self._sent.update({row.index: row for row in rows})
        self.result.cursor = max(self.result.cursor, rows[-1].index + 1)
        self._notify(range(rows[0].index, rows[-1].index + 1))
        return request

    def _answered(self, rows: Sequence[Prepared], ids: Iterable[str | None]) -> None:
        for row, object_id in zip(rows, chain(ids, [None] * len(rows)), strict=False):
            self._note(row, RowStatus.DONE, object_id or row.id)
        self._notify()

    def _failed(self, rows: Sequence[Prepared], status: RowStatus, error: WorkfrontError) -> None:
        for row in rows:
            self._note(row, status, row.id, error)
        self._notify()
        if self.options.on_error == "stop":
            self._end(error, rows[-1].index + 1)

    def _note(
        self, row: Prepared, status: RowStatus, object_id: str | None = None, error: WorkfrontError | None = None
    ) -> None:
        self._add(RowResult(row.index, status, object_id, error, row.is_unchanged))

    def _add(self, found: RowResult) -> None:
        self._repeats.note(found)
        self.result.add(found, keep=self.options.keep == "all")
        self.result.cursor = max(self.result.cursor, found.index + 1)
        self._sent.pop(found.index, None)
        self._latest.append(found)

    def _end_if_pointless(self, rows: Sequence[Prepared], error: WorkfrontError) -> None:
        """Ends where the call never got to the rows, and the next one would not either; these are not sent, then."""
        if isinstance(error, _ENDS) or (isinstance(error, TransportError) and not error.sent):
            self._end(error, rows[0].index)

    def _end(self, error: WorkfrontError | None, cursor: int) -> None:
        self.result.error = error
        self.result.cursor = cursor
        raise _Ended from error

    def _notify(self, in_flight: range = range(0)) -> None:
        latest, self._latest = self._latest, []
        if self.options.progress is not None:
            result = self.result
            self.options.progress(
                BulkProgress(
                    result.cursor, in_flight, latest, result.done_count, result.failed_count, result.unknown_count
                )
            )
