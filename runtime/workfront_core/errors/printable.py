"""Texts that every screen, file and log can take."""

from __future__ import annotations

from typing import Final

MOST_SAID: Final = 4000
"""Characters of a message of others that an error shows."""


def printable(text: str) -> str:
    """Returns a text with halves of characters escaped: they have no encoding, and ``print`` fails on them."""
    return text.encode("utf-8", "backslashreplace").decode()


def shortened(text: str, /, *, most: int = MOST_SAID) -> str:
    """Returns the beginning of a text of others that is longer than anybody reads, and how much was left out.

    What a complaint means is looked up by patterns, whose time may grow with the square of its length.
    """
    return text if len(text) <= most else f"{text[:most]}... ({len(text) - most:,} more characters)"
