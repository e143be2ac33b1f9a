"""How a test is written in the condition language: ``percentComplete < 100``, ``name icontains 'brief'``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Any, Final

from workfront_core.models.asked_fields import CUSTOM
from workfront_core.query.operators import Operator, known_operator
from workfront_core.query.origin import Origin
from workfront_core.values.datetimes import parse_datetime

FIELD: Final = "FIELD:"
"""In front of a value that names a field to compare with, docs/protocol.md 8.5."""


class ValueForm(Enum):
    """How the values of a kind of field are written."""

    TEXT = auto()
    NUMBER = auto()
    BOOLEAN = auto()
    TIME = auto()
    CODE = auto()
    LIST = auto()
    ANY = auto()


_ONE: Final = {
    Operator.EQ: "=", Operator.EXACT_TIME: "=", Operator.NE: "!=", Operator.NEE: "differs",
    Operator.IEQ: "iequals", Operator.INE: "not iequals",
    Operator.LT: "<", Operator.LTE: "<=", Operator.GT: ">", Operator.GTE: ">=",
    Operator.CONTAINS: "contains", Operator.NOT_CONTAINS: "not contains",
    Operator.ICONTAINS: "icontains", Operator.NOT_ICONTAINS: "not icontains",
    Operator.STARTS_WITH: "startswith", Operator.ISTARTS_WITH: "istartswith",
    Operator.ENDS_WITH: "endswith", Operator.IENDS_WITH: "iendswith",
    Operator.LIKE: "like", Operator.ILIKE: "ilike", Operator.SOUNDEX: "soundex",
    Operator.ANY_BITS: "anybits", Operator.ALL_BITS: "allbits", Operator.NO_BITS: "nobits",
}  # fmt: skip
_LISTS: Final = {
    Operator.IN: "in", Operator.NOT_IN: "not in", Operator.IIN: "iin", Operator.NOT_IIN: "not iin",
    Operator.ALL_OF: "hasall",
}  # fmt: skip
_WORD_LISTS: Final = {
    Operator.ICONTAINS_ANY: "icontainsany", Operator.NOT_ICONTAINS_ANY: "not icontainsany",
    Operator.ICONTAINS_ALL: "icontainsall", Operator.NOT_ICONTAINS_ALL: "not icontainsall",
}  # fmt: skip
_RANGES: Final = {
    Operator.BETWEEN: "between", Operator.NOT_BETWEEN: "not between",
    Operator.IBETWEEN: "ibetween", Operator.NOT_IBETWEEN: "not ibetween",
}  # fmt: skip
_STATES: Final = {
    Operator.IS_NULL: "is null", Operator.NOT_NULL: "is not null",
    Operator.IS_BLANK: "is blank", Operator.NOT_BLANK: "is not blank",
}  # fmt: skip
_LENGTHS: Final = {Operator.LENGTH_LT: "<", Operator.LENGTH_EQ: "=", Operator.LENGTH_GT: ">"}
_OF_LISTS: Final = {Operator.EQ: "has", Operator.IN: "hasany"}
_ORDERED: Final = (Operator.LT, Operator.LTE, Operator.GT, Operator.GTE, Operator.BETWEEN, Operator.NOT_BETWEEN)
_BITS: Final = (Operator.ANY_BITS, Operator.ALL_BITS, Operator.NO_BITS)

_NAME: Final = re.compile(r"[^\W\d]\w*")
_MOMENT: Final = re.compile(r"\$\$(TODAY|NOW)(?:([be])?([+-]\d+)?([hdwmqy]))?")
_PERIODS: Final = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
_WORDS_OF_VALUES: Final = frozenset(
    {"true", "false", "null", "today", "now", "start", "end", "me", "my", "outer", "length"}
)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{0,9}[1-9])?")


def spelled_test(
    key: str, operator: str, values: Sequence[str], *, origin: Origin | None = None, whole_day: bool = False
) -> str:
    """Returns a test as the condition language writes it; with its wire text, where the language has no word for it.

    Args:
        key: the field's wire name with its path.
        operator: what follows ``_Mod``.
        values: texts of the wire.
        origin: where the path starts; ``None`` for a field by its wire name, which is written ``raw.name``.
        whole_day: whether the value stands for every instant of a day.
    """
    known, form = known_operator(operator), _form(origin)
    path = spelled_path(key, origin)
    if known is None or (not values and known not in _STATES):
        return f"{path} {operator} {' '.join(map(_quoted, values))}".rstrip()
    texts = [_value(value, known, form, origin, whole_day) for value in values]
    if known in _STATES:
        return f"{path} {_STATES[known]}"
    if known in _LENGTHS:
        return f"length({path}) {_LENGTHS[known]} {values[0]}"
    if known in _RANGES:
        return f"{path} {_RANGES[known]} {' and '.join(texts)}"
    if known in _WORD_LISTS:
        return f"{path} {_WORD_LISTS[known]} {_listed([_quoted(word) for word in values[0].split()])}"
    if form is ValueForm.LIST:
        return f"{path} {_OF_LISTS.get(known, operator)} {_listed(texts) if known is Operator.IN else texts[0]}"
    if known in _LISTS:
        is_wildcard = len(values) == 1 and values[0].startswith("$$USER.") and values[0].endswith("IDs")
        return f"{path} {_LISTS[known]} {texts[0] if is_wildcard else _listed(texts)}"
    return f"{path} {_ONE[known]} {texts[0]}"


def spelled_path(key: str, origin: Origin | None) -> str:
    """Returns the path to a field as the condition language writes it."""
    if key.startswith(CUSTOM):
        *relations, name = key.removeprefix(CUSTOM).split(":") if origin is not None else [key.removeprefix(CUSTOM)]
        return ".".join([*relations, f"{CUSTOM}{name if _NAME.fullmatch(name) else _quoted(name)}"])
    return key.replace(":", ".") if origin is not None else f"raw.{key.replace(':', '.')}"


def _value(value: str, operator: Operator, form: ValueForm, origin: Origin | None, whole_day: bool) -> str:
    if value.startswith(FIELD):
        return spelled_path(value.removeprefix(FIELD), origin)
    if operator in _BITS or operator in _LENGTHS:
        return value
    wildcard = _wildcard(value)
    match form:
        case ValueForm.NUMBER | ValueForm.BOOLEAN:
            return wildcard or value
        case ValueForm.TIME:
            return wildcard or _time(value)
        case ValueForm.CODE:
            return wildcard or _code(value, origin)
        case ValueForm.ANY if operator is Operator.EXACT_TIME or whole_day:
            return wildcard or _time(value)
        case ValueForm.ANY if operator is Operator.EQ:
            return _quoted(value)
        case ValueForm.ANY if operator in _ORDERED and _NUMBER.fullmatch(value):
            return value
        case _:
            return wildcard or _quoted(value)


def _wildcard(value: str) -> str | None:
    """Returns a value that the server fills in as the language writes it; ``None`` for any other value."""
    found = _MOMENT.fullmatch(value)
    if found is not None:
        name, edge, amount, unit = found.groups()
        start = f"{'start' if edge == 'b' else 'end'}({_PERIODS[unit]})" if edge else name.lower()
        return f"{start} {amount[0]} {amount[1:]}{unit}" if amount else start
    if value == "$$USER.ID":
        return "me"
    return f"my.{value.removeprefix('$$USER.')}" if value.startswith("$$USER.") else value if _is_plain(value) else None


def _is_plain(value: str) -> bool:
    return value in ("$$CUSTOMER", "$$AR")


def _time(value: str) -> str:
    try:
        return parse_datetime(value).isoformat() if "T" in value else value
    except ValueError:
        return _quoted(value)


def _code(value: str, origin: Origin | None) -> str:
    known = origin.codes() if origin is not None else None
    is_code = known is not None and any(str(member.value) == value for member in known)
    is_word = _NAME.fullmatch(value) is not None and value.lower() not in _WORDS_OF_VALUES
    return value if is_code and is_word else _quoted(value)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _listed(texts: Sequence[str]) -> str:
    return f"({', '.join(texts)})"


def _form(origin: Origin | None) -> ValueForm:
    """Returns how the values of the field at the end of a path are written."""
    path: Any = getattr(origin.model, "f", None) if origin is not None else None
    for name in origin.names if origin is not None else ():
        path = getattr(path, name, None)
    form = getattr(path, "_value_form", ValueForm.ANY)
    return form if isinstance(form, ValueForm) else ValueForm.ANY
