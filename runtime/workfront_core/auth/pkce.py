"""The browser part of an OAuth sign-in: where to send the user, and what comes back. docs/protocol.md 4.5, 4.6."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from pydantic import SecretStr

from workfront_core.arguments import checked_text
from workfront_core.errors.frames import hiding_arguments
from workfront_core.errors.kinds import AuthenticationError, QueryError
from workfront_core.request.address import is_web_address
from workfront_core.request.encoding import query_text

_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def new_verifier() -> SecretStr:
    """Returns random text that proves later that the same program asks; 64 URL-safe characters."""
    return SecretStr(secrets.token_urlsafe(48))


def new_state() -> str:
    """Returns random text that ties the redirect to this sign-in."""
    return secrets.token_urlsafe(24)


def challenge(verifier: SecretStr) -> str:
    """Returns what the browser carries in place of the verifier: the unpadded base64url of its SHA-256.

    Raises:
        QueryError: the verifier is not 43 to 128 unreserved characters (RFC 7636, 4.1).
    """
    if not 43 <= len(verifier) <= 128 or not set(verifier.get_secret_value()) <= _UNRESERVED:
        raise QueryError("A code verifier is 43 to 128 letters, digits and -._~.", hint="Use new_verifier().")
    digest = hashlib.sha256(verifier.get_secret_value().encode("ascii")).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def checked_redirect_uri(redirect_uri: str) -> str:
    """Returns the address itself that the browser comes back to: one of the web, or of an app by a scheme of its own.

    Raises:
        QueryError: it is neither.
    """
    scheme = checked_text(redirect_uri, "redirect_uri=").partition(":")[0]
    is_apps = ":" in redirect_uri and scheme.lower() not in ("http", "https")
    if not is_apps and not is_web_address(redirect_uri):
        raise QueryError("redirect_uri= is not an address.", hint="Write it as the application lists it.")
    return redirect_uri


@hiding_arguments
def authorize_url(
    origin: str, client_id: str, redirect_uri: str, *, state: str, verifier: SecretStr | None = None
) -> str:
    """Returns the page that asks the user for consent.

    Args:
        origin: scheme and host of the customer, without a slash at the end.
        client_id: of the OAuth 2 application.
        redirect_uri: one of the application's; the browser comes back to it.
        state: of ``new_state``.
        verifier: of ``new_verifier``, for an application without a secret.
    """
    for name, text in (("origin", origin), ("client_id", client_id), ("state=", state)):
        checked_text(text, name)
    checked_redirect_uri(redirect_uri)
    if verifier is not None and not isinstance(verifier, SecretStr):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"verifier= takes a SecretStr, not {type(verifier).__name__}.", hint="Use new_verifier().")
    pairs = [("client_id", client_id), ("redirect_uri", redirect_uri), ("response_type", "code"), ("state", state)]
    if verifier is not None:
        pairs += [("code_challenge", challenge(verifier)), ("code_challenge_method", "S256")]
    return f"{origin}/integrations/oauth2/authorize?{query_text(pairs)}"


@dataclass(frozen=True, slots=True)
class Redirect:
    """What the browser brought back.

    Attributes:
        code: good once, for two minutes.
        domain: the customer the user chose.
        lane: its environment: ``my``, ``preview``.
    """

    code: SecretStr = field(repr=False)
    domain: str | None = None
    lane: str | None = None


@hiding_arguments
def read_redirect(url: str, *, state: str) -> Redirect:
    """Reads the URL, or the path with its query, that the browser came back with.

    Raises:
        AuthenticationError: the user or the server refused, or the redirect belongs to another sign-in.
    """
    checked_text(state, "state=")
    given = _query_of(checked_text(url, "read_redirect()"))
    if not _is_same(given.get("state", ""), state):
        raise AuthenticationError("The redirect belongs to another sign-in: its state differs.", hint="Start again.")
    if refusal := given.get("error"):
        raise AuthenticationError(f"The sign-in was refused: {given.get('error_description') or refusal}")
    if not given.get("code"):
        raise AuthenticationError("The redirect brought no code.", hint="Start again.")
    return Redirect(SecretStr(given["code"]), given.get("domain"), given.get("lane"))


def _query_of(url: str) -> dict[str, str]:
    """Returns what a redirect carries; nothing where the text is no URL."""
    try:
        query = urlsplit(url).query
    except ValueError:
        return {}
    return dict(parse_qsl(query, keep_blank_values=True))


def _is_same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))
