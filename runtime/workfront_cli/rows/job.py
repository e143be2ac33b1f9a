"""Sends the rows of a sheet, and notes in the job file what leaves and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from workfront_cli.rows.job_file import DONE, NEW, SENT, UNKNOWN, JobFile
from workfront_cli.rows.sheet import CREATE, DELETE, Sheet
from workfront_cli.rows.source import SourceRow
from workfront_cli.wording import hint_of, message_of
from workfront_cli.writing.operations import operation_of
from workfront_core.bulk.batch import MAX_CALLS, BatchResult, batch_request
from workfront_core.bulk.requests import create_one
from workfront_core.bulk.results import BulkError, BulkProgress, RowResult, RowStatus
from workfront_core.bulk.rows import RowInput, new_row
from workfront_core.bulk.runner import REFUSALS
from workfront_core.errors import WorkfrontError
from workfront_core.query.model_fields import by_wire_name
from workfront_core.request.request import Request

if TYPE_CHECKING:
    from workfront_cli.data.session import Session

_LOOKS: Final = 100
_NO_ANSWER: Final = ("No answer says whether the row was made, and it has no mark to look for.", None)


@dataclass(slots=True)
class Job:
    """One run over the rows that are left.

    Attributes:
        opened: where they go.
        sheet: the rows.
        file: what is known of them.
        mark: wire name of the field that new objects are found again by; ``None`` where there is none.
        chunk_size: rows a call.
        force: whether what depends on deleted objects goes with them.
        notify: is given the number of rows settled with each answer.
    """

    opened: Session
    sheet: Sheet
    file: JobFile
    mark: str | None
    chunk_size: int
    force: bool
    notify: Callable[[int], None]
    _numbers: Sequence[int] = field(default=())

    def run(self) -> WorkfrontError | None:
        """Sends what is left, and returns what ended the run early, if anything did.

        Rows under way at the last end are sent again where that does no harm: changes, removals. New objects are looked
        for by their mark first; what has none is not sent again, and stays unknown.
        """
        self._settle_under_way()
        error = self._send(self.chunk_size)
        if error is None and self.sheet.verb == CREATE and self.mark and self.file.having(UNKNOWN):
            self._settle_under_way()  # a refused call may have made some of its rows; the others now go by themselves
            error = self._send_alone()
        return error

    def _settle_under_way(self) -> None:
        under_way = self.file.having(SENT, UNKNOWN)
        if not under_way:
            return
        if self.sheet.verb != CREATE:
            self.file.again(under_way)
        elif self.mark is None:
            self.file.answered((), failed={}, unknown=dict.fromkeys(under_way, _NO_ANSWER))
        else:
            self._look_for(set(under_way))

    def _look_for(self, under_way: set[int]) -> None:
        """Notes the rows whose marks are there as done, and the others as to be sent."""
        marks: dict[str, int] = {}
        for number, row in self._rows():
            if number in under_way:
                marks[self._marked(row, self.sheet.row(row))] = number
        listed = list(marks)
        for start in range(0, len(listed), _LOOKS):
            some = listed[start : start + _LOOKS]
            there = {marks[text]: one for text, one in self._found(some) if text in marks}
            self.file.answered(sorted(there), failed={}, unknown={}, ids=there)
            self.file.again(marks[text] for text in some if marks[text] not in there)

    def _found(self, marks: Sequence[str]) -> Iterator[tuple[str, str]]:
        member = by_wire_name(self.sheet.model)[self.mark or ""]
        root: Any = getattr(self.sheet.model, "f")  # noqa: B009 - only generated models have it
        path = getattr(root, member.name)
        for row in self.opened.service.search(path.in_(list(marks)), fields=["ID", self.mark]):
            yield str(getattr(row, member.name)), row.id

    def _send(self, chunk_size: int) -> WorkfrontError | None:
        self._numbers = self.file.having(NEW)
        if not self._numbers:
            return None
        write = operation_of(self.opened, f"{self.sheet.verb}_many")
        options: dict[str, Any] = {"on_error": "collect", "keep": "problems", "chunk_size": chunk_size}
        options |= {"force": True} if self.force and self.sheet.verb == DELETE else {}
        try:
            write(self._given(), progress=self._note, **options)
        except BulkError as error:
            return error.result.error
        return None

    def _send_alone(self) -> WorkfrontError | None:
        """Sends the new objects that are left each for itself, a hundred a call where the server takes batches."""
        left = set(self.file.having(NEW))
        rows = ((number, row) for number, row in self._rows() if number in left)
        while some := list(islice(rows, MAX_CALLS)):
            numbers = [number for number, _ in some]
            calls = [self._alone(row) for _, row in some]
            self.file.leave(numbers)
            try:
                self._note_alone(numbers, self.opened.client.send(batch_request(calls)))
            except REFUSALS:
                self.file.again(numbers)
                return self._send(1)
            except WorkfrontError as error:
                self.file.answered((), failed={}, unknown=dict.fromkeys(numbers, _message(error)))
                return error
        return None

    def _alone(self, row: SourceRow) -> Request[list[str | None]]:
        given = self.sheet.row(row)
        self._marked(row, given)
        return create_one(self.sheet.model, new_row(self.sheet.model, row.line, given).body)

    def _note_alone(self, numbers: Sequence[int], outcomes: Sequence[BatchResult[list[str | None]]]) -> None:
        answers = dict(zip(numbers, outcomes, strict=True))
        errors = {number: one for number, one in answers.items() if isinstance(one, WorkfrontError)}
        made = {number: one[0] for number, one in answers.items() if not isinstance(one, WorkfrontError) and one}
        self.file.answered(
            [number for number in numbers if number not in errors],
            failed={number: _message(one) for number, one in errors.items() if isinstance(one, REFUSALS)},
            unknown={number: _message(one) for number, one in errors.items() if not isinstance(one, REFUSALS)},
            ids={number: one for number, one in made.items() if one},
        )
        self.notify(len(numbers))

    def _given(self) -> Iterator[Any]:
        """Yields the rows that are left, as the engine takes them."""
        for number, row in self._rows():
            if self.file.states[number] == NEW:
                given = self.sheet.row(row)
                if self.sheet.verb == CREATE and self.mark:
                    self._marked(row, given)
                yield given

    def _rows(self) -> Iterator[tuple[int, SourceRow]]:
        return enumerate(self.sheet.source.rows())

    def _marked(self, row: SourceRow, given: RowInput[Any]) -> str:
        """Returns the mark of a new object, after it was set where the sheet gives none."""
        member = by_wire_name(self.sheet.model)[self.mark or ""]
        values: dict[str, Any] = given.values
        text = values.setdefault(member.name, None) or f"wf-{self.file.header['id']}-{row.line}"
        values[member.name] = text
        return str(text)

    def _note(self, step: BulkProgress) -> None:
        if step.in_flight:
            self.file.leave(self._numbers[index] for index in step.in_flight)
        if step.latest:
            self._note_latest(step.latest)
            self.notify(sum(row.status is RowStatus.DONE or row.status is RowStatus.FAILED for row in step.latest))

    def _note_latest(self, latest: Sequence[RowResult]) -> None:
        numbers = {row.index: self._numbers[row.index] for row in latest}
        done = [row for row in latest if row.status is RowStatus.DONE]
        self.file.answered(
            [numbers[row.index] for row in done],
            failed={numbers[row.index]: _message(row.error) for row in latest if row.status is RowStatus.FAILED},
            unknown={numbers[row.index]: _message(row.error) for row in latest if row.status is RowStatus.UNKNOWN},
            ids={numbers[row.index]: row.id for row in done if row.id} if self.sheet.verb == CREATE else None,
        )


def settled(file: JobFile) -> bool:
    """Returns whether nothing is left to be sent or to be found out."""
    return not file.having(NEW, SENT, UNKNOWN)


def number_done(file: JobFile) -> int:
    """Returns how many rows are done."""
    return file.states.count(DONE)


def _message(error: WorkfrontError | None) -> tuple[str, str | None]:
    return (message_of(error), hint_of(error)) if error is not None else ("No answer.", None)
