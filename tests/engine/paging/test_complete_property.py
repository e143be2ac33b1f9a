"""Any server that gives fewer rows than asked for or nothing at all, while rows come and go: never a silent subset."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import example, given, settings
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
IGNORES = st.booleans()
"""Whether a server counts all rows where it is to count those beside some."""


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


def told(ids: set[str], turns: list[Turn], way: str, *, ignores: bool = False) -> Story:
    kind = AsyncNothing if way == "async" else Nothing
    table = kind({row_id: row(row_id) for row_id in ids}, shuffled=True, ignores_others=ignores)
    story = Story(table, turns)
    table.between = story.before
    table.story = story
    return story


def all_of(table: Table, query: Query[Task], size: int, way: str, **bounds: Any) -> list[str]:
    """The IDs of the rows of a search, as they came."""

    async def run() -> list[str]:
        assert isinstance(table, AsyncTable)
        return [str(row.id) async for row in AsyncPager(table, query, page_size=size, **bounds)]

    if way == "async":
        return asyncio.run(run())
    return [str(row.id) for row in Pager(table, query, page_size=size, prefetch=way == "ahead", **bounds)]


def read(story: Story, order: Sequence[Any], size: int, way: str) -> list[str] | None:
    """The IDs that came, ``None`` where the read ended with an error."""
    try:
        return all_of(story.table, Query(Task, order_by=order), size, way)
    except ProtocolError:
        return None


def keeps_all(story: Story, ids: list[str] | None) -> None:
    """Every row that stood there throughout came. Where a server gives more rows at once and then fewer, a count takes
    as many that it held back for those that came, if these are deleted in the same moment: no more are missed then.
    """
    if ids is None:
        return
    assert len(ids) == len(set(ids))
    assert set(ids) <= story.ever
    missed, gone = story.throughout - set(ids), set(ids) - {*story.table.rows}
    assert len(missed) <= (len(gone) if len({turn.cap for turn in story.turns}) > 1 else 0)


class LeavesOut(Table):
    """A table that leaves a row out of some of its pages, or one row of all of them.

    Attributes:
        drops: the requests whose pages lack a row, from 1 on, and at which place; one that would show nothing else is
            left in.
        never: the row that no page holds, though it is counted.
    """

    drops: Mapping[int, int] = MappingProxyType({})
    never: str | None = None

    def page(self, params: Any) -> object:
        rows = super().page(params)
        assert isinstance(rows, list)
        is_last_row = params["$$FIRST"] != "0" and "name_1_Sort" not in params  # and what is behind it
        at = self.drops.get(len(self.asked))
        if at is not None and len(rows) > 1 + is_last_row:
            del rows[at % len(rows)]
        return [row for row in rows if row["ID"] != self.never]


class AsyncLeavesOut(LeavesOut, AsyncTable):
    """The same for the async client."""


def leaving_out(ids: set[str], cap: int | None, way: str, *, ignores: bool) -> LeavesOut:
    kind = AsyncLeavesOut if way == "async" else LeavesOut
    return kind({row_id: row(row_id) for row_id in ids}, cap=cap, ignores_others=ignores)


SIZES = st.integers(1, 6)
FEW = st.none() | st.integers(2, 5)


@given(
    st.sets(ID, max_size=20),
    st.integers(1, 12),
    st.integers(0, 5),
    FEW,
    SIZES,
    st.none() | st.integers(1, 12),
    WAYS,
    IGNORES,
)
@settings(deadline=None, max_examples=100)
def test_by_id_a_row_left_out_of_a_page_comes_late(
    ids: set[str], number: int, at: int, cap: int | None, size: int, limit: int | None, way: str, ignores: bool
) -> None:
    table = leaving_out(ids, cap, way, ignores=ignores)
    table.drops = {number: at}
    came = all_of(table, Query(Task), size, way, limit=limit)
    whole = min(len(ids), len(ids) if limit is None else limit)
    assert len(came) == len(set(came))
    assert len(came) == whole


@given(
    st.sets(ID, max_size=20),
    st.dictionaries(st.integers(1, 12), st.integers(0, 5), max_size=4),
    FEW,
    SIZES,
    WAYS,
    IGNORES,
)
@settings(deadline=None, max_examples=100)
def test_by_id_rows_left_out_again_and_again_come_late_or_an_error(
    ids: set[str], drops: dict[int, int], cap: int | None, size: int, way: str, ignores: bool
) -> None:
    table = leaving_out(ids, cap, way, ignores=ignores)
    table.drops = drops
    try:
        came = all_of(table, Query(Task), size, way)
    except ProtocolError:
        return
    assert sorted(came) == sorted(ids)


@given(st.sets(ID, min_size=2, max_size=20), st.data(), FEW, SIZES, st.sampled_from([[], BY_NAME]), WAYS, IGNORES)
@settings(deadline=None, max_examples=100)
def test_a_row_that_is_counted_and_never_comes_is_an_error(
    ids: set[str], data: st.DataObject, cap: int | None, size: int, order: list[Any], way: str, ignores: bool
) -> None:
    table = leaving_out(ids, cap, way, ignores=ignores)
    table.never = data.draw(st.sampled_from(sorted(ids)))
    with pytest.raises(ProtocolError):
        all_of(table, Query(Task, order_by=order), size, way)


CAPS = st.none() | st.integers(1, 4)
SEVERAL = st.none() | st.integers(2, 4)
"""What a server that changes its mind gives at once; one row after several looks like the last one."""
NOTHING = st.sampled_from([False] * 9 + [True])


@given(
    st.sets(ID, max_size=12),
    st.lists(st.builds(Turn, st.lists(ID, max_size=2), st.integers(0, 2), SEVERAL, NOTHING), max_size=12),
    st.integers(1, 5),
    WAYS,
    IGNORES,
)
@settings(deadline=None, max_examples=100)
def test_by_id_every_row_that_stood_there_throughout_comes_or_an_error(
    ids: set[str], turns: list[Turn], size: int, way: str, ignores: bool
) -> None:
    story = told(ids, turns, way, ignores=ignores)
    keeps_all(story, read(story, [], size, way))


@given(
    st.sets(ID, max_size=12),
    st.lists(st.builds(Turn, st.lists(ID, max_size=2), st.integers(0, 2), st.none(), NOTHING), max_size=12),
    st.integers(1, 4),
    st.integers(1, 5),
    WAYS,
    IGNORES,
)
@example({"0", "00", "2", "3"}, [Turn(), Turn(["1"], 1, None, True), Turn((), 2)], 2, 3, "plain", False)
@settings(deadline=None, max_examples=100)
def test_by_id_it_does_where_a_server_gives_so_many_rows_at_once_and_no_more(
    ids: set[str], turns: list[Turn], cap: int, size: int, way: str, ignores: bool
) -> None:
    story = told(ids, [*(replace(turn, cap=cap) for turn in turns), *[Turn(cap=cap)] * 99], way, ignores=ignores)
    keeps_all(story, read(story, [], size, way))


@given(
    st.sets(ID, max_size=12),
    st.lists(st.builds(Turn, st.lists(ID, max_size=2), st.just(0), CAPS, NOTHING), max_size=12),
    st.integers(1, 5),
    WAYS,
)
@settings(deadline=None, max_examples=100)
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
