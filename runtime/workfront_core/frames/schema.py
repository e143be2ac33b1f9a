"""The Arrow schema of a search: which columns it has, of which types, and where in a row each is found.

It comes from the model, so from the snapshot, and from what the search asks for; rows are looked at only where a search
leaves the choice of fields to the server.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeAlias

import pyarrow as pa

from workfront_core.errors.kinds import QueryError
from workfront_core.frames.column_types import EXTRA, custom_column, json_column, plain_column, untyped_column
from workfront_core.frames.options import Names, Nested
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.labels import label_of
from workfront_core.query.model_fields import ModelField, by_wire_name
from workfront_core.values.custom_field import CustomField, fields_of

EXTRA_COLUMN: Final = "_wf_extra"
_SHORT: Final = ("ID", "name")
"""What is kept of a related object where the search asks for the object and names no field of it."""


@dataclass(slots=True)
class AskedTree:
    """The fields of a search as a tree, in the order they were asked for: a leaf is an empty tree."""

    inside: dict[str, AskedTree] = field(default_factory=dict["str", "AskedTree"])

    @classmethod
    def of(cls, fields: Iterable[str]) -> AskedTree:
        """Reads wire names: ``name``, ``project:name``, ``*``, ``DE:Region``, ``DE:project:Region``."""
        root = cls()
        for name in fields:
            root._add(levels(name))
        return root

    def _add(self, levels: Sequence[str]) -> None:
        at = self
        for level in levels:
            at = at.inside.setdefault(level, AskedTree())


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the names that lead to its value in a row of the wire, and its place in the table."""

    path: tuple[str, ...]
    field: pa.Field[Any]


@dataclass(frozen=True)
class FrameSchema:
    """The columns of a table of rows.

    Attributes:
        obj_code: the object the rows are of; ``objCode`` of a row is kept only where it says something else.
        columns: the columns but the last.
    """

    obj_code: str
    columns: tuple[Column, ...]

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema; its last column, ``_wf_extra``, takes what fits no other."""
        return pa.schema([*(column.field for column in self.columns), pa.field(EXTRA_COLUMN, EXTRA)])


def frame_schema(
    model: type[WorkfrontObject], asked: Iterable[str], *, names: Names = "wire", nested: Nested = "struct"
) -> FrameSchema:
    """Returns the schema for rows of a model with these fields, by wire name.

    Args:
        model: the object searched.
        asked: wire names, in the order of the columns; ``*`` for all fields of the object that can be read.
        names: column names as on the wire (``plannedStartDate``) or as in Python (``planned_start_date``).
        nested: related rows as structs, or each of their fields as a column of its own: ``project_name``.

    Raises:
        QueryError: two columns would have the same name.
    """
    own = ["ID"] if "ID" in by_wire_name(model) else []
    columns = tuple(_Builder(names, nested).columns(model, AskedTree.of([*own, *asked])))
    _refuse_doubles(columns)
    return FrameSchema(model.obj_code, columns)


def names_in(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Returns the names that rows hold, in the order they come in: the columns where a search names no fields."""
    found = dict.fromkeys(name for row in rows for name in row)
    found.pop("objCode", None)
    return list(found)


class _Step(NamedTuple):
    """A member on the way to a value, where the model knows it."""

    wire: str
    member: ModelField | None
    label: str


_Way: TypeAlias = tuple[_Step, ...]


def _labelled(way: _Way, field: pa.Field[Any]) -> Column:
    """Returns the column with what people call its value: ``Project: Name`` where it stands in another row."""
    label = ": ".join(step.label for step in way)
    notes: dict[bytes | str, bytes | str] = dict((field.metadata or {}).items())
    notes[b"workfront:label"] = label.encode()
    return Column(tuple(step.wire for step in way), field.with_metadata(notes))


