"""``.workfront.toml`` beside the work: which profile or address, words for objects, fields that are shown. No secrets.

It stands between the variables and the default profile. A folder may come from somebody else, so an address in it never
gets a credential that is kept for another one.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

from workfront_core.errors import QueryError
from workfront_core.nearest import did_you_mean
from workfront_core.profiles.profile import Profile
from workfront_core.request.address import host_of, is_loopback

NAME: Final = ".workfront.toml"
_TABLES: Final = ("objects", "fields")
_TEXTS: Final = ("profile", "url")
_SECRET: Final = ("key", "secret", "password", "token", "session", "username")
_CREDENTIALS: Final = (
    "API_KEY",
    "SESSION_ID",
    "USERNAME",
    "REFRESH_TOKEN",
    "PRIVATE_KEY",
    "PRIVATE_KEY_FILE",
    "IMS_TOKEN",
)


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """What stands beside the work.

    Attributes:
        path: the file; ``None`` where there is none.
        profile: name of a profile.
        url: address.
        objects: what people here call objects, and what these are.
        fields: what is shown of an object where nothing else is asked for, by any of its names.
    """

    path: Path | None = None
    profile: str | None = None
    url: str | None = None
    objects: Mapping[str, str] = field(default_factory=dict[str, str])
    fields: Mapping[str, str] = field(default_factory=dict[str, str])

    def address_for(self, profile: Profile) -> str | None:
        """Returns the address for a profile whose settings go behind this file; ``None`` where the file names none.

        Raises:
            QueryError: a credential that is kept for another address would go there.
        """
        if self.url is None:
            return None
        kept_for = profile.url or profile.domain
        same = kept_for is not None and host_of(self.url) == host_of(profile.address)
        own = any(os.environ.get(f"WORKFRONT_{name}") for name in _CREDENTIALS)
        if not (same or own or is_loopback(host_of(self.url))):
            raise QueryError(
                f"{self.path} names {self.url}; the credential of profile {profile.name!r} is kept for another place.",
                hint="Name a profile in it, give --url, or set WORKFRONT_API_KEY for this address.",
            )
        return self.url


def project_file(folder: Path | None = None) -> ProjectFile:
    """Returns the file beside the work: in this folder, or the nearest above it.

    Raises:
        QueryError: it cannot be read, is no TOML, or holds what does not belong there, such as a secret.
    """
    start = Path.cwd() if folder is None else folder
    path = next((one / NAME for one in (start, *start.parents) if (one / NAME).is_file()), None)
    return ProjectFile() if path is None else _read(path)


def _read(path: Path) -> ProjectFile:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise QueryError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, RecursionError) as error:
        raise QueryError(f"{path} is not valid TOML: {error}.") from None
    for name in document:
        _check_name(name, path)
    texts = {name: _text(document[name], name, path) for name in _TEXTS if name in document}
    tables = {name: _table(document[name], name, path) for name in _TABLES if name in document}
    return ProjectFile(path, texts.get("profile"), texts.get("url"), **tables)


def _check_name(name: str, path: Path) -> None:
    """Raises a QueryError for a setting that does not belong there."""
    if name in (*_TEXTS, *_TABLES):
        return
    if any(word in name.lower() for word in _SECRET):
        raise QueryError(
            f"{path} holds {name}: credentials never stand beside the work.",
            hint="Take it out, make a new one if others saw it, and keep it with: workfront profiles add.",
        )
    known = ", ".join((*_TEXTS, *_TABLES))
    raise QueryError(
        f"{path} has {name!r}, which is not read there.",
        hint=did_you_mean(name, (*_TEXTS, *_TABLES), f"Known: {known}."),
    )


def _text(value: object, name: str, path: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise QueryError(f"{path}: {name} is not a text.")
    return value


def _table(value: object, name: str, path: Path) -> dict[str, str]:
    if not isinstance(value, dict):
        raise QueryError(f"{path}: {name} is not a table.", hint=f'Write [{name}] and below it task = "...".')
    table = cast("dict[str, Any]", value)
    return {word.lower(): _text(text, f"{name}.{word}", path) for word, text in table.items()}
