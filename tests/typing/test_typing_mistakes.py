"""Mistakes that mypy and pyright must see in the generated package, and correct code they must leave alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.places import TESTS

ROOT = TESTS.parent
FILES = ("mistakes_fail.py", "correct_code.py")
SOURCES = [str(ROOT / name) for name in ("", "runtime", "generated", "sandbox", "generator")]


def targets() -> list[str]:
    return [str(TESTS / "typing" / name) for name in FILES]


def marked() -> set[tuple[str, int]]:
    lines = (TESTS / "typing" / FILES[0]).read_text().splitlines()
    return {(FILES[0], number) for number, text in enumerate(lines, 1) if text.endswith("# E")}


def reported(command: list[str], pattern: str) -> set[tuple[str, int]]:
    environment = {**os.environ, "MYPYPATH": ":".join(SOURCES)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
    assert done.returncode == 1, done.stdout + done.stderr
    return {(name, int(line)) for name, line in re.findall(pattern, done.stdout)}


def mypy(folder: Path) -> set[tuple[str, int]]:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={folder}", "--no-pretty"]
    return reported([*command, "--python-version=3.11", *targets()], r"(\w+\.py):(\d+): error")


def pyright(folder: Path) -> set[tuple[str, int]]:
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "extraPaths": SOURCES, "include": targets()}
    project = folder / "pyrightconfig.json"
    project.write_text(json.dumps(settings))
    command = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable, "-p", str(project)]
    return reported(command, r"(\w+\.py):(\d+):\d+ - error")


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_a_checker_sees_every_mistake_and_nothing_else(checker: object, tmp_path: Path) -> None:
    assert callable(checker)
    assert len(marked()) >= 100
    assert checker(tmp_path) == marked()
