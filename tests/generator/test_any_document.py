"""Whatever stands in the documents of a snapshot: a package that compiles, or one error and nothing written."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workfront_codegen.generate import generate
from workfront_schema.errors import SchemaError

SHIPPED = Path(__file__).parents[2] / "schema" / "v17.0"
INDEX = {"objects": {"HOUR": "Hour", "UIFT": "UIFilter"}, "version": "v17.0"}
NAMES = [
    "class",
    "None",
    "self",
    "model_config",
    "dict",
    "id",
    "Id",
    "custom",
    "search",
    "__class__",
    "",
    "a b",
    "名",
    "ä",
]
ODD: list[Any] = [
    None, 5, 1.5, True, "", "x", "../../x", "9lives", "\u202e", "\ud800", "x" * 5000, 10**400, "FooBar[]", "[]", "Hour",
    "\n'''\"\"\"\\", "{{ 7 * 7 }}", "\x00", [], [None], ["a", "a"], {}, {"": {}}, {"x": None}, {"x": 5},
]  # fmt: skip


def documents() -> dict[str, Any]:
    return {name: json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8")) for name in ("hour", "uift")}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from places(item, (*path, key))


def placed(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    inner = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return document


@st.composite
def snapshots(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of a snapshot: one value is another, one member is called otherwise, or one file is cut off."""
    files: dict[str, Any] = {"_index": deepcopy(INDEX), **documents()}
    spoilt = draw(st.sampled_from(sorted(files)))
    way = draw(st.sampled_from(["value", "name", "cut"]))
    if way == "value":
        path = draw(st.sampled_from(list(places(files[spoilt]))))
        files[spoilt] = placed(files[spoilt], path, deepcopy(draw(st.sampled_from(ODD))))
    elif way == "name" and spoilt != "_index":
        section = draw(st.sampled_from(sorted(key for key, held in files[spoilt].items() if held and key in SECTIONS)))
        member = draw(st.sampled_from(sorted(files[spoilt][section])))
        for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3)):
            files[spoilt][section][name] = deepcopy(files[spoilt][section][member])
    written = {name: json.dumps(document).encode() for name, document in files.items()}
    if way == "cut":
        written[spoilt] = written[spoilt][: draw(st.integers(0, len(written[spoilt]) - 1))]
    return written


SECTIONS = {"fields", "references", "collections", "actions", "queries"}


@given(snapshots())
@settings(deadline=None, max_examples=25)
def test_a_spoilt_snapshot_gives_a_package_that_compiles_or_one_error(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        schema, out = Path(name, "schema"), Path(name, "out")
        (schema / "v17.0").mkdir(parents=True)
        for file, content in files.items():
            (schema / "v17.0" / f"{file}.json").write_bytes(content)
        told = outcome(schema, out)
        if told is not None:
            assert told.strip()
            assert not (out / "acme").exists()
            assert not (schema / "names.lock").exists()
            return
        sources = list((out / "acme").rglob("*.py"))
        assert sources
        for source in sources:
            compile(source.read_text(encoding="utf-8"), str(source), "exec")


def outcome(schema: Path, out: Path) -> str | None:
    """What the generator says, ``None`` where it wrote the package."""
    try:
        generate(schema, ["v17.0"], "acme", out, False)
    except SchemaError as error:
        return str(error)
    return None


def doubled(value: Any, other: str | None) -> Any:
    """The value with every entry of every list twice, the second time with another type."""
    if isinstance(value, dict):
        return {name: doubled(inner, other) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    again = [{**entry, "type": other} if isinstance(entry, dict) and "type" in entry else entry for entry in value]
    return [*value, *again]


@pytest.mark.parametrize("other", ["int", "Task[]"])
def test_what_a_list_names_twice_is_there_once(other: str, tmp_path: Path) -> None:
    """Two arguments of one name became two parameters, and the module could not be imported."""
    (tmp_path / "schema" / "v17.0").mkdir(parents=True)
    task = json.loads((SHIPPED / "task.json").read_text(encoding="utf-8"))
    assert any(action.get("arguments") for action in task["actions"].values())
    for file, content in {"_index": {"objects": {"TASK": "Task"}, "version": "v17.0"}, "task": task}.items():
        spoilt = content if file == "_index" else doubled(content, other)
        (tmp_path / "schema" / "v17.0" / f"{file}.json").write_text(json.dumps(spoilt), encoding="utf-8")
    assert outcome(tmp_path / "schema", tmp_path / "out") is None
    sources = list((tmp_path / "out" / "acme").rglob("*.py"))
    assert sources
    for source in sources:
        compile(source.read_text(encoding="utf-8"), str(source), "exec")
