"""What a write has to know of a model's members: wire name, flags, kind, and what a relation leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

from workfront_core.models.model import WorkfrontObject
from workfront_core.models.reference import Reference, references
from workfront_core.query.field_path import Flag
from workfront_core.query.path import declared


@dataclass(frozen=True, slots=True)
class ModelField:
    """One member of a model.

    Attributes:
        name: Python name.
        wire: wire name.
        flags: the metadata's flags, such as ``READ_ONLY``.
        kind: the class of its paths; ``None`` for a relation and where nothing is known.
        relation: what it refers to, where the metadata says.
        many: whether it is a collection.
    """

    name: str
    wire: str
    flags: frozenset[Flag] = field(default_factory=frozenset[Flag])
    kind: object = None
    relation: Reference | None = None
    many: bool = False


@cache
def model_fields(model: type[WorkfrontObject]) -> Mapping[str, ModelField]:
    """Returns the members of a model by Python name; none for an object that no schema describes."""
    paths = getattr(model, "f", None)
    return MappingProxyType(
        {
            name: _member(paths, name, info.serialization_alias or name, info.annotation)
            for name, info in model.model_fields.items()
        }
    )


def _member(paths: Any, name: str, wire: str, annotation: Any) -> ModelField:
    kind, flags = (declared(paths, name) if paths is not None else None) or (None, frozenset[Flag]())
    relation = next(references(annotation), None)
    many = any(getattr(part, "__origin__", part) is list for part in get_args(annotation))
    return ModelField(name, wire, flags, kind, relation, many and relation is not None)


@cache
def by_wire_name(model: type[WorkfrontObject]) -> Mapping[str, ModelField]:
    """Returns the members of a model by wire name."""
    return MappingProxyType({member.wire: member for member in model_fields(model).values()})
