"""A sync in a process that is killed -9 at any step, while rows change and the server fails: nothing lost or double.

Kills come by the number of the step, not by the clock: in the middle of pages, of merges, and just after them.
"""

from __future__ import annotations

import random
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.engine.sync.dying_sync import main
from tests.support.forks import forks
from tests.support.soak import rounds
from workfront_client.v22 import Task, Workfront
from workfront_core.sync import DuckDB
from workfront_testing import live

pytestmark = pytest.mark.long

PROJECT = "1a" * 16
SEED = {
    "PROJ": [{"ID": PROJECT, "name": "Site"}],
    "TASK": [{"ID": f"{number:032x}", "name": f"Task {number}", "projectID": PROJECT} for number in range(1, 91)],
}
NEVER = "100000"


def change(wf: Workfront, chance: random.Random) -> None:
    """Makes, edits and deletes some tasks."""
    ids = [row.id for row in wf.task.search(fields=["name"])]
    wf.task.create(name=f"New {chance.random()}", project_id=PROJECT)
    for row_id in chance.sample(ids, 4):
        wf.task.update(row_id, name=f"Edited {chance.random()}")
    wf.task.delete(chance.choice(ids), force=True)


def in_the_table(file: Path) -> list[Any]:
    with DuckDB(file) as target:
        found = target.connection.execute("SELECT ID, name, _wf_gone_at IS NULL FROM wf_task ORDER BY ID").fetchall()
    assert len({row[0] for row in found}) == len(found), "an ID is there twice"
    return [(row_id, name) for row_id, name, is_there in found if is_there]


def test_after_any_number_of_kills_a_run_and_a_sweep_make_table_and_server_equal(tmp_path: Path) -> None:
    chance, file, killed = random.Random(11), tmp_path / "t.duckdb", 0
    with live(SEED) as kit, kit.client(Workfront) as wf, forks("tests.engine.sync.dying_sync") as run:
        for number in range(rounds(20, 200)):
            with kit.failing(0.03, "429", "500", "html", "truncated", seed=number):
                killed += run(kit.url, file, chance.randint(2, 20)) == -signal.SIGKILL
            change(wf, chance)
        main(kit.url, str(file), NEVER)
        rows = sorted((row.id, row.name) for row in wf.task.search(fields=[Task.f.name]))
        assert in_the_table(file) == rows
    assert killed > rounds(20, 200) / 2
