"""Folders that may be read and not be written: one line says so, and nothing on disk has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.generator.test_custom_fields import SNAPSHOT
from tests.support.fetch_kit import contents
from tests.support.metadata_host import MetadataHost, serving
from workfront_schema import store

ROOT = os.geteuid() == 0
"""Root may write everywhere, unless it gives up the right to."""
pytestmark = pytest.mark.skipif(
    ROOT and shutil.which("setpriv") is None, reason="root may write everywhere, and there is no setpriv to change that"
)


def codegen(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    before = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if ROOT else []
    command = [*before, sys.executable, "-m", "workfront_codegen", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", ["schema", "out"])
def test_generate_writes_both_or_neither(folder: str, tmp_path: Path) -> None:
    store.save_snapshot(SNAPSHOT, tmp_path / "schema")
    (tmp_path / "out").mkdir()
    before = contents(tmp_path)
    (tmp_path / folder).chmod(0o555)
    ran = codegen(tmp_path, "generate", "--package", "read_only", "--schema", "schema", "--out", "out")
    (tmp_path / folder).chmod(0o755)
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (1, "", 1)
    assert f"error: {folder}/" in ran.stderr
    assert "Permission denied" in ran.stderr
    assert contents(tmp_path) == before


def test_fetch_leaves_what_is_there(tmp_path: Path) -> None:
    store.save_snapshot(SNAPSHOT, tmp_path / "schema")
    before = contents(tmp_path)
    (tmp_path / "schema").chmod(0o555)
    with serving(MetadataHost()) as server:
        ran = codegen(tmp_path, "fetch", "--url", server.url, "--api-version", "v22.0", "--custom")
    (tmp_path / "schema").chmod(0o755)
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (1, "", 1)
    assert "Permission denied" in ran.stderr
    assert contents(tmp_path) == before
