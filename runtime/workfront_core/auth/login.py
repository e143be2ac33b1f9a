"""Username and password, on stacks that still have the login. docs/protocol.md 4.3."""

from __future__ import annotations

from typing import Any, cast

from pydantic import SecretStr

from workfront_core.arguments import checked_text
from workfront_core.auth.renewable import RenewableAuth
from workfront_core.auth.static import as_secret, check_given
from workfront_core.auth.tokens import (
    Token,
    TokenRequest,
    TokenResponse,
    TokenSite,
    raise_refusal,
    response_members,
    token_text,
)


class Login(RenewableAuth):
    """Signs in with username and password and uses the session until it ends.

    The login is closed on tenants that moved to Adobe IMS, which by now is all of them; it remains for old stacks and
    for sandboxes.

    Args:
        username: the login name.
        password: sent in the body of the login only.
        subdomain: for servers that carry several customers.

    Raises:
        QueryError: username or password is empty or not a text.

    Examples:
        >>> from workfront_client import Login
        >>> Login("ana@example.com", "pa55word")
        Login('ana@example.com', ***)
    """

    def __init__(self, username: str, password: str | SecretStr, *, subdomain: str | None = None) -> None:
        password = as_secret(password)
        check_given("username", username)
        check_given("password", password)
        super().__init__()
        self._username = username
        self._password = password
        self._subdomain = None if subdomain is None else checked_text(subdomain, "subdomain=")

    def request(self, site: TokenSite, _previous: Token | None, /) -> TokenRequest:
        return login_request(site, self._username, self._password, self._subdomain)

    def read(self, response: TokenResponse, request: TokenRequest, _previous: Token | None, /) -> Token:
        return read_session(response, request)

    def __repr__(self) -> str:
        return f"Login({self._username!r}, ***)"


def login_request(site: TokenSite, username: str, password: SecretStr, subdomain: str | None = None) -> TokenRequest:
    """Returns the form that opens a session."""
    fields = [("username", username), ("password", password.get_secret_value())]
    fields += [("subdomain", subdomain)] if subdomain else []
    return TokenRequest(f"{site.root}login", tuple(fields), repeatable=True)


def read_session(response: TokenResponse, request: TokenRequest) -> Token:
    """Returns the session of a login's answer. When it ends is not said.

    Raises:
        AuthenticationError: username or password is wrong, or the login is closed.
    """
    members = response_members(response, request)
    raise_refusal(response, members, request)
    data = members.get("data")
    session = cast("dict[str, Any]", data).get("sessionID") if isinstance(data, dict) else None
    return Token(token_text(session, request))
