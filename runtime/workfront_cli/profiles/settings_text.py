"""The text of the settings file with a profile more or less; what people wrote around it stays as it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from workfront_cli.output import reason
from workfront_core.auth.private_folder import make_private_folder
from workfront_core.errors import QueryError
from workfront_core.request.part_file import part_file

_HEADER: Final = re.compile(r"^\s*\[")
_DEFAULT: Final = re.compile(r"^\s*default\s*=")


def read_text(path: Path) -> str:
    """Returns the text of the settings file; nothing where there is none.

    Raises:
        QueryError: it cannot be read.
    """
    try:
        return path.read_text("utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"The profiles cannot be read: {reason(error)}.") from None


def write_text(path: Path, text: str) -> None:
    """Writes the settings file whole or not at all, so that only its owner can read it.

    Raises:
        QueryError: it cannot be written; the one before stays.
    """
    try:
        make_private_folder(path.parent)
        with part_file(path.parent, prefix=".config-", private=True) as part:
            part.file.write(text.encode("utf-8"))
            part.replace(path)
    except OSError as error:
        raise QueryError(f"The profiles cannot be written: {error}.") from None


def with_profile(text: str, name: str, settings: Mapping[str, str | bool], path: Path) -> str:
    """Returns the text with one more profile at its end."""
    lines = [f"[profiles.{json.dumps(name)}]", *(f"{key} = {json.dumps(value)}" for key, value in settings.items())]
    before = text.rstrip("\n")
    found = "\n".join([*([before, ""] if before else []), *lines, ""])
    wanted = _document(text)
    wanted.setdefault("profiles", {})[name] = dict(settings)
    return _as_wanted(found, wanted, path)


def without_profile(text: str, name: str, path: Path) -> str:
    """Returns the text without a profile; and without the default, where that was it."""
    header = re.compile(rf"""^\s*\[\s*profiles\s*\.\s*["']?{re.escape(name)}["']?\s*\]""")
    kept: list[str] = []
    inside = False
    for line in text.splitlines(keepends=True):
        if _HEADER.match(line):
            inside = header.match(line) is not None
        if not inside:
            kept.append(line)
    wanted = _document(text)
    wanted["profiles"].pop(name)
    if wanted.get("default") == name:
        del wanted["default"]
        kept = [line for line in kept if not _DEFAULT.match(line)]
    return _as_wanted("".join(kept), wanted, path)


def with_default(text: str, name: str, path: Path) -> str:
    """Returns the text with another default."""
    line = f"default = {json.dumps(name)}\n"
    lines = text.splitlines(keepends=True)
    place = next((number for number, one in enumerate(lines) if _DEFAULT.match(one)), None)
    if place is None:
        lines = [line, *(["\n"] if lines else []), *lines]
    else:
        lines[place] = line
    return _as_wanted("".join(lines), _document(text) | {"default": name}, path)


def _document(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def _as_wanted(text: str, wanted: Mapping[str, Any], path: Path) -> str:
    """Returns the text, after a look at what it means now.

    Raises:
        QueryError: the file is written in a way that cannot be changed line by line.
    """
    wanted = {key: value for key, value in wanted.items() if value != {}}
    try:
        if {key: value for key, value in tomllib.loads(text).items() if value != {}} == wanted:
            return text
    except (ValueError, RecursionError):
        pass
    raise QueryError(
        f"{path} is written in a way that this command cannot change.", hint="Change it with an editor; it is TOML."
    )
