"""Pages that are read side by side, and how the end of the rows is known."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest

from tests.engine.sync.still_server import StillServer
from tests.engine.sync.task_table import TASKS, names
from workfront_core import ProtocolError
from workfront_core.frames.batch import to_batch
from workfront_core.request.request import Request
from workfront_core.sync._async.sync import AsyncSync
from workfront_core.sync._sync.sync import Sync
from workfront_core.sync.duckdb_target import DuckDB
from workfront_core.sync.state import Run, RunKind
from workfront_core.values.datetimes import format_datetime

T = TypeVar("T")


def _first(page: Any, number: int) -> Any:
    from dataclasses import replace

    return replace(page, rows=page.rows[:number])


class TestTheEnd:
    """An empty page is believed where the server shows that it can test IDs."""

    def test_a_row_that_comes_between_two_questions_is_no_contradiction(self, target: DuckDB) -> None:
        server = StillServer()
        whole = server.send

        def send(request: Request[Any]) -> Any:
            page = whole(request)
            if dict(request.params).get("ID_Mod") == "gt" and not server.rows:
                server.put("5" * 32, name="just made")
            return page

        sync = Sync(server, target, [TASKS])
        server.put("1" * 32, name="gone soon")
        sync.run()
        server.rows.clear()
        server.send = send  # type: ignore[method-assign]
        server.now += timedelta(hours=1)
        target.begin(TASKS, Run(RunKind.CHANGES, format_datetime(server.now), server.now))
        target.append(TASKS, to_batch([], TASKS.schema), "9" * 32)
        sync.run()
        assert "just made" in names(target)

    def test_a_server_that_knows_no_test_of_ids_is_told(self, target: DuckDB) -> None:
        server = StillServer("a", "b", "c")
        whole = server.send

        def send(request: Request[Any]) -> Any:
            page = whole(request)
            return _first(page, 0) if dict(request.params).get("ID_Mod") == "gt" else page

        server.send = send  # type: ignore[method-assign]
        with pytest.raises(ProtocolError, match="in the order of their IDs"):
            Sync(server, target, [TASKS], page_size=2).run()


class TestWorkers:
    def test_pages_side_by_side_bring_the_same_rows(self, target: DuckDB) -> None:
        server = StillServer(*map(str, range(100)))
        done = Sync(server, target, [TASKS], page_size=7, workers=4).run()["wf_task"]
        assert (done.read, done.added) == (100, 100)
        assert names(target) == [str(number) for number in range(100)]
        assert target.connection.execute("SELECT count(*) FROM _wf_part").fetchall() == [(0,)]

    @pytest.mark.parametrize("rows", [0, 1, 6, 7, 8, 13, 14, 27, 28, 29, 56])
    @pytest.mark.parametrize("workers", [2, 3, 8])
    def test_whatever_the_number_of_rows(self, target: DuckDB, rows: int, workers: int) -> None:
        server = StillServer(*map(str, range(rows)))
        Sync(server, target, [TASKS], page_size=7, workers=workers).run()
        assert names(target) == [str(number) for number in range(rows)]

    def test_a_run_that_broke_goes_on_in_each_part_with_any_number_of_workers(self, target: DuckDB) -> None:
        server = StillServer(*map(str, range(100)))
        whole, left = server.send, [25]

        def send(request: Request[Any]) -> Any:
            left[0] -= 1
            if left[0] == 0:
                raise ConnectionError
            return whole(request)

        server.send = send  # type: ignore[method-assign]
        with pytest.raises(ConnectionError):
            Sync(server, target, [TASKS], page_size=3, workers=4).run()
        state = target.prepare(TASKS, server.origin)
        assert state.run is not None
        assert len(state.run.parts) == 4
        assert all(part.after_id for part in state.run.parts)
        server.asked.clear()
        Sync(server, target, [TASKS], page_size=3, workers=1, overlap=timedelta(0)).run()
        assert len(server.asked) < 33, "what was read before is not read again"
        assert names(target) == [str(number) for number in range(100)]

    def test_the_asynchronous_sync_reads_side_by_side_too_and_an_error_is_raised_as_it_is(self, target: DuckDB) -> None:
        server, most, under_way = StillServer(*map(str, range(40))), [0], [0]

        class AsyncServer:
            origin = server.origin

            async def server_time(self) -> datetime:
                return server.server_time()

            async def send(self, request: Request[T], /) -> T:
                under_way[0] += 1
                most[0] = max(most[0], under_way[0])
                await asyncio.sleep(0)
                under_way[0] -= 1
                if most[0] > 5:
                    raise ProtocolError("no more")
                return server.send(request)

        asyncio.run(AsyncSync(AsyncServer(), target, [TASKS], page_size=5, workers=3).run())
        assert names(target) == [str(number) for number in range(40)]
        assert most[0] == 3
        most[0] = 6
        with pytest.raises(ProtocolError, match="no more"):
            asyncio.run(AsyncSync(AsyncServer(), target, [TASKS], page_size=5, workers=3).run(full=True))
