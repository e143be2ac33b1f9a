"""Bulk writes against a server that holds rows: any number of rows, and the truth about each."""

from __future__ import annotations

import asyncio
import json
import weakref
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import pytest

from tests.support.loopback import Answer, Received, loopback
from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, TaskService, TaskValues, Workfront
from tests.support.row_server import Rows, serving
from workfront_core.auth import ApiKey
from workfront_core.bulk.jobs import DeleteJob
from workfront_core.bulk.results import BulkError, BulkProgress
from workfront_core.bulk.rows import RowInput
from workfront_core.bulk.runner import BulkOptions, bulk
from workfront_core.errors import AuthenticationError, InvalidRequest, NotFound, QueryError, TransportError
from workfront_core.request._sync.flow import run

NAMES: list[TaskValues] = [{"name": f"t{number}"} for number in range(250)]


def refusing(*names: str) -> Rows:
    return Rows(refuses=lambda row: f"Invalid Parameter: name {row['name']}" if row.get("name") in names else None)


def holding(number: int, **behaviour: Any) -> Rows:
    return Rows({f"{index:032x}": {"ID": f"{index:032x}", "name": f"t{index}"} for index in range(number)}, **behaviour)


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


def changes(number: int) -> Iterator[tuple[str, TaskValues]]:
    for index in range(number):
        yield f"{index:032x}", {"name": f"u{index}"}


def test_changes_are_certain_for_every_row_whatever_is_refused() -> None:
    rows = holding(120, refuses=lambda row: "Invalid Parameter: name" if row["name"] in ("u7", "u110") else None)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.update_many(changes(120), on_error="collect")
    assert (result.done_count, result.failed_count, result.unknown_count) == (118, 2, 0)
    assert [row.id for row in result.failed] == [f"{7:032x}", f"{110:032x}"]
    assert rows.names() == [f"t{index}" if index in (7, 110) else f"u{index}" for index in range(120)]
    assert all(("atomic", "true") in call.query for call in server.asked)
    assert len(server.asked) < 40


def test_stopping_changes_the_rows_before_the_refused_one_and_none_behind_it() -> None:
    rows = holding(120, refuses=lambda row: "Invalid Parameter: name" if row["name"] == "u30" else None)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        with pytest.raises(BulkError) as caught:
            wf.task.update_many(changes(120))
        result = caught.value.result
        assert (result.done_count, result.failed_count, result.cursor) == (30, 1, 31)
        assert rows.names() == [f"u{index}" if index < 30 else f"t{index}" for index in range(120)]
        wf.task.update_many(changes(120), resume=result.cursor)
    assert rows.names() == [f"t{index}" if index == 30 else f"u{index}" for index in range(120)]


def test_a_row_to_change_is_an_id_with_values_or_an_object_with_its_id() -> None:
    rows = holding(2)
    values: TaskValues = {"name": "a"}
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        task = Task.from_wire({"ID": f"{1:032x}", "progress": "LATE"})
        task.name = "b"
        result = wf.task.update_many([(f"{0:032x}", RowInput(values, {"Region": "N"})), task])
        assert result.complete
        mistakes: list[Any] = [
            ("", {"name": "x"}),
            (None, {"name": "x"}),
            ("1" * 32, {}),
            {"name": "x"},
            Task(name="x"),
        ]
        assert wf.task.update_many(mistakes, on_error="collect").failed_count == 5
    assert server.last.json == [
        {"ID": f"{0:032x}", "name": "a", "DE:Region": "N"},
        {"ID": f"{1:032x}", "name": "b"},
    ]
    assert len(server.asked) == 1


def test_changes_of_a_lost_call_are_unknown() -> None:
    rows = holding(3, loses=lambda _asked: True)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.update_many(changes(3), on_error="collect")
    assert (result.unknown_count, rows.names()) == (3, ["u0", "u1", "u2"])
    assert len(server.asked) == 1


def test_deletes_go_by_the_hundred() -> None:
    rows = holding(150)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.delete_many(list(rows.rows), force=True)
    assert (result.done_count, rows.rows, len(server.asked)) == (150, {}, 2)
    assert ("force", "true") in server.last.query


def test_after_a_refused_delete_one_looks_and_deletes_what_is_left_one_by_one() -> None:
    rows = holding(10, refuses=lambda row: "is referenced by other objects" if row["name"] == "t4" else None)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.delete_many(list(rows.rows), on_error="collect")
    assert rows.names() == ["t4"]
    assert (result.done_count, [row.index for row in result.failed], result.unknown_count) == (9, [4], 0)
    assert [call.method for call in server.asked] == ["DELETE", "GET", "GET", *["DELETE"] * 6]


@pytest.mark.parametrize("look", [{"data": None}, {"data": [{"ID": "b"}]}, {"data": {"success": True}}])
def test_a_look_that_shows_nothing_of_use_leaves_the_fate_of_rows_unknown(look: Any) -> None:
    def answer(asked: Received) -> Answer:
        refusal = {"error": {"message": "is referenced by other objects"}}
        return Answer(raw=json.dumps(refusal if asked.method == "DELETE" else look).encode())

    with loopback(answer) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.delete_many(["a" * 32, "c" * 32], on_error="collect")
    assert (result.done_count, result.unknown_count) == (0, 2)


def test_an_object_that_is_not_there_fails_its_delete() -> None:
    with (
        serving(Rows()) as server,
        Workfront(server.url, auth=ApiKey("k")) as wf,
        pytest.raises(BulkError) as caught,
    ):
        wf.task.delete_many(["a" * 32])
    assert isinstance(caught.value.result.failed[0].error, NotFound)
    assert len(server.asked) == 1


