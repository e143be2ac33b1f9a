"""From a request to the bytes that travel."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from workfront_core.request import Method, Request

MAX_URL: Final = 8000
"""Bytes a GET's URL may have; production refuses 8892, and a proxy on the way may count differently."""

_READABLE: Final = ":$,*()"
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Call:
    """What goes to the HTTP client: verb, absolute URL, body and its content type."""

    method: Method
    url: str
    content: bytes | None = None
    content_type: str | None = None


def call_of(request: Request[Any], root: str) -> Call:
    """The HTTP call of a request; a GET too long for a URL becomes a POST that says it is a GET."""
    query = query_text(request.params)
    url = f"{root}{request.path}{'?' if query else ''}{query}"
    if request.json is not None:
        body = json.dumps(request.json, separators=(",", ":")).encode("ascii")
        return Call(request.method, url, body, "application/json")
    if request.method == "GET" and len(url) > MAX_URL:
        form = query_text((*request.params, ("method", "GET")))
        return Call("POST", f"{root}{request.path}", form.encode("ascii"), _FORM)
    return Call(request.method, url)


def query_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values percent-encoded: blanks as ``%20``, and ``: $ , * ( )`` kept readable."""
    return "&".join(f"{quote(name, safe=_READABLE)}={quote(value, safe=_READABLE)}" for name, value in pairs)
