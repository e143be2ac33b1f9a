"""The form in which values are compared: texts, numbers, milliseconds; lists as bytes, to be told from texts."""

from __future__ import annotations

import json
import math
from datetime import timedelta, tzinfo
from functools import lru_cache
from typing import Any

from workfront_sandbox.schema.catalogue import Kind
from workfront_sandbox.store.database import Cell
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import is_list, is_object, text_of

_LARGEST = 2**63 - 1


def encode(kind: Kind, value: Any, zone: tzinfo) -> Cell:
    """Returns a JSON value of a row as it is compared. An empty list is no value."""
    if isinstance(value, str):
        return value if kind == "text" else _encode_text(kind, value, zone)
    if value is None or isinstance(value, bool):
        return None if value is None else int(value)
    if isinstance(value, int | float):
        return within(value)
    if is_list(value):
        return json.dumps([_member(item) for item in value]).encode() if value else None
    if is_object(value):
        return text_of(value)
    return _encode_text(kind, str(value), zone)


def decode(kind: Kind, text: str, zone: tzinfo) -> Cell:
    """Returns the value of a filter as it is compared. Raises ApiError where it is no value of the kind."""
    match kind:
        case "number":
            return number(text)
        case "boolean":
            return truth(text)
        case "instant" | "date":
            try:
                return datetimes.milliseconds(datetimes.parse(text, zone))
            except ValueError as error:
                raise invalid(str(error)[:200]) from None
        case _:
            return text


def day_of(text: str, zone: tzinfo) -> tuple[int, int]:
    """Returns the first and the last millisecond of the day a text names. Raises ApiError."""
    try:
        start = datetimes.midnight(datetimes.parse(text, zone), zone)
    except ValueError as error:
        raise invalid(str(error)[:200]) from None
    return datetimes.milliseconds(start), datetimes.milliseconds(start + timedelta(days=1)) - 1


def number(text: str) -> int | float:
    """Raises ApiError where a text is no number."""
    try:
        found: int | float = int(text) if text.strip().lstrip("+-").isdecimal() else float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise invalid(f'For input string: "{text[:100]}"', "java.lang.NumberFormatException")
    return within(found)


def truth(text: str) -> int:
    """Returns one for a text that means yes, zero for one that means no. Raises ApiError where it means neither."""
    word = text.strip().lower()
    if word not in {"true", "1", "yes", "false", "0", "no", ""}:
        raise invalid(f'Unparseable boolean: "{text[:100]}"')
    return int(word in {"true", "1", "yes"})


def within(value: float) -> int | float:
    """Returns a number; one too large for the database's whole numbers becomes floating."""
    return float(value) if isinstance(value, int) and abs(value) > _LARGEST else value


def _member(value: Any) -> Cell:
    """Returns a member of a list as it is compared; lists and objects below it are texts."""
    return text_of(value) if is_list(value) or is_object(value) else int(value) if isinstance(value, bool) else value


@lru_cache(maxsize=4096)
def _milliseconds(text: str, zone: tzinfo) -> int:
    return datetimes.milliseconds(datetimes.parse(text, zone))


def _encode_text(kind: Kind, value: str, zone: tzinfo) -> Cell:
    try:
        match kind:
            case "instant" | "date":
                return _milliseconds(value, zone)
            case "number":
                return within(float(value))
            case _:
                return value
    except (ValueError, OverflowError):
        return value
