"""Evidence: every reconstructed member has some, and it ends where a server has spoken."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.metadata_host import SMALL, MetadataHost, serving
from workfront_codegen.cli import app
from workfront_codegen.stats import stats
from workfront_schema import evidence, store
from workfront_schema.atomic_write import write_whole
from workfront_schema.document_format import SECTIONS
from workfront_schema.errors import SchemaError
from workfront_schema.snapshot import Snapshot

SHIPPED = store.standard_schema()


def schema_with_evidence(folder: Path) -> Path:
    """The small snapshot, with evidence for both of its object types."""
    store.save_snapshot(SMALL, folder)
    project, task = SMALL.objects
    content = {
        "about": "a test", "version": "v22.0", "found": {"book": "in a book"},
        "type": {"told": {"level": "documented", "means": "as the book says"}},
        "objects": {
            "PROJ": {"digest": evidence.digest(project), "members": {"book/told": ["fields.ID", "collections.tasks"]}},
            "TASK": {"digest": evidence.digest(task), "members": {}},
        },
    }  # fmt: skip
    write_whole(folder / "evidence" / "v22.0.json", json.dumps(content))
    return folder


@pytest.mark.parametrize("version", ["v21.0", "v22.0"])
def test_every_member_of_a_reconstructed_snapshot_has_evidence_that_its_file_explains(version: str) -> None:
    content = json.loads((SHIPPED / "evidence" / f"{version}.json").read_text())
    snapshot = store.load_snapshot(SHIPPED, version)
    for item in snapshot.objects:
        groups = content["objects"][item.obj_code]["members"]
        listed = sorted(member for members in groups.values() for member in members)
        assert listed == sorted(f"{section}.{m.name}" for section in SECTIONS for m in getattr(item, section))
        for found, sure in (code.split("/") for code in groups):
            assert set(found.split("+")) <= content["found"].keys()
            assert sure in content["type"]
    assert evidence.reconstructed(snapshot, SHIPPED) == {item.obj_code for item in snapshot.objects}


def test_members_are_counted_by_how_sure_they_are() -> None:
    snapshot = store.load_snapshot(SHIPPED, "v22.0")
    found = evidence.load(SHIPPED, "v22.0")
    levels = sum((found.levels(item) for item in snapshot.objects), Counter[str]())
    assert levels.total() == 3157 + 742 + 338 + 274 + 81
    assert levels.keys() == {"verbatim", "documented", "inferred", "unknown"}
    hour = next(item for item in snapshot.objects if item.obj_code == "HOUR")
    assert found.levels(hour)["verbatim"] > found.levels(hour)["inferred"]


def test_a_snapshot_read_from_a_server_needs_no_evidence() -> None:
    verbatim = store.load_snapshot(SHIPPED, "v17.0")
    assert evidence.reconstructed(verbatim, SHIPPED) == frozenset()
    assert evidence.load(SHIPPED, "v17.0").levels(verbatim.objects[0]).keys() == {"fetched"}


def test_evidence_applies_only_to_the_very_object_it_was_written_for(tmp_path: Path) -> None:
    schema = schema_with_evidence(tmp_path)
    project, task = SMALL.objects
    relabelled = replace(task, label="Duty")
    assert evidence.reconstructed(Snapshot("v22.0", (project, relabelled)), schema) == {"PROJ"}
    found = evidence.load(schema, "v22.0")
    assert found.applies(task)
    assert not found.applies(relabelled)
    assert found.levels(project) == {"documented": 2, "unknown": 3}
    assert found.levels(relabelled) == {"fetched": 6}


def test_a_folder_without_evidence_uses_the_shipped_one(tmp_path: Path) -> None:
    snapshot = store.load_snapshot(SHIPPED, "v22.0")
    store.save_snapshot(snapshot, tmp_path)
    assert len(evidence.reconstructed(snapshot, tmp_path)) == 174
    assert evidence.reconstructed(SMALL, tmp_path) == frozenset()


def test_a_fetch_removes_the_evidence_it_made_stale(tmp_path: Path) -> None:
    schema = schema_with_evidence(tmp_path)
    project, task = SMALL.objects
    fetch_into(schema, Snapshot("v22.0", (project, replace(task, label="Duty"))), "--reconstructed", stale=1)
    assert evidence.load(schema, "v22.0").objects.keys() == {"PROJ"}
    assert not store.load_snapshot(schema, "v22.0").fetched


def test_what_a_server_described_is_not_reconstructed_even_if_it_is_what_we_had_concluded(tmp_path: Path) -> None:
    schema = schema_with_evidence(tmp_path)
    fetch_into(schema, SMALL, stale=2)
    snapshot = store.load_snapshot(schema, "v22.0")
    assert snapshot.fetched
    assert evidence.reconstructed(snapshot, schema) == frozenset()
    assert evidence.load(schema, "v22.0").objects == {}
    counted = stats(snapshot, schema)
    assert (counted.reconstructed, counted.evidence) == (0, {"fetched": 11})


def test_neither_is_it_by_the_shipped_evidence(tmp_path: Path) -> None:
    fetch_into(tmp_path, store.load_snapshot(SHIPPED, "v22.0"), stale=0)
    snapshot = store.load_snapshot(tmp_path, "v22.0")
    assert evidence.reconstructed(snapshot, tmp_path) == frozenset()
    assert stats(snapshot, tmp_path).reconstructed == 0
    assert len(evidence.reconstructed(replace(snapshot, fetched=False), tmp_path)) == 174


def test_the_note_of_a_fetch_names_no_host(tmp_path: Path) -> None:
    host = fetch_into(tmp_path, SMALL, stale=0)
    files = {file.name: file.read_text("utf-8") for file in (tmp_path / "v22.0").iterdir()}
    assert json.loads(files["fetched.json"]) == {"native": "fetched"}
    assert not any(host in text or "127.0.0.1" in text for text in files.values())


def fetch_into(schema: Path, described: Snapshot, *options: str, stale: int) -> str:
    """Fetches what a host describes, expecting so many objects to lose their evidence; returns the host's address."""
    with serving(MetadataHost(described)) as host:
        arguments = ["fetch", "--url", host.url, "--api-version", "v22.0", "--out", str(schema), *options]
        result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert (f"{stale} no longer reconstructed" if stale else "object types\n") in result.stdout
    return host.url.removeprefix("http://")


def test_a_fetch_that_brings_nothing_new_leaves_the_evidence_file_alone(tmp_path: Path) -> None:
    schema = schema_with_evidence(tmp_path)
    before = (schema / "evidence" / "v22.0.json").read_bytes()
    assert evidence.prune(schema, SMALL) == ()
    assert (schema / "evidence" / "v22.0.json").read_bytes() == before


def test_the_shipped_evidence_is_never_pruned_from_another_folder(tmp_path: Path) -> None:
    before = (SHIPPED / "evidence" / "v22.0.json").read_bytes()
    assert evidence.prune(tmp_path, SMALL) == ()
    assert (SHIPPED / "evidence" / "v22.0.json").read_bytes() == before


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    write_whole(tmp_path / "evidence" / "v22.0.json", '{"version": "v22.0"}')
    with pytest.raises(SchemaError, match=r"v22\.0\.json: about: Field required; restore it"):
        evidence.load(tmp_path, "v22.0")
