"""One column of JSON values as an Arrow array, and which of the values did not fit it.

A column is converted as a whole where all its values have the form they should have, else value by value. Arrow alone
would take wrong forms in silence: a lone text in a list column becomes its letters, true becomes 1.0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import accumulate
from typing import Any, Final, NamedTuple, NoReturn, cast

import pyarrow as pa
import pyarrow.compute as pc

from workfront_core.arguments import BEYOND_INT64, is_utf8
from workfront_core.foreign_text import json_or
from workfront_core.frames.column_types import (
    AMOUNT,
    DAY,
    FLOAT,
    MOMENT,
    TEXT,
    TRUTH,
    WHOLE,
    is_json,
    is_link,
    is_untyped,
    wire_of,
)
from workfront_core.values.datetimes import parse_date, parse_datetime

_NONE: Final = type(None)
_FORMS: Final[Mapping[pa.DataType, frozenset[type]]] = {
    TEXT: frozenset({str, _NONE}),
    WHOLE: frozenset({int, _NONE}),
    FLOAT: frozenset({int, float, _NONE}),
    TRUTH: frozenset({bool, _NONE}),
    DAY: frozenset({str, _NONE}),
    MOMENT: frozenset({str, _NONE}),
    AMOUNT: frozenset({int, float, _NONE}),
}
"""The types of Python that a column may hold to be converted as a whole."""

_MOMENT_FORM: Final = "2026-05-18T17:00:00:000-0600"
_MOMENT_SIGNS: Final = ((10, frozenset(b"T")), (19, frozenset(b":")), (23, frozenset(b"+-")))
_FIRST: Final = round(datetime(2, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_LAST: Final = round(datetime(9999, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_WHOLE_NUMBER: Final = re.compile(r"-?\d+")
_ODD_JSON: Final = re.compile(r"\\u[dD][89a-fA-F]|NaN|Infinity")
"""Where halves of surrogate pairs, and numbers that are none, may be."""
_AMOUNT_LIMIT: Final = Decimal(10) ** 28
_INT64: Final = range(-BEYOND_INT64, BEYOND_INT64)
_MISFITS: Final = (
    pa.ArrowInvalid,
    pa.ArrowTypeError,
    pa.ArrowNotImplementedError,
    ValueError,
    TypeError,
    OverflowError,
    ArithmeticError,
)


class Converted(NamedTuple):
    """A column, and the positions of the values that did not fit it; those are null there."""

    array: pa.Array[Any]
    misfits: Sequence[int] = ()


def convert(values: Sequence[object], column: pa.Field[Any]) -> Converted:
    """Returns the values as an array of the column's type."""
    kind = column.type
    if is_json(column):
        return _json_texts(values)
    if is_untyped(column):
        return _untyped(values)
    if pa.types.is_struct(kind):
        return _structs([_linked(value) for value in values] if is_link(column) else values, kind)
    if pa.types.is_map(kind):
        return _maps(values, kind)
    if pa.types.is_list(kind):
        return _lists(values, kind)
    return _scalars(values, kind)


def json_text(value: object) -> str:
    """Returns a value as JSON in ASCII, which carries any text, lone surrogates included."""
    return json.dumps(value, separators=(",", ":"))


def _json_texts(values: Sequence[object]) -> Converted:
    """Returns the values as JSON texts. Those that not every reader of JSON takes are misfits, or a store that checks
    what it is given would refuse the whole load.
    """
    texts = [None if value is None else json_text(value) for value in values]
    misfits = [at for at, text in enumerate(texts) if text and _ODD_JSON.search(text) and not _is_strict(values[at])]
    for at in misfits:
        texts[at] = None
    return Converted(pa.array(texts, TEXT), misfits)


def _is_strict(value: object) -> bool:
    try:
        return bool(json.dumps(value, ensure_ascii=False, allow_nan=False).encode())
    except ValueError:
        return False


def _scalars(values: Sequence[object], kind: pa.DataType) -> Converted:
    try:
        return Converted(_at_once(values, kind))
    except _MISFITS:
        return _one_by_one(values, kind, _READERS[kind])


def _at_once(values: Sequence[Any], kind: pa.DataType) -> pa.Array[Any]:
    if not set(map(type, values)) <= _FORMS[kind]:
        raise TypeError("a value of another form")
    if kind == MOMENT:
        return _moments(values)
    if kind == DAY:
        return pa.array(values, TEXT).cast(DAY)
    if kind == AMOUNT:
        return pa.array([None if value is None else Decimal(str(value)) for value in values], AMOUNT)
    return pa.array(values, kind)


def _moments(values: Sequence[str | None]) -> pa.Array[Any]:
    """Returns date-times of the wire's form, which Arrow reads once the third colon is a point."""
    texts: Any = pa.array(values, TEXT)
    if not _are_wire_moments(texts):
        raise ValueError("a date-time of another form")
    found: pa.Array[Any] = pc.binary_replace_slice(texts, 19, 20, ".").cast(MOMENT)
    _check_years(found)
    return found


def _are_wire_moments(texts: Any) -> bool:
    """Returns whether all have length and signs of ``2026-05-18T17:00:00:000-0600``; Arrow looks at the digits."""
    length, lengths = len(_MOMENT_FORM), pc.min_max(pc.binary_length(texts))
    if {lengths["min"].as_py(), lengths["max"].as_py()} != {length}:
        return lengths["min"].as_py() is None
    held = texts.buffers()[2]
    joined: bytes = held.to_pybytes()[: length * (len(texts) - texts.null_count)] if held is not None else b""
    return joined.isascii() and all(set(joined[at::length]) <= signs for at, signs in _MOMENT_SIGNS)


