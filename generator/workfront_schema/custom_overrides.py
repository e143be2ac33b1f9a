"""Names that people chose for custom fields: the ``[[custom]]`` entries of ``overrides.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from keyword import iskeyword
from pathlib import Path
from typing import Final, cast

from pydantic import BaseModel, ValidationError

from workfront_schema.errors import SchemaError, first_fault
from workfront_schema.toml_file import read_toml

WORD: Final = "custom"


class _Entry(BaseModel, extra="forbid"):
    wire: str
    name: str
    reason: str = ""


def chosen_names(file: Path) -> Mapping[str, str]:
    """Returns the Python names that a file chooses, by field name without ``DE:``.

    Raises SchemaError naming the entry that is not right: no Python name, a field or a name given twice.
    """
    entries: object = read_toml(file).get(WORD, [])
    if not isinstance(entries, list):
        raise SchemaError(f"{file}: {WORD} is not a list", f"write [[{WORD}]] entries")
    found: dict[str, str] = {}
    for number, entry in enumerate(cast("list[object]", entries), 1):
        wire, name = _chosen(entry, f"{file}: {WORD} {number}")
        if wire in found or name in found.values():
            raise SchemaError(f"{file}: {WORD} {number}: {wire!r} or {name!r} is given twice")
        found[wire] = name
    return found


def _chosen(entry: object, where: str) -> tuple[str, str]:
    try:
        known = _Entry.model_validate(entry)
    except ValidationError as error:
        raise SchemaError(f"{where}: {first_fault(error)}", 'write wire = "Area", name = "region"') from None
    if not known.name.isidentifier() or iskeyword(known.name) or known.name.startswith("_"):
        raise SchemaError(f"{where}: {known.name!r} is not a Python name")
    return known.wire.removeprefix("DE:"), known.name
