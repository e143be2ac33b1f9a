"""The settings of a profile, and the folders they are kept in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from workfront_core.auth.private_folder import home_expanded, platform_folder
from workfront_core.request.address import host_of
from workfront_core.request.write_guard import WritePolicy

PREFIX: Final = "WORKFRONT_"
DEFAULT_NAME: Final = "default"

FilePath: TypeAlias = Annotated[Path, AfterValidator(home_expanded)]
"""A file; no shell has put the home folder in the place of ``~`` where the path stands in a file."""


class Settings(BaseModel):
    """What is known of one customer and one way to sign in. Its representation shows no secret.

    Attributes:
        name: tells it and its token apart from others.
        url: scheme and host; or ``domain`` and ``environment``.
        auth: which way to sign in, where the settings fit several: a name of ``SIGN_INS``.
        allow_writes: as for the client.
        confirm: when the command line asks before it writes: ``"always"``, ``"production"``, ``"never"``; where it is
            left out, before it changes several objects or deletes.
        package: the package of the tenant, ``acme_workfront``, whose custom fields have types on the command line.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: str = Field(default=DEFAULT_NAME, exclude=True)
    url: str | None = None
    domain: str | None = None
    environment: str | None = None
    auth: str | None = None
    allow_writes: WritePolicy = True
    confirm: Literal["always", "production", "never"] | None = None
    package: str | None = None
    api_key: SecretStr | None = None
    session_id: SecretStr | None = None
    username: str | None = None
    password: SecretStr | None = None
    subdomain: str | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    redirect_uri: str | None = None
    refresh_token: SecretStr | None = None
    private_key: SecretStr | None = None
    private_key_file: FilePath | None = None
    issuer: str | None = None
    user_id: str | None = None
    ims_token: SecretStr | None = None
    ims_org_id: str | None = None
    token_file: FilePath | None = None

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Yields what the representation shows: of an address the host alone, behind which a key may stand."""
        for name, value in super().__repr_args__():
            yield name, host_of(value) if name in {"url", "domain"} and isinstance(value, str) else value


def config_file(environ: Mapping[str, str] | None = None) -> Path:
    """Returns the file of profiles: ``WORKFRONT_CONFIG``, or ``config.toml`` in the platform's folder for settings."""
    named = (os.environ if environ is None else environ).get("WORKFRONT_CONFIG")
    return home_expanded(Path(named)) if named else platform_folder("user_config_path") / "config.toml"
