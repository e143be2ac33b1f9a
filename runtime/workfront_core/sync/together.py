"""Several requests at once, in threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Q = TypeVar("Q")
T = TypeVar("T")


def together(send: Callable[[Q], T], requests: Sequence[Q]) -> list[T]:
    """Sends requests side by side and returns their answers in order; one that fails is raised when all are done."""
    if len(requests) == 1:
        return [send(requests[0])]
    with ThreadPoolExecutor(len(requests), "workfront-sync") as pool:
        return list(pool.map(send, requests))
