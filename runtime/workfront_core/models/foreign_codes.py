"""Whose codes an enumeration holds: those of one field, or of a program that knows its tenant."""

from __future__ import annotations

from enum import Enum
from typing import Final

from workfront_core.models.api_versions import is_other_version, version_of

_ENUMS: Final = ".enums"


def is_foreign(kind: type[Enum], known: type[Enum]) -> bool:
    """Returns whether it is a generated enumeration of another name or API version; a program's own may hold the codes
    of its tenant.
    """
    if kind.__name__ == known.__name__:
        return is_other_version(kind, known)
    return bool(version_of(kind) and version_of(known)) or _generated_root(kind) == _generated_root(known) is not None


def _generated_root(kind: type[Enum]) -> str | None:
    """Returns the package that the generated modules of all versions are in; ``None`` for an enumeration of a
    program.
    """
    version, dot_enums, _ = kind.__module__.partition(_ENUMS)
    return version.rpartition(".")[0] if dot_enums else None
