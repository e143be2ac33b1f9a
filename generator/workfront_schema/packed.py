"""The files of a snapshot, wherever they are: a folder with one an object type, or one file with one a line.

A checkout keeps the folder, for readers and for small diffs. A wheel keeps the file, of which it takes a third.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from pydantic import JsonValue

from workfront_schema.errors import SchemaError
from workfront_schema.strict_json import Document, mapping, parse

PACKED: Final = ".jsonl"
"""How the name of a packed snapshot ends: ``v22.0.jsonl``. A line holds the name of a file and its content:
``{"ack.json": {...}}``, or the version that has the same one: ``{"ack.json": "v22.0"}``, or one that has nearly the
same, and what differs: ``{"task.json": {"like": "v22.0", "changes": {...}}}``.
"""

_LIKE: Final = "like"
_CHANGES: Final = "changes"


class Documents(Protocol):
    """The JSON files of one snapshot."""

    def names(self) -> frozenset[str]:
        """Returns the names of the files."""
        ...

    def place(self, name: str) -> str:
        """Returns where the file ``name`` is, for messages."""
        ...

    def read(self, name: str) -> Document:
        """Returns what the file ``name`` holds. Raises SchemaError where it is not there or damaged."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A snapshot as a folder of files."""

    path: Path

    def names(self) -> frozenset[str]:
        """Returns the names of the files."""
        return frozenset(item.name for item in self.path.glob("*.json"))

    def place(self, name: str) -> str:
        """Returns the path of the file ``name``."""
        return str(self.path / name)

    def read(self, name: str) -> Document:
        """Returns what the file ``name`` holds. Raises SchemaError where it is not there or damaged."""
        file = self.path / name
        try:
            return parse(file.read_bytes(), str(file))
        except OSError as error:
            raise SchemaError(f"{file} cannot be read: {error.strerror}") from None


@dataclass(frozen=True, slots=True)
class Packed:
    """A snapshot as one file."""

    path: Path
    documents: Document

    def names(self) -> frozenset[str]:
        """Returns the names of the files in it."""
        return frozenset(self.documents)

    def place(self, name: str) -> str:
        """Returns the path of the packed file, and which of the files in it is meant."""
        return f"{self.path}: {name}"

    def read(self, name: str) -> Document:
        """Returns what the file ``name`` in it holds. Raises SchemaError where it is not there."""
        return mapping(self.documents.get(name), self.place(name))


def read_packed(path: Path, name: str) -> Document:
    """Returns what the file ``name`` in a packed snapshot holds; other files in it are not read.

    Raises SchemaError where it cannot be read, or the file is not in it.
    """
    begins = f'{{"{name}":'.encode()
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise SchemaError(f"{path} cannot be read: {error.strerror}") from None
    line = next((line for line in lines if line.startswith(begins)), b"{}")
    return mapping(parse(line, str(path)).get(name), f"{path}: {name}")


def packed(path: Path) -> Packed:
    """Returns the snapshot in one file. Raises SchemaError where it cannot be read, or a line of it is damaged."""
    return Packed(path, whole(_documents(path), lambda version: _documents(path.with_name(f"{version}{PACKED}"))))


def whole(found: Document, beside: Callable[[str], Document]) -> Document:
    """Returns documents by name, each in full: those that stand there by what they have in common with another version.

    Args:
        found: as they stand there.
        beside: gives those of another version.
    """
    like = {name: base for name, held in found.items() if (base := _base(held)) is not None}
    others = {version: beside(version) for version in {version for version, _ in like.values()}}
    full: Document = {}
    for name, (version, changes) in like.items():
        held = others[version].get(name)
        full[name] = _merged(held, changes) if changes else held
    return found | full


def _base(held: JsonValue) -> tuple[str, Document] | None:
    """Returns the version that a document is told by, and what differs; ``None`` where it stands there itself."""
    if isinstance(held, str):
        return held, {}
    if isinstance(held, dict) and held.keys() == {_LIKE, _CHANGES}:
        version, changes = held[_LIKE], held[_CHANGES]
        return (version, changes) if isinstance(version, str) and isinstance(changes, dict) else None
    return None


def _merged(held: JsonValue, changes: Document) -> Document:
    """Returns a document with its changes, as JSON merge patches (RFC 7396) write them: null takes a member away."""
    found: Document = dict(held) if isinstance(held, dict) else {}
    for name, change in changes.items():
        if change is None:
            found.pop(name, None)
        else:
            found[name] = _merged(found.get(name), change) if isinstance(change, dict) else change
    return found


def _documents(path: Path) -> Document:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise SchemaError(f"{path} cannot be read: {error.strerror}") from None
    found: Document = {}
    for number, line in enumerate(lines, 1):
        found |= parse(line, f"{path}: line {number}")
    return found
