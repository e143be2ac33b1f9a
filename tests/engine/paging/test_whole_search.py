"""The server's own count of a search, by which a walk by ID proves that all rows came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import pytest

from tests.support.pager_kit import by_name, ids, pager
from tests.support.table import Table, numbered, table_of
from workfront_core.errors import ProtocolError, QueryError, ServerError
from workfront_core.paging._sync.pager import Pager
from workfront_core.request.request import Request


@pytest.mark.parametrize("number", [1, 3, 99])
def test_one_page_shorter_than_asked_for_is_all_once_no_others_are_counted(number: int) -> None:
    table = Table(numbered(number))
    assert ids(pager(table)) == list(numbered(number))
    assert table.pages == ["0+200", "others"]
    assert table.asked[-1] == {"ID": ",".join(numbered(number)), "ID_Mod": "notin"}


def test_where_others_cannot_be_counted_the_last_row_has_to_stand_where_it_should_and_all_are_counted() -> None:
    table = Table(numbered(3), ignores_others=True)
    assert ids(pager(table)) == ["00", "01", "02"]
    assert table.pages == ["0+200", "others", "2+200", "count"]


def test_where_others_cannot_be_counted_one_row_alone_has_to_be_the_last_too() -> None:
    table = Table(numbered(1), ignores_others=True)
    assert ids(pager(table)) == ["00"]
    assert table.pages == ["0+200", "others", "<:200", "count"]


def test_more_rows_than_one_count_may_leave_out_are_proven_by_their_number() -> None:
    table = Table(numbered(201))
    assert len(ids(pager(table, page_size=2000))) == 201
    assert table.pages == ["0+2000", "count"]


def test_where_their_number_is_another_one_the_last_row_has_to_stand_where_it_should() -> None:
    table = Table(numbered(250), cap=201)
    assert len(ids(pager(table, page_size=2000))) == 250
    assert table.pages[:3] == ["0+2000", "count", "200+2000"]


def test_a_call_too_long_for_the_verb_that_may_be_used_is_proven_another_way() -> None:
    class Short(Table):
        def count(self, params: Mapping[str, str]) -> int:
            if "ID" in params:
                raise QueryError("This GET makes a URL of 9000 bytes, and 8000 travel in a GET.")
            return super().count(params)

    table = Short(numbered(3))
    assert ids(pager(table)) == ["00", "01", "02"]
    assert table.pages == ["0+200", "others", "2+200", "count"]


def test_where_nothing_came_nothing_is_there_once_it_is_counted() -> None:
    for rows in (pager, by_name):
        table = Table({})
        assert rows(table).to_list() == []
        assert table.pages == ["0+200", "count"]


def test_a_last_page_that_is_full_costs_an_empty_one_and_a_count_of_all() -> None:
    table = Table(numbered(6))
    assert [len(page) for page in pager(table, page_size=2).pages()] == [2, 2, 2]
    assert table.pages == ["0+2", ">01:2", ">03:2", ">05:2", "count"]
    assert dict(table.asked[-1]) == {}


def test_rows_that_come_behind_the_reader_cost_the_end_of_a_walk_two_requests_more() -> None:
    table = Table(table_of(["10", "20", "30", "40"]))
    table.between = lambda number: table.rows.update(table_of(["05"])) if number == 1 else None
    assert ids(pager(table, page_size=2)) == ["10", "20", "30", "40"]
    assert table.pages == ["0+2", ">20:2", ">40:2", "count", "count", "4+1"]


def test_a_server_that_counts_all_rows_whatever_the_id_proves_all_of_them_alone() -> None:
    class CountsAll(Table):
        def count(self, params: Mapping[str, str]) -> int:  # noqa: ARG002
            return len(self.rows)

    table = CountsAll(numbered(3))
    assert ids(pager(table, page_size=2)) == ["00", "01", "02"]
    assert table.pages == ["0+2", ">01:2", "count"]


def test_a_row_that_no_page_holds_is_an_error_behind_full_pages_too() -> None:
    class Hides(Table):
        def page(self, params: Mapping[str, str]) -> object:
            hidden, self.rows = self.rows, {row_id: row for row_id, row in self.rows.items() if row_id != "01"}
            try:
                return super().page(params)
            finally:
                self.rows = hidden

    for number, size in product((2, 3, 7, 9), (2, 3, 200)):
        for rows in (pager, by_name):
            with pytest.raises(ProtocolError, match=f"counts {number} rows and gave {number - 1}"):
                rows(Hides(numbered(number)), page_size=size).to_list()


@pytest.mark.parametrize("rows", [pager, by_name])
def test_where_nothing_came_and_no_number_is_answered_that_is_believed(rows: Callable[..., Pager[Any]]) -> None:
    class SaysTheSame(Table):
        def send(self, request: Request[Any], /) -> Any:
            return request.parse([])

    assert rows(SaysTheSame({})).to_list() == []
    with pytest.raises(ServerError):
        rows(Table({}, between=lambda number: fails() if number else None)).to_list()


def fails() -> None:
    raise ServerError("it broke", status=500)
