"""Credentials that stay as they are. They travel in headers only, so that no URL, log or browser history holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pydantic import SecretStr

from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import SecretHeaders


class Auth(Protocol):
    """A way to sign in: the headers that prove who is calling."""

    def headers(self) -> Mapping[str, str]:
        """Returns the headers to send with every request; their values are treated as secrets."""
        ...


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Signs nobody in: for what a service tells anybody, such as its versions, or metadata on the public host.

    An API key is had so, too: ``wf.user.get_api_key(username="ana", password="...")`` (docs/protocol.md 4.4).
    """

    def headers(self) -> Mapping[str, str]:
        return SecretHeaders()


@dataclass(frozen=True, slots=True, repr=False)
class ApiKey:
    """Signs in with a user's API key, sent as header ``apiKey`` (docs/protocol.md 4.4).

    Raises:
        QueryError: the key is empty or holds blanks or control characters.
    """

    key: str

    def __post_init__(self) -> None:
        check_header_value("API key", self.key)

    def headers(self) -> Mapping[str, str]:
        return SecretHeaders(apiKey=self.key)

    def __repr__(self) -> str:
        return "ApiKey(***)"


@dataclass(frozen=True, slots=True, repr=False)
class SessionId:
    """Signs in with a session id or an OAuth access token, sent as header ``sessionID`` (docs/protocol.md 4.1).

    Raises:
        QueryError: the id is empty or holds blanks or control characters.
    """

    session_id: str

    def __post_init__(self) -> None:
        check_header_value("session id", self.session_id)

    def headers(self) -> Mapping[str, str]:
        return SecretHeaders(sessionID=self.session_id)

    def __repr__(self) -> str:
        return "SessionId(***)"


@dataclass(frozen=True, slots=True, repr=False)
class ImsToken:
    """Signs in with an Adobe IMS token and the organisation it is for (docs/protocol.md 4.1).

    Args:
        token: sent as ``Authorization: Bearer``.
        org_id: sent as ``x-gw-ims-org-id``: ``0123456789ABCDEF@AdobeOrg``. ``None`` for hosts that take the token
            alone; Adobe's own client always sends both.

    Raises:
        QueryError: one of the two is empty or holds blanks or control characters.
    """

    token: str
    org_id: str | None = None

    def __post_init__(self) -> None:
        check_header_value("IMS token", self.token)
        if self.org_id is not None:
            check_header_value("IMS organisation", self.org_id)

    def headers(self) -> Mapping[str, str]:
        return ims_headers(self.token, self.org_id)

    def __repr__(self) -> str:
        return f"ImsToken(***, org_id={self.org_id!r})"


def ims_headers(token: str, org_id: str | None) -> SecretHeaders:
    """Returns the headers Adobe IMS asks for: the token, and the organisation where one is given."""
    organisation = {} if org_id is None else {"x-gw-ims-org-id": org_id}
    return SecretHeaders({"Authorization": f"Bearer {token}", **organisation})


def secrets_in(headers: Mapping[str, str]) -> set[str]:
    """Returns the texts that headers of a credential hold and that nobody may see: whole values, and their secret
    parts.
    """
    values = set(headers.values())
    tokens = {value.removeprefix("Bearer ") for value in values}
    cookies = {pair.partition("=")[2] for pair in headers.get("Cookie", "").split("; ")}
    return {*values, *tokens, *cookies} - {""}


def check_header_value(what: str, secret: str) -> None:
    """Refuses what no header can carry, without showing it."""
    kind = type(secret).__name__
    if kind != "NoneType" and not is_text(secret):
        del secret
        raise QueryError(f"The {what} is a text, not {kind}.")
    is_empty, fits = not secret, bool(secret) and is_header_value(secret)
    del secret  # a traceback may show local variables
    if is_empty:
        raise QueryError(f"The {what} is empty; is the variable it comes from set?")
    if not fits:
        raise QueryError(f"The {what} holds blanks or characters no header can carry; was a line break copied with it?")


def is_text(value: object, /) -> bool:
    """Returns whether it is a text."""
    return isinstance(value, str)


def is_header_value(text: str) -> bool:
    """Returns whether a header can carry a text as one word."""
    return text.isascii() and text.isprintable() and " " not in text


def as_secret(secret: str | SecretStr) -> SecretStr:
    """Returns a secret in a form that shows itself in no traceback."""
    if isinstance(secret, str):
        return SecretStr(secret)
    if not hasattr(secret, "get_secret_value"):
        kind = type(secret).__name__
        del secret
        raise QueryError(f"A secret is a text, not {kind}; is the variable it comes from set?")
    return secret
