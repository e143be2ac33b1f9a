"""Pages told by the last ID before them. No network here.

Rows come in the order of their IDs, and each page asks for IDs greater than the last: rows inserted or deleted
meanwhile shift nothing, and nothing has to be remembered. The end is an empty page: one that is merely shorter than
asked for may be all that the server gives at once. That the API filters IDs so is inferred (docs/protocol.md
7.4), so every answer is checked before it is believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workfront_core.errors.kinds import InvalidRequest, ProtocolError, WorkfrontError
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import Query
from workfront_core.paging.offset import NewRows, OffsetPages, WireRow
from workfront_core.request.request import Request


class KeysetPages:
    """Walks a search by IDs.

    Args:
        query: the search.
        page_size: rows a page.
        limit: rows in all, ``None`` for every row.
        start: rows that came before.
        after: the ID of the last of them.
    """

    def __init__(
        self, query: Query[Any], page_size: int, limit: int | None, *, start: int = 0, after: str | None = None
    ) -> None:
        self._query = query
        self._page_size = page_size
        self._left = limit
        self._number = start
        self._after = after
        self._remembered: Sequence[object] = ()
        self._wanted = 0
        self._proven = self._is_short = self._ended = False

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
        return self._query.page(limit=self._wanted, after=self._after)

    def fits(self, rows: Sequence[WireRow]) -> bool:
        """Returns whether the rows are what was asked for: IDs that ascend, from the last one on.

        Nothing at all is not believed of a filter that has not shown yet that it works, but for after a short page.
        """
        if not rows:
            return self._after is None or self._proven or self._is_short
        ids = [row.get("ID") for row in rows]
        return all(type(row_id) is str for row_id in ids) and self._ascend([str(row_id) for row_id in ids])

    def take(self, rows: Sequence[WireRow]) -> NewRows:
        """Returns the rows of an answer that fits. Where it holds fewer than asked for, an empty one has to follow."""
        self._proven = self._proven or self._after is not None
        self._remembered = () if self._proven else [row["ID"] for row in rows]
        self._is_short = len(rows) < self._wanted
        self._ended = not rows
        self._wanted = 0
        if self._left is not None:
            rows = rows[: self._left]
        if rows:
            self._after = str(rows[-1]["ID"])
        first, self._number = self._number, self._number + len(rows)
        if self._left is not None:
            self._left -= len(rows)
        return NewRows(rows, range(first + 1, self._number + 1))

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
            self._query, self._page_size, self._left, start=self._number, anchor=anchor, known=self._remembered
        )

    def gives_up(self, error: WorkfrontError) -> bool:
        """Returns whether the error may mean that the server does not know this filter."""
        return isinstance(error, InvalidRequest) and self._after is not None and not self._proven

    def _ascend(self, ids: list[str]) -> bool:
        return (self._after is None or ids[0] > self._after) and ids == sorted(set(ids))
