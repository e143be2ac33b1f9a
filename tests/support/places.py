"""Folders of the checkout that tests read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
TESTS: Final = ROOT / "tests"
DOCS: Final = ROOT / "docs"
SHARED: Final = ROOT.parent / "shared"
"""Public sources beside the checkout. They may be absent: a test that needs them is skipped then."""
