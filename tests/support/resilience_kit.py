"""Clients, calls and pauses that tests of failures share; each call runs in the sync and in the async client."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.waiting import ended
from workfront_core.auth import ApiKey, Auth
from workfront_core.transport.retry import Retry

SECRET = "k3y-of-the-suite-0000000000000000"


@dataclass
class Pauses:
    """Takes the place of sleeping, and remembers."""

    taken: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.taken.append(seconds)

    async def async_sleep(self, seconds: float) -> None:
        self.taken.append(seconds)
        await asyncio.sleep(0)

    def retry(self, **settings: Any) -> Retry:
        return Retry(sleep=self.sleep, async_sleep=self.async_sleep, random=lambda: 1.0, **settings)


Job = Callable[[Any], Any]
"""What is done with a client; for the async client its result is awaited where it can be."""


def run_sync(url: str, job: Job, *, auth: Auth | None = None, **options: Any) -> Any:
    with Workfront(url, auth=auth or ApiKey(SECRET), **options) as wf:
        return job(wf)


def run_async(url: str, job: Job, *, auth: Auth | None = None, **options: Any) -> Any:
    async def run() -> Any:
        async with AsyncWorkfront(url, auth=auth or ApiKey(SECRET), **options) as wf:
            result = await job(wf)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        assert not others, "tasks were left behind"
        return result

    return asyncio.run(run())


both = pytest.mark.parametrize("run", [run_sync, run_async])


def names(wf: Any) -> Any:
    """Every row of a search, three a page, by name."""
    if isinstance(wf, Workfront):
        return [task.name for task in wf.task.search(page_size=3)]

    async def collect() -> list[str]:
        return [task.name async for task in wf.task.search(page_size=3)]

    return collect()


@contextmanager
def tls_front(folder: Path) -> Generator[str]:
    """A TLS address whose certificate nobody vouches for; it closes whatever connects to it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate(folder))
    with _front(lambda connection: context.wrap_socket(connection, server_side=True).close()) as url:
        yield url


@contextmanager
def plain_front() -> Generator[str]:
    """An address of https whose port speaks http: what comes in is no request to it."""
    with _front(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as url:
        yield url


@contextmanager
def _front(answer: Callable[[socket.socket], object]) -> Generator[str]:
    """An address of https; ``answer`` is given each connection."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with suppress(OSError):
                    answer(connection)
                connection.close()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        ended(thread)


def own_certificate(folder: Path) -> Path:
    """Returns the file of a certificate and its key that nobody vouches for."""
    pytest.importorskip("cryptography")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    both_parts = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + certificate.public_bytes(pem)
    path = folder / "own.pem"
    path.write_bytes(both_parts)
    return path
