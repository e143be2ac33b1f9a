"""Several requests at once, in threads."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from workfront_core.sync.parts import Together

Q = TypeVar("Q")
T = TypeVar("T")
R = TypeVar("R")


def carried_out(send: Callable[[Any], Any], steps: Generator[Any, Any, R]) -> R:
    """Sends the requests of steps that ask for nothing else, one or several at a time, and returns what they return."""
    came: Any = None
    try:
        while True:
            step = steps.send(came)
            came = together(send, step.requests) if isinstance(step, Together) else send(step)
    except StopIteration as end:
        result: R = end.value
        return result


def together(send: Callable[[Q], T], requests: Sequence[Q]) -> list[T]:
    """Sends requests side by side and returns their answers in order; one that fails is raised when all are done."""
    if len(requests) == 1:
        return [send(requests[0])]
    with ThreadPoolExecutor(len(requests), "workfront-sync") as pool:
        return list(pool.map(send, requests))
