"""What it costs to turn one page of wide rows from JSON into typed objects, in time and in memory.

The page holds rows of TASK with eight members each, dates in the server's own notation. Ours parses them; the others
cannot read that notation and keep the text, which is less work. Ours is the way of a client, checks included. They take
turns, and the best round of each counts. Run it: ``python -m benchmarks.rows``.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import datamodel_code_generator as dcg
import msgspec
from datamodel_code_generator.enums import DataModelType
from datamodel_code_generator.format import Formatter
from pydantic import BaseModel, Field, TypeAdapter, create_model

from workfront_client.v22 import Task
from workfront_core.foreign_text import json_value
from workfront_core.operations.row_decoders import page_of
from workfront_schema.snapshot import ObjectType
from workfront_schema.store import load_snapshot
from workfront_schema.wire_types import TypeKind, kind_of

ROOT = Path(__file__).resolve().parent.parent
ROWS = 2_000
ROUNDS = 25

T = TypeVar("T")

_PLAIN: dict[TypeKind | None, Any] = {
    TypeKind.TEXT: str, TypeKind.INTEGER: int, TypeKind.FLOAT: float, TypeKind.DECIMAL: float, TypeKind.BOOLEAN: bool,
    TypeKind.DATE_TIME: str, TypeKind.DATE: str, TypeKind.TEXTS: list[str], TypeKind.MAP: dict[str, Any],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: microseconds and bytes for one row of the page."""

    what: str
    microseconds: float
    bytes: float


def run() -> list[Row]:
    """Measure every way on the same page in this process; the first line is ours."""
    task = next(item for item in load_snapshot(ROOT / "schema", "v22.0").objects if item.obj_code == "TASK")
    page = _page()
    ways = _ways(task)
    for read in ways.values():
        read(page)
    rounds = [{what: _seconds(read, page) for what, read in ways.items()} for _ in range(ROUNDS)]
    return [
        Row(what, min(one[what] for one in rounds) / ROWS * 1e6, _held(read, page) / ROWS)
        for what, read in ways.items()
    ]


def table(rows: list[Row]) -> str:
    """The rows as a markdown table, each beside the share of ours."""
    ours = rows[0]
    lines = ["| | us a row | ours / this | bytes a row | ours / this |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.what} | {row.microseconds:.2f} | {ours.microseconds / row.microseconds:.2f} "
        f"| {row.bytes:,.0f} | {ours.bytes / row.bytes:.2f} |"
        for row in rows
    ]
    return "\n".join(lines)


def _page() -> bytes:
    rows = [
        {
            "ID": f"{number:032x}",
            "name": f"Task number {number}",
            "objCode": "TASK",
            "percentComplete": number % 100 + 0.5,
            "plannedCompletionDate": f"2020-05-{number % 28 + 1:02}T17:00:00:000-0600",
            "status": "INP",
            "taskNumber": number,
            "wbs": f"{number % 9}.{number % 7}",
        }
        for number in range(ROWS)
    ]
    return json.dumps(rows).encode()


def _ways(task: ObjectType) -> dict[str, Callable[[bytes], object]]:
    plain = TypeAdapter(_list_of(_plain_class(task)))
    generated = TypeAdapter(_list_of(_generated_class(task)))
    struct = msgspec.json.Decoder(_list_of(_struct(task)))
    ours = page_of(Task)
    return {
        "workfront_client": lambda page: ours(json_value(page)),
        "workfront_client, model_validate": lambda page: [Task.model_validate(row) for row in json.loads(page)],
        "datamodel-code-generator": generated.validate_json,
        "plain pydantic": plain.validate_json,
        "msgspec": struct.decode,
        "json.loads alone": json.loads,
    }


def _list_of(kind: type[T]) -> type[list[T]]:
    return list[kind]  # type: ignore[valid-type]


def _seconds(read: Callable[[bytes], object], page: bytes) -> float:
    gc.collect()
    started = time.perf_counter()
    read(page)
    return time.perf_counter() - started


def _held(read: Callable[[bytes], object], page: bytes) -> int:
    gc.collect()
    tracemalloc.start()
    kept = read(page)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return size


def _relations(task: ObjectType) -> dict[str, Any]:
    references = {relation.name: dict[str, Any] for relation in task.references}
    return {**references, **{relation.name: list[dict[str, Any]] for relation in task.collections}}


def _plain_class(task: ObjectType) -> type[BaseModel]:
    fields: dict[str, Any] = {
        f"member_{name}": (kind | None, Field(None, validation_alias=name)) for name, kind in _plain_types(task).items()
    }
    return create_model("PlainTask", **fields)


def _struct(task: ObjectType) -> type[msgspec.Struct]:
    members = [
        (f"member_{name}", kind | None | msgspec.UnsetType, msgspec.field(default=msgspec.UNSET, name=name))
        for name, kind in _plain_types(task).items()
    ]
    return msgspec.defstruct("StructTask", members)


def _plain_types(task: ObjectType) -> dict[str, Any]:
    return {field.name: _PLAIN.get(kind_of(field.type), object) for field in task.fields} | _relations(task)


def _json_type(word: str | None) -> dict[str, Any]:
    kind = kind_of(word)
    if kind is None or kind.json_type is None:
        return {}
    items = {"items": {"type": "string"}} if kind is TypeKind.TEXTS else {}
    return {"type": kind.json_type, **items}


def _generated_class(task: ObjectType) -> type[BaseModel]:
    properties = {field.name: _json_type(field.type) for field in task.fields}
    properties |= {relation.name: {"type": "object"} for relation in task.references}
    properties |= {relation.name: {"type": "array", "items": {"type": "object"}} for relation in task.collections}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "generated_task.py")
        dcg.generate(
            json.dumps({"title": "Task", "type": "object", "properties": properties}),
            input_file_type=dcg.InputFileType.JsonSchema,
            output_model_type=DataModelType.PydanticV2BaseModel,
            output=source,
            snake_case_field=True,
            formatters=[Formatter.BUILTIN],
        )
        return _imported(source).Task  # type: ignore[no-any-return]


def _imported(source: Path) -> Any:
    spec = importlib.util.spec_from_file_location(source.stem, source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[source.stem] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    print(table(run()))
