"""A full disk, and answers lost in each phase: one clear error, the tables as they were, and nothing lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.sync.still_server import StillServer
from tests.support.waiting import PATIENCE
from workfront_client.v22 import Task
from workfront_core.errors import TransportError
from workfront_core.sync import DuckDB, Sync, Table

TASKS = Table(Task, fields=["name", "percentComplete", "description"], look=["percentComplete"])
OVERLAP = timedelta(seconds=30)


def rows(target: DuckDB) -> dict[str, Any]:
    found = target.connection.execute("SELECT ID, name FROM wf_task WHERE _wf_gone_at IS NULL").fetchall()
    assert len(dict(found)) == len(found)
    return dict(found)


def on_the_server(server: StillServer) -> dict[str, Any]:
    return {row_id: row["name"] for row_id, row in server.rows.items()}


def losing(server: StillServer, number: int) -> Callable[[], int]:
    """Lets the server lose the answer to one call, counted from 1; returns what tells how many calls there were."""
    send, time_of, calls = server.send, server.server_time, [0]

    def counted() -> None:
        calls[0] += 1
        if calls[0] == number:
            raise TransportError("The connection broke while the answer came.")

    def send_and_lose(request: Any) -> Any:
        answer = send(request)
        counted()
        return answer

    def time_and_lose() -> Any:
        moment = time_of()
        counted()
        return moment

    server.send, server.server_time = send_and_lose, time_and_lose  # type: ignore[method-assign]
    return lambda: calls[0]


def changed(server: StillServer) -> None:
    server.now += timedelta(hours=1)
    for number in range(5):
        server.put(f"{number:032x}", name=f"Edited {number}")
    del server.rows[f"{9:032x}"]
    server.rows[f"{8:032x}"]["percentComplete"] = 70.0


@pytest.mark.parametrize("workers", [1, pytest.param(3, marks=pytest.mark.long)])
@pytest.mark.parametrize("lost", range(1, 15))
def test_an_answer_lost_at_any_call_of_a_first_load_and_a_sweep(lost: int, workers: int, tmp_path: Path) -> None:
    server = StillServer(*map(str, range(20)))
    losing(server, lost)
    with DuckDB(tmp_path / "t.duckdb") as target:
        sync = Sync(server, target, [TASKS], page_size=4, overlap=OVERLAP, most_gone=1.0, workers=workers)
        failed = 0
        for work in (sync.run, sync.sweep, sync.run, sync.sweep):
            try:
                work()
            except TransportError:
                failed += 1
        assert failed == 1
        assert rows(target) == on_the_server(server)


@pytest.mark.parametrize("lost", range(1, 12))
def test_an_answer_lost_at_any_call_of_a_run_over_changes_and_a_sweep(lost: int, tmp_path: Path) -> None:
    server = StillServer(*map(str, range(20)))
    with DuckDB(tmp_path / "t.duckdb") as target:
        sync = Sync(server, target, [TASKS], page_size=4, overlap=OVERLAP, most_gone=1.0)
        sync.run()
        changed(server)
        before = rows(target)
        losing(server, lost)
        try:
            sync.run()
            sync.sweep()
        except TransportError:
            assert all(found in (before, on_the_server(server), {**on_the_server(server), **gone(before, server)})
                       for found in [rows(target)])  # fmt: skip
        else:
            pytest.fail("the answer was not asked for")
        sync.run()
        sync.sweep()
        assert rows(target) == on_the_server(server)


def gone(before: dict[str, Any], server: StillServer) -> dict[str, Any]:
    """Rows that are gone, of which only a sweep knows."""
    return {row_id: name for row_id, name in before.items() if row_id not in server.rows}


def edit(server: StillServer) -> None:
    for number, row_id in enumerate(server.rows):
        server.put(row_id, name=f"Edited {number}", description=f"{number} " * 400)


FULL = """
import sys
from pathlib import Path
from tests.engine.sync.test_failures import OVERLAP, TASKS, StillServer, edit
from tests.support import full_disk
from workfront_core.errors import WorkfrontError
from workfront_core.sync import DuckDB, Sync

file, room = Path(sys.argv[1]), int(sys.argv[2])
server = StillServer(*map(str, range(2000)))
edit(server)
full_disk.allow(file.stat().st_size + room)
try:
    with DuckDB(file) as target:
        Sync(server, target, [TASKS], page_size=200, overlap=OVERLAP).run(full=True)
except WorkfrontError as error:
    print(type(error).__name__, error.hint)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="files have no limit here")
@pytest.mark.parametrize("room", [0, *(pytest.param(room, marks=pytest.mark.long) for room in (40_000, 300_000))])
def test_a_full_disk_leaves_the_tables_as_they_were(room: int, tmp_path: Path) -> None:
    file, server = tmp_path / "t.duckdb", StillServer(*map(str, range(2000)))
    with DuckDB(file) as target:
        Sync(server, target, [TASKS], overlap=OVERLAP).run()
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(file), str(room)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.stdout.startswith("SyncError"), done.stderr
    assert len(done.stdout.splitlines()) == 1
    with DuckDB(file) as target:
        assert rows(target) == on_the_server(server)
        edit(server)
        Sync(server, target, [TASKS], overlap=OVERLAP).run()
        assert rows(target) == on_the_server(server)
