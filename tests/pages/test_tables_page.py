"""The examples of docs/tables.md and docs/sync.md, run from top to bottom against a sandbox."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.places import DOCS
from workfront_client import v22
from workfront_client.v22 import Workfront
from workfront_testing import in_process

EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["tables.md", "sync.md"])
def test_the_examples_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    examples = EXAMPLE.findall((DOCS / page).read_text(encoding="utf-8"))
    assert examples
    with in_process("demo") as kit, kit.client(Workfront) as wf:
        scope: dict[str, Any] = {"wf": wf, **{name: getattr(v22, name) for name in ("Task", "Project", "Hour")}}
        for example in examples:
            exec(compile(example, page, "exec"), scope)  # noqa: S102
    assert list(tmp_path.iterdir())
