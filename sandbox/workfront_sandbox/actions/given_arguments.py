"""Arguments of one action that know which of them its handler looked at: one that nobody reads has no effect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class GivenArguments(dict[str, Any]):
    """The arguments of a call, by name, and which of them were read."""

    def __init__(self, values: Iterable[tuple[str, Any]]) -> None:
        """Keeps the arguments; none of them is read yet."""
        super().__init__(values)
        self._read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        """Returns an argument, which is read from then on. Raises KeyError."""
        self._read.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """Returns an argument, which is read from then on, else the default."""
        self._read.add(name)
        return super().get(name, default)

    def unread(self) -> list[str]:
        """Returns the arguments that say something and that nobody read."""
        return [
            name for name, value in self.items() if value not in (None, "", False, [], {}) and name not in self._read
        ]
