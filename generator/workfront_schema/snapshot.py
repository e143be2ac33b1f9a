"""What one API version offers, in our own normalised form: object types, their members and their operations.

Everything here is frozen and sorted, carries no host and no date, and is compared by value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue, StrictInt

from workfront_schema.custom_fields import CustomCatalogue


@dataclass(frozen=True, slots=True)
class EnumValue:
    """One of the base values of a field: the code on the wire and the label people see."""

    value: str | StrictInt
    label: str
    extra: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue], hash=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A plain field. ``type`` is the server's own word for it, or None where the server names none."""

    name: str
    label: str
    type: str | None = None
    flags: tuple[str, ...] = ()
    enum: str | None = None
    values: tuple[EnumValue, ...] = ()
    extra: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue], hash=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference to one row, or a collection of rows, of another object type (None: the target is not known)."""

    name: str
    label: str
    target: str | None = None
    target_code: str | None = None
    flags: tuple[str, ...] = ()
    extra: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue], hash=False)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of an action or a named query, with the server's word for its type."""

    name: str
    type: str | None = None
    extra: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue], hash=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """An action or a named query: arguments in the server's order, and the type of its result where one is named."""

    name: str
    label: str
    arguments: tuple[Argument, ...] = ()
    result: str | None = None
    flags: tuple[str, ...] = ()
    extra: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue], hash=False)


@dataclass(frozen=True, slots=True)
class ObjectType:
    """One object type: members and operations sorted by wire name.

    ``verbs`` are the basic operations the server lists (``get``, ``search``, ``add`` ...); ``secondary`` rows are
    reached through their parent. ``search`` and ``custom`` are kept as they came (where a snapshot holds the tenant's
    fields as a whole, ``custom`` is empty), ``extra`` holds keys we have no word for.
    """

    obj_code: str
    name: str
    label: str
    secondary: bool = False
    flags: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    references: tuple[Relation, ...] = ()
    collections: tuple[Relation, ...] = ()
    actions: tuple[Operation, ...] = ()
    queries: tuple[Operation, ...] = ()
    search: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue], hash=False)
    custom: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue], hash=False)
    extra: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue], hash=False)

    @property
    def member_names(self) -> frozenset[str]:
        """The names of its fields, references and collections."""
        return frozenset(
            {item.name for item in self.fields}
            | {item.name for item in self.references}
            | {item.name for item in self.collections}
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All object types of one API version (``v22.0``), sorted by objCode.

    ``fetched`` says that a server described them, and not public sources; which server is kept nowhere. ``custom``
    holds the tenant's own fields and forms, ``parts`` how each part of them came: ``param`` is ``read`` or ``refused``.
    """

    version: str
    objects: tuple[ObjectType, ...]
    fetched: bool = field(default=False, compare=False)
    custom: CustomCatalogue = field(default_factory=CustomCatalogue)
    parts: Mapping[str, str] = field(default_factory=dict[str, str], hash=False, compare=False)
