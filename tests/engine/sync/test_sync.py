"""Tables that follow the server, and what a sync says where it cannot keep them as asked."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pytest

from tests.engine.sync.still_server import StillServer
from workfront_client.v22 import Assignment, JournalEntry, Note, Project, Task
from workfront_core import ProtocolError, QueryError, raw_parameters
from workfront_core.frames.batch import to_batch
from workfront_core.request.request import Request
from workfront_core.sync._async.sync import AsyncSync
from workfront_core.sync._sync.sync import Sync
from workfront_core.sync.duckdb_target import DuckDB
from workfront_core.sync.errors import SyncError, TooManyGone
from workfront_core.sync.state import Run, RunKind
from workfront_core.sync.strategy import Strategy
from workfront_core.sync.table import Table
from workfront_core.values.datetimes import format_datetime

T = TypeVar("T")
TASKS = Table(Task, fields=["name", "percentComplete"], look=["percentComplete"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "acme.duckdb"


@pytest.fixture
def target(file: Path) -> Iterator[DuckDB]:
    with DuckDB(file) as made:
        yield made


def names(target: DuckDB, where: str = "_wf_gone_at IS NULL") -> list[Any]:
    return [
        row[0] for row in target.connection.execute(f"SELECT name FROM wf_task WHERE {where} ORDER BY ID").fetchall()
    ]


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


class TestSweeps:
    def test_a_sweep_finds_what_no_stamp_tells(self, target: DuckDB) -> None:
        server = StillServer("a", "b", "c")
        sync = Sync(server, target, [TASKS])
        sync.run()
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

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(QueryError, match="does not exist"):
            DuckDB(tmp_path / "no" / "acme.duckdb")

    def test_a_table_that_was_dropped(self, target: DuckDB) -> None:
        sync = Sync(StillServer("a"), target, [TASKS])
        sync.run()
        target.connection.execute("DROP TABLE wf_task")
        with pytest.raises(SyncError, match="was dropped"):
            sync.run()

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
