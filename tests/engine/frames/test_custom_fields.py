"""Custom fields of a tenant's package have the types of their kinds, in every format and store."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.engine.frames.bread import CUSTOM_KINDS, FIELDS, VALUES, Bread, UntypedBread
from tests.engine.sync.still_server import StillServer
from workfront_core.frames.batch import to_batch
from workfront_core.frames.files import FORMATS
from workfront_core.frames.schema import EXTRA_COLUMN, frame_schema
from workfront_core.sync import DuckDB, Sync, SyncResult, Table
from workfront_core.sync.state import RunKind

ROW_ID = "a" * 32
LINK = pa.struct([pa.field("ID", pa.string()), pa.field("name", pa.string()), pa.field("objCode", pa.string())])
TYPES: dict[str, tuple[Any, str]] = {
    "text": (pa.string(), "VARCHAR"),
    "number": (pa.float64(), "DOUBLE"),
    "money": (pa.decimal128(38, 10), "DECIMAL(38,10)"),
    "date": (pa.date32(), "DATE"),
    "date_time": (pa.timestamp("us", "UTC"), "TIMESTAMP WITH TIME ZONE"),
    "choice": (pa.string(), "VARCHAR"),
    "choices": (pa.list_(pa.string()), "VARCHAR[]"),
    "options": (pa.list_(pa.string()), "VARCHAR[]"),
    "link": (LINK, 'STRUCT(ID VARCHAR, "name" VARCHAR, objCode VARCHAR)'),
    "rich": (pa.string(), "VARCHAR"),
    "json": (pa.string(), "JSON"),
}
READ: dict[str, Any] = {
    "DE:text": "Sour",
    "DE:number": 12.5,
    "DE:money": Decimal("3.2"),
    "DE:date": date(2026, 6, 13),
    "DE:date_time": datetime(2026, 6, 13, 15, tzinfo=UTC),
    "DE:choice": "Y",
    "DE:choices": ["Y"],
    "DE:options": ["N", "Y"],
    "DE:link": {"ID": "2", "name": "Ann", "objCode": "USER"},
    "DE:rich": '{"blocks":[]}',
    "DE:json": '{"a":1}',
}
BATCH = to_batch([{"ID": ROW_ID, **VALUES}], frame_schema(Bread, FIELDS))
IN_TEXT = {
    **VALUES,
    "DE:number": "12.5",
    "DE:money": "3.2",
    "DE:date_time": "2026-06-13T15:00:00.000Z",
    "DE:choices": '["Y"]',
    "DE:options": '["N","Y"]',
    "DE:link": '{"ID":"2","name":"Ann","objCode":"USER"}',
    "DE:json": '{"a":1}',
}


def written(folder: Path, ending: str) -> Path:
    path = folder / f"rows{ending}"
    with FORMATS[ending](path, BATCH.schema) as file:
        file.write(BATCH)
    return path


def synced(server: StillServer, target: DuckDB, model: Any) -> SyncResult:
    return Sync(server, target, [Table(model, fields=FIELDS)]).run()


def columns_in(target: DuckDB) -> dict[str, str]:
    described = target.connection.execute("DESCRIBE wf_bread").fetchall()
    return {name: kind for name, kind, *_ in described}


@pytest.fixture
def server() -> StillServer:
    found = StillServer()
    found.put(ROW_ID, **VALUES)
    return found


def test_every_kind_has_a_type() -> None:
    assert TYPES.keys() == set(CUSTOM_KINDS)
    for name, (kind, _) in TYPES.items():
        assert BATCH.schema.field(f"DE:{name}").type == kind


def test_values_are_read_by_their_kind() -> None:
    assert BATCH.to_pylist() == [{"ID": ROW_ID, **READ, EXTRA_COLUMN: None}]


def test_parquet_keeps_them(tmp_path: Path) -> None:
    found = pq.read_table(written(tmp_path, ".parquet"))
    assert found.to_pylist() == BATCH.to_pylist()
    assert found.schema.field("DE:link").type == LINK


def test_csv_and_sheets_hold_them_as_text_and_cells(tmp_path: Path) -> None:
    with written(tmp_path, ".csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [{"ID": ROW_ID, **IN_TEXT, EXTRA_COLUMN: ""}]
    names, cells = openpyxl.load_workbook(written(tmp_path, ".xlsx"))["rows"].iter_rows(values_only=True)
    moments = {"DE:date": datetime(2026, 6, 13), "DE:date_time": datetime(2026, 6, 13, 15)}  # noqa: DTZ001 - as a cell
    shown = {**IN_TEXT, **moments, "DE:number": 12.5, "DE:money": 3.2}
    assert dict(zip(names, cells, strict=True)) == {"ID": ROW_ID, **shown, EXTRA_COLUMN: None}


def test_lines_hold_them_as_json(tmp_path: Path) -> None:
    found = json.loads(written(tmp_path, ".jsonl").read_text())
    own = {"DE:number": 12.5, "DE:choices": ["Y"], "DE:link": READ["DE:link"], "DE:json": '{"a":1}'}
    assert found == {"ID": ROW_ID, **VALUES, **own, "DE:date_time": IN_TEXT["DE:date_time"], EXTRA_COLUMN: None}


def test_data_frames_keep_them() -> None:
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    from workfront_core.frames.data_frames import to_pandas, to_polars

    table = pa.Table.from_batches([BATCH])
    found = to_polars(table)
    assert found.row(0, named=True) == {"ID": ROW_ID, **READ, EXTRA_COLUMN: None}
    assert found.schema["DE:link"] == polars.Struct(dict.fromkeys(("ID", "name", "objCode"), polars.String))
    frame = to_pandas(table)
    assert frame.dtypes["DE:money"] == pandas.ArrowDtype(pa.decimal128(38, 10))
    assert frame["DE:choices"][0] == ["Y"]


def test_a_sync_keeps_them(server: StillServer, tmp_path: Path) -> None:
    with DuckDB(tmp_path / "t.duckdb") as target:
        synced(server, target, Bread)
        assert {name: columns_in(target)[f"DE:{name}"] for name in TYPES} == {k: kind for k, (_, kind) in TYPES.items()}
        row = target.connection.sql("SELECT * FROM wf_bread").to_arrow_table().to_pylist()[0]
        assert {name: row[name] for name in READ} == READ
        assert target.connection.execute('SELECT "DE:link".name FROM wf_bread').fetchall() == [("Ann",)]
        target.to_parquet("wf_bread", tmp_path / "bread.parquet")
    stored = pq.read_table(tmp_path / "bread.parquet")
    assert stored.schema.field("DE:link").type == LINK
    assert {name: stored.to_pylist()[0][name] for name in READ} == READ


def test_a_table_made_before_they_were_known_changes_once(server: StillServer, tmp_path: Path) -> None:
    """What it held is kept, the run is announced, and the table is full of what the new columns hold."""
    with DuckDB(tmp_path / "t.duckdb") as target:
        synced(server, target, UntypedBread)
        done = synced(server, target, Bread)["wf_bread"]
        assert (done.kind, done.misfits) == (RunKind.FULL, 0)
        assert done.drift is not None
        assert "DE:number is DOUBLE now, and what it held as VARCHAR is kept as DE:number__varchar" in done.drift
        held = 'SELECT "DE:number", "DE:number__varchar", "DE:link".ID FROM wf_bread'
        assert target.connection.execute(held).fetchall() == [(12.5, "12.5", "2")]
        again = synced(server, target, Bread)["wf_bread"]
        assert (again.kind, again.drift) == (RunKind.CHANGES, None)


def test_programs_with_and_without_the_package_may_take_turns(server: StillServer, tmp_path: Path) -> None:
    with DuckDB(tmp_path / "t.duckdb") as target:
        seen = []
        for model in (UntypedBread, Bread, UntypedBread, Bread, UntypedBread):
            assert synced(server, target, model)["wf_bread"].kind is RunKind.FULL
            seen.append(columns_in(target))
        assert seen[1].keys() == seen[3].keys()
        assert (seen[3]["DE:money"], seen[4]["DE:money"]) == ("DECIMAL(38,10)", "VARCHAR")
        held = target.connection.execute('SELECT "DE:money", "DE:money__decimal" FROM wf_bread').fetchall()
        assert held == [("3.2", Decimal("3.2"))]


def test_a_name_that_is_taken_is_not_written_over(server: StillServer, tmp_path: Path) -> None:
    with DuckDB(tmp_path / "t.duckdb") as target:
        synced(server, target, UntypedBread)
        target.connection.execute('ALTER TABLE wf_bread ADD COLUMN "DE:number__varchar" INTEGER DEFAULT 7')
        synced(server, target, Bread)
        held = 'SELECT "DE:number", "DE:number__varchar", "DE:number__varchar_" FROM wf_bread'
        assert target.connection.execute(held).fetchall() == [(12.5, 7, "12.5")]


@pytest.mark.parametrize("value", ['{"ID":"2","x":1}', '{"name":"Ann"}', "{not json", '{"ID":2}', 5, ["2"], {}])
def test_a_reference_that_is_none_stands_aside(value: Any) -> None:
    batch = to_batch([{"ID": ROW_ID, "DE:link": value}], frame_schema(Bread, ["DE:link"]))
    assert batch.column(EXTRA_COLUMN).to_pylist() == [[("DE:link", json.dumps(value, separators=(",", ":")))]]


@pytest.mark.parametrize("value", ["2", {"ID": "2"}, '{"ID":"2"}', ' {"ID": "2", "name": null}'])
def test_a_reference_comes_in_each_of_its_forms(value: Any) -> None:
    batch = to_batch([{"ID": ROW_ID, "DE:link": value}], frame_schema(Bread, ["DE:link"]))
    assert batch.column("DE:link").to_pylist() == [{"ID": "2", "name": None, "objCode": None}]
    assert batch.column(EXTRA_COLUMN).to_pylist() == [None]
