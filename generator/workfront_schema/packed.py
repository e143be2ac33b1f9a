"""The files of a snapshot, wherever they are: a folder with one an object type, or one file with one a line.

A checkout keeps the folder, for readers and for small diffs. A wheel keeps the file, of which it takes a third.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from workfront_schema.errors import SchemaError
from workfront_schema.strict_json import Document, mapping, parse

PACKED: Final = ".jsonl"
"""How the name of a packed snapshot ends: ``v22.0.jsonl``. A line holds the name of a file and its content:
``{"ack.json": {...}}``, or the version that has the same one: ``{"ack.json": "v22.0"}``.
"""


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
    found = _documents(path)
    others = {name: where for name, where in found.items() if isinstance(where, str)}
    beside = {where: _documents(path.with_name(f"{where}{PACKED}")) for where in {*others.values()}}
    return Packed(path, found | {name: beside[where].get(name) for name, where in others.items()})


def _documents(path: Path) -> Document:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise SchemaError(f"{path} cannot be read: {error.strerror}") from None
    found: Document = {}
    for number, line in enumerate(lines, 1):
        found |= parse(line, f"{path}: line {number}")
    return found
