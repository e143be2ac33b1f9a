"""Clients that others wrote, run against a served strict sandbox: each of their methods, where they are installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from tests.support.waiting import PATIENCE
from workfront_testing import SandboxKit, live

CLIENTS = Path(__file__).parent / "clients"
MODULES = os.environ.get("WORKFRONT_NODE_MODULES", "")
REFUSED = {
    "after logout": "You are not currently logged in.",
    "an unknown field": "APIModel V22_0 does not support field nosuch (Project)",
    "with a key that was cleared": "You are not currently logged in.",
    "batch as one": "Parameter updates of reading by ID: not computed by this sandbox",
}
"""The last, because its batches send all by GET: the edit of one would be a read."""
NAME, PASSWORD = "js@example.com", "secret"


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with live("demo", strict=True) as found:
        names = {"name": "Jo Smit", "firstName": "Jo", "lastName": "Smit", "username": NAME, "emailAddr": NAME}
        found.sandbox.insert("USER", [{**names, "password": PASSWORD, "isActive": True}])
        yield found


@pytest.mark.skipif(
    shutil.which("node") is None or not Path(MODULES, "workfront-api").is_dir(),
    reason="needs node, and workfront-api 6 in the folder WORKFRONT_NODE_MODULES (npm install workfront-api)",
)
def test_every_method_of_the_javascript_client_is_answered(kit: SandboxKit) -> None:
    command = ["node", str(CLIENTS / "every_method.js"), MODULES, kit.url, kit.api_key]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    told = {what: (succeeded, value) for what, succeeded, value in map(json.loads, done.stdout.splitlines())}
    failed = {what: value for what, (succeeded, value) in told.items() if not succeeded}
    missing = failed.pop("what was removed")
    assert missing.startswith("Project with primary key value(s)")
    assert failed == REFUSED
    assert told["batch of everything"] == (True, 7)
    assert told["who signed in"] == (True, "Jo Smit")
    assert told["edit by GET"] == (True, "H")


def run(script: str, *words: str) -> dict[str, Any]:
    """What a program prints that uses one of the clients, which has a process of its own."""
    done = subprocess.run(
        [sys.executable, str(CLIENTS / script), *words], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.skipif(util.find_spec("workfront") is None, reason="needs python-workfront (pip install python-workfront)")
def test_python_workfront_works_and_generates_a_class_for_every_type(kit: SandboxKit, tmp_path: Path) -> None:
    project = str(kit.sandbox.rows("PROJ")[0]["ID"])
    found = run("use_python_workfront.py", kit.url, kit.api_key, NAME, PASSWORD, project, str(tmp_path))
    assert (found["previous"], found["loaded"], found["session"]) == ("NEW", [project], None)
    assert found["reply"] in {row["ID"] for row in kit.sandbox.rows("NOTE")}
    assert found["classes"] == found["types"] > 100


@pytest.mark.skipif(
    util.find_spec("workfrontapi_plus") is None, reason="needs workfrontapi-plus (pip install workfrontapi-plus)"
)
def test_every_method_of_workfrontapi_plus_is_answered(kit: SandboxKit) -> None:
    all_tasks = len(kit.sandbox.rows("TASK")) + 5
    found = run("use_workfrontapi_plus.py", kit.url, kit.api_key, NAME, PASSWORD)
    assert len(found.pop("document")) == 32
    assert found == {
        "get": "P",
        "list": 5,
        "count": 5,
        "put": "Q",
        "bulk": ["z"] * 5,
        "search": 5,
        "all": all_tasks,
        "report": {"NEW": {"count_ID": 5}},
        "total": {"NEW": {"count_ID": 5}, "$$ROLLUP": {"count_ID": 5}},
        "action": {"result": None},
        "bulk_delete": {"success": True},
        "delete": {"success": True},
        "login": True,
        "logout": {"success": True},
    }
