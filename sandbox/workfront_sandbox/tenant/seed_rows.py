"""Rows of a seed, looked at before they are laid: every value is of its field's kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from workfront_sandbox.schema.catalogue import ObjectSchema
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.json_value import Row, is_list, is_object


def check_rows(known: ObjectSchema, rows: Iterable[Row]) -> None:
    """Raises ValueError for the first value that its field cannot hold; names the metadata lacks are kept."""
    for row in rows:
        for name, value in row.items():
            is_known = name in known.fields or name in known.relations
            if is_known and value is not None and not _fits(known, name, value):
                shown = f"{value!r}"[:80]
                raise ValueError(f"the seed has {shown} for {name} in a row of {known.code}: {_wanted(known, name)}")


def _fits(known: ObjectSchema, name: str, value: Any) -> bool:
    if name in known.relations:
        return is_list(value) or is_object(value)
    match known.kind(name):
        case "text":
            return isinstance(value, str)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "instant" | "date":
            return isinstance(value, str) and _is_date(value)
        case "list":
            return is_list(value)
        case _:
            return True


def _is_date(text: str) -> bool:
    try:
        datetimes.parse(text, UTC)
    except ValueError:
        return False
    return True


def _wanted(known: ObjectSchema, name: str) -> str:
    if name in known.relations:
        return "it takes an object, or a list of them"
    words = {"text": "a text", "number": "a number", "boolean": "true or false", "list": "a list"}
    return f"it takes {words.get(known.kind(name), 'a date such as 2026-05-18T17:00:00:000+0000')}"
