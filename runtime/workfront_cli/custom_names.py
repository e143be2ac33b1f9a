"""Names of custom fields that a shell offers: kept in a file of this machine by ``workfront completion refresh``.

Read before anything is imported, so it knows its folder without a library: ``XDG_CACHE_HOME``, on Windows
``LOCALAPPDATA``, else ``~/.cache``.
"""

from __future__ import annotations

import os

_ANY = "-"
"""Stands for the profile where the line and the variables name none."""


def profile_said(words: list[str]) -> str:
    """Returns the profile that a line or the variable names."""
    return profile_named(words) or _ANY


def profile_named(words: list[str]) -> str | None:
    """Returns the profile that a line or the variable names; ``None`` where they name none."""
    found = os.environ.get("WORKFRONT_PROFILE") or None
    for place, word in enumerate(words):
        if word in ("-p", "--profile") and place + 1 < len(words):
            found = words[place + 1]
        elif word.startswith("--profile="):
            found = word.partition("=")[2]
        elif word.startswith("-p") and len(word) > len("-p"):
            found = word[len("-p") :]
    return found


def cache_file(profile: str) -> str:
    """Returns the file for a profile: a line an object, its code and the names with tabs between."""
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib takes longer to import than all of this
    folder = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or f"{home}/.cache"
    plain = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in profile)
    return f"{folder}/workfront/custom-fields-{plain}.txt"


def custom_names(profile: str, code: str) -> list[str]:
    """Returns the names of the custom fields of an object, sorted; none where they were never asked for."""
    try:
        with open(cache_file(profile), encoding="utf-8") as file:  # noqa: PTH123 - see above
            found: list[list[str]] = [line.rstrip("\n").split("\t") for line in file]
    except (OSError, ValueError):
        return []
    return next((names[1:] for names in found if names[0] == code), list[str]())


def custom_word(name: str) -> str:
    """Returns the name of a custom field as a line has it."""
    return f"DE:{name}" if name.isidentifier() else f'DE:"{name}"'


def begins(value: str, begun: str) -> bool:
    """Returns whether a value begins so, whatever the case and however it is quoted."""
    return value.replace('"', "").lower().startswith(begun.replace('"', "").lower())
