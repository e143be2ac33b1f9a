"""Filters of Spark that the server tests too, so that fewer rows travel. Spark tests all of them again.

What the server answers may hold more rows than meet the filter, never fewer. So only those go along that mean the same
on both sides, written by typed conditions: a text such as ``$$TODAY`` or ``FIELD:status`` is a value to Spark and a
command to the server, and stays here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeAlias, cast

import pyarrow as pa
from pyspark.sql import datasource as spark

from workfront_core.errors.kinds import QueryError
from workfront_core.frames.column_types import FLOAT, MOMENT, TEXT, WHOLE, wire_of
from workfront_core.frames.schema import FrameSchema
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.condition import FilterCondition
from workfront_core.query.model_fields import model_fields

Condition: TypeAlias = FilterCondition[Any]
_Test: TypeAlias = Callable[[Any, Any], Condition]

_MOST_VALUES: Final = 500
_MILLISECOND: Final = timedelta(milliseconds=1)
_ORDERED: Final[Mapping[type[spark.Filter], tuple[_Test, bool]]] = {
    spark.GreaterThan: (lambda at, value: at >= value, False),
    spark.GreaterThanOrEqual: (lambda at, value: at >= value, False),
    spark.LessThan: (lambda at, value: at <= value, True),
    spark.LessThanOrEqual: (lambda at, value: at <= value, True),
}
"""Comparisons, each with one that holds wherever it does, and whether it bounds from above."""


def pushed(item: spark.Filter, model: type[WorkfrontObject], schema: FrameSchema) -> Condition | None:
    """Returns the condition that every row meets that meets a filter; ``None`` where the server shall not test it."""
    attribute: tuple[str, ...] = getattr(item, "attribute", ())
    column = next((column for column in schema.columns if attribute == (column.field.name,)), None)
    if column is None or len(column.path) != 1:
        return None
    wire = wire_of(column.field)
    name = next((name for name, member in model_fields(model).items() if member.wire == wire), None)
    if name is None:
        return None
    paths: Any = model
    try:
        return _condition(item, getattr(paths.f, name), column.field.type)
    except QueryError:
        return None


def _condition(item: spark.Filter, at: Any, kind: pa.DataType) -> Condition | None:
    if isinstance(item, spark.EqualTo) and _is_same(item.value, kind):
        return cast("Condition", at == item.value)
    if isinstance(item, spark.In) and item.value and len(item.value) <= _MOST_VALUES:
        is_same = all(_is_same(value, kind) for value in item.value)
        return cast("Condition", at.in_(list(item.value))) if is_same else None
    test, is_above = _ORDERED.get(type(item), (None, False))
    if test is None:
        return None
    value: Any = getattr(item, "value", None)
    if kind == MOMENT and isinstance(value, datetime) and value.utcoffset() is not None:
        return test(at, _whole_milliseconds(value, up=is_above))
    return test(at, value) if _is_number(value, kind) else None


def _is_same(value: object, kind: pa.DataType) -> bool:
    """Returns whether the server and Spark mean the same by a value being equal."""
    if kind == TEXT:
        return isinstance(value, str) and value.strip() == value != "" and not value.startswith(("$$", "FIELD:"))
    return _is_number(value, kind)


def _is_number(value: object, kind: pa.DataType) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return (kind == WHOLE and isinstance(value, int)) or (kind == FLOAT and math.isfinite(value))


def _whole_milliseconds(moment: datetime, *, up: bool) -> datetime:
    """Returns the moment in the precision of the wire, not narrower than it was."""
    plain = moment.astimezone(UTC)
    floor = plain.replace(microsecond=plain.microsecond // 1000 * 1000)
    return floor + _MILLISECOND if up and floor != plain else floor
