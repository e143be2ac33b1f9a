"""What a call asked for, so that a row can tell what nobody asked for from what the server did not send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

__all__ = ["CUSTOM", "AskedFields"]

CUSTOM: Final = "DE:"
"""What the name of a custom field begins with on the wire."""


@dataclass(frozen=True, slots=True)
class AskedFields:
    """The fields that were asked for of a row, and of the rows inside it.

    Attributes:
        names: wire names, ``DE:Region`` among them.
        inside: the same for each relation, by its wire name.
    """

    names: frozenset[str]
    inside: Mapping[str, AskedFields]

    @classmethod
    def of(cls, fields: Iterable[str]) -> Self:
        """Reads ``fields`` of a call: ``name``, ``project:name``, ``DE:Region``, ``DE:project:Region``."""
        names: set[str] = set()
        inside: dict[str, set[str]] = {}
        for field in fields:
            first, _, rest = field.removeprefix(CUSTOM).partition(":")
            is_custom = field.startswith(CUSTOM)
            names.add(field if is_custom else first)
            if rest:
                inside.setdefault(first, set()).add(f"{CUSTOM}{rest}" if is_custom else rest)
        return cls(frozenset(names) - {"*"}, {name: cls.of(below) for name, below in inside.items()})
