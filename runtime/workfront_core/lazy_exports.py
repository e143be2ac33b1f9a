"""A package whose names are imported when they are first used (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

from workfront_core.nearest import did_you_mean

__all__ = ["lazy_exports", "unknown_name"]


def lazy_exports(
    package: str, table: Mapping[str, str], *, root: str | None = None
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Returns the ``__getattr__`` and ``__dir__`` of a package, from a table of public name -> module.

    A name is imported on first use and kept in the package's globals, so the next use costs a plain lookup.
    Any number of threads may ask at once: they get the same object.

    Args:
        package: the package, or a module.
        table: where each name comes from; ``module:`` stands for the module itself.
        root: what the modules are relative to; the package unless given.

    Raises:
        AttributeError: From ``__getattr__``, for a name that is not in the table; it names the nearest ones that are.
    """

    def load(name: str) -> Any:
        module = table.get(name)
        if module is None:
            raise unknown_name(package, name, table)
        source = import_module(f".{module.removesuffix(':')}", root or package)
        return vars(sys.modules[package]).setdefault(name, source if module.endswith(":") else getattr(source, name))

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *table})

    return load, names


def unknown_name(package: str, name: str, known: Iterable[str]) -> AttributeError:
    """Returns the error for a name that a package does not have, with the nearest names it has."""
    is_typed = not name.startswith("__")  # the rest is asked by the import system and by inspection
    near = did_you_mean(name, known) if is_typed else ""
    return AttributeError(f"module {package!r} has no attribute {name!r}{'. ' if near else ''}{near}", name=name)
