"""Rows of the wire as an Arrow record batch. No value stops a load, and none is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, cast

import pyarrow as pa

from workfront_core.frames.column_types import EXTRA
from workfront_core.frames.convert import convert, extra_entries
from workfront_core.frames.schema import Column, FrameSchema

WireRow = Mapping[str, object]


def to_batch(rows: Sequence[WireRow], schema: FrameSchema) -> pa.RecordBatch:
    """Returns the rows as a record batch of the schema.

    A value that does not fit its column is null there and stands, as JSON text, in ``_wf_extra`` under the wire name of
    the member of the row; members that no column takes stand there too.
    """
    extra: dict[int, dict[str, object]] = {}
    arrays = [_converted(rows, column, extra) for column in schema.columns]
    _add_unknown(rows, schema, extra)
    arrays.append(_extra_array(len(rows), extra))
    return pa.RecordBatch.from_arrays(arrays, schema=schema.arrow)


def _converted(rows: Sequence[WireRow], column: Column, extra: dict[int, dict[str, object]]) -> pa.Array[Any]:
    first, *below = column.path
    values = _values(rows, first)
    for name in below:
        values = [cast("dict[str, object]", value).get(name) if isinstance(value, dict) else None for value in values]
    array, misfits = convert(values, column.field)
    for at in misfits:
        extra.setdefault(at, {})[first] = rows[at].get(first)
    return array


def _values(rows: Sequence[WireRow], name: str) -> list[object]:
    """Returns one member of each row; quick where every row has it."""
    try:
        return list(map(itemgetter(name), rows))
    except KeyError:
        return [row.get(name) for row in rows]


def _add_unknown(rows: Sequence[WireRow], schema: FrameSchema, extra: dict[int, dict[str, object]]) -> None:
    """Adds members that no column takes. The server adds ``objCode`` to every row, and the ID to related ones."""
    known = _known(schema)
    if _is_usual(rows, known, schema.obj_code):
        return
    for at, row in enumerate(rows):
        odd = {name: value for name, value in row.items() if name not in known.inside and name != "objCode"}
        odd.update((name, row[name]) for name in known.related if _has_more(row.get(name), known.inside[name]))
        if "objCode" not in known.inside and row.get("objCode", schema.obj_code) != schema.obj_code:
            odd["objCode"] = row["objCode"]
        if odd:
            extra.setdefault(at, {}).update(odd)


def _is_usual(rows: Sequence[WireRow], known: _Known, obj_code: str) -> bool:
    """Returns whether nothing in any of the rows can be left over; quick, since that is so for nearly every page."""
    names = set[str]().union(*rows)
    codes = set(_values(rows, "objCode")) if "objCode" in names - known.inside.keys() else {obj_code}
    return not known.related and names <= {*known.inside, "objCode"} and codes == {obj_code}


@dataclass(frozen=True, slots=True)
class _Known:
    """The members that columns take, each with those below it; related rows are those taken apart into columns."""

    inside: Mapping[str, _Known]

    @property
    def related(self) -> list[str]:
        return [name for name, below in self.inside.items() if below.inside]


def _known(schema: FrameSchema) -> _Known:
    return _tree([column.path for column in schema.columns])


def _tree(paths: Sequence[tuple[str, ...]]) -> _Known:
    firsts = dict.fromkeys(path[0] for path in paths)
    return _Known({name: _tree([path[1:] for path in paths if path[0] == name and len(path) > 1]) for name in firsts})


def _has_more(value: object, known: _Known) -> bool:
    """Returns whether a related row is missing, or holds what no column takes."""
    if value is None:
        return False
    if not isinstance(value, dict):
        return True
    row = cast("dict[str, object]", value)
    usual = {*known.inside, "ID", "objCode"}
    return not row.keys() <= usual or any(_has_more(row.get(name), known.inside[name]) for name in known.related)


def _extra_array(number: int, extra: Mapping[int, Mapping[str, object]]) -> pa.Array[Any]:
    if not extra:
        return pa.nulls(number, EXTRA)
    return pa.array([extra_entries(extra[at]) if at in extra else None for at in range(number)], EXTRA)
