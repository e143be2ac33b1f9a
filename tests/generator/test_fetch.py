"""Fetching from hosts that behave and hosts that do not: everything or nothing, and a message that helps."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from typer.testing import CliRunner, Result

from tests.support.metadata_host import (
    SMALL,
    Fault,
    MetadataHost,
    body,
    drop,
    hang,
    packed,
    serving,
    status,
    together,
    trickle,
)
from tests.support.places import ROOT, SHARED
from tests.support.waiting import PATIENCE
from workfront_codegen.cli import app
from workfront_codegen.fetch import RETRY, fetch
from workfront_codegen.host import CONCURRENT, PUBLIC_HOST, host
from workfront_core.request.encoding import USER_AGENT
from workfront_schema import store
from workfront_schema.errors import SchemaError
from workfront_schema.snapshot import ObjectType, Snapshot

STAND_IN = SHARED / "tools" / "serve_metadata.py"
QUICK = replace(RETRY, initial_delay=0.01)
INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background hands on that it is ignored
from workfront_codegen.__main__ import main
main()
"""
OLD = Snapshot("v22.0", (ObjectType("OLD", "Old", "Old"),))


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


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


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
    assert saved.pop("_fetched.json")
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


FAULTS: dict[str, tuple[str, Fault, str]] = {
    "401": ("task", status(401, "You are not logged in."), "TASK.*HTTP 401, 'You are not logged in.'.*--api-key"),
    "403": ("metadata", status(403, "no"), "index of objects.*HTTP 403"),
    "404": ("task", status(404, "Unknown object type: task"), "TASK.*HTTP 404, 'Unknown object type: task'"),
    "410": ("metadata", status(410, "not available"), "index of objects.*HTTP 410.*newer one with --api-version"),
    "429": ("task", status(429, "Too many concurrent API requests"), "TASK.*HTTP 429.*try again later"),
    "500": ("proj", status(500, "broken"), "PROJ.*HTTP 500, 'broken'.*server failed"),
    "error under 200": ("task", body('{"error": {"message": "Refused {0}"}}'), "TASK.*Refused"),
    "redirect": ("metadata", status(302, Location="https://login.example"), "redirects to https://login.example"),
    "HTML": ("metadata", body("<!doctype html><p>Sign in", "text/html"), "index of objects.*HTML.*--url"),
    "HTML called JSON": ("task", body("  <html>"), "TASK.*HTML"),
    "truncated JSON": ("task", body('{"data": {"name": "Ta'), "TASK.*not complete JSON"),
    "empty": ("task", body(""), "TASK.*not complete JSON"),
    "no data": ("task", body("{}"), "TASK.*data: should be a JSON object, is null"),
    "a list": ("task", body("[]"), "TASK.*should be a JSON object, is an array"),
    "a key twice": ("task", body('{"data": {"fields": {"a": {}, "a": {}}}}'), "TASK.*key 'a' is given twice"),
    "NaN": ("task", body('{"data": NaN}'), "TASK.*NaN is not a JSON value"),
    "too deep": ("task", body("[" * 100_000), "TASK.*not complete JSON"),
    "another object": ("task", body('{"data": {"objCode": "PROJ"}}'), "TASK: the document is that of 'PROJ'"),
    "wrong shape": ("task", body('{"data": {"objCode": "TASK", "fields": []}}'), "TASK fields: .*is an array"),
    "wrong member": (
        "task",
        body('{"data": {"objCode": "TASK", "fields": {"ID": {"fieldType": 5}}}}'),
        "TASK fields.ID: fieldType: input should be a valid string",
    ),
    "objCode twice": (
        "metadata",
        body('{"data": {"objects": {"Task": {"objCode": "TASK"}, "Duty": {"objCode": "Task"}}}}'),
        "Duty and Task have the same objCode",
    ),
    "objCode that is a path": (
        "metadata",
        body('{"data": {"objects": {"Task": {"objCode": "../../etc"}}}}'),
        "Task: objCode '../../etc' is not made of letters",
    ),
    "dropped connection": ("task", drop, "TASK.*No complete answer"),
}


