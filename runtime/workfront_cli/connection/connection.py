"""What a command was told on the line, and the client that comes of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from workfront_cli.connection.project_file import project_file
from workfront_cli.connection.talk import hooks, seconds_or
from workfront_cli.connection.tenant_package import DEFAULT_PACKAGE
from workfront_core.auth import Auth
from workfront_core.client._sync.client import SyncClient
from workfront_core.errors import QueryError
from workfront_core.profiles.profile import Profile, load_profile
from workfront_core.request.address import Environment, is_loopback
from workfront_core.request.api_version import ApiVersion
from workfront_core.transport.hooks import Hook
from workfront_core.transport.retry import Retry


@dataclass(frozen=True, slots=True)
class ConnectionOptions:
    """The options that choose where to connect.

    Attributes:
        profile: a name in the file of profiles; ``None`` for the default.
        url: goes before the profile's address.
        api_version: as written.
    """

    profile: str | None
    url: str | None
    api_version: str

    def version(self) -> ApiVersion:
        """Returns the version. Raises QueryError where it is written wrongly."""
        return ApiVersion.parse(self.api_version)

    def package(self, named: str | None) -> str:
        """Returns the package to use: the one that is named, that of the profile, or the one that is shipped.

        Settings that are wrong are told by what connects; until then there is no profile.
        """
        try:
            return named or self.load().package or DEFAULT_PACKAGE
        except QueryError:
            return DEFAULT_PACKAGE

    def load(self) -> Profile:
        """Returns the profile with the address chosen. Raises QueryError where the settings are wrong."""
        beside = project_file()
        named = self.profile or os.environ.get("WORKFRONT_PROFILE")
        found = load_profile(named or beside.profile)
        said = named or any(os.environ.get(f"WORKFRONT_{name}") for name in ("URL", "DOMAIN"))
        url = self.url or (None if said else beside.address_for(found))
        return found if url is None else found.model_copy(update={"url": url, "domain": None, "environment": None})


def connect(
    profile: Profile, version: ApiVersion, *, auth: Auth | None = None, total_timeout: float = 30.0
) -> SyncClient:
    """Returns a client that reads only and does not try for long.

    Args:
        profile: address, and the credential unless ``auth`` is given.
        version: of the API; no generated package is needed.
        auth: in place of the profile's.
        total_timeout: seconds a call takes at most.

    Raises:
        QueryError: address or credential is missing.
    """
    seconds = seconds_or(total_timeout)
    return reading_client(profile.address, version, auth or profile.credential(), total_timeout=seconds, hooks=hooks())


def reading_client(
    address: str,
    version: ApiVersion,
    auth: Auth,
    *,
    total_timeout: float,
    max_retries: int = 1,
    hooks: Sequence[Hook] = (),
) -> SyncClient:
    """Returns a client for any version and address that reads only.

    Raises:
        QueryError: the address is none.
    """
    kind = type("CommandClient", (SyncClient,), {"api_version": str(version)})
    client: SyncClient = kind(
        address,
        auth=auth,
        allow_writes=False,
        timeout=min(total_timeout, 15.0),
        retry=Retry(max_retries=max_retries, total_timeout=total_timeout),
        hooks=hooks,
    )
    return client


def environment_name(host: str) -> str:
    """Returns what a host is: ``production``, ``preview``, ``adobe-production``, ``this machine``, or unknown."""
    if is_loopback(host):
        return "this machine"
    found = next((member for member in Environment if host.lower().endswith(f".{member.value}")), None)
    return found.name.lower().replace("_", "-") if found else "unknown"
