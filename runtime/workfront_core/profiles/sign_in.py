"""The ways to sign in by name, and which settings of a profile each of them takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import SecretStr

from workfront_core.auth import ApiKey, Auth, AuthorizationCode, ImsServer, ImsToken, JwtFlow, Login, Pkce, SessionId
from workfront_core.auth.given_store import GivenStore
from workfront_core.auth.oauth import refresh_token
from workfront_core.auth.private_folder import token_folder
from workfront_core.auth.token_store import FileStore, TokenStore, default_store
from workfront_core.auth.tokens import Token
from workfront_core.errors.kinds import QueryError
from workfront_core.profiles.settings import Settings


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way to sign in.

    Attributes:
        name: as ``auth`` in a profile.
        needs: settings it cannot do without.
        make: the credential of a complete profile.
        excludes: settings that show that another way is meant.
        kept: those of ``needs`` that the store may hold in the settings' place.
    """

    name: str
    needs: tuple[str, ...]
    make: Callable[[Settings, TokenStore | None], Auth]
    excludes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def fits(self, profile: Settings) -> bool:
        """Returns whether the profile has what it needs, and nothing that speaks against it."""
        return all(_given(profile, name) for name in self.needs) and not any(
            _given(profile, name) for name in self.excludes
        )

    def credential(self, profile: Settings, store: TokenStore | None) -> Auth:
        """Returns the credential.

        Raises:
            QueryError: a setting is missing.
        """
        missing = [name for name in self.needs if name not in self.kept and not _given(profile, name)]
        if missing:
            raise QueryError(f"Profile {profile.name!r} signs in by {self.name} and lacks {', '.join(missing)}.")
        return self.make(profile, store)


def store_of(settings: Settings) -> TokenStore:
    """Returns where the token of these settings is kept: the key ring, or a file."""
    if settings.token_file is not None:
        return FileStore(settings.token_file)
    return default_store(settings.name, token_folder())


def _given(profile: Settings, name: str) -> bool:
    if name == "private_key":
        return profile.private_key is not None or profile.private_key_file is not None
    return getattr(profile, name) is not None


def _plain(value: object) -> str:
    """Returns a setting that is known to be there."""
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _store(profile: Settings, given: TokenStore | None) -> TokenStore:
    return store_of(profile) if given is None else given


def _kept(profile: Settings, store: TokenStore | None) -> tuple[TokenStore, Token]:
    """Returns the store and the token to start from: the one kept, or the refresh token of the settings."""
    place = _store(profile, store)
    token = GivenStore(place).first()
    if token is None and profile.refresh_token is not None:
        token = refresh_token(_plain(profile.refresh_token))
    if token is None:
        raise QueryError(f"Nobody has signed in to profile {profile.name!r} yet.", hint="Sign in: workfront login.")
    return place, token


def _api_key(profile: Settings, store: TokenStore | None) -> Auth:
    if profile.api_key is not None:
        return ApiKey(_plain(profile.api_key))
    kept = GivenStore(_store(profile, store)).first()
    if kept is None:
        raise QueryError(
            f"Profile {profile.name!r} signs in by api-key, and no key is kept for it.",
            hint=f"Keep one: workfront login --api-key -p {profile.name}, or set WORKFRONT_API_KEY.",
        )
    return ApiKey(_plain(kept.access))


def _code(profile: Settings, store: TokenStore | None) -> Auth:
    place, token = _kept(profile, store)
    return AuthorizationCode(
        _plain(profile.client_id),
        _plain(profile.client_secret),
        redirect_uri=profile.redirect_uri,
        token=token,
        store=place,
    )


def _pkce(profile: Settings, store: TokenStore | None) -> Auth:
    place, token = _kept(profile, store)
    return Pkce(_plain(profile.client_id), redirect_uri=profile.redirect_uri, token=token, store=place)


def _jwt(profile: Settings, _store: TokenStore | None) -> Auth:
    return JwtFlow(
        _plain(profile.client_id),
        _plain(profile.client_secret),
        issuer=_plain(profile.issuer),
        user_id=_plain(profile.user_id),
        private_key=_private_key(profile),
    )


def _private_key(profile: Settings) -> str:
    if profile.private_key_file is None:
        return _plain(profile.private_key)
    try:
        return profile.private_key_file.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"The private key of profile {profile.name!r} cannot be read: {error}.") from None


_ALL: Final = (
    SignIn("api-key", ("api_key",), _api_key, kept=("api_key",)),
    SignIn("session-id", ("session_id",), lambda p, _: SessionId(_plain(p.session_id))),
    SignIn(
        "login",
        ("username", "password"),
        lambda p, _: Login(_plain(p.username), _plain(p.password), subdomain=p.subdomain),
    ),
    SignIn("jwt", ("client_id", "client_secret", "private_key", "issuer", "user_id"), _jwt),
    SignIn(
        "ims-server",
        ("client_id", "client_secret", "ims_org_id"),
        lambda p, _: ImsServer(_plain(p.client_id), _plain(p.client_secret), org_id=_plain(p.ims_org_id)),
        excludes=("ims_token", "private_key"),
    ),
    SignIn("ims-token", ("ims_token",), lambda p, _: ImsToken(_plain(p.ims_token), p.ims_org_id)),
    SignIn("code", ("client_id", "client_secret"), _code, excludes=("ims_org_id", "private_key")),
    SignIn("pkce", ("client_id",), _pkce, excludes=("client_secret", "ims_org_id", "private_key")),
)

SIGN_INS: Final[Mapping[str, SignIn]] = {way.name: way for way in _ALL}
"""By name; ``code`` and ``pkce`` start from a token that ``workfront login`` kept; ``api-key`` takes a key kept so."""
