"""Servers that give few rows at once, leave rows out, repeat or reorder them: each row once, or an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any, Final, TypeAlias

import pytest

from tests.engine.paging.test_complete_property import all_of
from tests.support.query_fixture.models.task import Task
from tests.support.table import AsyncTable, Row, Table, numbered
from workfront_core.errors import InvalidRequest, ProtocolError
from workfront_core.operations.search import Query

Change: TypeAlias = Callable[[Sequence[Row]], Sequence[Row]]

QUERIES: Final = {
    "by ID": Query(Task),
    "by row": Query(Task, order_by=[Task.f.name.asc()]),
    "map": Query(Task, as_map=True),
}


def without(at: Callable[[int], int]) -> Change:
    """Leaves out the row at a place, but not the only one."""

    def change(rows: Sequence[Row]) -> Sequence[Row]:
        return rows if len(rows) < 2 else [row for number, row in enumerate(rows) if number != at(len(rows))]

    return change


CHANGES: Final[Mapping[str, Change]] = {
    "the first is left out": without(lambda _: 0),
    "one in the middle is left out": without(lambda number: number // 2),
    "the one before the last is left out": without(lambda number: number - 2),
    "the last is left out": without(lambda number: number - 1),
    "backwards": lambda rows: rows[::-1],
    "the first two change places": lambda rows: [*rows[1::-1], *rows[2:]],
    "the first is repeated": lambda rows: [*rows[:-1], *rows[:1]],
}


class Changes(Table):
    """Changes one page, or all of them.

    Attributes:
        change: what it does.
        at: the number of the request, ``None`` for all.
        counts: whether it counts rows.
        is_proof_hit: whether a change reached a request that was to prove that all came.
    """

    change: Change
    at: int | None
    counts: bool
    is_proof_hit: bool

    def count(self, params: Mapping[str, str]) -> int:
        if not self.counts:
            raise InvalidRequest("There is no count.", status=422)
        return super().count(params)

    def page(self, params: Mapping[str, str]) -> object:
        page: Any = super().page(params)
        if self.at not in (None, len(self.asked)):
            return page
        rows = list(page.values()) if isinstance(page, dict) else page
        changed = self.change(rows)
        if changed != rows and (params["$$FIRST"] != "0" or params.get("ID_Sort") == "desc"):
            self.is_proof_hit = True
        return {row["ID"]: row for row in changed} if isinstance(page, dict) else changed


class AsyncChanges(Changes, AsyncTable):
    """The same for the async client."""


@pytest.mark.parametrize("way", ["plain", "ahead", "async"])
@pytest.mark.parametrize("mode", QUERIES)
@pytest.mark.parametrize("change", CHANGES)
def test_each_row_comes_once_or_an_error_whatever_happens_to_the_pages(change: str, mode: str, way: str) -> None:
    """Where a server does not count, what is left out of the very request that is the proof cannot be seen by ID."""
    for number, size, cap, counts, at in product((2, 3, 5, 9), (3, 10), (None, 1, 4), (True, False), (None, 1, 2, 3)):
        table = (AsyncChanges if way == "async" else Changes)(numbered(number), cap=cap)
        table.change, table.at, table.counts, table.is_proof_hit = CHANGES[change], at, counts, False
        try:
            came = all_of(table, QUERIES[mode], size, way)
        except ProtocolError:
            continue
        is_whole = sorted(came) == list(numbered(number))
        assert is_whole or (mode == "by ID" and not counts and table.is_proof_hit), table.pages


@pytest.mark.parametrize("change", CHANGES)
def test_so_it_is_where_one_count_cannot_leave_out_the_rows_of_a_page(
    change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workfront_core.paging.whole_search._MOST_LEFT_OUT", 2)
    test_each_row_comes_once_or_an_error_whatever_happens_to_the_pages(change, "by ID", "plain")


@pytest.mark.parametrize("way", ["plain", "ahead", "async"])
def test_a_row_left_out_before_one_that_comes_alone_comes_late(way: str) -> None:
    for cap, counts, more in product((None, 1), (True, False), (0, 1, 3)):
        table = (AsyncChanges if way == "async" else Changes)(numbered(2 + more), cap=cap)
        table.at, table.counts = 1, counts
        table.change = lambda rows: rows[1:2] or rows
        came = all_of(table, QUERIES["by ID"], 10, way)
        assert sorted(came) == list(numbered(2 + more)), table.pages


@pytest.mark.parametrize("mode", QUERIES)
@pytest.mark.parametrize("number", [0, 1, 2, 3, 9, 10, 11])
@pytest.mark.parametrize("size", [1, 3, 10])
def test_the_proof_costs_one_request_a_search(mode: str, number: int, size: int) -> None:
    table = Table(numbered(number))
    assert sorted(all_of(table, QUERIES[mode], size, "plain")) == list(numbered(number))
    is_full_at_the_end = number % size == 0 and number > 0  # then an empty page is the first sign of the end
    assert len(table.asked) <= max(1, -(-number // size)) + 1 + is_full_at_the_end
