"""One read of a search under way: where it stands, which requests are out, what a page adds. No network here."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from workfront_core.arguments import checked_flag, checked_sender, described
from workfront_core.errors.kinds import NotFound, QueryError, WorkfrontError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import decoders as result
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import MAX_PAGE, Query
from workfront_core.paging.cursor import Cursor
from workfront_core.paging.offset import NewRows
from workfront_core.paging.page_size import DEFAULT_PAGE
from workfront_core.paging.strategy import PagingStrategy
from workfront_core.paging.unread import UnreadRows, checked_number
from workfront_core.request.explanation import Explanation, root_of
from workfront_core.request.request import Request

M = TypeVar("M", bound=WorkfrontObject)
A = TypeVar("A")


@dataclass(slots=True)
class Place(Generic[M]):
    """Where a read stands: after which row of which page.

    Attributes:
        strategy: the read.
        taken: the page's new rows, as they came.
        at: the row among them.
        page: the page.
        asked: its request.
    """

    strategy: PagingStrategy
    taken: NewRows
    at: int
    page: RawPage[M]
    asked: Request[RawPage[Any]]

    def cursor(self) -> str:
        """Returns the place as a text."""
        return self.strategy.cursor(self.taken, self.at)

    def typed(self) -> list[M]:
        """Returns the page's new rows as objects."""
        return self.page.typed(self.taken.rows, self.asked)


def checked_search(client: object, query: object, /) -> None:
    """Raises a QueryError unless this is what sends requests, and a search to send."""
    checked_sender(client)
    if not isinstance(query, Query):
        raise QueryError(f"A pager reads a Query, not {described(query)}.", hint="Write wf.task.search().")


def explained(client: object, request: Request[Any]) -> Explanation:
    """Returns the call that a client makes of a request, with the client's own parameters and verb; a stand-in for it
    where what sends requests is not a client.
    """
    explain: Callable[[Request[Any]], Explanation] | None = getattr(client, "explain", None)
    return request.explain(root_of(client)) if explain is None else explain(request)


def checked_page_size(page_size: int) -> int:
    """Returns the number of rows a page holds.

    Raises:
        QueryError: no page holds as many.
    """
    checked_number(page_size, "page_size")
    if not 1 <= page_size <= MAX_PAGE:
        raise QueryError(f"page_size={page_size}: a page holds 1 to {MAX_PAGE} rows.")
    return page_size


class SearchBounds(UnreadRows, Generic[M]):
    """What both pagers share: the search and its bounds, checked, and the place of the latest read."""

    def __init__(
        self, query: Query[M], page_size: int | None, limit: int | None, after: str | None, *, prefetch: bool = True
    ) -> None:
        if page_size is not None:
            checked_page_size(page_size)
        checked_number(0 if limit is None else limit, "limit")
        checked_flag(prefetch, "prefetch")
        if limit is not None and limit < 0:
            raise QueryError(f"limit={limit}: it counts rows and cannot be negative.")
        query.page(limit=1)  # a mistake in the query shows where it was written, not at the first row
        self._query = query
        self._page_size = page_size
        self._limit = limit
        self._after = None if after is None else Cursor.of(after, query.fingerprint)
        self._place: Place[M] | None = None

    def __repr__(self) -> str:
        """Returns what is searched for; the rows are on the server, so they are not shown."""
        named = {"page_size": self._page_size, "limit": self._limit, "after": self._after and "..."}
        bounds = [f"{name}={value}" for name, value in named.items() if value is not None]
        where = [str(condition) for condition in self._query.where]
        said = ", ".join([*where, *bounds]) or "all rows"
        return f"<{type(self).__name__} of {self._query.model.__name__}: {said:.200}>"

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
        """The request of the first page, as ``client.send`` takes it.

        Raises:
            QueryError: the limit is 0, which sends nothing.
        """
        asked = self._strategy().ask()
        if asked is None:
            raise QueryError("limit=0 asks for nothing, and sends nothing.")
        parse = result.page_of(self._query.model, self._query.asked)
        return Request(asked.method, asked.path, parse, asked.params, reads=True)

    def _flat_names(self) -> list[str] | None:
        """Returns the names of the columns of flat rows, ``None`` where only each row says what it holds."""
        names = self._query.listed
        return None if not names or any(name.endswith("*") for name in names) else list(names)

    def _strategy(
        self, at_most: int | None = None, *, page: int = DEFAULT_PAGE, page_size: int | None = None
    ) -> PagingStrategy:
        """Returns a read of the search from its start.

        Args:
            at_most: rows in all, beside the search's own limit.
            page: rows a page, where the search does not say.
            page_size: rows a page, whatever the search says.
        """
        page_size = next((size for size in (page_size, self._page_size) if size is not None), page)
        bounds = [bound for bound in (at_most, self._limit) if bound is not None]
        return PagingStrategy(self._query, page_size, min(bounds, default=None), self._after)

    def _one_of(self, rows: list[M]) -> M:
        name = self._query.model.__name__
        if not rows:
            raise NotFound(f"No {name} meets the conditions.")
        if len(rows) > 1:
            raise QueryError(f"More than one {name} meets the conditions.", hint="Take .first(), or ask more narrowly.")
        return rows[0]


class Reading(Generic[M, A]):
    """The requests of one read that are under way, each with what gives its answer.

    Args:
        strategy: says what to ask for.
        start: takes a request now, and gives what gives its answer.
        depth: how many requests may be under way.
    """

    def __init__(self, strategy: PagingStrategy, start: Callable[[Request[RawPage[Any]]], A], depth: int) -> None:
        self._strategy = strategy
        self._start = start
        self._depth = depth
        self._pending: deque[tuple[Request[RawPage[Any]], A]] = deque()

    def next(self) -> A | None:
        """Returns what gives the next answer, ``None`` at the end."""
        self._fill()
        if not self._pending:
            return None
        self._asked, page = self._pending.popleft()
        return page

    def take(self, page: RawPage[M]) -> Place[M]:
        """Returns the new rows of the answer, before they are typed; the next request is on its way then."""
        taken, asked = self._strategy.take(page), self._asked
        while len(self._pending) > self._strategy.expected:
            self._pending.pop()
        self._fill()
        return Place(self._strategy, taken, len(taken.rows) - 1, page, asked)

    def refused(self, error: WorkfrontError) -> None:
        """Raises the error, unless the walk goes on another way.

        Raises:
            WorkfrontError: the one given.
        """
        if not self._strategy.refused(error):
            raise error

    def _fill(self) -> None:
        while len(self._pending) < self._depth and (request := self._strategy.ask()) is not None:
            self._pending.append((request, self._start(request)))