@dataclass(frozen=True, slots=True)
class _Builder:
    names: Names
    nested: Nested

    def columns(self, model: type[WorkfrontObject], tree: AskedTree, above: _Way = ()) -> Iterator[Column]:
        members = by_wire_name(model)
        for wire, inside in _expanded(tree, members).items():
            step = _Step(wire, members.get(wire), label_of(model, wire))
            yield from self._column(model, (*above, step), inside)

    def _column(self, model: type[WorkfrontObject], way: _Way, inside: AskedTree) -> Iterator[Column]:
        wire, member, _ = way[-1]
        if member is None or member.relation is None:
            yield _labelled(way, self._plain(model, way))
            return
        target: type[WorkfrontObject] = member.relation.target()
        tree = inside if inside.inside else AskedTree.of(_short(target))
        if not any(self._members(target, tree)):
            yield _labelled(way, json_column(self._name(way), wire, target.obj_code))
            return
        if self.nested == "flat" and not member.many:
            yield from self.columns(target, tree, way)
            return
        struct = pa.struct([column.field for column in self._members(target, tree)])
        kind = pa.list_(struct) if member.many else struct
        notes = {"workfront:name": wire, "workfront:object": target.obj_code}
        yield _labelled(way, pa.field(self._name(way), kind, metadata=notes))

    def _members(self, target: type[WorkfrontObject], tree: AskedTree) -> Iterator[Column]:
        """Yields the members of a struct; the server adds the ID of a related row by itself."""
        has_id = "ID" in by_wire_name(target)
        whole = AskedTree({**({"ID": AskedTree()} if has_id else {}), **tree.inside})
        return _Builder(self.names, "struct").columns(target, whole)

    def _plain(self, model: type[WorkfrontObject], way: _Way) -> pa.Field[Any]:
        name, (wire, member, _) = self._name(way), way[-1]
        if member is not None:
            return plain_column(name, wire, model.model_fields[member.name].annotation)
        if wire == "parameterValues":
            return pa.field(name, EXTRA, metadata={"workfront:name": wire, "workfront:type": "map"})
        custom = _known_custom(model).get(wire)
        if custom is not None:
            return custom_column(name, custom)
        return plain_column(name, wire, str) if wire == "objCode" else untyped_column(name, wire)

    def _name(self, way: _Way) -> str:
        return "_".join(step.member.name if step.member and self.names == "python" else step.wire for step in way)


def _known_custom(model: type[WorkfrontObject]) -> Mapping[str, CustomField]:
    """Returns the custom fields that the model's package knows of an object, by wire name."""
    view: Any = model.custom
    return {custom.wire: custom for custom in fields_of(view).values()}


def levels(name: str) -> list[str]:
    """Returns the names that lead to a field: ``project`` and ``name``; of a custom field the last one is whole."""
    if not name.startswith(CUSTOM):
        return name.split(":")
    *relations, custom = name.removeprefix(CUSTOM).split(":")
    return [*relations, f"{CUSTOM}{custom}"]


def _expanded(tree: AskedTree, members: Mapping[str, ModelField]) -> dict[str, AskedTree]:
    """Returns the tree with its star replaced by all fields that can be read and lead to no other object."""
    found: dict[str, AskedTree] = {}
    for name, inside in tree.inside.items():
        if name == "*":
            found.update((wire, AskedTree()) for wire in _readable(members) if wire not in found)
        elif not (name in found and not inside.inside):
            found[name] = inside
    return found


def _readable(members: Mapping[str, ModelField]) -> Iterator[str]:
    return (wire for wire, member in members.items() if member.relation is None and "WRITE_ONLY" not in member.flags)


def _short(target: type[WorkfrontObject]) -> list[str]:
    members = by_wire_name(target)
    return [wire for wire in _SHORT if wire in members] or ["*"]


def _refuse_doubles(columns: Sequence[Column]) -> None:
    seen: dict[str, Column] = {}
    for column in columns:
        other = seen.setdefault(column.field.name, column)
        if other is not column:
            raise QueryError(
                f"{':'.join(other.path)} and {':'.join(column.path)} would both be called {column.field.name!r}.",
                hint="Leave one of them out, or take nested='struct' and names='wire'.",
            )
