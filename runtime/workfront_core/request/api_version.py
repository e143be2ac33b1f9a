"""API versions: how one is written, and how long it is supported. docs/protocol.md 15."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workfront_core.errors.kinds import QueryError

DEFAULT: Final = "v22.0"
_WRITTEN: Final = re.compile(r"v?(\d{1,3})(?:\.(\d))?", re.ASCII | re.IGNORECASE)
_ENDS: Final = {
    22: date(2029, 4, 1),
    21: date(2028, 10, 1),
    20: date(2028, 4, 1),
    19: date(2027, 10, 1),
    18: date(2027, 4, 1),
    17: date(2026, 10, 1),
    16: date(2026, 4, 1),
    15: date(2025, 12, 1),
}
"""Release in which support ends, as its month."""
_ENDED_BEFORE: Final = date(2025, 9, 1)
_SOON: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class ApiVersion:
    """One version of the API: ``v22.0``.

    Attributes:
        major: number in front of the dot.
        minor: number behind it.
    """

    major: int
    minor: int = 0

    @classmethod
    def parse(cls, text: str) -> ApiVersion:
        """Returns a version written as ``v22.0``, ``22.0``, ``v22`` or ``22``.

        Raises:
            QueryError: it is written otherwise.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise QueryError(f"{text!r:.60} is not an API version.", hint=f"Write it like {DEFAULT}.")
        return cls(int(found[1]), int(found[2] or 0))

    @property
    def support_ends(self) -> date | None:
        """The month in which support ends, as its first day; ``None`` for versions newer than those known here."""
        if self.major < min(_ENDS):
            return _ENDED_BEFORE
        return _ENDS.get(self.major)

    def support(self, today: date) -> Support:
        """Returns how its support stands on a day."""
        return Support(self.support_ends, today)

    def __str__(self) -> str:
        return f"v{self.major}.{self.minor}"


@dataclass(frozen=True, slots=True)
class Support:
    """How the support of a version stands on a day."""

    ends: date | None
    today: date

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ends is not None and self.today >= self.ends

    @property
    def ends_soon(self) -> bool:
        """Whether less than half a year is left."""
        return self.ends is not None and not self.is_over and self.ends - self.today < _SOON

    def __str__(self) -> str:
        if self.ends is None:
            return "newer than this release knows"
        return f"support ended {self.ends:%Y-%m}" if self.is_over else f"supported until {self.ends:%Y-%m}"
