"""The sync against a model of the service: once it rests, one run and one sweep make the table equal to it, row by row.

The control fails on purpose: with too little overlap the model finds a lost update, so it could find one elsewhere.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.engine.sync.changing_server import ChangingServer, Killed, World
from tests.support.soak import seeds
from workfront_client.v22 import Task, Workfront
from workfront_core.auth import ApiKey
from workfront_core.sync._sync.sync import Sync
from workfront_core.sync.duckdb_merge import stage_of
from workfront_core.sync.duckdb_target import DuckDB
from workfront_core.sync.table import Table
from workfront_core.sync.target import Merged
from workfront_core.transport.retry import Retry

TASKS = Table(Task, fields=["name", "percentComplete"], look=["percentComplete"])
NONE = timedelta(0)


class Dying(DuckDB):
    """A file whose process dies inside one of its transactions."""

    def __init__(self, path: Path, steps: int) -> None:
        self._steps = steps
        super().__init__(path)

    @contextmanager
    def _transaction(self) -> Generator[None]:
        self._steps -= 1
        with super()._transaction():
            yield
            if self._steps == 0:
                raise Killed


class GuardedByStamp(Dying):
    """A file that lets no row replace one with a later stamp, as many programs do: the control."""

    def finish(self, table: Table[Any], /) -> Merged:
        self._guard(stage_of(table), table)
        return super().finish(table)

    def _guard(self, source: str, table: Table[Any]) -> None:
        later = "WHERE s.ID = t.ID AND s.lastUpdateDate < t.lastUpdateDate"
        self._db.execute(f"DELETE FROM {source} AS s USING {table.name} AS t {later}")

    def _insert(self, into: str, table: Table[Any], rows: Any, at: datetime) -> None:
        super()._insert(into, table, rows, at)
        self._guard(into, table)


def step(
    server: ChangingServer,
    file: Path,
    *,
    sweep: bool,
    overlap: timedelta,
    dies_at: int = 0,
    workers: int = 1,
    kind: type[Dying] = Dying,
) -> None:
    with (
        Workfront(
            "http://127.0.0.1:1", auth=ApiKey("x"), transport=httpx.MockTransport(server), retry=Retry(max_retries=0)
        ) as wf,
        kind(file, dies_at) as target,
    ):
        sync = Sync(wf, target, [TASKS], page_size=7, overlap=overlap, most_gone=1.0, workers=workers)
        sync.run()
        if sweep:
            sync.sweep()


def outcome(
    seed: int, folder: Path, world: World, overlap: timedelta, workers: int = 1, kind: type[Dying] = Dying
) -> tuple[list[Any], list[Any], int]:
    """The table and the server after changes, deaths, rest, a run and a sweep; and rows that were stale before it."""
    chance = random.Random(seed)
    server, file = ChangingServer(chance, world), folder / f"{seed}.duckdb"
    for _ in range(chance.randint(3, 12)):
        with suppress(Killed):
            step(
                server, file, sweep=chance.random() < 0.3, overlap=overlap, workers=workers, kind=kind,
                dies_at=chance.randint(1, 12) if chance.random() < 0.2 else 0,
            )  # fmt: skip
        server.pass_by()
    server.rest()
    step(server, file, sweep=False, overlap=overlap, kind=kind)
    stamped = {row[0]: (row[1], row[3]) for row in on_the_server(server)}
    stale = sum((row[1], row[3]) != stamped.get(row[0], (row[1], row[3])) for row in in_the_table(file))
    step(server, file, sweep=True, overlap=overlap, kind=kind)
    return in_the_table(file), on_the_server(server), stale


def in_the_table(file: Path) -> list[Any]:
    with DuckDB(file) as target:
        columns = "ID, name, percentComplete, epoch_ms(lastUpdateDate)"
        found = target.connection.execute(f"SELECT {columns} FROM wf_task WHERE _wf_gone_at IS NULL ORDER BY ID")
        return found.fetchall()


def on_the_server(server: ChangingServer) -> list[Any]:
    rows = sorted(server.rows.values(), key=lambda row: str(row["ID"]))
    return [(row["ID"], row["name"], row["percentComplete"], milliseconds(str(row["lastUpdateDate"]))) for row in rows]


def milliseconds(text: str) -> int:
    moment = datetime.strptime(text[:23], "%Y-%m-%dT%H:%M:%S:%f").replace(tzinfo=UTC)
    return round(moment.timestamp() * 1000)


@pytest.mark.parametrize("seed", [55, 420, 967, *seeds(3, 30, 1200)])
def test_after_rest_a_run_and_a_sweep_the_table_is_the_server(seed: int, tmp_path: Path) -> None:
    table, server, _ = outcome(seed, tmp_path, World(), timedelta(seconds=30))
    assert table == server


@pytest.mark.parametrize("seed", seeds(1, 6, 400))
def test_pages_that_are_read_side_by_side_lose_nothing(seed: int, tmp_path: Path) -> None:
    table, server, _ = outcome(seed, tmp_path, World(), timedelta(seconds=30), workers=3)
    assert table == server


@pytest.mark.parametrize("seed", seeds(1, 6, 400))
def test_changes_with_a_stamp_need_no_sweep(seed: int, tmp_path: Path) -> None:
    world = World(what=("new", "edit", "edit", "edit", "delete"))
    table, server, stale = outcome(seed, tmp_path, world, timedelta(seconds=30))
    assert (table, stale) == (server, 0)


@pytest.mark.parametrize("seed", seeds(1, 6, 400))
def test_clocks_that_differ_and_answers_of_some_seconds_ago_are_within_the_overlap(seed: int, tmp_path: Path) -> None:
    world = World(clocks_differ_by=timedelta(seconds=4), replica_behind=timedelta(seconds=10))
    table, server, _ = outcome(seed, tmp_path, world, timedelta(seconds=45))
    assert table == server


def test_with_too_little_overlap_the_model_finds_lost_updates(tmp_path: Path) -> None:
    world = World(what=("new", "edit", "edit", "edit"))
    assert any(outcome(seed, tmp_path, world, NONE)[2] for seed in range(10))


@pytest.mark.long
def test_with_a_guard_by_the_stamp_rows_stay_stale_for_ever(tmp_path: Path) -> None:
    world = World(what=("new", "edit", "edit", "edit"), clocks_differ_by=timedelta(seconds=4))
    found = (outcome(seed, tmp_path, world, timedelta(seconds=45), kind=GuardedByStamp) for seed in range(40))
    assert any(table != server for table, server, _ in found)
