"""Work of several requests where each may depend on the answer before: written once, run by either client.

A generator yields requests and is sent their results, or thrown their errors; it returns the result of the whole.
"""

from __future__ import annotations

from collections.abc import Awaitable, Generator
from typing import Any, Protocol, TypeAlias, TypeVar

from workfront_core.request.request import Request

T = TypeVar("T")

RequestFlow: TypeAlias = Generator[Request[Any], Any, T]


class Sends(Protocol):
    """A client, as far as one is needed to send requests."""

    def send(self, request: Request[T], /) -> T: ...


class SendsAsync(Protocol):
    """An asynchronous client, as far as one is needed to send requests."""

    def send(self, request: Request[T], /) -> Awaitable[T]: ...


def run(client: Sends, steps: RequestFlow[T]) -> T:
    """Sends every request of the steps and returns what they return."""
    try:
        request = next(steps)
        while True:
            try:
                answer = client.send(request)
            except BaseException as error:  # an interruption too: the steps may say how far they came
                request = steps.throw(error)
            else:
                request = steps.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        steps.close()


async def run_async(client: SendsAsync, steps: RequestFlow[T]) -> T:
    """Sends every request of the steps and returns what they return."""
    try:
        request = next(steps)
        while True:
            try:
                answer = await client.send(request)
            except BaseException as error:  # an interruption too: the steps may say how far they came
                request = steps.throw(error)
            else:
                request = steps.send(answer)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        steps.close()
