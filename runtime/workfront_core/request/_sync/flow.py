# Generated from ../_async/flow.py by `python -m tools.sync_from_async`. Not to be edited.
"""Carrying out the steps of a flow, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import Any, Protocol, TypeVar

from workfront_core.request.flow import RequestFlow
from workfront_core.request.request import Request

S = TypeVar("S")
T = TypeVar("T")


class Sends(Protocol):
    """A client, as far as one is needed to send requests."""

    def send(self, request: Request[T], /) -> T: ...


def follow(steps: Generator[S, Any, T], perform: Callable[[S], Any]) -> T:
    """Performs each step, gives the steps what came of it, result or error, and returns what they return."""
    advance: Callable[[], S] = partial(next, steps)
    try:
        while True:
            step = advance()
            try:
                advance = partial(steps.send, perform(step))
            except BaseException as error:  # an interruption too: the steps may say how far they came
                advance = partial(steps.throw, error)
    except StopIteration as end:
        returned: T = end.value
        return returned
    finally:
        del advance  # an error in it holds this frame, and with it all that an interrupted call held


def run(client: Sends, steps: RequestFlow[T]) -> T:
    """Sends every request of the steps and returns what they return."""
    try:
        return follow(steps, client.send)
    except BaseException as error:
        steps.throw(error)  # an interruption between two steps, of which they have not heard yet
        raise
    finally:
        steps.close()
