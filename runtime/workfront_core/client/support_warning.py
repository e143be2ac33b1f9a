"""A warning in the last half year of an API version, and after it: once a process, where a client is made."""

from __future__ import annotations

import os
import time
import warnings
from typing import Final

SILENCED_BY: Final = "WORKFRONT_NO_SUPPORT_WARNING"
"""A variable that is not empty where nobody wants to be warned."""

_OURS: Final = ("workfront_core", "workfront_client")
_warned_of: Final[set[str]] = set()
"""Versions; there are few."""


def month_ahead(months: int) -> str:
    """Returns a month from now, in UTC, as versions say the end of their support: ``2029-04``."""
    now = time.gmtime()
    year, month = divmod(now.tm_year * 12 + now.tm_mon - 1 + months, 12)
    return f"{year}-{month + 1:02}"


def warn_near_end(version: str, ends: str | None) -> None:
    """Warns whoever makes a client of a version whose support has ended, or ends within half a year.

    Args:
        version: of the API: ``v22.0``.
        ends: the month in which its support ends: ``2029-04``; ``None`` where that is not known.
    """
    if ends is None or ends > month_ahead(6) or version in _warned_of or os.environ.get(SILENCED_BY):
        return
    _warned_of.add(version)
    said = "has ended" if ends <= month_ahead(0) else "ends"
    warnings.warn(
        f"Support of Workfront API {version} {said} in {ends}. Take the package of a newer version (docs/upgrades.md); "
        f"{SILENCED_BY}=1 leaves this out.",
        DeprecationWarning,
        stacklevel=level_of_caller(),
    )


def level_of_caller() -> int:
    """Returns how far up the program around the client stands, as ``warnings`` counts from the function above."""
    from inspect import currentframe  # only a warning needs it

    frame, level = currentframe(), 0
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] in _OURS:
        frame, level = frame.f_back, level + 1
    return level
