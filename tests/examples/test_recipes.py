"""The recipes in examples/ run as programs of their own, each against a sandbox: events, batches, journal, tables."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from tests.support.places import ROOT
from tests.support.waiting import PATIENCE, wait_until
from workfront_client.v22 import Workfront
from workfront_core.events import Inbox, Receiver
from workfront_testing import SandboxKit, live

pytestmark = pytest.mark.long

PROJECT = "1a" * 16
TOKEN = "a-token-of-the-recipe"
RECIPES = ("follow_events", "keep_tables", "poll_changes", "read_journal")


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with live({"PROJ": [{"ID": PROJECT, "name": "Site"}]}) as made:
        yield made


@pytest.fixture
def wf(kit: SandboxKit) -> Iterator[Workfront]:
    with kit.client(Workfront) as client:
        yield client


def run(name: str, kit: SandboxKit, folder: Path, **environment: str) -> list[str]:
    variables = {
        **os.environ, "WORKFRONT_URL": kit.url, "WORKFRONT_API_KEY": kit.api_key,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment,
    }  # fmt: skip
    command = [sys.executable, str(ROOT / "examples" / f"{name}.py")]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=variables, cwd=folder, timeout=PATIENCE
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_each_is_about_twenty_lines() -> None:
    for name in RECIPES:
        text = (ROOT / "examples" / f"{name}.py").read_text(encoding="utf-8")
        code = [line for line in text.split('"""', 2)[2].splitlines() if line.strip()]
        assert len(code) <= 20, name


def test_batches_tell_what_was_entered_and_what_changed(kit: SandboxKit, wf: Workfront, tmp_path: Path) -> None:
    old = wf.issue.create(name="Old", project_id=PROJECT)
    kit.time_travel(days=2)
    wf.issue.update(old.id, name="Edited")
    made = wf.issue.create(name="Made", project_id=PROJECT)
    kit.time_travel(minutes=1)
    first = run("poll_changes", kit, tmp_path)
    assert sorted(first) == sorted([f"changed {old.id} Edited", f"new {made.id} Made"])
    kit.time_travel(days=2)
    assert sorted(run("poll_changes", kit, tmp_path)) == sorted(first), "what lies within the overlap comes twice"
    assert run("poll_changes", kit, tmp_path) == []


def test_the_journal_tells_from_what_to_what(kit: SandboxKit, wf: Workfront, tmp_path: Path) -> None:
    issue = wf.issue.create(name="Leak", project_id=PROJECT)
    wf.issue.update(issue.id, status="INP")
    kit.time_travel(minutes=1)
    recorded, change = run("read_journal", kit, tmp_path)
    assert recorded.startswith("recorded: ")
    assert "status" in recorded
    assert change.endswith(f"{issue.id}: NEW -> INP, by {kit.sandbox.tenant.me}")


def test_tables_follow_the_server(kit: SandboxKit, wf: Workfront, tmp_path: Path) -> None:
    task = wf.task.create(name="Paint", project_id=PROJECT)
    gone = wf.task.create(name="Sand", project_id=PROJECT)
    assert "wf_task 2 new, 0 changed" in run("keep_tables", kit, tmp_path)
    wf.task.update(task.id, name="Paint twice")
    wf.task.delete(gone.id, force=True)
    kit.time_travel(days=2)
    lines = run("keep_tables", kit, tmp_path)
    assert "wf_task 0 new, 1 changed" in lines
    assert lines[-1] == "   1 open in Site", "the task that is gone is not counted"


def test_events_tell_at_once(kit: SandboxKit, wf: Workfront, tmp_path: Path) -> None:
    task = wf.task.create(name="Paint", project_id=PROJECT)
    with receiving(tmp_path / "events.sqlite") as hook:
        hook_of = {"WORKFRONT_EVENT_URL": hook, "WORKFRONT_EVENT_TOKEN": TOKEN, "WORKFRONT_EVENTS_ONCE": "1"}
        assert run("follow_events", kit, tmp_path, **hook_of) == []
        wf.task.update(task.id, status="INP")
        wf.task.update(task.id, name="Paint twice")
        kit.time_travel(seconds=1)
        with Inbox(tmp_path / "events.sqlite", settle=0) as inbox:
            wait_until(lambda: inbox.counts()[0] == 1, "an event")
            inbox.settle()
        (line,) = run("follow_events", kit, tmp_path, **hook_of)
    assert line.endswith("Paint: NEW -> INP")
    assert [one.event_type for one in wf.events.list()] == ["UPDATE"]


@contextmanager
def receiving(file: Path) -> Generator[str]:
    """Runs a receiver on a free port until the block ends; yields its address."""
    with Inbox(file) as inbox:
        config = uvicorn.Config(Receiver(inbox, token=TOKEN), port=0, log_level="critical", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        wait_until(lambda: server.started, "the receiver starts")
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive(), "the receiver did not end"
