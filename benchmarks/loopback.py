"""A server on loopback, in a process of its own, that answers counts, and searches with rendered rows, fast.

``python -m benchmarks.loopback TOTAL LATENCY`` prints its port. Rows are TASKs with ascending IDs; it understands
``$$FIRST``, ``$$LIMIT`` and ``ID`` with ``ID_Mod=gt``, and nothing else.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

_ROW = (
    b'{"ID":"%032x","name":"Task number %d","objCode":"TASK","percentComplete":%d.5,'
    b'"plannedCompletionDate":"2026-05-%02dT17:00:00:000-0600","status":"INP","taskNumber":%d,"wbs":"%d.%d"}'
)
_RENDERED = 200_000


class Rows:
    """The table: rendered once if it is not too large, else page by page."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._rendered = [_row(number) for number in range(total)] if total <= _RENDERED else None

    def count(self, first: int) -> bytes:
        return b'{"data":{"count":%d}}' % max(0, self._total - first)

    def page(self, first: int, limit: int) -> bytes:
        last = min(first + limit, self._total)
        rows = self._rendered[first:last] if self._rendered is not None else map(_row, range(first, last))
        return b'{"data":[' + b",".join(rows) + b"]}"


def _row(number: int) -> bytes:
    return _ROW % (number, number, number % 100, number % 28 + 1, number, number % 9, number % 7)


class _Connection(asyncio.Protocol):
    def __init__(self, rows: Rows, latency: float) -> None:
        self._rows = rows
        self._latency = latency
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, self._received = self._received.split(b"\r\n\r\n", 1)
            asyncio.get_running_loop().call_later(self._latency, self._answer, head)

    def _answer(self, head: bytes) -> None:
        target = urlsplit(head.split(b" ", 2)[1].decode())
        query = parse_qs(target.query)
        first = int(query["ID"][0], 16) + 1 if "ID_Mod" in query else int(query.get("$$FIRST", ["0"])[0])
        is_count = target.path.endswith("/count")
        self._write(self._rows.count(first) if is_count else self._rows.page(first, int(query["$$LIMIT"][0])))

    def _write(self, body: bytes) -> None:
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )


async def _serve(total: int, latency: float) -> None:
    rows = Rows(total)
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(rows, latency), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def served(total: int, latency: float = 0.0) -> Generator[str]:
    """A running server; its base URL."""
    command = [sys.executable, "-m", "benchmarks.loopback", str(total), str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2])))
