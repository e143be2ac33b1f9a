"""Values of a table for formats that know fewer types than Arrow: CSV, JSON, spreadsheets."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

_FIRST_SPREADSHEET_YEAR: Final = 1901
_HALF: Final = re.compile("[\\ud800-\\udfff]")


def text_columns(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Returns the batch with every column as text, for CSV."""
    arrays = [_texts(column) for column in batch.columns]
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)


def json_texts(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Returns the batch with lists, maps and structs as JSON text, for stores that know no such columns."""
    arrays = [_texts(column) if pa.types.is_nested(column.type) else column for column in batch.columns]
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)


def json_line(row: Mapping[str, Any]) -> str:
    """Returns a row as one line of JSON; ``_wf_extra`` as the object it is the text of."""
    return _nested_text(row)


def spreadsheet_cell(value: object) -> tuple[object, Literal["moment", "day"] | None]:
    """Returns a value as a spreadsheet takes it, and the format of its cell."""
    if isinstance(value, date) and value.year < _FIRST_SPREADSHEET_YEAR:
        return _json_value(value), None
    if isinstance(value, datetime):
        return value.replace(tzinfo=None), "moment"
    if isinstance(value, date):
        return value, "day"
    if isinstance(value, int | float | Decimal):
        return _spreadsheet_number(value), None
    return (_nested_text(value) if isinstance(value, list | dict) else value), None


def _spreadsheet_number(value: float | Decimal) -> float | str:
    """Returns a number as a cell holds it, as text where a cell would change it or holds none."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    number = float(value)
    return number if _shown(number) == value else _amount(Decimal(value))


def _shown(number: float) -> Decimal:
    """Returns a number as a spreadsheet file has it, with 16 digits."""
    return Decimal(f"{number:.16G}")


def _texts(column: pa.Array[Any]) -> pa.Array[Any]:
    kind = column.type
    if pa.types.is_timestamp(kind):
        return pa.array([None if moment is None else _iso(moment) for moment in column.to_pylist()], pa.string())
    if pa.types.is_nested(kind):
        return pa.array([None if value is None else _nested_text(value) for value in column.to_pylist()], pa.string())
    if pa.types.is_decimal(kind):
        return pa.array([None if value is None else _amount(value) for value in column.to_pylist()], pa.string())
    return pc.cast(column, pa.string())


def _nested_text(value: object) -> str:
    """Returns a value as JSON; halves of surrogate pairs, which no file takes as letters, by their numbers."""
    text = json.dumps(_without_maps(value), default=_json_value, ensure_ascii=False, separators=(",", ":"))
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _without_maps(value: Any) -> Any:
    """Returns the value with maps of JSON texts, which Arrow gives as lists of pairs, as objects again."""
    if isinstance(value, Mapping):
        return {name: _without_maps(inner) for name, inner in value.items()}
    if isinstance(value, list) and value and all(isinstance(pair, tuple) for pair in value):
        return {name: json.loads(text) for name, text in value}
    return [_without_maps(inner) for inner in value] if isinstance(value, list) else value


def _json_value(value: object) -> object:
    if isinstance(value, datetime):
        return _iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        number = float(value)
        return number if Decimal(repr(number)) == value else _amount(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _amount(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
