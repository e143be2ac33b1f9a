"""How far a bulk write is, where it goes on, and what it holds in memory."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.support.bulk_kit import NAMES, changes, holding
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, TaskService, TaskValues, Workfront
from tests.support.row_server import Rows, serving
from workfront_core.auth import ApiKey
from workfront_core.bulk.results import BulkProgress


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
            return request.parse([{"ID": f"{self.sent}-{index}"} for index in range(len(request.json))])

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
