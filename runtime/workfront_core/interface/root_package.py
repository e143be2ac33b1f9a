"""What the root of a generated package offers: the engine's front door, and the way to the API versions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import workfront_core
from workfront_core.lazy_exports import UnknownNames, unknown_name
from workfront_core.nearest import did_you_mean_here_or

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

__all__ = ["root_exports"]

_SHIPPED: Final = "workfront_client"
"""The package that comes with the distribution; others, made by users, have a version of their own or none."""


def root_exports(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Returns the ``__getattr__`` and ``__dir__`` of the package that holds the API versions.

    Names of the front door come from `workfront_core`. A name of an API version, and a version that is not there, are
    refused with the line to write instead.

    Raises:
        ImportError: From ``__getattr__``, for a name that has to be imported from a version.
        AttributeError: From ``__getattr__``, for any other name nobody knows, with the nearest ones.
    """

    def suggest(name: str) -> str:
        versions = _versions(package)
        newest = f"{package}.{versions[-1]}" if versions else ""
        return did_you_mean_here_or(name, workfront_core.__all__, _names_of(newest) if newest else (), newest)

    sys.meta_path += (_MissingVersions(package), UnknownNames(package, suggest))

    def load(name: str) -> Any:
        if name == "__version__" and package == _SHIPPED:
            return vars(sys.modules[package]).setdefault(name, _release())
        if name in workfront_core.__all__:
            return vars(sys.modules[package]).setdefault(name, getattr(workfront_core, name))
        if _is_version(name) and name in _versions(package):
            return import_module(f"{package}.{name}")
        if not name.startswith("_") and (remedy := _remedy(package, name)) is not None:
            raise ImportError(f"cannot import name {name!r} from {package!r}: {remedy}", name=package)
        raise unknown_name(package, name, suggest)

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *workfront_core.__all__, *_versions(package)})

    return load, names


def _release() -> str:
    """Returns the version of the distribution, which is looked up when somebody asks."""
    from importlib.metadata import version

    return version("workfront-client")


def _remedy(package: str, name: str) -> str | None:
    """Returns the line to write for a name of a version, or for a version; None for any other name."""
    versions = _versions(package)
    if not versions:
        return None
    if _is_version(name):
        return _instead(package, versions)
    newest = f"{package}.{versions[-1]}"
    return f"write: from {newest} import {name}" if name in _names_of(newest) else None


def _names_of(version: str) -> list[str]:
    names: list[str] = import_module(version).__all__
    return names


def _instead(package: str, versions: list[str]) -> str:
    return f"the versions are {', '.join(versions)}; write: from {package}.{versions[-1]} import Workfront"


def _versions(package: str) -> list[str]:
    """Returns the API versions in the package, oldest first."""
    from pkgutil import iter_modules  # only a mistake needs it

    found = [module.name for module in iter_modules(sys.modules[package].__path__) if _is_version(module.name)]
    return sorted(found, key=lambda name: [int(part) for part in name[1:].split("_")])


def _is_version(name: str) -> bool:
    return name[:1] == "v" and name[1:].replace("_", "").isdecimal()


class _MissingVersions:
    """The last finder asked: says which versions there are, for one that no other finder found."""

    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Returns None: there is nothing to find. Raises ModuleNotFoundError for a version of the package."""
        package, _, version = name.rpartition(".")
        if package == self._package and _is_version(version) and (versions := _versions(package)):
            raise ModuleNotFoundError(f"No module named {name!r}: {_instead(package, versions)}", name=name)
        return None