def _check_years(moments: Any) -> None:
    bounds = pc.min_max(moments.cast(WHOLE))
    least, greatest = bounds["min"].as_py(), bounds["max"].as_py()
    if least is not None and not _FIRST <= least <= greatest < _LAST:
        raise ValueError("a year that Python's dates do not have")


def _one_by_one(values: Sequence[object], kind: pa.DataType, read: Callable[[object], object]) -> Converted:
    kept: list[object] = []
    misfits: list[int] = []
    for at, value in enumerate(values):
        try:
            kept.append(None if value is None else read(value))
        except _MISFITS:
            kept.append(None)
            misfits.append(at)
    return Converted(pa.array(kept, kind), misfits)


def _untyped(values: Sequence[object]) -> Converted:
    """Returns text as it is, other values as their JSON text; those are misfits as well, or "5" could not be told from
    5.
    """
    others = [at for at, value in enumerate(values) if not (value is None or _is_text(value))]
    texts = [value if value is None or _is_text(value) else json_text(value) for value in values]
    return Converted(pa.array(texts, TEXT), others)


def _linked(value: object) -> object:
    """Returns what a custom field refers to as an object with an ID; what is no such thing, as what fits no struct."""
    if isinstance(value, str) and not value.lstrip().startswith("{"):
        return {"ID": value}
    found = json_or(value, False) if isinstance(value, str) else value
    if found is None:
        return None
    return found if isinstance(found, dict) and isinstance(cast("dict[str, object]", found).get("ID"), str) else False


def _structs(values: Sequence[object], kind: pa.StructType) -> Converted:
    columns = [kind.field(at) for at in range(kind.num_fields)]
    known = {*map(wire_of, columns), "objCode"}
    rows = [value if isinstance(value, dict) else None for value in values]
    misfits = {at for at, value in enumerate(values) if not (value is None or _fits(value, known))}
    arrays: list[pa.Array[Any]] = []
    for column in columns:
        name = wire_of(column)
        array, bad = convert([None if row is None else row.get(name) for row in rows], column)
        arrays.append(array)
        misfits.update(bad)
    missing = pa.array([row is None for row in rows], TRUTH)
    return Converted(pa.StructArray.from_arrays(arrays, fields=columns, mask=missing), sorted(misfits))


def _fits(value: object, known: set[str]) -> bool:
    return isinstance(value, dict) and cast("dict[str, object]", value).keys() <= known


def _lists(values: Sequence[object], kind: pa.ListType[Any]) -> Converted:
    """Makes a list column; a lone value counts as a list of one, as the server writes it."""
    lists = [value if value is None or isinstance(value, list) else [value] for value in values]
    owners = [at for at, items in enumerate(lists) for _ in items or ()]
    items, bad = convert([item for items in lists for item in items or ()], kind.value_field)
    misfits = sorted({owners[at] for at in bad})
    offsets = [0, *accumulate(len(items or ()) for items in lists)]
    missing = pa.array([items is None for items in lists], TRUTH)
    array = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), items, type=kind, mask=missing)
    return Converted(array, misfits)


def _maps(values: Sequence[object], kind: pa.DataType) -> Converted:
    misfits = [at for at, value in enumerate(values) if not (value is None or isinstance(value, dict))]
    pairs = [extra_entries(cast("dict[str, object]", value)) if isinstance(value, dict) else None for value in values]
    return Converted(pa.array(pairs, kind), misfits)


def extra_entries(members: Mapping[str, object]) -> list[tuple[str, str]]:
    """Returns the members as pairs of name and JSON text, for a map column."""
    return [(_encodable(name), json_text(value)) for name, value in members.items()]


def _encodable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _is_text(value: object) -> bool:
    """Returns whether the value is text that UTF-8 can carry."""
    return isinstance(value, str) and is_utf8(value)


def _text(value: object) -> str:
    return cast("str", value) if _is_text(value) else _refuse()


def _whole(value: object) -> int:
    if (isinstance(value, float) and value.is_integer()) or (isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value)):
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value in _INT64 else _refuse()


def _float(value: object) -> float:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    if isinstance(value, int) and not isinstance(value, bool) and float(value) == value:
        return float(value)
    return value if isinstance(value, float) else _refuse()


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    return value == "true" if value in ("true", "false") else _refuse()


def _amount(value: object) -> Decimal:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (is_number or (isinstance(value, str) and _NUMBER.fullmatch(value))):
        _refuse()
    amount = Decimal(str(value))
    if not amount.is_finite() or abs(amount) >= _AMOUNT_LIMIT or amount != round(amount, 10):
        _refuse()
    return amount


def _moment(value: object) -> datetime:
    moment = parse_datetime(_text(value))
    return moment if 1 < moment.year < 9999 else _refuse()  # a zone may push the first and the last year out of range


def _day(value: object) -> date:
    return parse_date(_text(value))


def _refuse() -> NoReturn:
    raise ValueError("a value of another form")


_READERS: Final[Mapping[pa.DataType, Callable[[object], object]]] = {
    TEXT: _text,
    WHOLE: _whole,
    FLOAT: _float,
    TRUTH: _truth,
    AMOUNT: _amount,
    MOMENT: _moment,
    DAY: _day,
}
