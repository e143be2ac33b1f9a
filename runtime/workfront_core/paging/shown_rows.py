"""What a notebook shows of a search."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Final

from workfront_core.sides import AsyncRows, Rows

__all__ = ["MOST_ROWS", "AsyncShownRows", "ShownRows"]

MOST_ROWS: Final = 20
"""Rows that a notebook shows of a search."""


class ShownRows(Rows):
    """A search as a notebook shows it: by its first rows, read with one request; with asyncio by its conditions."""

    @abstractmethod
    def _up_to(self, number: int) -> list[Any]:
        """Returns the first rows."""

    @abstractmethod
    def _flat_names(self) -> list[str] | None:
        """Returns the names of the columns, where they are known."""

    def _repr_html_(self) -> str:
        from workfront_core.models.html_table import rows_table

        rows = self._up_to(MOST_ROWS + 1)
        note = f"the first {MOST_ROWS} rows; there are more" if len(rows) > MOST_ROWS else ""
        return rows_table(rows[:MOST_ROWS], self._flat_names(), note or ("" if rows else "no rows"))


class AsyncShownRows(AsyncRows):
    """A search as a notebook shows it: by its first rows, read with one request; with asyncio by its conditions."""
