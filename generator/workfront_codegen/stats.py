"""What a snapshot holds, what in it is not known, and how sure the rest is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workfront_codegen.type_map import UNKNOWN_FIELD, field_type
from workfront_schema import evidence
from workfront_schema.snapshot import Relation, Snapshot


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of one snapshot; relations without a known target as ``OBJCODE.name``, ``evidence`` by level."""

    version: str
    objects: int
    secondary: int
    fields: int
    references: int
    collections: int
    actions: int
    queries: int
    enums: int
    unknown_types: Mapping[str, int]
    unknown_targets: tuple[str, ...]
    evidence: Mapping[str, int]
    reconstructed: int


def stats(snapshot: Snapshot, schema: Path) -> Stats:
    """The counts of ``snapshot``, with the evidence that ``schema`` (or else the shipped schema) has for it."""
    objects = snapshot.objects
    found = evidence.load(schema, snapshot.version)
    return Stats(
        version=snapshot.version,
        objects=len(objects),
        secondary=sum(item.secondary for item in objects),
        fields=sum(len(item.fields) for item in objects),
        references=sum(len(item.references) for item in objects),
        collections=sum(len(item.collections) for item in objects),
        actions=sum(len(item.actions) for item in objects),
        queries=sum(len(item.queries) for item in objects),
        enums=len({item.enum for entry in objects for item in entry.fields if item.enum}),
        unknown_types=unknown_types(snapshot),
        unknown_targets=unknown_targets(snapshot),
        evidence=dict(sorted(sum((found.levels(item) for item in objects), Counter[str]()).items())),
        reconstructed=sum(found.applies(item) for item in objects),
    )


def as_text(counted: Stats) -> str:
    """The counts as lines for people; relations without a known target are listed one by one."""
    kinds = ("objects", "secondary", "fields", "references", "collections", "actions", "queries", "enums")
    lines = [counted.version, *(f"  {kind:<12}{getattr(counted, kind):>6,}" for kind in kinds)]
    lines += ["  fields of unknown type", *_counts(counted.unknown_types)]
    lines += [f"  evidence by member ({counted.reconstructed} objects reconstructed)", *_counts(counted.evidence)]
    lines += [f"  relations without a known target: {len(counted.unknown_targets)}"]
    return "\n".join([*lines, *(f"    {name}" for name in counted.unknown_targets)])


def unknown_types(snapshot: Snapshot) -> dict[str, int]:
    """How many fields become any JSON value, by the server's word for their type (``none``: it names none)."""
    types = (item.type or "none" for entry in snapshot.objects for item in entry.fields)
    return dict(sorted(Counter(item for item in types if field_type(item) is UNKNOWN_FIELD).items()))


def unknown_targets(snapshot: Snapshot) -> tuple[str, ...]:
    """The references and collections whose target is not named, or is an object the snapshot does not hold."""
    codes = {item.obj_code for item in snapshot.objects}
    return tuple(f"{code}.{item.name}" for code, item in _relations(snapshot) if item.target_code not in codes)


def _relations(snapshot: Snapshot) -> Iterator[tuple[str, Relation]]:
    for entry in snapshot.objects:
        yield from ((entry.obj_code, item) for item in (*entry.references, *entry.collections))


def _counts(counts: Mapping[str, int]) -> list[str]:
    return [f"    {name:<10}{number:>6,}" for name, number in counts.items()] or ["    none"]
