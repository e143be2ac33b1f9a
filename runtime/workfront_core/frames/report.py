"""A report as a table. Its answer tells no types: what is counted is whole, the rest goes by the values that came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from workfront_core.frames.batch import to_batch
from workfront_core.frames.column_types import DAY, FLOAT, MOMENT, TEXT, WHOLE, untyped_column
from workfront_core.frames.convert import convert
from workfront_core.frames.schema import Column, FrameSchema, levels
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.labels import label_of_path

_COUNTS: Final = ("count_", "dcount_")
_WORDS: Final[Mapping[str, str]] = {
    "max": "Greatest", "min": "Least", "avg": "Average of", "sum": "Sum of", "count": "Number of",
    "std": "Standard deviation of", "var": "Variance of",
}  # fmt: skip
_FUNCTIONS: Final = {**_WORDS, **{f"d{function}": words for function, words in _WORDS.items()}}
"""Aggregates in words; those with ``d`` count equal values once, which their labels say at the end."""
_BY_VALUES: Final = (FLOAT, MOMENT, DAY)


def report_table(
    rows: Sequence[Mapping[str, object]],
    grouped_by: Sequence[str],
    aggregated: Sequence[str],
    model: type[WorkfrontObject] | None = None,
) -> pa.Table:
    """Returns the innermost groups of a report as a table.

    Args:
        rows: keys and aggregates by wire name.
        grouped_by: wire names of the keys; their columns hold text.
        aggregated: names of the aggregates asked for, such as ``sum_hours``; there are columns for further ones that
            came as well.
        model: the object that the report is of; with it columns have labels.
    """
    names = dict.fromkeys([*aggregated, *(name for row in rows for name in row)])
    keys = [_column(name, _named(name, TEXT)) for name in grouped_by]
    others = [_column(name, _aggregate(name, rows)) for name in names if name not in grouped_by]
    schema = FrameSchema("", tuple(_labelled(column, model) for column in (*keys, *others)))
    return pa.Table.from_batches([to_batch(rows, schema)])


def _column(name: str, field: pa.Field[Any]) -> Column:
    return Column((name,), field)


def _labelled(column: Column, model: type[WorkfrontObject] | None) -> Column:
    """Returns the column with what people call its value: ``Owner: Name``, ``Sum of Hours``."""
    if model is None:
        return column
    (name,) = column.path
    function, _, path = name.partition("_")
    is_aggregate = function in _FUNCTIONS and bool(path)
    label = label_of_path(model, levels(path if is_aggregate else name))
    notes: dict[bytes | str, bytes | str] = dict((column.field.metadata or {}).items())
    if is_aggregate:
        once = ", equal values once" if function not in _WORDS else ""
        label = f"{_FUNCTIONS[function]} {label}{once}"
    notes[b"workfront:label"] = label.encode()
    return Column(column.path, column.field.with_metadata(notes))


def _aggregate(name: str, rows: Sequence[Mapping[str, object]]) -> pa.Field[Any]:
    """Returns the first kind of column that takes every value; text where none does."""
    values = [row.get(name) for row in rows]
    kinds = (WHOLE, FLOAT) if name.startswith(_COUNTS) else _BY_VALUES
    fields = (_named(name, kind) for kind in kinds)
    return next((field for field in fields if not convert(values, field).misfits), _untyped(name))


def _named(name: str, kind: pa.DataType) -> pa.Field[Any]:
    return pa.field("_".join(levels(name)), kind, metadata={"workfront:name": name})


def _untyped(name: str) -> pa.Field[Any]:
    return untyped_column("_".join(levels(name)), name)
