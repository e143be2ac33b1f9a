"""The notebook in examples/: every cell runs, and shows what it says it shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.places import ROOT
from tests.support.waiting import PATIENCE
from workfront_testing import live

pytestmark = pytest.mark.long

NOTEBOOK = ROOT / "examples" / "explore.ipynb"

EXECUTE = """
import sys, nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(book, timeout=None, kernel_name="python3").execute()
nbformat.write(book, sys.argv[2])
"""
"""Runs in a process of its own: the kernel's event loop and sockets are not those of the tests."""

Cell = dict[str, Any]


def cells(file: Path) -> list[Cell]:
    found: list[Cell] = json.loads(file.read_text("utf-8"))["cells"]
    return found


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> list[Cell]:
    folder = tmp_path_factory.mktemp("notebook")
    with live(seed="demo") as kit:
        environment = {
            **os.environ, "WORKFRONT_URL": kit.url, "WORKFRONT_API_KEY": kit.api_key, "IPYTHONDIR": str(folder),
            "JUPYTER_RUNTIME_DIR": str(folder), "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }  # fmt: skip
        command = [sys.executable, "-c", EXECUTE, str(NOTEBOOK), str(folder / "executed.ipynb")]
        done = subprocess.run(
            command, env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=2 * PATIENCE
        )
    assert done.returncode == 0, done.stderr[-3000:]
    return cells(folder / "executed.ipynb")


def shown(executed: list[Cell], begins: str, kind: str = "text/html") -> str:
    """What a cell shows."""
    cell = next(cell for cell in executed if "".join(cell["source"]).startswith(begins))
    assert [output["output_type"] for output in cell["outputs"]] == ["execute_result"]
    return "".join(cell["outputs"][0]["data"][kind])


def test_a_search_and_a_row_are_tables(executed: list[Cell]) -> None:
    search = shown(executed, "late =")
    assert search.startswith("<table>")
    for name in ("name", "project:name", "assignedTo:name", "plannedCompletionDate"):
        assert f"<th>{name}</th>" in search
    assert 2 <= search.count("<tr>") <= 21
    row = shown(executed, "project =")
    assert "<th>Project</th>" in row
    assert "<th>owner:name</th>" in row


def test_data_frames_are_tables(executed: list[Cell]) -> None:
    assert "plannedCompletionDate" in shown(executed, "frame =", "text/plain")
    assert "project_name" in shown(executed, "late.to_polars")
    assert "sum_hours" in shown(executed, "hours =")


def test_the_client_shows_no_secret(executed: list[Cell]) -> None:
    assert shown(executed, "from workfront_client", "text/plain").startswith("<Workfront ")


def test_it_is_kept_without_outputs_and_is_small() -> None:
    code = [cell for cell in cells(NOTEBOOK) if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert sum(len(cell["source"]) for cell in cells(NOTEBOOK)) < 120
