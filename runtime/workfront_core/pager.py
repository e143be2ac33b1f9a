"""Search results of any number, fetched page by page, each row once.

The API gives no total: a page shorter than asked for is the last one. Where rows are inserted between two pages, later
rows shift and come twice, so IDs already seen are dropped.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import Final, Generic, Protocol, TypeVar

from workfront_core.errors import ProtocolError, QueryError
from workfront_core.operation import MAX_PAGE
from workfront_core.request import Request

M = TypeVar("M")
T = TypeVar("T")

DEFAULT_PAGE: Final = 200
_MAX_STALE_PAGES: Final = 10


class Page(Protocol[M]):
    """Builds the request for some rows of a search."""

    def __call__(self, *, first: int, limit: int) -> Request[list[M]]: ...


class Sends(Protocol):
    """A client, as far as a pager or a service needs one."""

    def send(self, request: Request[T], /) -> T: ...


class SendsAsync(Protocol):
    """An asynchronous client, as far as a pager or a service needs one."""

    def send(self, request: Request[T], /) -> Awaitable[T]: ...


class _ByOffset(Generic[M]):
    """Walks a search by row numbers: which page is next, and which of its rows are new."""

    def __init__(self, page: Page[M], page_size: int, limit: int | None) -> None:
        self._page = page
        self._page_size = page_size
        self._left = limit
        self._first = 0
        self._seen: set[str] = set()
        self._stale = 0
        self._done = False

    def next_request(self) -> Request[list[M]] | None:
        """The request for the next page, ``None`` after the last one."""
        if self._done or self._left == 0:
            return None
        return self._page(first=self._first, limit=self._wanted())

    def accept(self, rows: list[M]) -> list[M]:
        """The rows of the page just fetched that did not come before."""
        self._done = len(rows) < self._wanted()
        self._first += len(rows)
        fresh = [row for row in rows if self._is_new(row)]
        self._stale = 0 if fresh else self._stale + 1
        if self._stale == _MAX_STALE_PAGES and not self._done:
            raise ProtocolError(f"{_MAX_STALE_PAGES} pages in a row brought no new row; the server ignores $$FIRST.")
        if self._left is not None:
            fresh = fresh[: self._left]
            self._left -= len(fresh)
        return fresh

    def _wanted(self) -> int:
        return self._page_size if self._left is None else min(self._page_size, self._left)

    def _is_new(self, row: M) -> bool:
        """Rows without an ID cannot be told apart and count as new."""
        row_id: object = getattr(row, "id", None)
        if not isinstance(row_id, str):
            return True
        known = row_id in self._seen
        self._seen.add(row_id)
        return not known


class _Search(Generic[M]):
    """What both pagers share: the search and its bounds, checked."""

    def __init__(self, page: Page[M], page_size: int, limit: int | None) -> None:
        if not 1 <= page_size <= MAX_PAGE:
            raise QueryError(f"page_size={page_size}: a page holds 1 to {MAX_PAGE} rows.")
        if limit is not None and limit < 0:
            raise QueryError(f"limit={limit}: it counts rows and cannot be negative.")
        page(first=0, limit=1)  # a mistake in the query shows where it was written, not at the first row
        self._page = page
        self._page_size = page_size
        self._limit = limit

    def _walk(self) -> _ByOffset[M]:
        return _ByOffset(self._page, self._page_size, self._limit)

    def _first_row(self) -> Request[list[M]] | None:
        return None if self._limit == 0 else self._page(first=0, limit=1)


class Pager(_Search[M]):
    """The rows of a search. Iterating fetches page after page; every iteration starts anew.

    Args:
        client: sends the requests.
        page: builds the request of a page.
        page_size: rows a request, 1 to 2000.
        limit: rows in all, ``None`` for every row.

    Raises:
        QueryError: a bound is out of range, or the query cannot be expressed.
    """

    def __init__(
        self, client: Sends, page: Page[M], /, *, page_size: int = DEFAULT_PAGE, limit: int | None = None
    ) -> None:
        super().__init__(page, page_size, limit)
        self._client = client

    def __iter__(self) -> Iterator[M]:
        for rows in self.pages():
            yield from rows

    def pages(self) -> Iterator[list[M]]:
        """The rows page by page, empty pages left out."""
        walk = self._walk()
        while (request := walk.next_request()) is not None:
            if rows := walk.accept(self._client.send(request)):
                yield rows

    def first(self) -> M | None:
        """The first row, or ``None``; asks for one row only."""
        request = self._first_row()
        rows = self._client.send(request) if request is not None else []
        return rows[0] if rows else None

    def to_list(self) -> list[M]:
        """All rows, in memory."""
        return list(self)


class AsyncPager(_Search[M]):
    """The rows of a search, for ``async for``; otherwise as ``Pager``."""

    def __init__(
        self, client: SendsAsync, page: Page[M], /, *, page_size: int = DEFAULT_PAGE, limit: int | None = None
    ) -> None:
        super().__init__(page, page_size, limit)
        self._client = client

    async def __aiter__(self) -> AsyncIterator[M]:
        async for rows in self.pages():
            for row in rows:
                yield row

    async def pages(self) -> AsyncIterator[list[M]]:
        """The rows page by page, empty pages left out."""
        walk = self._walk()
        while (request := walk.next_request()) is not None:
            if rows := walk.accept(await self._client.send(request)):
                yield rows

    async def first(self) -> M | None:
        """The first row, or ``None``; asks for one row only."""
        request = self._first_row()
        rows = await self._client.send(request) if request is not None else []
        return rows[0] if rows else None

    async def to_list(self) -> list[M]:
        """All rows, in memory."""
        return [row async for row in self]
