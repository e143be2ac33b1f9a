"""Searches and reports as tables and files: the same rows as the pager's own, from both clients."""

from __future__ import annotations

import asyncio
import csv
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.support.table import Table, numbered
from workfront_client.v22 import AsyncWorkfront, Hour, Project, Task, Workfront
from workfront_core import QueryError
from workfront_core.errors import ServerError
from workfront_core.operations.search import Query
from workfront_core.paging._sync.pager import Pager
from workfront_testing import SandboxKit, in_process

FIELDS = [Task.f.name, Task.f.status, Task.f.percent_complete, Task.f.planned_start_date, Task.f.project.name]


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with in_process("demo") as made:
        yield made


@pytest.fixture
def wf(kit: SandboxKit) -> Iterator[Workfront]:
    with kit.client(Workfront) as made:
        yield made


class TestArrow:
    def test_a_table_holds_what_the_rows_hold(self, wf: Workfront) -> None:
        rows = wf.task.search(fields=FIELDS, limit=300).to_list()
        table = wf.task.search(fields=FIELDS, limit=300).to_arrow()
        assert table.column_names == [
            "ID", "name", "status", "percentComplete", "plannedStartDate", "project", "_wf_extra",
        ]  # fmt: skip
        for row, shown in zip(rows, table.to_pylist(), strict=True):
            assert (shown["ID"], shown["name"], shown["percentComplete"]) == (row.id, row.name, row.percent_complete)
            assert shown["plannedStartDate"] == row.planned_start_date
            assert shown["project"]["name"] == (row.project.name if row.project else None)
        assert table.column("_wf_extra").null_count == table.num_rows

    def test_batches_are_the_pages_and_have_one_schema(self, wf: Workfront) -> None:
        batches = list(wf.task.search(fields=FIELDS, page_size=50, limit=120).to_arrow_batches())
        assert [batch.num_rows for batch in batches] == [50, 50, 20]
        assert len({batch.schema for batch in batches}) == 1
        search = wf.task.search(fields=FIELDS, page_size=7, limit=120)
        assert [batch.num_rows for batch in search.to_arrow_batches(page_size=100)] == [100, 20]
        with pytest.raises(QueryError, match="page_size=0"):
            search.to_arrow_batches(page_size=0)

    def test_pages_hold_2000_rows_unless_the_search_says_otherwise(self) -> None:
        table = Table(numbered(5))
        assert Pager(table, Query(Project), prefetch=False).to_arrow().num_rows == 5
        assert table.pages[0] == "0+2000"

    def test_columns_are_named_and_spread_as_asked(self, wf: Workfront) -> None:
        search = wf.task.search(fields=FIELDS, limit=1)
        assert search.to_arrow(names="python", nested="flat").column_names == [
            "id", "name", "status", "percent_complete", "planned_start_date", "project_name", "_wf_extra",
        ]  # fmt: skip

    def test_where_the_server_chooses_the_fields_the_rows_tell_the_columns(self, wf: Workfront) -> None:
        assert wf.task.search(limit=2).to_arrow().column_names[:2] == ["ID", "name"]

    def test_no_rows_have_columns_as_well(self, wf: Workfront) -> None:
        table = wf.task.search(Task.f.name == "nobody", fields=[Task.f.percent_complete]).to_arrow()
        assert (table.num_rows, table.schema.field("percentComplete").type) == (0, pa.float64())

    def test_rows_of_an_object_that_no_schema_describes(self, wf: Workfront) -> None:
        table = wf.untyped("TASK").search(fields=["name"], limit=3).to_arrow()
        assert (table.column_names, table.num_rows) == (["ID", "name", "_wf_extra"], 3)

    def test_reading_goes_on_after_the_last_batch(self, wf: Workfront) -> None:
        search = wf.task.search(page_size=10)
        first = next(iter(search.to_arrow_batches()))
        rest = wf.task.search(after=search.cursor).to_arrow()
        assert first.num_rows + rest.num_rows == wf.task.count()

    @pytest.mark.parametrize("given", [{"names": "German"}, {"nested": "deep"}])
    def test_an_option_that_is_not_known(self, wf: Workfront, given: dict[str, Any]) -> None:
        with pytest.raises(QueryError, match="is not known"):
            wf.task.search().to_arrow(**given)

    def test_two_columns_of_one_name(self) -> None:
        with pytest.raises(QueryError, match="would both be called 'project_id'"):
            Pager(Table({}), Query(Task, fields=["projectID", "project:ID"])).to_arrow(nested="flat", names="python")

    def test_names_of_python_go_all_the_way(self) -> None:
        search = Pager(Table({}), Query(Task, fields=["assignedTo:homeGroup:name"]))
        assert search.to_arrow(nested="flat", names="python").column_names[1] == "assigned_to_home_group_name"
        person = search.to_arrow(names="python").schema.field("assigned_to").type
        assert str(person) == "struct<id: string, home_group: struct<id: string, name: string>>"


