"""What mypy and pyright accept and reject in writes: files that must pass, and lines that must fail."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.places import TESTS

ROOT = TESTS.parent
FILES = ("writes_pass.py", "writes_fail.py")


@pytest.fixture(scope="module")
def mypy_errors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[int]]:
    cache = tmp_path_factory.mktemp("mypy")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={cache}", "--no-pretty"]
    return reported([*command, "--python-version=3.11", *targets()], r"(\w+\.py):(\d+): error")


@pytest.fixture(scope="module")
def pyright_errors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[int]]:
    project = tmp_path_factory.mktemp("pyright") / "pyrightconfig.json"
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "extraPaths": [str(ROOT), str(ROOT / "runtime")],
    }
    project.write_text(json.dumps(settings | {"include": targets()}))
    command = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable, "-p", str(project)]
    return reported(command, r"(\w+\.py):(\d+):\d+ - error")


def targets() -> list[str]:
    return [str(TESTS / "typing" / name) for name in FILES]


def reported(command: list[str], pattern: str) -> dict[str, set[int]]:
    environment = {"MYPYPATH": f"{ROOT}:{ROOT / 'runtime'}", "PATH": "/usr/bin:/bin", "HOME": str(Path.home())}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
    assert done.returncode == 1, done.stdout + done.stderr
    errors: dict[str, set[int]] = {}
    for name, line in re.findall(pattern, done.stdout):
        errors.setdefault(name, set()).add(int(line))
    return errors


def marked() -> set[int]:
    lines = (TESTS / "typing" / "writes_fail.py").read_text().splitlines()
    return {number for number, text in enumerate(lines, 1) if text.endswith("# E")}


def test_mypy_rejects_exactly_the_marked_lines(mypy_errors: dict[str, set[int]]) -> None:
    assert mypy_errors == {"writes_fail.py": marked()}


def test_pyright_rejects_exactly_the_marked_lines(pyright_errors: dict[str, set[int]]) -> None:
    assert pyright_errors == {"writes_fail.py": marked()}
