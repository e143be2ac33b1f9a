"""The peers as modules on disk, made from the same snapshot: eager pydantic, datamodel-code-generator, msgspec."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from workfront_codegen.names import snake
from workfront_schema import store
from workfront_schema.jsonschema import json_schema
from workfront_schema.snapshot import ObjectType, Snapshot
from workfront_schema.wire_types import TypeKind, kind_of

_TYPES = {
    None: "Any",
    TypeKind.TEXT: "str",
    TypeKind.INTEGER: "int",
    TypeKind.FLOAT: "float",
    TypeKind.DECIMAL: "Decimal",
    TypeKind.BOOLEAN: "bool",
    TypeKind.DATE_TIME: "datetime",
    TypeKind.DATE: "date",
    TypeKind.TEXTS: "list[str]",
    TypeKind.VALUES: "list[Any]",
    TypeKind.BYTES: "Any",
    TypeKind.MAP: "dict[str, Any]",
}
_IMPORTS = "from datetime import date, datetime\nfrom decimal import Decimal\nfrom typing import Any, Optional\n"
_RESERVED = frozenset({"json", "copy", "schema", "validate", "dict", "date", "datetime", "obj_code"})


def snapshot() -> Snapshot:
    """The v22.0 snapshot."""
    return store.load_snapshot(store.standard_schema(), "v22.0")


def write_eager(folder: Path) -> None:
    """``eager_models``: all object types in one module of plain pydantic models that refer to each other."""

    def field(name: str, wire: str, annotation: str) -> str:
        return f"    {name}: Optional[{annotation}] = Field(None, alias={wire!r})\n"

    classes = "".join(_classes("BaseModel", field))
    rebuild = "".join(f"{item.name}.model_rebuild()\n" for item in snapshot().objects)
    head = f"from __future__ import annotations\n{_IMPORTS}from pydantic import BaseModel, Field\n"
    (folder / "eager_models.py").write_text(head + classes + rebuild)


def write_msgspec(folder: Path) -> None:
    """``msgspec_models``: all object types as msgspec Structs that know unset from null."""

    def field(name: str, wire: str, annotation: str) -> str:
        return f"    {name}: {annotation} | None | UnsetType = field(default=UNSET, name={wire!r})\n"

    head = f"from __future__ import annotations\n{_IMPORTS}from msgspec import UNSET, Struct, UnsetType, field\n"
    (folder / "msgspec_models.py").write_text(head + "".join(_classes("Struct", field)))


def write_oracle(folder: Path) -> float:
    """``oracle_models``: what datamodel-code-generator makes of our JSON Schema export. Returns the seconds it took."""
    (folder / "schema.json").write_text(json.dumps(json_schema(snapshot())))
    started = time.perf_counter()
    subprocess.run(
        [
            Path(sys.executable).parent / "datamodel-codegen",
            *("--input", folder / "schema.json", "--input-file-type", "jsonschema"),
            *("--output", folder / "oracle_models.py", "--output-model-type", "pydantic_v2.BaseModel"),
            *("--target-python-version", "3.11", "--use-standard-collections", "--use-union-operator"),
            *("--snake-case-field", "--disable-timestamp", "--formatters", "builtin"),
        ],
        check=True,
    )
    return time.perf_counter() - started


def _classes(base: str, field: Callable[[str, str, str], str]) -> list[str]:
    names = {item.name for item in snapshot().objects}
    return [f"class {item.name}({base}):\n{_body(item, names, field)}" for item in snapshot().objects]


def _body(item: ObjectType, names: set[str], field: Callable[[str, str, str], str]) -> str:
    kinds = [(member.name, _TYPES[kind_of(member.type)]) for member in item.fields]
    kinds += [(member.name, member.target if member.target in names else "Any") for member in item.references]
    kinds += [
        (member.name, f"list[{member.target}]" if member.target in names else "Any") for member in item.collections
    ]
    lines = {_attribute(wire): field(_attribute(wire), wire, annotation or "Any") for wire, annotation in kinds}
    return "".join(lines.values()) or "    pass\n"


def _attribute(wire: str) -> str:
    name = snake(wire)
    return f"{name}_" if name in _RESERVED else name
