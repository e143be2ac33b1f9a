"""Fetching from hosts that fail: the old snapshot stays, and a message helps."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.fetch_kit import OLD, QUICK, contents
from tests.support.metadata_host import (
    SMALL,
    Fault,
    MetadataHost,
    body,
    drop,
    hang,
    serving,
    status,
    trickle,
)
from tests.support.waiting import PATIENCE
from workfront_codegen.cli import app
from workfront_codegen.fetch import RETRY, fetch
from workfront_codegen.host import host
from workfront_schema import store
from workfront_schema.errors import SchemaError

INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background hands on that it is ignored
from workfront_codegen.__main__ import main
main()
"""


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
