"""The dlt source: what it brings to a warehouse is what the server has, where dlt's own incremental loses updates."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.frames.bread import Bread, UntypedBread
from tests.engine.sync.still_server import StillServer
from tests.support.forks import forks
from workfront_client.v22 import Assignment, Project, Task, Workfront
from workfront_core import QueryError
from workfront_core.sync import SyncError, Table, TooManyGone
from workfront_testing import SandboxKit, in_process, live

dlt = pytest.importorskip("dlt", reason="dlt is not installed")
from workfront_core.sync.dlt_source import workfront  # noqa: E402
from workfront_core.sync.dlt_target import DltTarget  # noqa: E402

pytestmark = pytest.mark.long

TASKS = Table(Task, fields=["name", "percentComplete"], look=["percentComplete"])
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
    monkeypatch.setenv("RUNTIME__LOG_LEVEL", "ERROR")


@pytest.fixture
def pipeline(tmp_path: Path) -> Any:
    return made(tmp_path)


def made(folder: Path) -> Any:
    target = dlt.destinations.duckdb(str(folder / "warehouse.duckdb"))
    return dlt.pipeline("acme", destination=target, dataset_name="workfront", pipelines_dir=str(folder / "pipelines"))


def stored(pipeline: Any, columns: str = "id, name", table: str = "wf_task") -> list[Any]:
    query = f"SELECT {columns} FROM {table} ORDER BY id"
    with pipeline.sql_client() as client, client.execute_query(query) as cursor:
        return list(cursor.fetchall())


def on_the_server(server: StillServer) -> list[Any]:
    return sorted((row_id, row["name"]) for row_id, row in server.rows.items())


class TestAgainstARealClient:
    @pytest.fixture
    def kit(self) -> Iterator[SandboxKit]:
        with in_process("demo") as kit:
            yield kit

    @pytest.fixture
    def wf(self, kit: SandboxKit) -> Iterator[Workfront]:
        with kit.client(Workfront) as wf:
            yield wf

    def test_changes_are_merged_by_id_and_deletions_come_by_a_sweep(
        self, kit: SandboxKit, wf: Workfront, pipeline: Any
    ) -> None:
        def rows() -> list[Any]:
            return sorted((row["ID"], row["name"]) for row in kit.sandbox.rows("TASK"))

        tables: list[Table[Any]] = [Table(Task), Table(Project, fields=["name"])]
        pipeline.run(workfront(wf, tables))
        assert stored(pipeline) == rows()
        assert len(stored(pipeline, table="wf_project")) == 30
        first, second, *_ = [row_id for row_id, _ in rows()]
        wf.task.update(first, name="Edited")
        wf.task.create(name="Made")
        kit.time_travel(hours=1)
        pipeline.run(workfront(wf, tables))
        assert stored(pipeline) == rows()
        wf.task.delete(second, force=True)
        pipeline.run(workfront(wf, tables))
        assert stored(pipeline) != rows(), "no search tells of a deletion"
        pipeline.run(workfront(wf, tables, sweep=pipeline))
        assert stored(pipeline) == rows()

    def test_columns_have_the_types_of_the_schema(self, wf: Workfront, pipeline: Any) -> None:
        pipeline.run(workfront(wf, [Table(Task)]))
        found = pipeline.default_schema.tables["wf_task"]["columns"]
        kinds = {
            name: found[name]["data_type"] for name in ("id", "percent_complete", "planned_start_date", "is_ready")
        }
        assert kinds == {
            "id": "text",
            "percent_complete": "double",
            "planned_start_date": "timestamp",
            "is_ready": "bool",
        }
        assert found["id"]["primary_key"]


def test_a_column_of_another_type_goes_beside_the_one_before(pipeline: Any) -> None:
    """A warehouse keeps the type that a column had first, and would refuse values of another for good."""
    server = StillServer()
    server.put(f"{0:032x}", **{"DE:number": "12.5"})
    server.put(f"{1:032x}", **{"DE:number": "a dozen"})

    def run(model: Any) -> list[Any]:
        server.now += timedelta(hours=1)
        pipeline.run(workfront(server, [Table(model, fields=["DE:number"])]))
        return stored(pipeline, "de_number, de_number__v_text", "wf_bread")

    pipeline.run(workfront(server, [Table(Bread, fields=["DE:number"])]))
    assert run(UntypedBread) == [(None, "12.5"), (None, "a dozen")]
    assert run(Bread) == [(12.5, None), (None, None)]


def test_a_pipeline_of_custom_fields_without_types_reads_all_rows_once() -> None:
    server = StillServer()
    before = {"site": server.origin, "columns": ["ID", "DE:number", "lastUpdateDate"], "cursor": None}
    table = Table(Bread, fields=["DE:number"])
    target = DltTarget({**before, "conditions": table.conditions})
    assert target.prepare(table, server.origin).must_read_all == "its columns changed: DE:number"
    assert target.prepare(table, server.origin).must_read_all is None
    assert target.no_rows(table).column_names[:2] == ["ID", "DE:number__v_double"]


def test_a_second_run_reads_what_changed_alone(pipeline: Any) -> None:
    server = StillServer(*map(str, range(300)))
    pipeline.run(workfront(server, [TASKS], page_size=100))
    server.now += timedelta(hours=1)
    server.put(f"{7:032x}", name="Edited")
    server.asked.clear()
    pipeline.run(workfront(server, [TASKS], page_size=100, overlap=30 * SECOND))
    assert stored(pipeline) == on_the_server(server)
    assert len(server.asked) == 2


def test_rows_named_by_their_id_are_read_again_and_deleted_where_they_are_gone(pipeline: Any) -> None:
    server = StillServer("a", "b", "c")
    pipeline.run(workfront(server, [TASKS, Table(Project)]))
    server.rows[f"{0:032x}"]["name"] = "Quietly other"
    del server.rows[f"{1:032x}"]
    pipeline.run(workfront(server, [TASKS, Table(Project)], refresh={Task: [f"{0:032x}", f"{1:032x}"]}))
    assert stored(pipeline) == on_the_server(server)


def test_a_full_run_mends_values_that_no_stamp_tells(pipeline: Any) -> None:
    server = StillServer("a", "b")
    pipeline.run(workfront(server, [TASKS]))
    server.now += timedelta(hours=1)
    server.rows[f"{0:032x}"]["name"] = "Quietly other"
    pipeline.run(workfront(server, [TASKS], full=True))
    assert stored(pipeline) == on_the_server(server)


def test_rows_without_a_stamp_replace_those_before(pipeline: Any) -> None:
    server = StillServer("a", "b")
    whole = Table(Assignment, fields=["status"])
    pipeline.run(workfront(server, [whole]))
    del server.rows[f"{0:032x}"]
    pipeline.run(workfront(server, [whole]))
    assert stored(pipeline, "id", "wf_assignment") == [(f"{1:032x}",)]
    server.rows.clear()
    pipeline.run(workfront(server, [whole]))
    assert stored(pipeline, "id", "wf_assignment") == []


def test_too_many_rows_that_are_missing_are_not_deleted_unasked(pipeline: Any) -> None:
    server = StillServer(*map(str, range(150)))
    pipeline.run(workfront(server, [TASKS]))
    server.rows.clear()
    with pytest.raises(Exception, match="150 rows of wf_task") as raised:
        pipeline.run(workfront(server, [TASKS], sweep=pipeline))
    assert any(isinstance(error, TooManyGone) for error in causes(raised.value))
    assert len(stored(pipeline)) == 150
    pipeline.run(workfront(server, [TASKS], sweep=pipeline, most_gone=1.0))
    assert stored(pipeline) == []


def test_a_pipeline_holds_the_rows_of_one_tenant_and_of_one_set_of_conditions(pipeline: Any) -> None:
    pipeline.run(workfront(StillServer("a"), [TASKS]))
    for server, table in (
        (StillServer("a", origin="https://other.example"), TASKS),
        (StillServer("a"), Table(Task, fields=["name"], where=[Task.f.name == "a"])),
    ):
        with pytest.raises(Exception, match="of this pipeline holds rows of") as raised:
            pipeline.run(workfront(server, [table]))
        assert any(isinstance(error, SyncError) for error in causes(raised.value))


def test_a_new_column_is_filled_by_a_run_over_every_row(pipeline: Any) -> None:
    server = StillServer("a", "b")
    pipeline.run(workfront(server, [Table(Task, fields=["name"])]))
    server.now += timedelta(hours=1)
    pipeline.run(workfront(server, [TASKS]))
    assert stored(pipeline, "id, percent_complete") == [(f"{0:032x}", 0.0), (f"{1:032x}", 0.0)]


def test_refresh_and_sweep_are_runs_of_their_own(pipeline: Any) -> None:
    with pytest.raises(QueryError, match="each in a run of its own"):
        workfront(StillServer(), [TASKS], refresh={Task: []}, sweep=pipeline)


def test_times_between_runs_are_refused() -> None:
    with pytest.raises(QueryError, match="every= of wf_task: a pipeline does not know"):
        workfront(StillServer(), [Table(Task, every=timedelta(days=1))])


def causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


class TestLostUpdates:
    """400 rows in pages of 100, two of them edited while they are read, then two runs at rest."""

    @pytest.fixture
    def server(self) -> StillServer:
        server = StillServer(*map(str, range(400)))
        server.now += timedelta(hours=1)
        return server

    def edits_while_read(self, server: StillServer) -> None:
        whole, waiting = server.send, [self.nothing, self.edit(server)]

        def send(request: Any) -> Any:
            page = whole(request)
            server.now += 60 * SECOND
            if waiting:
                waiting.pop(0)()
            return page

        server.send = send  # type: ignore[method-assign]

    @staticmethod
    def nothing() -> None:
        """The first page goes undisturbed."""

    @staticmethod
    def edit(server: StillServer) -> Callable[[], None]:
        def edit() -> None:
            server.put(f"{5:032x}", name="Edited behind the reader")
            server.now += 60 * SECOND
            server.put(f"{390:032x}", name="Edited before the reader")

        return edit

    def test_our_reader_loses_none(self, server: StillServer, pipeline: Any) -> None:
        self.edits_while_read(server)
        for _ in range(3):
            pipeline.run(workfront(server, [TASKS], page_size=100, overlap=30 * SECOND))
        assert stored(pipeline) == on_the_server(server)

    def test_the_incremental_of_dlt_keeps_an_old_value_for_ever(self, server: StillServer, pipeline: Any) -> None:
        """The control: its cursor is the greatest stamp that was seen, not the moment before the reading."""
        self.edits_while_read(server)
        for _ in range(3):
            pipeline.run(by_greatest_stamp(server))
        found = dict(stored(pipeline))
        assert len(found) == 400
        assert found[f"{5:032x}"] == "5"
        assert found != dict(on_the_server(server))


def by_greatest_stamp(server: StillServer) -> Any:
    def rows(
        at: Any = dlt.sources.incremental("lastUpdateDate", initial_value=datetime(1970, 1, 1, tzinfo=UTC), lag=30),  # noqa: B008
    ) -> Iterator[Any]:
        low, after = at.start_value, None
        since = None if low.year == 1970 else low.strftime("%Y-%m-%dT%H:%M:%S.%f%z")
        while True:
            page = server.send(TASKS.rows_since(since).page(limit=100, after=after))
            if not page.rows:
                return
            after = str(page.rows[-1]["ID"])
            yield [{**row, "lastUpdateDate": moment(str(row["lastUpdateDate"]))} for row in page.rows]

    return dlt.resource(rows, name="wf_task", primary_key="ID", write_disposition="merge")


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S:%f%z")


def test_killed_at_any_step_nothing_is_lost_or_double(tmp_path: Path) -> None:
    project = "1a" * 16
    tasks = [{"ID": f"{n:032x}", "name": f"Task {n}", "projectID": project} for n in range(1, 91)]
    killed = 0
    seed = {"PROJ": [{"ID": project, "name": "Site"}], "TASK": tasks}
    with live(seed) as kit, kit.client(Workfront) as wf, forks("tests.engine.sync.dying_pipeline") as run:
        for number, step in enumerate((3, 7, 9, 10, 11, 2, 4)):
            killed += run(kit.url, tmp_path, step) == -signal.SIGKILL
            wf.task.update(f"{number + 1:032x}", name=f"Edit {number}")
        assert [run(kit.url, tmp_path, -1) for _ in range(2)] == [0, 0]
        found = stored(made(tmp_path))
        assert found == sorted((row["ID"], row["name"]) for row in kit.sandbox.rows("TASK"))
    assert killed >= 5
