"""A tenant's own fields to type checkers: mistakes are seen, each of them, and correct code is left alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.places import TESTS
from tests.typing.tenant_package import write_tenant_package

ROOT = TESTS.parent
FILES = ("tenant_fails.py", "tenant_passes.py")
SOURCES = [str(ROOT / name) for name in ("runtime", "generator")]
Checker = Callable[[Path], set[tuple[str, int]]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tenant")
    write_tenant_package(folder)
    for name in FILES:
        (folder / name).write_text((TESTS / "typing" / name).read_text("utf-8"), encoding="utf-8")
    return folder


def marked() -> set[tuple[str, int]]:
    lines = (TESTS / "typing" / FILES[0]).read_text("utf-8").splitlines()
    return {(FILES[0], number) for number, text in enumerate(lines, 1) if text.endswith("# E")}


def reported(command: list[str], place: Path, pattern: str) -> set[tuple[str, int]]:
    environment = {**os.environ, "MYPYPATH": ":".join(SOURCES)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=place)
    assert done.returncode == 1, done.stdout + done.stderr
    return {(name, int(line)) for name, line in re.findall(pattern, done.stdout)}


def mypy(place: Path) -> set[tuple[str, int]]:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={place / '.mypy'}"]
    return reported([*command, "--no-pretty", "--python-version=3.11", *FILES], place, r"(\w+\.py):(\d+): error")


def pyright(place: Path) -> set[tuple[str, int]]:
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "extraPaths": SOURCES, "include": [*FILES]}
    (place / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable, "-p", str(place)]
    return reported(command, place, r"(\w+\.py):(\d+):\d+ - error")


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_a_checker_sees_every_mistake_and_nothing_else(checker: Checker, place: Path) -> None:
    assert len(marked()) >= 16
    assert checker(place) == marked()
