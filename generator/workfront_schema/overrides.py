"""Corrections of a snapshot, and names chosen by people: the ``[[fix]]`` entries of ``overrides.toml``.

A fix says where (``object`` by objCode, ``path`` in the object's file such as ``fields.url.type``), what (``op`` and
``value``) and why (``reason``). One that fits no more is an error, so that the file never grows dead entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext, suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from keyword import iskeyword
from pathlib import Path
from typing import Literal, NoReturn, TypeAlias, cast

from pydantic import BaseModel, Field, JsonValue, ValidationError

from workfront_schema.custom_fields import CUSTOM_PREFIX
from workfront_schema.custom_overrides import WORD as CUSTOM_NAMES
from workfront_schema.document_format import SECTIONS, STORED, read_object, write_object
from workfront_schema.errors import SchemaError, first_fault
from workfront_schema.snapshot import ObjectType, Snapshot
from workfront_schema.store import standard_schema
from workfront_schema.strict_json import Document
from workfront_schema.toml_file import read_toml

EVERY_OBJECT = "*"
FILE = "overrides.toml"
_ENUMS = "enums."
_OF_TENANT = f"fields.{CUSTOM_PREFIX}"
_LISTS = frozenset({"flags", "verbs", "values", "arguments"})
_Node: TypeAlias = dict[str, JsonValue] | list[JsonValue]


class Fix(BaseModel, extra="forbid", frozen=True):
    """One entry of the file. ``versions`` limits it to some API versions; ``value`` is not needed to remove."""

    object: str
    path: str = Field(min_length=1)
    op: Literal["set", "add", "remove", "rename"]
    reason: str = Field(min_length=1)
    value: JsonValue = None
    versions: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"fix {self.op} {self.object} {self.path}"

    def concerns(self, version: str) -> bool:
        """Returns whether it is meant for this API version."""
        return not self.versions or version in self.versions

    def fail(self, problem: str, version: str) -> NoReturn:
        """Raises the SchemaError that says why this fix cannot be applied."""
        hint = "correct it in overrides.toml, or take it out"
        if self.op == "rename" and (wire := self.path.removeprefix(_OF_TENANT)) != self.path:
            hint = f"name a field of the tenant like this: [[custom]] wire = {wire!r}, name = {str(self.value)!r}"
        raise SchemaError(f"{self}: {problem} in {version}", hint)


class StandardFix(Fix, frozen=True):
    """A fix of the shipped file under somebody's own snapshot: where that has settled the matter it gives way."""


@dataclass(frozen=True, slots=True)
class Patched:
    """A snapshot with all fixes applied, and the Python names they ask for by (objCode, path)."""

    snapshot: Snapshot
    renames: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])


def load(file: Path) -> tuple[Fix, ...]:
    """Returns the fixes in ``file``; none where there is no file. Raises SchemaError naming the entry that is not
    right.
    """
    content = read_toml(file)
    if odd := content.keys() - {"fix", CUSTOM_NAMES}:
        raise SchemaError(f"{file}: {min(odd)!r} is not known there", "write [[fix]] and [[custom]] entries only")
    fixes: object = content.get("fix", [])
    if not isinstance(fixes, list):
        raise SchemaError(f"{file}: fix is {fixes!r:.80}, which is not a list", "write [[fix]] entries")
    entries = cast("list[object]", fixes)
    return tuple(_fix(entry, f"{file}: fix {number}") for number, entry in enumerate(entries, 1))


def layered(schema: Path) -> tuple[Fix, ...]:
    """Returns the fixes for a schema folder: the shipped ones, then its own, which win where both speak of one path."""
    own_file, shipped_file = schema / FILE, standard_schema() / FILE
    own = load(own_file)
    if own_file.exists() and own_file.samefile(shipped_file):
        return own
    settled = {(fix.object, fix.path) for fix in own}
    shipped = [fix for fix in load(shipped_file) if (fix.object, fix.path) not in settled]
    return (*(StandardFix.model_validate(fix.model_dump()) for fix in shipped), *own)


def apply(snapshot: Snapshot, fixes: Iterable[Fix]) -> Patched:
    """Returns the snapshot with ``fixes`` applied in their order.

    A fix for an object that a partial snapshot does not hold is skipped, unless ``versions`` names that version; a
    ``StandardFix`` is skipped wherever it does not fit.
    Raises SchemaError naming the fix whose path is gone, or that changes nothing.
    """
    objects = {item.obj_code: item for item in snapshot.objects}
    meant = [fix for fix in fixes if fix.concerns(snapshot.version)]
    names: dict[tuple[str, str], str] = {}
    for fix in sorted(meant, key=lambda fix: fix.op == "rename"):
        with suppress(SchemaError) if isinstance(fix, StandardFix) else nullcontext():
            _apply_to(objects, names, fix, snapshot.version)
    return Patched(replace(snapshot, objects=tuple(objects.values())), names)


def _apply_to(objects: dict[str, ObjectType], names: dict[tuple[str, str], str], fix: Fix, version: str) -> None:
    """Applies one fix to the object it is for, or keeps the name it asks for."""
    if not _is_there(fix, objects, version):
        return
    if fix.op != "rename":
        objects[fix.object] = _changed(objects[fix.object], fix, version)
    elif (fix.object, fix.path) in names:
        fix.fail("a second name for the same thing", version)
    else:
        names[fix.object, fix.path] = _name(fix, objects, version)


