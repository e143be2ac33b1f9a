"""Changes and deletes of any number of rows: certain for each row, whatever is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.bulk_kit import changes, holding
from tests.support.loopback import Answer, Received, loopback
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import TaskValues, Workfront
from tests.support.row_server import Refused, Rows, serving
from workfront_core.auth import ApiKey
from workfront_core.bulk.jobs import DeleteJob
from workfront_core.bulk.options import BulkOptions
from workfront_core.bulk.results import BulkError
from workfront_core.bulk.rows import RowInput
from workfront_core.bulk.runner import bulk
from workfront_core.errors import NotFound
from workfront_core.request._sync.flow import run


def test_changes_are_certain_for_every_row_whatever_is_refused() -> None:
    rows = holding(120, refuses=lambda row: "Invalid Parameter: name" if row["name"] in ("u7", "u110") else None)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.update_many(changes(120), on_error="collect")
    assert (result.done_count, result.failed_count, result.unknown_count) == (118, 2, 0)
    assert [row.id for row in result.failed] == [f"{7:032x}", f"{110:032x}"]
    assert rows.names() == [f"t{index}" if index in (7, 110) else f"u{index}" for index in range(120)]
    assert all(("atomic", "true") in call.query for call in server.asked if call.method == "PUT")
    assert [call.method for call in server.asked] == ["PUT", "POST"] * 2


def test_a_server_without_batches_is_asked_in_halves() -> None:
    rows = holding(
        120, refuses=lambda row: "Invalid Parameter: name" if row["name"] in ("u7", "u110") else None, batches=False
    )
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.update_many(changes(120), on_error="collect")
    assert [row.id for row in result.failed] == [f"{7:032x}", f"{110:032x}"]
    assert (result.done_count, result.unknown_count) == (118, 0)
    assert rows.names() == [f"t{index}" if index in (7, 110) else f"u{index}" for index in range(120)]
    assert [call.target.rpartition("/")[2] for call in server.asked].count("batch") == 1
    assert len(server.asked) < 40


MISFITS: dict[str, tuple[str, Any, str, str]] = {
    "a mapping as a change": ("update_many", {"ID": "1" * 32, "name": "x"}, "it is dict", "Write (object_id,"),
    "an ID as a change": ("update_many", "1" * 32, "it is str", "Write (object_id,"),
    "a change of three": ("update_many", ("1" * 32, {}, 1), "it is tuple", "Write (object_id,"),
    "a change of nothing": ("update_many", ("1" * 32, {}), "nothing to change", "Give at least one field"),
    "a pair to create": ("create_many", ("1" * 32, {"name": "x"}), "it is tuple", "Write a mapping"),
    "no row to create": ("create_many", 5, "it is int 5", "Write a mapping"),
    "a word to delete": ("delete_many", "calculateTimeline", "not an ID", ""),
}


@pytest.mark.parametrize("what", MISFITS)
def test_a_row_that_does_not_fit_is_told_with_what_to_write_and_where_to_go_on(what: str) -> None:
    method, row, said, hint = MISFITS[what]
    with Workfront("https://acme.example", auth=ApiKey("k")) as wf, pytest.raises(BulkError) as caught:
        getattr(wf.task, method)([row])
    assert said in caught.value.message
    assert hint in str(caught.value.hint)
    assert str(caught.value.hint).endswith("resume=1 goes on behind the rows sent so far.")


@pytest.mark.parametrize("on_error", ["collect", "stop"])
@pytest.mark.parametrize("at", [0, 1, 57, 99])
def test_the_row_that_a_refusal_names_costs_one_call_more(at: int, on_error: Any) -> None:
    named = f"{at:032x}"
    rows = holding(100, refuses=lambda row: f'Task "{named}" is locked' if row["name"] == f"u{at}" else None)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        try:
            result = wf.task.update_many(changes(100), on_error=on_error)
        except BulkError as error:
            result = error.result
    assert [row.id for row in result.failed] == [named]
    behind = "t" if on_error == "stop" else "u"
    wanted = [f"t{index}" if index == at else f"{'u' if index < at else behind}{index}" for index in range(100)]
    assert rows.names() == wanted
    assert len(server.asked) <= (2 if on_error == "collect" else 3)


def test_a_refusal_that_names_a_row_which_is_not_at_fault_does_not_fail_that_row() -> None:
    said = f'It would move Task "{3:032x}"'
    rows = holding(20, refuses=lambda row: said if row["name"] == "u9" else None)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.update_many(changes(20), on_error="collect")
    assert [row.index for row in result.failed] == [9]
    assert rows.names() == [f"t{index}" if index == 9 else f"u{index}" for index in range(20)]


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


def test_after_a_refused_delete_one_looks_and_deletes_what_is_left_each_alone() -> None:
    rows = holding(10, refuses=lambda row: "is referenced by other objects" if row["name"] == "t4" else None)
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.delete_many(list(rows.rows), on_error="collect")
    assert rows.names() == ["t4"]
    assert (result.done_count, [row.index for row in result.failed], result.unknown_count) == (9, [4], 0)
    assert [call.method for call in server.asked] == ["DELETE", "GET", "GET", "POST"]


class AllOrNone(Rows):
    """A server that removes none of the objects of a refused call."""

    def result(self, method: str, rest: list[str], query: dict[str, str], updates: Any) -> object:
        before = dict(self.rows)
        try:
            return super().result(method, rest, query, updates)
        except Refused:
            self.rows = before
            raise


class EachForItself(Rows):
    """A server that removes all objects that it can, and names the first that it cannot."""

    def result(self, method: str, rest: list[str], query: dict[str, str], updates: Any) -> object:
        if method != "DELETE":
            return super().result(method, rest, query, updates)
        refusals: list[Refused] = []
        for one in rest or query["id"].split(","):
            try:
                super().result(method, [one], {}, updates)
            except Refused as refused:
                refusals.append(refused)
        if refusals:
            raise refusals[0]
        return {"success": True}


@pytest.mark.parametrize("missing", [{0}, {57}, {99}, {3, 57}, {56, 57}, {0, 1}, {98, 99}], ids=str)
@pytest.mark.parametrize(
    ("behaviour", "more"),
    [pytest.param(Rows, 2, id="stops"), pytest.param(AllOrNone, 3, id="all or none"),
     pytest.param(EachForItself, 3, id="each for itself")],
)  # fmt: skip
def test_a_missing_object_costs_a_look_and_one_call_more(behaviour: type[Rows], more: int, missing: set[int]) -> None:
    held = {f"{index:032x}": {"ID": f"{index:032x}", "name": f"t{index}"} for index in range(100)}
    rows = behaviour({one: row for index, (one, row) in enumerate(held.items()) if index not in missing})
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        result = wf.task.delete_many(list(held), on_error="collect")
    assert rows.rows == {}
    assert (result.done_count, result.failed_count, result.unknown_count) == (100, 0, 0)
    assert [row.index for row in sorted(result.rows, key=lambda row: row.index)] == list(range(100))
    assert len(server.asked) <= 1 + more * len(missing)


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


GONE = "f" * 32
NAMES_IT = f'Task with primary key value(s) "{GONE}" not found'
REFERENCED = "is referenced by other objects"


@pytest.mark.parametrize(
    ("text", "missing", "unknown"),
    [
        (NAMES_IT, [GONE], 0),
        (NAMES_IT, [GONE, "e" * 32], 1),
        ("Object not found", [GONE], 0),
        ("Object not found", [GONE, GONE], 0),
        ("Object not found", [GONE, "e" * 32], 2),
        (REFERENCED, [], 0),
        (REFERENCED, [GONE], 1),
    ],
)
def test_nothing_was_removed_of_what_an_atomic_delete_could_not_find(
    text: str, missing: list[str], unknown: int
) -> None:
    """What is gone is unknown: one cannot tell whether it was there; but for what the refusal says was missing."""
    rows = holding(2)

    def answer(asked: Received) -> Answer:
        if asked.method != "DELETE":
            return rows.answer(asked)
        refusal = {"error": {"message": text}}
        return Answer(raw=json.dumps(refusal).encode(), status=422 if text == REFERENCED else 404)

    ids = [*rows.rows, *missing]
    with loopback(answer) as server, Workfront(server.url, auth=ApiKey("k")) as wf, pytest.raises(BulkError) as caught:
        wf.task.delete_many(ids, atomic=True)
    result = caught.value.result
    assert (result.done_count, result.failed_count, result.unknown_count) == (0, len(ids) - unknown, unknown)


@pytest.mark.parametrize("text", [NAMES_IT, REFERENCED])
def test_one_refused_row_of_an_atomic_delete_failed(text: str) -> None:
    def answer(_asked: Received) -> Answer:
        return Answer(raw=json.dumps({"error": {"message": text}}).encode(), status=422 if text == REFERENCED else 404)

    with loopback(answer) as server, Workfront(server.url, auth=ApiKey("k")) as wf, pytest.raises(BulkError) as caught:
        wf.task.delete_many([GONE], atomic=True)
    assert (caught.value.result.failed_count, caught.value.result.unknown_count) == (1, 0)
