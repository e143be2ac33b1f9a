"""Snapshots on disk: stable bytes, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.metadata_host import SMALL
from workfront_schema import atomic_write, store
from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm, FieldKind
from workfront_schema.custom_file import custom_text, read_custom
from workfront_schema.errors import SchemaError
from workfront_schema.export import export_explorer
from workfront_schema.snapshot import ObjectType, Snapshot

COUNTS = {
    "v17.0": (10, 744, 155, 118, 102, 10),
    "v21.0": (174, 3122, 740, 339, 271, 79),
    "v22.0": (174, 3157, 742, 338, 274, 81),
}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.mark.parametrize("version", COUNTS)
def test_the_shipped_snapshots_hold_what_the_metadata_lists(version: str) -> None:
    objects = store.load_snapshot(store.standard_schema(), version).objects
    sections = ("fields", "references", "collections", "actions", "queries")
    counted = tuple(sum(len(getattr(item, section)) for item in objects) for section in sections)
    assert (len(objects), *counted) == COUNTS[version]


@pytest.mark.parametrize("version", COUNTS)
def test_a_snapshot_is_saved_as_the_same_bytes_every_time(version: str, tmp_path: Path) -> None:
    snapshot = store.load_snapshot(store.standard_schema(), version)
    saved = store.save_snapshot(snapshot, tmp_path)
    assert contents(saved) == contents(store.standard_schema() / version)
    assert store.load_snapshot(tmp_path, version) == snapshot


def test_the_shipped_snapshots_hold_no_address_and_no_tenant_data() -> None:
    for version in COUNTS:
        for item in store.load_snapshot(store.standard_schema(), version).objects:
            assert "://" not in store.object_text(item)
            assert item.custom == {}


def test_files_are_utf_8_with_sorted_keys_and_unix_line_ends(tmp_path: Path) -> None:
    odd = Snapshot("v22.0", (ObjectType("TASK", "Task", 'Tâche "x"\r\n\u202e'),))
    raw = (store.save_snapshot(odd, tmp_path) / "task.json").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"}\n")
    assert "Tâche" in raw.decode("utf-8")
    assert list(json.loads(raw)) == sorted(json.loads(raw))
    assert store.load_snapshot(tmp_path, "v22.0") == odd


def test_a_changed_member_changes_the_file_of_its_object_only(tmp_path: Path) -> None:
    before = contents(store.save_snapshot(SMALL, tmp_path))
    project, task = SMALL.objects
    changed = replace(task, fields=(replace(task.fields[0], label="Identifier"), *task.fields[1:]))
    after = contents(store.save_snapshot(Snapshot("v22.0", (project, changed)), tmp_path))
    assert {name for name in before if before[name] != after[name]} == {"task.json"}


def test_objects_that_are_gone_leave_no_file_behind(tmp_path: Path) -> None:
    store.save_snapshot(SMALL, tmp_path)
    folder = store.save_snapshot(Snapshot("v22.0", SMALL.objects[:1]), tmp_path)
    assert sorted(contents(folder)) == ["_index.json", "proj.json"]


def test_a_folder_with_other_files_is_neither_replaced_by_a_snapshot_nor_by_an_export(tmp_path: Path) -> None:
    snapshot = Snapshot("v90.0", ())
    folder = store.save_snapshot(snapshot, tmp_path)
    with pytest.raises(SchemaError, match=r"_index\.json.* would be lost"):
        export_explorer(snapshot, tmp_path)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(SchemaError, match=r"notes\.txt.* would be lost"):
        store.save_snapshot(snapshot, tmp_path)
    assert {file.name for file in folder.iterdir()} == {"_index.json", "notes.txt"}


def test_a_save_that_fails_half_way_leaves_the_old_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save_snapshot(SMALL, tmp_path)
    before = contents(tmp_path)
    write = Path.write_text

    def full_disk(self: Path, *args: object, **kwargs: object) -> int:
        if self.name == "task.json":
            raise OSError(28, "No space left on device")
        return write(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(OSError, match="No space left"):
        store.save_snapshot(Snapshot("v22.0", (SMALL.objects[1],)), tmp_path)
    assert contents(tmp_path) == before


def test_an_interrupt_between_the_two_renames_restores_the_old_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save_snapshot(SMALL, tmp_path)
    before = contents(tmp_path)
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(atomic_write, "exchange", lambda _one, _other: False)
    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.save_snapshot(Snapshot("v22.0", (SMALL.objects[1],)), tmp_path)
    assert contents(tmp_path) == before


def test_a_swap_that_ended_halfway_is_ended_by_whoever_comes_next_and_by_no_older_one(tmp_path: Path) -> None:
    """As after two killed runs: one before its first rename, one between the two."""
    folder = store.save_snapshot(SMALL, tmp_path)
    for name, label in (("aaaaaaaa", "Older"), ("zzzzzzzz", "Newer")):
        workplace = tmp_path / f".v22.0-{name}"
        workplace.mkdir()
        kept = replace(SMALL, objects=(replace(SMALL.objects[0], label=label), *SMALL.objects[1:]))
        store.save_snapshot(kept, tmp_path / name).rename(workplace / "new")
        (workplace / "ready").touch()
    assert store.load_snapshot(tmp_path, "v22.0") == SMALL
    folder.rename(tmp_path / ".v22.0-zzzzzzzz" / "old")
    assert store.load_snapshot(tmp_path, "v22.0").objects[0].label == "Newer"


def test_two_object_types_of_one_obj_code_are_refused(tmp_path: Path) -> None:
    twins = Snapshot("v22.0", (ObjectType("TASK", "Task", "Task"), ObjectType("task", "Duty", "Duty")))
    with pytest.raises(SchemaError, match="share an objCode"):
        store.save_snapshot(twins, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("code", ["../evil", "a/b", "", "_index", "TÄSK"])
def test_an_obj_code_that_is_no_file_name_is_refused(code: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="not made of letters"):
        store.save_snapshot(Snapshot("v22.0", (ObjectType(code, "X", "X"),)), tmp_path)


def test_a_missing_snapshot_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    store.save_snapshot(SMALL, tmp_path)
    with pytest.raises(SchemaError, match=r"no snapshot of v9\.0 in .*there: v22\.0.*fetch it"):
        store.load_snapshot(tmp_path, "v9.0")


def test_damage_is_named_by_file(tmp_path: Path) -> None:
    folder = store.save_snapshot(SMALL, tmp_path)
    task = folder / "task.json"
    whole = task.read_text()
    for damaged, expected in [
        ('{"label": "a", "label": "b"}', "key 'label' is given twice"),
        (whole[: len(whole) // 2], "not all of it"),
        (whole.replace('"TASK"', '"PROJ"', 1), "describes PROJ, _index.json says TASK"),
        ('{"objCode": "TASK"}', "name: field required"),
    ]:
        task.write_text(damaged)
        with pytest.raises(SchemaError, match=rf"task\.json.*{expected}"):
            store.load_snapshot(tmp_path, "v22.0")


def test_a_file_too_few_or_too_many_is_noticed(tmp_path: Path) -> None:
    folder = store.save_snapshot(SMALL, tmp_path)
    (folder / "extra.json").write_text("{}")
    with pytest.raises(SchemaError, match=r"extra\.json is not listed in _index\.json"):
        store.load_snapshot(tmp_path, "v22.0")
    (folder / "extra.json").unlink()
    (folder / "task.json").unlink()
    with pytest.raises(SchemaError, match=r"task\.json is missing"):
        store.load_snapshot(tmp_path, "v22.0")


def test_words_we_do_not_know_survive_in_extra(tmp_path: Path) -> None:
    task = store.save_snapshot(SMALL, tmp_path) / "task.json"
    task.write_text(json.dumps(json.loads(task.read_text()) | {"future": {"a": 1}}))
    loaded = store.load_snapshot(tmp_path, "v22.0")
    assert loaded.objects[1].extra == {"future": {"a": 1}}
    store.save_snapshot(loaded, tmp_path)
    assert store.load_snapshot(tmp_path, "v22.0") == loaded


def test_a_file_of_its_own_comes_before_the_shipped_one(tmp_path: Path) -> None:
    assert store.find_with_fallback(tmp_path, "overrides.toml") == store.standard_schema() / "overrides.toml"
    (tmp_path / "overrides.toml").write_text("")
    assert store.find_with_fallback(tmp_path, "overrides.toml") == tmp_path / "overrides.toml"


def test_versions_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for version in ("v9.0", "v22.0", "v17.0"):
        store.save_snapshot(Snapshot(version, ()), tmp_path)
    assert store.versions(tmp_path) == ("v9.0", "v17.0", "v22.0")


def test_forms_of_one_name_are_kept_as_one_and_none_is_lost() -> None:
    fields = tuple(CustomField(name, FieldKind.TEXT, name, ("PROJ", "TASK")) for name in ("A", "B", "C"))
    forms = (
        CustomForm("Intake", ("PROJ",), {"A": True, "B": True}),
        CustomForm("Intake", ("TASK",), {"B": True, "C": True}),
    )  # fmt: skip
    (kept,) = read_custom(json.loads(custom_text(CustomCatalogue(fields, forms))), "custom.json").forms
    assert (kept.objects, dict(kept.fields)) == (("PROJ", "TASK"), {"A": False, "B": True, "C": False})


READERS: Mapping[str, Callable[[Path], object]] = {
    "versions": store.versions,
    "load_snapshot": lambda schema: store.load_snapshot(schema, "22"),
    "object_names": lambda schema: store.object_names(schema, "22"),
    "load_folder": lambda schema: store.load_folder(schema / "v22.0"),
    "load_custom": lambda schema: store.load_custom(schema / "v22.0"),
}


@pytest.mark.parametrize("first", READERS)
def test_whoever_reads_first_ends_a_swap_that_was_killed_between_its_renames(first: str, tmp_path: Path) -> None:
    kept = replace(SMALL, custom=CustomCatalogue((CustomField("Region", FieldKind.TEXT, "Region", ("PROJ",)),)))
    fresh = store.save_snapshot(kept, tmp_path / "other")
    whole = READERS[first](tmp_path / "other")
    workplace = tmp_path / "schema" / ".v22.0-aaaaaaaa"
    workplace.mkdir(parents=True)
    store.save_snapshot(SMALL, tmp_path / "schema").rename(workplace / "old")
    fresh.rename(workplace / "new")
    (workplace / "ready").touch()
    assert READERS[first](tmp_path / "schema") == whole