def _fix(entry: object, where: str) -> Fix:
    try:
        return Fix.model_validate(entry)
    except ValidationError as error:
        raise SchemaError(f"{where}: {first_fault(error)}", "see schema/README.md") from None


def _is_there(fix: Fix, objects: Mapping[str, ObjectType], version: str) -> bool:
    if fix.object == EVERY_OBJECT:
        if fix.op != "rename" or not fix.path.startswith(_ENUMS):
            fix.fail("only the name of an enum can be changed for every object", version)
        there = fix.path.removeprefix(_ENUMS) in _enums(objects.values())
    else:
        there = fix.object in objects
    if not there and fix.versions:
        fix.fail(f"{fix.path if fix.object == EVERY_OBJECT else fix.object} is not there", version)
    return there


def _enums(objects: Iterable[ObjectType]) -> set[str]:
    """Returns every enum, and every value of one as ``<enum>.values.<code>``."""
    fields = [item for object_type in objects for item in object_type.fields if item.enum]
    return {str(item.enum) for item in fields} | {
        f"{item.enum}.values.{v.value}" for item in fields for v in item.values
    }


def _name(fix: Fix, objects: Mapping[str, ObjectType], version: str) -> str:
    name = fix.value
    if not isinstance(name, str) or not name.isidentifier() or iskeyword(name):
        fix.fail(f"{name!r} is not a Python name, asked for", version)
    if fix.object != EVERY_OBJECT:
        parent, last = _place(_opened(objects[fix.object]), fix, version)
        if _child(parent, last) is None:
            fix.fail("there is nothing of that path", version)
    return name


def _changed(object_type: ObjectType, fix: Fix, version: str) -> ObjectType:
    document = _opened(object_type)
    _apply(fix, *_place(document, fix, version), version)
    result = read_object(document, STORED, f"{fix} in {version}")
    if result == object_type:
        fix.fail("it changes nothing", version)
    if result.obj_code != object_type.obj_code:
        fix.fail("an objCode cannot be changed", version)
    if odd := _unknown(result) - _unknown(object_type):
        fix.fail(f"{min(odd)!r} is not a word of a snapshot file", version)
    return result


def _opened(object_type: ObjectType) -> Document:
    """Returns the document of an object type with its empty sections and lists, ready to be added to."""
    document: Document = {**{section: {} for section in SECTIONS}, "flags": [], "verbs": []}
    return document | deepcopy(write_object(object_type, STORED))


def _unknown(object_type: ObjectType) -> set[str]:
    members = [item for section in SECTIONS for item in getattr(object_type, section)]
    items = [item for entry in members for name in ("values", "arguments") for item in getattr(entry, name, ())]
    return {word for entry in (object_type, *members, *items) for word in entry.extra}


def _place(document: Document, fix: Fix, version: str) -> tuple[_Node, str]:
    """Returns what holds the thing a path leads to, and the last step to it."""
    *steps, last = fix.path.split(".")
    node: JsonValue = document
    for step in steps:
        inner = _child(node, step)
        if inner is None and fix.op == "add" and step in _LISTS and isinstance(node, dict):
            inner = node[step] = []
        node = inner
    if not isinstance(node, dict | list):
        fix.fail(f"there is no {'.'.join(steps)}", version)
    return node, last


def _child(node: JsonValue, step: str) -> JsonValue:
    """Returns what ``step`` names in ``node``: a key of an object, in a list the item of that text, name or value."""
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list):
        return next((item for item in node if _is_called(item, step)), None)
    return None


def _is_called(item: JsonValue, step: str) -> bool:
    return item == step or (isinstance(item, dict) and step in (item.get("name"), str(item.get("value"))))


def _apply(fix: Fix, parent: _Node, last: str, version: str) -> None:
    there = _child(parent, last)
    is_property = isinstance(parent, dict) and fix.path.count(".") != 1
    if fix.op == "add" and there is not None:
        fix.fail("it is there already", version)
    if there is None and (fix.op == "remove" or (fix.op == "set" and not is_property)):
        fix.fail("there is nothing of that path", version)
    if isinstance(parent, dict):
        parent.pop(last, None)
        if fix.op != "remove":
            parent[last] = fix.value
    else:
        _apply_to_list(fix, parent, last, there)


def _apply_to_list(fix: Fix, items: list[JsonValue], last: str, there: JsonValue) -> None:
    if fix.op == "add":
        items.append(_item(fix, last))
        return
    at = items.index(there)
    items[at : at + 1] = [] if fix.op == "remove" else [cast("Document", there) | cast("Document", fix.value)]


def _item(fix: Fix, last: str) -> JsonValue:
    """Returns the item that a fix adds: the text of a flag or verb; of an argument its name, of a base value its code,
    each with what the fix says.
    """
    owner = fix.path.split(".")[-2]
    if owner in ("flags", "verbs"):
        return last
    key: Document = {"name": last} if owner == "arguments" else {"value": last}
    return {**key, **(fix.value if isinstance(fix.value, dict) else {})}
