"""The packages that are measured against and that neither the client nor its tests need."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Final

PEERS: Final[Mapping[str, str]] = {
    "persistqueue": "persist-queue",
    "typer": "typer",
    "workfront": "python-workfront",
}
"""Modules and the packages of requirements/bench.txt they come from."""


def need(*modules: str) -> None:
    """Ends the program in one line where one of these modules is not installed, before anything is measured."""
    missing = [PEERS[module] for module in modules if find_spec(module) is None]
    if missing:
        raise SystemExit(
            f"{' and '.join(missing)}, measured against here, {'is' if len(missing) == 1 else 'are'} not installed: "
            "run `make .venv/.bench`, or `pip install -r requirements/bench.txt`, and start this again."
        )
