"""Work on files and stores, done where it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def done(work: Callable[[], T]) -> T:
    """Does the work and returns its result."""
    return work()
