"""Lists of fields and of sort keys, as a person writes them: ``name, assignedTo.name, DE:"Budget code"``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, TypeVar

from workfront_core.models.model import WorkfrontObject
from workfront_core.query.field_path import FieldPath, Path
from workfront_core.query.language.names import Scope
from workfront_core.query.language.path_grammar import path
from workfront_core.query.language.reader import TokenReader
from workfront_core.query.language.syntax import PathNode
from workfront_core.query.order import Order
from workfront_core.query.path import ObjectPath

__all__ = ["loads", "parse_fields", "parse_order"]

_DIRECTIONS: Final = ("asc", "desc")
M = TypeVar("M", bound=WorkfrontObject)


def parse_fields(text: str, model: type[M], /) -> tuple[Path[M], ...]:
    """Reads fields to load: ``parse_fields("name, assignedTo.name", Task)``.

    Args:
        text: wire or Python names, separated by commas; a relation alone brings its ID and name, ``*`` and
            ``assignments.*`` all plain fields of an object, ``parameterValues`` every custom field that has a value.
        model: the object they are fields of.

    Raises:
        ConditionSyntaxError: one is not a field of the object.
    """
    return tuple(found for found, _ in _listed(text, model))


def parse_order(text: str, model: type[M], /) -> tuple[Order[M], ...]:
    """Reads sort keys: ``parse_order("status, plannedCompletionDate desc", Task)``.

    Args:
        text: fields, separated by commas, each with ``asc`` or ``desc`` behind it if need be.
        model: the object they are fields of.

    Raises:
        ConditionSyntaxError: one is not a field of the object, or is not sorted by.
    """
    return tuple(_order(found, word) for found, word in _listed(text, model, directions=True))


def _listed(text: str, model: type[M], *, directions: bool = False) -> list[tuple[Path[Any], str]]:
    reader, scope = TokenReader(text, has_every=not directions), Scope(text, model)
    found: list[tuple[Path[Any], str]] = []
    while True:
        if reader.is_at_end() or reader.token.text == ",":
            raise reader.fault("Here a field is missing.", reader.span(), "Write fields like name, assignedTo.name.")
        node, direction = _without_direction(path(reader)) if directions else (path(reader), "")
        named = scope.path(node)
        if directions and not isinstance(named, FieldPath):
            raise scope.fault(f"{named} is an object, and has no order.", node.span, "Sort by one of its fields.")
        found.append((named, direction or (_direction(reader) if directions else "")))
        if not reader.take_mark(","):
            break
    if not reader.is_at_end():
        raise reader.fault("Here a comma is missing.", reader.span(), "Write fields like name, assignedTo.name.")
    return found


def _without_direction(node: PathNode) -> tuple[PathNode, str]:
    """Returns a path without the direction that a colon ties to it: ``name:desc``."""
    last = node.names[-1].text.lower() if len(node.names) > 1 and node.custom is None else ""
    return (replace(node, names=node.names[:-1]), last) if last in _DIRECTIONS else (node, "")


def _direction(reader: TokenReader) -> str:
    word = reader.take_word(*_DIRECTIONS)
    return word.text.lower() if word is not None else "asc"


def _order(found: Path[Any], word: str) -> Order[Any]:
    field: FieldPath[Any] = found  # type: ignore[assignment]
    return field.desc() if word == "desc" else field.asc()


def loads(found: Path[Any]) -> tuple[str, ...]:
    """Returns the wire names that a field stands for: of a relation its ID and its name."""
    return (f"{found}:ID", f"{found}:name") if isinstance(found, ObjectPath) else (str(found),)
