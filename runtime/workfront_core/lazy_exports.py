"""A package whose names are imported when they are first used (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from workfront_core.nearest import did_you_mean

__all__ = ["lazy_exports"]


def lazy_exports(package: str, table: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The ``__getattr__`` and ``__dir__`` of a package, from a table of public name -> module relative to the package.

    A name is imported on first use and kept in the package's globals, so the next use costs a plain lookup.
    Any number of threads may ask at once: they get the same object.

    Raises:
        AttributeError: From ``__getattr__``, for a name that is not in the table; it names the nearest ones that are.
    """

    def load(name: str) -> Any:
        module = table.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}{_suggestion(name, table)}", name=name)
        return vars(sys.modules[package]).setdefault(name, getattr(import_module(f".{module}", package), name))

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *table})

    return load, names


def _suggestion(name: str, table: Mapping[str, str]) -> str:
    if name.startswith("__"):  # asked by the import system and by inspection, never typed by hand
        return ""
    near = did_you_mean(name, table)
    return f". {near}" if near else ""
