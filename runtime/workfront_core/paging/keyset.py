"""Pages told by the last ID before them. No network here.

Rows come in the order of their IDs, and each page asks for IDs greater than the last: rows inserted or deleted
meanwhile shift nothing, and nothing has to be remembered. A page shorter than asked for may be all that the server
gives at once, or lack rows. Where its count of the whole search (``whole_search``) does not say that all came, the last
row of the page is asked for by its number among those the page begins with: that row and none behind it prove the end.
One row alone is asked for from the last one on, with room for others: whoever gives one row at once, or left one out,
gives another one then. Where a longer page came before, the server counts the rows from its first on instead: as many
as it held prove the end, whatever the server gives at once. An empty page after a full one is the first sign of the
end, and what follows is counted. Where this says something else, or nothing, the end is an empty page; and where there
are more rows than came, the short pages are read again, since rows may lack in the middle.
That the API filters IDs so is inferred (docs/protocol.md 7.4), so every answer is checked before it is believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from workfront_core.errors.kinds import InvalidRequest, ProtocolError, ServerError, WorkfrontError
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import Query
from workfront_core.paging.offset import NO_COUNT, NewRows, OffsetPages, WireRow, within
from workfront_core.paging.short_pages import ShortPages
from workfront_core.request.request import Request

_MAX_DENIALS: Final = 10
"""How often rows may be counted that do not come."""
_ID_OF: Final = itemgetter("ID")

NO_PROOF: Final = (*NO_COUNT, ProtocolError, ServerError)
"""What a server answers whose proof of a short page is none; as long as nothing is odd, an empty page is one."""

Proof: TypeAlias = Literal["count", "last row", "backwards"]
"""What proves that all rows came: their number, that none stands behind the last one, which has its number, or that the
only one is both the first and the last.
"""
ProvenRows: TypeAlias = Literal["a short page", "what follows", "all"]
"""What a proof is asked for: the rows from the first one of a short page on, those after the last row, or those from
the first short page on.
"""
_PROOFS: Final[Sequence[Proof]] = ("count", "last row")


class RowsFrom(NamedTuple):
    """The rows that a proof is about: those that came after an ID, and how many came before."""

    after: str | None
    before: int


class KeysetPages:
    """Walks a search by IDs.

    Args:
        query: the search.
        page_size: rows a page.
        limit: rows in all, ``None`` for every row.
        start: rows that came before.
        after: the ID of the last of them.
        counts: whether the end is believed only where the server counts no more rows than came; a sync, which finds
            later what it missed, takes an empty page for it.
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
        self._number, self._after = start, after
        self._search = RowsFrom(after, start)
        self._counts = counts
        self._short_pages = ShortPages()
        self._largest = 0
        self._remembered: Sequence[object] = ()
        self._only_page: Sequence[str] = ()
        self._wanted = 0
        self._proven = self._is_short = self._ended = False
        self._proof: Proof | None = None
        self._no_proofs = set[Proof]()
        self._proven_rows: ProvenRows = "what follows"
        self._rows_from = self._search
        self._denials = 0

    @property
    def done(self) -> bool:
        """Whether no page is worth asking for any more."""
        return self._ended or self._left == 0

    @property
    def unfiltered(self) -> bool:
        """Whether what is asked for begins with the first row, and needs no filter on the ID."""
        return (self._rows_from.after if self._proof else self._after) is None

    @property
    def is_limited(self) -> bool:
        """Whether as many rows came as were wanted, so that those behind them do not matter."""
        return self._left == 0

    @property
    def came(self) -> int:
        """How many rows came."""
        return self._number - self._search.before

    @property
    def start_after(self) -> str | None:
        """The ID of the last row before the first one that came."""
        return self._search.after

    @property
    def due_proof(self) -> Proof | None:
        """What is to prove next that the latest page is the last one, where nothing was odd or refused before."""
        is_odd = self._short_pages.is_odd or self._no_proofs or self._proven_rows == "all"
        return None if self._wanted or is_odd else self._proof

    @property
    def only_page(self) -> Sequence[str]:
        """The IDs of the rows that came, where one short page held them all; else none."""
        return self._only_page

    def end(self) -> None:
        """Ends the walk: all rows came."""
        self._ended, self._proof = True, None

    def refuse(self, proof: Proof) -> None:
        """Takes note that the server refused a proof that was to be asked for next."""
        if self._proof == proof:
            self.unproven()

    @property
    def remembers_all(self) -> bool:
        """Whether it knows of every row whether it came, since the first page was a short one."""
        return self._short_pages.is_any and self._short_pages.first == self._search

    def read_again(self, total: int) -> None:
        """Goes on though it had ended: from the first row where none came, else with a second look at its pages.

        Raises:
            ProtocolError: several looks brought nothing.
        """
        self._ended = False
        if self.came:
            self._short_pages.look_again(f"counts {total} rows", self.came)

    @property
    def expected(self) -> int:
        """Answers that are still waited for."""
        return 0 if self.done else int(self._wanted > 0)

    def ask(self) -> Request[RawPage[Any]] | None:
        """Returns the next request, ``None`` while an answer is awaited."""
        if self.done or self._wanted:
            return None
        self._wanted = self._page_size
        if self._left is not None and not self._short_pages.due:  # of a second look most rows came before
            self._wanted = min(self._page_size, self._left)
        if self._proof == "count":
            return self._query.count_page(self._rows_from.after)
        if self._proof == "backwards":
            return self._query.page_backwards(limit=self._page_size, after=self._rows_from.after)
        if self._proof == "last row":
            first = self._came - self._has_pages
            return self._query.page(first=first, limit=self._page_size, after=self._rows_from.after)
        return self._query.page(limit=self._wanted, after=self._behind)

    def fits(self, rows: Sequence[WireRow]) -> bool:
        """Returns whether the rows are what was asked for: IDs that ascend, from the last one on.

        Nothing at all is not believed of a filter that has not shown yet that it works, but for after a short page
        behind which no row is known.
        """
        if self._proof:
            return True
        if not rows:
            return self._after is None or self._proven or (self._is_short and not self._short_pages.is_odd)
        try:
            ids: list[Any] = list(map(_ID_OF, rows))
        except KeyError:
            return False
        return set(map(type, ids)) == {str} and self._ascend(ids)

    def take(self, rows: Sequence[WireRow]) -> NewRows:
        """Returns the rows of an answer that fits. Where it holds fewer than it might, a proof is asked for, once.

        Raises:
            ProtocolError: there are rows that do not come.
        """
        if self._proof:
            saw = self._saw_backwards if self._proof == "backwards" else self._saw_last_row
            saw([row.get("ID") for row in rows])
            return NewRows((), ())
        rows = within(rows, self._wanted)
        if self._short_pages.due:
            self._wanted = 0
            missed = self._short_pages.missed(rows)
            self._denials = 0 if missed else self._denials
            return self._given(missed, after=self._after)
        self._proven = self._proven or self._after is not None
        self._remembered = () if self._proven else [row["ID"] for row in rows]
        if not rows:
            self._look_for_more()
        self._note_short_page(rows)
        self._wanted = 0
        page = RowsFrom(self._after, self._number)
        taken = self._given(rows)
        if taken.rows:
            self._after = str(taken.rows[-1]["ID"])
            self._denials = 0
            if self._counts and self._is_short and not self._short_pages.is_odd:
                self._only_page = [str(row["ID"]) for row in taken.rows] if self.came == len(taken.rows) else ()
                self._ask_proof("a short page", page, self._proof_of(len(rows)))
        return taken

    def counted(self, total: int) -> None:
        """Ends where the server counts no row that did not come, and did not refuse a better proof.

        Else the page after the last row is asked for, and short pages before it are read again where they may lack
        rows.

        Raises:
            ProtocolError: rows are counted that do not come.
        """
        self._end_proof()
        if self._proven_rows == "a short page":
            self._ended = total == self._came and "last row" not in self._no_proofs
            ignores_id = total == self._number  # then it counted all rows, and the empty page has to do
            self._short_pages.is_odd = total > self._came and not ignores_id
        elif self._proven_rows == "what follows":
            if not total:
                self._finish()
        elif total <= self._came:
            self._ended = True
        else:
            self._short_pages.look_again(f"counts {total} rows", self._came)

    def unproven(self) -> None:
        """Goes on where the server refused a proof: asks for another one, or for the page after the last row.

        Raises:
            ProtocolError: pages lacked rows, and nobody can say whether all came late.
        """
        refused = self._end_proof()
        self._no_proofs.add(refused)
        if self._proven_rows == "what follows":
            self._finish()
        elif refused != "backwards" and not self._no_proofs >= {*_PROOFS}:
            self._proof = next(proof for proof in _PROOFS if proof not in self._no_proofs)
        elif self._proven_rows == "all":
            raise ProtocolError(
                "Pages came short, and the server neither counts the rows nor skips any, so whether all came is open.",
                hint=f"Read with page_size={self._largest}, which it gives at once.",
            )

    @property
    def _came(self) -> int:
        """How many of the rows came that the proof is about."""
        return self._number - self._rows_from.before

    def _proof_of(self, number: int) -> Proof:
        """Returns what proves that a page of so many rows, fewer than were asked for, is the last one."""
        if number < self._largest:
            return "count"
        return "last row" if self._has_pages else "backwards"

    @property
    def _has_pages(self) -> bool:
        """Whether the server gives more than one row at once, so that one alone is the last one."""
        return self._largest > 1

    def _saw_last_row(self, ids: list[object]) -> None:
        """Ends where the last row has its number and none is behind it; reads on or again where it is another one."""
        self._end_proof()
        is_last = ids == ([self._after] if self._has_pages else [])
        if is_last or (self._proven_rows == "all" and not ids):
            self._ended = True
        elif self._proven_rows == "a short page":
            self._short_pages.is_odd = bool(ids)
        else:
            self._short_pages.look_again("has more rows", self._came)

    def _saw_backwards(self, ids: list[object]) -> None:
        """Ends where the only row came again and no other one; where another did, the page is read again at the end."""
        self._end_proof()
        self._ended = ids == [self._after]
        self._short_pages.is_odd = not {*ids} <= {self._after}

    def _end_proof(self) -> Proof:
        self._wanted = 0
        ended, self._proof = self._proof or "count", None
        return ended

    def _ask_proof(self, proven_rows: ProvenRows, rows: RowsFrom, proof: Proof = "count") -> None:
        self._proven_rows, self._rows_from = proven_rows, rows
        self._proof = proof
        if proof in self._no_proofs:
            self.unproven()

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
        if self._counts and (self._is_short or self._short_pages.is_any):
            self._short_pages.remember(self._after, rows, before=self._number)

    def _finish(self) -> None:
        """Ends, but where rows may lack in short pages: then the shorter ones are read again, and all rows counted."""
        self._ended = not (self._counts and self._short_pages.is_odd)
        if not self._ended and not self._short_pages.look_at_shorter(self._largest):
            self._ask_proof("all", RowsFrom(*self._short_pages.first))

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
            self._ask_proof("what follows", RowsFrom(self._after, self._number))

    def refuses_proof(self, error: WorkfrontError) -> bool:
        """Returns whether the error is the answer to a proof that is not needed, or that another one stands in for."""
        return self._proof is not None and isinstance(
            error, NO_PROOF if self._proven_rows == "a short page" else NO_COUNT
        )

    def given_up(self, *, seems_dry: bool = False) -> OffsetPages:
        """Returns the way on without the filter: from the first row on, or from where this walk stands.

        Args:
            seems_dry: whether no row follows by the filter, which has not shown yet that it works.

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
            follows_full=bool(self._remembered) and (self._short_pages.is_odd or not self._is_short),
            seems_dry=seems_dry,
        )

    def gives_up(self, error: WorkfrontError) -> bool:
        """Returns whether the error may mean that the server does not know this filter."""
        return isinstance(error, InvalidRequest) and self._after is not None and not self._proven

    def _ascend(self, ids: list[str]) -> bool:
        return (self._behind is None or ids[0] > self._behind) and ids == sorted(set(ids))
