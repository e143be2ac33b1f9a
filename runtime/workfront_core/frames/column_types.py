"""Which Arrow type holds each kind of value of the API (the table in docs/tables.md).

Codes of open enums stay text or numbers: a new code must not stop a load. Instants are kept to the microsecond, because
DuckDB, Spark and pandas all hold that; the API sends milliseconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

import pyarrow as pa

from workfront_core.values.custom_field import CustomField

TEXT: Final = pa.string()
WHOLE: Final = pa.int64()
FLOAT: Final = pa.float64()
TRUTH: Final = pa.bool_()
MOMENT: Final = pa.timestamp("us", "UTC")
DAY: Final = pa.date32()
AMOUNT: Final = pa.decimal128(38, 10)
EXTRA: Final = pa.map_(TEXT, TEXT)
"""Wire name to JSON text: what did not fit its column, and what the schema does not know."""

_PLAIN: Final[Mapping[object, tuple[pa.DataType, str]]] = {
    str: (TEXT, "string"),
    int: (WHOLE, "int"),
    float: (FLOAT, "double"),
    bool: (TRUTH, "boolean"),
    datetime: (MOMENT, "dateTime"),
    date: (DAY, "date"),
    Decimal: (AMOUNT, "java.math.BigDecimal"),
}
_JSON: Final = "json"
_UNTYPED: Final = "untyped"
_LINK: Final = "link"
LINK: Final = pa.struct([pa.field("ID", TEXT), pa.field("name", TEXT), pa.field("objCode", TEXT)])
"""What a custom field holds that refers to an object."""

_CUSTOM: Final[Mapping[str, tuple[pa.DataType, str]]] = {
    "text": _PLAIN[str],
    "number": _PLAIN[float],
    "money": _PLAIN[Decimal],
    "date": _PLAIN[date],
    "date_time": _PLAIN[datetime],
    "choice": _PLAIN[str],
    "choices": (pa.list_(TEXT), "string[]"),
    "options": (pa.list_(TEXT), "string[]"),
    "link": (LINK, _LINK),
    "rich": _PLAIN[str],
    "json": (TEXT, _JSON),
}
"""By the kind of a custom field that a package of a tenant knows."""


def plain_column(name: str, wire: str, annotation: object) -> pa.Field[Any]:
    """Returns the column of a member that holds values, not rows, by its annotation in the model.

    What the metadata does not explain, and maps, become JSON text.
    """
    codes = _codes(annotation)
    kind, word = _arrow_type(annotation) or (TEXT, _JSON)
    notes = {"workfront:name": wire, "workfront:type": word}
    return pa.field(name, kind, metadata={**notes, **({"workfront:codes": json.dumps(codes)} if codes else {})})


def custom_column(name: str, custom: CustomField) -> pa.Field[Any]:
    """Returns the column of a custom field that a package knows, by its kind."""
    kind, word = _CUSTOM[custom.kind_name]
    codes = {member.value: member.name for member in custom.options() or ()}
    notes = {"workfront:name": custom.wire, "workfront:type": word}
    return pa.field(name, kind, metadata={**notes, **({"workfront:codes": json.dumps(codes)} if codes else {})})


def json_column(name: str, wire: str, obj_code: str) -> pa.Field[Any]:
    """Returns the column of related rows of which no field is known: their JSON text."""
    return pa.field(
        name, TEXT, metadata={"workfront:name": wire, "workfront:type": _JSON, "workfront:object": obj_code}
    )


def untyped_column(name: str, wire: str) -> pa.Field[Any]:
    """Returns the column of a custom field whose kind nobody told: text as it is, other values as JSON text."""
    return pa.field(name, TEXT, metadata={"workfront:name": wire, "workfront:type": _UNTYPED})


def wire_of(column: pa.Field[Any]) -> str:
    """Returns the wire name of a column."""
    return (column.metadata or {}).get(b"workfront:name", column.name.encode()).decode()


def is_json(column: pa.Field[Any]) -> bool:
    """Returns whether every value of the column is written as JSON text."""
    return _word(column) == _JSON.encode()


def is_untyped(column: pa.Field[Any]) -> bool:
    """Returns whether the column takes any value: text as it is, others as JSON text."""
    return _word(column) == _UNTYPED.encode()


def is_link(column: pa.Field[Any]) -> bool:
    """Returns whether the column is of a custom field that refers to objects: JSON in a text, or the ID alone."""
    return _word(column) == _LINK.encode()


def _word(column: pa.Field[Any]) -> bytes:
    return (column.metadata or {}).get(b"workfront:type", b"")


def _arrow_type(annotation: object) -> tuple[pa.DataType, str] | None:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        kinds = [part for part in parts if part is not NoneType and not _is_enum(part)]
        return _arrow_type(kinds[0]) if len(kinds) == 1 else None
    if origin is Annotated:
        return _arrow_type(parts[0])
    if origin is list:
        item = _arrow_type(parts[0])
        return None if item is None else (pa.list_(item[0]), f"{item[1]}[]")
    return _PLAIN.get(annotation)


def _codes(annotation: object) -> dict[str, str]:
    """Returns the codes of an enum and their Python names; none for other annotations."""
    return {str(member.value): member.name for kind in _enums(annotation) for member in kind}


def _enums(annotation: object) -> Iterator[type[Enum]]:
    if _is_enum(annotation):
        yield annotation  # type: ignore[misc]
    for part in get_args(annotation):
        yield from _enums(part)


def _is_enum(part: object) -> bool:
    return isinstance(part, type) and issubclass(part, Enum)
