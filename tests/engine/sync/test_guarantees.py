"""What docs/sync.md promises, G0 to G4, one by one; all of them at once are held against a model elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.sync.changing_server import Killed
from tests.engine.sync.still_server import StillServer
from tests.engine.sync.test_against_a_model import Dying
from workfront_client.v22 import Task
from workfront_core.sync import DuckDB, Sync, Table

TASKS = Table(Task, fields=["name", "percentComplete", "status"], look=["percentComplete"])


def visible(file: Path) -> dict[str, Any]:
    """The names in the table by ID; no ID is there twice."""
    with DuckDB(file) as target:
        found = target.connection.execute("SELECT ID, name FROM wf_task WHERE _wf_gone_at IS NULL").fetchall()
    assert len(dict(found)) == len(found)
    return dict(found)


def on_the_server(server: StillServer) -> dict[str, Any]:
    return {row_id: row["name"] for row_id, row in server.rows.items()}


def synced(server: StillServer, file: Path, work: Callable[[Sync], object] = lambda sync: sync.run()) -> None:
    with DuckDB(file) as target:
        work(Sync(server, target, [TASKS], page_size=4, most_gone=1.0))


def before_the_next_pages(server: StillServer, *changes: Callable[[], None]) -> None:
    """Lets the rows change between the pages of a run: each change just before one further page."""
    whole, waiting = server.send, list(changes)

    def send(request: Any) -> Any:
        page = whole(request)
        if waiting:
            waiting.pop(0)()
        return page

    server.send = send  # type: ignore[method-assign]


@pytest.mark.parametrize("dies_at", range(1, 16))
def test_g0_killed_at_any_step_no_id_is_there_twice_and_no_half_run_shows(dies_at: int, tmp_path: Path) -> None:
    file, server = tmp_path / "t.duckdb", StillServer(*map(str, range(10)))
    synced(server, file)
    before = visible(file)
    for number in range(10):
        server.put(f"{number:032x}", name=f"new {number}")
    with suppress(Killed), Dying(file, dies_at) as target:
        Sync(server, target, [TASKS], page_size=4, overlap=timedelta(seconds=30)).run()
    assert visible(file) in (before, on_the_server(server))
    synced(server, file)
    assert visible(file) == on_the_server(server)


def test_g1_a_row_changed_behind_the_reader_is_not_lost(tmp_path: Path) -> None:
    file, server = tmp_path / "t.duckdb", StillServer(*map(str, range(10)))

    def edit() -> None:
        server.put(f"{0:032x}", name="edited behind the reader")
        server.put(f"{9:032x}", name="edited before the reader")

    before_the_next_pages(server, lambda: None, edit)
    synced(server, file)
    assert visible(file)[f"{9:032x}"] == "edited before the reader"
    synced(server, file)
    assert visible(file) == on_the_server(server)


def test_g2_rows_that_come_into_sight_or_leave_it_without_a_stamp_are_seen_by_a_sweep(tmp_path: Path) -> None:
    file, server = tmp_path / "t.duckdb", StillServer("a", "b", "c")
    hidden = server.rows.pop(f"{0:032x}")
    synced(server, file)
    server.now += timedelta(hours=1)
    server.rows[f"{0:032x}"] = hidden
    del server.rows[f"{1:032x}"]
    synced(server, file)
    assert visible(file) != on_the_server(server), "no stamp tells it, so a run alone cannot know"
    synced(server, file, lambda sync: sync.sweep())
    assert visible(file) == on_the_server(server)


def test_g3_values_without_a_stamp_are_mended_by_a_sweep_that_looks_at_them_and_by_a_full_run(tmp_path: Path) -> None:
    file, server = tmp_path / "t.duckdb", StillServer("a", "b")
    synced(server, file)
    server.now += timedelta(hours=1)
    server.rows[f"{0:032x}"]["percentComplete"] = 50.0
    server.rows[f"{1:032x}"]["name"] = "quietly other"
    synced(server, file, lambda sync: sync.sweep())
    with DuckDB(file) as target:
        assert target.connection.execute("SELECT percentComplete FROM wf_task WHERE name = 'a'").fetchall() == [(50.0,)]
    assert visible(file)[f"{1:032x}"] == "b", "its name is not among the fields that the sweep looks at"
    synced(server, file, lambda sync: sync.run(full=True))
    assert visible(file) == on_the_server(server)


def test_g4_once_the_server_rests_a_run_and_a_sweep_make_both_equal(tmp_path: Path) -> None:
    file, server = tmp_path / "t.duckdb", StillServer(*map(str, range(10)))

    def change() -> None:
        server.put(f"{3:032x}", name="edited")
        server.put(f"{20:032x}", name="made", percentComplete=0.0)
        del server.rows[f"{0:032x}"]
        server.rows[f"{1:032x}"]["percentComplete"] = 70.0

    before_the_next_pages(server, lambda: None, change)
    synced(server, file)
    synced(server, file)
    synced(server, file, lambda sync: sync.sweep())
    with DuckDB(file) as target:
        found = target.connection.execute(
            "SELECT ID, name, percentComplete FROM wf_task WHERE _wf_gone_at IS NULL ORDER BY ID"
        ).fetchall()
    assert found == [(row_id, row["name"], row["percentComplete"]) for row_id, row in sorted(server.rows.items())]
