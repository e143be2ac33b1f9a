"""A row as one level of names and values, the form of tables: related rows are taken apart into ``project:name``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Protocol, cast

from pydantic import BaseModel

from workfront_core.arguments import described
from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.changes import held
from workfront_core.models.declarations import KNOWN_MODELS
from workfront_core.models.field_names import refuse_name_of_other
from workfront_core.models.field_schemas import wire_name

__all__ = ["flat_values", "values_at"]


class ReadableRow(Protocol):
    """A row, as far as this module needs to know it."""

    def __getitem__(self, key: str, /) -> Any: ...


class FieldOfObject(Protocol):
    """A path, as far as this module needs to know it."""

    def __workfront_name__(self, model: type[Any], /) -> str:
        """Returns its wire name, for rows of the object that it belongs to."""
        ...


def flat_values(row: BaseModel) -> dict[str, Any]:
    """Returns what a row holds, by wire name with the path that leads to it; collections hold flat rows."""
    return dict(_flat(row, "", frozenset()))


def values_at(row: ReadableRow, fields: Iterable[object]) -> dict[str, Any]:
    """Returns the values of these fields, ``None`` behind a relation that leads nowhere.

    Raises:
        FieldNotLoaded: the row does not hold a field.
        QueryError: a field is no name, or belongs to another object.
    """
    return {name: _value_at(row, _steps(name)) for name in (_checked_name(row, field) for field in fields)}


def _checked_name(row: object, field: object) -> str:
    """Returns the wire name of a field that is given as a text or as a path.

    Raises:
        QueryError: it is neither, or a path of another object.
    """
    if isinstance(field, str):
        refuse_name_of_other(field, type(row), "flat()")
        return str.__str__(field)
    if not hasattr(type(field), "__workfront_name__"):
        raise QueryError(f"flat() takes field names and paths, not {described(field)}.", hint='Write flat(["name"]).')
    return cast("FieldOfObject", field).__workfront_name__(type(row))


def _flat(row: BaseModel, path: str, above: frozenset[int]) -> Iterator[tuple[str, Any]]:
    """Yields names and values; a row that stands within itself is left as it is.

    Args:
        row: the row.
        path: in front of its names, with a colon at the end.
        above: the rows that hold it, by ``id()``.
    """
    wire_names = _wire_names(type(row))
    inside = above | {id(row)}
    for name, value in held(row).items():
        key = _key(path, wire_names.get(name, name))
        if isinstance(value, BaseModel) and id(value) not in inside:
            yield from _flat(value, f"{key}:", inside)
        else:
            yield key, _flat_items(value, inside)


def _flat_items(value: object, above: frozenset[int]) -> object:
    if not isinstance(value, list):
        return value
    items = cast("list[object]", value)
    return [
        dict(_flat(item, "", above)) if isinstance(item, BaseModel) and id(item) not in above else item
        for item in items
    ]


@lru_cache(maxsize=KNOWN_MODELS)
def _wire_names(model: type[BaseModel]) -> Mapping[str, str]:
    return {name: wire_name(name, member) for name, member in model.__pydantic_fields__.items()}


def _key(path: str, name: str) -> str:
    """Returns the name of a field as ``fields=`` takes it: that of a custom field begins with ``DE:``, whatever its
    path.
    """
    return f"{CUSTOM}{path}{name.removeprefix(CUSTOM)}" if name.startswith(CUSTOM) else f"{path}{name}"


def _steps(name: str) -> list[str]:
    *path, last = name.removeprefix(CUSTOM).split(":")
    return [*path, f"{CUSTOM}{last}" if name.startswith(CUSTOM) else last]


def _value_at(value: Any, steps: list[str]) -> Any:
    if value is None or not steps:
        return value
    if isinstance(value, list):
        return [_value_at(item, steps) for item in cast("list[object]", value)]
    return _value_at(value[steps[0]], steps[1:])
