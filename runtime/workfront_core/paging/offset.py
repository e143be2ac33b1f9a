"""Pages told by the number of rows before them. No network here.

A row inserted meanwhile shifts later ones, which then come twice and are dropped here. A row deleted meanwhile shifts
them the other way: the one that slips over the edge of a page is missed.

A page shorter than asked for may be the last one, or the server gives fewer rows than one asks for, or left some out.
So the rows that came are compared with the server's count, once; where it counts more, reading goes on, and where
nothing more comes the search is read again for what was missed. Where it cannot count, the number of the first row that
is not there tells how many there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from workfront_core.errors.kinds import Gone, InvalidRequest, NotFound, PermissionDenied, ProtocolError, WorkfrontError
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import Query
from workfront_core.paging.id_set import CompactIdSet
from workfront_core.request.request import Request

_MAX_STALE_PAGES: Final = 10
_MAX_PASSES: Final = 10
_MAX_BARREN: Final = 3
"""How often the server may count rows that a pass did not bring: they come and go between a page and a count."""
NO_COUNT: Final = (InvalidRequest, NotFound, Gone, PermissionDenied)
"""What a server answers that cannot count this."""
NO_NUMBER: Final = (*NO_COUNT, ProtocolError)
"""What it answers that gives no number, as stand-ins do that say the same to everything."""

WireRow = Mapping[str, object]


class NewRows(NamedTuple):
    """The rows of a page that did not come before, and each one's number in the search, from 1 on.

    ``after`` is the ID to go on after, where rows that were missed at first come behind it.
    """

    rows: Sequence[WireRow]
    numbers: Sequence[int]
    after: str | None = None


class RequestedPage(NamedTuple):
    """A page on its way: the number of rows before it, and how many were asked for."""

    first: int
    wanted: int


def within(rows: Sequence[WireRow], wanted: int) -> Sequence[WireRow]:
    """Returns the rows of a page that were asked for.

    A row too many need not be the next one: it comes again in its place. A server that gives twice as many pays no
    attention to ``$$LIMIT``, and all of them count.
    """
    return rows[:wanted] if wanted < len(rows) < 2 * wanted else rows


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
        follows_full: whether the latest of them came in a page as large as was asked for.
        seems_dry: whether an answer that is not quite believed says that no more rows follow; then they are counted.
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
        follows_full: bool = False,
        seems_dry: bool = False,
    ) -> None:
        self._query = query
        self._page_size = page_size
        self._left = limit
        self._anchor = anchor
        self._knows_all = query.has_id and (start == 0 or anchor is None)
        self._again = min(start, page_size // 2) if anchor else 0
        self._first = start - self._again
        self._asked: deque[RequestedPage] = deque()
        self._seen = CompactIdSet()
        self._came = start
        self._last = start
        self._end = _End()
        self._end.wants_count = seems_dry
        self._full, self._ended = follows_full, False
        self._stale = 0
        self._before: Sequence[WireRow] | None = None
        self._seen.add_all(list(known))

    @property
    def done(self) -> bool:
        """Whether no page is worth asking for any more."""
        return self._ended or self._left == 0

    @property
    def expected(self) -> int:
        """Answers that are still waited for; later ones are of no use any more."""
        return 0 if self.done else len(self._asked) + self._end.is_counting

    def ask(self) -> Request[RawPage[Any]] | None:
        """Returns the next request that can be known now. One page ahead of the answers, once a page came full."""
        if self.done or self._end.is_counting or len(self._asked) > self._full:
            return None
        if self._end.wants_count:
            self._end.is_counting = True
            return self._query.count_page()
        wanted = self._wanted()
        if wanted == 0:
            return None
        asked = RequestedPage(self._first, wanted)
        self._asked.append(asked)
        self._first += wanted
        return self._query.page(first=asked.first, limit=wanted)

    def take(self, page: RawPage[Any]) -> NewRows:
        """Returns the new rows of the answer to the oldest request.

        Raises:
            ProtocolError: the server counts rows that it does not give, or gives the same ones again.
        """
        if page.count is not None:
            self._counted(page.count)
            return NewRows((), ())
        asked = self._asked.popleft()
        rows = within(page.rows, asked.wanted)
        start = self._known_rows(rows)
        new = self._seen.add_all([row.get("ID") for row in rows[start:]])
        fresh = [start + at for at in new] if start else new
        self._end.has_repeats |= start + len(fresh) < len(rows)
        if self._left is not None:
            fresh = fresh[: self._left]
            self._left -= len(fresh)
        self._came += len(fresh)
        is_repeated = self._is_repeated(rows)
        if is_repeated:
            self._refuse_same_rows(rows)
        self._move(asked, len(rows), 0 if is_repeated else len(fresh))
        new_rows = rows if len(fresh) == len(rows) else [rows[at] for at in fresh]
        return NewRows(new_rows, self._numbers(asked, fresh))

    def refused(self, error: WorkfrontError) -> bool:
        """Returns whether reading goes on after this error: the server cannot count these rows."""
        if not (self._end.is_counting and isinstance(error, NO_COUNT if self._came else NO_NUMBER)):
            return False
        self._counted(None)
        return True

    def _wanted(self) -> int:
        if self._left is None:
            return self._page_size
        return max(0, min(self._page_size, self._left + self._again - sum(asked.wanted for asked in self._asked)))

    def _known_rows(self, rows: Sequence[WireRow]) -> int:
        """Returns how many rows at the start of a resumed read came before: those up to the anchor, wherever it stands
        now.
        """
        if not self._again:
            return 0
        ids = [row.get("ID") for row in rows]
        known = ids.index(self._anchor) + 1 if self._anchor in ids else min(self._again, len(rows))
        self._again = 0
        self._seen.add_all(ids[:known])
        return known

    def _is_repeated(self, rows: Sequence[WireRow]) -> bool:
        """Returns whether a page is the one before it once more, or its beginning, of rows that no ID tells apart."""
        before, self._before = self._before, rows if rows and rows[0].get("ID") is None else None
        return bool(before and rows) and before is not None and list(before[: len(rows)]) == list(rows)

    def _refuse_same_rows(self, rows: Sequence[WireRow]) -> None:
        """Refuses a page that repeats the one before, unless all its rows are the same anyway."""
        if any(row != rows[0] for row in rows):
            raise ProtocolError(
                f"The server gave the same {len(rows)} rows again, and no ID tells whether others were due.",
                hint="Ask for a field that tells the rows apart, or for another page_size=.",
            )

    def _move(self, asked: RequestedPage, number: int, fresh: int) -> None:
        """Goes behind the rows of a page; a page of another size than asked for makes those asked for ahead useless."""
        follows_full, self._full = self._full, number >= asked.wanted
        if number != asked.wanted:
            self._asked.clear()
            self._first = asked.first + number
        self._end.fresh += fresh
        self._refuse_no_progress(asked, fresh)
        if not self._full:
            self._end.saw_short_page(number, came=self._came, follows_full=follows_full)
            if self._end.is_dry:
                self._end.place = asked.first
                if not self._end.wants_count:
                    self._finish()

    def _counted(self, total: int | None) -> None:
        """Ends where as many rows came as there are now; an older count says nothing of the end."""
        self._end.counted(total)
        if self._end.is_dry:
            self._finish()
        else:
            self._ended = total == self._came

    def _finish(self) -> None:
        """Ends when nothing more comes, or reads again for what was missed."""
        if not self._end.is_missing(self._came):
            self._ended = True
        elif self._knows_all:
            self._read_again()
        elif self._query.has_id:
            self._ended = True
        else:
            raise self._missing()

    def _read_again(self) -> None:
        self._end.end_pass()
        if self._end.passes == _MAX_PASSES or self._end.barren == _MAX_BARREN:
            raise self._missing()
        self._first = 0
        self._end.begin_pass()

    def _missing(self) -> ProtocolError:
        return ProtocolError(
            f"The server {self._end.said} rows and gave {self._came} of them.",
            hint="Rows change all the time, or the server leaves some out; without order_by= rows are read by ID.",
        )

    def _numbers(self, asked: RequestedPage, fresh: Sequence[int]) -> Sequence[int]:
        """Returns the place of each new row; those that were missed at first count as the last ones of the pass
        before.
        """
        if self._end.passes:
            return [self._last] * len(fresh)
        self._last = asked.first + fresh[-1] + 1 if fresh else self._last
        return [asked.first + at + 1 for at in fresh]

    def _refuse_no_progress(self, asked: RequestedPage, fresh: int) -> None:
        if self._end.passes and asked.first <= self._came:
            return
        self._stale = 0 if fresh else self._stale + 1
        if self._stale == _MAX_STALE_PAGES:
            raise ProtocolError(f"{_MAX_STALE_PAGES} pages in a row brought no new row; the server ignores $$FIRST.")


class _End:
    """What is known of the end of a read.

    Attributes:
        total: rows that the server counts, ``None`` before it was asked or where it cannot say.
        place: rows before the latest empty page.
        wants_count: whether its count is needed now.
        is_counting: whether it was asked for it.
        has_repeats: whether rows came twice.
        is_dry: whether the latest page was empty.
        passes: how often the search was begun again.
        fresh: new rows since then.
        barren: passes in a row that brought nothing.
    """

    def __init__(self) -> None:
        self.total: int | None = None
        self.place = 0
        self.wants_count = self.is_counting = self.has_repeats = self.is_dry = self._is_asked = False
        self.passes = self.fresh = self.barren = 0

    def saw_short_page(self, number: int, *, came: int, follows_full: bool) -> None:
        """Asks for the count after a page shorter than asked for; after an empty one where no row came, where it is the
        first that was short, or something was odd before.
        """
        self.is_dry = number == 0
        is_odd = number > 0 or self.has_repeats or follows_full
        self.wants_count = not self._is_asked and (is_odd or came == 0)

    def counted(self, total: int | None) -> None:
        self.total = total
        self._is_asked = True
        self.wants_count = self.is_counting = False

    def is_missing(self, came: int) -> bool:
        """Returns whether the server has more rows than came, by its count or by where they ended."""
        return (self.place if self.total is None else self.total) > came

    @property
    def said(self) -> str:
        """How many rows the server has, in its way of saying so."""
        return f"has {self.place}" if self.total is None else f"counts {self.total}"

    def end_pass(self) -> None:
        self.barren = self.barren + 1 if self.passes and not self.fresh else 0

    def begin_pass(self) -> None:
        self.passes += 1
        self.fresh = 0
        self._is_asked = self.is_dry = False
