"""Search results of any number, fetched page by page, each row once.

The API gives no total, and a page shorter than asked for proves nothing (docs/protocol.md 7.4). What to ask for next
is decided in ``strategy``; here it is sent, one page ahead of the reader unless that is not wanted.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any, TypeVar

from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import Query
from workfront_core.paging._async.tables import AsyncTables
from workfront_core.paging.async_iteration import async_iteration
from workfront_core.paging.async_prefetch import AsyncAnswer, AsyncPrefetch
from workfront_core.paging.reading import Place, Reading, checked_search, explained
from workfront_core.paging.shown_rows import AsyncShownRows
from workfront_core.paging.strategy import PagingStrategy
from workfront_core.paging.whole_search import REFUSALS
from workfront_core.request._async.flow import AsyncSends
from workfront_core.request.explanation import Explanation

M = TypeVar("M", bound=WorkfrontObject)


class AsyncPager(AsyncTables[M], AsyncShownRows):
    """The rows of a search. Iterating fetches page after page; every iteration starts anew.

    Args:
        client: sends the requests.
        query: the search.
        page_size: rows a request, 1 to 2000; 200 unless given.
        limit: rows in all, ``None`` for every row.
        after: the cursor of an earlier read of the same search, after which to go on.
        prefetch: whether the next page is fetched while the present one is read, by a thread or a task.

    Raises:
        QueryError: a bound is out of range, the query cannot be expressed, or the cursor is another search's.

    Examples:
        >>> import asyncio
        >>> from workfront_client.v22 import AsyncWorkfront, Task
        >>> from workfront_testing import in_process
        >>> async def main() -> None:
        ...     with in_process() as kit:
        ...         async with kit.client(AsyncWorkfront) as wf:
        ...             await wf.task.create(name="Brief")
        ...             async for task in wf.task.search(fields=[Task.f.name]):
        ...                 print(task.name)
        >>> asyncio.run(main())
        Brief
    """

    def __init__(
        self,
        client: AsyncSends,
        query: Query[M],
        /,
        *,
        page_size: int | None = None,
        limit: int | None = None,
        after: str | None = None,
        prefetch: bool = True,
    ) -> None:
        checked_search(client, query)
        super().__init__(query, page_size, limit, after, prefetch=prefetch)
        self._client = client
        self._prefetch = prefetch

    def __aiter__(self) -> AsyncIterator[M]:
        return async_iteration(self._rows())

    def pages(self) -> AsyncIterator[list[M]]:
        """Returns the rows page by page, empty pages left out."""
        return async_iteration(self._typed_pages())

    async def first(self) -> M | None:
        """Returns the first row, or ``None``; asks for one row only.

        Raises:
            WorkfrontError: of the kind that fits what happened to the call.
        """
        rows = await self._up_to(1)
        return rows[0] if rows else None

    async def one(self) -> M:
        """Returns the only row.

        Raises:
            NotFound: there is none.
            QueryError: there are several.
        """
        return self._one_of(await self._up_to(2))

    async def to_list(self) -> list[M]:
        """Returns all rows, in memory.

        Raises:
            WorkfrontError: of the kind that fits what happened; `cursor` says from where to go on.
        """
        return [row async for rows in self.pages() for row in rows]

    def flat(self) -> AsyncIterator[dict[str, Any]]:
        """Returns the rows on one level, for tables, each as ``row.flat()`` gives it; by the fields that were asked for
        where the search names them.

        Raises:
            WorkfrontError: of the kind that fits what happened; `cursor` says from where to go on.
        """
        return async_iteration(self._flat_rows(self._flat_names()))

    async def count(self) -> int:
        """Returns the number of rows that meet the conditions, by a request of its own, whatever ``limit`` and
        ``after``.

        Raises:
            ProtocolError: the answer is no number.
        """
        return await self._client.send(self._query.count())

    def explain(self) -> Explanation:
        """Returns the exact request of the first page, for reading: ``print(pager.explain())``. Nothing is sent."""
        return explained(self._client, self.request)

    async def _rows(self) -> AsyncGenerator[M, None]:
        self._place = None
        async with aclosing(self._read(self._strategy())) as places:
            async for place in places:
                rows = place.typed()
                self._place = place
                for place.at, row in enumerate(rows):
                    yield row

    async def _flat_rows(self, names: list[str] | None) -> AsyncGenerator[dict[str, Any], None]:
        async with aclosing(self._rows()) as rows:
            async for row in rows:
                yield row.flat(names)

    async def _typed_pages(self) -> AsyncGenerator[list[M], None]:
        self._place = None
        async with aclosing(self._read(self._strategy())) as places:
            async for place in places:
                rows = place.typed()
                self._place = place
                yield rows

    async def _up_to(self, number: int) -> list[M]:
        return [row async for place in self._read(self._strategy(number)) for row in place.typed()]

    async def _read(self, strategy: PagingStrategy) -> AsyncGenerator[Place[M], None]:
        """Yields the pages with their new rows, as they came."""
        with AsyncPrefetch(self._client, ahead=self._prefetch) as requests:
            reading: Reading[M, AsyncAnswer[RawPage[M]]] = Reading(strategy, requests.start, requests.depth)
            while (coming := reading.next()) is not None:
                try:
                    page = await coming()
                except REFUSALS as error:
                    reading.refused(error)
                    continue
                place = reading.take(page)
                await requests.head_start()
                if place.taken.rows:
                    yield place
