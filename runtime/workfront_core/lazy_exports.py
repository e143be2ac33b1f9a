"""A package whose names are imported when they are first used (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from workfront_core.nearest import did_you_mean

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

__all__ = ["UnknownNames", "lazy_exports", "unknown_name"]

Suggest: TypeAlias = Callable[[str], str]
"""Says what to write in place of a name that is not there; empty where no name is near."""


def lazy_exports(
    package: str, table: Mapping[str, str], *, root: str | None = None, suggest: Suggest | None = None
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Returns the ``__getattr__`` and ``__dir__`` of a package, from a table of public name -> module.

    A name is imported on first use and kept in the package's globals, so the next use costs a plain lookup.
    Any number of threads may ask at once: they get the same object.

    Args:
        package: the package, or a module.
        table: where each name comes from; ``module:`` stands for the module itself.
        root: what the modules are relative to; the package unless given.
        suggest: what to write in place of a name that is not there; the nearest names of the table unless given.

    Raises:
        AttributeError: From ``__getattr__``, for a name that is not in the table; it names the nearest ones that are.
            ``from package import name`` says the same as an ImportError.
    """
    advise = suggest or partial(did_you_mean, known=table)
    if hasattr(sys.modules[package], "__path__"):
        sys.meta_path.append(UnknownNames(package, advise))

    def load(name: str) -> Any:
        module = table.get(name)
        if module is None:
            raise unknown_name(package, name, advise)
        source = import_module(f".{module.removesuffix(':')}", root or package)
        return vars(sys.modules[package]).setdefault(name, source if module.endswith(":") else getattr(source, name))

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *table})

    return load, names


def unknown_name(package: str, name: str, suggest: Suggest) -> AttributeError:
    """Returns the error for a name that a package does not have, with what to write instead."""
    is_typed = not name.startswith("__")  # the rest is asked by the import system and by inspection
    near = suggest(name) if is_typed else ""
    return AttributeError(f"module {package!r} has no attribute {name!r}{'. ' if near else ''}{near}", name=name)


class UnknownNames:
    """The last finder asked: says what to write, where ``from package import name`` finds neither name nor module.

    Python drops the text of the AttributeError there, and looks for a module of that name; so here it can be said.
    """

    def __init__(self, package: str, suggest: Suggest) -> None:
        self._package = package
        self._suggest = suggest

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Returns None: there is nothing to find.

        Raises:
            ImportError: there are names like it; the message names them.
        """
        package, _, wrong = name.rpartition(".")
        if package == self._package and not wrong.startswith("_") and (near := self._suggest(wrong)):
            raise ImportError(f"cannot import name {wrong!r} from {package!r}. {near}", name=package)
        return None