@pytest.mark.parametrize(("path", "fault", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_failure_is_one_clear_line_and_leaves_the_old_snapshot(
    path: str, fault: Fault, expected: str, run: Callable[..., Result], metadata_host: MetadataHost, schema: Path
) -> None:
    before = contents(schema)
    metadata_host.faults[path] = [fault]
    metadata_host.always = True
    result = run(metadata_host.url)
    assert result.exit_code == 1
    assert re.search(expected, result.stderr), result.stderr
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    assert contents(schema) == before
    assert [item.name for item in schema.iterdir()] == ["v22.0"]


def test_an_answer_that_never_ends_is_given_up(
    run: Callable[..., Result], metadata_host: MetadataHost, schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workfront_codegen.fetch.RETRY", replace(QUICK, total_timeout=0.2))
    metadata_host.faults["metadata"] = [trickle]
    metadata_host.always = True
    result = run(metadata_host.url)
    assert result.exit_code == 1
    assert re.search("index of objects.*The time for the call is used up", result.stderr), result.stderr
    assert store.load_snapshot(schema, "v22.0") == OLD


def test_a_host_that_is_not_there_is_named(run: Callable[..., Result], schema: Path) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        result = run(f"http://127.0.0.1:{reserved.getsockname()[1]}")
    assert result.exit_code == 1
    assert "index of objects from 127.0.0.1: No complete answer" in result.stderr
    assert store.load_snapshot(schema, "v22.0") == OLD


@pytest.mark.parametrize("fault", [status(429), status(503), drop], ids=["429", "503", "dropped connection"])
def test_a_passing_failure_is_tried_again(fault: Fault, metadata_host: MetadataHost) -> None:
    metadata_host.faults = {"task": [fault, fault], "metadata": [fault]}
    assert fetch(host(metadata_host.url), "v22.0", retry=QUICK) == SMALL
    assert len([path for path, _ in metadata_host.requests if "/task/" in path]) == 3


def test_a_refusal_is_not_tried_again(metadata_host: MetadataHost) -> None:
    metadata_host.faults["metadata"] = [status(401)]
    with pytest.raises(SchemaError, match="HTTP 401"):
        fetch(host(metadata_host.url), "v22.0", retry=QUICK)
    assert len(metadata_host.requests) == 1


def test_the_wait_the_server_asks_for_is_kept(metadata_host: MetadataHost) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    metadata_host.faults["metadata"] = [status(429, Retry_After="7"), status(503, Retry_After="9")]
    assert fetch(host(metadata_host.url), "v22.0", retry=replace(QUICK, async_sleep=wait)) == SMALL
    assert waited == [7, 9]


@pytest.mark.parametrize("asked", ["3600", "99999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_wait_longer_than_the_time_for_a_document_is_an_error_at_once(
    asked: str, metadata_host: MetadataHost
) -> None:
    async def wait(seconds: float) -> None:
        raise AssertionError(seconds)

    metadata_host.faults["metadata"] = [status(429, "Too many concurrent API requests", Retry_After=asked)]
    with pytest.raises(SchemaError, match=r"index of objects.*Too many concurrent.*try again later"):
        fetch(host(metadata_host.url), "v22.0", retry=replace(RETRY, async_sleep=wait))
    assert len(metadata_host.requests) == 1


@pytest.mark.parametrize(
    ("option", "variable", "header"),
    [("--api-key", "WORKFRONT_API_KEY", "apiKey"), ("--session-id", "WORKFRONT_SESSION_ID", "sessionID")],
)
def test_a_credential_from_the_environment_travels_as_a_header_and_is_never_shown(
    option: str, variable: str, header: str, run: Callable[..., Result], metadata_host: MetadataHost,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(variable, "s3cret-value")
    assert run(metadata_host.url, option).exit_code == 0
    assert {headers[header] for _, headers in metadata_host.requests} == {"s3cret-value"}
    assert not any("s3cret" in path for path, _ in metadata_host.requests)
    metadata_host.faults["metadata"] = [status(401, "bad credential s3cret-value")]
    refused = run(metadata_host.url, option)
    assert "bad credential ***" in refused.stderr
    assert "s3cret-value" not in refused.output
    assert "s3cret-value" not in repr(host(metadata_host.url, api_key="s3cret-value"))


def test_without_the_option_no_credential_is_sent(
    run: Callable[..., Result], metadata_host: MetadataHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKFRONT_API_KEY", "s3cret-value")
    assert run(metadata_host.url).exit_code == 0
    assert not any("s3cret" in str(headers) for _, headers in metadata_host.requests)


def test_an_option_without_its_variable_is_an_error(
    run: Callable[..., Result], metadata_host: MetadataHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKFRONT_API_KEY", raising=False)
    assert "WORKFRONT_API_KEY is not set" in run(metadata_host.url, "--api-key").stderr


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("acme.my.workfront.com", "write it like https://"),
        ("https://", "is not an address"),
        ("ftp://acme.my.workfront.com", "write it like https://"),
        ("https://me:pw@acme.my.workfront.com", "holds more than an address"),
        ("https://acme.my.workfront.com/?apiKey=abc", "holds more than an address"),
    ],
)
def test_an_address_of_another_kind_is_refused_without_repeating_secrets(url: str, expected: str) -> None:
    with pytest.raises(SchemaError, match=expected) as caught:
        host(url)
    assert "pw" not in str(caught.value)
    assert "abc" not in str(caught.value)


def test_a_credential_does_not_travel_in_the_clear() -> None:
    with pytest.raises(SchemaError, match="use https"):
        host("http://acme.my.workfront.com", api_key="k")
    with pytest.raises(SchemaError, match="both an API key and a session id"):
        host("https://acme.my.workfront.com", api_key="k", session_id="s")


def test_an_odd_version_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(SchemaError, match=r"'\.\./v1' is not how an API version is written; write it like v22\.0"):
        fetch(host("http://127.0.0.1:9"), "../v1")


def test_ctrl_c_leaves_the_old_snapshot(metadata_host: MetadataHost, schema: Path) -> None:
    before = contents(schema)
    metadata_host.faults["task"] = [hang]
    arguments = ["fetch", "--url", metadata_host.url, "--api-version", "v22.0", "--out", str(schema)]
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"NO_PROXY": "127.0.0.1"},
    ) as process:
        assert metadata_host.asked.wait(PATIENCE)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert (out, err) == ("", "interrupted; nothing was changed\n")
    assert contents(schema) == before
    assert [item.name for item in schema.iterdir()] == ["v22.0"]


def test_progress_is_shown_on_a_terminal_only(metadata_host: MetadataHost, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    arguments = ["fetch", "--url", metadata_host.url, "--api-version", "v22.0", "--out", str(tmp_path)]
    command = [sys.executable, "-m", "workfront_codegen", *arguments]
    master, terminal = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "NO_PROXY": "127.0.0.1"}
    shown = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=terminal, env=environment, timeout=PATIENCE, check=True
    )
    os.close(terminal)
    assert b"object types" in os.read(master, 65536)
    os.close(master)
    assert shown.stdout.endswith(b"v22.0: 2 object types\n")


def test_a_folder_that_cannot_be_written_is_named(metadata_host: MetadataHost, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    out = tmp_path / "file" / "schema"
    arguments = ["fetch", "--url", metadata_host.url, "--api-version", "v22.0", "--out", str(out)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert result.stderr == f"error: {out}: Not a directory\n"
