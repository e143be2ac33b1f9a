"""Whose codes an enumeration holds: those of one field, or of a program that knows its tenant."""

from __future__ import annotations

from enum import Enum
from typing import Final

_ENUMS: Final = ".enums"


def is_foreign(kind: type[Enum], known: type[Enum]) -> bool:
    """Returns whether it is a generated enumeration of another name; a program's own may hold the codes of its
    tenant.
    """
    return kind.__name__ != known.__name__ and _generated_root(kind) == _generated_root(known) is not None


def _generated_root(kind: type[Enum]) -> str | None:
    """Returns the package that the generated modules of all versions are in; ``None`` for an enumeration of a
    program.
    """
    version, dot_enums, _ = kind.__module__.partition(_ENUMS)
    return version.rpartition(".")[0] if dot_enums else None
