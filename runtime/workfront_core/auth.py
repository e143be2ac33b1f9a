"""Credentials. They travel in headers only, so that no URL, log or browser history holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from workfront_core.errors import QueryError


class Auth(Protocol):
    """A way to sign in: the headers that prove who is calling."""

    def headers(self) -> Mapping[str, str]:
        """Headers to send with every request; their values are treated as secrets."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class ApiKey:
    """Signs in with a user's API key, sent as header ``apiKey``.

    Raises:
        QueryError: the key is empty or holds blanks or control characters.
    """

    key: str

    def __post_init__(self) -> None:
        _check("API key", self.key)

    def headers(self) -> Mapping[str, str]:
        return {"apiKey": self.key}

    def __repr__(self) -> str:
        return "ApiKey(***)"


@dataclass(frozen=True, slots=True, repr=False)
class SessionId:
    """Signs in with a session id or an OAuth access token, sent as header ``sessionID``.

    Raises:
        QueryError: the id is empty or holds blanks or control characters.
    """

    session_id: str

    def __post_init__(self) -> None:
        _check("session id", self.session_id)

    def headers(self) -> Mapping[str, str]:
        return {"sessionID": self.session_id}

    def __repr__(self) -> str:
        return "SessionId(***)"


def _check(what: str, secret: str) -> None:
    if not secret:
        raise QueryError(f"The {what} is empty; is the variable it comes from set?")
    if not (secret.isascii() and secret.isprintable()) or " " in secret:
        raise QueryError(f"The {what} holds blanks or characters no header can carry; was a line break copied with it?")
