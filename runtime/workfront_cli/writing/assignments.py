"""``--set NAME=VALUE``: one field and the value it gets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from workfront_cli.writing.lookups import Lookups
from workfront_cli.writing.targets import Target, target_named
from workfront_cli.writing.texts import Reading, json_value_of, value_of
from workfront_core.bulk.rows import RowInput
from workfront_core.errors import QueryError
from workfront_core.models.model import WorkfrontObject

_WRITTEN: Final = re.compile(r"""(DE:"[^"]+"|DE:'[^']+'|[^=]+?)(:?=)(.*)""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One field and its value; of a reference that is looked up, the text that tells it."""

    target: Target
    value: Any


@dataclass(slots=True)
class RowValues:
    """Values of one row, as the engine takes them."""

    values: dict[str, Any] = field(default_factory=dict[str, Any])
    custom: dict[str, Any] = field(default_factory=dict[str, Any])

    def put(self, target: Target, value: Any) -> None:
        """Sets a field; of a reference the value is its ID."""
        member = target.member
        if member is None:
            self.custom[target.wire.removeprefix("DE:")] = value
        elif member.relation is not None and not member.many and isinstance(value, str):
            self.values[member.name] = {"id": value}
        else:
            self.values[member.name] = value

    def row(self) -> RowInput[Any]:
        """Returns them as a row to write."""
        return RowInput(self.values, custom=self.custom or None)


def parse_assignments(arguments: Iterable[str], model: type[WorkfrontObject], reading: Reading) -> list[Assignment]:
    """Reads ``name=value``; ``name=`` is no value, ``name:=`` takes JSON.

    Raises:
        QueryError: one is written otherwise, the object has no such field or cannot have it written, the value does
            not fit, or a field comes twice.
    """
    found: dict[str, Assignment] = {}
    for argument in arguments:
        one = _assignment(argument, model, reading)
        if one.target.wire in found:
            raise QueryError(f"{one.target.wire} is set twice.", hint="Give --set once for each field.")
        found[one.target.wire] = one
    return list(found.values())


def from_document(document: object, model: type[WorkfrontObject]) -> list[Assignment]:
    """Returns the assignments of a JSON object: names as for ``--set``, values as they are.

    Raises:
        QueryError: it is not an object, or the object has no such field.
    """
    if not isinstance(document, Mapping):
        raise QueryError(f"The values are given as a JSON object, not as {type(document).__name__}.")
    named = cast("Mapping[str, object]", document)
    found = [Assignment(_written_whole(name, value, model), value) for name, value in named.items()]
    wires = [one.target.wire for one in found]
    if twice := next((wire for wire in wires if wires.count(wire) > 1), None):
        raise QueryError(f"{twice} is set twice.", hint="Give each field once.")
    return found


def _written_whole(name: str, value: object, model: type[WorkfrontObject]) -> Target:
    """Returns the target of a value; an object or a list in place of a reference goes to the reference itself."""
    found = target_named(name, model)
    if isinstance(value, Mapping | list) and found.lookup is not None:
        from workfront_core.query.model_fields import by_wire_name, model_fields

        member = by_wire_name(model).get(name) or model_fields(model).get(name)
        return Target(name, member.wire, member) if member is not None and member.relation is not None else found
    return found


def row_of(found: Iterable[Assignment], lookups: Lookups) -> RowValues:
    """Returns the values of a row; what a reference is told by has become its ID.

    Raises:
        QueryError: no object is told so, or several are.
    """
    row = RowValues()
    for one in found:
        is_told = one.target.lookup is not None and isinstance(one.value, str)
        row.put(one.target, lookups.id_of(one.target, one.value) if is_told else one.value)
    return row


def _assignment(argument: str, model: type[WorkfrontObject], reading: Reading) -> Assignment:
    parts = _WRITTEN.fullmatch(argument)
    if parts is None:
        raise QueryError(f"--set {argument!r:.80} is not NAME=VALUE.", hint="Write --set percentComplete=100.")
    name, mark, text = parts.groups()
    if mark == ":=":
        value = json_value_of(text, target_named(name, model))
        return Assignment(_written_whole(name, value, model), value)
    target = target_named(name, model)
    return Assignment(target, value_of(text, target, reading) if text else None)
