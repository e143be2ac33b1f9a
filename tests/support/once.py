"""What takes long to make and is only read: made once in a run of the tests, for all of its processes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Returns a folder that ``make`` has filled; who asks first has it made, others wait for that."""
    place = run_folder(factory)
    folder, is_made = place / name, place / f"{name}.made"
    with FileLock(place / f"{name}.lock"):
        if not is_made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            is_made.touch()
    return folder


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """Returns the folder of this run, which all of its processes share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
