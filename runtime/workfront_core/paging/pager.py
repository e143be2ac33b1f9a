"""Search results of any number, fetched page by page, each row once.

The API gives no total, and a page shorter than asked for proves nothing (docs/protocol.md 7.4). What to ask for next
is decided in ``strategy``; here it is sent, one page ahead of the reader where that is wanted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from contextlib import aclosing, closing
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from workfront_core.errors.kinds import NotFound, QueryError, WorkfrontError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import decoders as result
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import MAX_PAGE, Query
from workfront_core.paging.cursor import Cursor
from workfront_core.paging.offset import NO_COUNT, NewRows
from workfront_core.paging.prefetch import Answer, AwaitableAnswer, prefetching, prefetching_tasks, yield_to_loop
from workfront_core.paging.strategy import PagingStrategy
from workfront_core.request._async.flow import AsyncSends
from workfront_core.request._sync.flow import Sends
from workfront_core.request.explanation import Explanation, root_of
from workfront_core.request.request import Request

M = TypeVar("M", bound=WorkfrontObject)
A = TypeVar("A")

DEFAULT_PAGE: Final = 200
_AHEAD: Final = 2
"""Answers waited for at a time: the page needed now, and the one after it."""


@dataclass(slots=True)
class _Place:
    """Where a read stands: after which row of which page."""

    walk: PagingStrategy
    taken: NewRows
    at: int

    def cursor(self) -> str:
        return self.walk.cursor(self.taken, self.at)


class _Search(Generic[M]):
    """What both pagers share: the search and its bounds, checked, and the place of the latest read."""

    def __init__(self, query: Query[M], page_size: int, limit: int | None, after: str | None) -> None:
        if not 1 <= page_size <= MAX_PAGE:
            raise QueryError(f"page_size={page_size}: a page holds 1 to {MAX_PAGE} rows.")
        if limit is not None and limit < 0:
            raise QueryError(f"limit={limit}: it counts rows and cannot be negative.")
        query.page(limit=1)  # a mistake in the query shows where it was written, not at the first row
        self._query = query
        self._page_size = page_size
        self._limit = limit
        self._after = None if after is None else Cursor.of(after, query.fingerprint)
        self._place: _Place | None = None

    @property
    def cursor(self) -> str | None:
        """The place after the latest row that was read, for ``after=`` of the same search; ``None`` before the first.

        A short text that holds no more than the ID of that row and its number. Where rows come by ID, without an order
        of your own, reading goes on exactly; by row number it finds that row again if it moved by half a page at most.
        """
        if self._place is None:
            return None if self._after is None else str(self._after)
        return self._place.cursor()

    @property
    def request(self) -> Request[list[M]]:
        """The request of the first page, as ``client.send`` takes it."""
        asked = self._walk().ask()
        if asked is None:
            raise QueryError("limit=0 asks for nothing, and sends nothing.")
        parse = result.page_of(self._query.model, self._query.asked)
        return Request(asked.method, asked.path, parse, asked.params, reads=True)

    def _walk(self, at_most: int | None = None) -> PagingStrategy:
        bounds = [bound for bound in (at_most, self._limit) if bound is not None]
        return PagingStrategy(self._query, self._page_size, min(bounds, default=None), self._after)

    def _one_of(self, rows: list[M]) -> M:
        name = self._query.model.__name__
        if not rows:
            raise NotFound(f"No {name} meets the conditions.")
        if len(rows) > 1:
            raise QueryError(f"More than one {name} meets the conditions.", hint="Take .first(), or ask more narrowly.")
        return rows[0]


class _Reading(Generic[M, A]):
    """The requests of one read that are under way, each with what gives its answer."""

    def __init__(self, walk: PagingStrategy, start: Callable[[Request[RawPage[Any]]], A], size: int) -> None:
        self._walk = walk
        self._start = start
        self._size = size
        self._pending: deque[tuple[Request[RawPage[Any]], A]] = deque()

    def next(self) -> A | None:
        """What gives the next answer, ``None`` at the end."""
        self._fill()
        if not self._pending:
            return None
        self._asked, answer = self._pending.popleft()
        return answer

    def take(self, page: RawPage[M]) -> _Place:
        """The new rows of the answer, before they are typed; the next request is on its way then."""
        taken = self._walk.take(page)
        while len(self._pending) > self._walk.expected:
            self._pending.pop()
        self._fill()
        return _Place(self._walk, taken, len(taken.rows) - 1)

    def typed(self, page: RawPage[M], place: _Place) -> list[M]:
        """The new rows of the answer as objects."""
        return page.typed(place.taken.rows, self._asked)

    def refused(self, error: WorkfrontError) -> None:
        """Raises the error, unless the walk goes on another way."""
        if not self._walk.refused(error):
            raise error

    def _fill(self) -> None:
        while len(self._pending) < self._size and (request := self._walk.ask()) is not None:
            self._pending.append((request, self._start(request)))


class Pager(_Search[M]):
    """The rows of a search. Iterating fetches page after page; every iteration starts anew.

    Args:
        client: sends the requests.
        query: the search.
        page_size: rows a request, 1 to 2000.
        limit: rows in all, ``None`` for every row.
        after: the cursor of an earlier read of the same search, after which to go on.
        prefetch: whether the next page is fetched while the present one is read, by a thread or a task; unless told,
            tasks do and threads do not.

    Raises:
        QueryError: a bound is out of range, the query cannot be expressed, or the cursor is another search's.
    """

    def __init__(
        self,
        client: Sends,
        query: Query[M],
        /,
        *,
        page_size: int = DEFAULT_PAGE,
        limit: int | None = None,
        after: str | None = None,
        prefetch: bool | None = None,
    ) -> None:
        super().__init__(query, page_size, limit, after)
        self._client = client
        self._prefetch = prefetch is True

    def __iter__(self) -> Iterator[M]:
        self._place = None
        with closing(self._read(self._walk())) as pages:
            for place, rows in pages:
                self._place = place
                for place.at, row in enumerate(rows):
                    yield row

    def pages(self) -> Iterator[list[M]]:
        """The rows page by page, empty pages left out."""
        self._place = None
        with closing(self._read(self._walk())) as pages:
            for self._place, rows in pages:
                yield rows

    def first(self) -> M | None:
        """The first row, or ``None``; asks for one row only."""
        rows = self._up_to(1)
        return rows[0] if rows else None

    def one(self) -> M:
        """The only row.

        Raises:
            NotFound: there is none.
            QueryError: there are several.
        """
        return self._one_of(self._up_to(2))

    def to_list(self) -> list[M]:
        """All rows, in memory."""
        return [row for rows in self.pages() for row in rows]

    def count(self) -> int:
        """The number of rows that meet the conditions, by a request of its own, whatever ``limit`` and ``after``."""
        return self._client.send(self._query.count())

    def explain(self) -> Explanation:
        """The exact request of the first page, for reading: ``print(pager.explain())``. Nothing is sent."""
        return self.request.explain(root_of(self._client))

    def _up_to(self, number: int) -> list[M]:
        return [row for _, rows in self._read(self._walk(number)) for row in rows]

    def _read(self, walk: PagingStrategy) -> Generator[tuple[_Place, list[M]], None, None]:
        with prefetching(self._client, ahead=self._prefetch) as start:
            reading: _Reading[M, Answer[RawPage[M]]] = _Reading(walk, start, _AHEAD if self._prefetch else 1)
            while (answer := reading.next()) is not None:
                try:
                    page = answer()
                except NO_COUNT as error:
                    reading.refused(error)
                    continue
                place = reading.take(page)
                if place.taken.rows:
                    yield place, reading.typed(page, place)


class AsyncPager(_Search[M]):
    """The rows of a search. Iterating fetches page after page; every iteration starts anew.

    Args:
        client: sends the requests.
        query: the search.
        page_size: rows a request, 1 to 2000.
        limit: rows in all, ``None`` for every row.
        after: the cursor of an earlier read of the same search, after which to go on.
        prefetch: whether the next page is fetched while the present one is read, by a thread or a task; unless told,
            tasks do and threads do not.

    Raises:
        QueryError: a bound is out of range, the query cannot be expressed, or the cursor is another search's.
    """

    def __init__(
        self,
        client: AsyncSends,
        query: Query[M],
        /,
        *,
        page_size: int = DEFAULT_PAGE,
        limit: int | None = None,
        after: str | None = None,
        prefetch: bool | None = None,
    ) -> None:
        super().__init__(query, page_size, limit, after)
        self._client = client
        self._prefetch = prefetch is not False

    def __aiter__(self) -> AsyncIterator[M]:
        return self._rows()  # jedi reads the annotation here; of a generator it reads what is yielded

    def pages(self) -> AsyncIterator[list[M]]:
        """The rows page by page, empty pages left out."""
        return self._pages()

    async def first(self) -> M | None:
        """The first row, or ``None``; asks for one row only."""
        rows = await self._up_to(1)
        return rows[0] if rows else None

    async def one(self) -> M:
        """The only row.

        Raises:
            NotFound: there is none.
            QueryError: there are several.
        """
        return self._one_of(await self._up_to(2))

    async def to_list(self) -> list[M]:
        """All rows, in memory."""
        return [row async for rows in self.pages() for row in rows]

    async def count(self) -> int:
        """The number of rows that meet the conditions, by a request of its own, whatever ``limit`` and ``after``."""
        return await self._client.send(self._query.count())

    def explain(self) -> Explanation:
        """The exact request of the first page, for reading: ``print(pager.explain())``. Nothing is sent."""
        return self.request.explain(root_of(self._client))

    async def _rows(self) -> AsyncGenerator[M, None]:
        self._place = None
        async with aclosing(self._read(self._walk())) as pages:
            async for place, rows in pages:
                self._place = place
                for place.at, row in enumerate(rows):
                    yield row

    async def _pages(self) -> AsyncGenerator[list[M], None]:
        self._place = None
        async with aclosing(self._read(self._walk())) as pages:
            async for self._place, rows in pages:
                yield rows

    async def _up_to(self, number: int) -> list[M]:
        return [row async for _, rows in self._read(self._walk(number)) for row in rows]

    async def _read(self, walk: PagingStrategy) -> AsyncGenerator[tuple[_Place, list[M]], None]:
        with prefetching_tasks(self._client, ahead=self._prefetch) as start:
            reading: _Reading[M, AwaitableAnswer[RawPage[M]]] = _Reading(walk, start, _AHEAD if self._prefetch else 1)
            while (answer := reading.next()) is not None:
                try:
                    page = await answer()
                except NO_COUNT as error:
                    reading.refused(error)
                    continue
                place = reading.take(page)
                if self._prefetch:
                    await yield_to_loop()
                if place.taken.rows:
                    yield place, reading.typed(page, place)
