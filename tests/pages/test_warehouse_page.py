"""The examples of docs/warehouse.md, run against a sandbox, into a DuckDB file."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from tests.support.places import DOCS
from workfront_client.v22 import Workfront
from workfront_testing import in_process

PAGE = (DOCS / "warehouse.md").read_text(encoding="utf-8")


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dlt", reason="dlt is not installed")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DLT_DATA_DIR", str(tmp_path / "dlt"))
    monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
    monkeypatch.setenv("RUNTIME__LOG_LEVEL", "ERROR")
    (example,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    with in_process("demo") as kit, kit.client(Workfront) as wf:
        exec(compile(example, "warehouse.md", "exec"), {"wf": wf})  # noqa: S102
    with duckdb.connect("warehouse.duckdb", read_only=True) as db:
        assert db.execute("SELECT count(*) FROM workfront.wf_task").fetchall() == [(920,)]
