"""What became of the rows of a bulk call: done, failed, or unknown where nobody can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn, TypeAlias

from workfront_core.arguments import refuse_truth
from workfront_core.errors.kinds import WorkfrontError


class RowStatus(StrEnum):
    """What became of one row.

    Examples:
        >>> from workfront_client import RowStatus
        >>> [str(status) for status in RowStatus]
        ['done', 'failed', 'unknown']
    """

    DONE = "done"
    """It is in Workfront as asked."""
    FAILED = "failed"
    """It was refused, here or by the server; nothing of it was applied."""
    UNKNOWN = "unknown"
    """It was sent, and no answer says whether it was applied. It is never sent again; look before you do."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row of the input.

    Attributes:
        index: its place in the input, from 0; skipped rows count.
        status: what became of it.
        id: the object's ID, where it is known.
        error: why it failed, or why its status is unknown.
        unchanged: whether it is done without a call, because nothing was set in it since it was read, or because an
            earlier row deleted the object.

    Examples:
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     for row in wf.project.create_many([{"name": "Launch"}, {}], on_error="collect"):
        ...         print(row.index, row.status, row.error)
        0 done None
        1 failed Row 1: it has no values.
        Hint: Give at least one field its value.
    """

    index: int
    status: RowStatus
    id: str | None = None
    error: WorkfrontError | None = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class BulkProgress:
    """How far a bulk call is; handed to ``progress=`` before a request leaves and after its answer.

    Attributes:
        cursor: rows of the input that are settled or under way. A call with ``resume=cursor`` sends none of them again.
        in_flight: input places of the rows in the request that is about to leave; empty after its answer.
        latest: the results that came with the last answer.
        done: rows done so far.
        failed: rows failed so far.
        unknown: rows of unknown status so far.

    Examples:
        >>> from workfront_client import BulkProgress
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> def show(progress: BulkProgress) -> None:
        ...     print(progress.cursor, "settled or under way,", progress.done, "done")
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     result = wf.project.create_many([{"name": "Launch"}, {"name": "Audit"}], progress=show)
        2 settled or under way, 0 done
        2 settled or under way, 2 done
    """

    cursor: int
    in_flight: range
    latest: Sequence[RowResult]
    done: int
    failed: int
    unknown: int


BulkProgressCallback: TypeAlias = Callable[[BulkProgress], None]
"""Told of every step of a bulk call. An exception it raises ends the call."""


@dataclass(slots=True)
class BulkResult:
    """The outcome of a bulk call, row by row.

    Attributes:
        cursor: rows of the input that are settled or were sent. To go on after an interruption, give the same input
            again with ``resume=result.cursor``.
        error: what ended the call before the end of the input, ``None`` if it got there.
        done_count: rows done.
        failed_count: rows failed.
        unknown_count: rows of unknown status.
        unchanged_count: those of the rows done for which nothing had to be sent.

    Examples:
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     result = wf.project.create_many([{"name": "Launch"}, {"name": "Audit"}])
        >>> print(result)
        2 done, 0 failed, 0 unknown
        >>> result.complete
        True
    """

    cursor: int = 0
    error: WorkfrontError | None = None
    done_count: int = 0
    failed_count: int = 0
    unknown_count: int = 0
    unchanged_count: int = 0
    _kept: dict[int, RowResult] = field(default_factory=dict[int, RowResult])

    @property
    def rows(self) -> list[RowResult]:
        """Every row's result in the order of the input; with ``keep="problems"`` only those that are not done."""
        return [self._kept[index] for index in sorted(self._kept)]

    @property
    def done(self) -> list[RowResult]:
        """The rows that were done, with their IDs."""
        return self._of(RowStatus.DONE)

    @property
    def failed(self) -> list[RowResult]:
        """The rows that were refused, with the errors."""
        return self._of(RowStatus.FAILED)

    @property
    def unknown(self) -> list[RowResult]:
        """The rows that may or may not have been applied, with the errors."""
        return self._of(RowStatus.UNKNOWN)

    @property
    def ids(self) -> list[str | None]:
        """The IDs of the rows done, in the order of the input."""
        return [row.id for row in self.done]

    @property
    def complete(self) -> bool:
        """Whether every row of the input was done."""
        return self.error is None and not self.failed_count and not self.unknown_count

    def add(self, row: RowResult, *, keep: bool = True) -> None:
        """Counts a row, and keeps its result where asked to."""
        self.done_count += row.status is RowStatus.DONE
        self.unchanged_count += row.unchanged
        self.failed_count += row.status is RowStatus.FAILED
        self.unknown_count += row.status is RowStatus.UNKNOWN
        if keep or row.status is not RowStatus.DONE:
            self._kept[row.index] = row

    def raise_for_problems(self) -> None:
        """Raises a BulkError unless every row was done.

        Raises:
            BulkError: a row failed, its status is unknown, or the call ended early.
        """
        if not self.complete:
            raise BulkError.of(self)

    def _of(self, status: RowStatus) -> list[RowResult]:
        return [row for row in self.rows if row.status is status]

    def __bool__(self) -> NoReturn:
        refuse_truth(
            "A bulk result, of which some rows may be done and others not,",
            hint="Write if result.complete: or if result.failed:.",
        )

    def __iter__(self) -> Iterator[RowResult]:
        return iter(self.rows)

    def __str__(self) -> str:
        unchanged = f" ({self.unchanged_count} unchanged, not sent)" if self.unchanged_count else ""
        return f"{self.done_count} done{unchanged}, {self.failed_count} failed, {self.unknown_count} unknown"


class BulkError(WorkfrontError):
    """A bulk call did not do all its rows. ``result`` says what became of each; ``__cause__`` is the first error.

    Attributes:
        result: the rows so far, and the cursor from which to go on.

    Examples:
        >>> from workfront_client import BulkError
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront) as wf:
        ...     try:
        ...         wf.project.delete_many(["5d800000000000000000000000000001"]).raise_for_problems()
        ...     except BulkError as error:
        ...         print(error.result)
        0 done, 1 failed, 0 unknown
    """

    result: BulkResult

    @classmethod
    def of(cls, result: BulkResult) -> BulkError:
        """Returns the error for a result with problems."""
        first = result.error or next((row.error for row in result.rows if row.error), None)
        unknown = "Check the rows in .result.unknown before you send them again." if result.unknown_count else ""
        resume = f"resume={result.cursor} goes on behind the rows sent so far."
        error = cls(
            f"Not all rows were written ({result}): {first.message if first else 'no reason known'}",
            status=first.status if first else None,
            workfront_class=first.workfront_class if first else None,
            hint=" ".join(filter(None, (first.hint if first else None, unknown, resume))),
            request=first.request if first else None,
        )
        error.result = result
        error.__cause__ = first
        return error
