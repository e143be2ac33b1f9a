"""What a reconstructed snapshot rests on: where each member was found, and how sure its type is.

``schema/evidence/v22.0.json`` holds, for each object type it knows, the digest of the object's file and its members
grouped by "where found/how sure" codes, which the file explains itself. Evidence speaks of exactly the object it was
written for: as soon as an object differs, because a server was asked, its evidence applies no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ValidationError

from workfront_schema.atomic_write import write_whole
from workfront_schema.document_format import SECTIONS
from workfront_schema.errors import SchemaError
from workfront_schema.packed import whole
from workfront_schema.snapshot import ObjectType, Snapshot
from workfront_schema.store import find_with_fallback, object_text, written_version
from workfront_schema.strict_json import Document, mapping, parse, render

Level: TypeAlias = Literal["verbatim", "documented", "inferred", "unknown"]


class _Certainty(BaseModel, extra="forbid"):
    level: Level
    means: str


class _Grounds(BaseModel, extra="forbid"):
    digest: str
    members: dict[str, list[str]]
    verbs: str | None = None


class _File(BaseModel, extra="forbid"):
    about: str
    version: str
    found: dict[str, str]
    type: dict[str, _Certainty]
    objects: dict[str, _Grounds]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What one object type rests on: the digest it is bound to, and a level by member (``fields.name``)."""

    digest: str
    levels: Mapping[str, Level]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence for one API version, by objCode; empty where there is none."""

    objects: Mapping[str, Grounds]

    def applies(self, object_type: ObjectType) -> bool:
        """Returns whether this object type is the very one the evidence was written for."""
        grounds = self.objects.get(object_type.obj_code)
        return grounds is not None and grounds.digest == digest(object_type)

    def levels(self, object_type: ObjectType) -> Counter[str]:
        """Returns how many members are known how surely; ``fetched`` counts those of objects no evidence applies to."""
        members = [f"{section}.{item.name}" for section in SECTIONS for item in getattr(object_type, section)]
        if not self.applies(object_type):
            return Counter(fetched=len(members))
        known = self.objects[object_type.obj_code].levels
        return Counter(known.get(member, "unknown") for member in members)


def load(schema: Path, version: str) -> Evidence:
    """Returns the evidence for ``version`` in a schema folder, else the shipped one. Raises SchemaError on a damaged
    file.
    """
    file = find_with_fallback(schema, _name(written_version(version)))
    return Evidence(_grounds(_read(file)) if file.exists() else {})


def of(snapshot: Snapshot, schema: Path) -> Evidence:
    """Returns the evidence for a snapshot: none where a server described it, even if it said just what we had
    concluded.
    """
    return Evidence({}) if snapshot.fetched else load(schema, snapshot.version)


def reconstructed(snapshot: Snapshot, schema: Path) -> frozenset[str]:
    """Returns the objCodes of a snapshot that no server confirmed: those their evidence applies to."""
    return frozenset(inferred(snapshot, schema))


def inferred(snapshot: Snapshot, schema: Path) -> Mapping[str, frozenset[str]]:
    """Returns the members of inferred types (``fields.name``) of each object that no server confirmed, by objCode."""
    found = of(snapshot, schema)
    return {
        code: frozenset(member for member, level in found.objects[code].levels.items() if level == "inferred")
        for code in (item.obj_code for item in snapshot.objects if found.applies(item))
    }


def prune(schema: Path, snapshot: Snapshot) -> tuple[str, ...]:
    """Removes from the folder's own evidence what applies no more, and answers with the objCodes that lost theirs."""
    file = schema / _name(snapshot.version)
    if not file.exists():
        return ()
    content = _read(file)
    kept = {} if snapshot.fetched else {item.obj_code: digest(item) for item in snapshot.objects}
    stale = tuple(code for code, grounds in content.objects.items() if grounds.digest != kept.get(code))
    if stale:
        content.objects = {code: grounds for code, grounds in content.objects.items() if code not in stale}
        write_whole(file, render(content.model_dump(mode="json", exclude_none=True)))
    return stale


def digest(object_type: ObjectType) -> str:
    """Returns the fingerprint of an object type: SHA-256 of the content of its file."""
    return sha256(object_text(object_type).encode()).hexdigest()


def _name(version: str) -> str:
    return f"evidence/{version}.json"


def _read(file: Path) -> _File:
    try:
        return _File.model_validate(_whole(file))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise SchemaError(f"{file}: {place}: {first['msg']}", "restore it from version control") from None


def _whole(file: Path) -> Document:
    """Returns what a file says. What a wheel has of another version alike, it names, as packed snapshots do."""
    document = parse(file.read_bytes(), str(file))
    objects = document.get("objects")
    if not isinstance(objects, dict):
        return document
    return {**document, "objects": whole(objects, lambda other: _objects(file.with_name(f"{other}.json")))}


def _objects(file: Path) -> Document:
    try:
        return mapping(parse(file.read_bytes(), str(file)).get("objects"), f"{file}: objects")
    except OSError as error:
        raise SchemaError(f"{file} cannot be read: {error.strerror}") from None


def _grounds(content: _File) -> dict[str, Grounds]:
    return {code: Grounds(grounds.digest, _levels(grounds, content)) for code, grounds in content.objects.items()}


def _levels(grounds: _Grounds, content: _File) -> dict[str, Level]:
    """Returns the level of each member. The part of a group's code after the slash says how sure the types are."""
    levels: dict[str, Level] = {}
    for code, members in grounds.members.items():
        certainty = content.type.get(code.rpartition("/")[2])
        levels |= dict.fromkeys(members, certainty.level if certainty else "unknown")
    return levels
