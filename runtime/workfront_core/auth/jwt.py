"""OAuth 2 for servers: a signed statement in place of a user. Extra ``auth``. docs/protocol.md 4.7."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from pydantic import SecretStr

from workfront_core.arguments import checked_text
from workfront_core.auth.renewable import RenewableAuth
from workfront_core.auth.static import as_secret, check_given
from workfront_core.auth.tokens import Token, TokenRequest, TokenResponse, TokenSite
from workfront_core.errors.kinds import QueryError

EXCHANGE_PATH: Final = "/integrations/oauth2/api/v1/jwt/exchange"
_LIFETIME: Final = 180
_TOLERATED_SKEW: Final = 30.0


class JwtFlow(RenewableAuth):
    """Signs in as a user by a statement signed with an RSA key (RS256).

    A refusal whose ``Date`` shows that the clock here is wrong is followed by one more try in the server's time.

    Args:
        client_id: of the application.
        client_secret: of the application.
        issuer: the customer ID; some applications take the client ID.
        user_id: the user who made the key pair, and in whose name calls are made.
        private_key: the RSA key in PEM form.
        header: the header that carries the token.
        clock: seconds since 1970.

    Raises:
        QueryError: a part is missing, the key cannot sign, or the extra ``auth`` is not installed.

    Examples:
        >>> from cryptography.hazmat.primitives import serialization
        >>> from cryptography.hazmat.primitives.asymmetric import rsa
        >>> from workfront_client import JwtFlow
        >>> key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        ...     serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ... )
        >>> JwtFlow("client-id", "client-secret", issuer="customer-id", user_id="user-id", private_key=key.decode())
        JwtFlow('client-id', ***)
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str | SecretStr,
        *,
        issuer: str,
        user_id: str,
        private_key: str | SecretStr,
        header: str = "sessionID",
        clock: Callable[[], float] = time.time,
    ) -> None:
        client_secret, private_key = as_secret(client_secret), as_secret(private_key)
        for what, value in (("client id", client_id), ("issuer", issuer), ("user ID", user_id)):
            check_given(what, value)
        check_given("client secret", client_secret)
        check_given("private key", private_key)
        super().__init__(header=header, clock=clock)
        self._client_id = checked_text(client_id, "client_id")
        self._client_secret = client_secret
        self._claims = {"iss": checked_text(issuer, "issuer="), "sub": checked_text(user_id, "user_id=")}
        self._private_key = private_key
        self._skew = 0.0
        signed(self._private_key, self._claims, expires_at=0)

    def request(self, site: TokenSite, _previous: Token | None, /) -> TokenRequest:
        statement = signed(self._private_key, self._claims, expires_at=int(self._now() + self._skew) + _LIFETIME)
        fields = (
            ("client_id", self._client_id),
            ("client_secret", self._client_secret.get_secret_value()),
            ("jwt_token", statement.get_secret_value()),
        )
        return TokenRequest(f"{site.origin}{EXCHANGE_PATH}", fields, repeatable=True)

    def adjust_clock(self, response: TokenResponse, /) -> bool:
        if response.date is None or abs(response.date - self._now() - self._skew) <= _TOLERATED_SKEW:
            return False
        self._skew = response.date - self._now()
        return True

    def _may_recover(self) -> bool:
        """Returns true: the next statement is a new one, made for the service's clock."""
        return True

    def __repr__(self) -> str:
        return f"JwtFlow({self._client_id!r}, ***)"


def signed(private_key: SecretStr, claims: dict[str, str], *, expires_at: int) -> SecretStr:
    """Returns the claims as an RS256 JWT that holds until ``expires_at``, in seconds since 1970.

    Raises:
        QueryError: a part is missing, the key cannot sign, or the extra ``auth`` is not installed.
    """
    try:
        from joserfc import jwt
        from joserfc.jwk import RSAKey
    except ImportError:
        raise QueryError("Signing needs joserfc.", hint="pip install 'workfront-client[auth]'") from None
    try:
        key = RSAKey.import_key(private_key.get_secret_value())
        return SecretStr(jwt.encode({"alg": "RS256"}, {**claims, "exp": expires_at}, key))
    except Exception as error:  # the libraries below raise many kinds, and their texts may quote the key
        raise QueryError(
            f"The private key cannot sign ({type(error).__name__}); it must be an RSA key in PEM form."
        ) from None
