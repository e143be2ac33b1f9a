"""Creates of any number of rows, and the truth about each."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from tests.support.bulk_kit import NAMES
from tests.support.loopback import Received
from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import TaskValues, Workfront
from tests.support.row_server import Rows, serving
from workfront_core.auth import ApiKey
from workfront_core.bulk.results import BulkError
from workfront_core.bulk.rows import RowInput
from workfront_core.errors import AuthenticationError, InvalidRequest, QueryError, TransportError


def refusing(*names: str) -> Rows:
    return Rows(refuses=lambda row: f"Invalid Parameter: name {row['name']}" if row.get("name") in names else None)


def sizes(asked: list[Received]) -> list[int]:
    return [len(call.json) for call in asked if call.body]


def test_rows_travel_in_calls_of_a_hundred_and_get_an_id_each() -> None:
    rows = Rows()
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.create_many(row for row in NAMES)
    assert sizes(server.asked) == [100, 100, 50]
    assert result.complete
    assert [row.index for row in result] == list(range(250))
    assert result.ids == list(rows.rows)
    assert rows.names() == [f"t{number}" for number in range(250)]
    assert (result.cursor, str(result)) == (250, "250 done, 0 failed, 0 unknown")


def test_no_rows_mean_no_call() -> None:
    with serving(Rows()) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        assert wf.task.create_many([]).complete
        assert wf.task.create_many([], atomic=True).complete
    assert server.asked == []


def test_a_call_holds_only_so_many_bytes_and_a_larger_row_goes_alone() -> None:
    rows: list[TaskValues] = [{"name": "x" * size} for size in (100, 100, 2000, 100)]
    with serving(Rows()) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        wf.task.create_many(rows, chunk_bytes=300)
    assert sizes(server.asked) == [2, 1, 1]


def test_rows_may_carry_fields_that_the_package_does_not_know() -> None:
    with serving(Rows()) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        created = wf.task.create_many([RowInput[TaskValues]({"name": "a"}, {"Region": "N"}, extra={"newField": 1})])
        assert server.last.json == [{"name": "a", "DE:Region": "N", "newField": 1}]
        wf.task.update_many([(str(created.ids[0]), RowInput[TaskValues]({"name": "b"}, extra={"newField": None}))])
    assert server.last.json == [{"ID": created.ids[0], "name": "b", "newField": None}]


def test_rows_may_carry_custom_fields_or_be_objects() -> None:
    rows = Rows()
    values: TaskValues = {"name": "a"}
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        wf.task.create_many([RowInput(values, custom={"Region": "N"}), Task(name="b", percent_complete=5)])
    assert server.last.json == [{"name": "a", "DE:Region": "N"}, {"name": "b", "percentComplete": 5.0}]


def test_a_refused_create_of_several_rows_leaves_their_fate_unknown_and_is_never_repeated() -> None:
    rows = refusing("t150")
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.create_many(NAMES, on_error="collect")
    assert sizes(server.asked) == [100, 100, 50]
    assert (result.done_count, result.failed_count, result.unknown_count) == (150, 0, 100)
    assert [row.index for row in result.unknown] == list(range(100, 200))
    assert isinstance(result.unknown[0].error, InvalidRequest)
    assert not result.complete
    with pytest.raises(BulkError, match="150 done, 0 failed, 100 unknown"):
        result.raise_for_problems()


def test_a_row_sent_by_itself_is_done_or_failed_and_never_unknown() -> None:
    rows = refusing("t1", "t3")
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.create_many(NAMES[:5], on_error="collect", chunk_size=1)
    assert len(server.asked) == 5
    assert [row.index for row in result.failed] == [1, 3]
    assert rows.names() == ["t0", "t2", "t4"]
    assert result.ids == list(rows.rows)


def test_stopping_raises_with_the_rows_so_far_and_the_place_to_go_on_from() -> None:
    rows = refusing("t150")
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        with pytest.raises(BulkError, match="Invalid Parameter: name t150") as caught:
            wf.task.create_many(NAMES)
        result = caught.value.result
        assert (result.done_count, result.unknown_count, result.cursor) == (100, 100, 200)
        assert isinstance(caught.value.__cause__, InvalidRequest)
        rest = wf.task.create_many(NAMES, resume=result.cursor)
    assert [row.index for row in rest] == list(range(200, 250))
    assert sizes(server.asked) == [100, 100, 50]


def test_a_row_that_cannot_be_sent_fails_here_and_the_rows_before_it_go_first() -> None:
    rows = Rows()
    bad: list[Any] = [{"name": "a"}, {"nmae": "b"}, {"name": "c"}]
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        with pytest.raises(BulkError, match="Row 1: Task has no field 'nmae'") as caught:
            wf.task.create_many(bad)
        assert (rows.names(), caught.value.result.cursor) == (["a"], 2)
        result = wf.task.create_many(bad, on_error="collect", resume=1)
    assert rows.names() == ["a", "c"]
    assert [(row.index, str(row.status)) for row in result] == [(1, "failed"), (2, "done")]
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "row", [{}, 5, Project(name="x"), {"progress": "x"}, RowInput({"name": "x"}, {"": 1}), ("id", {})]
)
def test_what_is_no_row_to_create_is_refused(row: Any) -> None:
    with serving(Rows()) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.create_many([row], on_error="collect")
    assert result.failed_count == 1
    assert isinstance(result.failed[0].error, QueryError)
    assert server.asked == []


def test_a_lost_connection_leaves_the_rows_of_that_call_unknown_and_the_rest_unsent() -> None:
    calls = count(1)
    rows = Rows(loses=lambda _asked: next(calls) == 2)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        with pytest.raises(BulkError, match=r"resume=200") as caught:
            wf.task.create_many(NAMES)
        result = caught.value.result
        assert (result.done_count, result.unknown_count, len(rows.rows)) == (100, 100, 200)
        assert isinstance(result.error, TransportError)
        wf.task.create_many(NAMES, resume=result.cursor)
    assert rows.names() == [f"t{number}" for number in range(250)]


def test_what_every_further_call_would_meet_ends_a_collecting_call_too() -> None:
    rows = Rows(refuses=lambda row: "You are not currently logged in." if row["name"] == "t120" else None)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf, pytest.raises(BulkError) as caught:
        wf.task.create_many(NAMES, on_error="collect")
    result = caught.value.result
    assert isinstance(result.error, AuthenticationError)
    assert (result.done_count, result.failed_count, result.unknown_count, result.cursor) == (100, 0, 0, 100)
    assert len(server.asked) == 2


def test_an_unreachable_server_ends_the_call_with_nothing_sent() -> None:
    with serving(Rows()) as server:
        url = server.url
    with Workfront(url, auth=ApiKey("k")) as wf, pytest.raises(BulkError) as caught:
        wf.task.create_many(NAMES, on_error="collect")
    assert (caught.value.result.unknown_count, caught.value.result.cursor) == (0, 0)


def test_atomic_writes_all_or_none() -> None:
    rows = refusing("t3")
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        done = wf.task.create_many(NAMES[:3], atomic=True)
        assert (done.complete, done.ids) == (True, [None, None, None])  # an atomic answer holds no IDs
        with pytest.raises(BulkError) as caught:
            wf.task.create_many(NAMES[2:6], atomic=True)
    assert (caught.value.result.failed_count, len(rows.rows)) == (4, 3)
    assert server.last.query == [("atomic", "true")]


def test_what_an_atomic_call_cannot_do_is_refused_before_anything_is_sent() -> None:
    bad: list[Any] = [{"name": "a"}, {"nmae": "b"}]
    with serving(Rows()) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        with pytest.raises(QueryError, match="at most 100 rows"):
            wf.task.create_many(NAMES[:101], atomic=True)
        with pytest.raises(QueryError, match=r"Row 1: .*nmae"):
            wf.task.create_many(bad, atomic=True)
        with pytest.raises(QueryError, match="nothing to collect"):
            wf.task.create_many(NAMES, atomic=True, on_error="collect")
        with pytest.raises(QueryError, match="1 to 100 rows, not 101"):
            wf.task.create_many(NAMES, chunk_size=101)
        with pytest.raises(QueryError, match="as a list"):
            wf.task.create_many({"name": "x"})  # type: ignore[dict-item]
        with pytest.raises(QueryError, match=r"result\.cursor"):
            wf.task.create_many(NAMES, resume=-1)
    assert server.asked == []
