"""JSON values: read strictly, told apart, turned into text."""

from __future__ import annotations

import json
import math
from typing import Any, TypeAlias, TypeGuard

Row: TypeAlias = dict[str, Any]


def is_object(value: object) -> TypeGuard[Row]:
    """Returns whether a JSON value is an object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Returns whether a JSON value is a list."""
    return isinstance(value, list)


def loads(text: str | bytes) -> Any:
    """Returns the value of a JSON text. Raises ValueError for anything but plain JSON, however it is broken."""
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("too deeply nested") from None
    return whole(value)


def whole(value: Any) -> Any:
    """Returns ``value`` with halves of surrogate pairs, which no database stores, replaced."""
    if isinstance(value, str):
        return whole_text(value)
    if is_list(value):
        return [whole(item) for item in value]
    if is_object(value):
        return {whole_text(key): whole(item) for key, item in value.items()}
    return value


def whole_text(text: str) -> str:
    """Returns ``text`` without halves of surrogate pairs."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def text_of(value: Any) -> str:
    """Returns a JSON value as it is written in a parameter: ``true``, ``12``, plain text, nothing for null."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is out of range")
    return number
