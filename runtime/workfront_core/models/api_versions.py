"""The API version that a generated class is of: what one version has by a name, another may lack or mean otherwise."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from workfront_core.errors.kinds import QueryError

__all__ = ["is_other_version", "package_of_version", "refuse_other_version", "version_of"]

_MODULE: Final = re.compile(r"(?P<package>(?:.+\.)?v\d+)\.(?:models|paths|enums|fields|client|async_client)(?:\..+)?")
_KNOWN_CLASSES: Final = 4096


@lru_cache(maxsize=_KNOWN_CLASSES)
def package_of_version(kind: type, /) -> str:
    """Returns the package that a generated class, or the one it is made of, is imported from:
    ``workfront_client.v22``; empty for a class of a program.
    """
    found = (_MODULE.fullmatch(base.__module__) for base in kind.__mro__)
    return next((match["package"] for match in found if match is not None), "")


def version_of(kind: type, /) -> str:
    """Returns the API version of a generated class, ``v22``; empty for a class of a program.

    A package of a tenant has the names of the same version as any other package of it.
    """
    return package_of_version(kind).rpartition(".")[2]


def is_other_version(kind: type, asked: type, /) -> bool:
    """Returns whether two classes are known to be of different API versions."""
    one, other = version_of(kind), version_of(asked)
    return bool(one and other) and one != other


def refuse_other_version(kind: type, asked: type, where: str) -> None:
    """Raises a QueryError where a class is of another API version than the one that is asked.

    Args:
        kind: the class of what was given.
        asked: the class that it is given to.
        where: what was given, and to what: "Task.f.name in a search of Task".
    """
    if is_other_version(kind, asked):
        package = package_of_version(asked)
        raise QueryError(
            f"{where}: it is of {package_of_version(kind)}, and {package} is asked, another API version.",
            hint=f"Write from {package} import {kind.__name__}.",
        )
