"""One read of a search, page after page: which request is next, and what each answer adds. No network here."""

from __future__ import annotations

from typing import Any

from workfront_core.errors.kinds import WorkfrontError
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import Query
from workfront_core.paging.cursor import Cursor, Paging
from workfront_core.paging.keyset import KeysetPages
from workfront_core.paging.offset import NewRows, OffsetPages
from workfront_core.paging.whole_search import WholeSearch
from workfront_core.request.request import Request


class PagingStrategy:
    """Reads by ID where the query allows it, by row number where it does not or the server will not.

    Ask until there is nothing to ask for; pass every answer to ``take``, in the order of the requests.

    Args:
        query: the search.
        page_size: rows a page.
        limit: rows in all, ``None`` for every row.
        after: where an earlier read stopped.
    """

    def __init__(self, query: Query[Any], page_size: int, limit: int | None, after: Cursor | None = None) -> None:
        self._query = query
        self._way = _way(query, page_size, limit, after)
        self._whole = WholeSearch(query)

    @property
    def done(self) -> bool:
        """Whether nothing more is needed, answers on their way included."""
        return self._way.done and self._due_pages is None and not self._whole.is_asked

    def ask(self) -> Request[RawPage[Any]] | None:
        """Returns the next request that can be known now; ``None`` while answers have to come first, and at the end."""
        if self._whole.is_asked:
            return None
        if (pages := self._due_pages) is not None:
            return self._whole.ask(pages)
        way = self._way
        if isinstance(way, KeysetPages) and not (way.done or way.unfiltered or self._query.takes_id):
            self._way = way.given_up()
        return self._way.ask()

    @property
    def expected(self) -> int:
        """Answers that are still waited for; further ones under way are of no use any more."""
        return self._way.expected + self._whole.is_asked

    def take(self, page: RawPage[Any]) -> NewRows:
        """Returns the rows of the answer to the oldest request that did not come before.

        Raises:
            ProtocolError: what came cannot be all there is, or does not fit what came before.
        """
        way = self._way
        if isinstance(way, OffsetPages):
            return way.take(page)
        if self._whole.is_asked:
            self._whole.take(page, way)
            return NewRows((), ())
        if page.count is not None:
            way.counted(page.count)
            return NewRows((), ())
        if way.fits(page.rows):
            return way.take(page.rows)
        self._way = offset = way.given_up(seems_dry=not page.rows)
        if not way.unfiltered:
            return NewRows((), ())
        offset.ask()  # the first page is the same in both ways: this answer counts
        return offset.take(page)

    def refused(self, error: WorkfrontError) -> bool:
        """Returns whether the walk goes on another way after this error; the request it answers is done with."""
        way = self._way
        if isinstance(way, OffsetPages):
            return way.refused(error)
        if self._whole.is_asked:
            return self._whole.refused(error, way)
        if way.refuses_proof(error):
            way.unproven()
            return True
        if not way.gives_up(error):
            return False
        self._way = way.given_up()
        return True

    @property
    def _due_pages(self) -> KeysetPages | None:
        """The walk by ID before whose next request, or after whose end, the whole search is asked about."""
        way = self._way
        return way if isinstance(way, KeysetPages) and self._whole.is_due(way) else None

    def cursor(self, taken: NewRows, at: int) -> str:
        """Returns the place after one of the rows taken, by its index among them."""
        row_id = taken.after or taken.rows[at].get("ID")
        paging: Paging = "row" if isinstance(self._way, OffsetPages) else "id"
        place = Cursor(self._query.fingerprint, paging, taken.numbers[at], row_id if isinstance(row_id, str) else None)
        return str(place)


def _way(query: Query[Any], page_size: int, limit: int | None, after: Cursor | None) -> KeysetPages | OffsetPages:
    start, row_id = (after.number, after.row_id) if after else (0, None)
    if query.by_id and (after is None or after.paging == "id"):
        return KeysetPages(query, page_size, limit, start=start, after=row_id, counts=True)
    return OffsetPages(query, page_size, limit, start=start, anchor=row_id)
