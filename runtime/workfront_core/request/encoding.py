"""From a request to the bytes that travel."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from workfront_core.request.download import file_address
from workfront_core.request.request import Method, Params, Request

MAX_URL: Final = 8000
"""Bytes a URL may have; production refuses 8892, and a proxy on the way may count differently."""

_READABLE: Final = ":$,*()"
FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Call:
    """What goes to the HTTP client: verb, absolute URL, body and its content type, and what is wanted back.

    ``trusted`` tells whether the URL is on the API's own host; no other is shown the credential.
    """

    method: Method
    url: str
    content: bytes | None = None
    content_type: str | None = None
    accept: str = "application/json"
    trusted: bool = True


def call_of(request: Request[Any], root: str) -> Call:
    """The HTTP call of a request; what is too long for a URL travels as a posted form, docs/protocol.md 2."""
    if request.saves is not None:
        url, trusted = file_address(root, request.path)
        return Call(request.method, url, accept="*/*", trusted=trusted)
    query = query_text(request.params)
    url = f"{root}{request.path}{'?' if query else ''}{query}"
    body = None if request.json is None else json.dumps(request.json, separators=(",", ":"))
    if request.form or (len(url) > MAX_URL and request.upload is None):
        return _posted(request, f"{root}{request.path}", body)
    if body is not None:
        return Call(request.method, url, body.encode("ascii"), "application/json")
    return Call(request.method, url)


def _posted(request: Request[Any], url: str, body: str | None) -> Call:
    """The call as a form that names its verb; a JSON body becomes the field ``updates`` beside the parameters."""
    updates: Params = () if body is None else (("updates", body),)
    verb: Params = () if request.method == "POST" else (("method", request.method),)
    form = query_text((*request.params, *updates, *verb))
    return Call("POST", url, form.encode("ascii"), FORM)


def query_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values percent-encoded: blanks as ``%20``, and ``: $ , * ( )`` kept readable."""
    return "&".join(f"{quote(name, safe=_READABLE)}={quote(value, safe=_READABLE)}" for name, value in pairs)
