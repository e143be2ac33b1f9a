"""Requests and answers as the sandbox sees them, whatever carries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from workfront_sandbox.wire.json_output import dumps
from workfront_sandbox.wire.multipart import Multipart

JSON: Final = "application/json;charset=UTF-8"
HTML: Final = "text/html; charset=utf-8"
_PRINTABLE: Final = "".join(map(chr, range(0x20, 0x7F)))


@dataclass(frozen=True)
class HttpRequest:
    """One HTTP request: path as it came, query without ``?``, headers with lower-case names. It shows no credential.

    ``upload`` is a body of several parts that was read as it came; ``body`` is empty then.
    """

    method: str
    path: str
    query: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    body: bytes = field(default=b"", repr=False)
    upload: Multipart | None = field(default=None, repr=False, compare=False)

    @property
    def size(self) -> int:
        """How many bytes the body has."""
        return self.upload.size if self.upload is not None else len(self.body)

    @property
    def base_url(self) -> str:
        """The host a client called."""
        scheme = self.headers.get("x-forwarded-proto", "http")
        return f"{scheme}://{self.headers.get('host', 'localhost')}"


@dataclass(frozen=True)
class HttpResponse:
    """One HTTP answer; ``delay`` is how many seconds it is held back, ``cookies`` are its ``Set-Cookie`` headers.

    What a header cannot hold is percent-encoded, so that no text of a request ends a line or breaks the connection.
    """

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    delay: float = 0.0
    cookies: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "headers", {name: header_value(value) for name, value in self.headers.items()})

    @property
    def header_pairs(self) -> list[tuple[str, str]]:
        """All headers by name, cookies too; a name may stand more than once."""
        return [*self.headers.items(), *(("set-cookie", cookie) for cookie in self.cookies)]


def header_value(text: str) -> str:
    """Returns a text as a header can hold it: what is not a printable sign of ASCII is percent-encoded."""
    if text.isascii() and text.isprintable():
        return text
    return quote(text, safe=_PRINTABLE, errors="replace")


def json_response(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Returns an answer of JSON."""
    return HttpResponse(status, dumps(value), {"content-type": JSON, **(headers or {})})