def test_an_atomic_delete_removes_all_or_none() -> None:
    rows = holding(4, refuses=lambda row: "is referenced by other objects" if row["name"] == "t2" else None)
    ids = list(rows.rows)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        done = run(wf, bulk(DeleteJob(Task), ids[:2], BulkOptions(atomic=True)))
        assert (done.complete, done.ids) == (True, ids[:2])
        assert server.last.query == [("id", ",".join(ids[:2])), ("atomic", "true")]
        with pytest.raises(BulkError) as caught:
            run(wf, bulk(DeleteJob(Task), ids[2:], BulkOptions(atomic=True)))
    assert (caught.value.result.failed_count, caught.value.result.unknown_count) == (2, 0)
    assert list(rows.rows) == ids[2:]
    assert [call.method for call in server.asked] == ["DELETE", "DELETE", "GET"]


def test_what_is_gone_after_a_refused_atomic_delete_is_unknown() -> None:
    rows = holding(2)
    ids = list(rows.rows)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf, pytest.raises(BulkError) as caught:
        run(wf, bulk(DeleteJob(Task), [*ids, "f" * 32], BulkOptions(atomic=True)))
    assert [row.index for row in caught.value.result.unknown] == [2]
    assert [row.index for row in caught.value.result.failed] == [0, 1]


def test_progress_is_told_before_a_call_leaves_and_after_its_answer() -> None:
    told: list[BulkProgress] = []
    with serving(Rows()) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        wf.task.create_many(NAMES[:150], progress=told.append)
    assert [(step.cursor, step.in_flight, len(step.latest), step.done) for step in told] == [
        (100, range(100), 0, 0),
        (100, range(0), 100, 100),
        (150, range(100, 150), 0, 100),
        (150, range(0), 50, 150),
    ]
    assert server.asked


def test_a_cursor_noted_before_an_interruption_sends_no_row_twice() -> None:
    rows = Rows()
    noted: list[int] = []

    def note(step: BulkProgress) -> None:
        noted.append(step.cursor)
        if step.done == 100 and step.in_flight:
            raise KeyboardInterrupt

    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        with pytest.raises(KeyboardInterrupt) as caught:
            wf.task.create_many(NAMES, progress=note)
        assert "resume=200" in caught.value.__notes__[0]
        wf.task.create_many(NAMES, resume=noted[-1])
    assert len(set(rows.names())) == len(rows.names()) == 150
    assert server.asked


@pytest.mark.parametrize("bad", [1, 3, 120])
def test_a_bad_row_does_not_carry_the_cursor_past_rows_that_wait_to_be_sent(bad: int) -> None:
    """Rows are gathered into calls; one that cannot be sent has its turn behind those before it."""

    def source() -> Iterator[Any]:
        for index in range(140):
            yield {"nmae": "x"} if index == bad else {"name": f"t{index}"}
        raise RuntimeError("the file ends in the middle")

    rows = Rows()
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        with pytest.raises(RuntimeError) as caught:
            wf.task.create_many(source(), on_error="collect")
        cursor = len(rows.rows) + (bad < 100)
        assert f"resume={cursor} " in caught.value.__notes__[0]
        rest = [{"nmae": "x"} if index == bad else {"name": f"t{index}"} for index in range(140)]
        result = wf.task.create_many(rest, on_error="collect", resume=cursor)
    assert rows.names() == [f"t{index}" for index in range(140) if index != bad]
    assert result.cursor == 140


def test_every_bad_row_is_told_once_wherever_it_stands() -> None:
    bad = {0, 7, 99, 100, 101, 149}
    given: list[Any] = [{"nmae": "x"} if index in bad else {"name": f"t{index}"} for index in range(150)]
    with serving(Rows()) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.create_many(given, on_error="collect")
        assert [row.index for row in result.failed] == sorted(bad)
        assert (result.done_count, result.cursor) == (150 - len(bad), 150)
    assert server.asked


def test_only_the_rows_of_one_call_are_held_at_a_time() -> None:
    class Counting:
        most = sent = ahead = 0

        def send(self, request: Any, /) -> Any:
            self.sent += len(request.json)
            self.most = max(self.most, len(alive))
            self.ahead = max(self.ahead, len(pulled) - self.sent)
            return request.parse([{"ID": "1"}] * len(request.json))

    alive: weakref.WeakValueDictionary[int, Task] = weakref.WeakValueDictionary()
    pulled: list[int] = []

    def many(number: int) -> Iterator[Any]:
        for index in range(number):
            task = Task(name=f"row {index}")
            alive[index] = task
            pulled.append(index)
            yield task

    client = Counting()
    result = TaskService(client).create_many(many(5000), keep="problems")
    assert (result.done_count, result.rows, result.cursor) == (5000, [], 5000)
    assert (client.sent, client.ahead) == (5000, 1)
    assert client.most <= 2


def test_the_asynchronous_client_does_the_same() -> None:
    rows = holding(120, refuses=lambda row: "Invalid Parameter: name" if row["name"] in ("u7", "new1") else None)

    async def run(url: str) -> Mapping[str, Any]:
        async with AsyncWorkfront(url, auth=ApiKey("k")) as wf:
            news: list[TaskValues] = [{"name": f"new{index}"} for index in range(3)]
            return {
                "updated": await wf.task.update_many(changes(120), on_error="collect"),
                "created": await wf.task.create_many(news, chunk_size=1, on_error="collect"),
                "deleted": await wf.task.delete_many([f"{index:032x}" for index in range(5)]),
            }

    with serving(rows) as server:
        results = asyncio.run(run(server.url))
    assert {name: str(result) for name, result in results.items()} == {
        "updated": "119 done, 1 failed, 0 unknown",
        "created": "2 done, 1 failed, 0 unknown",
        "deleted": "5 done, 0 failed, 0 unknown",
    }
