"""Snapshots are read when a call needs their version, not before."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from workfront_sandbox.schema.catalogue import Catalogue
from workfront_sandbox.schema.snapshot_source import SnapshotSource
from workfront_schema.errors import SchemaError
from workfront_schema.packed import PACKED, read_packed
from workfront_schema.snapshot import Snapshot
from workfront_schema.store import load_snapshot, object_names, standard_schema, versions

SHIPPED = versions(standard_schema())


@dataclass
class Reader:
    """Reads shipped snapshots, and knows which."""

    read: list[str] = field(default_factory=list[str])

    def load(self, version: str) -> Snapshot:
        self.read.append(version)
        return load_snapshot(standard_schema(), version)

    def catalogue(self) -> Catalogue:
        schema = standard_schema()
        return Catalogue([SnapshotSource(one, object_names(schema, one), partial(self.load, one)) for one in SHIPPED])


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("version", SHIPPED)
def test_names_without_the_rest_are_those_of_the_snapshot(version: str) -> None:
    snapshot = load_snapshot(standard_schema(), version)
    assert object_names(standard_schema(), version) == {item.obj_code: item.name for item in snapshot.objects}


@pytest.mark.parametrize(("served", "needed"), [(22, ["v22.0"]), (21, ["v21.0"]), (17, ["v17.0", "v21.0"])])
def test_a_version_reads_its_own_snapshots_only(reader: Reader, served: int, needed: list[str]) -> None:
    catalogue = reader.catalogue()
    assert reader.read == []
    catalogue.at(served)
    catalogue.at(served)
    assert sorted(reader.read) == needed


def test_types_of_any_version_are_those_of_the_newest_that_has_them(reader: Reader) -> None:
    lazy, whole = reader.catalogue(), Catalogue([load_snapshot(standard_schema(), one) for one in SHIPPED])
    assert "TASK" in lazy.types
    assert lazy.types["TASK"].source == whole.types["TASK"].source
    assert reader.read == ["v22.0"]
    assert {code: lazy.types[code].source for code in lazy.types} == {
        code: item.source for code, item in whole.types.items()
    }
    assert len(lazy.types) == len(whole.types)
    with pytest.raises(KeyError):
        lazy.types["NOSUCH"]


@pytest.mark.parametrize("version", [15, 17, 19, 21, 22])
def test_what_a_version_no_longer_has_is_told_alike(reader: Reader, version: int) -> None:
    whole = Catalogue([load_snapshot(standard_schema(), one) for one in SHIPPED])
    assert reader.catalogue().at(version).removed == whole.at(version).removed


def test_a_file_of_a_packed_snapshot_is_read_alone(tmp_path: Path) -> None:
    file = tmp_path / f"v22.0{PACKED}"
    file.write_text('{"_index.json":{"objects":{"TASK":"Task"},"version":"v22.0"}}\n{"task.json": damaged\n')
    assert read_packed(file, "_index.json")["objects"] == {"TASK": "Task"}
    assert object_names(tmp_path, "v22.0") == {"TASK": "Task"}
    with pytest.raises(SchemaError, match=r"proj\.json"):
        read_packed(file, "proj.json")
    with pytest.raises(SchemaError, match="cannot be read"):
        read_packed(tmp_path / "nowhere.jsonl", "_index.json")
