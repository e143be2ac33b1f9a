"""One value as a text of a table, as a cell of CSV, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final, cast

from workfront_cli.output import encodable, json_text
from workfront_core.models.model import WorkfrontObject

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def plain_value(value: object) -> Any:
    """Returns a value as JSON knows it: dates and times in ISO 8601, codes as they are, amounts as numbers or text."""
    match value:
        case Enum():
            return plain_value(value.value)
        case None | str() | bool() | int() | float():
            return value
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case WorkfrontObject():
            return plain_value(value.to_wire())
        case Mapping():
            return {str(key): plain_value(item) for key, item in cast("Mapping[object, object]", value).items()}
        case list() | tuple() | set() | frozenset():
            return [plain_value(item) for item in cast("list[object]", value)]
        case _:
            return str(value)


def cell(value: object, null: str = "") -> str:
    """Returns a value as the text of a cell: booleans as true and false, lists and maps as JSON."""
    plain = plain_value(value)
    match plain:
        case None:
            return null
        case bool():
            return "true" if plain else "false"
        case str():
            return encodable(plain)
        case int() | float():
            return str(plain)
        case _:
            return json_text(plain)


def unsteered(text: str) -> str:
    """Returns a text that a spreadsheet does not run as a formula; numbers stay as they are."""
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def nested(flat: Mapping[str, object]) -> dict[str, Any]:
    """Returns a flat row as nested objects, as JSON shows it: ``project:name`` is ``{"project": {"name": ...}}``.

    A custom field keeps its whole name, and so does what a report makes of one: ``sum_DE:Budget``.
    """
    document: dict[str, Any] = {}
    for name, value in flat.items():
        *path, last = [name] if name.startswith("DE:") or "_DE:" in name else name.split(":")
        place = document
        for part in path:
            inner = place.setdefault(part, {})
            place = cast("dict[str, Any]", inner) if isinstance(inner, dict) else place
        place[last] = plain_value(value)
    return document


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
