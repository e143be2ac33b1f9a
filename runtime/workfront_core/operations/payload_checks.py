"""Whether a value has the form its member takes: one value, a list, or an object."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Final, cast

from workfront_core.arguments import checked_map, described
from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import is_secret
from workfront_core.models.api_versions import refuse_other_version
from workfront_core.models.codes import refuse_foreign_code
from workfront_core.models.field_names import refuse_field_name
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.value_kinds import WANTED, is_day, is_flag, is_instant, is_number, is_text, is_whole
from workfront_core.query.field_kinds import (
    BooleanPath,
    CustomPath,
    DatePath,
    DateTimePath,
    EnumPath,
    IntEnumPath,
    JsonPath,
    ListPath,
    NumberPath,
)
from workfront_core.query.field_path import EqualityPath
from workfront_core.query.model_fields import ModelField
from workfront_core.query.text_path import TextPath


def refuse_wrong_kind(member: ModelField, value: object, where: str) -> None:
    """Raises a QueryError where a single value, or an entry of a list, is of another kind than the field.

    Texts that a number, a day or an instant can be read from pass, as tables hold them.
    """
    if member.is_map and value is not None:
        checked_map(value, where)
    check = _KINDS.get(member.kind)
    if check is None or value is None:
        return
    entries = cast("Sequence[object]", value) if isinstance(value, list | tuple) else (value,)
    for entry in entries:
        refuse_field_name(entry, where)
        if member.codes is not None:
            refuse_foreign_code(entry, member.codes, where)
        if not check(entry):
            shown = type(entry).__name__ if is_secret(where) else described(entry)
            raise QueryError(f"{where} takes {WANTED[check]}, not {shown}.", hint=_UNCHECKED)
        if member.is_whole and not is_whole(entry):
            raise QueryError(f"{where} takes a whole number of at most 64 bits, not {entry!s:.80}.", hint=_UNCHECKED)


_KINDS: Final[Mapping[object, Callable[[object], bool]]] = {
    TextPath: is_text,
    NumberPath: is_number,
    BooleanPath: is_flag,
    DatePath: is_day,
    DateTimePath: is_instant,
    EnumPath: is_text,
    IntEnumPath: is_number,
    ListPath: is_text,
}
_UNCHECKED: Final = "What this package takes for another kind than the server does travels unchecked in extra={...}."


def refuse_misfit(member: ModelField, value: object, where: str) -> None:
    """Raises a QueryError where a list stands for one value, one value for a list, or an ID for an object."""
    if value is None:
        return
    if member.relation is not None:
        _refuse_relation(member, value, where)
        return
    shape = _shape(member.kind)
    if shape == "list":
        if not isinstance(value, list | tuple):
            raise _mismatch(where, "a list", value, "Write it in brackets: [...].")
    elif shape is not None and not isinstance(value, str | int | float):
        _refuse_single(shape, value, where)


def refuse_row_of_other(target: type[WorkfrontObject], row: WorkfrontObject, where: str) -> None:
    """Raises a QueryError where a row is of another object, or of another API version, than the place it stands in."""
    codes = getattr(target, "obj_code", ""), getattr(row, "obj_code", "")
    if all(codes) and codes[0] != codes[1]:
        raise QueryError(
            f"{where} takes a row of {target.__name__}, not one of {type(row).__name__}.",
            hint=f'Give a {target.__name__}, or {{"id": "..."}} of one.',
        )
    refuse_other_version(type(row), target, f"{where} with a row of type {type(row).__name__}")


def _refuse_single(shape: str, value: object, where: str) -> None:
    given = value
    if isinstance(value, list | tuple | set | frozenset | Mapping | WorkfrontObject):
        raise _mismatch(where, "one value", given, "The field holds a single value.")
    if shape == "day" and isinstance(value, datetime):
        raise _mismatch(where, "a date", value, "Take .date() of it.")


def _refuse_relation(member: ModelField, value: object, where: str) -> None:
    given = value
    is_object = isinstance(value, Mapping | WorkfrontObject)
    if member.many and not isinstance(value, list | tuple):
        hint = "Write [...] around it. The list replaces the whole collection." if is_object else "Write [{...}, ...]."
        raise _mismatch(where, "a list of objects", given, hint)
    if not member.many and not is_object:
        hint = f'Write {where}_id="..." or {where}={{"id": "..."}}.' if isinstance(value, str) else "Write {...}."
        raise _mismatch(where, "an object: a mapping or a row", given, hint)


@cache
def _shape(kind: object) -> str | None:
    """Returns what a field of a kind holds: a list, a day, or one value; ``None`` where it may be anything."""
    if not isinstance(kind, type):
        return None
    if issubclass(kind, ListPath):
        return "list"
    if not issubclass(kind, EqualityPath) or issubclass(kind, JsonPath | CustomPath):
        return None
    return "day" if issubclass(kind, DatePath) else "one"


def _mismatch(where: str, wanted: str, value: object, hint: str) -> QueryError:
    return QueryError(f"{where} takes {wanted}, not {type(value).__name__}.", hint=hint)
