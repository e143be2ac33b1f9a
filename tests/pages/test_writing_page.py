"""The examples of docs/writing.md, run from top to bottom against a server that holds rows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.places import DOCS
from tests.support.row_server import Rows, serving
from workfront_client.v22 import AsyncWorkfront, Workfront
from workfront_core.auth import ApiKey

PAGE = DOCS / "writing.md"
EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


OTHERS = {name: f"5d8000000000000000000000000000{number:02x}" for number, name in enumerate(("other", "third"))}


def the_rows_of_the_page() -> Rows:
    rows = Rows(
        {id_: {"ID": id_, "name": name} for name, id_ in OTHERS.items()},
        refuses=lambda row: "Invalid Parameter: name" if row.get("name") == "refused" else None,
        actions=dict.fromkeys(
            ("share", "unshare", "sharePublic", "unsharePublic", "calculateTimeline", "move", "bulkMove"),
            lambda _given: None,
        ),
    )
    shared = {"share", "unshare", "sharePublic", "unsharePublic"}
    plain = rows.result

    def result(method: str, rest: list[str], query: dict[str, str], updates: Any) -> object:
        answer = plain(method, rest, query, updates)
        return {"success": True} if shared & set(rest) else answer

    rows.result = result  # type: ignore[method-assign]
    return rows


def test_every_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = the_rows_of_the_page()
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        names: dict[str, Any] = {
            "wf": wf,
            "connect": lambda: AsyncWorkfront(server.url, auth=ApiKey("k")),
            "user_id": "5d800000000000000000000000000a01",
            "team_id": "5d800000000000000000000000000a02",
            "document_id": "5d800000000000000000000000000a03",
            "other_task_id": OTHERS["other"],
            "third_task_id": OTHERS["third"],
        }
        for example in EXAMPLE.findall(PAGE.read_text(encoding="utf-8")):
            exec(compile(example, str(PAGE), "exec"), names)  # noqa: S102
    printed = capsys.readouterr().out
    assert "{'name': 'Launch 3', 'DE:Region': 'South'}\n{}\n" in printed
    assert "250 done, 0 failed, 0 unknown" in printed
    assert "2 done (1 unchanged, not sent), 0 failed, 0 unknown" in printed
    assert "1 done, 1 failed, 0 unknown\nInvalid Parameter: name" in printed
    assert "resume=200" in printed
    assert "The ID is empty" in printed
    assert printed.endswith("Done\n")
    made = [name for name in rows.names() if str(name).startswith("Row ")]
    assert (len(made), len(set(made))) == (200, 200)
    (task,) = [row for row in rows.rows.values() if row.get("name") == "Done"]
    assert [entry.get("predecessorType") for entry in task["predecessors"]] == ["fs", None]
