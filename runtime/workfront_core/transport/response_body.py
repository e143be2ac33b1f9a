"""The body of an answer as it is read: decoded piece by piece, within a bound and within the time for the call."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Final, cast

from workfront_core.errors.kinds import QueryError
from workfront_core.http_library import byte_stream, httpx, library_of
from workfront_core.request.inflation import BoundedBody
from workfront_core.transport.deadline import Deadline

MOST: Final = 64 * 2**20
"""Bytes of an answer, decoded: 2,000 rows of 32 KB each."""

MOST_OF_ERRORS: Final = 2**20
"""Bytes of an answer that reports an error, and of one of a token service."""

HINT: Final = "Ask for fewer fields or smaller pages (page_size=), or allow more: max_answer_bytes= of the client."


def checked_most(size: int) -> int:
    """Returns ``size`` itself.

    Raises:
        QueryError: it is no number of bytes.
    """
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"max_answer_bytes={size!r}: it is a number of bytes, such as {MOST}.")
    return size


def read_response(response: httpx.Response, most: int, deadline: Deadline) -> httpx.Response:
    """Reads the body of a response in a thread, and closes it.

    Args:
        response: one whose body is not read yet.
        most: bytes the body may have; that of an error has at most ``MOST_OF_ERRORS``.
        deadline: the end of the call.

    Raises:
        ProtocolError: it is larger, damaged, or encoded as nobody asked.
    """
    try:
        bound_body(response, most, deadline)
        response.read()
        return response
    finally:
        response.close()


async def read_response_async(response: httpx.Response, most: int) -> httpx.Response:
    """Reads as `read_response` does, ``most`` bytes, in a task."""
    try:
        bound_body(response, most, None)
        await response.aread()
        return response
    finally:
        await response.aclose()


def bound_body(response: httpx.Response, most: int | None, deadline: Deadline | None) -> None:
    """Makes the body of a response come decoded and within its bounds, for whoever reads it next.

    Args:
        response: one whose body is not read yet.
        most: bytes it may have, ``None`` for any number; that of an error has at most ``MOST_OF_ERRORS``.
        deadline: the end of the call, for threads; ``None`` in tasks.
    """
    is_error = response.status_code >= 400
    bound = MOST_OF_ERRORS if is_error and (most is None or most > MOST_OF_ERRORS) else most
    encodings = response.headers.get("content-encoding", "")
    body = BoundedBody(encodings, most=bound, hint=None if is_error else HINT, sniffs=bound is not None)
    if response.is_stream_consumed:  # a transport that made it whole, in this process
        body.check(response.content)
        return
    if encodings:
        for name in ("content-encoding", "content-length"):
            response.headers.pop(name, None)
    made: Any = _AsyncPieces if deadline is None else _Pieces
    response.stream = byte_stream(made, response)(response.stream, body, deadline)


class _Pieces:
    """A body that arrives in a thread."""

    def __init__(self, stream: object, body: BoundedBody, deadline: Deadline) -> None:
        self._stream: Any = stream
        self._body = body
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        for piece in cast("Iterator[bytes]", self._stream):
            if self._deadline.is_past():
                raise library_of(self).httpx.ReadTimeout("the time for the call is used up")
            yield from self._body.decoded(piece)

    def close(self) -> None:
        self._stream.close()


class _AsyncPieces:
    """A body that arrives in a task."""

    def __init__(self, stream: object, body: BoundedBody, _deadline: None) -> None:
        self._stream: Any = stream
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in cast("AsyncIterator[bytes]", self._stream):
            for decoded in self._body.decoded(piece):
                yield decoded

    async def aclose(self) -> None:
        await cast("Callable[[], Any]", self._stream.aclose)()
