"""Who is signed in, where, and with which version of the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias, cast

from workfront_cli.connection.connection import connect, environment_name
from workfront_core.client._sync.client import SyncClient
from workfront_core.errors import PermissionDenied
from workfront_core.http_library import httpx
from workfront_core.profiles.profile import Profile
from workfront_core.request.api_version import ApiVersion

Row: TypeAlias = Mapping[str, Any]
_FIELDS: Final = "name,username,accessLevel:name"


@dataclass(frozen=True, slots=True)
class Identity:
    """The calling user and the system called."""

    profile: str
    signs_in_by: str
    user: str
    username: str
    user_id: str
    access_level: str
    address: str
    environment: str
    api_version: str
    support: str
    support_ends: str | None
    is_supported: bool | None


def identify(profile: Profile, version: ApiVersion, today: date) -> Identity:
    """Asks who the credential of a profile belongs to.

    Raises:
        PermissionDenied: it belongs to an account that may not see itself.
        WorkfrontError: nobody is signed in, or no answer came.
    """
    with connect(profile, version) as wf:
        user = current_user(wf)
    if user is None:
        raise PermissionDenied(
            "The credential is accepted, but its account cannot see itself.", hint="Give it access to Workfront."
        )
    support = version.support(today)
    return Identity(
        profile=profile.name,
        signs_in_by=profile.sign_in().name,
        user=_text(user, "name"),
        username=_text(user, "username"),
        user_id=_text(user, "ID"),
        access_level=access_level(user),
        address=profile.address,
        environment=environment_name(httpx.URL(profile.address).host),
        api_version=str(version),
        support=str(support),
        support_ends=f"{support.ends:%Y-%m}" if support.ends else None,
        is_supported=None if support.ends is None else not support.is_over,
    )


def current_user(wf: SyncClient) -> Row | None:
    """Returns the calling user by wire names; ``None`` where the account sees nobody, itself included. docs/protocol.md
    7.1.
    """
    answer = wf.request("GET", "USER", {"id": "$$USER", "fields": _FIELDS})
    if isinstance(answer, list):
        answer = answer[0] if answer else None
    return cast("Row", answer) if isinstance(answer, dict) and answer.get("ID") else None


def access_level(user: Row) -> str:
    """Returns the name of a user's access level; empty where none is told."""
    level = user.get("accessLevel")
    return _text(cast("Row", level), "name") if isinstance(level, dict) else ""


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)
