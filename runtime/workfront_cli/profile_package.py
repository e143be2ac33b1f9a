"""Which package of the tenant a line that is completed means, before anything is imported for it."""

from __future__ import annotations

import os

from workfront_cli.custom_names import profile_named

TYPE_CHECKING = False  # the one of typing takes longer to import than all of this
if TYPE_CHECKING:
    from collections.abc import Iterator

_OPTION = "--package"
_SHIPPED = "workfront_client"
_FOLDER = "workfront"


def package_said(words: list[str], version: str) -> str:
    """Returns the package that the line, the variable or the profile names; empty where it is the one that is shipped.

    The settings are read as TOML only where a package stands in them.
    """
    found = option_value(words, _OPTION) or os.environ.get("WORKFRONT_PACKAGE") or ""
    if not found and any(b"package" in text for text in _settings()):
        from workfront_cli.connection.connection import ConnectionOptions

        found = ConnectionOptions(profile_named(words), None, version).package(None)
    return "" if found == _SHIPPED else found


def settings_files() -> list[str]:
    """Returns the files that profiles may stand in: the one that the variable names, or those of each system."""
    named = os.environ.get("WORKFRONT_CONFIG")
    if named:
        return [named]
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib takes longer to import than all of this
    folders = [os.environ.get("XDG_CONFIG_HOME"), f"{home}/.config", f"{home}/Library/Application Support"]
    folders.append(os.environ.get("LOCALAPPDATA"))
    return [f"{home}/.{_FOLDER}/config.toml", *(f"{one}/{_FOLDER}/config.toml" for one in folders if one)]


def _settings() -> Iterator[bytes]:
    for path in settings_files():
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - see above
                yield file.read()
        except OSError:
            continue


def option_value(words: list[str], option: str) -> str | None:
    """Returns the value of a long option on a line, behind it or behind its ``=``; ``None`` where it is not there."""
    for place, word in enumerate(words):
        name, sign, value = word.partition("=")
        if name == option and (sign or place + 1 < len(words)):
            return value if sign else words[place + 1]
    return None
