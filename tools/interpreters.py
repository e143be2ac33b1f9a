"""The Pythons of this machine."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
VERSIONS: Final = ("3.11", "3.12", "3.13", "3.14")
"""What the package promises to run on, and what comes next."""


def interpreter(version: str) -> str | None:
    """Returns the path of a Python of that version (``3.12``), from PATH or from pyenv; None where there is none."""
    done = subprocess.run([ROOT / ".ci" / "interpreter", version], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None
