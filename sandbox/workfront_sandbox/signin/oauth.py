"""OAuth2: consent, codes, PKCE, refresh and JWT exchange. docs/protocol.md 4.5-4.8."""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from workfront_sandbox.signin.credential import Accounts
from workfront_sandbox.tenant.tenant import Tenant
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import ApiError
from workfront_sandbox.wire.json_value import Row, is_object, loads, text_of
from workfront_sandbox.wire.parameters import Parameters

_CODE_LIVES: Final = 120_000
_IMS_LIVES: Final = 86_399
_PKCE_LIVES: Final = 3600


@dataclass(eq=False)
class TokenError(Exception):
    """The token service refuses: its errors have a form of their own."""

    type: str
    message: str

    def body(self) -> Row:
        """Returns the whole body of the answer."""
        return {"statusCode": 400, "error": True, "type": self.type, "message": self.message}


@dataclass(frozen=True)
class TokenService:
    """The token service of a tenant."""

    tenant: Tenant

    def authorize(self, parameters: Parameters) -> str:
        """Returns where the browser goes after consent, which the user ``me`` gives at once. Raises ApiError."""
        target = parameters.first("redirect_uri") or ""
        if not _is_address(target) or parameters.first("response_type") != "code":
            raise ApiError(400, "redirect_uri, an http or https address, and response_type=code are needed")
        challenge = parameters.first("code_challenge")
        code = self.issue_code(redirect_uri=target, challenge=challenge)
        state = {"state": str(parameters.first("state"))} if parameters.first("state") else {}
        mark = "&" if "?" in target else "?"
        return target + mark + urlencode({"code": code, "domain": "sandbox", "lane": "my", **state})

    def issue_code(
        self,
        code: str | None = None,
        *,
        redirect_uri: str = "",
        challenge: str | None = None,
        user_id: str | None = None,
    ) -> str:
        """Returns a code that can be exchanged once, for two minutes."""
        code = code or uuid4().hex
        issued = {"at": self._now(), "redirect_uri": redirect_uri, "challenge": challenge}
        self.tenant.store.put_value(f"code:{code}", {**issued, "user": user_id or self.tenant.me, "used": False})
        return code

    def token(self, parameters: Parameters, headers: Mapping[str, str]) -> Row:
        """Answers with tokens for a code or a refresh token. Raises TokenError."""
        given = _given(parameters)
        if not (_basic_client(headers) or given.get("client_id")):
            raise TokenError("invalid_client", "client_id is missing")
        match given.get("grant_type"):
            case "authorization_code":
                return self._exchange(given)
            case "refresh_token":
                return self._refresh(given)
            case other:
                raise TokenError("unsupported_grant_type", f"grant_type {str(other)[:50]} is not supported")

    def exchange_jwt(self, parameters: Parameters) -> Row:
        """Returns a session for a JSON web token. Raises TokenError."""
        given = _given(parameters)
        if not all(given.get(name) for name in ("client_id", "client_secret", "jwt_token")):
            raise TokenError("invalid_request", "client_id, client_secret and jwt_token are needed")
        claims = _claims(given["jwt_token"])
        if claims is None and (self.tenant.strict or given["jwt_token"].count(".") != 2):
            raise TokenError("invalid_token", "jwt_token is not a JSON web token")
        subject = str((claims or {}).get("sub") or self.tenant.me)
        if self._expired(claims) or self.tenant.store.get("USER", subject) is None:
            raise TokenError("invalid_token", "jwt_token has expired or names no user")
        return {"token_type": "sessionID", "access_token": Accounts(self.tenant).issue(subject), "expires_in": 0}

    def ims_token(self, parameters: Parameters) -> Row:
        """Returns a bearer token for a technical account. Raises TokenError."""
        given = _given(parameters)
        if given.get("grant_type") != "client_credentials" or not given.get("client_id"):
            raise TokenError("invalid_request", "grant_type=client_credentials and client_id are needed")
        token = Accounts(self.tenant).issue(self.tenant.me)
        return {"access_token": token, "token_type": "bearer", "expires_in": _IMS_LIVES}

    def _exchange(self, given: Mapping[str, str]) -> Row:
        code = given.get("code") or ""
        issued: Row | None = self.tenant.store.get_value(f"code:{code}")
        if not code or (issued is None and self.tenant.strict):
            raise TokenError("invalid_grant", "The code is not known")
        issued = issued or {"at": self._now(), "user": self.tenant.me}
        if issued.get("used") or self._now() - issued["at"] > _CODE_LIVES:
            raise TokenError("invalid_grant", "The code has expired")
        if issued.get("redirect_uri") and issued["redirect_uri"] != given.get("redirect_uri"):
            raise TokenError("invalid_grant", "redirect_uri is not that of the code")
        if issued.get("challenge") and issued["challenge"] != _challenge(given.get("code_verifier") or ""):
            raise TokenError("invalid_grant", "code_verifier does not fit the code")
        self.tenant.store.put_value(f"code:{code}", {**issued, "used": True})
        return self._tokens(str(issued["user"]), pkce=bool(given.get("code_verifier")))

    def _refresh(self, given: Mapping[str, str]) -> Row:
        token = given.get("refresh_token") or ""
        user_id = self.tenant.store.get_value(f"refresh:{token}")
        if not token or user_id == "" or (user_id is None and self.tenant.strict):
            raise TokenError("invalid_grant", "The refresh token is not known")
        self.tenant.store.put_value(f"refresh:{token}", "" if user_id else None)
        return self._tokens(str(user_id or self.tenant.me), pkce=not given.get("client_secret"))

    def _tokens(self, user_id: str, *, pkce: bool) -> Row:
        refresh = uuid4().hex
        self.tenant.store.put_value(f"refresh:{refresh}", user_id)
        kind = (
            {"token_type": "Bearer", "expires_in": _PKCE_LIVES}
            if pkce
            else {"token_type": "sessionID", "expires_in": 0}
        )
        access = Accounts(self.tenant).issue(user_id)
        return {"access_token": access, "refresh_token": refresh, "wid": self.tenant.customer_id, **kind}

    def _expired(self, claims: Row | None) -> bool:
        until = (claims or {}).get("exp")
        return isinstance(until, int | float) and until * 1000 <= self._now()

    def _now(self) -> int:
        return datetimes.milliseconds(self.tenant.clock.now())


def _is_address(text: str) -> bool:
    """Returns whether a browser can be sent there: an http or https address without blanks and signs that end a
    line.
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and text.isprintable() and " " not in text


def _given(parameters: Parameters) -> dict[str, str]:
    written: Any = parameters.document
    body = {name: text_of(value) for name, value in written.items()} if is_object(written) else {}
    return body | dict(parameters.pairs)


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _basic_client(headers: Mapping[str, str]) -> str | None:
    kind, _, text = headers.get("authorization", "").partition(" ")
    try:
        return b64decode(text).decode().partition(":")[0] if kind.lower() == "basic" else None
    except (binascii.Error, ValueError):
        return None


def _claims(token: str) -> Row | None:
    """Returns the claims of a JSON web token; its signature is not checked."""
    parts = token.split(".")
    try:
        found = loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))) if len(parts) == 3 else None
    except (binascii.Error, ValueError):
        return None
    return found if is_object(found) else None
