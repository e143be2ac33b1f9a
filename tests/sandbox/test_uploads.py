"""Uploads as a server takes them: piece by piece, whole in memory nowhere."""

from __future__ import annotations

import hashlib
import json
import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import anyio
import pytest

from workfront_sandbox import Limits, Sandbox
from workfront_sandbox.asgi.app import AsgiApp
from workfront_sandbox.wire.multipart import Multipart, Part, parse_multipart

MEGABYTE = 1024 * 1024
BORDER = "b0rder"
KIND = f"multipart/form-data; boundary={BORDER}"
HEAD = f'--{BORDER}\r\nContent-Disposition: form-data; name="uploadedFile"; filename="a.bin"\r\n\r\n'.encode()
TAIL = f"\r\n--{BORDER}--\r\n".encode()


def pieces(count: int, size: int = 64 * 1024) -> Iterator[bytes]:
    """The body of an upload, as a network brings it."""
    yield HEAD
    for at in range(count):
        yield bytes([at % 251]) * size
    yield TAIL


def send(sandbox: Sandbox, body: Iterator[bytes]) -> tuple[int, Any]:
    """Status and JSON of the answer to an upload."""
    got: list[dict[str, Any]] = []
    headers = [(b"apikey", b"x"), (b"content-type", KIND.encode()), (b"host", b"localhost")]
    path = "/attask/api/v22.0/upload"
    scope: dict[str, Any] = {"type": "http", "method": "POST", "path": path, "query_string": b"", "scheme": "http"}
    scope |= {"raw_path": path.encode(), "headers": headers, "server": ("localhost", 80)}

    async def receive() -> dict[str, Any]:
        piece = next(body, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def answer(message: Any) -> None:
        got.append(message)

    async def run() -> None:
        await AsgiApp(sandbox)(scope, receive, answer)

    anyio.run(run)
    return got[0]["status"], json.loads(b"".join(message.get("body", b"") for message in got[1:]))


def test_an_upload_is_nowhere_in_memory_as_a_whole(tmp_path: Path) -> None:
    sandbox, count = Sandbox(db=tmp_path / "a.db"), 512
    send(sandbox, pieces(1))
    tracemalloc.start()
    try:
        status, answer = send(sandbox, pieces(count))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert status == 200
    assert peak < 6 * MEGABYTE
    content = sandbox.tenant.store.content(answer["data"]["handle"]) or b""
    expected = hashlib.sha256(b"".join(list(pieces(count))[1:-1])).digest()
    assert hashlib.sha256(content).digest() == expected
    assert sandbox.tenant.store.content_name(answer["data"]["handle"]) == ("a.bin", count * 64 * 1024)
    sandbox.close()


def test_a_body_that_is_too_large_or_broken_is_refused_and_nothing_of_it_kept() -> None:
    sandbox = Sandbox(limits=Limits(body=MEGABYTE))
    assert send(sandbox, pieces(17))[0] == 413
    assert send(sandbox, pieces(15))[0] == 200
    for broken in ([HEAD, b"x"], [b"--other\r\n"], [HEAD[:20], TAIL], []):
        status, answer = send(sandbox, iter(broken))
        assert (status, "multipart body" in answer["error"]["message"]) == (422, True), answer
    assert sandbox.tenant.store.run("SELECT count(*) FROM _content").fetchone() == (1,)


def test_parts_are_read_the_same_however_the_body_is_cut() -> None:
    field = f'--{BORDER}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'.encode()
    body = field + b"".join(pieces(2, 300))
    whole = shown(parse_multipart(KIND, body))
    assert [(name, len(text)) for name, text, _ in whole] == [("a", 1), ("uploadedFile", 600)]
    for size in (1, 2, 7, 64, 299, 1000):
        reader = Multipart(KIND, len(body), BytesIO)
        for start in range(0, len(body), size):
            reader.write(body[start : start + size])
        assert shown(reader.parts()) == whole


def shown(parts: list[Part]) -> list[tuple[str, str, str | None]]:
    return [(part.name, part.text(), part.file_name) for part in parts]


def test_what_was_spooled_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Multipart] = []
    begin = Multipart.__init__

    def noted(self: Multipart, *arguments: Any) -> None:
        begin(self, *arguments)
        made.append(self)

    monkeypatch.setattr(Multipart, "__init__", noted)
    sandbox = Sandbox()
    for body in (pieces(40), iter([HEAD, b"x" * 2 * MEGABYTE])):
        send(sandbox, body)
    assert len(made) == 2
    assert [part.data.closed for part in made[0].parts()] == [True]
