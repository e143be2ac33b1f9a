"""Any server that gives fewer rows than asked for or nothing at all, while rows come and go: never a silent subset."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.query_fixture.models.task import Task
from tests.support.table import AsyncTable, Row, Table
from workfront_core.errors import ProtocolError
from workfront_core.operations.search import Query
from workfront_core.paging._async.pager import AsyncPager
from workfront_core.paging._sync.pager import Pager
from workfront_core.request.request import Request

BY_NAME = [Task.f.name.asc()]
ID = st.text("0123456789ab", min_size=1, max_size=2)
WAYS = st.sampled_from(["plain", "ahead", "async"])


@dataclass(frozen=True)
class Turn:
    """What happens before an answer, and to it.

    Attributes:
        inserted: rows that come.
        deleted: how many of those there are go, from the first on.
        cap: rows it gives at most.
        is_nothing: whether it answers without a list.
    """

    inserted: Sequence[str] = ()
    deleted: int = 0
    cap: int | None = None
    is_nothing: bool = False


@dataclass
class Story:
    """A table that changes from request to request, and who stood there all the time.

    Attributes:
        throughout: rows that were there at every request so far.
        ever: rows that were there at some request.
    """

    table: Table
    turns: list[Turn]
    throughout: set[str] = field(default_factory=set)
    ever: set[str] = field(default_factory=set)
    number: int = 0

    def before(self, _: int) -> None:
        turn = self.turns[self.number] if self.number < len(self.turns) else Turn()
        self.table.cap = turn.cap
        if self.number:  # the first request sees the table as it is
            for row_id in sorted(self.table.rows)[: turn.deleted]:
                del self.table.rows[row_id]
            self.table.rows.update({row_id: row(row_id) for row_id in turn.inserted if row_id not in self.ever})
        there = {*self.table.rows}
        self.throughout = there if not self.number else self.throughout & there
        self.ever |= there
        self.number += 1


def row(row_id: str) -> Row:
    return {"ID": row_id, "name": row_id[-1]}


class Nothing(Table):
    """A table that sometimes answers without a list."""

    story: Story

    def page(self, params: Any) -> object:
        at = self.story.number - 1
        turns = self.story.turns
        return None if at < len(turns) and turns[at].is_nothing else super().page(params)


class AsyncNothing(Nothing, AsyncTable):
    """The same for the async client."""

    async def send(self, request: Request[Any], /) -> Any:
        return await AsyncTable.send(self, request)


def told(ids: set[str], turns: list[Turn], way: str) -> Story:
    table = (AsyncNothing if way == "async" else Nothing)({row_id: row(row_id) for row_id in ids}, shuffled=True)
    story = Story(table, turns)
    table.between = story.before
    table.story = story
    return story


def read(story: Story, order: Sequence[Any], size: int, way: str) -> list[str] | None:
    """The IDs that came, ``None`` where the read ended with an error."""
    query = Query(Task, order_by=order)

    async def run() -> list[str]:
        assert isinstance(story.table, AsyncTable)
        return [str(row.id) async for row in AsyncPager(story.table, query, page_size=size)]

    try:
        if way == "async":
            return asyncio.run(run())
        return [str(row.id) for row in Pager(story.table, query, page_size=size, prefetch=way == "ahead")]
    except ProtocolError:
        return None


def keeps_all(story: Story, ids: list[str] | None) -> None:
    if ids is not None:
        assert len(ids) == len(set(ids))
        assert story.throughout <= set(ids) <= story.ever


class LeavesOut(Table):
    """A table that leaves a row out of some of its pages, though never the last one of a page."""

    drops: frozenset[int] = frozenset()
    lost_at_the_end = False

    def page(self, params: Any) -> object:
        rows = super().page(params)
        assert isinstance(rows, list)
        if len(self.asked) not in self.drops or len(rows) < 2:
            return rows
        whole = super().page({**params, "$$LIMIT": "99"})
        assert isinstance(whole, list)
        self.lost_at_the_end |= len(whole) <= int(params["$$LIMIT"])
        return rows[1:]


@given(
    st.sets(ID, max_size=20),
    st.sets(st.integers(1, 12), max_size=2),
    st.none() | st.integers(2, 5),
    st.integers(1, 6),
    st.none() | st.integers(1, 12),
)
@settings(deadline=None, max_examples=200)
def test_by_id_a_row_left_out_of_a_page_comes_late_unless_nothing_followed(
    ids: set[str], drops: set[int], cap: int | None, size: int, limit: int | None
) -> None:
    table = LeavesOut({row_id: row(row_id) for row_id in ids}, cap=cap)
    table.drops = frozenset(drops)
    try:
        came = [str(found.id) for found in Pager(table, Query(Task), page_size=size, limit=limit)]
    except ProtocolError:
        return
    assert len(came) == len(set(came))
    assert table.lost_at_the_end or len(came) == min(len(ids), len(ids) if limit is None else limit)


CAPS = st.none() | st.integers(1, 4)
NOTHING = st.sampled_from([False] * 9 + [True])


@given(
    st.sets(ID, max_size=12),
    st.lists(st.builds(Turn, st.lists(ID, max_size=2), st.integers(0, 2), CAPS, NOTHING), max_size=12),
    st.integers(1, 5),
    WAYS,
)
@settings(deadline=None, max_examples=150)
def test_by_id_every_row_that_stood_there_throughout_comes_or_an_error(
    ids: set[str], turns: list[Turn], size: int, way: str
) -> None:
    story = told(ids, turns, way)
    keeps_all(story, read(story, [], size, way))


@given(
    st.sets(ID, max_size=12),
    st.lists(st.builds(Turn, st.lists(ID, max_size=2), st.just(0), CAPS, NOTHING), max_size=12),
    st.integers(1, 5),
    WAYS,
)
@settings(deadline=None, max_examples=150)
def test_by_row_number_it_does_while_rows_only_come(ids: set[str], turns: list[Turn], size: int, way: str) -> None:
    story = told(ids, turns, way)
    keeps_all(story, read(story, BY_NAME, size, way))


@given(st.sets(ID, max_size=12), st.integers(1, 5), st.integers(1, 5), st.sampled_from([[], BY_NAME]), WAYS)
@settings(deadline=None, max_examples=60)
def test_a_table_at_rest_is_read_whole_however_few_rows_come_at_once(
    ids: set[str], cap: int, size: int, order: list[Any], way: str
) -> None:
    story = told(ids, [Turn(cap=cap)] * 99, way)
    assert sorted(read(story, order, size, way) or []) == sorted(ids)
