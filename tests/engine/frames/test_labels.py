"""What people call a value stands in the metadata of its column: of every member of every type, in both versions."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.engine.frames.bread import Bread
from tests.support.shipped import snapshot
from workfront_client.v22 import Hour, Task, Workfront
from workfront_core.frames.batch import to_batch
from workfront_core.frames.report import report_table
from workfront_core.frames.schema import EXTRA_COLUMN, frame_schema
from workfront_core.query.language.objects import model_named
from workfront_core.query.model_fields import by_wire_name
from workfront_testing import in_process

PATHS = ["name", "project:name", "project:company:name", "DE:Region", "DE:project:Region"]


def label(field: pa.Field[Any]) -> str:
    return (field.metadata or {}).get(b"workfront:label", b"").decode()


@pytest.mark.parametrize("version", ["v21.0", "v22.0"])
def test_every_member_of_every_type_has_its_label(version: str) -> None:
    package = f"workfront_client.{version.removesuffix('.0')}"
    import_module(package)
    other: dict[str, tuple[str, str]] = {}
    for described in snapshot(version).objects:
        model = model_named(described.obj_code, package)
        fields = {item.name: item.label for item in described.fields}
        relations = {item.name: item.label for item in (*described.references, *described.collections)}
        wanted = {name: " ".join((text or name).split()) for name, text in (fields | relations).items()}
        names = [name for name in by_wire_name(model) if name in wanted]
        columns = {column.path[-1]: label(column.field) for column in frame_schema(model, names).columns}
        assert columns.keys() >= set(names), described.obj_code
        of_type = {f"{described.obj_code}.{name}": (columns[name], wanted[name]) for name in names}
        other |= {key: pair for key, pair in of_type.items() if pair[0] != pair[1]}
    assert other == {}


@pytest.mark.parametrize(
    ("nested", "labels"),
    [
        ("struct", ["ID", "Name", "Project", "Region"]),
        ("flat", ["ID", "Name", "Project: Name", "Project: Company: Name", "Project: Region", "Region"]),
    ],
)
def test_a_value_of_a_related_row_has_the_labels_of_the_way_to_it(nested: Any, labels: list[str]) -> None:
    schema = frame_schema(Task, PATHS, nested=nested).arrow
    assert sorted(label(field) for field in schema if field.name != EXTRA_COLUMN) == sorted(labels)


def test_members_of_a_struct_have_labels_of_their_own() -> None:
    kind = frame_schema(Task, PATHS).arrow.field("project").type
    assert {kind.field(at).name: label(kind.field(at)) for at in range(kind.num_fields)} == {
        "ID": "ID", "name": "Name", "company": "Company", "DE:Region": "Region",
    }  # fmt: skip


def test_a_model_of_no_package_has_the_names_of_the_wire() -> None:
    columns = frame_schema(Bread, ["name", "DE:text"]).columns
    assert [label(column.field) for column in columns] == ["ID", "name", "text"]


def test_a_parquet_file_says_them(tmp_path: Path) -> None:
    batch = to_batch([{"ID": "a" * 32, "name": "Paint"}], frame_schema(Task, ["name", "workRequired"]))
    pq.write_table(pa.Table.from_batches([batch]), tmp_path / "t.parquet")
    assert [label(field) for field in pq.read_schema(tmp_path / "t.parquet")][:3] == ["ID", "Name", "Planned Hours"]


def test_columns_of_a_report_say_what_they_are() -> None:
    rows = [{"owner:name": "Mia", "DE:Region": "N", "sum_hours": 2.0, "dcount_owner:name": 1, "sum_DE:Cost": 1.5}]
    table = report_table(rows, ["owner:name", "DE:Region"], ["sum_hours", "dcount_owner:name", "sum_DE:Cost"], Hour)
    assert [label(field) for field in table.schema][:-1] == [
        "Owner: Name", "Region", "Sum of Hours", "Number of Owner: Name, equal values once", "Sum of Cost",
    ]  # fmt: skip


def test_a_report_of_a_client_has_them() -> None:
    with in_process("demo") as kit, kit.client(Workfront) as wf:
        table = wf.hour.report(group_by=[Hour.f.owner.name], sum=[Hour.f.hours]).to_arrow()
    assert [label(field) for field in table.schema][:-1] == ["Owner: Name", "Sum of Hours"]
