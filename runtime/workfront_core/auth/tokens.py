"""Tokens: how one is asked for, how the answer is read, how long it holds. No network here. docs/protocol.md 4.5."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias, cast

from pydantic import SecretStr

from workfront_core.arguments import checked_number
from workfront_core.auth.static import as_secret, check_header_value
from workfront_core.errors.complaints import USER_REFUSED
from workfront_core.errors.kinds import (
    AuthenticationError,
    ProtocolError,
    QueryError,
    RateLimited,
    ServerError,
    WorkfrontError,
)
from workfront_core.errors.printable import shortened
from workfront_core.errors.redaction import RedactedRequest, SecretHeaders, redact_path
from workfront_core.foreign_text import json_or, positive_number
from workfront_core.request.encoding import FORM, USER_AGENT, query_text
from workfront_core.request.inflation import ACCEPTED

ClientAuth: TypeAlias = Literal["form", "basic"]
"""How an application proves itself to the token service: in the form, or by HTTP basic authentication with JSON."""

_EARLIEST: Final = 60.0
_SHARE: Final = 0.1


@dataclass(frozen=True, slots=True, init=False)
class Token:
    """An access token and what renews it. Its representation shows no secret.

    Attributes:
        access: what proves who is calling.
        refresh: what gets the next one, where the service handed one out.
        expires_at: seconds since 1970 by the clock here, ``None`` where the service did not say.
        lifetime: seconds it was made for, ``None`` likewise.

    Raises:
        QueryError: what should be a text is none, or no header can carry it, or a time is no number.

    Examples:
        >>> from pydantic import SecretStr
        >>> from workfront_client import Token
        >>> token = Token(SecretStr("t0ken"), refresh=SecretStr("r3fresh"), expires_at=1_800_000_000)
        >>> token.is_expired(now=1_800_000_001)
        True
    """

    access: SecretStr
    refresh: SecretStr | None
    expires_at: float | None
    lifetime: float | None

    def __init__(
        self,
        access: str | SecretStr,
        refresh: str | SecretStr | None = None,
        expires_at: float | None = None,
        lifetime: float | None = None,
    ) -> None:
        access, refresh = as_secret(access), None if refresh is None else as_secret(refresh)
        given = {"access": access, "refresh": refresh, "expires_at": expires_at, "lifetime": lifetime}
        for name, value in given.items():
            object.__setattr__(self, name, value)
        if not isinstance(access, SecretStr) or not isinstance(refresh, SecretStr | None):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError("A Token takes texts.", hint="Write Token(access), or Token(SecretStr(access)).")
        for secret in (access, refresh):
            if secret:  # an empty one stands where only a refresh token is at hand
                check_header_value("token", secret)
        for name in ("expires_at", "lifetime"):
            if getattr(self, name) is not None:
                checked_number(getattr(self, name), f"{name}=")

    def is_stale(self, now: float) -> bool:
        """Returns whether it is time to renew: a minute, or a tenth of a shorter life, before the end.

        Args:
            now: seconds since 1970.
        """
        if self.expires_at is None:
            return False
        margin = _EARLIEST if self.lifetime is None else min(_EARLIEST, self.lifetime * _SHARE)
        return now >= self.expires_at - margin

    def is_expired(self, now: float) -> bool:
        """Returns whether its end is past.

        Args:
            now: seconds since 1970.
        """
        return self.expires_at is not None and now >= self.expires_at


@dataclass(frozen=True, slots=True)
class TokenSite:
    """Where a customer's API and token service are.

    Attributes:
        origin: scheme, host and port without a slash at the end.
        root: the versioned API root, with a slash at the end.
    """

    origin: str
    root: str


@dataclass(frozen=True, slots=True, repr=False)
class TokenRequest:
    """A question to a token service: POST of a form, or of JSON with HTTP basic authentication.

    Attributes:
        url: absolute.
        fields: names and values, secrets among them.
        basic: client id and secret to send as HTTP basic authentication.
        repeatable: whether asking twice is the same as asking once; a code or a refresh token may be good only once.
    """

    url: str
    fields: tuple[tuple[str, str], ...]
    basic: tuple[str, str] | None = None
    repeatable: bool = False

    def content(self) -> bytes:
        """Returns the body that travels."""
        if self.basic is not None:
            return json.dumps(dict(self.fields), separators=(",", ":")).encode("ascii")
        return query_text(self.fields).encode("ascii")

    def headers(self) -> SecretHeaders:
        """Returns the content type and, where asked for, the basic authentication."""
        plain = SecretHeaders({"Accept": "application/json", "Accept-Encoding": ACCEPTED, "User-Agent": USER_AGENT})
        if self.basic is None:
            return SecretHeaders({**plain, "Content-Type": FORM})
        proof = b64encode(":".join(self.basic).encode()).decode("ascii")
        return SecretHeaders({**plain, "Content-Type": "application/json", "Authorization": f"Basic {proof}"})

    def secrets(self) -> list[str]:
        """Returns every value sent that must not be shown, in headers and in the body."""
        proof = self.headers().get("Authorization", "")
        packed = [proof, proof.removeprefix("Basic "), *(self.basic or ())[1:]]
        return [*(value for name, value in self.fields if name not in _OPEN_FIELDS), *filter(None, packed)]

    def redact_secrets(self) -> RedactedRequest:
        """Returns the request with the names of its fields only."""
        shown = tuple((name, value if name in _OPEN_FIELDS else "***") for name, value in self.fields)
        return RedactedRequest("POST", redact_path(self.url), (), query_text(shown))

    def __repr__(self) -> str:
        return f"<TokenRequest {self.redact_secrets()}>"


_OPEN_FIELDS: Final = frozenset({"grant_type", "client_id", "redirect_uri", "scope", "username", "subdomain"})


@dataclass(frozen=True, slots=True)
class TokenResponse:
    """What a token service answered; its representation leaves the body out.

    Attributes:
        status: HTTP status.
        body: as it came.
        date: seconds since 1970 by the clock of the service, ``None`` where it does not say.
        retry_after: seconds after which it wants to be asked again, ``None`` likewise.
    """

    status: int
    body: bytes = field(repr=False)
    date: float | None = None
    retry_after: float | None = None


def read_token(response: TokenResponse, request: TokenRequest, *, now: float, previous: Token | None = None) -> Token:
    """Returns the token of an OAuth answer. ``expires_in`` of 0 means that nobody knows.

    Args:
        response: status and body.
        request: what was asked, for messages.
        now: seconds since 1970 by the clock here; the life counts from it, so that a wrong clock does no harm.
        previous: its refresh token stays where the answer brings no new one.

    Raises:
        AuthenticationError: the service refuses; the hint says what to do.
        WorkfrontError: it failed, or its answer is not a token.
    """
    members = response_members(response, request)
    raise_refusal(response, members, request)
    access = token_text(members.get("access_token"), request)
    given = members.get("refresh_token")
    refresh = token_text(given, request) if given else (previous.refresh if previous else None)
    lifetime = positive_number(members.get("expires_in"))
    return Token(access, refresh, None if lifetime is None else now + lifetime, lifetime)


def token_text(value: object, request: TokenRequest) -> SecretStr:
    """Returns a token out of an answer.

    Raises:
        ProtocolError: it is missing, or no header or form can carry it.
    """
    token = SecretStr(value if isinstance(value, str) else "")
    del value  # a traceback may show local variables
    with suppress(QueryError):
        check_header_value("token", token)
        return token
    raise ProtocolError("The token service answered without a usable token.", request=request.redact_secrets())


def response_members(response: TokenResponse, request: TokenRequest) -> _JsonObject:
    """Returns the JSON object of an answer; an empty one where a failure came as something else.

    Raises:
        ProtocolError: it reports success and is no JSON object.
    """
    document = json_or(response.body, None)
    if isinstance(document, dict):
        return _JsonObject(cast("dict[str, Any]", document))
    if response.status >= 400:
        return _JsonObject()
    raise ProtocolError(
        "The token service answered with something other than a JSON object.",
        status=response.status,
        hint="Is the address right, or does a proxy or a sign-in page answer?",
        request=request.redact_secrets(),
    )


class _JsonObject(dict[str, Any]):
    """An answer of a token service that shows the names of its members only."""

    def __repr__(self) -> str:
        return f"<answer {', '.join(self)}>"


def raise_refusal(response: TokenResponse, members: _JsonObject, request: TokenRequest) -> None:
    """Raises the error an answer reports; services word it in three ways (docs/protocol.md 4.5)."""
    error = members.get("error")
    if response.status < 400 and not error:
        return
    kind = _kind_of(response.status, error)
    detail = _JsonObject(cast("dict[str, Any]", error)) if isinstance(error, dict) else members
    said = next((str(detail[name]) for name in ("message", "error_description", "error") if _is_text(detail, name)), "")
    refusal = kind(
        f"{_SAID[kind]}: {shortened(said) or _unsaid(response.body)}",
        status=response.status,
        workfront_class=shortened(str(detail.get("class") or detail.get("type") or "")) or None,
        hint=_hint(kind, response, request),
        request=request.redact_secrets(),
    )
    refusal.retry_after = response.retry_after
    raise refusal


def _hint(kind: type[WorkfrontError], response: TokenResponse, request: TokenRequest) -> str | None:
    if kind not in (AuthenticationError, ProtocolError):
        return None
    with_password = any(name == "password" for name, _ in request.fields)
    refused = USER_REFUSED if with_password else _AGAIN
    if kind is AuthenticationError:
        return refused if explains(response) else f"{_NOT_THERE} {refused}"
    return f"{_NOT_THERE} {refused}" if with_password else _NOT_THERE


_AGAIN: Final = (
    "Sign in again: the code, key or refresh token is wrong, used up or expired. "
    "A code holds two minutes; a signed key also fails where this machine's clock is wrong."
)


_NOT_THERE: Final = "Is the address right, or does a proxy answer in place of the token service?"
_SAID: Final[Mapping[type[WorkfrontError], str]] = {
    AuthenticationError: "The token service refused",
    RateLimited: "The token service refused",
    ServerError: "The token service failed",
    ProtocolError: "The token service was not reached",
}
_REFUSALS: Final = frozenset({400, 401, 403})
_PASSING: Final = frozenset({408, 425})
_CODE: Final = re.compile(r"[a-z]+(_[a-z]+)+")
"""How OAuth words an error (RFC 6749, 5.2): ``invalid_grant``; gateways write ``Not Found``."""


def _kind_of(status: int, error: object) -> type[WorkfrontError]:
    if status == 429:
        return RateLimited
    if status >= 500 or status in _PASSING:
        return ServerError
    is_worded = isinstance(error, dict) or (isinstance(error, str) and _CODE.fullmatch(error) is not None)
    return AuthenticationError if status < 400 or status in _REFUSALS or is_worded else ProtocolError


def _unsaid(body: bytes) -> str:
    return "it sent a page, not a reason" if body.lstrip()[:1] == b"<" else "no reason given"


def explains(response: TokenResponse) -> bool:
    """Returns whether an answer is the token service's own, and not that of whoever stands before it."""
    return isinstance(json_or(response.body, None), dict)


def _is_text(members: dict[str, Any], name: str) -> bool:
    return isinstance(members.get(name), str) and bool(members[name])
