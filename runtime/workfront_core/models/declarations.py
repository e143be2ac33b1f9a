"""What generated classes of rows declare beside their types: names on the wire, and where their paths are."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from pydantic import Field

__all__ = ["KNOWN_MODELS", "lazy_path", "package_of", "wire"]

_MODELS: Final = ".models."

KNOWN_MODELS: Final = 1024
"""Classes whose members are kept at hand: three versions have half as many. Whoever names ever new objects without a
schema does not fill the memory.
"""


def package_of(model: type[object]) -> str:
    """Returns the package of the API version that a model belongs to; empty for one of a program."""
    package, models, _ = model.__module__.partition(_MODELS)
    return package if models else ""


def wire(name: str) -> Any:
    """Returns a member whose name on the wire differs from its Python name."""
    return Field(default=None, validation_alias=name, serialization_alias=name)


def lazy_path(package: str | None, module: str, name: str) -> Any:
    """Returns the class attribute ``f``: the root of an object's paths, from class ``name`` of ``paths`` beside
    ``package``.

    The module is imported on first use. The class, called without arguments, gives the root, and is told whose it is.
    """
    return _LazyPath(package, module, name)


class _LazyPath:
    __slots__ = ("_module", "_name", "_owner", "_package", "_root")

    def __init__(self, package: str | None, module: str, name: str) -> None:
        self._package = package
        self._module = module
        self._name = name
        self._owner: type | None = None
        self._root: object = None

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner

    def __get__(self, row: object, owner: type | None = None) -> Any:
        if self._root is None:
            paths = import_module(f"..paths.{self._module}", self._package)
            root = getattr(paths, self._name)()
            if (belongs_to := getattr(root, "__workfront_root_of__", None)) is not None:
                belongs_to(self._owner or owner)
            self._root = root
        return self._root
