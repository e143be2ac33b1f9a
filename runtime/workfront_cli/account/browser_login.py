"""Signing in with a browser, and signing out. docs/protocol.md 4.5, 4.6."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pydantic import SecretStr

from workfront_cli.account.identity import current_user
from workfront_cli.account.kept_key import place_of
from workfront_cli.account.redirect_listener import DEFAULT_URI, listening
from workfront_cli.connection.connection import connect
from workfront_cli.wording import message_of
from workfront_core.auth import AuthorizationCode, Pkce, RenewableAuth, SessionId
from workfront_core.auth.pkce import Redirect, authorize_url, new_state, new_verifier
from workfront_core.auth.tokens import Token
from workfront_core.errors import AuthenticationError, QueryError, WorkfrontError
from workfront_core.profiles.profile import Profile
from workfront_core.profiles.settings import PREFIX, config_file
from workfront_core.request.address import Environment
from workfront_core.request.api_version import ApiVersion

_BROWSER_WAYS: Final = ("pkce", "code")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """How a sign-in ended.

    Attributes:
        user: name of the user; empty where the account cannot see itself.
        place: where the token is kept now.
        remark: what the user should know, if anything.
    """

    user: str
    place: str
    remark: str | None = None


def sign_in(
    profile: Profile, version: ApiVersion, *, show: Callable[[str], object], timeout: float = 300.0
) -> SignedIn:
    """Sends the user to the consent page, waits for the way back, gets the token and keeps it.

    Args:
        profile: names an OAuth 2 application.
        version: of the API, for asking who it is.
        show: is given the address of the consent page.
        timeout: seconds to wait for the user.

    Raises:
        QueryError: the profile names no application, or the way back cannot be listened to.
        AuthenticationError: user or service refused, or nobody came back in time.
        WorkfrontError: the service did not answer.
    """
    client_id, redirect_uri = _application(profile), profile.redirect_uri or DEFAULT_URI
    verifier, state = new_verifier() if profile.client_secret is None else None, new_state()
    origin = profile.address.strip().rstrip("/")
    with listening(redirect_uri, state) as listener:
        show(authorize_url(origin, client_id, redirect_uri, state=state, verifier=verifier))
        redirect = listener.wait(timeout)
    auth = _credential(profile, redirect, redirect_uri, verifier)
    with connect(profile, version, auth=auth) as wf:
        user = current_user(wf) or {}
    return SignedIn(str(user.get("name") or ""), _kept(profile, auth), _elsewhere(profile.address, redirect))


def sign_out(profile: Profile, version: ApiVersion) -> str | None:
    """Removes the stored token and ends its session; says what was done, ``None`` where nobody was signed in.

    The token is gone from here whether or not the service can be told.
    """
    store = profile.store()
    try:
        token = store.load()
    except QueryError:
        store.delete()
        return "The stored token, which others could read, is removed."
    if token is None:
        return None
    store.delete()
    if profile.auth == "api-key":
        return "The key is removed from here. Workfront takes it until it is cleared there."
    return _ended(profile, version, token)


def _application(profile: Profile) -> str:
    if profile.client_id is None:
        raise QueryError(
            f"Profile {profile.name!r} names no OAuth 2 application to sign in with.",
            hint=f"Set {PREFIX}CLIENT_ID, or client_id in {config_file()}: Setup, System, OAuth2 Applications in"
            f" Workfront; let the application list the redirect URI {DEFAULT_URI}.",
        )
    way = profile.sign_in().name
    if way not in _BROWSER_WAYS:
        raise QueryError(f"Profile {profile.name!r} signs in by {way}; that does not use a browser.")
    return profile.client_id


def _credential(profile: Profile, redirect: Redirect, redirect_uri: str, verifier: SecretStr | None) -> RenewableAuth:
    client_id, store = _application(profile), profile.store()
    if profile.client_secret is not None:
        secret = profile.client_secret
        return AuthorizationCode(client_id, secret, code=redirect.code, redirect_uri=redirect_uri, store=store)
    return Pkce(client_id, code=redirect.code, verifier=verifier, redirect_uri=redirect_uri, store=store)


def _kept(profile: Profile, auth: RenewableAuth) -> str:
    """Returns where the token is kept; a client shrugs off a store that fails, a sign-in must not."""
    store = profile.store()
    if auth.token is None or store.load() != auth.token:
        place = place_of(store)
        raise QueryError(f"The token could not be kept in {place}.", hint="Set token_file to a file you may write.")
    return place_of(store)


def _elsewhere(address: str, redirect: Redirect) -> str | None:
    """Returns a remark where the user chose another customer than the profile's."""
    host = address.partition("//")[2]
    domain = next((host.removesuffix(f".{member.value}") for member in Environment if host.endswith(member)), None)
    if domain is None or redirect.domain is None or redirect.domain.lower() == domain.lower():
        return None
    return f"The sign-in was for {redirect.domain}, the profile's address is {address}."


def _ended(profile: Profile, version: ApiVersion, token: Token) -> str:
    try:
        with connect(profile, version, auth=SessionId(token.access.get_secret_value()), total_timeout=10.0) as wf:
            wf.with_options(max_retries=0).request("GET", "logout")
    except AuthenticationError:
        return "The token is removed; its session had ended already."
    except WorkfrontError as error:
        return f"The token is removed here. The service could not be informed: {message_of(error)}"
    return "The token is removed, its session is ended."
