"""The fast way from a wire row to its values: a small validator for each set of keys that a class meets.

A validator of all members costs as much for a row of eight keys as for one of two hundred. Rows of one request have
the same keys, so a validator of just these is built once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from threading import Lock
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from pydantic import BaseModel
from pydantic_core import SchemaValidator, core_schema

from workfront_core.models.field_schemas import FieldSchemas, from_annotations, from_core_schema, wire_name

__all__ = ["LENIENT", "STRICT", "RowValidator", "RowValidators"]

# Validation contexts that tell a reference how its row is being read; compared by identity.
LENIENT: Final[Mapping[str, object]] = MappingProxyType({"workfront": "lenient"})
STRICT: Final[Mapping[str, object]] = MappingProxyType({"workfront": "strict"})

LIMIT: Final = 128
"""Shapes kept for a class; beyond it the oldest is dropped."""


class RowValidator(NamedTuple):
    """How rows of one set of keys are read.

    ``read`` gives the values by Python name, or is None where the class needs pydantic's ordinary way.
    ``extra`` are the keys that no member has. ``coded`` rows carry an objCode that merely repeats the class's.
    """

    read: Callable[..., dict[str, Any]] | None
    extra: tuple[str, ...] = ()
    coded: bool = False


class RowValidators(dict[tuple[str, ...], RowValidator]):
    """Keys of a row -> its shape, built on the first such row. Safe to use from any number of threads."""

    def __init__(self, owner: type[BaseModel]) -> None:
        super().__init__()
        self._owner = owner
        self._lock = Lock()

    def __missing__(self, keys: tuple[str, ...]) -> RowValidator:
        with self._lock:
            shape = self.get(keys)
            if shape is None:
                shape = _row_validator(keys, self._annotated) or _row_validator(keys, self._whole) or RowValidator(None)
                if len(self) >= LIMIT:
                    del self[next(iter(self))]
                self[keys] = shape
            return shape

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Wire name -> Python name of every member."""
        return {wire_name(name, field): name for name, field in self._owner.__pydantic_fields__.items()}

    @cached_property
    def _annotated(self) -> FieldSchemas | None:
        return from_annotations(self._owner)

    @cached_property
    def _whole(self) -> FieldSchemas | None:
        return from_core_schema(self._owner)


def _row_validator(keys: tuple[str, ...], plan: FieldSchemas | None) -> RowValidator | None:
    """The shape of these keys, None where the plan knows no schema for one of the members."""
    if plan is None:
        return None
    fields: dict[str, core_schema.TypedDictField] = {}
    for wire in keys:
        if wire in plan.names:
            schema = plan.schema(wire)
            if schema is None:
                return None
            fields[plan.names[wire]] = core_schema.typed_dict_field(schema, required=True, validation_alias=wire)
    schema = core_schema.typed_dict_schema(fields, extra_behavior="ignore", config=plan.config)
    whole = core_schema.definitions_schema(schema, [*plan.definitions]) if plan.definitions else schema
    extra = tuple(wire for wire in keys if wire not in plan.names and wire != "objCode")
    coded = "objCode" in keys and "objCode" not in plan.names
    return RowValidator(SchemaValidator(whole, plan.config).validate_python, extra, coded)
