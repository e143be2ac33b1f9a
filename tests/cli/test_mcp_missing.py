"""``workfront mcp`` where its SDK is not installed. docs/assistants.md."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.cli_kit import Terminal


def test_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in ("mcp", "mcp_types")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    terminal = Terminal(tmp_path)
    terminal.set(URL="http://127.0.0.1:9", API_KEY="key-of-ana-1234")
    done = terminal.run("mcp")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "pip install 'workfront-client[cli,mcp]'" in done.stderr
