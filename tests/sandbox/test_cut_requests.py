"""A request whose end does not come is not carried out."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest

from tests.sandbox.asking import BAKERY, SHOP
from tests.sandbox.live import Listener
from tests.support.waiting import PATIENCE
from workfront_sandbox import Sandbox

FORM = b"name=cut-made&status=CUR"
JSON = json.dumps({"name": "cut-made", "status": "CUR"}).encode()
DELETE = f"ID={SHOP}&force=true".encode()
PARTS = b'--b\r\nContent-Disposition: form-data; name="uploadedFile"; filename="a.txt"\r\n\r\nabc\r\n--b--\r\n'
BODIES = {
    "form": ("POST", "PROJ", "application/x-www-form-urlencoded", FORM),
    "json": ("POST", "PROJ", "application/json", JSON),
    "edit": ("PUT", f"PROJ/{SHOP}", "application/json", JSON),
    "delete": ("DELETE", "PROJ", "application/x-www-form-urlencoded", DELETE),
    "upload": ("POST", "upload", "multipart/form-data; boundary=b", PARTS),
}


def head(method: str, path: str, kind: str, length: str) -> bytes:
    lines = (
        f"{method} /attask/api/v22.0/{path} HTTP/1.1",
        "Host: localhost",
        "apiKey: x",
        "Connection: close",
        f"Content-Type: {kind}",
        length,
    )
    return "\r\n".join([*lines, "", ""]).encode()


def chunked(body: bytes) -> bytes:
    """Returns a body in one piece, without the piece of no length that ends it."""
    return f"{len(body):x}\r\n".encode() + body + b"\r\n"


def state(sandbox: Sandbox) -> Mapping[str, object]:
    store = sandbox.tenant.store
    uploads = store.run("SELECT count(*) FROM _content").fetchone()
    return {"uploads": uploads, **{code: sandbox.rows(code) for code in store.codes}}


def answered(url: str, sent: bytes, *, cut: bool = True) -> bytes:
    """Returns what comes back when a client sends this, and closes its side where the request is cut."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE) as connection:
        connection.sendall(sent)
        if cut:
            connection.shutdown(socket.SHUT_WR)
        received = b""
        while part := connection.recv(65536):
            received += part
    return received


@pytest.mark.parametrize("name", BODIES)
def test_a_body_cut_at_any_byte_changes_nothing(listener: Listener, name: str) -> None:
    method, path, kind, body = BODIES[name]
    sandbox = Sandbox(BAKERY)
    url, before = listener.serve(sandbox), state(sandbox)
    for cut in range(len(body)):
        answer = answered(url, head(method, path, kind, f"Content-Length: {len(body)}") + body[:cut])
        assert b"200 OK" not in answer, (cut, answer)
    count = answered(url, head("GET", "PROJ/count", "text/plain", "Content-Length: 0"), cut=False)
    assert count.endswith(b'{"data":{"count":3}}')
    assert state(sandbox) == before


@pytest.mark.parametrize("name", BODIES)
def test_a_body_in_pieces_that_does_not_end_changes_nothing(listener: Listener, name: str) -> None:
    method, path, kind, body = BODIES[name]
    sandbox = Sandbox(BAKERY)
    url, before = listener.serve(sandbox), state(sandbox)
    sent = head(method, path, kind, "Transfer-Encoding: chunked") + chunked(body)
    for cut in range(len(sent) - len(chunked(body)), len(sent)):
        assert b"200 OK" not in answered(url, sent[:cut])
    assert state(sandbox) == before


@pytest.mark.parametrize("name", BODIES)
def test_the_same_body_is_carried_out_when_it_is_whole(listener: Listener, name: str) -> None:
    method, path, kind, body = BODIES[name]
    sandbox = Sandbox(BAKERY)
    url, before = listener.serve(sandbox), state(sandbox)
    assert b"200 OK" in answered(url, head(method, path, kind, f"Content-Length: {len(body)}") + body, cut=False)
    assert state(sandbox) != before
