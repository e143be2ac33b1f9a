"""A sync against a sandbox that does what no documentation rules out: guarantees hold, or it says that they cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from workfront_client.v22 import JournalEntry, Task, Workfront
from workfront_core.sync import DuckDB, Sync, Table, TooManyGone
from workfront_testing import SandboxKit, in_process

PROJECT = "1a" * 16
SEED = {
    "now": "2027-05-12T12:00:00:000+0000",
    "PROJ": [{"ID": PROJECT, "name": "Site"}],
    "TASK": [{"ID": f"{number:032x}", "name": f"Task {number}", "projectID": PROJECT} for number in range(1, 31)],
}
ONE, TWO, THREE = (f"{number:032x}" for number in (1, 2, 3))
TASKS = Table(Task, fields=["name", "percentComplete", "actualWorkRequired"], look=["actualWorkRequired"])
OVERLAP = timedelta(seconds=60)


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with in_process(SEED) as made:
        yield made


@pytest.fixture
def wf(kit: SandboxKit) -> Iterator[Workfront]:
    with kit.client(Workfront) as client:
        yield client


@pytest.fixture
def target(tmp_path: Path) -> Iterator[DuckDB]:
    with DuckDB(tmp_path / "acme.duckdb") as made:
        yield made


@pytest.fixture
def sync(wf: Workfront, target: DuckDB) -> Sync:
    made = Sync(wf, target, [TASKS], page_size=7, overlap=OVERLAP)
    made.run()
    return made


def in_the_table(target: DuckDB) -> dict[str, Any]:
    found = target.connection.execute(
        "SELECT ID, name, actualWorkRequired FROM wf_task WHERE _wf_gone_at IS NULL"
    ).fetchall()
    assert len({row[0] for row in found}) == len(found)
    return {row_id: (name, work) for row_id, name, work in found}


def on_the_server(kit: SandboxKit) -> dict[str, Any]:
    return {row["ID"]: (row["name"], row.get("actualWorkRequired")) for row in kit.sandbox.rows("TASK")}


def test_rows_out_of_sight_are_marked_gone_by_a_sweep_and_come_back_by_one(
    kit: SandboxKit, target: DuckDB, sync: Sync
) -> None:
    kit.conditions.hide(Task, TWO)
    kit.time_travel(hours=1)
    sync.run()
    assert TWO in in_the_table(target), "a run alone cannot know"
    sync.sweep()
    assert TWO not in in_the_table(target)
    kit.conditions.show(Task, TWO)
    sync.sweep()
    assert in_the_table(target) == on_the_server(kit)


def test_losing_sight_of_most_rows_marks_nothing_and_says_so(kit: SandboxKit, target: DuckDB, wf: Workfront) -> None:
    kit.sandbox.insert("TASK", [{"name": f"More {n}", "projectID": PROJECT} for n in range(200)])
    sync = Sync(wf, target, [TASKS], overlap=OVERLAP)
    sync.run()
    kit.conditions.hide(Task, *(row["ID"] for row in kit.sandbox.rows("TASK")))
    with pytest.raises(TooManyGone):
        sync.sweep()
    assert in_the_table(target) == on_the_server(kit)


def test_quiet_changes_are_seen_by_a_sweep_that_looks_at_them_and_by_a_full_run(
    kit: SandboxKit, target: DuckDB, sync: Sync
) -> None:
    kit.time_travel(hours=1)
    kit.conditions.change_quietly(Task, ONE, actual_work_required=90)
    kit.conditions.change_quietly(Task, TWO, name="Quiet")
    sync.run()
    assert in_the_table(target)[ONE] != on_the_server(kit)[ONE], "a run alone cannot know"
    sync.sweep()
    assert in_the_table(target)[ONE] == on_the_server(kit)[ONE]
    assert in_the_table(target)[TWO] != on_the_server(kit)[TWO], "the sweep was not told to look at names"
    sync.run(full=True)
    assert in_the_table(target) == on_the_server(kit)


@pytest.mark.parametrize("ahead", [-4, 4])
def test_clocks_that_differ_by_less_than_the_overlap_lose_nothing(
    kit: SandboxKit, target: DuckDB, sync: Sync, wf: Workfront, ahead: int
) -> None:
    for number in range(6):
        kit.conditions.stamp_ahead(timedelta(seconds=ahead if number % 2 else -ahead))
        wf.task.update(ONE, name=f"Edit {number}")
        kit.time_travel(seconds=1)
        sync.run()
        assert in_the_table(target) == on_the_server(kit)
        kit.time_travel(minutes=10)


def test_a_clock_that_is_behind_by_more_than_the_overlap_is_mended_by_a_sweep_alone(
    kit: SandboxKit, target: DuckDB, sync: Sync, wf: Workfront
) -> None:
    kit.time_travel(hours=1)
    sync.run()
    kit.conditions.stamp_ahead(timedelta(minutes=-5))
    wf.task.update(ONE, name="Edited")
    sync.run()
    assert in_the_table(target) != on_the_server(kit), "the control: the stamp lies before the overlap"
    sync.sweep()
    assert in_the_table(target) == on_the_server(kit)


def test_late_changes_are_read_within_the_overlap_and_their_lateness_is_told(
    kit: SandboxKit, target: DuckDB, sync: Sync, wf: Workfront
) -> None:
    kit.time_travel(hours=1)
    kit.conditions.show_late(timedelta(seconds=45))
    wf.task.update(ONE, name="Edited")
    kit.time_travel(seconds=40)
    sync.run()
    assert in_the_table(target)[ONE][0] == "Task 1"
    kit.time_travel(seconds=10)
    done = sync.run()["wf_task"]
    assert in_the_table(target) == on_the_server(kit)
    assert sync.status()["wf_task"].late_max == timedelta(seconds=40)
    assert "should be more than twice that" in done.warnings[0]


def test_a_change_later_than_the_overlap_is_mended_by_a_sweep_alone(
    kit: SandboxKit, target: DuckDB, sync: Sync, wf: Workfront
) -> None:
    kit.time_travel(hours=1)
    kit.conditions.show_late(timedelta(minutes=5))
    wf.task.update(ONE, name="Edited")
    kit.time_travel(minutes=4)
    sync.run()
    kit.time_travel(minutes=4)
    sync.run()
    assert in_the_table(target) != on_the_server(kit), "the control: it showed after its window had passed"
    sync.sweep()
    assert in_the_table(target) == on_the_server(kit)


def test_stale_answers_make_a_row_older_for_one_run_at_most(
    kit: SandboxKit, target: DuckDB, sync: Sync, wf: Workfront
) -> None:
    kit.conditions.answer_stale(timedelta(seconds=10), seed=5)
    for number in range(12):
        wf.task.update(ONE if number % 2 else TWO, name=f"Edit {number}")
        if number == 6:
            wf.task.delete(THREE)
        kit.time_travel(seconds=4)
        sync.run()
    kit.time_travel(seconds=11)
    sync.run()
    sync.sweep()
    assert in_the_table(target) == on_the_server(kit)


@pytest.mark.parametrize("of", ["all", "none"])
def test_deletions_are_found_whether_the_journal_tells_them_or_not(
    kit: SandboxKit, target: DuckDB, sync: Sync, wf: Workfront, of: Any
) -> None:
    kit.conditions.journal_deletions(of)
    kit.time_travel(hours=1)
    wf.task.delete(TWO)
    found = wf.journal_entry.search(JournalEntry.f.change_type == "D", fields=["objID", "objObjCode"])
    named = [str(entry.obj_id) for entry in found if entry.obj_obj_code == "TASK"]
    assert named == ([TWO] if of == "all" else [])
    sync.refresh(Task, named) if named else sync.sweep()
    assert in_the_table(target) == on_the_server(kit)
