"""A Workfront host as seen by one reader of metadata: its address, the credential, and what its answers mean.

The engine's client does the calling: retries, limits, bounds, secrets. Here is what is said of it on a command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from workfront_codegen.errors import CodegenError
from workfront_core.auth import Anonymous, ApiKey, Auth, SessionId
from workfront_core.client._async.client import AsyncClient
from workfront_core.errors import (
    AuthenticationError,
    Gone,
    NotFound,
    PermissionDenied,
    ProtocolError,
    RateLimited,
    ServerError,
    TransportError,
    Unreachable,
    WorkfrontError,
)
from workfront_core.request.address import is_loopback
from workfront_core.transport.retry import Retry
from workfront_schema.strict_json import Document, mapping, parse

PUBLIC_HOST: Final = "https://api-cl01.my.workfront.com"
"""Answers ``/attask/api/vNN.0/metadata`` without a sign-in."""

CONCURRENT: Final = 8
"""Requests in flight: below the ten that a customer is allowed."""

_TIMEOUT: Final = 30.0
_BARE: Final = frozenset({"objects", "objCode"})
"""What an index and the document of an object type hold: some clients keep them without their envelope."""
_HINTS: Final[Mapping[type[WorkfrontError], str]] = {
    AuthenticationError: "the credential is not valid: pass --api-key or --session-id with a fresh one",
    PermissionDenied: "the user behind the credential may not read the metadata",
    NotFound: "check --url and --api-version",
    Gone: "this API version is gone: name a newer one with --api-version",
    RateLimited: "too many requests for this customer: try again later",
    ServerError: "the server failed: try again later",
    TransportError: "check --url and the network, then try again",
    ProtocolError: "check --url: is it a sign-in page, or a proxy?",
}


@dataclass(frozen=True, slots=True)
class Host:
    """Where to ask, and as whom."""

    base_url: str
    auth: Auth

    @property
    def name(self) -> str:
        """The host's name, for messages."""
        return urlsplit(self.base_url).hostname or self.base_url

    def client(self, version: str, retry: Retry) -> AsyncClient:
        """Returns a client for this host that can do nothing but read. It follows no redirects."""
        kind = type("MetadataClient", (AsyncClient,), {"api_version": version})
        client: AsyncClient = kind(
            self.base_url,
            auth=self.auth,
            timeout=_TIMEOUT,
            retry=retry,
            concurrency=CONCURRENT,
            allow_writes=False,
            allow_insecure=isinstance(self.auth, Anonymous),
        )
        return client


def host(url: str | None = None, *, api_key: str | None = None, session_id: str | None = None) -> Host:
    """Returns the host at ``url`` (the public one by default).

    ``url`` is the address people open in the browser; a path from ``/attask`` on is cut off. Raises CodegenError for
    an address of another kind, for two credentials, and for a credential over plain http to another machine.
    """
    if api_key and session_id:
        raise CodegenError("both an API key and a session id are given", "pass one of --api-key and --session-id")
    address = _address(url or PUBLIC_HOST)
    auth = _auth(api_key, session_id)
    if not isinstance(auth, Anonymous) and address.scheme == "http" and not is_loopback(address.hostname or ""):
        raise CodegenError(f"a credential would travel in the clear to {address.hostname}", "use https in --url")
    return Host(f"{address.scheme}://{address.netloc}", auth)


def document_of(body: bytes, where: str) -> Document:
    """Returns the ``data`` of an answer, or the answer itself where it is a document without that envelope.

    Raises SchemaError for anything else, and for a key given twice.
    """
    answer = parse(body, where)
    if "data" not in answer and _BARE & answer.keys():
        return answer
    return mapping(answer.get("data"), f"{where}: data")


def refusal(error: WorkfrontError, where: str) -> CodegenError:
    """Returns the error of this command line for one of the client's."""
    status = error.status or 200
    said = error.message
    if status >= 400 and not said.startswith("HTTP "):
        said = f"HTTP {status}, {said!r}"
    if isinstance(error, ProtocolError) and 300 <= status < 400:
        return CodegenError(f"{where}: HTTP {status}", f"{error.hint} Pass the right host as --url.")
    return CodegenError(f"{where}: {said}", _hint(error))


def _hint(error: WorkfrontError) -> str | None:
    if isinstance(error, Unreachable):
        return error.hint
    return next((hint for kind, hint in _HINTS.items() if isinstance(error, kind)), error.hint)


def _auth(api_key: str | None, session_id: str | None) -> Auth:
    try:
        if api_key:
            return ApiKey(api_key)
        return SessionId(session_id) if session_id else Anonymous()
    except WorkfrontError as error:
        raise CodegenError(error.message, error.hint) from None


def _address(url: str) -> SplitResult:
    try:
        address = urlsplit(url.strip())
        known = address.scheme in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError as error:
        raise CodegenError(f"--url is not an address ({error})") from None
    if not known:
        shown = address.hostname or ("" if "@" in url or "?" in url else url)
        raise CodegenError(f"--url {shown!r} is not an address", "write it like https://acme.my.workfront.com")
    if address.username is not None or address.query:
        raise CodegenError("--url holds more than an address", "credentials come from the environment only")
    if address.path.partition("/attask")[0].strip("/"):
        raise CodegenError(
            f"--url goes beyond the host {address.hostname}", "write it like https://acme.my.workfront.com"
        )
    return address
