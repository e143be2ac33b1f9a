"""A row counts as written only where the answer says so of it: by its ID, by a confirmation where that will do; of
a new one by any value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import TaskService
from workfront_core.bulk.results import BulkResult
from workfront_core.errors import ProtocolError
from workfront_core.operations import operation
from workfront_core.request.request import Request

A, B = "a" * 32, "b" * 32
ROWS: list[Any] = [{"name": "a"}, {"name": "b"}]
CHANGES: list[Any] = [(A, {"name": "a"}), (B, {"name": "b"})]
NOTHING: list[Any] = [None, {}, [], "x", [None], {"ID": A}, {"x": 1}, {"name": "a"}, {"success": False}]
NO_IDS: list[Any] = [[{}, {}], [{"ID": A}, {}], [{"ID": A}, {"ID": ""}], [{"ID": A}, {"ID": 5}], [{"ID": A}, {"ID": A}]]


class Answering:
    """Gives every call the same answer."""

    def __init__(self, data: object) -> None:
        self.data = data

    def send(self, request: Request[Any], /) -> Any:
        return request.parse(self.data)


def created(tasks: Any) -> BulkResult:
    return tasks.create_many(ROWS, on_error="collect")  # type: ignore[no-any-return]


def changed(tasks: Any) -> BulkResult:
    return tasks.update_many(CHANGES, on_error="collect")  # type: ignore[no-any-return]


def deleted(tasks: Any) -> BulkResult:
    return tasks.delete_many([A, B], on_error="collect")  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("write", "answer"),
    [
        *((write, answer) for write in (created, changed) for answer in (*NOTHING, *NO_IDS)),
        (created, {"success": True}),
        *((deleted, answer) for answer in NOTHING),
    ],
)
def test_rows_of_which_the_answer_says_nothing_are_unknown(write: Callable[[Any], BulkResult], answer: object) -> None:
    client: Any = Answering(answer)
    result = write(TaskService(client))
    assert str(result) == "0 done, 0 failed, 2 unknown"
    assert all(isinstance(row.error, ProtocolError) for row in result)


@pytest.mark.parametrize("answer", [{"success": True}, [], {}, [{}]])
def test_a_single_row_of_which_the_answer_says_nothing_is_unknown(answer: object) -> None:
    client: Any = Answering(answer)
    assert TaskService(client).create_many(ROWS[:1], on_error="collect").unknown_count == 1


def test_new_rows_may_be_shown_by_other_values() -> None:
    client: Any = Answering([{"name": "a"}, {"name": "b", "ID": B}])
    assert created(TaskService(client)).ids == [None, B]


@pytest.mark.parametrize("answer", [{"success": True}, [{"ID": B}, {"ID": A.upper()}]])
def test_a_confirmation_or_the_ids_in_any_order_will_do_for_changes(answer: object) -> None:
    client: Any = Answering(answer)
    assert changed(TaskService(client)).ids == [A, B]


@pytest.mark.parametrize(
    "request_", [operation.create(Task, {"name": "a"}), operation.copy(Task, A)], ids=["create", "copy"]
)
@pytest.mark.parametrize("answer", [None, {}, [], {"success": True}])
def test_an_answer_shows_something_of_a_new_row(request_: Request[Task], answer: object) -> None:
    with pytest.raises(ProtocolError, match="shows nothing of the new Task"):
        request_.parse(answer)
    assert request_.parse({"ID": B}).id == B
    assert request_.parse({"name": "a"}).name == "a"
