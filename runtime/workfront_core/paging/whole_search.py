"""Whether a walk by ID gave all rows of its search, by the server's own count. No network here.

The first page that is shorter than asked for may be all that the server gives at once: so the rows beside those are
counted, and none is the end. Beside more than 200, and behind longer pages, all rows are counted, as many as came being
the end. It costs one request a search. Where a count says something else, since rows come and go, or nothing, the walk
proves its end in its own way; and then, where more rows are counted than came, the last of them is asked for by its
number: if it comes, others came meanwhile; if not, the server counts what it never gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, TypeAlias

from workfront_core.errors.kinds import ProtocolError, QueryError, WorkfrontError
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.search import Query
from workfront_core.paging.keyset import NO_PROOF, KeysetPages
from workfront_core.paging.offset import NO_NUMBER, WireRow
from workfront_core.request.request import Request

_MOST_LEFT_OUT: Final = 200
"""IDs that a count may leave out, some 7 kB."""
_MAX_BARREN: Final = 3
"""How often the server may count rows of which it does not give the last one, or any."""

REFUSALS: Final = (*NO_PROOF, QueryError)
"""What an answer may be that proves nothing, be it because the call is too long for the one verb that may be used."""

Question: TypeAlias = Literal["others", "all", "last"]
"""How many rows there are beside those of the only page, how many in all, or which one is the last of so many."""


class WholeSearch:
    """What is known of the number of rows of a search, beside the walk that reads it.

    Args:
        query: the search.
    """

    def __init__(self, query: Query[Any]) -> None:
        self._query = query
        self._question: Question | None = None
        self._refused = set[Question]()
        self._total: int | None = None
        self._tried_after = -1
        self._barren = 0
        self._is_proven = False

    @property
    def is_asked(self) -> bool:
        """Whether an answer is awaited that is about the whole search."""
        return self._question is not None

    def is_due(self, pages: KeysetPages) -> bool:
        """Returns whether something is to be asked before the walk goes on, or after it ended."""
        return not self._is_proven and self._next_question(pages) is not None

    def ask(self, pages: KeysetPages) -> Request[RawPage[Any]]:
        """Returns the question that is due."""
        self._question = self._next_question(pages)
        self._tried_after = pages.came
        if self._question == "others":
            return self._query.count_others(pages.only_page, pages.start_after)
        if self._question == "last":
            return self._query.page(first=(self._total or 1) - 1, limit=1, after=pages.start_after)
        return self._query.count_page(pages.start_after)

    def take(self, page: RawPage[Any], pages: KeysetPages) -> None:
        """Ends the walk where no row is counted that did not come; after its end, has it go on where none came.

        Raises:
            ProtocolError: rows are counted, again and again, and the last of them does not come, or none.
        """
        question, self._question = self._question, None
        if page.count is None:
            self._saw_last(page.rows, pages)
        elif page.count == (0 if question == "others" else pages.came):
            self._is_proven = True
            pages.end()
        elif question == "all" and (pages.done or not pages.only_page):
            self._saw_other_number(page.count, pages)

    def _saw_other_number(self, total: int, pages: KeysetPages) -> None:
        """Has a walk that ended go on where more rows are counted than came, if it can tell which ones came."""
        is_read_again = pages.done and total > pages.came and (not pages.came or pages.remembers_all)
        self._total = None if is_read_again else total
        if is_read_again and not pages.came:
            self._note_barren(total, pages)
        if is_read_again:
            pages.read_again(total)

    def refused(self, error: WorkfrontError, pages: KeysetPages) -> bool:
        """Returns whether the walk goes on without the answer that this error is. Where no row came, and the server
        counts none or knows no count, there is no other proof.
        """
        question = self._question
        if question is None or not isinstance(error, REFUSALS if pages.came else NO_NUMBER):
            return False
        self._question = None
        self._refused.add(question)
        self._is_proven = pages.done
        if question == "all":
            pages.refuse("count")
        return True

    def _next_question(self, pages: KeysetPages) -> Question | None:
        if pages.is_limited:
            return None
        if pages.done:
            return self._question_after(pages)
        proof = pages.due_proof
        if proof is None or self._tried_after == pages.came:
            return None
        is_long = len(pages.only_page) > _MOST_LEFT_OUT
        question: Question = "all" if proof == "count" or is_long else "others"
        return question if question not in self._refused and (question == "all" or self._can_name(pages)) else None

    def _question_after(self, pages: KeysetPages) -> Question | None:
        if self._total is None:
            return None if "all" in self._refused else "all"
        return "last" if self._total > pages.came else None

    def _can_name(self, pages: KeysetPages) -> bool:
        """Returns whether one count may leave out all rows that came."""
        return 0 < len(pages.only_page) <= _MOST_LEFT_OUT and self._query.takes_id

    def _saw_last(self, rows: Sequence[WireRow], pages: KeysetPages) -> None:
        total, self._total = self._total, None
        self._is_proven = bool(rows)
        if not rows:
            self._note_barren(total or 0, pages)

    def _note_barren(self, total: int, pages: KeysetPages) -> None:
        self._barren += 1
        if self._barren == _MAX_BARREN:
            raise ProtocolError(
                f"The server counts {total} rows and gave {pages.came} of them.",
                hint="Rows change all the time, or the server leaves some out: read again.",
            )