class TestDataFrames:
    def test_polars(self, wf: Workfront) -> None:
        frame = wf.task.search(fields=FIELDS, limit=5).to_polars()
        assert frame.shape == (5, 7)
        assert frame["percentComplete"].dtype.is_float()

    def test_pandas_keeps_the_types_of_arrow(self, wf: Workfront) -> None:
        frame = wf.task.search(fields=FIELDS, limit=5).to_pandas()
        assert frame.shape == (5, 7)
        assert str(frame["percentComplete"].dtype) == "double[pyarrow]"


class TestFiles:
    @pytest.mark.parametrize("name", ["t.parquet", "t.csv", "t.jsonl", "t.xlsx", "T.PARQUET"])
    def test_every_format_holds_every_row(self, wf: Workfront, tmp_path: Path, name: str) -> None:
        written: list[int] = []
        search = wf.task.search(fields=FIELDS, page_size=50, limit=120)
        assert search.export(tmp_path / name, progress=written.append) == 120
        assert written == [50, 100, 120]
        ids = wf.task.search(limit=120).to_arrow().column("ID").to_pylist()
        assert [row["ID"] for row in READERS[name[-4:].lower()](tmp_path / name)] == ids
        assert [path.name for path in tmp_path.iterdir()] == [name]

    def test_related_rows_are_structs_where_the_format_has_them(self, wf: Workfront, tmp_path: Path) -> None:
        search = wf.task.search(fields=[Task.f.project.name], limit=1)
        search.export(tmp_path / "t.jsonl")
        search.export(str(tmp_path / "t.csv"))
        search.export(tmp_path / "flat.parquet", nested="flat")
        (row,) = read_json_lines(tmp_path / "t.jsonl")
        (cells,) = read_csv(tmp_path / "t.csv")
        assert row["project"]["name"] == cells["project_name"]
        assert "project_name" in pq.read_schema(tmp_path / "flat.parquet").names

    def test_parquet_says_what_its_columns_are(self, wf: Workfront, tmp_path: Path) -> None:
        wf.task.search(fields=[Task.f.status], limit=1).export(tmp_path / "t.parquet", names="python")
        notes = pq.read_schema(tmp_path / "t.parquet").field("status").metadata or {}
        assert notes[b"workfront:name"] == b"status"
        assert b"CPL" in notes[b"workfront:codes"]

    def test_no_rows_are_a_file_with_columns(self, wf: Workfront, tmp_path: Path) -> None:
        none = wf.task.search(Task.f.name == "nobody", fields=[Task.f.name])
        assert none.export(tmp_path / "t.csv") == 0
        assert (tmp_path / "t.csv").read_text() == '"ID","name","_wf_extra"\n'

    def test_a_text_that_looks_like_a_formula_stays_text(self, tmp_path: Path) -> None:
        table = Table({"00": {"ID": "00", "name": "=1+1", "objCode": "TASK"}})
        Pager(table, Query(Task, fields=["name"]), prefetch=False).export(tmp_path / "t.xlsx")
        assert read_excel(tmp_path / "t.xlsx") == [{"ID": "00", "name": "=1+1", "_wf_extra": None}]

    def test_after_an_error_what_was_there_stays(self, tmp_path: Path) -> None:
        file = tmp_path / "t.parquet"
        file.write_text("before")

        def down_at_the_second(number: int) -> None:
            if number:
                raise ServerError("down")

        table = Table(numbered(6), between=down_at_the_second)
        with pytest.raises(ServerError):
            Pager(table, Query(Project), page_size=2, prefetch=False).export(file)
        assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("t.parquet", "before")]

    @pytest.mark.parametrize(
        ("path", "message"),
        [("t.docx", "No table format ends with '.docx'"), ("no/t.csv", "does not exist"), (5, "the path of a file")],
    )
    def test_a_place_that_takes_no_file(self, wf: Workfront, tmp_path: Path, path: Any, message: str) -> None:
        place: Any = path if isinstance(path, int) else tmp_path / path
        with pytest.raises(QueryError, match=message):
            wf.task.search().export(place)


