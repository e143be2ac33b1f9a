"""What a bulk call does to its rows, and what a refusal of such a call says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from workfront_core.arguments import checked_flag
from workfront_core.bulk import requests as bulk_request
from workfront_core.bulk.batch import BatchResult, batch_request
from workfront_core.bulk.rows import Prepared, changed_row, new_row, removed_row
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.row_update import Marking
from workfront_core.request.request import Request


class Job(Protocol):
    """What is done to the rows.

    Attributes:
        once: whether an object that several rows name is sent once, since doing it again does no more.
    """

    once: ClassVar[bool]

    def prepare(self, index: int, row: object, /) -> Prepared:
        """Returns the row ready to travel."""
        ...

    def request(self, rows: Sequence[Prepared], /, *, atomic: bool) -> Request[list[str | None]]:
        """Returns the call for some rows; its result is an ID for each, where the answer holds one."""
        ...

    def whole(self, rows: Sequence[Prepared], /) -> bool:
        """Returns whether a refusal of this call means that nothing was applied."""
        ...

    def present(self, rows: Sequence[Prepared], /) -> Request[list[str]] | None:
        """Returns the call that tells which of the objects are there, where that shows what was not applied."""
        ...

    def each_alone(self, rows: Sequence[Prepared], /) -> Request[list[BatchResult[list[str | None]]]] | None:
        """Returns one call that does each of the rows for itself, where a row that comes twice does no harm."""
        ...


@dataclass(frozen=True, slots=True)
class CreateJob:
    """New objects. Only a call of one row is certain after a refusal: an atomic one would answer no IDs."""

    model: type[WorkfrontObject]
    once: ClassVar[bool] = False

    def prepare(self, index: int, row: object, /) -> Prepared:
        return new_row(self.model, index, row)

    def request(self, rows: Sequence[Prepared], /, *, atomic: bool) -> Request[list[str | None]]:
        return bulk_request.create(self.model, [row.body for row in rows], atomic=atomic)

    def whole(self, rows: Sequence[Prepared], /) -> bool:
        return len(rows) == 1

    def present(self, _rows: Sequence[Prepared], /) -> Request[list[str]] | None:
        return None

    def each_alone(self, _rows: Sequence[Prepared], /) -> Request[list[BatchResult[list[str | None]]]] | None:
        return None


@dataclass(frozen=True, slots=True)
class UpdateJob:
    """New values, atomically in each call; ``whole_rows`` for all that rows hold in place of what was set in them."""

    model: type[WorkfrontObject]
    whole_rows: bool = False
    once: ClassVar[bool] = False

    def __post_init__(self) -> None:
        checked_flag(self.whole_rows, "whole")

    def prepare(self, index: int, row: object, /) -> Prepared:
        return changed_row(self.model, index, row, whole=self.whole_rows)

    def request(self, rows: Sequence[Prepared], /, *, atomic: bool) -> Request[list[str | None]]:  # noqa: ARG002
        request = bulk_request.update(self.model, [row.body for row in rows], atomic=True)
        return replace(request, parse=Marking(request.parse, (row.written for row in rows if row.written)))

    def whole(self, _rows: Sequence[Prepared], /) -> bool:
        return True

    def present(self, _rows: Sequence[Prepared], /) -> Request[list[str]] | None:
        return None

    def each_alone(self, rows: Sequence[Prepared], /) -> Request[list[BatchResult[list[str | None]]]] | None:
        return batch_request([self._alone(row) for row in rows])

    def _alone(self, row: Prepared) -> Request[list[str | None]]:
        request = bulk_request.update_one(self.model, row.body)
        return replace(request, parse=Marking(request.parse, [row.written] if row.written else ()))


@dataclass(frozen=True, slots=True)
class DeleteJob:
    """Removal. Nothing says that a refused call removed nothing, but one can look."""

    model: type[WorkfrontObject]
    force: bool = False
    once: ClassVar[bool] = True

    def __post_init__(self) -> None:
        checked_flag(self.force, "force")

    def prepare(self, index: int, row: object, /) -> Prepared:
        return removed_row(self.model, index, row)

    def request(self, rows: Sequence[Prepared], /, *, atomic: bool) -> Request[list[str | None]]:
        return bulk_request.delete(self.model, [str(row.body) for row in rows], force=self.force, atomic=atomic)

    def whole(self, rows: Sequence[Prepared], /) -> bool:
        return len(rows) == 1

    def present(self, rows: Sequence[Prepared], /) -> Request[list[str]] | None:
        return bulk_request.present(self.model, [str(row.body) for row in rows])

    def each_alone(self, rows: Sequence[Prepared], /) -> Request[list[BatchResult[list[str | None]]]] | None:
        return batch_request([bulk_request.delete(self.model, [str(row.body)], force=self.force) for row in rows])
