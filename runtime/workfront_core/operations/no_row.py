"""The target of an action that was left out, told from one that has no value."""

from __future__ import annotations

from typing import Final

from workfront_core.errors.kinds import QueryError


class _NoRow(str):
    """A text of a class of its own, so that no text of a caller is taken for it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NO_ROW"


NO_ROW: Final[str] = _NoRow()
"""Stands for no row where a target may be left out; not None, which a row's field without a value is."""


def optional_row(target: str) -> str | None:
    """Returns the target of an action that may run on a row; ``None`` where it was left out.

    Raises:
        QueryError: it was given, and is None.
    """
    if isinstance(target, _NoRow):
        return None
    if target is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise QueryError(
            "The target of the action is None.",
            hint="Give the ID of the row, or leave the target out; a field of a row that has no value is None, too.",
        )
    return target
