"""What a write has to know of a model's members: wire name, flags, kind, and what a relation leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, get_args

from pydantic.fields import FieldInfo

from workfront_core.models.codes import codes_of
from workfront_core.models.declarations import KNOWN_MODELS
from workfront_core.models.model import WorkfrontObject
from workfront_core.models.reference import Reference, references
from workfront_core.query.field_kinds import IntEnumPath, NumberPath
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
        is_map: whether it holds values by name.
        codes: the enumeration of its codes, where it has one.
        is_whole: whether it holds whole numbers alone.
    """

    name: str
    wire: str
    flags: frozenset[Flag] = field(default_factory=frozenset[Flag])
    kind: object = None
    relation: Reference | None = None
    many: bool = False
    codes: type[Enum] | None = None
    is_map: bool = False
    is_whole: bool = False


@lru_cache(maxsize=KNOWN_MODELS)
def model_fields(model: type[WorkfrontObject]) -> Mapping[str, ModelField]:
    """Returns the members of a model by Python name; none for an object that no schema describes."""
    paths = getattr(model, "f", None)
    return MappingProxyType({name: _member(model, paths, name, info) for name, info in model.model_fields.items()})


def _member(model: type[WorkfrontObject], paths: Any, name: str, info: FieldInfo) -> ModelField:
    wire, annotation = info.serialization_alias or name, info.annotation
    kind, flags = (declared(paths, name) if paths is not None else None) or (None, frozenset[Flag]())
    relation = next(references(annotation), None)
    origins = [getattr(part, "__origin__", part) for part in get_args(annotation)]
    many = list in origins and relation is not None
    is_whole = kind is IntEnumPath or (kind is NumberPath and int in origins)
    codes = codes_of(model, name)
    return ModelField(name, wire, flags, kind, relation, many, codes, is_map=dict in origins, is_whole=is_whole)


@lru_cache(maxsize=KNOWN_MODELS)
def by_wire_name(model: type[WorkfrontObject]) -> Mapping[str, ModelField]:
    """Returns the members of a model by wire name."""
    return MappingProxyType({member.wire: member for member in model_fields(model).values()})
