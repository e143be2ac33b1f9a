"""Credentials that stay as they are. They travel in headers only, so that no URL, log or browser history holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol, Self, cast

from pydantic import SecretStr

from workfront_core.base_class import BaseClass, check_initialised
from workfront_core.errors.frames import HidesArguments
from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import SecretHeaders


class Auth(Protocol):
    """A way to sign in: the headers that prove who is calling.

    Examples:
        >>> from collections.abc import Mapping
        >>> from workfront_client import Auth
        >>> from workfront_client.v22 import Workfront
        >>> class Gateway:
        ...     def headers(self) -> Mapping[str, str]:
        ...         return {"X-Gateway-Key": "k3y"}
        >>> auth: Auth = Gateway()
        >>> wf = Workfront("https://acme.my.workfront.com", auth=auth)
        >>> wf.close()
    """

    def headers(self) -> Mapping[str, str]:
        """Returns the headers to send with every request; their values are treated as secrets."""
        ...


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Signs nobody in: for what a service tells anybody, such as its versions, or metadata on the public host.

    An API key is had so, too: ``wf.user.get_api_key(username="ana", password="...")`` (docs/protocol.md 4.4).

    Examples:
        >>> from workfront_client import Anonymous
        >>> from workfront_client.v22 import Workfront
        >>> wf = Workfront("https://acme.my.workfront.com", auth=Anonymous())
        >>> wf.close()
    """

    def headers(self) -> Mapping[str, str]:
        return SecretHeaders()


class Unchanging(BaseClass, HidesArguments):
    """A credential that is told apart by its values and keeps them.

    Not a dataclass: with ``init=False`` jedi offers no arguments.
    """

    __slots__: tuple[str, ...] = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"cannot assign to {name!r}: make another credential")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"cannot delete {name!r}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unchanging) and type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        return type(self), self._values()

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in type(self).__slots__)


class ApiKey(Unchanging):
    """Signs in with a user's API key, sent as header ``apiKey`` (docs/protocol.md 4.4).

    Raises:
        QueryError: the key is empty, not a text, or holds blanks or control characters.

    Examples:
        >>> from workfront_client import ApiKey
        >>> ApiKey("k3y")
        ApiKey(***)
    """

    __slots__ = ("key",)
    key: SecretStr

    def __init__(self, key: str | SecretStr) -> None:
        key = as_secret(key)
        check_header_value("API key", key)
        object.__setattr__(self, "key", key)

    def headers(self) -> Mapping[str, str]:
        return SecretHeaders(apiKey=self.key.get_secret_value())

    def __repr__(self) -> str:
        return "ApiKey(***)"


class SessionId(Unchanging):
    """Signs in with a session id or an OAuth access token, sent as header ``sessionID`` (docs/protocol.md 4.1).

    Raises:
        QueryError: the id is empty, not a text, or holds blanks or control characters.

    Examples:
        >>> from workfront_client import SessionId
        >>> SessionId("5e55i0n")
        SessionId(***)
    """

    __slots__ = ("session_id",)
    session_id: SecretStr

    def __init__(self, session_id: str | SecretStr) -> None:
        session_id = as_secret(session_id)
        check_header_value("session id", session_id)
        object.__setattr__(self, "session_id", session_id)

    def headers(self) -> Mapping[str, str]:
        return SecretHeaders(sessionID=self.session_id.get_secret_value())

    def __repr__(self) -> str:
        return "SessionId(***)"


class ImsToken(Unchanging):
    """Signs in with an Adobe IMS token and the organisation it is for (docs/protocol.md 4.1).

    Args:
        token: sent as ``Authorization: Bearer``.
        org_id: sent as ``x-gw-ims-org-id``: ``0123456789ABCDEF@AdobeOrg``. ``None`` for hosts that take the token
            alone; Adobe's own client always sends both.

    Raises:
        QueryError: one of the two is empty, not a text, or holds blanks or control characters.

    Examples:
        >>> from workfront_client import ImsToken
        >>> ImsToken("t0ken", "0123456789ABCDEF@AdobeOrg")
        ImsToken(***, org_id='0123456789ABCDEF@AdobeOrg')
    """

    __slots__ = ("org_id", "token")
    token: SecretStr
    org_id: str | None

    def __init__(self, token: str | SecretStr, org_id: str | None = None) -> None:
        token = as_secret(token)
        check_header_value("IMS token", token)
        if org_id is not None:
            check_header_value("IMS organisation", org_id)
        object.__setattr__(self, "token", token)
        object.__setattr__(self, "org_id", org_id)

    def headers(self) -> Mapping[str, str]:
        return ims_headers(self.token.get_secret_value(), self.org_id)

    def __repr__(self) -> str:
        return f"ImsToken(***, org_id={self.org_id!r})"


