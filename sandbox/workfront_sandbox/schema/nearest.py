"""The known name that a wrong one is most like."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest_name(wrong: str, known: Iterable[str]) -> str | None:
    """Returns the known name most like a wrong one, whatever the case, or None where none is near."""
    by_lower = {name.lower(): name for name in known}
    found = get_close_matches(wrong.lower(), by_lower, 1)
    return by_lower[found[0]] if found else None


def nearest(wrong: str, known: Iterable[str]) -> str:
    """Returns the known name most like a wrong one, in brackets, or nothing where none is near."""
    name = nearest_name(wrong, known)
    return f" (nearest: {name})" if name else ""
