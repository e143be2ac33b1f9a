"""The fast way from a wire row to its values: a small validator for each set of keys that a class meets.

A validator of all members costs as much for a row of eight keys as for one of two hundred. Rows of one request have
the same keys, so a validator of just these is built once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from pydantic_core import SchemaValidator, core_schema

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from workfront_core.model import WorkfrontObject

__all__ = ["LENIENT", "STRICT", "Shape", "Shapes", "keep_sent"]

# Validation contexts that tell a reference how its row is being read; compared by identity.
LENIENT: Final[Mapping[str, object]] = MappingProxyType({"workfront": "lenient"})
STRICT: Final[Mapping[str, object]] = MappingProxyType({"workfront": "strict"})

LIMIT: Final = 128
"""Shapes kept for a class; beyond it the oldest is dropped."""

_NAMING_RULES = ("validate_by_name", "validate_by_alias", "extra_fields_behavior")


_Row = TypeVar("_Row", bound="WorkfrontObject")


def keep_sent(row: _Row) -> _Row:
    """Drop the members that pydantic filled in with None: what was not sent must not look like null."""
    sent = row.__pydantic_fields_set__
    values = row.__dict__
    if not values.keys() <= sent:
        kept = {name: value for name, value in values.items() if value is not None or name in sent}
        object.__setattr__(row, "__dict__", kept)
    extra = row.__pydantic_extra__
    if extra and extra.get("objCode") == row.obj_code:
        del extra["objCode"]
        sent.discard("objCode")
    return row


class Shape(NamedTuple):
    """How rows of one set of keys are read.

    ``read`` gives the values by Python name, or is None where the class needs pydantic's ordinary way.
    ``extra`` are the keys that no member has. ``coded`` rows carry an objCode that merely repeats the class's.
    """

    read: Callable[..., dict[str, Any]] | None
    extra: tuple[str, ...]
    coded: bool


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    schema: Any


@dataclass(frozen=True, slots=True)
class _Plan:
    """The parts of a class's core schema that shapes are made of."""

    members: Mapping[str, _Member]
    definitions: list[Any]
    config: Any


class Shapes(dict[tuple[str, ...], Shape]):
    """Keys of a row -> its shape, built on the first such row. Safe to use from any number of threads."""

    def __init__(self, owner: type[WorkfrontObject]) -> None:
        super().__init__()
        self._owner = owner
        self._lock = Lock()

    def __missing__(self, keys: tuple[str, ...]) -> Shape:
        with self._lock:
            shape = self.get(keys)
            if shape is None:
                shape = _shape(keys, self._plan)
                if len(self) >= LIMIT:
                    del self[next(iter(self))]
                self[keys] = shape
            return shape

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Wire name -> Python name of every member."""
        fields = self._owner.__pydantic_fields__
        return {_wire_name(field) or name: name for name, field in fields.items()}

    @cached_property
    def _plan(self) -> _Plan | None:
        return _plan(self._owner)


def _wire_name(field: FieldInfo) -> str | None:
    read_as = field.validation_alias
    return read_as if isinstance(read_as, str) else field.serialization_alias


def _shape(keys: tuple[str, ...], plan: _Plan | None) -> Shape:
    if plan is None:
        return Shape(None, (), False)
    known = [(wire, plan.members[wire]) for wire in keys if wire in plan.members]
    fields = {
        member.name: core_schema.typed_dict_field(member.schema, required=True, validation_alias=wire)
        for wire, member in known
    }
    schema = core_schema.typed_dict_schema(fields, extra_behavior="ignore", config=plan.config)
    whole = core_schema.definitions_schema(schema, plan.definitions) if plan.definitions else schema
    extra = tuple(wire for wire in keys if wire not in plan.members and wire != "objCode")
    coded = "objCode" in keys and "objCode" not in plan.members
    return Shape(SchemaValidator(whole, plan.config).validate_python, extra, coded)


def _plan(owner: type[WorkfrontObject]) -> _Plan | None:
    """The plan of a class whose rows are nothing but their members, or None.

    A subclass with validators of the whole row, private attributes, fields that are required or have a default of
    their own, or other settings needs all that pydantic does.
    """
    outer: Any = owner.__pydantic_core_schema__
    definitions: list[Any] = []
    if outer["type"] == "definitions":
        outer, definitions = outer["schema"], outer["definitions"]
    model: Any = outer.get("schema", {})
    if not (_keeps_sent(outer) and _is_plain(model)):
        return None
    fields: dict[str, Any] = model["schema"]["fields"]
    if not all(_is_sparse(field) for field in fields.values()):
        return None
    members = {
        field.get("validation_alias", name): _Member(name, field["schema"]["schema"]) for name, field in fields.items()
    }
    config = {key: value for key, value in model["config"].items() if key not in _NAMING_RULES}
    return _Plan(members, definitions, config)


def _keeps_sent(schema: Mapping[str, Any]) -> bool:
    return schema["type"] == "function-after" and schema["function"]["function"] is keep_sent


def _is_plain(model: Mapping[str, Any]) -> bool:
    return (
        model["type"] == "model"
        and model["schema"]["type"] == "model-fields"
        and not model.get("custom_init")
        and not model.get("post_init")
        and model["config"].get("extra_fields_behavior") == "allow"
    )


def _is_sparse(field: Mapping[str, Any]) -> bool:
    schema = field["schema"]
    return (
        schema["type"] == "default"
        and schema.get("default", ...) is None
        and "default_factory" not in schema
        and isinstance(field.get("validation_alias", ""), str)
    )