def ims_headers(token: str, org_id: str | None) -> SecretHeaders:
    """Returns the headers Adobe IMS asks for: the token, and the organisation where one is given."""
    organisation = {} if org_id is None else {"x-gw-ims-org-id": org_id}
    return SecretHeaders({"Authorization": f"Bearer {token}", **organisation})


HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What the name of a header or a cookie consists of (RFC 9110, 5.6.2)."""

_OF_THE_CALL: Final = frozenset({"connection", "content-length", "content-type", "transfer-encoding", "upgrade"})
"""Headers that belong to the body or the connection of a call, and never to who makes it."""


def check_header_name(name: str, what: str) -> str:
    """Returns the name of a header for a credential.

    Raises:
        QueryError: no header can have it, or it is one of the call itself.
    """
    if not HEADER_NAME.fullmatch(name):
        raise QueryError(f"{what} takes the name of a header, which {name!r:.40} cannot be.")
    if name.lower() in _OF_THE_CALL:
        raise QueryError(f"{what}: the header {name} belongs to the call, not to a credential.")
    return name


def secrets_in(headers: Mapping[str, str]) -> set[str]:
    """Returns the texts that headers of a credential hold and that nobody may see: whole values, and their secret
    parts.
    """
    values = set(headers.values())
    tokens = {value.removeprefix("Bearer ") for value in values}
    cookies = {pair.partition("=")[2] for pair in headers.get("Cookie", "").split("; ")}
    return {*values, *tokens, *cookies} - {""}


def check_header_value(what: str, value: str | SecretStr | Unusable) -> None:
    """Refuses what no header can carry, without showing it.

    Raises:
        QueryError: it is empty, not a text, or holds blanks or control characters.
    """
    check_given(what, value)
    text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    fits = is_header_value(text)
    del text, value  # a traceback may show local variables
    if not fits:
        raise QueryError(f"The {what} holds blanks or characters no header can carry; was a line break copied with it?")


def is_text(value: object, /) -> bool:
    """Returns whether it is a text."""
    return isinstance(value, str)


def check_given(what: str, value: object) -> None:
    """Refuses what is not a text, and empty ones, without showing it.

    Raises:
        QueryError: it is not given, not a text, or empty.
    """
    kind, is_text = _kind_of(value), isinstance(value, str | SecretStr)
    is_missing = kind == "NoneType" or (is_text and not value)
    del value  # a traceback may show local variables
    if is_missing:
        raise QueryError(f"The {what} is empty; is the variable it comes from set?")
    if not is_text:
        raise QueryError(f"The {what} is a text, not {kind}.")


def is_header_value(text: str) -> bool:
    """Returns whether a header can carry a text as one word."""
    return text.isascii() and text.isprintable() and " " not in text


def as_secret(secret: str | SecretStr) -> SecretStr:
    """Returns a secret in a form that no traceback shows; anything else as `Unusable`, for `check_given` to refuse."""
    if isinstance(secret, SecretStr):
        return secret
    return SecretStr(secret) if type(secret) is str else _as_text(secret)


def _as_text(secret: object) -> SecretStr:
    return SecretStr(str(secret)) if isinstance(secret, str) else cast("SecretStr", Unusable(type(secret).__name__))


@dataclass(frozen=True, slots=True)
class Unusable:
    """Stands for an argument of a wrong type, which may hold a secret and must not show.

    Attributes:
        kind: the name of its type.
    """

    kind: str


def _kind_of(value: object) -> str:
    return value.kind if isinstance(value, Unusable) else type(value).__name__


def as_credential(auth: object) -> Auth:
    """Returns a credential as it is; what is none in a form that shows nothing of it, for `check_credential` to
    refuse.
    """
    signs_in = callable(getattr(auth, "headers", None)) and not isinstance(auth, type)
    return cast("Auth", auth if signs_in else Unusable(_kind_of(auth)))


def check_credential(auth: object) -> None:
    """Refuses what is not a credential, without showing it.

    Raises:
        QueryError: it has no headers to sign in with.
    """
    auth = as_credential(auth)
    if isinstance(auth, Unusable):
        kind = "None" if auth.kind == "NoneType" else f"a {auth.kind}"
        raise QueryError(f"auth= takes a credential, not {kind}.", hint='Write auth=ApiKey("...").')
    check_initialised(auth)
