"""Pages by ID that held fewer rows than there were: the server gives few at once, or left some out.

Their rows are remembered, and those of all pages after the first of them. Pages shorter than others are read again,
since a server that gives few rows at once gives as many each time. Where the server then has more rows than came,
all that are remembered are. No network.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from workfront_core.errors.kinds import ProtocolError
from workfront_core.paging.id_set import CompactIdSet
from workfront_core.paging.offset import WireRow

_MAX_PASSES: Final = 10
_MAX_BARREN: Final = 3
"""How often the server may count rows that a look at every page did not bring."""


class IdRange(NamedTuple):
    """IDs greater than one, ``None`` for all from the first on, up to another."""

    after: str | None
    last: str


class ShortPages:
    """What a walk by ID remembers of its short pages, and the second look at them."""

    def __init__(self) -> None:
        self._known = CompactIdSet()
        self._ranges: list[IdRange] = []
        self._sizes: list[int] = []
        self._due: deque[IdRange] = deque()
        self._is_looked_at = False
        self._passes = self._barren = 0
        self._came = 0
        self.is_odd: bool = False
        """Whether there were more rows than a short page held, which only the last one should be."""
        self.first: tuple[str | None, int] = (None, 0)
        """After which ID the first of them begins, and how many rows came before."""

    @property
    def is_any(self) -> bool:
        """Whether there was a short page. All pages from there on are remembered, as those that a count is about."""
        return bool(self._ranges)

    @property
    def due(self) -> IdRange | None:
        """The IDs to read again next, ``None`` where no second look is under way."""
        return self._due[0] if self._due else None

    def remember(self, after: str | None, rows: Sequence[WireRow], *, before: int) -> None:
        """Keeps the IDs of a page, and where it stands: after which ID and how many rows."""
        if not self._ranges:
            self.first = (after, before)
        ids: list[Any] = [row["ID"] for row in rows]
        self._known.add_all(ids)
        self._ranges.append(IdRange(after, ids[-1]))
        self._sizes.append(len(ids))

    def look_at_shorter(self, largest: int) -> bool:
        """Begins a second look at the pages shorter than the largest one, once; returns whether there are any.

        Two pages of the largest size show what the server gives at once; one alone may lack rows itself.
        """
        if not self._is_looked_at:
            usual = largest if self._sizes.count(largest) > 1 else largest + 1
            sizes = zip(self._ranges, self._sizes, strict=True)
            self._due.extend([place for place, size in sizes if size < usual])
        self._is_looked_at = True
        return bool(self._due)

    def look_again(self, said: str, came: int) -> None:
        """Begins a second look at every page since the first short one, since the server says that there is more.

        Rows come between a look and the proof after it, so one look that brought nothing is no contradiction yet.

        Raises:
            ProtocolError: several looks brought nothing, though the server has more.
        """
        self._barren = self._barren + 1 if self._passes and came == self._came else 0
        if self._passes == _MAX_PASSES or self._barren == _MAX_BARREN:
            raise ProtocolError(
                f"The server {said} and gave {came} of them.",
                hint="Rows change all the time, or the server leaves some out: read again.",
            )
        self._passes += 1
        self._came = came
        self._due.extend(self._ranges)

    def missed(self, rows: Sequence[WireRow]) -> Sequence[WireRow]:
        """Returns the rows of the range under way that did not come before, and moves on behind what came."""
        due = self._due.popleft()
        ids: list[Any] = [row["ID"] for row in rows]
        inside = [at for at, row_id in enumerate(ids) if row_id <= due.last]
        if ids and ids[-1] < due.last:
            self._due.appendleft(IdRange(ids[-1], due.last))
        fresh = self._known.add_all([ids[at] for at in inside])
        return [rows[inside[at]] for at in fresh]
