"""jedi keeps what it has parsed in files: a process of a test run that reads one while another writes it fails."""

from __future__ import annotations

import os
from pathlib import Path

import jedi  # type: ignore[import-untyped]

__all__ = ["use_own_cache"]


def use_own_cache() -> None:
    """Gives each process of a test run a folder of its own."""
    name = os.environ.get("PYTEST_XDIST_WORKER", "one")
    folder = Path(jedi.settings.cache_directory)
    jedi.settings.cache_directory = str(folder if folder.name == name else folder / name)
