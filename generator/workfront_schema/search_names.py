"""Names that only the ``search`` part of metadata lists: conditions may use them, rows never hold them.

Many entries say no more than a label. What such a name stands for is then concluded, in this order: the path it is
joined of (``projectOwnerID`` is ``project:ownerID``), the relation it is the short name of (``opTasks`` beside
``opTasksOM``), what other object types say of the name, and what names of that ending hold (docs/generator.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from workfront_schema.snapshot import Field, ObjectType, Snapshot

_ONE_ROW: Final = "OO"
_RELATION_ENDS: Final = ("MM", "OM", _ONE_ROW)
"""Many-to-many, one-to-many, one-to-one."""
_BY_NAME: Final = (
    (re.compile(r"^(?:is|has|can|show|allow|enable|use)[A-Z]"), "boolean"),
    (re.compile(r"[a-z0-9]IDs$"), "string[]"),
    (re.compile(r"[a-z0-9]ID$"), "string"),
    (re.compile(r"(?:Name|Label|Text|Description|Expression|Key)$"), "string"),
)


@dataclass(frozen=True, slots=True)
class SearchName:
    """One name for filters.

    Attributes:
        target: the object type it leads to, by its name.
        many: whether it leads to several rows.
        stands_for: the path it is short for, where that is known.
    """

    name: str
    label: str
    type: str | None = None
    target: str | None = None
    many: bool = False
    stands_for: str = ""


class SearchNames:
    """The names of all object types of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._objects = {item.obj_code: item for item in snapshot.objects}
        self._types = _agreed_types(snapshot)

    def of(self, item: ObjectType) -> tuple[SearchName, ...]:
        """Returns the names for filters of one object type, sorted by name."""
        members = item.member_names
        only = {name: entry for name, entry in item.search.items() if name not in members}
        return tuple(self._name(item, name, _mapping(entry)) for name, entry in sorted(only.items()))

    def _name(self, item: ObjectType, name: str, entry: Mapping[str, JsonValue]) -> SearchName:
        label = _text(entry, "label") or name
        target = _text(entry, "typeObjCode") or self._target_of_the_long_name(item, name)
        if target:
            held = self._objects.get(target)
            selector = _text(entry, "collectionSelector") or ""
            return SearchName(name, label, None, held.name if held else None, not name.endswith(_ONE_ROW), selector)
        joined = self._joined(item, name)
        known = _text(entry, "fieldType") or (joined and joined[1].type) or self._types.get(name) or type_by_name(name)
        return SearchName(name, label, known, stands_for=joined[0] if joined else "")

    def _target_of_the_long_name(self, item: ObjectType, name: str) -> str | None:
        """Returns what ``opTasksOM`` leads to, for ``opTasks``."""
        longer = (_mapping(item.search.get(f"{name}{end}")) for end in _RELATION_ENDS)
        return next(filter(None, (_text(entry, "typeObjCode") for entry in longer)), None)

    def _joined(self, item: ObjectType, name: str) -> tuple[str, Field] | None:
        """Returns the path and field that a name is joined of: ``project:ownerID`` for ``projectOwnerID``."""
        for reference in item.references:
            rest = name.removeprefix(reference.name)
            target = self._objects.get(reference.target_code or "")
            if target is None or rest == name or not rest[:1].isupper():
                continue
            wire = f"{rest[0].lower()}{rest[1:]}"
            if found := next((field for field in target.fields if field.name == wire), None):
                return f"{reference.name}:{wire}", found
        return None


def _agreed_types(snapshot: Snapshot) -> dict[str, str]:
    """Returns the type of each name on which all object types agree that name one, be it of a field or in a search
    part.
    """
    found: dict[str, set[str]] = {}
    for item in snapshot.objects:
        for name, word in _typed(item):
            found.setdefault(name, set()).add(word)
    return {name: min(words) for name, words in found.items() if len(words) == 1}


def _typed(item: ObjectType) -> Iterator[tuple[str, str]]:
    yield from ((field.name, field.type) for field in item.fields if field.type)
    for name, entry in item.search.items():
        word = _text(_mapping(entry), "fieldType")
        if word and not _text(_mapping(entry), "typeObjCode"):
            yield name, word


def type_by_name(name: str) -> str | None:
    """Returns the type that a name of this ending has wherever servers name one; None for other names."""
    return next((word for pattern, word in _BY_NAME if pattern.search(name)), None)


def _mapping(entry: JsonValue) -> Mapping[str, JsonValue]:
    return entry if isinstance(entry, dict) else {}


def _text(entry: Mapping[str, JsonValue], word: str) -> str | None:
    value = entry.get(word)
    return value if isinstance(value, str) and value else None
