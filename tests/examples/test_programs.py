"""The programs in examples/ run as people run them, against a sandbox with the demo tenant."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.support.cli_kit import free_port
from tests.support.places import ROOT
from tests.support.waiting import PATIENCE, wait_until
from workfront_client.v22 import Note, Task, TaskStatus, User, Workfront
from workfront_testing import SandboxKit, live

pytestmark = pytest.mark.long

EXAMPLES = ROOT / "examples"
PROGRAMS = ("nightly_export", "status_report", "reassign", "webhook_service")
TOKEN = "a-token-of-the-example"


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with live(seed="demo") as made:
        yield made


@pytest.fixture
def wf(kit: SandboxKit) -> Iterator[Workfront]:
    with kit.client(Workfront) as client:
        yield client


def settings(kit: SandboxKit, folder: Path) -> dict[str, str]:
    return {
        **os.environ, "WORKFRONT_URL": kit.url, "WORKFRONT_API_KEY": kit.api_key, "WORKFRONT_EVENT_TOKEN": TOKEN,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MPLCONFIGDIR": str(folder),
    }  # fmt: skip


def run(name: str, kit: SandboxKit, folder: Path, *arguments: str, ends: int = 0) -> list[str]:
    command = [sys.executable, str(EXAMPLES / f"{name}.py"), *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=settings(kit, folder), cwd=folder, timeout=PATIENCE
    )
    assert done.returncode == ends, done.stdout + done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_is_small_and_in_the_list(name: str) -> None:
    assert len((EXAMPLES / f"{name}.py").read_text("utf-8").splitlines()) < 120
    assert f"{name}.py" in (EXAMPLES / "README.md").read_text("utf-8")


def test_the_list_names_every_file() -> None:
    listed = (EXAMPLES / "README.md").read_text("utf-8")
    assert [
        file.name for file in EXAMPLES.iterdir() if file.suffix in (".py", ".ipynb") and file.name not in listed
    ] == []


def test_the_nightly_export_follows_the_server(kit: SandboxKit, wf: Workfront, tmp_path: Path) -> None:
    first = run("nightly_export", kit, tmp_path, "--folder", "out")
    before = pq.read_table(tmp_path / "out" / "wf_task.parquet").num_rows
    assert before == wf.task.count()
    swept = "swept: what is gone on the server is marked as gone"
    assert swept not in first, "a first load has just read every row"
    gone = wf.task.search(Task.f.percent_complete < 100, limit=1).one()
    wf.task.delete(gone.id, force=True)
    wf.task.create(name="New", project_id=wf.project.search(limit=1).one().id)
    kit.time_travel(days=2)
    second = run("nightly_export", kit, tmp_path, "--folder", "out")
    assert {"wf_task: 1 new, 0 changed", swept} <= {*second}
    names = pq.read_table(tmp_path / "out" / "wf_task.parquet")["ID"].to_pylist()
    assert len(names) == wf.task.count()
    assert gone.id not in names
    assert not list((tmp_path / "out").glob("*.part"))


def test_the_status_report_is_a_picture(kit: SandboxKit, wf: Workfront, tmp_path: Path) -> None:
    lines = run("status_report", kit, tmp_path, "--output", "status.png")
    picture = (tmp_path / "status.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000
    assert lines[-1].startswith(f"status.png: {wf.project.count()} projects")


def busy(wf: Workfront) -> tuple[User, User, int]:
    """A person with open tasks, another one, and how many tasks it is about."""
    people = wf.user.search(User.f.is_active == True, fields=[User.f.email_addr]).to_list()  # noqa: E712
    leaves, takes, *_ = sorted(people, key=lambda user: open_tasks(wf, user), reverse=True)
    return leaves, takes, open_tasks(wf, leaves)


def open_tasks(wf: Workfront, user: User) -> int:
    return wf.task.count(Task.f.assigned_to_id == user.id, Task.f.actual_completion_date.is_null())


def test_a_reassignment_is_shown_and_then_done(kit: SandboxKit, wf: Workfront, tmp_path: Path) -> None:
    leaves, takes, number = busy(wf)
    people = (str(leaves.email_addr), str(takes.email_addr))
    had = open_tasks(wf, takes)
    shown = run("reassign", kit, tmp_path, *people)
    assert shown[-1].startswith(f"{number} tasks would go to")
    assert len(shown) == number + 2
    assert (open_tasks(wf, leaves), open_tasks(wf, takes)) == (number, had)
    done = run("reassign", kit, tmp_path, *people, "--yes")
    assert done[-1].startswith(f"{number} tasks went to")
    assert (open_tasks(wf, leaves), open_tasks(wf, takes)) == (0, had + number)
    assert not list(tmp_path.glob("reassign-*.json"))


def test_an_address_that_nobody_has_is_told(kit: SandboxKit, tmp_path: Path) -> None:
    assert run("reassign", kit, tmp_path, "nobody@acme.example", "sam@example.com", ends=1) == []


def test_a_reassignment_goes_on_where_it_was_stopped(kit: SandboxKit, wf: Workfront, tmp_path: Path) -> None:
    leaves, takes, number = busy(wf)
    people = (str(leaves.email_addr), str(takes.email_addr))
    tasks = [
        task.id for task in wf.task.search(Task.f.assigned_to_id == leaves.id, Task.f.actual_completion_date.is_null())
    ]
    place = tmp_path / f"reassign-{leaves.id}-{takes.id}.json"
    place.write_text(json.dumps({"tasks": tasks, "done": 2}))
    kit.log.clear()
    lines = run("reassign", kit, tmp_path, *people, "--yes")
    assert lines[0] == f"going on: 2 of {number} tasks were settled"
    assert open_tasks(wf, leaves) == 2, "the two that the file counts as settled are not sent again"
    assert not place.exists()


def test_the_service_writes_a_note_when_a_task_is_complete(kit: SandboxKit, wf: Workfront, tmp_path: Path) -> None:
    task = wf.task.search(Task.f.status != TaskStatus.COMPLETE, fields=[Task.f.name, Task.f.project_id], limit=1).one()
    port = str(free_port())
    command = [sys.executable, str(EXAMPLES / "webhook_service.py"), "--port", port, "--events", "1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=settings(kit, tmp_path), cwd=tmp_path
    ) as service:
        try:
            assert service.stdout is not None
            assert service.stdout.readline() == "ready\n"
            wf.task.update(task.id, status=TaskStatus.COMPLETE)
            kit.time_travel(minutes=1)
            assert service.wait(PATIENCE) == 0, "the service ends after one event"
            said = service.stdout.read()
        finally:
            service.kill()
    assert f'Task "{task.name}" was completed' in said
    (note,) = wf.note.search(Note.f.obj_id == task.project_id, Note.f.note_text.contains("was completed at"))
    assert note.id
    wait_until(lambda: len(wf.events.list()) == 1, "the subscription is there")
