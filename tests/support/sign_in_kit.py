"""Applications that sign in, keys that sign statements, and what a host saw of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.fault_host import ROWS
from workfront_core.auth import (
    AuthorizationCode,
)
from workfront_core.auth.oauth import refresh_token

Run = Callable[..., Any]
ALL = [row["name"] for row in ROWS]
CALLBACK = "https://app.example.com/cb"
SECRET = "application-secret-000"


def app(refresh: str = "refresh-token-at-start", **settings: Any) -> AuthorizationCode:
    """An application that has signed in before."""
    return AuthorizationCode("cid", SECRET, redirect_uri=CALLBACK, token=refresh_token(refresh), **settings)
