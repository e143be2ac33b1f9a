"""The session of a browser: its cookies, and the token that goes with them. docs/protocol.md 4.1."""

from __future__ import annotations

from collections.abc import Mapping

from workfront_core.arguments import checked_text
from workfront_core.auth.static import HEADER_NAME, check_header_value
from workfront_core.base_class import BaseClass
from workfront_core.errors.frames import HidesArguments
from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import SecretHeaders


class CookieSession(BaseClass, HidesArguments):
    """Signs in with the cookies of a browser session; with them alone the server only lets read.

    The session is used as it is: cookies that the server sends are not taken over, and nothing renews it.

    Args:
        cookies: by name: ``{"attask": "..."}``, and ``wf-auth`` where the browser has it.
        xsrf_token: sent as ``X-XSRF-TOKEN``; writes need it.

    Raises:
        QueryError: there is no cookie, or one of the texts is empty or cannot travel in a header.

    Examples:
        >>> from workfront_client import CookieSession
        >>> CookieSession({"attask": "5e55i0n"}, xsrf_token="t0ken")
        CookieSession(attask=***, xsrf_token=***)
    """

    __slots__ = ("_cookies", "_xsrf_token")

    def __init__(self, cookies: Mapping[str, str], *, xsrf_token: str | None = None) -> None:
        if not isinstance(cookies, Mapping) or not cookies:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError("A session needs its cookies by name.", hint='Write CookieSession({"attask": "..."}).')
        for name, value in cookies.items():
            _check_cookie(name, value)
        if xsrf_token is not None:
            check_header_value("XSRF token", xsrf_token)
        self._cookies = dict(cookies)
        self._xsrf_token = xsrf_token

    def headers(self) -> Mapping[str, str]:
        cookies = SecretHeaders(Cookie="; ".join(f"{name}={value}" for name, value in self._cookies.items()))
        return cookies if self._xsrf_token is None else SecretHeaders({**cookies, "X-XSRF-TOKEN": self._xsrf_token})

    def __repr__(self) -> str:
        return f"CookieSession({', '.join(self._cookies)}=***{'' if self._xsrf_token is None else ', xsrf_token=***'})"


def _check_cookie(name: str, value: str) -> None:
    """Refuses what no cookie can be, without showing its value."""
    checked_text(name, "The name of a cookie")
    check_header_value(f"cookie {name!r:.40}", value)
    splits = ";" in value or "," in value
    del value  # a traceback may show local variables
    if not HEADER_NAME.fullmatch(name) or splits:
        raise QueryError(f"The cookie {name!r:.40} has a name or a value that no cookie can have.")
