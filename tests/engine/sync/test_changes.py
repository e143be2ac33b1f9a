"""The reader by itself: what a program stores with the checkpoints it is given follows the server."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.engine.sync.still_server import StillServer
from workfront_client.v22 import Note, Task
from workfront_core import QueryError
from workfront_core.sync import ChangeBatch, Table, async_changes, changes

TASKS = Table(Task, fields=["name"])
LITTLE = timedelta(seconds=30)


def read(server: StillServer, checkpoint: str | None = None, **options: Any) -> list[ChangeBatch]:
    return list(changes(server, TASKS, checkpoint, page_size=2, overlap=LITTLE, **options))


def names(batches: list[ChangeBatch]) -> list[str]:
    return [str(row["name"]) for batch in batches for row in batch.arrow.to_pylist()]


def test_the_first_time_every_row_comes_and_then_what_changed() -> None:
    server = StillServer(*"abcde")
    first = read(server)
    assert (names(first), [batch.is_last for batch in first]) == (list("abcde"), [False, False, False, True])
    assert {batch.kind for batch in first} == {"full"}
    server.put(f"{1:032x}", name="B")
    second = read(server, first[-1].checkpoint)
    assert (names(second), second[-1].kind) == (["B"], "changes")
    assert names(read(server, second[-1].checkpoint)) == []
    assert len(names(read(server, second[-1].checkpoint, full=True))) == 5


@pytest.mark.parametrize("stored", range(4))
def test_a_program_that_stops_anywhere_goes_on_from_what_it_stored(stored: int) -> None:
    server = StillServer(*"abcde")
    done = read(server)[:stored]
    server.put(f"{0:032x}", name="A")
    rest = read(server, done[-1].checkpoint if done else None)
    kept = {row["ID"]: row["name"] for batch in (*done, *rest) for row in batch.arrow.to_pylist()}
    assert sorted(kept.values()) == ["A", "b", "c", "d", "e"]


def test_a_checkpoint_is_of_one_tenant_and_of_one_set_of_fields_and_conditions() -> None:
    at = read(StillServer("a"))[-1].checkpoint
    others: list[tuple[StillServer, Table[Any]]] = [
        (StillServer("a", origin="https://other.example"), TASKS),
        (StillServer("a"), Table(Task, fields=["name", "status"])),
        (StillServer("a"), Table(Task, fields=["name"], where=[Task.f.name == "a"])),
        (StillServer("a"), Table(Note)),
    ]
    for server, table in others:
        with pytest.raises(QueryError, match="of other rows"):
            next(changes(server, table, at))
        assert server.asked == []


_AT = "2026-01-02T03:04:05+00:00"


@pytest.mark.parametrize(
    "wrong",
    [
        *("", "{}", "[1, 2]", "9" * 5000, "[" * 9999, "\udc80", '["x", "soon", null]', 7),
        *('["x", "2026-01-02", null]', '["x", "2026-01-02T03:04:05", null]', f'["x", "{_AT}", []]'),
        *(f'["x", "{_AT}", ["changes", null, "{_AT}", null]]', f'["x", "{_AT}", ["full", "a", "{_AT}", null]]'),
        *(f'["x", "{_AT}", ["odd", null, "{_AT}", null]]', f'["x", "{_AT}", ["full", null, "{_AT}", 7]]'),
    ],
    ids=lambda text: repr(text)[:40],
)
def test_what_is_no_checkpoint_is_refused(wrong: Any) -> None:
    with pytest.raises(QueryError, match="A checkpoint is a text"):
        next(changes(StillServer(), TASKS, wrong))


def test_times_between_runs_and_odd_arguments_are_refused() -> None:
    with pytest.raises(QueryError, match="every= is for a sync"):
        next(changes(StillServer(), Table(Task, every=LITTLE)))
    with pytest.raises(QueryError, match="1 to 2000"):
        next(changes(StillServer(), TASKS, page_size=0))


def test_the_asynchronous_one_does_the_same() -> None:
    still = StillServer(*"abc")

    class Server:
        origin = still.origin

        async def server_time(self) -> Any:
            return still.server_time()

        async def send(self, request: Any) -> Any:
            return still.send(request)

    async def batches() -> list[ChangeBatch]:
        return [batch async for batch in async_changes(Server(), TASKS, page_size=2)]

    assert names(asyncio.run(batches())) == list("abc")
