"""Lazy names of generated packages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import workfront_core
from workfront_core.lazy_exports import lazy_exports as plain_exports
from workfront_core.nearest import did_you_mean_here_or

__all__ = ["lazy_exports"]


def lazy_exports(
    package: str, table: Mapping[str, str], *, root: str | None = None
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Returns the ``__getattr__`` and ``__dir__`` of a generated package, from a table of public name -> module.

    Args:
        package: the package, or a module.
        table: where each name comes from.
        root: what the modules are relative to; the package unless given.

    Raises:
        ImportError: From ``__getattr__``, for a name of the front door, with the line to write instead.
        AttributeError: From ``__getattr__``, for any other name nobody knows, with the nearest ones.
    """
    front_door = package.partition(".")[0]

    def suggest(name: str) -> str:
        return did_you_mean_here_or(name, table, workfront_core.__all__, front_door)

    found, names = plain_exports(package, table, root=root, suggest=suggest)

    def load(name: str) -> Any:
        if name not in table and name in workfront_core.__all__:
            remedy = f"write: from {front_door} import {name}"
            raise ImportError(f"cannot import name {name!r} from {package!r}: {remedy}", name=package)
        return found(name)

    return load, names
