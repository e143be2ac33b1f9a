"""One walk over the rows of an asynchronous search. ``iteration`` is the same without an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from typing import TypeVar

from workfront_core.errors.kinds import QueryError

T = TypeVar("T")


def async_iteration(source: AsyncGenerator[T, None]) -> AsyncIterator[T]:
    """Returns what comes from a generator, to be read in the event loop in which it is begun.

    A loop that ends closes the generators begun in it, and a closed one says that there is nothing more to come: in the
    next loop half a search would pass for a whole one.
    """
    return _Iteration(source)


class _Iteration(AsyncIterator[T]):
    __slots__ = ("_loop", "_source")

    def __init__(self, source: AsyncGenerator[T, None]) -> None:
        self._source = source
        self._loop: asyncio.AbstractEventLoop | None = None

    def __anext__(self) -> Awaitable[T]:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # of trio, for one: the client says what it needs
            return self._source.__anext__()
        if self._loop is not loop:
            self._begin(loop)
        return self._source.__anext__()

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._loop is not None:
            raise QueryError(
                "This search was begun in another event loop, and what is left of it went with that loop.",
                hint="Read it in one asyncio.run(...), or go on in the next with search(..., after=pager.cursor).",
            )
        self._loop = loop

    async def aclose(self) -> None:
        """Ends the walk; requests under way are cancelled."""
        await self._source.aclose()
