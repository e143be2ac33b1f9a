"""Carrying out the steps of a flow, one after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from functools import partial
from typing import Any, Protocol, TypeVar

from workfront_core.request.flow import RequestFlow
from workfront_core.request.request import Request

S = TypeVar("S")
T = TypeVar("T")


class AsyncSends(Protocol):
    """A client, as far as one is needed to send requests."""

    async def send(self, request: Request[T], /) -> T: ...


async def async_follow(steps: Generator[S, Any, T], perform: Callable[[S], Awaitable[Any]]) -> T:
    """Performs each step, gives the steps what came of it, result or error, and returns what they return."""
    advance: Callable[[], S] = partial(next, steps)
    try:
        while True:
            step = advance()
            try:
                advance = partial(steps.send, await perform(step))
            except BaseException as error:  # an interruption too: the steps may say how far they came
                advance = partial(steps.throw, error)
    except StopIteration as end:
        returned: T = end.value
        return returned
    finally:
        del advance  # an error in it holds this frame, and with it all that an interrupted call held


async def async_run(client: AsyncSends, steps: RequestFlow[T]) -> T:
    """Sends every request of the steps and returns what they return."""
    try:
        return await async_follow(steps, client.send)
    except BaseException as error:
        steps.throw(error)  # an interruption between two steps, of which they have not heard yet
        raise
    finally:
        steps.close()
