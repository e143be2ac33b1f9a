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
from workfront_client import WorkfrontError
from workfront_client.v22 import Workfront
from workfront_testing import in_process

ROOT = TESTS.parent
FILES = ("mistakes_fail.py", "correct_code.py")
SOURCES = [str(ROOT / name) for name in ("", "runtime", "generated", "sandbox", "generator")]


def targets() -> list[str]:
    return [str(TESTS / "typing" / name) for name in FILES]


def marked(mark: str) -> dict[tuple[str, int], str]:
    """Returns the lines that bear the mark, by file and number."""
    lines = (TESTS / "typing" / FILES[0]).read_text().splitlines()
    return {(FILES[0], number): text for number, text in enumerate(lines, 1) if text.endswith(f"  # {mark}")}


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
    assert checker(tmp_path) == marked("E").keys()


def test_checkers_see_at_least_97_of_100_mistakes() -> None:
    seen, unseen = len(marked("E")), len(marked("unseen"))
    assert seen >= 100
    assert 100 * seen >= 97 * (seen + unseen)


@pytest.mark.parametrize("line", [text.strip() for text in marked("unseen").values()])
def test_what_no_checker_sees_is_refused_when_it_runs(line: str) -> None:
    with in_process() as kit, kit.client(Workfront) as wf, pytest.raises(WorkfrontError):
        eval(line, {"wf": wf})  # noqa: S307  the lines of our own file
    assert not kit.log.sent
