"""The JSON form of single values: dates as texts, enums as codes, exact amounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import cast

from pydantic import JsonValue

from workfront_core.arguments import is_finite, shown_number
from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.literal import instant, wrong_kind


def json_value(value: object, where: str) -> JsonValue:
    """Returns a value as JSON: dates as texts, enums as codes, amounts as numbers where a number holds them exactly.

    Args:
        value: what to write.
        where: the field or argument, for the message.

    Raises:
        QueryError: a naive datetime, a number that is not finite, a type JSON has no form for.
    """
    match value:
        case Enum():
            return json_value(value.value, where)
        case None | bool() | str():
            return value
        case int() | float() | Decimal():
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
            wanted = "a JSON value, date, datetime, Decimal, enum member or object"
            raise wrong_kind(value, where, wanted, several="Several values are written as a list: [...].")


def _json_container(value: Mapping[object, object] | list[object], where: str) -> JsonValue:
    try:
        if isinstance(value, Mapping):
            return {str(name): json_value(member, f"{where}.{name}") for name, member in value.items()}
        return [json_value(member, f"{where}[{index}]") for index, member in enumerate(value)]
    except RecursionError:
        raise too_deep(where) from None


def too_deep(where: str) -> QueryError:
    """Returns the error for a value that holds itself, or more levels than Python follows."""
    return QueryError(f"{where:.40} holds itself, or is nested too deeply to be sent.")


def _json_number(value: float | Decimal, where: str) -> JsonValue:
    if not is_finite(value):
        raise QueryError(f"{where}: {shown_number(value)} cannot be sent; JSON knows finite numbers only.")
    if not isinstance(value, Decimal):
        return value
    if value == int(value):
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else format(value, "f")
