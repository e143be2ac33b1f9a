"""The file of profiles: read, and written anew with a change."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from workfront_cli.profiles.listing import file_variables
from workfront_cli.profiles.settings_text import read_text, with_default, with_profile, without_profile, write_text
from workfront_core.errors import QueryError
from workfront_core.nearest import did_you_mean
from workfront_core.profiles.profile import profile_names
from workfront_core.profiles.settings import config_file


def default_name() -> str | None:
    """Returns the profile that counts where none is named; ``None`` where the file says none.

    Raises:
        QueryError: the file cannot be read.
    """
    names = profile_names(file_variables())
    found = tomllib.loads(read_text(config_file())).get("default")
    return str(found) if found is not None else "default" if "default" in names else None


def prepared_profile(name: str, settings: Mapping[str, str | bool]) -> Callable[[], None]:
    """Returns what writes one more profile, after all that can be wrong with it was looked at.

    Raises:
        QueryError: there is one of this name, or the file cannot be changed.
    """
    path = config_file()
    if name in profile_names(file_variables()):
        raise QueryError(
            f"There is a profile {name!r} in {path} already.", hint=f"Take it out: workfront profiles remove {name}."
        )
    text = with_profile(read_text(path), name, settings, path)
    return lambda: write_text(path, text)


def remove_profile(name: str) -> None:
    """Takes a profile out of the file.

    Raises:
        QueryError: there is none of this name, or the file cannot be changed.
    """
    _change(name, without_profile)


def choose_default(name: str) -> None:
    """Makes a profile the one that counts where none is named.

    Raises:
        QueryError: there is none of this name, or the file cannot be changed.
    """
    _change(name, with_default)


def _change(name: str, change: Callable[[str, str, Path], str]) -> None:
    path, names = config_file(), profile_names(file_variables())
    if name not in names:
        otherwise = f"Use one of {', '.join(names)}." if names else "Make it: workfront profiles add."
        hint = did_you_mean(name, names, otherwise)
        raise QueryError(f"There is no profile {name!r} in {path}.", hint=hint)
    write_text(path, change(read_text(path), name, path))
