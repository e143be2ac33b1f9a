"""From names and values to the bytes that travel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from urllib.parse import quote

from pydantic import JsonValue

from workfront_core.request.whole_texts import dumped, refuse_halves

Method: TypeAlias = Literal["GET", "POST", "PUT", "DELETE"]
Params: TypeAlias = tuple[tuple[str, str], ...]

MAX_URL: Final = 8000
"""Bytes a URL may have; production refuses 8892, and a proxy on the way may count differently."""

USER_AGENT: Final = "workfront-client"
"""How every call names its sender, those to token services too."""

_READABLE: Final = ":$,*()"
FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Call:
    """What goes to the HTTP client: verb, absolute URL, body and its content type, and what is wanted back.

    Attributes:
        params: names and values before encoding, whether they stand in the URL or in a form; none of a download.
        file_name: of the file that is the body.
        trusted: whether the URL is on the API's own host; no other is shown the credential.
    """

    method: Method
    url: str
    content: bytes | None = None
    content_type: str | None = None
    accept: str = "application/json"
    params: Params = ()
    file_name: str | None = None
    trusted: bool = True


def encode(
    method: Method,
    address: str,
    params: Params,
    body: JsonValue = None,
    *,
    form: bool = False,
    file_name: str | None = None,
) -> Call:
    """Returns the HTTP call; what is too long for a URL travels as a posted form, docs/protocol.md 2.

    Args:
        method: HTTP verb.
        address: scheme, host and path.
        params: decoded names and values in sending order.
        body: JSON, ``None`` for none.
        form: whether the parameters travel in the body, whatever their length.
        file_name: of the file that is the body; its parameters always stand in the URL.
    """
    query = query_text(params)
    url = f"{address}{'?' if query else ''}{query}"
    text = None if body is None else dumped(body)
    if form or (len(url) > MAX_URL and file_name is None):
        return _posted(method, address, params, text)
    if text is not None:
        return Call(method, url, text.encode("ascii"), "application/json", params=params)
    return Call(method, url, params=params, file_name=file_name)


def _posted(method: Method, address: str, params: Params, body: str | None) -> Call:
    """The call as a form that names its verb; a JSON body becomes the field ``updates`` beside the parameters."""
    updates: Params = () if body is None else (("updates", body),)
    verb: Params = () if method == "POST" else (("method", method),)
    fields = (*params, *updates, *verb)
    return Call("POST", address, query_text(fields).encode("ascii"), FORM, params=fields)


def query_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Returns names and values percent-encoded: blanks as ``%20``, and ``: $ , * ( )`` kept readable."""
    given = tuple(pairs)
    try:
        return "&".join(f"{quote(name, safe=_READABLE)}={quote(value, safe=_READABLE)}" for name, value in given)
    except UnicodeEncodeError:
        refuse_halves("&".join(f"{name}={value}" for name, value in given))
        raise
