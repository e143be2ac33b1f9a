"""Type checkers over programs of a test, as strict as over the project itself.

A checker that begins with nothing takes twenty seconds of a processor to read the package; so tests show it many
programs at once, and mypy begins with what it knows of the project, where `make static` has left that.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

from tests.support.once import once
from tests.support.places import ROOT
from workfront_codegen.upgrade import check

SOURCES: Final = tuple(ROOT / name for name in ("", "runtime", "generated", "generator", "sandbox"))
_KNOWN: Final = ROOT / ".mypy_cache"
_CACHE: Final = "3.*"
"""What of it belongs to the check of the project: the rest are checks with other settings."""

Errors = Mapping[str, set[int]]
"""Lines that a checker calls wrong, by the name of the file."""


def mypy(folder: Path, files: Iterable[Path], more: Sequence[Path] = ()) -> Errors:
    """Returns what mypy finds in these files and in what they import.

    Args:
        folder: where it may write.
        files: programs.
        more: further folders in which it finds packages.
    """
    cache = folder / "mypy"
    for known in _KNOWN.glob(_CACHE):
        shutil.copytree(known, cache / known.name, dirs_exist_ok=True)
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(cache)]
    path = os.pathsep.join(map(str, (*SOURCES, *more)))
    return _found([*command, "--no-pretty", *map(str, files)], r"([^/\s]+\.pyi?):(\d+): error", {"MYPYPATH": path})


def pyright(folder: Path, files: Iterable[Path], more: Sequence[Path] = ()) -> Errors:
    """Returns what pyright finds in these files; arguments as in `mypy`."""
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "extraPaths": [*map(str, (*SOURCES, *more))],
        "include": [*map(str, files)],
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable, "-p", str(folder)]
    return _found(command, r"([^/\s]+\.pyi?):(\d+):\d+ - error", {})


def warm_upgrade_check(factory: pytest.TempPathFactory, folder: Path) -> None:
    """Lets the first ``upgrade-check`` in a folder begin with what mypy knows of the engine and its libraries."""

    def learn(cache: Path) -> None:
        rooms = ("client", "services", "async_client", "async_services", "models", "paths", "fields", "custom", "forms")
        program = "".join(f"import workfront_core.interface.{room}\n" for room in rooms)
        command = [sys.executable, "-m", "mypy", *check.OPTIONS, "--cache-dir", str(cache), "-c", program]
        path = os.pathsep.join(map(str, SOURCES))
        subprocess.run(command, check=True, env={**os.environ, "MYPYPATH": path}, cwd=cache)

    known = once(factory, "known-to-upgrade-check", learn)
    shutil.copytree(known, folder / check.PLACE / "cache", dirs_exist_ok=True)


def marked(file: Path, mark: str = "E") -> Mapping[int, str]:
    """Returns the lines that end in ``# E``, or in another mark, by their numbers."""
    lines = file.read_text("utf-8").splitlines()
    return {number: text for number, text in enumerate(lines, 1) if text.endswith(f"  # {mark}")}


def _found(command: list[str], pattern: str, more: Mapping[str, str]) -> Errors:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **more}, cwd=ROOT)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    errors: dict[str, set[int]] = defaultdict(set)
    for name, line in re.findall(pattern, done.stdout):
        errors[name].add(int(line))
    assert bool(errors) == bool(done.returncode), done.stdout + done.stderr
    return errors
