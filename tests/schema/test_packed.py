"""A snapshot in one file, as the wheel holds it: read as the folder is, refused as the folder is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tools.wheel_data import packed, packed_evidence, told_by

from workfront_schema import evidence, store
from workfront_schema.errors import SchemaError
from workfront_schema.packed import whole

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


def test_what_two_versions_have_alike_stands_in_one_of_them(tmp_path: Path) -> None:
    old, new = packed(SHIPPED / "v21.0", "v22.0").splitlines(), lines(SHIPPED / "v22.0")
    assert '{"ack.json":"v22.0"}' in old
    assert not any(line.endswith('"v22.0"}') and "_index" not in line for line in new)
    written(written(tmp_path, old, "v21.0"), new)
    for version in ("v21.0", "v22.0"):
        assert store.load_snapshot(tmp_path, version) == store.load_snapshot(SHIPPED, version)
    (tmp_path / "evidence").mkdir()
    for version, newest in (("v22.0", None), ("v21.0", "v22.0")):
        text = packed_evidence(SHIPPED / "evidence" / f"{version}.json", newest)
        (tmp_path / "evidence" / f"{version}.json").write_text(text, encoding="utf-8")
        assert evidence.load(tmp_path, version) == evidence.load(SHIPPED, version)
    assert len((tmp_path / "evidence" / "v21.0.json").read_bytes()) < 20_000
    assert len((tmp_path / "v21.0.jsonl").read_bytes()) < 20_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"a": 1, "b": {"c": 2, "d": [1]}}, {"a": 1, "b": {"c": 3, "d": [1, 2]}, "e": {"f": 1}}),
        ({"a": {}, "b": {"c": {}}}, {"b": {"c": {"d": 1}}}),
        ({"a": {"b": 1}}, {"a": [1]}),
        ({"a": [1]}, {"a": {"b": 1}}),
        ({"a": {"b": None}}, {"a": {"b": 1}}),
        ({}, {"a": 1}),
        ({"a": {"b": {"c": 1}}}, {}),
    ],
)
def test_whatever_differs_is_brought_back(old: dict[str, object], new: dict[str, object]) -> None:
    stored = {"x.json": told_by(old, {"x.json": new}, "x.json", "v22.0")}
    assert whole(stored, lambda _: {"x.json": new}) == {"x.json": old}  # type: ignore[dict-item]


def test_a_version_that_is_named_and_not_there_is_told(tmp_path: Path) -> None:
    written(tmp_path, packed(SHIPPED / "v21.0", "v22.0").splitlines(), "v21.0")
    with pytest.raises(SchemaError, match=r"v22\.0\.jsonl cannot be read"):
        store.load_snapshot(tmp_path, "v21.0")
    (tmp_path / "evidence").mkdir()
    text = packed_evidence(SHIPPED / "evidence" / "v21.0.json", "v22.0")
    (tmp_path / "evidence" / "v21.0.json").write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match=r"v22\.0\.json cannot be read"):
        evidence.load(tmp_path, "v21.0")


def test_versions_that_name_each_other_are_refused(tmp_path: Path) -> None:
    old, new = (packed(SHIPPED / one, other).splitlines() for one, other in (("v21.0", "v22.0"), ("v22.0", "v21.0")))
    written(written(tmp_path, old, "v21.0"), new)
    with pytest.raises(SchemaError, match="should be a JSON object"):
        store.load_snapshot(tmp_path, "v22.0")


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
        (lambda found: [*_without("task.json", found), '{"task.json": "v22.0"}'], r"v22.0.jsonl: task.json: should be"),
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
