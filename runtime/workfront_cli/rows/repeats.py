"""Which of a million texts come more than once, in eight bytes each."""

from __future__ import annotations

from array import array
from typing import Final

_PARTS: Final = 256
_WORD: Final = 2**64


class Repeats:
    """Keeps the hash of each text that is noted."""

    def __init__(self) -> None:
        self._parts = [array("Q") for _ in range(_PARTS)]

    def note(self, text: str | None) -> None:
        """Notes a text; nothing is no text."""
        if text is not None:
            mark = self.mark_of(text)
            self._parts[mark % _PARTS].append(mark)

    def found(self) -> frozenset[int]:
        """Returns the marks that came more than once; texts of one mark are to be compared still."""
        twice: set[int] = set()
        for part in self._parts:
            seen: set[int] = set()
            for mark in part:
                (twice if mark in seen else seen).add(mark)
        return frozenset(twice)

    @staticmethod
    def mark_of(text: str) -> int:
        """Returns what a text is noted by."""
        return hash(text) % _WORD
