"""The examples of docs/events.md, run from top to bottom."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.places import DOCS
from workfront_core.events import Receiver
from workfront_testing import live

_EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subscribing, receiving, consuming = _EXAMPLE.findall((DOCS / "events.md").read_text("utf-8"))
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    with live() as kit:
        monkeypatch.setenv("WORKFRONT_CONFIG", str(tmp_path / "none.toml"))
        monkeypatch.setenv("WORKFRONT_URL", kit.url)
        monkeypatch.setenv("WORKFRONT_API_KEY", kit.api_key)
        exec(subscribing, names)  # noqa: S102
        assert [row["filterConnector"] for row in kit.sandbox.subscriptions.rows.values()] == ["AND"]
    exec(receiving, names)  # noqa: S102
    assert isinstance(names["app"], Receiver)
    exec(consuming, names)  # noqa: S102
    names["inbox"].close()
