"""A Workfront host as seen by one reader of metadata: its address, the credential, and what its answers mean."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from workfront_codegen.errors import CodegenError
from workfront_schema.errors import SchemaError
from workfront_schema.strict_json import Document, mapping, parse

PUBLIC_HOST = "https://api-cl01.my.workfront.com"
"""Answers ``/attask/api/vNN.0/metadata`` without a sign-in."""

_BARE = frozenset({"objects", "objCode"})
"""What an index and the document of an object type hold: some clients keep them without their envelope."""
_HINTS = {
    401: "no valid credential: pass --api-key or --session-id, with a fresh one in the environment",
    403: "the user behind the credential may not read the metadata",
    404: "check --url and --api-version",
    410: "this API version is gone: name a newer one with --api-version",
    429: "too many requests for this customer: try again later",
}


@dataclass(frozen=True, slots=True)
class Host:
    """Where to ask, and as whom. ``credential`` is at most one header, and is kept out of every text."""

    base_url: str
    credential: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)

    def client(self) -> httpx.AsyncClient:
        """A client for this host. Redirects are not followed: they would carry the credential elsewhere."""
        return httpx.AsyncClient(
            base_url=self.base_url,
            headers={"Accept": "application/json", **self.credential},
            timeout=httpx.Timeout(30, connect=10),
        )

    def redacted(self, text: str) -> str:
        """``text`` without the credential, in case a server repeats it."""
        for secret in self.credential.values():
            text = text.replace(secret, "[secret]")
        return text

    def data(self, response: httpx.Response, what: str) -> Document:
        """The ``data`` of an answer, or the answer itself where it is a document without that envelope.

        Raises CodegenError, with the server's own words, for anything else.
        """
        if not response.is_success:
            raise self.refusal(response, what)
        if "html" in response.headers.get("Content-Type", "") or response.content.lstrip()[:1] == b"<":
            raise CodegenError(f"{what}: the host answered HTML instead of JSON", "check --url: is it a sign-in page?")
        answer = parse(response.content, what)
        if "error" in answer:
            raise self.refusal(response, what)
        if "data" not in answer and _BARE & answer.keys():
            return answer
        return mapping(answer.get("data"), f"{what}: data")

    def refusal(self, response: httpx.Response, what: str) -> CodegenError:
        """The error that says why the host did not answer."""
        status = response.status_code
        hint = _HINTS.get(status, "the server failed: try again later" if status >= 500 else None)
        if response.is_redirect:
            hint = f"it redirects to {response.headers.get('Location')}: pass the right host as --url"
        said = message(response)
        return CodegenError(self.redacted(f"{what}: HTTP {status}{f', {said!r}' if said else ''}"), hint)


def host(url: str | None = None, *, api_key: str | None = None, session_id: str | None = None) -> Host:
    """The host at ``url`` (the public one by default).

    ``url`` is the address people open in the browser; a path from ``/attask`` on is cut off. Raises CodegenError for
    an address of another kind, for two credentials, and for a credential over plain http to another machine.
    """
    if api_key and session_id:
        raise CodegenError("both an API key and a session id are given", "pass one of --api-key and --session-id")
    address = _address(url or PUBLIC_HOST)
    credential = {"apiKey": api_key} if api_key else {"SessionID": session_id} if session_id else {}
    if credential and address.scheme == "http" and not _is_loopback(address.host):
        raise CodegenError(f"a credential would travel in the clear to {address.host}", "use https in --url")
    return Host(str(address).rstrip("/"), credential)


def message(response: httpx.Response) -> str:
    """What the server says about an error; empty where it says nothing we can read."""
    try:
        error = parse(response.content, "answer").get("error")
    except SchemaError:
        return ""
    found = (error.get("message") or error.get("error")) if isinstance(error, dict) else error
    return str(found or "")[:300]


def _address(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise CodegenError(f"--url is not an address ({error})") from None
    if address.scheme not in ("http", "https") or not address.host:
        raise CodegenError(
            f"--url {address.host or url!r} is not an address", "write it like https://acme.my.workfront.com"
        )
    if address.userinfo or address.query:
        raise CodegenError("--url holds more than an address", "credentials come from the environment only")
    return address.copy_with(path=address.path.partition("/attask")[0] or "/", fragment=None)


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
