"""OAuth 2 applications: a code becomes a token, a refresh token the next one. docs/protocol.md 4.5, 4.6."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, get_args

from pydantic import SecretStr

from workfront_core.arguments import checked_choice
from workfront_core.auth.pkce import checked_redirect_uri
from workfront_core.auth.renewable import RenewableAuth
from workfront_core.auth.static import as_secret, check_given
from workfront_core.auth.token_store import TokenStore
from workfront_core.auth.tokens import ClientAuth, Token, TokenRequest, TokenSite
from workfront_core.errors.kinds import AuthenticationError, QueryError

TOKEN_PATH: Final = "/integrations/oauth2/api/v1/token"  # noqa: S105


class _Application(RenewableAuth):
    """What both kinds of application share: a code used once, then refresh tokens."""

    def __init__(
        self,
        client_id: str,
        *,
        code: SecretStr | None,
        redirect_uri: str | None,
        token: Token | None,
        store: TokenStore | None,
        header: str,
        clock: Callable[[], float],
    ) -> None:
        check_given("client id", client_id)
        super().__init__(token=token, store=store, header=header, clock=clock)
        if code is not None:
            self._token = None  # who brings a code has just signed in anew
        self._client_id = client_id
        self._redirect_uri = None if redirect_uri is None else checked_redirect_uri(redirect_uri)
        self._code = code
        if code is not None:
            check_given("code", code)
        if self._code is not None and not redirect_uri:
            raise QueryError("A code needs the redirect_uri it was asked with.")
        if self._code is None and self._token is None:
            raise QueryError("There is neither a code nor a token to start with.", hint="Sign in: workfront login.")

    def _starts_anew(self) -> bool:
        return self._code is not None and self._token is None

    def _ended(self) -> AuthenticationError:
        return AuthenticationError("The access token no longer serves and there is no refresh token.", hint=_SIGN_IN)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._client_id!r}, ***)"


_SIGN_IN: Final = "Sign in again: workfront login."


class AuthorizationCode(_Application):
    """An OAuth 2 application with a secret: starts from a code or from a token, and refreshes by itself.

    Args:
        client_id: of the application.
        client_secret: of the application.
        code: what the browser brought back; good once, for two minutes.
        redirect_uri: the one the code was asked with.
        token: a token to start from, such as ``refresh_token(...)``.
        store: where tokens are kept between runs.
        client_auth: whether client id and secret travel in the form or as HTTP basic authentication.
        header: the header that carries the token.
        clock: seconds since 1970.

    Raises:
        QueryError: there is nothing to start from.

    Examples:
        >>> from workfront_client import AuthorizationCode, FileStore
        >>> store = FileStore("token.json")
        >>> AuthorizationCode("client-id", "secret", code="c0de", redirect_uri="http://localhost:8765/", store=store)
        AuthorizationCode('client-id', ***)
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str | SecretStr,
        *,
        code: str | SecretStr | None = None,
        redirect_uri: str | None = None,
        token: Token | None = None,
        store: TokenStore | None = None,
        client_auth: ClientAuth = "form",
        header: str = "sessionID",
        clock: Callable[[], float] = time.time,
    ) -> None:
        code, client_secret = _secret(code), _required(client_secret)
        super().__init__(
            client_id, code=code, redirect_uri=redirect_uri, token=token, store=store, header=header, clock=clock
        )
        self._client_secret = client_secret
        self._client_auth: ClientAuth = checked_choice(client_auth, "client_auth=", get_args(ClientAuth))

    def request(self, site: TokenSite, previous: Token | None, /) -> TokenRequest:
        if previous is not None and previous.refresh is not None:
            grant = refresh_grant(previous.refresh, self._redirect_uri)
        elif previous is None and self._code is not None:
            grant = code_grant(self._code, self._redirect_uri or "")
        else:
            raise self._ended()
        return application_request(site, self._client_id, self._client_secret, grant, client_auth=self._client_auth)


class Pkce(_Application):
    """An OAuth 2 application without a secret: starts from a code and its verifier, or a token, and refreshes itself.

    Args:
        client_id: of the application.
        code: what the browser brought back; good once, for two minutes.
        verifier: the text whose challenge the browser carried.
        redirect_uri: the one the code was asked with.
        token: a token to start from.
        store: where tokens are kept between runs.
        header: the header that carries the token.
        clock: seconds since 1970.

    Raises:
        QueryError: there is nothing to start from, or a code comes without its verifier.

    Examples:
        >>> from workfront_client import Pkce
        >>> Pkce("client-id", code="c0de", verifier="v" * 43, redirect_uri="http://localhost:8765/")
        Pkce('client-id', ***)
    """

    def __init__(
        self,
        client_id: str,
        *,
        code: str | SecretStr | None = None,
        verifier: str | SecretStr | None = None,
        redirect_uri: str | None = None,
        token: Token | None = None,
        store: TokenStore | None = None,
        header: str = "sessionID",
        clock: Callable[[], float] = time.time,
    ) -> None:
        code, verifier = _secret(code), _secret(verifier)
        super().__init__(
            client_id, code=code, redirect_uri=redirect_uri, token=token, store=store, header=header, clock=clock
        )
        if code is not None and not verifier:
            raise QueryError("A code of a PKCE sign-in needs its verifier.", hint="Pass verifier=.")
        if verifier is not None:
            check_given("verifier", verifier)
        self._verifier = verifier

    def request(self, site: TokenSite, previous: Token | None, /) -> TokenRequest:
        if previous is not None and previous.refresh is not None:
            grant = refresh_grant(previous.refresh, self._redirect_uri)
        elif previous is None and self._code is not None and self._verifier is not None:
            grant = (
                *code_grant(self._code, self._redirect_uri or ""),
                ("code_verifier", self._verifier.get_secret_value()),
            )
        else:
            raise self._ended()
        return TokenRequest(f"{site.origin}{TOKEN_PATH}", (*grant, ("client_id", self._client_id)))


def refresh_token(refresh: str) -> Token:
    """Returns a token to start from where only a refresh token is at hand; it counts as expired."""
    return Token(SecretStr(""), _required(refresh), expires_at=0.0)


def code_grant(code: SecretStr, redirect_uri: str) -> tuple[tuple[str, str], ...]:
    """Returns the fields that turn a code into a token."""
    return (
        ("grant_type", "authorization_code"),
        ("redirect_uri", redirect_uri),
        ("code", code.get_secret_value()),
    )


def refresh_grant(refresh: SecretStr, redirect_uri: str | None) -> tuple[tuple[str, str], ...]:
    """Returns the fields that turn a refresh token into the next access token."""
    address = (("redirect_uri", redirect_uri),) if redirect_uri else ()
    return (("grant_type", "refresh_token"), *address, ("refresh_token", refresh.get_secret_value()))


def application_request(
    site: TokenSite,
    client_id: str,
    client_secret: SecretStr,
    grant: tuple[tuple[str, str], ...],
    *,
    client_auth: ClientAuth = "form",
) -> TokenRequest:
    """Returns a question of an application with a secret: form, or JSON with HTTP basic authentication."""
    proof = (client_id, client_secret.get_secret_value())
    url = f"{site.origin}{TOKEN_PATH}"
    if client_auth == "basic":
        return TokenRequest(url, grant, basic=proof)
    return TokenRequest(url, (*grant, ("client_id", proof[0]), ("client_secret", proof[1])))


def _secret(value: str | SecretStr | None) -> SecretStr | None:
    return None if value is None else as_secret(value)


def _required(value: str | SecretStr) -> SecretStr:
    value = as_secret(value)
    check_given("client secret or token", value)
    return value
