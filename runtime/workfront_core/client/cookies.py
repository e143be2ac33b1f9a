"""Cookies of the clients that are made here: none."""

from __future__ import annotations

from http.cookiejar import CookieJar, DefaultCookiePolicy


def no_cookies() -> CookieJar:
    """Returns a jar that stays empty: a session cookie would be a second credential beside the header."""
    return CookieJar(policy=DefaultCookiePolicy(allowed_domains=()))
