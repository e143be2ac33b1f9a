"""Any value in a column of any kind goes into every format: nothing stops, and what the column lacks stands aside."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.engine.frames.bread import CUSTOM_KINDS, Bread
from workfront_client.v22 import Approval, Group, Hour, Task
from workfront_core.frames.batch import to_batch
from workfront_core.frames.files import FORMATS
from workfront_core.frames.schema import EXTRA_COLUMN, frame_schema
from workfront_core.sync import DuckDB, Table
from workfront_core.sync.state import Run, RunKind

ROW: dict[str, Any] = {"ID": "a" * 32}
VALUES: list[Any] = [
    None, "", "text", "5", "-5.5", "1e3", "NaN", 5, -5.5, 2**53 + 1, 2**63 - 1, 2**70, 1e308, 0.1 + 0.2, True, "true",
    [], [1], ["a", None], [["a"]], [ROW], {}, ROW, {**ROW, "name": "n", "objCode": "PROJ"}, {**ROW, "odd": [1, None]},
    "2026-05-18T17:00:00:000-0600", "2026-05-18", "0001-01-01T00:00:00:000+0000", "9999-12-31T23:59:59:999-0600",
    "2026-02-30", "1234567890123456789012345678.0123456789", "0.12345678901", "=1+1", "a\x00b", "\ud800", ["\udfff"],
    {"ID": "1"}, {"ID": 1}, '{"objCode":"USER","name":"Ann","ID":"2"}', '{"ID":"2","x":1}', '{"ID":"\\ud800"}', "{x",
    '{"name":"n"}', "2026-06-13T09:00:00:000-0600", 12,
    {"\ud800": 1}, "\U0001f389", 'a,b"c\nd\r\ne', " ", "null", float("nan"), float("inf"), {"x": float("nan")},
]  # fmt: skip
KINDS: list[tuple[Any, str]] = [
    (Task, "name"), (Task, "status"), (Task, "durationMinutes"), (Task, "percentComplete"), (Task, "canStart"),
    (Task, "plannedStartDate"), (Approval, "budgetedCompletionDate"), (Task, "actualCost"), (Task, "auditTypes"),
    (Task, "project"), (Task, "assignments"), (Task, "parameterValues"), (Task, "DE:Region"), (Task, "workPerDate"),
    (Group, "uiTemplate"), (Group, "licenseTypeLimit"), (Hour, "parameterValues"),
    *((Bread, f"DE:{kind}") for kind in CUSTOM_KINDS),
]  # fmt: skip


def batch_of(model: Any, wire: str, values: list[Any] = VALUES) -> pa.RecordBatch:
    rows = [{"ID": f"{number:032x}", "objCode": model.obj_code, wire: value} for number, value in enumerate(values)]
    return to_batch(rows, frame_schema(model, [wire]))


def aside(batch: pa.RecordBatch) -> list[str]:
    """What stands aside in each row, as JSON."""
    rows = [{name: json.loads(text) for name, text in row or ()} for row in batch[EXTRA_COLUMN].to_pylist()]
    return [json.dumps(row) for row in rows]


def in_parquet(path: Path) -> list[str]:
    (batch,) = pq.read_table(path).combine_chunks().to_batches()
    return aside(batch)


def in_csv(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [json.dumps(json.loads(row[-1] or "{}")) for row in list(csv.reader(file))[1:]]


def in_lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return [json.dumps(json.loads(line)[EXTRA_COLUMN] or {}) for line in lines]


def in_a_sheet(path: Path) -> list[str]:
    rows = list(openpyxl.load_workbook(path)["rows"].iter_rows(min_row=2, values_only=True))
    return [json.dumps(json.loads(str(row[-1] or "{}"))) for row in rows]


@pytest.mark.parametrize(("model", "wire"), KINDS, ids=[f"{model.obj_code}-{wire}" for model, wire in KINDS])
@pytest.mark.parametrize(
    ("ending", "read"), [(".parquet", in_parquet), (".csv", in_csv), (".jsonl", in_lines), (".xlsx", in_a_sheet)]
)
def test_any_value_goes_into_every_file(
    model: Any, wire: str, ending: str, read: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    batch, path = batch_of(model, wire), tmp_path / f"rows{ending}"
    file = FORMATS[ending](path, batch.schema)
    file.write(batch)
    file.close()
    assert read(path) == aside(batch)


@pytest.mark.parametrize(("model", "wire"), [*KINDS[:6], *KINDS[7:9], *KINDS[12:14], *KINDS[17:]])
def test_any_value_goes_into_a_sync(model: Any, wire: str, tmp_path: Path) -> None:
    table = Table(model, fields=[wire])
    rows = [{"ID": f"{number:032x}", wire: value} for number, value in enumerate(VALUES)]
    batch = to_batch(rows, table.schema)
    with DuckDB(tmp_path / "t.duckdb") as target:
        target.prepare(table, "https://acme.example")
        target.begin(table, Run(RunKind.FULL, None, datetime(2026, 11, 25, tzinfo=UTC)))
        target.append(table, batch, "f" * 32)
        assert target.finish(table).added == len(VALUES)
        found = target.connection.execute(f"SELECT {EXTRA_COLUMN} FROM {table.name} ORDER BY ID").fetchall()
    kept = [{name: json.loads(text) for name, text in (row or {}).items()} for (row,) in found]
    assert [json.dumps(row) for row in kept] == aside(batch)


def test_what_no_reader_of_json_takes_stands_aside_of_a_column_of_json() -> None:
    values = ["\ud800", float("nan"), {"a": [float("inf")]}, "\U0001f389", "NaN", {"\\ud800": 1}]
    column = batch_of(Task, "workPerDate", values)
    assert column["workPerDate"].is_null().to_pylist() == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("value", "shown"), [(2**53, 2**53), (2**53 + 1, str(2**53 + 1)), ("0.1", 0.1), ("1234567890123456.5", None)]
)
def test_a_sheet_takes_no_number_that_it_would_change(value: Any, shown: Any, tmp_path: Path) -> None:
    wire = "durationMinutes" if isinstance(value, int) else "actualCost"
    batch, path = batch_of(Task, wire, [value]), tmp_path / "rows.xlsx"
    file = FORMATS[".xlsx"](path, batch.schema)
    file.write(batch)
    file.close()
    sheet = openpyxl.load_workbook(path)["rows"]
    assert sheet.cell(2, 2).value == (value if shown is None else shown)
