"""Tables that follow the server, and what a sync says where it cannot keep them as asked."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pytest

from tests.engine.sync.still_server import StillServer
from tests.engine.sync.task_table import TASKS, names
from workfront_client.v22 import Assignment, JournalEntry, Note, Project, Task
from workfront_core import QueryError, raw_parameters
from workfront_core.request.request import Request
from workfront_core.sync._async.sync import AsyncSync
from workfront_core.sync._sync.sync import Sync
from workfront_core.sync.duckdb_target import DuckDB
from workfront_core.sync.errors import SyncError, TooManyGone
from workfront_core.sync.state import RunKind
from workfront_core.sync.strategy import Strategy
from workfront_core.sync.table import Table

T = TypeVar("T")


class TestRuns:
    def test_the_first_reads_every_row_and_the_next_what_changed(self, target: DuckDB) -> None:
        server = StillServer("a", "b", "c")
        sync = Sync(server, target, [TASKS], overlap=timedelta(seconds=30))
        first = sync.run()["wf_task"]
        assert (first.kind, first.read, first.added) == (RunKind.FULL, 3, 3)
        server.put(f"{1:032x}", name="B")
        second = sync.run()["wf_task"]
        assert (second.kind, second.read, second.changed, second.added) == (RunKind.CHANGES, 1, 1, 0)
        assert names(target) == ["a", "B", "c"]

    def test_nothing_new_costs_one_page(self, target: DuckDB) -> None:
        server = StillServer("a")
        sync = Sync(server, target, [TASKS], overlap=timedelta(seconds=30))
        sync.run()
        server.asked.clear()
        assert sync.run()["wf_task"].calls == len(server.asked) == 1

    def test_a_row_that_is_read_again_and_equal_counts_as_no_change(self, target: DuckDB) -> None:
        sync = Sync(StillServer("a"), target, [TASKS])
        sync.run()
        again = sync.run()["wf_task"]
        assert (again.read, again.added, again.changed) == (1, 0, 0)

    def test_full_reads_every_row_and_finds_those_that_are_gone(self, target: DuckDB) -> None:
        server = StillServer("a", "b")
        sync = Sync(server, target, [TASKS])
        sync.run()
        del server.rows[f"{0:032x}"]
        assert sync.run(full=True)["wf_task"].gone == 1
        assert (names(target), names(target, "_wf_gone_at IS NOT NULL")) == (["b"], ["a"])

    def test_a_row_that_comes_back_is_there_again(self, target: DuckDB) -> None:
        server = StillServer("a")
        sync = Sync(server, target, [TASKS])
        sync.run()
        kept = server.rows.pop(f"{0:032x}")
        sync.run(full=True)
        server.rows[f"{0:032x}"] = kept
        sync.sweep()
        assert names(target) == ["a"]

    def test_rows_without_a_stamp_are_read_whole_each_time(self, target: DuckDB) -> None:
        server = StillServer("a", "b")
        sync = Sync(server, target, [Table(Assignment, fields=["status"])])
        assert [sync.run()["wf_assignment"].kind for _ in range(2)] == [RunKind.FULL, RunKind.FULL]


class TestClocks:
    @pytest.mark.parametrize(("ahead", "warned"), [(30, False), (300, True)])
    def test_stamps_after_the_server_s_own_time_are_warned_of(self, target: DuckDB, ahead: int, warned: bool) -> None:
        server = StillServer("a")
        sync = Sync(server, target, [TASKS])
        for row_id in (f"{0:032x}", f"{1:032x}"):  # in a first load, and among changes
            server.now += timedelta(seconds=60 + ahead)  # telling the time takes the server a minute
            server.put(row_id, name="b", percentComplete=0.0)
            server.now -= timedelta(seconds=60 + ahead)
            found = sync.run()["wf_task"].warnings
            assert any("after the server's own time" in warning for warning in found) == warned


class TestMoments:
    def test_several_calls_share_one(self, target: DuckDB) -> None:
        server = StillServer("a")
        sync = Sync(server, target, [TASKS, Table(Project, fields=["name"])])
        moment = sync.moment()
        sync.run(Task, at=moment)
        server.put(f"{0:032x}", name="b")
        assert sync.run(Project, at=moment)["wf_project"].read == 1
        assert sync.sweep(at=moment)["wf_task"].changed == 1
        assert sync.refresh(Task, [f"{0:032x}"], at=moment).read == 1
        assert (server.now, {state.cursor for state in sync.status().values()}) == (moment.high, {moment.high})
        server.put(f"{0:032x}", name="c")
        sync.run(Task)
        assert names(target) == ["c"]

    def test_one_that_is_none_or_of_another_tenant_is_refused(self, target: DuckDB) -> None:
        sync = Sync(StillServer("a"), target, [TASKS])
        other = Sync(StillServer(origin="https://other.example"), target, [TASKS])
        with pytest.raises(QueryError, match=r"is of https://other\.example, not of https://acme\.example"):
            sync.run(at=other.moment())
        with pytest.raises(QueryError, match="at= takes a moment, not"):
            sync.sweep(at=datetime.now(UTC))  # type: ignore[arg-type]


class TestSweeps:
    def test_a_sweep_finds_what_no_stamp_tells(self, target: DuckDB) -> None:
        server = StillServer("a", "b", "c")
        sync = Sync(server, target, [TASKS])
        sync.run()
        assert sync.status()["wf_task"].swept_at == sync.status()["wf_task"].cursor  # a full run is one as well
        server.rows[f"{1:032x}"]["percentComplete"] = 50.0
        del server.rows[f"{2:032x}"]
        swept = sync.sweep()["wf_task"]
        assert (swept.changed, swept.gone) == (1, 1)
        assert target.connection.execute("SELECT percentComplete FROM wf_task WHERE name = 'b'").fetchall() == [(50.0,)]
        assert sync.status()["wf_task"].swept_at is not None

    def test_too_many_rows_are_not_marked_gone_unasked(self, target: DuckDB) -> None:
        server = StillServer(*map(str, range(150)))
        sync = Sync(server, target, [TASKS], most_gone=0.1)
        sync.run()
        server.rows.clear()
        with pytest.raises(TooManyGone, match=r"150 rows of wf_task.*At most 100") as raised:
            sync.sweep()
        assert (raised.value.missing, len(names(target))) == (150, 150)
        assert sync.status()["wf_task"].missing == 150
        assert sync.allow_gone(Task).gone == 150
        assert names(target) == []

    def test_rows_named_by_their_id_are_read_again(self, target: DuckDB) -> None:
        server = StillServer("a", "b")
        sync = Sync(server, target, [TASKS])
        sync.run()
        server.rows[f"{0:032x}"]["name"] = "quietly other"
        del server.rows[f"{1:032x}"]
        done = sync.refresh(Task, [f"{0:032x}", f"{1:032x}"])
        assert (done.changed, done.gone, names(target)) == (1, 1, ["quietly other"])

    def test_a_page_that_is_cut_short_marks_nothing_gone(self, target: DuckDB) -> None:
        server = StillServer(*map(str, range(60)))
        sync = Sync(server, target, [TASKS])
        sync.run()
        whole = server.send
        server.send = lambda request: _first(whole(request), 7)  # type: ignore[method-assign]
        assert sync.refresh(Task, list(server.rows)).gone == 0
        assert len(names(target)) == 60


def _first(page: Any, number: int) -> Any:
    from dataclasses import replace

    return replace(page, rows=page.rows[:number])


class TestTables:
    @pytest.mark.parametrize(
        ("model", "strategy"),
        [
            (Task, Strategy.CHANGES),
            (Note, Strategy.ADDITIONS),
            (JournalEntry, Strategy.JOURNAL),
            (Assignment, Strategy.WHOLE),
        ],
    )
    def test_the_fields_of_an_object_tell_how_it_is_kept(self, model: Any, strategy: Strategy) -> None:
        assert Table(model).strategy is strategy

    @pytest.mark.parametrize("field", ["project:name", "project", "assignments:ID", "DE:project:Region"])
    def test_fields_of_other_objects_are_refused(self, field: str) -> None:
        with pytest.raises(QueryError, match="a field of another object") as raised:
            Table(Task, fields=[field])
        assert "a table of its own" in str(raised.value.hint)

    def test_conditions_beside_which_pages_cannot_be_told_by_id_are_refused(self) -> None:
        with pytest.raises(QueryError, match="leaves no room"):
            Table(Task, where=[raw_parameters(("OR:1:status", "CUR"))])

    def test_a_table_is_named_after_the_object(self) -> None:
        assert (Table(JournalEntry).name, Table(Project).name) == ("wf_journal_entry", "wf_project")

    def test_all_fields_are_the_default(self, target: DuckDB) -> None:
        Sync(StillServer("a"), target, [Table(Task)]).run()
        columns = {row[0] for row in target.connection.execute("DESCRIBE wf_task").fetchall()}
        assert {"ID", "name", "plannedStartDate", "_wf_extra", "_wf_read_at", "_wf_gone_at"} <= columns


class TestWhatIsRefused:
    def test_the_rows_of_another_tenant(self, target: DuckDB) -> None:
        Sync(StillServer("a"), target, [TASKS]).run()
        with pytest.raises(SyncError, match=r"holds rows of https://acme\.example, not of https://other\.example"):
            Sync(StillServer("b", origin="https://other.example"), target, [TASKS]).run()
        assert names(target) == ["a"]

    def test_other_conditions_than_the_tables(self, target: DuckDB) -> None:
        server = StillServer("a")
        Sync(server, target, [TASKS]).run()
        other = Table(Task, fields=["name", "percentComplete"], where=[Task.f.name == "a"])
        with pytest.raises(SyncError, match="other conditions") as raised:
            Sync(server, target, [other]).run()
        assert "sync reset TASK" in str(raised.value.hint)

    @pytest.mark.usefixtures("target")
    def test_a_second_process_on_one_file(self, file: Path) -> None:
        code = f"from workfront_core.sync.duckdb_target import DuckDB; DuckDB({str(file)!r})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert "SyncError" in done.stderr
        assert "lock" in done.stderr
        assert "Wait until the other process is done" in done.stderr

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        file = tmp_path / "notes.txt"
        file.write_text("hello " * 1000)
        with pytest.raises(SyncError, match="cannot be opened"):
            DuckDB(file)
        assert file.read_text().startswith("hello")

    @pytest.mark.parametrize("name", ["tasks.csv", "tasks.json", "tasks.parquet"])
    def test_a_file_of_rows_which_duckdb_would_show_and_keep_nothing_in(self, tmp_path: Path, name: str) -> None:
        file = tmp_path / name
        file.write_text('[{"ID": "x"}]' if name.endswith("json") else "ID,name\n1,2\n")
        before = file.read_bytes()
        with pytest.raises(SyncError, match="is not a DuckDB file"):
            DuckDB(file)
        assert file.read_bytes() == before

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(QueryError, match="does not exist"):
            DuckDB(tmp_path / "no" / "acme.duckdb")

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"page_size": 5000}, "1 to 2000"),
            ({"overlap": timedelta(seconds=-1)}, "cannot begin to read after"),
            ({"most_gone": 2}, "from 0 to 1"),
            ({"workers": 0}, "1 to 8"),
            ({"workers": 9}, "1 to 8"),
        ],
    )
    def test_options_out_of_range(self, target: DuckDB, options: dict[str, Any], message: str) -> None:
        with pytest.raises(QueryError, match=message):
            Sync(StillServer(), target, [TASKS], **options)

    def test_no_tables_and_one_twice(self, target: DuckDB) -> None:
        with pytest.raises(QueryError, match="at least one table"):
            Sync(StillServer(), target, [])
        with pytest.raises(QueryError, match="is there twice"):
            Sync(StillServer(), target, [TASKS, Table(Task)])

    def test_a_table_the_sync_does_not_have(self, target: DuckDB) -> None:
        with pytest.raises(QueryError, match="no table of Project"):
            Sync(StillServer(), target, [TASKS]).run(Project)


class TestColumnsThatChange:
    def test_a_new_column_is_added_and_filled_by_a_full_run(self, target: DuckDB) -> None:
        server = StillServer("a")
        Sync(server, target, [Table(Task, fields=["name"])]).run()
        done = Sync(server, target, [TASKS]).run()["wf_task"]
        assert done.kind is RunKind.FULL
        assert target.connection.execute("SELECT percentComplete FROM wf_task").fetchall() == [(0.0,)]
        assert ("column added", "percentComplete") in logged(target)

    def test_a_column_that_is_not_asked_for_any_more_is_kept(self, target: DuckDB) -> None:
        server = StillServer("a")
        Sync(server, target, [TASKS]).run()
        Sync(server, target, [Table(Task, fields=["name"])]).run()
        assert target.connection.execute("SELECT percentComplete FROM wf_task").fetchall() == [(0.0,)]
        assert ("no longer asked for", "percentComplete") in logged(target)

    def test_a_column_of_another_type_is_set_aside(self, target: DuckDB) -> None:
        server = StillServer("a")
        Sync(server, target, [TASKS]).run()
        target.connection.execute("ALTER TABLE wf_task ALTER percentComplete TYPE VARCHAR")
        Sync(server, target, [TASKS]).run()
        row = target.connection.execute("SELECT percentComplete, percentComplete__varchar FROM wf_task").fetchall()
        assert row in ([(0.0, "0.0")], [(0.0, None)])
        assert ("another type", "percentComplete") in logged(target)


def test_the_log_tells_of_runs_that_rows_came_of(target: DuckDB) -> None:
    server = StillServer("a", "b")
    for _ in range(3):
        server.now += timedelta(days=1)
        Sync(server, target, [TASKS]).run()
    server.put(f"{1:032x}", name=5)
    Sync(server, target, [TASKS]).run()
    told = target.connection.execute("SELECT name, note FROM _wf_log WHERE what = 'run' ORDER BY logged_at").fetchall()
    assert told == [
        ("full", "2 read, 2 new, 0 changed, 0 with a value in _wf_extra"),
        ("changes", "1 read, 0 new, 1 changed, 1 with a value in _wf_extra"),
    ]


def logged(target: DuckDB) -> set[Any]:
    return set(target.connection.execute("SELECT what, name FROM _wf_log").fetchall())


def test_a_reader_of_the_file_never_sees_half_a_run(file: Path) -> None:
    server = StillServer(*map(str, range(20)))
    seen: list[int] = []
    with DuckDB(file) as target:
        reader = target.connection.cursor()

        def look(_progress: object) -> None:
            seen.append(reader.execute("SELECT count(*) FROM wf_task").fetchall()[0][0])

        Sync(server, target, [TASKS], page_size=5, progress=look).run()
        assert set(seen) == {0}
        assert len(names(target)) == 20


def test_the_asynchronous_sync_does_the_same_beside_its_loop(target: DuckDB) -> None:
    server = StillServer("a", "b")

    class AsyncServer:
        origin = server.origin

        async def server_time(self) -> datetime:
            return server.server_time()

        async def send(self, request: Request[T], /) -> T:
            return server.send(request)

    async def follow() -> int:
        sync = AsyncSync(AsyncServer(), target, [TASKS])
        await sync.run()
        server.rows[f"{0:032x}"]["percentComplete"] = 50.0
        del server.rows[f"{1:032x}"]
        swept = (await sync.sweep())["wf_task"]
        assert (swept.changed, swept.gone) == (1, 1)
        return (await sync.refresh(Task, [f"{0:032x}"])).read

    assert asyncio.run(follow()) == 1
    assert names(target) == ["a"]


def test_duckdb_says_what_is_missing_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(QueryError, match="needs duckdb") as raised:
        DuckDB(file)
    assert "workfront-client[sync]" in str(raised.value.hint)
    assert duckdb is not None
