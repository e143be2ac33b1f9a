"""From names and values to the bytes that travel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from urllib.parse import quote

from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import is_secret, redact_json, redact_path
from workfront_core.json_type import JsonValue
from workfront_core.request.whole_texts import dumped, refuse_halves

Method: TypeAlias = Literal["GET", "POST", "PUT", "DELETE"]
Tunnel: TypeAlias = Literal["GET", "POST"]
"""The one verb that all calls travel by; the true one stands in the parameter ``method`` (docs/protocol.md 2)."""

Params: TypeAlias = tuple[tuple[str, str], ...]

MAX_URL: Final = 8000
"""Bytes a URL may have; production refuses 8892, and a proxy on the way may count differently."""

USER_AGENT: Final = "workfront-client"
"""How every call names its sender, those to token services too."""

_READABLE: Final = ":$,*()"
FORM: Final = "application/x-www-form-urlencoded"

_CREDENTIALS: Final = frozenset({"sessionid", "apikey"})
"""Secrets that the API takes in a URL, docs/protocol.md 4.2; whoever puts them there means it."""


@dataclass(frozen=True, slots=True, repr=False)
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

    def __repr__(self) -> str:
        return f"<Call {self.method} {redact_path(self.url)}>"


def encode(
    method: Method,
    address: str,
    params: Params,
    body: JsonValue = None,
    *,
    form: bool = False,
    file_name: str | None = None,
    tunnel: Tunnel | None = None,
) -> Call:
    """Returns the HTTP call; what is too long for a URL travels as a posted form, docs/protocol.md 2.

    Args:
        method: HTTP verb.
        address: scheme, host and path.
        params: decoded names and values in sending order.
        body: JSON, ``None`` for none.
        form: whether the parameters travel in the body, whatever their length.
        file_name: of the file that is the body; its parameters always stand in the URL.
        tunnel: the one verb that may be used; files, and what holds a password, are posted in any case.

    Raises:
        QueryError: the call is too long for the GET that it has to be.
    """
    text = None if body is None else dumped(body)
    if tunnel == "GET" and file_name is None and not _holds_secret(params, body):
        return _got(method, address, params, text)
    url = _url(address, params)
    if file_name is None and (form or len(url) > MAX_URL or (tunnel is not None and method != "POST")):
        return _posted(method, address, params, text)
    if text is not None:
        return Call(method, url, text.encode("ascii"), "application/json", params=params)
    return Call(method, url, params=params, file_name=file_name)


def _got(method: Method, address: str, params: Params, body: str | None) -> Call:
    """Returns the call as a GET that names its verb, with the JSON body as the parameter ``updates``."""
    fields = (*params, *_turned(method, params, body, "GET"))
    url = _url(address, fields)
    if len(url) > MAX_URL:
        raise QueryError(
            f"This {method} makes a URL of {len(url)} bytes, and {MAX_URL} travel in a GET.",
            hint="Give fewer rows or conditions at a time (chunk_bytes=), or send it without tunnel='GET'.",
        )
    return Call("GET", url, params=fields)


def _posted(method: Method, address: str, params: Params, body: str | None) -> Call:
    """Returns the call as a form that names its verb, with the JSON body as the field ``updates``."""
    fields = (*params, *_turned(method, params, body, "POST"))
    return Call("POST", address, query_text(fields).encode("ascii"), FORM, params=fields)


def _turned(method: Method, params: Params, body: str | None, travels: Tunnel) -> Params:
    """Returns what stands for the body and the verb of a call that travels by another one."""
    updates: Params = () if body is None else (("updates", body),)
    is_named = method == travels or any(name.lower() == "method" for name, _ in params)
    return updates if is_named else (*updates, ("method", method))


def _holds_secret(params: Params, body: JsonValue) -> bool:
    """Returns whether a call holds what no proxy should write into its log."""
    named = any(is_secret(name) and name.lower() not in _CREDENTIALS for name, _ in params)
    return named or redact_json(body) != body


def _url(address: str, params: Params) -> str:
    query = query_text(params)
    return f"{address}{'?' if query else ''}{query}"


def query_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Returns names and values percent-encoded: blanks as ``%20``, and ``: $ , * ( )`` kept readable."""
    given = tuple(pairs)
    try:
        return "&".join(f"{quote(name, safe=_READABLE)}={quote(value, safe=_READABLE)}" for name, value in given)
    except UnicodeEncodeError:
        refuse_halves("&".join(f"{name}={value}" for name, value in given))
        raise
