"""The first minutes of README.md, line by line against the demo tenant."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.support.page_runner import agrees, examples, reader
from tests.support.places import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PROGRAM = re.compile(r"^python - <<'END'\n(.*?)^END$", re.MULTILINE | re.DOTALL)


def test_its_commands_print_what_it_says(tmp_path: Path) -> None:
    with reader(tmp_path) as somebody:
        for example in examples("../README.md"):
            if example.kind == "console":
                for source, said, printed in somebody.does(example):
                    assert agrees(said, printed), f"{source}\nprints\n{printed}"


def test_its_program_finds_what_its_command_finds(tmp_path: Path) -> None:
    (program,) = PROGRAM.findall(README)
    with reader(tmp_path):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = subprocess.run(
            [sys.executable, "-"], input=program, env=environment, capture_output=True, text=True, check=True
        )
    names = [line.split(" | ")[0] for line in done.stdout.splitlines()]
    assert len(names) == 3
    assert all(name in README for name in names), names


def test_it_names_every_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    table = README[README.index("| Extra |") : README.index("[examples/]")].splitlines()[2:]
    named = {name for line in table if line for name in re.findall(r"`([a-z0-9-]+)`", line.split("|")[1])}
    assert named == set(project["optional-dependencies"]) - {"httpx2"}
