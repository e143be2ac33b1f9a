"""Fetching from hosts that describe their objects: everything they say is kept."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from tests.support.fetch_kit import OLD, QUICK, contents
from tests.support.metadata_host import (
    SMALL,
    MetadataHost,
    body,
    packed,
    serving,
    together,
)
from tests.support.places import ROOT, SHARED
from workfront_codegen.cli import app
from workfront_codegen.fetch import fetch
from workfront_codegen.host import CONCURRENT, PUBLIC_HOST, host
from workfront_core.request.encoding import USER_AGENT
from workfront_schema import store
from workfront_schema.snapshot import ObjectType, Snapshot

STAND_IN = SHARED / "tools" / "serve_metadata.py"


@pytest.fixture
def metadata_host() -> Iterator[MetadataHost]:
    with serving(MetadataHost()) as running:
        yield running


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    store.save_snapshot(OLD, tmp_path / "schema")
    return tmp_path / "schema"


@pytest.fixture
def run(schema: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command with short pauses, writing to ``schema``."""
    monkeypatch.setattr("workfront_codegen.fetch.RETRY", QUICK)

    def fetch_from(url: str, *options: str) -> Result:
        arguments = ["fetch", "--url", url, "--api-version", "v22.0", "--out", str(schema), *options]
        return CliRunner().invoke(app, arguments)

    return fetch_from


def test_a_host_that_describes_a_snapshot_gives_that_snapshot(metadata_host: MetadataHost) -> None:
    assert fetch(host(metadata_host.url), "v22.0") == SMALL


@pytest.mark.parametrize("version", ["v17.0", "v21.0", "v22.0"])
def test_every_shipped_snapshot_survives_export_and_fetch(version: str, tmp_path: Path) -> None:
    shipped = store.load_snapshot(store.standard_schema(), version)
    with serving(MetadataHost(shipped)) as running:
        fetched = fetch(host(running.url), version)
    assert fetched == shipped
    assert fetched.fetched
    saved = contents(store.save_snapshot(fetched, tmp_path))
    assert saved.pop("fetched.json")
    assert saved == contents(store.standard_schema() / version)


@pytest.mark.skipif(not STAND_IN.is_file(), reason="needs the stand-in host")
@pytest.mark.parametrize("version", ["v17.0", "v21.0", "v22.0"])
def test_the_shipped_snapshots_are_what_the_documents_at_hand_give(version: str) -> None:
    with subprocess.Popen([sys.executable, str(STAND_IN)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            fetched = fetch(host(process.stdout.readline().strip()), version)
        finally:
            process.terminate()
    assert fetched == store.load_snapshot(store.standard_schema(), version)


def test_the_command_replaces_the_snapshot_and_says_how_much_it_holds(
    run: Callable[..., Result], metadata_host: MetadataHost, schema: Path
) -> None:
    result = run(metadata_host.url)
    assert result.exit_code == 0, result.output
    assert "2 object types" in result.stdout
    assert result.stderr == ""
    assert store.load_snapshot(schema, "v22.0") == SMALL


def test_documents_without_their_envelope_are_taken_too(metadata_host: MetadataHost) -> None:
    metadata_host.faults = {name: [body(json.dumps(metadata_host.documents[name]))] for name in ("metadata", "task")}
    assert fetch(host(metadata_host.url), "v22.0") == SMALL


def test_a_document_packed_without_a_word_is_read(metadata_host: MetadataHost) -> None:
    metadata_host.faults = {"task": [packed(json.dumps({"data": metadata_host.documents["task"]}))]}
    assert fetch(host(metadata_host.url), "v22.0") == SMALL


def test_there_is_one_http_client_and_it_is_the_engine_s(metadata_host: MetadataHost) -> None:
    fetch(host(metadata_host.url), "v22.0")
    assert {headers["User-Agent"] for _, headers in metadata_host.requests} == {USER_AGENT}
    places = [ROOT / "generator", ROOT / "runtime" / "workfront_cli" / "doctor" / "greeting.py"]
    files = [file for place in places for file in ([place] if place.is_file() else place.rglob("*.py"))]
    assert len(files) > 30
    assert [
        file.name
        for file in files
        if re.search(r"^\s*(?:from|import) (?:httpx|urllib.request|http)", file.read_text("utf-8"), re.MULTILINE)
    ] == []


@pytest.mark.parametrize("text", ["{}", '{"hello": 1}', '{"data": null, "objCode": "TASK"}'])
def test_an_answer_that_is_no_document_is_not_taken_for_one(
    text: str, metadata_host: MetadataHost, run: Callable[..., Result]
) -> None:
    metadata_host.faults = {"task": [body(text)]}
    result = run(metadata_host.url)
    assert result.exit_code == 1
    assert "TASK" in result.stderr
    assert "data: should be a JSON object" in result.stderr


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("label", "\ud800"),
        ("name", "Task\udfff"),
        ("fields", {"a\ud800": {"label": "A"}}),
        ("fields", {"a": {"label": "\ud800"}}),
        ("fields", {"a": {"label": "A", "fieldType": "\ud800"}}),
        ("queries", {"mine": {"label": "Mine", "resultType": "\ud800[]"}}),
    ],
)
def test_a_lone_surrogate_is_one_line_and_leaves_the_old_snapshot(
    member: str, value: object, metadata_host: MetadataHost, run: Callable[..., Result], schema: Path
) -> None:
    document = {**cast("dict[str, object]", metadata_host.documents["task"]), member: value}
    metadata_host.faults = {"task": [body(json.dumps({"data": document}))]}
    result = run(metadata_host.url)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert f"TASK {member}" in result.stderr
    assert "lone surrogate" in result.stderr
    assert store.load_snapshot(schema, "v22.0") == OLD


def test_the_address_may_be_copied_from_a_browser_or_an_api_call(metadata_host: MetadataHost) -> None:
    assert fetch(host(f"{metadata_host.url}/attask/api/v19.0/metadata"), "v22.0") == SMALL


def test_without_an_address_the_public_reference_host_is_asked() -> None:
    assert host().base_url == PUBLIC_HOST == "https://api-cl01.my.workfront.com"


def test_addresses_in_documents_are_not_followed(metadata_host: MetadataHost) -> None:
    honest = metadata_host.documents["metadata"]
    text = re.sub(r"http://[^\"]*", "http://127.0.0.1:9/elsewhere", json.dumps({"data": honest}))
    metadata_host.faults["metadata"] = [body(text)]
    assert fetch(host(metadata_host.url), "v22.0", retry=QUICK) == SMALL
    assert {path for path, _ in metadata_host.requests} == {
        "/attask/api/v22.0/metadata", "/attask/api/v22.0/proj/metadata", "/attask/api/v22.0/task/metadata"
    }  # fmt: skip


def test_no_more_requests_are_in_flight_than_allowed() -> None:
    many = Snapshot("v22.0", tuple(ObjectType(f"OB{i:03}", f"Object{i:03}", "Object") for i in range(40)))
    full = MetadataHost(many)
    all_at_once = together(CONCURRENT)
    full.faults = {item.obj_code.lower(): [all_at_once] for item in many.objects}
    with serving(full):
        assert fetch(host(full.url), "v22.0") == many
    assert full.most_in_flight == CONCURRENT


def test_progress_counts_up_to_the_number_of_objects(metadata_host: MetadataHost) -> None:
    seen: list[tuple[int, int]] = []
    fetch(host(metadata_host.url), "v22.0", progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 2), (2, 2)]
