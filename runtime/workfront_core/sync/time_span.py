"""Spans of time in the words of a message."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def in_words(span: timedelta) -> str:
    """Returns a span in its two greatest units, in whole seconds: ``1 day``, ``2 hours 5 minutes``."""
    rest = round(span.total_seconds())
    parts: list[str] = []
    for unit, seconds in _UNITS:
        number, rest = divmod(rest, seconds)
        if number or parts:
            parts.append(f"{number} {unit}{'' if number == 1 else 's'}" if number else "")
    return " ".join(filter(None, parts[:2])) or "less than a second"
