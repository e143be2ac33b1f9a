"""Any table, any page size, rows coming and going between pages: what every read keeps to."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.query_fixture.models.task import Task
from tests.support.table import AsyncTable, Fault, Row, Table
from workfront_core.operations.search import Query
from workfront_core.paging._async.pager import AsyncPager
from workfront_core.paging._sync.pager import Pager
from workfront_core.query.order import Order

BY_NAME = [Task.f.name.asc()]
FAULTS: list[Fault | None] = [None, "refuses", "ignores", "answers nothing"]
IDS = st.sets(st.text("0123456789abcdef", min_size=1, max_size=3), max_size=30)
SIZES = st.integers(1, 7)
SEEDS = st.integers(0, 1 << 30)
ORDERS = st.sampled_from([[], BY_NAME])


def rows_of(ids: set[str], chance: random.Random) -> dict[str, Row]:
    """Rows with few different names, so that many tie."""
    return {row_id: {"ID": row_id, "name": chance.choice("abc")} for row_id in ids}


def read(table: Table, order: list[Order[Task]], size: int, way: str, **bounds: Any) -> list[str]:
    query = Query(Task, order_by=order)
    if way != "async":
        return [str(row.id) for row in Pager(table, query, page_size=size, prefetch=way == "ahead", **bounds)]

    async def run() -> list[str]:
        rows = AsyncPager(AsyncTable(**vars(table)), query, page_size=size, **bounds)
        return [str(row.id) async for row in rows]

    return asyncio.run(run())


WAYS = st.sampled_from(["plain", "ahead", "async"])


@given(IDS, SIZES, SEEDS, ORDERS, WAYS, st.sampled_from(FAULTS))
@settings(deadline=None)
def test_a_table_at_rest_is_read_whole_in_order(
    ids: set[str], size: int, seed: int, order: list[Order[Task]], way: str, fault: Fault | None
) -> None:
    table = Table(rows_of(ids, random.Random(seed)), fault=fault, shuffled=True)
    expected = sorted(table.rows, key=lambda row_id: (table.rows[row_id]["name"] if order else "", row_id))
    assert read(table, order, size, way) == expected
    assert read(table, order, size, way, limit=5) == expected[:5]


@given(IDS, IDS, SIZES, SEEDS, ORDERS, WAYS, st.sampled_from(FAULTS))
@settings(deadline=None)
def test_while_rows_are_inserted_no_row_comes_twice_and_none_that_was_there_is_missed(
    ids: set[str], later: set[str], size: int, seed: int, order: list[Order[Task]], way: str, fault: Fault | None
) -> None:
    chance = random.Random(seed)
    table = Table(rows_of(ids, chance), fault=fault, shuffled=True)
    coming = sorted(later - ids)

    def insert(number: int) -> None:
        for _ in range(chance.randrange(4)):
            if coming and number:
                table.rows.update(rows_of({coming.pop(chance.randrange(len(coming)))}, chance))

    table.between = insert
    got = read(table, order, size, way)
    assert len(got) == len(set(got))
    assert ids <= set(got)


@given(IDS, SIZES, SEEDS, WAYS)
@settings(deadline=None)
def test_by_id_rows_may_come_and_go(ids: set[str], size: int, seed: int, way: str) -> None:
    chance = random.Random(seed)
    table = Table(rows_of(ids, chance), shuffled=True)
    gone: set[str] = set()

    def change(number: int) -> None:
        for row_id in chance.sample(sorted(table.rows), min(3, len(table.rows)) if number else 0):
            gone.add(row_id)
            del table.rows[row_id]
        if number:
            table.rows.update(rows_of({f"{chance.randrange(4096):03x}"}, chance))

    table.between = change
    got = read(table, [], size, way)
    assert len(got) == len(set(got))
    assert ids - gone <= set(got)


@given(IDS, SIZES, SEEDS, ORDERS, WAYS)
@settings(deadline=None)
def test_whatever_changes_no_row_comes_twice(
    ids: set[str], size: int, seed: int, order: list[Order[Task]], way: str
) -> None:
    chance = random.Random(seed)
    table = Table(rows_of(ids, chance), shuffled=True)

    def change(number: int) -> None:
        for row_id in chance.sample(sorted(table.rows), min(2, len(table.rows)) if number else 0):
            if chance.random() < 0.5:
                table.rows[row_id]["name"] = chance.choice("abc")  # moves within the order
            else:
                del table.rows[row_id]

    table.between = change
    got = read(table, order, size, way)
    assert len(got) == len(set(got))


@given(IDS, SIZES, SIZES, SEEDS, ORDERS, st.sampled_from(FAULTS), st.integers(0, 30))
@settings(deadline=None)
def test_an_interrupted_read_goes_on_exactly(
    ids: set[str],
    size: int,
    other: int,
    seed: int,
    order: list[Order[Task]],
    fault: Fault | None,
    stop: int,
) -> None:
    table = Table(rows_of(ids, random.Random(seed)), fault=fault, shuffled=True)
    query = Query(Task, order_by=order)
    rows = Pager(table, query, page_size=size)
    got = [row.id for _, row in zip(range(stop), rows, strict=False)]
    assert got + [row.id for row in Pager(table, query, page_size=other, after=rows.cursor)] == read(
        table, order, 7, "plain"
    )
