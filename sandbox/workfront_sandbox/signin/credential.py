"""Who calls: sessions, API keys, tokens and cookies. docs/protocol.md 4.

By default any credential that is not empty is the user ``me``, unless the sandbox issued it to somebody. A strict
sandbox accepts only what it issued, and a bearer token only with its organisation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Final, Literal, TypeAlias
from uuid import uuid4

from workfront_sandbox.tenant.tenant import Tenant
from workfront_sandbox.wire.errors import AUTHENTICATION, ApiError, not_logged_in
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.parameters import Parameters

_WRONG_LOGIN: Final = (
    "That username/password combination wasn't quite right.  Make sure your caps lock isn't on and try again."
)
"""The words of the service, as a client of Adobe's has them on record."""

Kind: TypeAlias = Literal["session", "apiKey", "bearer", "lone bearer", "xsrf", "cookie"]


@dataclass(frozen=True, slots=True)
class Credential:
    """What was shown, and what kind of thing it is.

    Attributes:
        kind: of it.
        value: itself.
        proof: what a browser says in ``X-XSRF-TOKEN``.
        echo: the cookie of that name, where the browser sends it along.
    """

    kind: Kind
    value: str
    proof: str = ""
    echo: str = ""

    @property
    def is_proved(self) -> bool:
        """Whether the header of a browser says the same as the cookie that the page could read."""
        return not self.echo or self.echo == self.proof


def read_credential(headers: Mapping[str, str], parameters: Parameters) -> Credential | None:
    """Returns the credential of a request, or None. Headers have lower-case names."""
    session = headers.get("sessionid") or parameters.first("sessionID") or parameters.first("sessionid")
    if session:
        return Credential("session", session)
    if headers.get("x-xsrf-token"):
        shown = _cookie(headers.get("cookie", ""))
        proof = headers["x-xsrf-token"]
        return Credential("xsrf", shown.value if shown else proof, proof, shown.echo if shown else "")
    key = headers.get("apikey") or parameters.first("apiKey") or parameters.first("apikey")
    if key:
        return Credential("apiKey", key)
    bearer = headers.get("authorization", "")
    if bearer.lower().startswith("bearer ") and bearer[7:].strip():
        return Credential("bearer" if headers.get("x-gw-ims-org-id") else "lone bearer", bearer[7:].strip())
    return _cookie(headers.get("cookie", ""))


@dataclass(frozen=True)
class Accounts:
    """Tokens, API keys and passwords of a tenant."""

    tenant: Tenant

    def issue(self, user_id: str, token: str | None = None) -> str:
        """Returns a session token for a user: a new one, or the given."""
        token = token or uuid4().hex
        self.tenant.store.put_value(f"token:{token}", user_id)
        return token

    def revoke(self, token: str) -> None:
        """Ends a session."""
        self.tenant.store.put_value(f"token:{token}", "")

    def set_password(self, username: str, password: str) -> None:
        """Gives a user a password; until then any password that is not empty is right. Raises ValueError for a name
        that nobody signs in with.
        """
        users = self._called(username)
        if not users:
            raise ValueError(f"no user signs in as {username!r}: insert a row of USER with this username first")
        self.tenant.store.put_value(f"password:{users[0]['ID']}", password)

    def set_api_key(self, user_id: str, key: str | None) -> None:
        """Gives a user an API key, or takes it away."""
        old = self.api_key(user_id)
        if old:
            self.revoke(old)
        self.tenant.store.put_value(f"apiKey:{user_id}", key)
        if key:
            self.issue(user_id, key)

    def api_key(self, user_id: str) -> str:
        """Returns a user's API key; empty where there is none."""
        return str(self.tenant.store.get_value(f"apiKey:{user_id}") or "")

    def log_in(self, username: str, password: str) -> Row:
        """Returns the user of a login. Raises ApiError 401."""
        users = self._called(username)
        known = self.tenant.store.get_value(f"password:{users[0]['ID']}") if users else None
        right = password == known if known is not None else bool(password) and not self.tenant.strict
        if not users or not right or users[0].get("isActive") is False:
            raise ApiError(401, _WRONG_LOGIN, AUTHENTICATION)
        return users[0]

    def _called(self, username: str) -> Sequence[Row]:
        """Returns the users of a name; an e-mail address is the name of those without one."""
        if not username:
            return []
        named = self.tenant.store.where("USER", username=username)
        return named or [one for one in self.tenant.store.where("USER", emailAddr=username) if not one.get("username")]

    def identify(self, credential: Credential | None, parameters: Parameters, *, writes: bool) -> Row:
        """Returns the user a credential belongs to. Raises ApiError 401."""
        if credential is None:
            raise not_logged_in()
        strict = self.tenant.strict
        if strict and writes and credential.kind == "apiKey" and "apiKey" in parameters.body_keys:
            raise ApiError(401, "AuthenticationException: {0}")
        if (credential.kind == "cookie" and writes) or (credential.kind == "lone bearer" and strict):
            raise not_logged_in()
        if credential.kind == "xsrf" and writes and not _may_write(credential, strict=strict):
            raise not_logged_in()
        owner = self.tenant.store.get_value(f"token:{credential.value}")
        user = self.tenant.store.get("USER", str(owner if owner is not None else self.tenant.me))
        if (owner is None and strict) or user is None or user.get("isActive") is False:
            raise not_logged_in()
        return user


def xsrf_token(session_id: str) -> str:
    """Returns the token that goes with a session's cookie where a browser writes."""
    return sha256(f"xsrf:{session_id}".encode()).hexdigest()[:32]


def _may_write(credential: Credential, *, strict: bool) -> bool:
    """Returns whether a browser shows the token of its session; unless it is strict, any that no cookie denies."""
    return credential.is_proved and (not strict or credential.proof == xsrf_token(credential.value))


def _cookie(header: str) -> Credential | None:
    try:
        cookies: SimpleCookie = SimpleCookie(header)
    except CookieError:
        return None
    found = next(
        (cookies[name].value for name in ("attask", "wf-auth") if name in cookies and cookies[name].value), None
    )
    echo = cookies["XSRF-TOKEN"].value if "XSRF-TOKEN" in cookies else ""
    return Credential("cookie", found, echo=echo) if found else None
