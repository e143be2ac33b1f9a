"""Cursors: a search that stopped goes on where it stopped, and no other search takes its place."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.table import AsyncTable, Table, numbered, table_of
from workfront_core.errors import QueryError
from workfront_core.operations.search import Query
from workfront_core.paging._async.pager import AsyncPager
from workfront_core.paging._sync.pager import Pager

BY_NAME = [Task.f.name.asc()]
BOTH_WAYS = pytest.mark.parametrize("query", [Query(Task), Query(Task, order_by=BY_NAME)])


def read(table: Table, query: Query[Any], number: int, **bounds: Any) -> tuple[list[str], str]:
    """The first rows of a search, and the cursor after them."""
    rows = Pager(table, query, page_size=4, **bounds)
    ids = [row.id for _, row in zip(range(number), rows, strict=False)]
    assert rows.cursor is not None
    return ids, rows.cursor


def rest(table: Table, query: Query[Any], cursor: str, **bounds: Any) -> list[str]:
    return [row.id for row in Pager(table, query, page_size=4, after=cursor, **bounds)]


@BOTH_WAYS
def test_a_read_goes_on_after_any_row(query: Query[Any]) -> None:
    everything = [row.id for row in Pager(Table(numbered(11)), query)]
    for number in range(1, 12):
        ids, cursor = read(Table(numbered(11)), query, number)
        assert ids + rest(Table(numbered(11)), query, cursor) == everything


def test_a_cursor_is_a_short_text() -> None:
    _, cursor = read(Table(table_of(["4c78821c0000d6fa8d5e52f07a1d54d0"])), Query(Task), 1)
    assert json.loads(json.dumps(cursor)) == cursor
    assert len(cursor) < 80
    assert cursor.isascii()


def test_by_id_nothing_that_came_before_is_asked_for_again() -> None:
    _, cursor = read(Table(numbered(9)), Query(Task), 6)
    table = Table(numbered(9))
    assert rest(table, Query(Task), cursor) == ["06", "07", "08"]
    assert table.pages == [">05:4", "others"]


def test_by_row_number_half_a_page_is_looked_at_again() -> None:
    query = Query(Task, order_by=BY_NAME)
    _, cursor = read(Table(numbered(9)), query, 6)
    table = Table(numbered(9))
    assert rest(table, query, cursor) == ["06", "07", "08"]
    assert table.pages == ["4+4", "8+4", "count"]


@BOTH_WAYS
def test_rows_inserted_or_deleted_before_the_cursor_do_no_harm(query: Query[Any]) -> None:
    rows = table_of(f"{number}0" for number in range(1, 10))
    for row in rows.values():
        row["name"] = row["ID"]
    _, cursor = read(Table(dict(rows)), query, 6)
    inserted = {**rows, "05": {"ID": "05", "name": "05"}}
    assert rest(Table(inserted), query, cursor) == ["70", "80", "90"]
    deleted = {row_id: row for row_id, row in rows.items() if row_id != "10"}
    assert rest(Table(deleted), query, cursor) == ["70", "80", "90"]


def test_where_the_last_row_is_gone_the_row_number_decides() -> None:
    query = Query(Task, order_by=BY_NAME)
    rows = numbered(9)
    _, cursor = read(Table(dict(rows)), query, 6)
    rows["055"] = {**rows.pop("05"), "ID": "055"}
    assert rest(Table(rows), query, cursor) == ["06", "07", "08"]


@pytest.mark.parametrize("fault", ["refuses", "ignores", "answers nothing"])
def test_a_cursor_by_id_is_good_on_a_server_without_that_filter(fault: Any) -> None:
    _, cursor = read(Table(numbered(9)), Query(Task), 6)
    assert rest(Table(numbered(9), fault=fault), Query(Task), cursor) == ["06", "07", "08"]


def test_a_cursor_after_a_fallback_goes_on_by_row_number() -> None:
    _, cursor = read(Table(numbered(9), fault="refuses"), Query(Task), 6)
    table = Table(numbered(9), fault="refuses")
    assert rest(table, Query(Task), cursor) == ["06", "07", "08"]
    assert table.pages[0] == "4+4"


def test_after_the_last_row_only_new_rows_come() -> None:
    _, cursor = read(Table(numbered(5)), Query(Task), 5)
    assert rest(Table(numbered(5)), Query(Task), cursor) == []
    assert rest(Table(numbered(7)), Query(Task), cursor) == ["05", "06"]


def test_a_limit_counts_the_rows_of_this_read() -> None:
    ids, cursor = read(Table(numbered(9)), Query(Task), 3, limit=3)
    assert ids == ["00", "01", "02"]
    assert rest(Table(numbered(9)), Query(Task), cursor, limit=3) == ["03", "04", "05"]


def test_page_size_and_fields_may_change_in_between() -> None:
    _, cursor = read(Table(numbered(9)), Query(Task, fields=["name"]), 5)
    assert rest(Table(numbered(9)), Query(Task, fields=["status"]), cursor)[0] == "05"


@BOTH_WAYS
def test_before_the_first_row_there_is_none_or_the_one_it_began_with(query: Query[Any]) -> None:
    rows = Pager(Table(numbered(3)), query)
    before = rows.cursor
    assert before is None
    assert next(iter(rows)).id == "00"
    after = rows.cursor
    assert after is not None
    assert Pager(Table({}), query, after=after).cursor == after


def test_pages_move_the_cursor_to_their_last_row() -> None:
    rows = Pager(Table(numbered(9)), Query(Task), page_size=4)
    next(iter(rows.pages()))
    assert rows.cursor is not None
    assert rest(Table(numbered(9)), Query(Task), rows.cursor)[0] == "04"


def test_async_cursors_are_the_same() -> None:
    async def run() -> str | None:
        rows = AsyncPager(AsyncTable(numbered(9)), Query(Task), page_size=4)
        async for row in rows:
            if row.id == "05":
                break
        return rows.cursor

    assert asyncio.run(run()) == read(Table(numbered(9)), Query(Task), 6)[1]


def test_after_a_row_that_was_missed_at_first_none_comes_twice() -> None:
    table = LeavesOut(numbered(9))
    ids, cursor = read(table, Query(Task), 9)
    assert ids == ["00", "02", "03", "04", "05", "06", "07", "08", "01"]
    assert rest(Table(numbered(10)), Query(Task), cursor) == ["09"]


class LeavesOut(Table):
    """Leaves a row out of the first page."""

    def page(self, params: Mapping[str, str]) -> object:
        rows = super().page(params)
        assert isinstance(rows, list)
        return [*rows[:1], *rows[2:]] if len(self.asked) == 1 else rows


@pytest.mark.parametrize(
    "other",
    [
        Query(Task, (Task.f.name == "x",)),
        Query(Task, order_by=BY_NAME),
        Query(Task, order_by=[Task.f.name.desc()]),
        Query(Project),
    ],
)
def test_the_cursor_of_another_search_is_refused(other: Query[Any]) -> None:
    _, cursor = read(Table(numbered(3)), Query(Task), 2)
    with pytest.raises(QueryError, match="another search"):
        Pager(Table({}), other, after=cursor)


@pytest.mark.parametrize("text", ["", "nonsense", "1:0123456789abcdef:id:3:", "2:0123456789abcdef:id:3:a", 7])
def test_what_is_no_cursor_is_refused(text: Any) -> None:
    with pytest.raises(QueryError, match="is not a cursor"):
        Pager(Table({}), Query(Task), after=text)
