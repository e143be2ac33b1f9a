"""Pages told by the number of rows before them. No network here.

A row inserted meanwhile shifts later ones, which then come twice and are dropped here. A row deleted meanwhile shifts
them the other way: the one that slips over the edge of a page is missed, which no client can notice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from workfront_core.errors.kinds import ProtocolError
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import Query
from workfront_core.paging.id_set import CompactIdSet
from workfront_core.request.request import Request

_MAX_STALE_PAGES: Final = 10

WireRow = Mapping[str, object]


class NewRows(NamedTuple):
    """The rows of a page that did not come before, and each one's number in the search, from 1 on."""

    rows: Sequence[WireRow]
    numbers: Sequence[int]


class RequestedPage(NamedTuple):
    """A page on its way: the number of rows before it, and how many were asked for."""

    first: int
    wanted: int


class OffsetPages:
    """Walks a search by row numbers.

    Args:
        query: the search.
        page_size: rows a page.
        limit: rows in all, ``None`` for every row.
        start: rows that came before.
        anchor: the ID of the last of them, where nothing else is known of them. Half a page around it is read again, so
            that rows inserted or deleted meanwhile do no harm while it stands there.
        known: IDs that came before.
    """

    def __init__(
        self,
        query: Query[Any],
        page_size: int,
        limit: int | None,
        *,
        start: int = 0,
        anchor: str | None = None,
        known: Iterable[object] = (),
    ) -> None:
        self._query = query
        self._page_size = page_size
        self._left = limit
        self._anchor = anchor
        self._again = min(start, page_size // 2) if anchor else 0
        self._first = start - self._again
        self._asked: deque[RequestedPage] = deque()
        self._seen = CompactIdSet()
        self._full = self._ended = False
        self._stale = 0
        for row_id in known:
            self._seen.add(row_id)

    @property
    def done(self) -> bool:
        """Whether no page is worth asking for any more."""
        return self._ended or self._left == 0

    def ask(self) -> Request[RawPage[Any]] | None:
        """The next request that can be known now. One page ahead of the answers, once a page came full."""
        if self.done or len(self._asked) > self._full:
            return None
        wanted = self._wanted()
        if wanted == 0:
            return None
        asked = RequestedPage(self._first, wanted)
        self._asked.append(asked)
        self._first += wanted
        return self._query.page(first=asked.first, limit=wanted)

    def take(self, rows: Sequence[WireRow]) -> NewRows:
        """The new rows of the answer to the oldest request."""
        asked = self._asked.popleft()
        self._full = len(rows) >= asked.wanted
        self._ended = not self._full
        start = self._known_rows(rows)
        fresh = [at for at in range(start, len(rows)) if self._seen.add(rows[at].get("ID"))]
        self._refuse_no_progress(fresh)
        if self._left is not None:
            fresh = fresh[: self._left]
            self._left -= len(fresh)
        return NewRows([rows[at] for at in fresh], [asked.first + at + 1 for at in fresh])

    def _wanted(self) -> int:
        if self._left is None:
            return self._page_size
        return max(0, min(self._page_size, self._left + self._again - sum(asked.wanted for asked in self._asked)))

    def _known_rows(self, rows: Sequence[WireRow]) -> int:
        """How many rows at the start of a resumed read came before: those up to the anchor, wherever it stands now."""
        if not self._again:
            return 0
        ids = [row.get("ID") for row in rows]
        known = ids.index(self._anchor) + 1 if self._anchor in ids else min(self._again, len(rows))
        self._again = 0
        for row_id in ids[:known]:
            self._seen.add(row_id)
        return known

    def _refuse_no_progress(self, fresh: Sequence[int]) -> None:
        self._stale = 0 if fresh else self._stale + 1
        if self._stale == _MAX_STALE_PAGES and not self._ended:
            raise ProtocolError(f"{_MAX_STALE_PAGES} pages in a row brought no new row; the server ignores $$FIRST.")
