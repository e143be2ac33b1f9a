"""Values to write: from Python names and types to the JSON of the wire."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import TypeAlias, cast

from pydantic import JsonValue

from workfront_core.errors import QueryError
from workfront_core.literal import instant, wrong_kind
from workfront_core.model import WorkfrontObject

Custom: TypeAlias = Mapping[str, object] | None
"""Values of custom fields by parameter name, with or without ``DE:``."""


@cache
def wire_names(model: type[WorkfrontObject]) -> Mapping[str, str]:
    """Wire name of each field of the model by its Python name."""
    return MappingProxyType({name: field.serialization_alias or name for name, field in model.model_fields.items()})


def payload(model: type[WorkfrontObject], values: Mapping[str, object], custom: Custom = None) -> dict[str, JsonValue]:
    """The JSON object that writes these values.

    Args:
        model: the object written to.
        values: by Python name; ``None`` clears a field. Nested mappings are sent with their keys as they are.
        custom: custom fields by parameter name.

    Raises:
        QueryError: an unknown name, a naive datetime, a value JSON cannot hold.
    """
    known = wire_names(model)
    unknown = [name for name in values if name not in known]
    if unknown:
        raise _unknown_name(model, unknown[0], known)
    members = {known[name]: json_value(value, name) for name, value in values.items()}
    return members | {
        f"DE:{name.removeprefix('DE:')}": json_value(value, name) for name, value in (custom or {}).items()
    }


def _unknown_name(model: type[WorkfrontObject], name: str, known: Mapping[str, str]) -> QueryError:
    by_wire_name = [python for python, wire in known.items() if wire == name]
    near = by_wire_name or get_close_matches(name, known, n=3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "Custom fields go into custom={...}."
    return QueryError(f"{model.__name__} has no field {name!r} to write.", hint=hint)


def json_value(value: object, where: str) -> JsonValue:
    """A value as JSON: dates as texts, enums as codes, amounts as numbers where a number holds them exactly.

    Args:
        value: what to write.
        where: the field or argument, for the message.

    Raises:
        QueryError: a naive datetime, a number that is not finite, a type JSON has no form for.
    """
    match value:
        case Enum():
            return json_value(value.value, where)
        case None | bool() | int() | str():
            return value
        case float() | Decimal():
            return _json_number(value, where)
        case datetime():
            return instant(value, where)
        case date():
            return value.isoformat()
        case WorkfrontObject():
            return json_value(value.to_wire(), where)
        case Mapping() | list() | tuple():
            return _json_container(cast("Mapping[object, object] | list[object]", value), where)
        case _:
            raise wrong_kind(value, where, "a JSON value, date, datetime, Decimal, enum member or object")


def _json_container(value: Mapping[object, object] | list[object], where: str) -> JsonValue:
    if isinstance(value, Mapping):
        return {str(name): json_value(member, f"{where}.{name}") for name, member in value.items()}
    return [json_value(member, f"{where}[{index}]") for index, member in enumerate(value)]


def _json_number(value: float | Decimal, where: str) -> JsonValue:
    if not math.isfinite(value):
        raise QueryError(f"{where}: {value} cannot be sent; JSON knows finite numbers only.")
    if not isinstance(value, Decimal):
        return value
    if value == int(value):
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else format(value, "f")
