"""Runs pytest in a process of its own, with the plugin as its only one besides pytest's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.support.waiting import PATIENCE

_ALONE = ("-p", "no:workfront", "-p", "workfront_testing.plugin", "-p", "no:cacheprovider", "-W", "error")


def run_pytest(folder: Path, *arguments: str, **sources: str) -> tuple[dict[str, int], str]:
    """How many tests passed, failed and so on, and what pytest printed, for modules written into ``folder``."""
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\n", encoding="utf-8")
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", *_ALONE, "-q", "--rootdir", str(folder), *arguments, str(folder)]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)
    counted = re.findall(r"(\d+) (passed|failed|errors?|skipped)", run.stdout.splitlines()[-1] if run.stdout else "")
    return {word.removesuffix("s") if word == "errors" else word: int(number) for number, word in counted}, (
        run.stdout + run.stderr
    )
