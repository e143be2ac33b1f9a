"""The fast way from a wire row to its values: a small validator for each set of keys that a class meets.

A validator of all members costs as much for a row of eight keys as for one of two hundred. Rows of one request have
the same keys, so a validator of just these is built once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from pydantic import BaseModel
from pydantic_core import SchemaValidator, core_schema

from workfront_core.arguments import described
from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import AskedFields
from workfront_core.models.field_schemas import FieldSchemas, from_annotations, from_core_schema, wire_name
from workfront_core.process_state import ProcessLock, cached_property

__all__ = ["RowValidator", "RowValidators", "Shapes"]

LIMIT: Final = 128
"""Shapes kept for a class; beyond it the oldest is dropped."""

_PLAIN: Final = frozenset({"bool", "decimal", "float", "function-plain", "int", "str"})
"""Schemas of values that cannot change in place, dates and references among them: a row notes its own changes."""


class PageValidator:
    """Reads rows of one set of keys all at once, which spares a call a row; made when the first such page comes."""

    __slots__ = ("_config", "_read", "_row")

    def __init__(self, row: core_schema.CoreSchema, config: core_schema.CoreConfig) -> None:
        self._row = row
        self._config = config
        self._read: Callable[..., list[dict[str, Any]]] | None = None

    def __call__(self, rows: Sequence[Mapping[str, object]], *, context: Mapping[str, object]) -> list[dict[str, Any]]:
        """Returns the values of each row by Python name.

        Raises:
            pydantic.ValidationError: a row lacks one of the keys, or has a value that does not fit.
        """
        if self._read is None:
            self._read = SchemaValidator(core_schema.list_schema(self._row), self._config).validate_python
        return self._read(rows, context=context)


class RowValidator(NamedTuple):
    """How rows of one set of keys are read.

    ``read`` gives the values by Python name, or is None where the class needs pydantic's ordinary way.
    ``extra`` are the keys that no member has. ``coded`` rows carry an objCode that merely repeats the class's.
    ``mutable`` are the members that may hold lists or maps. ``asked`` is what the call asked for, where some of it is
    not among the keys; ``inside`` the same for rows inside, by Python name. ``page`` reads many rows at once.
    """

    read: Callable[..., dict[str, Any]] | None
    extra: tuple[str, ...] = ()
    coded: bool = False
    mutable: tuple[str, ...] = ()
    asked: AskedFields | None = None
    inside: tuple[tuple[str, AskedFields], ...] = ()
    page: PageValidator | None = None


Shapes: TypeAlias = dict[tuple[str, ...], RowValidator]
"""How rows of each set of keys are read."""


class RowValidators(Shapes):
    """Keys of a row -> its shape, built on the first such row. Safe to use from any number of threads."""

    def __init__(self, owner: type[BaseModel]) -> None:
        super().__init__()
        self._owner = owner
        self.lock: ProcessLock = ProcessLock()
        self._asking: dict[frozenset[str], _AskingValidators] = {}

    def __missing__(self, keys: tuple[str, ...]) -> RowValidator:
        with self.lock:
            shape = self.get(keys)
            if shape is None:
                shape = _row_validator(keys, self._annotated) or _row_validator(keys, self._whole) or RowValidator(None)
                if len(self) >= LIMIT:
                    del self[next(iter(self))]
                self[keys] = shape
            return shape

    def asking(self, fields: frozenset[str]) -> Shapes:
        """Returns the same for rows of a call that asked for these fields.

        Raises:
            QueryError: they are no set of names.
        """
        if not isinstance(fields, frozenset):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(f"asked= takes a frozenset of wire names, not {described(fields)}.")
        if not fields:
            return self
        found = self._asking.get(fields)
        if found is None:
            if len(self._asking) >= LIMIT:
                self._asking.clear()
            found = self._asking.setdefault(fields, _AskingValidators(self, AskedFields.of(fields)))
        return found

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


class _AskingValidators(Shapes):
    """Keys of a row -> its shape, with what was asked for and is not among them."""

    def __init__(self, plain: RowValidators, asked: AskedFields) -> None:
        super().__init__()
        self._plain = plain
        self._asked = asked

    def __missing__(self, keys: tuple[str, ...]) -> RowValidator:
        names, inside = self._plain.names, self._asked.inside
        is_missing = not self._asked.names <= {*keys, "objCode"}
        shape = self._plain[keys]._replace(
            asked=self._asked if is_missing else None,
            inside=tuple((names[key], inside[key]) for key in keys if key in inside and key in names),
        )
        if len(self) >= LIMIT:
            self.clear()
        self[keys] = shape
        return shape


def _row_validator(keys: tuple[str, ...], plan: FieldSchemas | None) -> RowValidator | None:
    """Returns the shape of these keys, None where the plan knows no schema for one of the members."""
    if plan is None:
        return None
    fields: dict[str, core_schema.TypedDictField] = {}
    mutable: list[str] = []
    for wire in keys:
        if wire in plan.names:
            schema = plan.schema(wire)
            if schema is None:
                return None
            mutable += () if _is_plain(schema) else (plan.names[wire],)
            fields[plan.names[wire]] = core_schema.typed_dict_field(schema, required=True, validation_alias=wire)
    schema = core_schema.typed_dict_schema(fields, extra_behavior="ignore", config=plan.config)
    whole = core_schema.definitions_schema(schema, [*plan.definitions]) if plan.definitions else schema
    extra = tuple(wire for wire in keys if wire not in plan.names and wire != "objCode")
    coded = "objCode" in keys and "objCode" not in plan.names
    page = None if extra or mutable else PageValidator(whole, plan.config)
    return RowValidator(SchemaValidator(whole, plan.config).validate_python, extra, coded, tuple(mutable), page=page)


def _is_plain(schema: Any) -> bool:
    """Returns whether values of the schema are neither lists nor maps."""
    while schema["type"] in ("nullable", "function-after"):
        schema = schema["schema"]
    return schema["type"] in _PLAIN
