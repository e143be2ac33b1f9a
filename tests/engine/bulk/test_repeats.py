"""An object that several rows name: deleted once, changed in the order of its rows, and each row has its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.bulk_kit import holding
from tests.support.loopback import Received
from tests.support.query_fixture.models.task import Task
from tests.support.resilience_kit import Pauses, both, run_sync
from tests.support.row_server import Rows, serving
from workfront_core.bulk.results import BulkError, BulkResult, RowStatus
from workfront_core.errors import QueryError

A, B, C, D = (f"{number:032x}" for number in range(4))
DONE, FAILED, UNKNOWN = RowStatus
chunk_sizes = pytest.mark.parametrize("chunk_size", [1, 2, 3, 100])


def outcome(run: Callable[..., Any], rows: Rows, call: Callable[[Any], Any]) -> tuple[BulkResult, list[Received]]:
    with serving(rows) as server:
        try:
            found: BulkResult = run(server.url, call, retry=Pauses().retry(max_retries=0))
        except BulkError as error:
            found = error.result
        return found, server.asked


def statuses(result: BulkResult) -> list[tuple[int, RowStatus, bool]]:
    return [(row.index, row.status, row.unchanged) for row in result.rows]


@both
@chunk_sizes
@pytest.mark.parametrize("on_error", ["stop", "collect"])
def test_an_object_named_twice_is_deleted_once(run: Any, chunk_size: int, on_error: str) -> None:
    rows, given = holding(3), [A, A, B, A.upper(), B, C]
    result, asked = outcome(run, rows, lambda wf: wf.task.delete_many(given, chunk_size=chunk_size, on_error=on_error))
    assert statuses(result) == [(index, DONE, index in (1, 3, 4)) for index in range(6)]
    assert (result.complete, result.cursor, result.unchanged_count) == (True, 6, 3)
    assert str(result) == "6 done (3 unchanged, not sent), 0 failed, 0 unknown"
    assert rows.rows == {}
    sent = [object_id for call in asked if call.method == "DELETE" for object_id in dict(call.query)["id"].split(",")]
    assert sorted(sent) == [A, B, C]


@both
@chunk_sizes
def test_what_became_of_the_first_became_of_its_like(run: Any, chunk_size: int) -> None:
    rows = holding(3, refuses=lambda row: "Task is locked" if row["ID"] == A else None)
    given = [A, B, A, "nonsense", B, D, D]
    result, _ = outcome(run, rows, lambda wf: wf.task.delete_many(given, chunk_size=chunk_size, on_error="collect"))
    *statuses_of, missing, again = [row.status for row in result]
    assert statuses_of == [FAILED, DONE, FAILED, FAILED, DONE]
    assert missing is again
    assert [row.index for row in result] == list(range(7))
    assert "locked" in str(result.rows[2].error)
    assert result.rows[0].error is result.rows[2].error
    assert list(rows.rows) == [A, C]


@both
@chunk_sizes
def test_a_lost_answer_is_unknown_for_each_of_its_rows(run: Any, chunk_size: int) -> None:
    rows = holding(2, loses=lambda asked: asked.method == "DELETE" and A in asked.target)
    given = [A, B, A]
    result, _ = outcome(run, rows, lambda wf: wf.task.delete_many(given, chunk_size=chunk_size, on_error="collect"))
    assert result.rows[0].status is result.rows[2].status is UNKNOWN


@both
def test_where_a_call_ends_early_no_row_behind_it_has_an_answer(run: Any) -> None:
    rows = holding(4, refuses=lambda row: "Task is locked" if row["ID"] == B else None)
    given = [A, A, B, A, C]
    result, _ = outcome(run, rows, lambda wf: wf.task.delete_many(given, chunk_size=1))
    assert statuses(result) == [(0, DONE, False), (1, DONE, True), (2, FAILED, False)]
    assert result.cursor == 3
    result, _ = outcome(run, rows, lambda wf: wf.task.delete_many(given, chunk_size=1, resume=4))
    assert statuses(result) == [(4, DONE, False)]


@both
def test_a_row_that_cannot_be_sent_ends_the_call_behind_those_that_need_not_be(run: Any) -> None:
    result, _ = outcome(run, holding(2), lambda wf: wf.task.delete_many([A, A, "nonsense", B]))
    assert statuses(result) == [(0, DONE, False), (1, DONE, True), (2, FAILED, False)]
    assert result.cursor == 3


@both
def test_problems_alone_are_kept_where_that_is_asked_for(run: Any) -> None:
    rows = holding(2, refuses=lambda row: "Task is locked" if row["ID"] == B else None)
    call = {"on_error": "collect", "keep": "problems"}
    result, _ = outcome(run, rows, lambda wf: wf.task.delete_many([A, A, B, B], **call))
    assert (result.done_count, result.unchanged_count, result.failed_count) == (2, 1, 2)
    assert [row.index for row in result] == [2, 3]


@both
def test_an_atomic_removal_names_each_object_once(run: Any) -> None:
    rows = holding(3)
    result, asked = outcome(run, rows, lambda wf: wf.task.delete_many([A, B, A], atomic=True))
    assert statuses(result) == [(0, DONE, False), (1, DONE, False), (2, DONE, True)]
    assert dict(asked[0].query)["id"] == f"{A},{B}"


@both
@chunk_sizes
def test_what_a_later_row_sets_is_set_later(run: Any, chunk_size: int) -> None:
    """No server says in which order it sets the values of one object that stand in one call."""
    rows, given = holding(2), [(A, {"name": "first"}), (B, {"name": "b"}), (A, {"name": "last"})]
    result, asked = outcome(run, rows, lambda wf: wf.task.update_many(given, chunk_size=chunk_size))
    assert statuses(result) == [(0, DONE, False), (1, DONE, False), (2, DONE, False)]
    assert rows.names() == ["last", "b"]
    for call in asked:
        ids = [row["ID"] for row in call.json]
        assert len(ids) == len(set(ids))


@both
def test_an_atomic_change_names_each_object_once(run: Any) -> None:
    rows, given = holding(1), [(A, {"name": "first"}), (A, {"name": "last"})]
    with serving(rows) as server, pytest.raises(QueryError, match="Row 1 changes the object of row 0"):
        run(server.url, lambda wf: wf.task.update_many(given, atomic=True))
    assert server.asked == []


@both
def test_equal_rows_are_created_each(run: Any) -> None:
    rows, given = holding(0), [{"name": "x"}, {"name": "x"}]
    result, _ = outcome(run, rows, lambda wf: wf.task.create_many(given))
    assert len(set(result.ids)) == len(rows.rows) == 2


def test_rows_without_changes_do_not_part_those_that_have_some() -> None:
    def work(wf: Any) -> Any:
        changed, same, last = (Task.from_wire({"ID": one, "name": "t"}) for one in (A, A, B))
        changed.name, last.name = "u", "u"
        return wf.task.update_many([same, changed, same, last])

    result, asked = outcome(run_sync, holding(2), work)
    assert statuses(result) == [(0, DONE, True), (1, DONE, False), (2, DONE, True), (3, DONE, False)]
    assert [len(call.json) for call in asked] == [2]
