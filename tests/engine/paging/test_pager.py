"""Pagers: every row once, whatever the pages do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.pager_kit import BY_NAME, by_name, ids, pager
from tests.support.query_fixture.models.custom_enum import CustomEnum
from tests.support.query_fixture.models.task import Task
from tests.support.table import Fault, Table, numbered, table_of
from workfront_core.errors import (
    InvalidRequest,
    NotFound,
    PermissionDenied,
    ProtocolError,
    QueryError,
    ServerError,
    Unreachable,
    WorkfrontError,
)
from workfront_core.operations.search import Query
from workfront_core.request.request import Request

# Rows by ID: no order of one's own


def test_rows_come_by_id_each_page_after_the_last_row_of_the_one_before() -> None:
    table = Table(numbered(5))
    assert ids(pager(table, page_size=2)) == ["00", "01", "02", "03", "04"]
    assert table.pages == ["0+2", ">01:2", ">03:2", "count"]
    assert dict(table.asked[-1]) == {}
    assert table.asked[1] == {"ID": "01", "ID_Mod": "gt", "ID_Sort": "asc", "$$FIRST": "0", "$$LIMIT": "2"}


def test_a_page_shorter_than_one_before_is_the_last_once_as_many_rows_are_counted() -> None:
    table = Table(numbered(3))
    assert ids(pager(table, page_size=2)) == ["00", "01", "02"]
    assert table.pages == ["0+2", ">01:2", "count"]


def test_a_row_left_out_of_the_last_page_comes_late() -> None:
    class Forgetful(Table):
        def page(self, params: Mapping[str, str]) -> object:
            rows = super().page(params)
            assert isinstance(rows, list)
            return [row for row in rows if row["ID"] != "03"] if len(self.asked) == 2 else rows

    table = Forgetful(numbered(5))
    assert ids(pager(table, page_size=3)) == ["00", "01", "02", "04", "03"]
    assert table.pages == ["0+3", ">02:3", "count", "count", ">04:3", ">02:3", ">04:3", "count"]


@pytest.mark.parametrize(
    "error",
    [
        InvalidRequest("no count", status=422),
        NotFound("no such path", status=404),
        PermissionDenied("no", status=403),
        ServerError("it broke", status=500),
        ProtocolError("no number"),
    ],
)
def test_a_server_that_cannot_count_proves_a_short_page_by_the_number_of_its_last_row(error: WorkfrontError) -> None:
    class Countless(Table):
        def count(self, params: Mapping[str, str]) -> int:  # noqa: ARG002
            raise error

    table = Countless(numbered(3))
    assert ids(pager(table, page_size=2)) == ["00", "01", "02"]
    assert table.pages == ["0+2", ">01:2", "count", ">01:2"]


@pytest.mark.parametrize("error", [InvalidRequest("no count", status=422), ServerError("it broke", status=500)])
def test_a_count_that_breaks_is_an_error_once_a_short_page_was_not_the_last(error: WorkfrontError) -> None:
    class Countless(Table):
        def count(self, params: Mapping[str, str]) -> int:  # noqa: ARG002
            raise error

    rows = pager(Countless(numbered(9), cap=2), page_size=5)
    if isinstance(error, InvalidRequest):  # it knows no count: then the empty page has to do
        assert ids(rows) == list(numbered(9))
    else:
        with pytest.raises(ServerError):
            list(rows)


def test_what_the_network_does_to_a_count_is_no_proof_and_an_error() -> None:
    class Cut(Table):
        def count(self, params: Mapping[str, str]) -> int:  # noqa: ARG002
            raise Unreachable("gone")

    with pytest.raises(Unreachable):
        list(pager(Cut(numbered(3)), page_size=2))


def test_rows_that_come_and_go_while_the_last_page_is_counted_are_no_error() -> None:
    def comes(number: int) -> None:
        if number == 2:
            table.rows.update(table_of(["05", "15", "25", "99"]))

    def goes(number: int) -> None:
        if number == 2:
            del table.rows["10"], table.rows["30"]

    for change in (comes, goes):
        table = Table(table_of(["10", "20", "30"]))
        table.between = change
        got = ids(pager(table, page_size=2))
        assert got[:3] == ["10", "20", "30"]
        assert set(got) <= {"10", "20", "30", "25", "99"}


def test_rows_inserted_and_deleted_meanwhile_shift_nothing() -> None:
    table = Table(table_of(["10", "20", "30", "40", "50"]))

    def change(number: int) -> None:
        if number == 1:
            table.rows.update(table_of(["05", "35"]))
            del table.rows["10"], table.rows["20"]

    table.between = change
    assert ids(pager(table, page_size=2)) == ["10", "20", "30", "35", "40", "50"]


def test_the_test_on_the_id_joins_conditions_of_ones_own_on_the_id() -> None:
    table = Table(numbered(5))
    list(pager(table, Query(Task, (Task.f.id > "00",)), page_size=2))
    assert table.asked[1]["ID"] == "00"
    assert table.asked[1]["AND:1:ID"] == "02"
    assert table.asked[1]["AND:1:ID_Mod"] == "gt"


def test_the_test_on_the_id_stands_in_every_or_group() -> None:
    request = Query(Task, ((Task.f.name == "x") | (Task.f.percent_complete > 5),)).page(limit=2, after="07")
    groups = {key.rpartition(":")[0] for key, value in request.params if key.endswith("ID") and value == "07"}
    assert groups == {"", "OR:1"}
    assert len([key for key, value in request.params if value == "gt" and key.endswith("ID_Mod")]) == 2


def test_a_condition_that_leaves_no_room_for_that_test_is_read_by_row_number() -> None:
    twice = (Task.f.id.startswith("0") & (Task.f.name == "x")) | (Task.f.id.startswith("1") & (Task.f.name == "y"))
    table = Table(numbered(3))
    assert ids(pager(table, Query(Task, (twice,)), page_size=2)) == ["00", "01", "02"]
    assert table.pages == ["0+2", "2+2", "count"]
    assert len(pager(table, Query(Task, (twice,))).to_list()) == 3
    assert table.pages[3:] == ["0+200", "2+200", "count"]


# A server without that filter


@pytest.mark.parametrize("fault", ["refuses", "ignores", "answers nothing"])
@pytest.mark.parametrize("prefetch", [False, True])
def test_where_the_server_does_not_filter_ids_rows_are_counted_instead(fault: Fault, prefetch: bool) -> None:
    table = Table(numbered(5), fault=fault)
    assert ids(pager(table, page_size=2, prefetch=prefetch)) == ["00", "01", "02", "03", "04"]
    counts = ["count"] if fault == "answers nothing" else []
    assert table.pages[: 4 + len(counts)] == ["0+2", ">01:2", *counts, "2+2", "4+2"]


def test_rows_that_came_before_the_fallback_do_not_come_again() -> None:
    table = Table(table_of(["10", "20", "30", "40"]), fault="ignores")
    table.between = lambda number: table.rows.update(table_of(["05"])) if number == 2 else None
    assert ids(pager(table, page_size=2)) == ["10", "20", "30", "40", "05"]


def test_ids_out_of_order_are_read_by_row_number_from_the_first_page_on() -> None:
    table = Table(table_of(["b", "A", "c"]))  # told apart by case: another order than the server's
    table.fault = "unsorted"
    table.chance.seed(1)
    got = ids(pager(table, page_size=3))
    assert sorted(got) == sorted(set(got))
    assert {short[0] for short in table.pages} <= {"0", "3", "c"}


def test_an_error_of_another_kind_is_no_reason_to_fall_back() -> None:
    def fail(number: int) -> None:
        if number == 1:
            raise ServerError("broken", status=500)

    table = Table(numbered(5), between=fail)
    with pytest.raises(ServerError):
        pager(table, page_size=2).to_list()
    assert len(table.asked) == 1


def test_a_query_the_server_refuses_altogether_stays_refused() -> None:
    def refuse(_number: int) -> None:
        raise InvalidRequest("no such field", status=422)

    with pytest.raises(InvalidRequest):
        pager(Table(numbered(5), between=refuse)).to_list()


def test_a_filter_that_worked_and_stops_working_is_an_error_not_a_repetition() -> None:
    table = Table(numbered(9))

    def break_down(number: int) -> None:
        table.fault = "ignores" if number == 2 else None

    table.between = break_down
    with pytest.raises(ProtocolError, match="stopped"):
        pager(table, page_size=2).to_list()


# Rows by number: an order of one's own


def test_with_an_order_pages_are_told_by_row_numbers_and_ties_by_id() -> None:
    table = Table(numbered(5))
    assert ids(by_name(table, page_size=2)) == ["00", "01", "02", "03", "04"]
    assert table.pages == ["0+2", "2+2", "4+2", "count"]
    assert [key for key in table.asked[0] if key.endswith("_Sort")] == ["name_1_Sort", "ID_2_Sort"]


def test_several_sort_keys_are_numbered_in_their_order() -> None:
    table = Table(numbered(1))
    list(pager(table, Query(Task, order_by=[Task.f.status.desc(), Task.f.name.asc(ignore_case=True)])))
    assert [pair for pair in table.asked[0].items() if pair[0].endswith("_Sort")] == [
        ("status_1_Sort", "desc"),
        ("name_2_Sort", "ciasc"),
        ("ID_3_Sort", "asc"),
    ]


def test_the_order_of_ids_is_not_another_order() -> None:
    table = Table(numbered(3))
    assert ids(pager(table, Query(Task, order_by=[Task.f.id.asc()]), page_size=2)) == ["00", "01", "02"]
    assert table.pages == ["0+2", ">01:2", "count"]


def test_rows_shifted_by_an_insertion_are_dropped() -> None:
    table = Table(table_of(["10", "20", "30", "40"]))
    table.between = lambda number: table.rows.update(table_of(["00"])) if number == 1 else None
    assert ids(by_name(table, page_size=2)) == ["10", "20", "30", "40", "00"]
    assert table.pages == ["0+2", "2+2", "4+2", "count", "5+2", "0+2", "2+2", "4+2", "count"]


def test_a_server_that_repeats_the_same_page_for_ever_is_reported() -> None:
    class Repeating(Table):
        def page(self, params: Any) -> object:
            return super().page({**params, "$$FIRST": "0"})

    table = Repeating(numbered(4))
    with pytest.raises(ProtocolError, match="ignores"):
        by_name(table, page_size=2).to_list()
    assert len(table.asked) < 20


def test_rows_without_an_id_all_count() -> None:
    class Values(Table):
        def page(self, params: Any) -> object:
            return [{"value": "CUR"}] * min(2, 3 - int(params["$$FIRST"]))

    assert len(pager(Values({}), Query(CustomEnum), page_size=2).to_list()) == 3


# Bounds


@pytest.mark.parametrize("order", [[], BY_NAME])
def test_a_limit_asks_for_no_row_too_many(order: Any) -> None:
    table = Table(numbered(10))
    query = Query(Task, order_by=order)
    assert len(pager(table, query, page_size=2, limit=3).to_list()) == 3
    assert [params["$$LIMIT"] for params in table.asked] == ["2", "1"]
    assert pager(table, query, limit=0).to_list() == []
    assert pager(table, query, limit=0).first() is None
    assert len(table.asked) == 2


def test_a_limit_counts_rows_that_are_new() -> None:
    table = Table(table_of(["10", "20", "30", "40", "50"]))
    table.between = lambda number: table.rows.update(table_of(["00"])) if number == 1 else None
    assert len(by_name(table, page_size=2, limit=4).to_list()) == 4


def test_first_asks_for_one_row() -> None:
    table = Table(numbered(10))
    assert getattr(pager(table).first(), "id", None) == "00"
    assert table.pages == ["0+1"]
    assert pager(Table({})).first() is None


def test_one_is_the_only_row() -> None:
    assert pager(Table(numbered(1))).one().id == "00"
    with pytest.raises(NotFound, match="No Task"):
        pager(Table({})).one()
    table = Table(numbered(9))
    with pytest.raises(QueryError, match="More than one Task"):
        pager(table).one()
    assert table.pages == ["0+2"]


def test_a_count_has_the_same_conditions_and_nothing_else() -> None:
    table = Table(numbered(9))
    rows = pager(table, Query(Task, (Task.f.name == "x",), fields=["name"], order_by=BY_NAME), limit=2)
    assert rows.count() == 9
    assert table.asked == [{"name": "x"}]


def test_every_iteration_starts_anew() -> None:
    rows = pager(Table(numbered(3)), page_size=2)
    assert ids(rows) == ids(rows) == ["00", "01", "02"]


def test_pages_are_fetched_only_when_they_are_needed() -> None:
    table = Table(numbered(99))
    rows = iter(pager(table, page_size=10))
    assert [next(rows).id for _ in range(10)][-1] == "09"
    assert len(table.asked) == 1


@pytest.mark.parametrize(
    ("bounds", "message"),
    [({"page_size": 2001}, "1 to 2000"), ({"page_size": 0}, "1 to 2000"), ({"limit": -1}, "negative")],
)
def test_bounds_out_of_range_are_refused_at_once(bounds: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        pager(Table({}), **bounds)


def test_a_query_that_cannot_be_sent_is_refused_where_it_is_written() -> None:
    with pytest.raises(QueryError, match="no opposite"):
        pager(Table({}), Query(Task, (~Task.f.name.like("x"),)))


def test_the_request_of_the_first_page_can_be_looked_at() -> None:
    request = pager(Table({}), Query(Task, (Task.f.name == "x",)), page_size=7).request
    assert isinstance(request, Request)
    assert request.params == (("name", "x"), ("ID_Sort", "asc"), ("$$FIRST", "0"), ("$$LIMIT", "7"))
