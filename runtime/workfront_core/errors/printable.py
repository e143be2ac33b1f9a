"""Texts that every screen, file and log can take."""

from __future__ import annotations


def printable(text: str) -> str:
    """Returns a text with halves of characters escaped: they have no encoding, and ``print`` fails on them."""
    return text.encode("utf-8", "backslashreplace").decode()
