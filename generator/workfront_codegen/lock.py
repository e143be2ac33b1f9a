"""``names.lock``: every Python name once given, so that a name never changes by itself.

Names are only ever added. A name in the lock wins over the one today's rules would make.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from workfront_codegen.errors import CodegenError

SECTIONS = (
    "arguments",
    "attributes",
    "constants",
    "custom",
    "enums",
    "forms",
    "members",
    "objects",
    "operations",
    "options",
)
_ALWAYS = frozenset(SECTIONS) - {"custom", "forms", "options"}
"""Sections that stand in every file; names of custom fields, forms and options are a tenant's."""
_LOCK = TypeAdapter(dict[str, dict[str, str]])


class NamesLock:
    """The names by section and wire name; ``added`` counts those that were not in the file."""

    def __init__(self, names: dict[str, dict[str, str]]) -> None:
        self._names = {section: dict(names.get(section, {})) for section in SECTIONS}
        self.added = 0

    def name(self, section: str, key: str, derive: Callable[[], str]) -> str:
        """Returns the locked name of ``key``, or the derived one, which is locked from now on."""
        known = self._names[section]
        if key not in known:
            known[key] = derive()
            self.added += 1
        return known[key]

    def section(self, name: str) -> Mapping[str, str]:
        """Returns the names of a section by key."""
        return dict(self._names[name])

    def put(self, section: str, key: str, name: str) -> None:
        """Keeps a name, in place of another where people chose this one."""
        known = self._names[section]
        if known.get(key) != name:
            known[key] = name
            self.added += 1

    def fix(self, section: str, key: str, name: str) -> str:
        """Returns the name an override asks for. Raises CodegenError where the lock already holds another one."""
        locked = self.name(section, key, lambda: name)
        if locked != name:
            raise CodegenError(
                f"names.lock: {section} {key} is locked as {locked!r}, an override asks for {name!r}",
                "names are append-only: drop the override, or give the old name up on purpose by editing names.lock",
            )
        return name

    def text(self) -> str:
        """Returns the file's text: JSON, sorted, a name a line."""
        shown = {section: names for section, names in self._names.items() if names or section in _ALWAYS}
        return json.dumps(shown, indent=1, sort_keys=True, ensure_ascii=True) + "\n"


def load_lock(file: Path) -> NamesLock:
    """Returns the lock in ``file``, an empty one where there is no file. Raises CodegenError on a damaged file."""
    if not file.exists():
        return NamesLock({})
    try:
        names = _LOCK.validate_json(file.read_bytes())
    except ValidationError as error:
        raise CodegenError(
            f"{file} is damaged: {error.errors()[0]['msg']}", "restore it from version control"
        ) from error
    return NamesLock(names)
