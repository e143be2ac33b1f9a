"""HTTP as uvicorn speaks it, without waiting for acknowledgements.

A socket made by `socket.create_server` has protocol 0, and asyncio switches Nagle's algorithm off only where the
protocol is said to be TCP. Where it stays on, a kept-alive answer waits for the delayed acknowledgement of the one
before, some 40 ms.
"""

from __future__ import annotations

import asyncio
import socket

from uvicorn.protocols.http.h11_impl import H11Protocol


def prompt_protocol() -> type[asyncio.Protocol]:
    """Returns uvicorn's HTTP, which sends every answer at once."""

    class PromptProtocol(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            connection = transport.get_extra_info("socket")
            if connection is not None and connection.family in {socket.AF_INET, socket.AF_INET6}:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            super().connection_made(transport)

    return PromptProtocol
