"""``python -m workfront_client``. docs/guide.md."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import workfront_client
from tests.support.cli_kit import Terminal
from tests.support.waiting import PATIENCE


def test_it_tells_release_versions_and_settings(tmp_path: Path) -> None:
    environ = Terminal.whole_environment({"WORKFRONT_CONFIG": str(tmp_path / "mine.toml")})
    ran = subprocess.run(
        [sys.executable, "-m", "workfront_client"],
        env=environ,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert ran.stderr == ""
    assert f"workfront-client {workfront_client.__version__}" in ran.stdout
    assert "API v22.0: from workfront_client.v22 import Workfront; supported until 2029-04" in ran.stdout
    assert ran.stdout.index("v21.0") < ran.stdout.index("v22.0")
    assert f"Settings: {tmp_path / 'mine.toml'}, which is not there" in ran.stdout
