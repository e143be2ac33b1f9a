"""Pages told by the last ID before them. No network here.

Rows come in the order of their IDs, and each page asks for IDs greater than the last: rows inserted or deleted
meanwhile shift nothing, and nothing has to be remembered. The end is an empty page: one that is merely shorter than
asked for may be all that the server gives at once. An empty page after a full one is the first sign of the end, so
the server is asked whether it counts more. Where a short page was not the last one, rows may lack in the middle: then
all are counted, and where some did not come, the short pages are read again. That the API filters IDs so is inferred
(docs/protocol.md 7.4), so every answer is checked before it is believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, Final

from workfront_core.errors.kinds import InvalidRequest, ProtocolError, WorkfrontError
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import Query
from workfront_core.paging.offset import NewRows, OffsetPages, WireRow, within
from workfront_core.paging.short_pages import ShortPages
from workfront_core.request.request import Request

_MAX_DENIALS: Final = 5
"""How often rows may be counted that do not come."""
_ID_OF: Final = itemgetter("ID")


class KeysetPages:
    """Walks a search by IDs.

    Args:
        query: the search.
        page_size: rows a page.
        limit: rows in all, ``None`` for every row.
        start: rows that came before.
        after: the ID of the last of them.
        counts: whether an empty page after a full one, or after short pages that were not the last, is believed only
            where the server counts no more rows; a sync, which finds later what it missed, spares the call.
    """

    def __init__(
        self,
        query: Query[Any],
        page_size: int,
        limit: int | None,
        *,
        start: int = 0,
        after: str | None = None,
        counts: bool = False,
    ) -> None:
        self._query = query
        self._page_size = page_size
        self._left = limit
        self._start = self._number = start
        self._start_after = self._after = after
        self._counts = counts
        self._short_pages = ShortPages()
        self._largest = 0
        self._remembered: Sequence[object] = ()
        self._wanted = 0
        self._proven = self._is_short = self._ended = False
        self.is_counting: bool = False
        """Whether the answer that is due is a count."""
        self._counts_all = False
        self._denials = 0

    @property
    def done(self) -> bool:
        """Whether no page is worth asking for any more."""
        return self._ended or self._left == 0

    @property
    def unfiltered(self) -> bool:
        """Whether the page in question is the first one, which needs no filter on the ID."""
        return self._after is None

    @property
    def expected(self) -> int:
        """Answers that are still waited for."""
        return 0 if self.done else int(self._wanted > 0)

    def ask(self) -> Request[RawPage[Any]] | None:
        """Returns the next request, ``None`` while an answer is awaited."""
        if self.done or self._wanted:
            return None
        self._wanted = self._page_size if self._left is None else min(self._page_size, self._left)
        if self.is_counting:
            return self._query.count_page(self._start_after if self._counts_all else self._after)
        return self._query.page(limit=self._wanted, after=self._behind)

    def fits(self, rows: Sequence[WireRow]) -> bool:
        """Returns whether the rows are what was asked for: IDs that ascend, from the last one on.

        Nothing at all is not believed of a filter that has not shown yet that it works, but for after a short page.
        """
        if not rows:
            return self._after is None or self._proven or self._is_short
        try:
            ids: list[Any] = list(map(_ID_OF, rows))
        except KeyError:
            return False
        return set(map(type, ids)) == {str} and self._ascend(ids)

    def take(self, rows: Sequence[WireRow]) -> NewRows:
        """Returns the rows of an answer that fits. Where it holds fewer than asked for, an empty one has to follow."""
        rows = within(rows, self._wanted)
        if self._short_pages.due:
            self._wanted = 0
            return self._given(self._short_pages.missed(rows), after=self._after)
        self._proven = self._proven or self._after is not None
        self._remembered = () if self._proven else [row["ID"] for row in rows]
        if not rows:
            self._look_for_more()
        self._note_short_page(rows)
        self._wanted = 0
        taken = self._given(rows)
        if taken.rows:
            self._after = str(taken.rows[-1]["ID"])
            self._denials = 0
        return taken

    def counted(self, total: int | None) -> None:
        """Ends where the server counts no row that did not come, or cannot count.

        Else the page after the last row is asked for again, and short pages before it where they may lack rows.

        Raises:
            ProtocolError: rows are counted that do not come.
        """
        self.is_counting = False
        self._wanted = 0
        came = self._number - self._start
        if self._counts_all:
            self._counts_all = False
            self._ended = total is None or total <= came
            if not self._ended:
                self._short_pages.look_again(total or 0, came)
        elif not total:
            self._finish()

    @property
    def _behind(self) -> str | None:
        """The ID after which the page begins that is due."""
        due = self._short_pages.due
        return due.after if due else self._after

    def _given(self, rows: Sequence[WireRow], *, after: str | None = None) -> NewRows:
        """Returns the rows up to the limit, with their numbers."""
        if self._left is not None:
            rows = rows[: self._left]
            self._left -= len(rows)
        first, self._number = self._number, self._number + len(rows)
        return NewRows(rows, range(first + 1, self._number + 1), after)

    def _note_short_page(self, rows: Sequence[WireRow]) -> None:
        if not rows:
            return
        self._short_pages.is_odd |= self._is_short
        self._is_short = len(rows) < self._wanted
        self._largest = max(self._largest, len(rows))
        if self._is_short and self._counts:
            self._short_pages.remember(self._after, rows)

    def _finish(self) -> None:
        """Ends, but where short pages were not the last: then the shorter ones are read again, and all rows counted."""
        self._ended = not (self._counts and self._short_pages.is_odd)
        if not self._ended and not self._short_pages.look_at_shorter(self._largest):
            self.is_counting = self._counts_all = True

    def _look_for_more(self) -> None:
        """Ends at an empty page after a short one; has the rest counted after a full one, since rows come and go."""
        if self._denials == _MAX_DENIALS:
            raise ProtocolError(
                f"The server counts rows after ID {self._after}, again and again, and gives none of them.",
                hint="Read again, or by row number: order_by=...",
            )
        self._denials += 1
        if self._is_short or self._after is None or not self._counts:
            self._finish()
        else:
            self.is_counting = True

    def given_up(self) -> OffsetPages:
        """Returns the way on without the filter: from the first row on, or from where this walk stands.

        Raises:
            ProtocolError: the filter worked before, so that the rows that came cannot be told from those to come.
        """
        if self._proven:
            raise ProtocolError(
                "The server stopped sending rows in the order of their IDs.", hint="Read by row number: order_by=..."
            )
        anchor = None if self._remembered else self._after
        return OffsetPages(
            self._query,
            self._page_size,
            self._left,
            start=self._number,
            anchor=anchor,
            known=self._remembered,
            follows_full=bool(self._remembered) and not self._is_short,
        )

    def gives_up(self, error: WorkfrontError) -> bool:
        """Returns whether the error may mean that the server does not know this filter."""
        return isinstance(error, InvalidRequest) and self._after is not None and not self._proven

    def _ascend(self, ids: list[str]) -> bool:
        return (self._behind is None or ids[0] > self._behind) and ids == sorted(set(ids))
