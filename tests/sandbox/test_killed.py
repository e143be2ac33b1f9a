"""A process that is killed while it writes: its file is whole, and holds every row that was answered."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from random import Random

import pytest

from tests.sandbox.asking import Asker
from workfront_sandbox import Sandbox

pytestmark = pytest.mark.long

_PATIENCE = 60
_WRITES = """
import json, sys
from workfront_sandbox import HttpRequest, Sandbox

sandbox, at = Sandbox(db=sys.argv[1]), 0
project = ""
while True:
    at += 1
    code, body = ("TASK", {"projectID": project, "DE:Round": at}) if project else ("PROJ", {})
    sent = {"sessionid": "x", "content-type": "application/json"}
    body = json.dumps({"name": f"row {at}", **body}).encode()
    reply = sandbox.answer(HttpRequest("POST", f"/attask/api/v22.0/{code}", "", sent, body))
    assert reply.status == 200, reply.body
    made = json.loads(reply.body)["data"]["ID"]
    project = project or made
    print(code, made, flush=True)
"""


def killed(file: Path, answers: int) -> list[tuple[str, str]]:
    """Lets a process write to a file until it told so many answers, kills it, and returns all that it told."""
    command = [sys.executable, "-c", _WRITES, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        patience = threading.Timer(_PATIENCE, process.kill)
        patience.start()
        told = [process.stdout.readline() for _ in range(answers)]
        process.kill()
        patience.cancel()
        told += process.stdout.readlines()
        process.wait(_PATIENCE)
    whole = [line.split() for line in told if line.endswith("\n")]
    assert len(whole) >= answers, f"the process told {len(whole)} of {answers} rows within {_PATIENCE} s"
    return [(code, object_id) for code, object_id in whole]


@pytest.mark.parametrize("moment", range(30))
def test_what_was_answered_is_there_after_a_kill_at_any_moment(tmp_path: Path, moment: int) -> None:
    file = tmp_path / "tenant.db"
    answered = killed(file, Random(moment).randint(1, 40))
    with sqlite3.connect(file) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
    with Sandbox(db=file) as sandbox:
        there = {code: {row["ID"] for row in sandbox.rows(code)} for code in ("PROJ", "TASK")}
        assert [item for item in answered if item[1] not in there[item[0]]] == []
        assert len(there["TASK"]) <= len([item for item in answered if item[0] == "TASK"]) + 1
        assert Asker(sandbox)("GET", "TASK/count")["count"] == len(there["TASK"])
