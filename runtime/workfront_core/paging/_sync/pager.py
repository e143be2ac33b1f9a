# Generated from ../_async/pager.py by `python -m tools.sync_from_async`. Not to be edited.
"""Search results of any number, fetched page by page, each row once.

The API gives no total, and a page shorter than asked for proves nothing (docs/protocol.md 7.4). What to ask for next
is decided in ``strategy``; here it is sent, one page ahead of the reader unless that is not wanted.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any, TypeVar

from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import Query
from workfront_core.paging._sync.tables import Tables
from workfront_core.paging.iteration import iteration
from workfront_core.paging.prefetch import Answer, Prefetch
from workfront_core.paging.reading import Place, Reading, checked_search, explained
from workfront_core.paging.shown_rows import ShownRows
from workfront_core.paging.strategy import PagingStrategy
from workfront_core.paging.whole_search import REFUSALS
from workfront_core.request._sync.flow import Sends
from workfront_core.request.explanation import Explanation

M = TypeVar("M", bound=WorkfrontObject)


class Pager(Tables[M], ShownRows):
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
        >>> from workfront_client.v22 import Workfront, Task
        >>> from workfront_testing import in_process
        >>> def main() -> None:
        ...     with in_process() as kit:
        ...         with kit.client(Workfront) as wf:
        ...             wf.task.create(name="Brief")
        ...             for task in wf.task.search(fields=[Task.f.name]):
        ...                 print(task.name)
        >>> main()
        Brief
    """

    def __init__(
        self,
        client: Sends,
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

    def __iter__(self) -> Iterator[M]:
        return iteration(self._rows())

    def pages(self) -> Iterator[list[M]]:
        """Returns the rows page by page, empty pages left out."""
        return iteration(self._typed_pages())

    def first(self) -> M | None:
        """Returns the first row, or ``None``; asks for one row only.

        Raises:
            WorkfrontError: of the kind that fits what happened to the call.
        """
        rows = self._up_to(1)
        return rows[0] if rows else None

    def one(self) -> M:
        """Returns the only row.

        Raises:
            NotFound: there is none.
            QueryError: there are several.
        """
        return self._one_of(self._up_to(2))

    def to_list(self) -> list[M]:
        """Returns all rows, in memory.

        Raises:
            WorkfrontError: of the kind that fits what happened; `cursor` says from where to go on.
        """
        return [row for rows in self.pages() for row in rows]

    def flat(self) -> Iterator[dict[str, Any]]:
        """Returns the rows on one level, for tables, each as ``row.flat()`` gives it; by the fields that were asked for
        where the search names them.

        Raises:
            WorkfrontError: of the kind that fits what happened; `cursor` says from where to go on.
        """
        return iteration(self._flat_rows(self._flat_names()))

    def count(self) -> int:
        """Returns the number of rows that meet the conditions, by a request of its own, whatever ``limit`` and
        ``after``.

        Raises:
            ProtocolError: the answer is no number.
        """
        return self._client.send(self._query.count())

    def explain(self) -> Explanation:
        """Returns the exact request of the first page, for reading: ``print(pager.explain())``. Nothing is sent."""
        return explained(self._client, self.request)

    def _rows(self) -> Generator[M, None]:
        self._place = None
        with closing(self._read(self._strategy())) as places:
            for place in places:
                rows = place.typed()
                self._place = place
                for place.at, row in enumerate(rows):
                    yield row

    def _flat_rows(self, names: list[str] | None) -> Generator[dict[str, Any], None]:
        with closing(self._rows()) as rows:
            for row in rows:
                yield row.flat(names)

    def _typed_pages(self) -> Generator[list[M], None]:
        self._place = None
        with closing(self._read(self._strategy())) as places:
            for place in places:
                rows = place.typed()
                self._place = place
                yield rows

    def _up_to(self, number: int) -> list[M]:
        return [row for place in self._read(self._strategy(number)) for row in place.typed()]

    def _read(self, strategy: PagingStrategy) -> Generator[Place[M], None]:
        """Yields the pages with their new rows, as they came."""
        with Prefetch(self._client, ahead=self._prefetch) as requests:
            reading: Reading[M, Answer[RawPage[M]]] = Reading(strategy, requests.start, requests.depth)
            while (coming := reading.next()) is not None:
                try:
                    page = coming()
                except REFUSALS as error:
                    reading.refused(error)
                    continue
                place = reading.take(page)
                requests.head_start()
                if place.taken.rows:
                    yield place
