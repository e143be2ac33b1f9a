"""The files beside the snapshots of a schema folder, and those that look like one of them and would not be read."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Final

from workfront_schema.errors import SchemaError

COMPANIONS: Final = ("overrides.toml", "facts.toml", "package.toml", "names.lock")
"""What people write for a whole schema folder, and what is kept for it."""

_ENDINGS: Final = frozenset(Path(name).suffix for name in COMPANIONS)
_LIKENESS: Final = 0.8


def check_companions(schema: Path) -> None:
    """Raises SchemaError where a schema folder holds a file whose name is nearly that of a companion: none reads it."""
    for file in _written_by_people(schema):
        near = get_close_matches(file.name.lower(), COMPANIONS, n=1, cutoff=_LIKENESS)
        if near and file.name not in COMPANIONS and not _is_read(file, schema / near[0]):
            raise SchemaError(f"{file} is not read", f"call it {near[0]}, or take it out")


def check_no_companions(folder: Path) -> None:
    """Raises SchemaError where the folder of one snapshot holds a file that is read in the folder above alone."""
    for file in _written_by_people(folder):
        remedy = f"move it to {folder.parent}; a [[fix]] may name its versions, such as {folder.name}"
        raise SchemaError(f"{file} is not read", remedy if file.name in COMPANIONS else "take it out")


def _written_by_people(folder: Path) -> list[Path]:
    return sorted(item for item in folder.glob("*") if item.suffix.lower() in _ENDINGS and item.is_file())


def _is_read(file: Path, known: Path) -> bool:
    """Returns whether a system that takes capitals and small letters for the same reads it all the same."""
    return known.exists() and known.samefile(file)
