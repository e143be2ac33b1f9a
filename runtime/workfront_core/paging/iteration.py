"""One walk over the rows of a search; the twin of ``async_iteration``."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TypeVar

T = TypeVar("T")


def iteration(source: Generator[T, None, None]) -> Iterator[T]:
    """Returns the generator itself, which belongs to no event loop."""
    return source
