"""Objects that several rows of a bulk call name: what is done once is sent once, and each row has an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workfront_core.bulk.results import RowResult, RowStatus
from workfront_core.bulk.rows import Prepared
from workfront_core.errors.kinds import QueryError


@dataclass(slots=True)
class Repeats:
    """The objects that rows have named so far.

    Attributes:
        once: whether an object is sent once, whatever the number of its rows.
    """

    once: bool
    _places: dict[str, int] = field(default_factory=dict[str, int])
    _problems: dict[int, RowResult] = field(default_factory=dict[int, RowResult])

    def marked(self, row: Prepared) -> Prepared:
        """Returns the row, with the place of the one before it whose answer holds for it as well."""
        if not self.once or row.id is None:
            return row
        first = self._places.setdefault(row.id, row.index)
        return row if first == row.index else replace(row, repeats=first)

    def note(self, found: RowResult) -> None:
        """Remembers what became of a row, where it was not done."""
        if self.once and found.status is not RowStatus.DONE:
            self._problems[found.index] = found

    def result_of(self, row: Prepared) -> RowResult:
        """Returns the result of a row that is not sent."""
        if row.repeats is None:
            return RowResult(row.index, RowStatus.FAILED, error=row.error)
        first = self._problems.get(row.repeats)
        if first is None:
            return RowResult(row.index, RowStatus.DONE, row.id, unchanged=True)
        return replace(first, index=row.index, id=row.id)


def check_once(rows: Sequence[Prepared], *, once: bool) -> None:
    """Refuses rows of an atomic call that set values of one object, in an order that nobody knows.

    Raises:
        QueryError: an object stands in two rows.
    """
    places: dict[str, int] = {}
    for row in rows:
        first = row.index if once or row.id is None else places.setdefault(row.id, row.index)
        if first != row.index:
            raise QueryError(
                f"Row {row.index} changes the object of row {first}; an atomic call changes each object once.",
                hint="Put the values of one object into one row.",
            )
