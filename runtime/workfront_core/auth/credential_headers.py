"""The headers of a credential, the caller's own among them: looked at before a request carries them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from workfront_core.auth.given_store import failing_as_ours, kind_of, result_of
from workfront_core.auth.static import Auth, check_header_name
from workfront_core.errors.kinds import AuthenticationError, QueryError
from workfront_core.errors.redaction import SecretHeaders

_HEADERS: Final = 'headers() of a credential returns {"X-Name": "text"}.'


def credential_headers(auth: Auth) -> Mapping[str, str]:
    """Returns the headers that prove who is calling.

    Raises:
        AuthenticationError: the credential fails.
        QueryError: it gives what no request can carry; nothing of it is shown.
    """
    whose = f"headers() of {type(auth).__name__}"
    headers = failing_as_ours(lambda: result_of(auth.headers, whose), whose, AuthenticationError)
    if isinstance(headers, SecretHeaders):  # our own, checked where the credential was made
        return headers
    if not isinstance(headers, Mapping):
        kind = kind_of(headers)
        del headers  # a traceback may show local variables
        raise QueryError(f"{whose} gave {kind}, not headers.", hint=_HEADERS)
    given = cast("Mapping[object, object]", headers)
    del headers
    faults = list(filter(None, (_fault_of(name, value) for name, value in given.items())))
    if faults:
        del given
        raise QueryError(f"{whose} gave {faults[0]}.", hint=_HEADERS)
    checked = SecretHeaders(cast("Mapping[str, str]", given))
    for name in checked:
        check_header_name(name, whose)
    return checked


def _fault_of(name: object, value: object) -> str | None:
    """Returns what is wrong with a header, without showing any of it."""
    if not isinstance(name, str):
        return f"{kind_of(name)} as the name of a header"
    if not isinstance(value, str):
        return f"{kind_of(value)} as the value of a header, which is a text"
    if value.isascii() and value.isprintable() and value == value.strip():
        return None
    return "a value that no header can carry; was a line break copied with it"
