"""Profiles as rows that a person can look at; none of them shows a secret."""

from __future__ import annotations

import os
from collections.abc import Mapping

from workfront_cli.connection.connection import environment_name
from workfront_cli.wording import message_of
from workfront_core.errors import WorkfrontError
from workfront_core.profiles.profile import Profile, load_profile, profile_names
from workfront_core.request.address import base_url

_KEPT_VARIABLES = ("WORKFRONT_CONFIG", "WORKFRONT_TOKEN_FILE")


def of_the_file(name: str) -> Profile:
    """Returns a profile as the file has it, whatever the variables say.

    Raises:
        QueryError: there is none of this name, or it is wrong.
    """
    return load_profile(name, environ=file_variables())


def file_variables() -> dict[str, str]:
    """Returns the variables that say where settings and tokens are kept."""
    return {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}


def rows(default: str | None) -> list[Mapping[str, object]]:
    """Returns name, address, environment, way to sign in, and what may be written, for each profile of the file.

    Raises:
        QueryError: the file cannot be read.
    """
    return [_row(name, is_default=name == default) for name in profile_names(file_variables())]


def _row(name: str, *, is_default: bool) -> Mapping[str, object]:
    try:
        profile = of_the_file(name)
        address = profile.address
    except WorkfrontError as error:
        return {"name": name, "default": is_default, "problem": message_of(error)}
    host = base_url(address).partition("//")[2].partition(":")[0]
    writes = "sandbox" if profile.allow_writes == "sandbox" else "yes" if profile.allow_writes else "no"
    return {
        "name": name,
        "default": is_default,
        "address": address,
        "environment": environment_name(host),
        "signs in by": _way(profile),
        "writes": writes,
    }


def _way(profile: Profile) -> str:
    try:
        return profile.sign_in().name
    except WorkfrontError:
        return "nothing yet"
