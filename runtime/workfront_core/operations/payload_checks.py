"""Whether a value has the form its member takes: one value, a list, or an object."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.field_path import EqualityPath
from workfront_core.query.model_fields import ModelField
from workfront_core.query.path import CustomPath, DatePath, JsonPath, ListPath


def refuse_misfit(member: ModelField, value: object, where: str) -> None:
    """Raises a QueryError where a list stands for one value, one value for a list, or an ID for an object."""
    if value is None:
        return
    if member.relation is not None:
        _refuse_relation(member, value, where)
    elif _is_kind(member, ListPath):
        if not isinstance(value, list | tuple):
            raise _misfit(where, "a list", value, "Write it in brackets: [...].")
    elif _is_kind(member, EqualityPath) and not _is_kind(member, JsonPath) and not _is_kind(member, CustomPath):
        _refuse_single(member, value, where)


def _refuse_single(member: ModelField, value: object, where: str) -> None:
    given = value
    if isinstance(value, list | tuple | set | frozenset | Mapping | WorkfrontObject):
        raise _misfit(where, "one value", given, "The field holds a single value.")
    if _is_kind(member, DatePath) and isinstance(value, datetime):
        raise _misfit(where, "a date", value, "Take .date() of it.")


def _refuse_relation(member: ModelField, value: object, where: str) -> None:
    given = value
    is_object = isinstance(value, Mapping | WorkfrontObject)
    if member.many and not isinstance(value, list | tuple):
        hint = "Write [...] around it. The list replaces the whole collection." if is_object else "Write [{...}, ...]."
        raise _misfit(where, "a list of objects", given, hint)
    if not member.many and not is_object:
        hint = f'Write {where}_id="..." or {where}={{"id": "..."}}.' if isinstance(value, str) else "Write {...}."
        raise _misfit(where, "an object: a mapping or a row", given, hint)


def _is_kind(member: ModelField, kind: type) -> bool:
    return isinstance(member.kind, type) and issubclass(member.kind, kind)


def _misfit(where: str, wanted: str, value: object, hint: str) -> QueryError:
    return QueryError(f"{where} takes {wanted}, not {type(value).__name__}.", hint=hint)
