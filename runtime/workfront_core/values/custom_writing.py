"""What a value becomes in a write of a custom field: the form that the service keeps for its kind, or a refusal in
words (docs/protocol.md 11.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final, cast

from workfront_core.arguments import is_finite, shown_number
from workfront_core.foreign_text import json_or
from workfront_core.models.model import WorkfrontObject
from workfront_core.values.datetimes import format_datetime, parse_date, parse_datetime
from workfront_core.values.linked import Linked
from workfront_core.values.rich_text.rich_text import RichText

__all__ = ["WRITERS", "object_of"]

_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?", re.ASCII)
_OFFSET: Final = re.compile(r"[T ].*(?:Z|[+-]\d\d:?\d\d)")
_MOST_DIGITS: Final = 308
"""Digits before the point that a number of JSON has at most where a program reads it as a float."""


def _expected(wanted: str, value: object, instead: str) -> ValueError:
    return ValueError(f"{wanted} is expected, not {type(value).__name__}; {instead}")


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _text(value: object) -> str:
    found = _plain(value)
    if isinstance(found, Linked):
        return found.id
    if isinstance(found, RichText):
        return str(found)
    if not isinstance(found, str):
        raise _expected("a text", value, "write str(...) of it")
    return found


def _number(value: object) -> int | float | str:
    found = _plain(value)
    if isinstance(found, str):
        if not _NUMBER.fullmatch(found.strip()):
            raise ValueError(
                "a number is expected, and this text cannot be read as one; write digits with a point, such as 1250.5"
            )
        found = Decimal(found.strip())
    if isinstance(found, bool) or not isinstance(found, int | float | Decimal):
        raise _expected("a number", value, "write an int, a float or a Decimal")
    if not is_finite(found):
        raise ValueError(f"{shown_number(found)} cannot be sent; JSON knows finite numbers only")
    return _exact(found) if isinstance(found, Decimal) else found


def _exact(number: Decimal) -> int | float | str:
    """Returns the number as JSON: bare where that is the same number, as a text else."""
    if number.adjusted() > _MOST_DIGITS:
        raise ValueError("the number is too large")
    if number == number.to_integral_value():
        return int(number)
    near = float(number)
    return near if Decimal(repr(near)) == number else format(number, "f")


def _day(value: object) -> str:
    if isinstance(value, datetime):
        raise _expected("a date", value, "take .date() of it, in the time zone you mean")
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise _expected("a date", value, "write date(2026, 6, 13)")
    return parse_date(value.strip()).isoformat()


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise _expected("a datetime with a time zone", value, "write datetime(2026, 6, 13, 9, tzinfo=timezone.utc)")
    text = value.strip()
    found = parse_datetime(text)
    return format_datetime(found) if _OFFSET.search(text) else text


def _link(value: object) -> str:
    if isinstance(value, WorkfrontObject):
        if not (object_id := value.get("ID")):
            raise ValueError(f"the {type(value).__name__} has no ID; load it with 'ID'")
        return str(object_id)
    if isinstance(value, Mapping):
        entry = cast("Mapping[str, object]", value)
        value = {"ID": entry.get("ID", entry.get("id"))}
    object_id = Linked.parse(value).id
    if not object_id or any(sign.isspace() or sign in '"[]{}' for sign in object_id):
        raise ValueError("a reference is expected: the ID of an object, or a row of it, rather than a name")
    return object_id


def object_of(value: object) -> str | None:
    """Returns the objCode of what a value refers to, as far as the value says."""
    if isinstance(value, WorkfrontObject):
        return str(getattr(value, "obj_code", "")) or None
    if isinstance(value, Mapping):
        found = cast("Mapping[str, object]", value).get("objCode")
        return found if isinstance(found, str) else None
    try:
        return Linked.parse(value).obj_code if not isinstance(value, Linked) else value.obj_code
    except ValueError:
        return None


def _rich(value: object) -> str:
    if isinstance(value, str) and not isinstance(json_or(value, None), dict):
        return str(RichText.from_text(value))
    if not isinstance(value, RichText | str | Mapping):
        raise _expected("text with formatting", value, "write a RichText, or a text")
    return str(value if isinstance(value, RichText) else RichText.parse(cast("Mapping[str, Any]", value)))


def _choice(value: object) -> str:
    if isinstance(value, str):
        return str(_plain(value))
    raise ValueError("one option is expected, as a text or a member of its enumeration")


def _choices(value: object) -> list[str] | None:
    if isinstance(value, str):
        return [_choice(value)]
    if not isinstance(value, Iterable) or isinstance(value, bytes | bytearray | Mapping | WorkfrontObject):
        raise ValueError("a list of choices is expected")
    found = [_choice(item) for item in cast("Iterable[object]", value)]
    return (sorted(found) if isinstance(value, set | frozenset) else found) or None


def _options(value: object) -> str | list[str] | None:
    return _choice(value) if isinstance(value, str) else _choices(value)


WRITERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "text": _text,
    "number": _number,
    "money": _number,
    "date": _day,
    "date_time": _moment,
    "choice": _choice,
    "choices": _choices,
    "options": _options,
    "link": _link,
    "rich": _rich,
    "json": lambda value: value,
}
"""How a value of each kind is written; what it does not take is a ``ValueError``."""
