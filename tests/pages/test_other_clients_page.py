"""The examples of docs/other-clients.md, run from top to bottom against a sandbox."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.pages.test_guide_page import IDS, examples, seed
from tests.sandbox.live import Listener
from workfront_client.v22 import Workfront
from workfront_core.auth import ApiKey
from workfront_sandbox import Sandbox

ANA = {"ID": "5d80000000000000000000000000a0a0", "name": "Ana Ash", "username": "ana@example.com"}


def test_every_example_runs_and_prints_what_it_says(
    listener: Listener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = seed()
    rows["USER"] = [*rows["USER"], ANA]
    url = listener.serve(Sandbox(rows))
    monkeypatch.chdir(tmp_path)
    found = examples("docs/other-clients.md")
    assert len(found) == 8
    with Workfront(url, auth=ApiKey("anything")) as wf:
        scope: dict[str, Any] = {**IDS, "wf": wf, "url": url}
        for number, example in enumerate(found, 1):
            exec(compile(example, f"<example {number} of docs/other-clients.md>", "exec"), scope)  # noqa: S102
    printed = capsys.readouterr().out
    assert f"Brief\n{url}/attask/api-unsupported/\n" in printed
    assert "/attask/api-unsupported/TASK/search?fields=statusLabel&" in printed
    assert f'<Request PUT TASK/{IDS["task_id"]} {{"percentComplete": 50, "newField": "x"}}>\n' in printed
    assert "Brief 2,NEW,Site relaunch\r\n" in printed
    assert printed.endswith("brief.txt\nbrief (2).txt\n")
    assert len(scope["key"]) == 32
    assert [(tmp_path / name).read_bytes() for name in ("brief.txt", "brief (2).txt")] == [b"as it is"] * 2
