"""Transfers both ways: progress, cancelling, and large files in little memory."""

from __future__ import annotations

import asyncio
import io
import socket
import threading
import tracemalloc
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.documents_kit import KEY, NO_RETRY, Call, both, call_sync, documents
from tests.support.loopback import Loopback, loopback
from tests.support.query_fixture.services import AsyncWorkfront
from tests.support.waiting import ended
from workfront_core.auth import ApiKey
from workfront_core.errors import (
    QueryError,
)

SIZE = 24 * 1024 * 1024


@both
def test_a_progress_callback_can_end_the_transfer(call: Call, tmp_path: Path) -> None:
    def stop(_done: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    with loopback(documents(b"x" * 500_000)) as server:
        with pytest.raises(KeyboardInterrupt):
            call(server, "client", "download", "/x", tmp_path / "a", progress=stop)
        with pytest.raises(KeyboardInterrupt):
            call(server, "client", "upload", io.BytesIO(b"x"), name="a", progress=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("direction", ["upload", "download"])
def test_a_cancelled_transfer_leaves_nothing_behind(direction: str, tmp_path: Path) -> None:
    async def run(url: str) -> None:
        async with AsyncWorkfront(url, auth=ApiKey(KEY), retry=NO_RETRY) as wf:
            loop = asyncio.get_running_loop()

            def cancel(_done: int, _total: int | None) -> None:
                loop.call_soon_threadsafe(transfer.cancel)

            transfer: asyncio.Task[str] | asyncio.Task[Path]
            if direction == "upload":
                transfer = loop.create_task(wf.upload(io.BytesIO(bytes(SIZE)), name="a", progress=cancel))
            else:
                transfer = loop.create_task(wf.download("/x", tmp_path / "a", progress=cancel))
            with pytest.raises(asyncio.CancelledError):
                await transfer

    with loopback(documents(bytes(SIZE))) as server:
        asyncio.run(run(server.url))
    assert list(tmp_path.iterdir()) == []


def test_a_destination_that_cannot_be_written_is_noticed_before_anything_is_sent(tmp_path: Path) -> None:
    with loopback(documents(b"x")) as server:
        with pytest.raises(QueryError, match="does not exist"):
            call_sync(server, "client", "download", "/x", tmp_path / "none" / "a")
        with pytest.raises(QueryError, match="is a folder"):
            call_sync(server, "client", "download", "/x", tmp_path)
    assert server.asked == []


@contextmanager
def sink_and_source() -> Generator[str]:
    """A server that keeps nothing: it drops what is sent, or sends zeros, piece by piece."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as reading:
            head = b"".join(iter(reading.readline, b"\r\n"))
            length = next(
                (int(line.split(b":")[1]) for line in head.split(b"\r\n") if b"content-length" in line.lower()), 0
            )
            buffer = bytearray(65_536)
            while length:
                length -= reading.readinto(memoryview(buffer)[: min(length, len(buffer))])
            body = b'{"data":{"handle":"h"}}'
            size = len(body) if head.startswith(b"POST") else SIZE
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % size)
            if head.startswith(b"POST"):
                connection.sendall(body)
                return
            for _ in range(SIZE // 65_536):
                connection.sendall(buffer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    ended(thread)
    listening.close()


@both
@pytest.mark.parametrize("direction", ["upload", "download"])
def test_a_large_file_never_stands_in_memory(call: Call, direction: str, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(SIZE)
    arguments = (large,) if direction == "upload" else ("/x", tmp_path / "down.bin")
    with sink_and_source() as url:
        tracemalloc.start()
        try:
            call(Loopback(url), "client", direction, *arguments)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 2 * 1024 * 1024
    if direction == "download":
        assert (tmp_path / "down.bin").stat().st_size == SIZE
