"""A snapshot in one file, as the wheel holds it: read as the folder is, refused as the folder is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tools.wheel_data import packed

from workfront_schema import store
from workfront_schema.errors import SchemaError

SHIPPED = store.standard_schema()


def lines(folder: Path) -> list[str]:
    return packed(folder).splitlines()


def written(folder: Path, found: list[str], version: str = "v22.0") -> Path:
    (folder / f"{version}.jsonl").write_text("\n".join(found), encoding="utf-8")
    return folder


@pytest.mark.parametrize("version", store.versions(SHIPPED))
def test_it_is_read_as_the_folder_is(version: str, tmp_path: Path) -> None:
    written(tmp_path, lines(SHIPPED / version), version)
    assert store.versions(tmp_path) == (version,)
    assert store.load_snapshot(tmp_path, version) == store.load_snapshot(SHIPPED, version)


def test_a_folder_of_the_same_version_goes_before_it(tmp_path: Path) -> None:
    written(tmp_path, ["not JSON"])
    store.save_snapshot(store.load_snapshot(SHIPPED, "v22.0"), tmp_path)
    assert store.versions(tmp_path) == ("v22.0",)
    assert store.load_snapshot(tmp_path, "v22.0") == store.load_snapshot(SHIPPED, "v22.0")


def test_origin_and_custom_fields_are_read_too(tmp_path: Path) -> None:
    shipped = store.load_snapshot(SHIPPED, "v22.0")
    whole = type(shipped)("v22.0", shipped.objects, True, shipped.custom, {"param": "read"})
    store.save_snapshot(whole, tmp_path / "folder")
    written(tmp_path, lines(tmp_path / "folder" / "v22.0"))
    assert store.load_snapshot(tmp_path, "v22.0") == whole


def _without(name: str, found: list[str]) -> list[str]:
    return [line for line in found if name not in json.loads(line)]


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda found: [*found[:7], found[7][:-5], *found[8:]], r"v22.0.jsonl: line 8: is not JSON"),
        (lambda found: _without("task.json", found), r"v22.0.jsonl: task.json is missing"),
        (lambda found: _without("_index.json", found), r"v22.0.jsonl: _index.json: should be a JSON object"),
        (lambda found: [*found, '{"odd.json": {}}'], r"v22.0.jsonl: odd.json is not listed"),
        (lambda found: [*_without("task.json", found), '{"task.json": 7}'], r"v22.0.jsonl: task.json: should be"),
        (lambda _: [], r"v22.0.jsonl: _index.json: should be a JSON object"),
    ],
)
def test_a_damaged_file_is_refused_with_the_place(
    damage: Callable[[list[str]], list[str]], message: str, tmp_path: Path
) -> None:
    written(tmp_path, damage(lines(SHIPPED / "v22.0")))
    with pytest.raises(SchemaError, match=message):
        store.load_snapshot(tmp_path, "v22.0")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "v22.0.jsonl").mkdir()
    with pytest.raises(SchemaError, match="cannot be read"):
        store.load_snapshot(tmp_path, "v22.0")
