"""Ranges of IDs that are read side by side. Each goes by the last ID before a page, as a walk over all rows does."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import Query
from workfront_core.paging.keyset import KeysetPages
from workfront_core.paging.offset import WireRow
from workfront_core.request.request import Request
from workfront_core.sync.state import Part


@dataclass(frozen=True, slots=True)
class Together:
    """Requests that are sent side by side; their answers come back as a list."""

    requests: Sequence[Request[Any]]


def parts_of(query: Query[Any], number: int, least: int) -> Generator[Any, Any, tuple[Part, ...]]:
    """Returns about equal ranges of the IDs of a search, at the most so many; none where there are few rows.

    Args:
        query: the search.
        number: ranges at most.
        least: rows that are worth a range.
    """
    total: int = yield query.count()
    number = min(number, total // least)
    if number < 2:
        return ()
    ids = replace(query, fields=("ID",))
    asked = [ids.page(first=total * at // number, limit=1) for at in range(1, number)]
    pages: list[RawPage[Any]] = yield Together(asked)
    found = sorted({str(row["ID"]) for page in pages for row in page.rows})
    return tuple(Part(above, upto) for above, upto in zip([None, *found], [*found, None], strict=True))


class PartWalk:
    """Walks the rows of one part. Pages are asked for without an upper end, and cut off there."""

    def __init__(self, part: Part, query: Query[Any], page_size: int) -> None:
        self.part = part
        self.pages: KeysetPages = KeysetPages(query, page_size, None, after=part.after_id or part.above)

    def take(self, rows: Sequence[WireRow]) -> tuple[Sequence[WireRow], str | None]:
        """Returns the rows of a page that belong to the part, and the ID after which it goes on: its end, if read."""
        found = self.pages.take(rows).rows
        own = [row for row in found if self.part.holds(str(row["ID"]))]
        if self.part.upto is None:
            return own, str(own[-1]["ID"]) if own else None
        is_over = len(own) < len(found) or not found or own[-1]["ID"] == self.part.upto
        return own, self.part.upto if is_over else str(own[-1]["ID"])
