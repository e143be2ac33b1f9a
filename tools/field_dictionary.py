"""Writes what an API version offers as one JSON file, which the field dictionary of the site searches.

``python -m tools.field_dictionary FOLDER`` writes ``v22.0.json`` and the like, one for each version of the package.

What follows from a wire name by rule is left out, as phones load the file whole: a Python name in snake case, a label
that is the name in words. ``docs/reference/fields/fields.js`` knows the same rules; a test compares them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from workfront_codegen import ir
from workfront_codegen.builder import build_package
from workfront_codegen.generate import LOCK, default_versions
from workfront_codegen.lock import load_lock
from workfront_codegen.name_problems import NameProblems
from workfront_codegen.naming import Naming
from workfront_schema import evidence, facts, overrides, store
from workfront_schema.atomic_write import write_files
from workfront_schema.custom_overrides import chosen_names

SCHEMA: Final = Path(__file__).resolve().parent.parent / "schema"
NEW, GONE = 1, -1
_HUMP: Final = re.compile(r"([a-z0-9])([A-Z])")
_TAIL: Final = re.compile(r"([A-Z]+)([A-Z][a-z])")
_SHORT: Final = {"java.math.BigDecimal": "decimal"}
"""Types by the names that people know."""

Names = Mapping[str, frozenset[str]]
"""The members of a version, by objCode."""


def package_of(version: str, schema: Path = SCHEMA) -> ir.Package:
    """Returns what a version offers, every name decided."""
    snapshot = store.load_snapshot(schema, version)
    patched = overrides.apply(snapshot, overrides.layered(schema))
    naming = Naming(load_lock(schema / LOCK), patched.renames, NameProblems(), chosen_names(schema / overrides.FILE))
    known = evidence.inferred(snapshot, schema)
    return build_package(patched.snapshot, naming, "workfront_client", known, facts.layered(schema), with_forms=False)


def dictionary(package: ir.Package, before: ir.Package | None = None) -> dict[str, Any]:
    """Returns the document of a version; members say where they are new since ``before``, or gone."""
    earlier = _names(before) if before else None
    was = {item.obj_code: item for item in before.objects} if before else {}
    return {
        "version": package.version,
        "before": before.version if before else None,
        "codes": {enum.class_name: [[one.value, one.label] for one in enum.members] for enum in package.enums},
        "objects": {item.obj_code: _object(item, earlier, was.get(item.obj_code)) for item in package.objects},
    }


def _object(item: ir.Object, earlier: Names | None, was: ir.Object | None) -> dict[str, Any]:
    service = item.service
    now = {member.wire for member in item.members}
    known = now if earlier is None else earlier.get(item.obj_code, frozenset())
    gone = [_member(member, GONE) for member in (was.members if was else ()) if member.wire not in now]
    return {
        "name": item.class_name,
        "label": item.label,
        "service": service.attribute if service else None,
        "members": [_member(one, 0 if one.wire in known else NEW) for one in item.members] + gone,
        "actions": [_call(call) for call in service.actions] if service else [],
        "queries": [_call(call) for call in service.queries] if service else [],
    }


def _member(member: ir.Member, since: int) -> list[Any]:
    """Returns wire name, type or target, label, name of its codes, flags, Python name, and whether it is new or gone.

    A label or a Python name is empty where the rule gives it; empty values at the end are left out.
    """
    kind = f"{member.target.class_name}{'[]' if member.kind == 'collection' else ''}" if member.target else member.type
    label = "" if member.label == in_words(member.wire) else member.label
    codes = member.enum.class_name if member.enum else ""
    python = "" if member.name == in_snake_case(member.wire) else member.name
    row = [member.wire, _SHORT.get(kind, kind), label, codes, " ".join(member.flags), python, since]
    while not row[-1]:
        row.pop()
    return row


def in_snake_case(wire: str) -> str:
    """Returns a wire name as most members are called in Python."""
    return _TAIL.sub(r"\1_\2", _HUMP.sub(r"\1_\2", wire)).lower()


def in_words(wire: str) -> str:
    """Returns a wire name as most labels say it."""
    words = _TAIL.sub(r"\1 \2", _HUMP.sub(r"\1 \2", wire))
    return words[:1].upper() + words[1:]


def _call(call: ir.Call) -> list[Any]:
    return [call.wire, call.name, [parameter.wire for parameter in call.parameters]]


def _names(package: ir.Package) -> Names:
    return {item.obj_code: frozenset(member.wire for member in item.members) for item in package.objects}


def documents(schema: Path = SCHEMA) -> dict[str, str]:
    """Returns the text of every file by its name, the same for the same snapshots."""
    packages = [package_of(version, schema) for version in default_versions(schema)]
    befores = [None, *packages]
    return {
        f"{package.version}.json": json.dumps(dictionary(package, before), separators=(",", ":"), ensure_ascii=False)
        for package, before in zip(packages, befores, strict=False)
    }


def main(folder: Path) -> None:
    write_files(folder, documents())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