class TestReports:
    def test_a_report_is_a_table_of_its_innermost_groups(self, wf: Workfront, tmp_path: Path) -> None:
        report = wf.hour.report(group_by=[Hour.f.owner.name], sum=[Hour.f.hours], max=[Hour.f.entry_date])
        table = report.to_arrow()
        assert table.column_names == ["owner_name", "sum_hours", "max_entryDate", "_wf_extra"]
        assert [row["owner_name"] for row in table.to_pylist()] == [row.keys["owner:name"] for row in report.rows()]
        assert table.schema.field("sum_hours").type == pa.float64()
        hours: list[Any] = table.column("sum_hours").to_pylist()
        assert sum(hours) == pytest.approx(sum(row.number("sum", Hour.f.hours) or 0 for row in report.rows()))
        assert report.to_polars().shape == report.to_pandas().shape == table.shape
        assert report.export(tmp_path / "hours.csv") == table.num_rows
        assert read_csv(tmp_path / "hours.csv")[0]["owner_name"] == table.column("owner_name")[0].as_py()

    def test_an_empty_report_has_the_columns_asked_for(self, wf: Workfront) -> None:
        report = wf.hour.report(Hour.f.hours > 1e9, group_by=[Hour.f.owner.name], sum=[Hour.f.hours])
        assert (report.to_arrow().num_rows, report.to_arrow().column_names[:2]) == (0, ["owner_name", "sum_hours"])


def test_the_asynchronous_pager_gives_the_same(kit: SandboxKit, tmp_path: Path) -> None:
    async def read() -> tuple[pa.Table, list[int], int, tuple[int, int], tuple[int, int]]:
        async with kit.client(AsyncWorkfront) as wf:
            search = wf.task.search(fields=FIELDS, page_size=50, limit=120)
            batches: AsyncIterator[pa.RecordBatch] = search.to_arrow_batches()
            sizes = [batch.num_rows async for batch in batches]
            frames = (await search.to_polars()).shape, (await search.to_pandas()).shape
            return await search.to_arrow(), sizes, await search.export(tmp_path / "t.parquet"), *frames

    table, sizes, number, polars_shape, pandas_shape = asyncio.run(read())
    with kit.client(Workfront) as wf:
        assert table == wf.task.search(fields=FIELDS, page_size=50, limit=120).to_arrow()
    assert (sizes, number, polars_shape, pandas_shape) == ([50, 50, 20], 120, (120, 7), (120, 7))
    assert pq.read_table(tmp_path / "t.parquet").num_rows == 120


@pytest.mark.parametrize(
    ("package", "extra", "call"),
    [
        ("pyarrow", "frames", lambda search: search.to_arrow()),
        ("pyarrow", "frames", lambda search: search.to_arrow_batches()),
        ("pyarrow", "frames", lambda search: search.export("t.csv")),
        ("polars", "polars", lambda search: search.to_polars()),
        ("pandas", "pandas", lambda search: search.to_pandas()),
        ("xlsxwriter", "excel", lambda search: search.export("t.xlsx")),
    ],
)
def test_what_is_not_installed_is_named_with_its_extra(
    wf: Workfront,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    package: str,
    extra: str,
    call: Callable[[Any], object],
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError, match=f"needs {package}") as raised:
        call(wf.task.search())
    assert f"workfront-client[{extra}]" in str(raised.value.hint)
    assert not list(tmp_path.iterdir())


def test_instants_are_written_in_utc(tmp_path: Path) -> None:
    row = {"ID": "00", "plannedStartDate": "2026-05-18T17:00:00:000-0600"}
    search = Pager(Table({"00": row}), Query(Task, fields=["plannedStartDate"]), prefetch=False)
    for name in ("t.csv", "t.jsonl"):
        search.export(tmp_path / name)
        assert "2026-05-18T23:00:00.000Z" in (tmp_path / name).read_text()
    search.export(tmp_path / "t.xlsx")
    assert read_excel(tmp_path / "t.xlsx")[0]["plannedStartDate"] == datetime(2026, 5, 18, 23, tzinfo=UTC).replace(
        tzinfo=None
    )


def read_parquet(path: Path) -> list[Any]:
    return pq.read_table(path).to_pylist()


def read_csv(path: Path) -> list[Any]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read_json_lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_excel(path: Path) -> list[Any]:
    book: Any = openpyxl.load_workbook(path, read_only=True)
    heading, *rows = book.active.values
    return [dict(zip(heading, row, strict=True)) for row in rows]


READERS: dict[str, Callable[[Path], list[Any]]] = {
    "quet": read_parquet, ".csv": read_csv, "sonl": read_json_lines, "xlsx": read_excel,
}  # fmt: skip
