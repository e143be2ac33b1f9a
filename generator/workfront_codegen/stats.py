"""What a snapshot holds, what in it is not known, and how sure the rest is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workfront_codegen.type_map import UNKNOWN_FIELD, field_type
from workfront_schema import evidence
from workfront_schema.custom_fields import CustomField
from workfront_schema.snapshot import Relation, Snapshot
from workfront_schema.wire_types import item_type, kind_of

_SHOWN: Final = 5
"""Places that are named of a word nobody knows."""


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
    """Returns the counts of ``snapshot``, with the evidence that ``schema`` (or else the shipped schema) has for it."""
    objects = snapshot.objects
    found = evidence.of(snapshot, schema)
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
    """Returns the counts as lines for people; relations without a known target are listed one by one."""
    kinds = ("objects", "secondary", "fields", "references", "collections", "actions", "queries", "enums")
    lines = [counted.version, *(f"  {kind:<12}{getattr(counted, kind):>6,}" for kind in kinds)]
    lines += ["  fields of unknown type", *_counts(counted.unknown_types)]
    lines += [f"  evidence by member ({counted.reconstructed} objects reconstructed)", *_counts(counted.evidence)]
    lines += [f"  relations without a known target: {len(counted.unknown_targets)}"]
    return "\n".join([*lines, *(f"    {name}" for name in counted.unknown_targets)])


def unknown_types(snapshot: Snapshot) -> dict[str, int]:
    """Returns how many fields become any JSON value, by the server's word for their type (``none``: it names none)."""
    types = (item.type or "none" for entry in snapshot.objects for item in entry.fields)
    return dict(sorted(Counter(item for item in types if field_type(item) is UNKNOWN_FIELD).items()))


def unknown_words(snapshot: Snapshot) -> tuple[str, ...]:
    """Returns a line for each of the server's words for types that nobody knows, with the places it is used in."""
    names = {item.name for item in snapshot.objects}
    places: dict[str, list[str]] = {}
    for place, word in _words(snapshot):
        if word and kind_of(word) is None and item_type(word) not in names:
            places.setdefault(word, []).append(place)
    native = (
        f"{snapshot.version}: type {word!r} is not known, any JSON value may come: {_some(found)}"
        for word, found in sorted(places.items())
    )
    return (*native, *(f"{snapshot.version}: {line}" for line in unknown_custom_words(snapshot.custom.fields)))


def unknown_custom_words(fields: Iterable[CustomField]) -> tuple[str, ...]:
    """Returns a line for each word or pair of words for the type of a custom field of whose values nothing is known."""
    places: dict[str, list[str]] = {}
    for item in fields:
        if item.word:
            places.setdefault(item.word, []).append(repr(item.name))
    return tuple(
        f"custom fields of type {word!r}: of their values nothing is known, any JSON value may come: {_some(found)}"
        for word, found in sorted(places.items())
    )


def unknown_targets(snapshot: Snapshot) -> tuple[str, ...]:
    """Returns the references and collections whose target is not named, or is an object the snapshot does not hold."""
    codes = {item.obj_code for item in snapshot.objects}
    return tuple(f"{code}.{item.name}" for code, item in _relations(snapshot) if item.target_code not in codes)


def _relations(snapshot: Snapshot) -> Iterator[tuple[str, Relation]]:
    for entry in snapshot.objects:
        yield from ((entry.obj_code, item) for item in (*entry.references, *entry.collections))


def _words(snapshot: Snapshot) -> Iterator[tuple[str, str | None]]:
    """Yields every word for a type, with its place."""
    for entry in snapshot.objects:
        yield from ((f"{entry.obj_code}.{item.name}", item.type) for item in entry.fields)
        for call in (*entry.actions, *entry.queries):
            yield f"{entry.obj_code}.{call.name}()", call.result
            yield from ((f"{entry.obj_code}.{call.name}({item.name})", item.type) for item in call.arguments)


def _some(places: Sequence[str]) -> str:
    shown = ", ".join(places[:_SHOWN])
    return f"{shown} and {len(places) - _SHOWN} more" if len(places) > _SHOWN else shown


def _counts(counts: Mapping[str, int]) -> list[str]:
    return [f"    {name:<10}{number:>6,}" for name, number in counts.items()] or ["    none"]
