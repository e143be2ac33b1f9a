"""Ending a connection on which answers and requests no longer belong together."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import cast

from workfront_core.errors.kinds import ProtocolError
from workfront_core.http_library import httpx


def hang_up(response: httpx.Response) -> None:
    """Ends the connection that an answer came on; the pool finds it ended and makes another.

    What is left on it, an answer too many or the rest of one, would be taken for the answer to the next request.
    Nothing happens where the transport has no connection of its own to show, as those of tests.
    """
    stream = response.extensions.get("network_stream")
    if stream is None:
        return
    connected: socket.socket | None = stream.get_extra_info("socket")
    if connected is not None:
        with suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)


def is_out_of_step(result: object) -> bool:
    """Returns whether the answers to some calls of a batch belong to others."""
    return isinstance(result, list) and any(isinstance(entry, ProtocolError) for entry in cast("list[object]", result))
