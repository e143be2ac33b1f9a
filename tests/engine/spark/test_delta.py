"""The page's own programs for Delta tables, run as they stand: a stream that merges, and what deletes the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engine.spark.test_source import PROJECT, pytestmark, session, tasks
from tests.support.places import DOCS
from tests.support.waiting import wait_until
from workfront_client.v22 import Task, Workfront
from workfront_testing import SandboxKit, live

deltalake = pytest.importorskip("deltalake", reason="deltalake is not installed")

__all__ = ["pytestmark", "session"]

BLOCKS = re.findall(r"```python\n(.*?)```", (DOCS / "spark.md").read_text(encoding="utf-8"), re.DOTALL)
MERGE, DELETE = (block for block in BLOCKS if "DeltaTable(STORED)" in block)


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with live({"PROJ": [{"ID": PROJECT, "name": "Site"}], "TASK": list(tasks(300))}) as made:
        yield made


def test_a_delta_table_follows_and_loses_what_is_gone(session: Any, kit: SandboxKit, tmp_path: Path) -> None:
    program: dict[str, Any] = {"spark": session}
    stored = tmp_path / "wf_task"

    def run(block: str) -> None:
        exec(block.replace("/data/", f"{tmp_path}/"), program)  # noqa: S102

    def names() -> dict[str, Any]:
        if not deltalake.DeltaTable.is_deltatable(str(stored)):
            return {}
        rows = deltalake.DeltaTable(str(stored)).to_pyarrow_table(columns=["ID", "name"]).to_pylist()
        assert len({row["ID"] for row in rows}) == len(rows), "an ID is there twice"
        return {row["ID"]: row["name"] for row in rows}

    with kit.client(Workfront) as wf:
        first, second, gone = (f"{number:032x}" for number in (1, 2, 3))
        run(MERGE)
        try:
            wait_until(lambda: len(names()) == 300, "the first batch")
            wf.task.update(first, name="Edited")
            made = wf.task.create(name="Made", project_id=PROJECT).id
            wait_until(lambda: names().get(first) == "Edited" and made in names(), "changes")
            wf.task.delete(gone)
            wf.task.update(second, name="Edited after a deletion")
            wait_until(lambda: names()[second] == "Edited after a deletion", "a change after the deletion")
            assert gone in names(), "no stream tells of deletions"
        finally:
            for query in session.streams.active:
                query.stop()
        run(DELETE)
        assert names() == {row.id: row.name for row in wf.task.search(fields=[Task.f.name])}
