"""Filter parameters, read into groups of conditions. docs/protocol.md 8.

``[OR:<n>:][AND:<n>:][EXISTS:<name>:]<path>[_Mod|_Range]``: conditions of a group are joined by AND, groups by OR. Plain
parameters are a group of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row, is_list, is_object, loads, text_of

NULL_OPERATORS: Final = frozenset({"isnull", "notnull", "isblank", "notblank"})
_LISTS: Final = frozenset({"in", "notin", "ciin", "cinotin", "allof"})
_MARKS = re.compile(r"(?:(OR|AND|EXISTS|NOTEXISTS):([^:]{1,50}):)", re.ASCII)
_OTHER = re.compile(r".*_(?:Sort|GroupBy|AggFunc)", re.DOTALL)
STEERING: Final = frozenset({"copySourceID", "force", "method"})
"""Parameters beside those that say what a write does."""

CONTROL: Final = frozenset(
    {
        "fields", "method", "map", "filters", "listOptions", "updates", "sessionID", "sessionid", "apiKey", "apikey",
        "username", "password", "jsonp", "action", "atomic", "options", "subdomain", "uri", "concurrent",
        "$$FIRST", "$$LIMIT", "$$ROLLUP", "$$_ForceGroupBy", "$$AggCurr", "$$GroupCurr", "$$SortCurr", "$$FilterCurr",
    }
)  # fmt: skip
"""Parameters that are never filters."""


@dataclass(frozen=True)
class Condition:
    """One comparison: a field by its written path, an operator, its values, and the upper end of a range."""

    path: str
    operator: str
    values: tuple[str, ...] = ()
    upper: str | None = None


@dataclass(frozen=True)
class Exists:
    """There is (or is not) a row of ``obj_code`` that meets all conditions."""

    obj_code: str
    conditions: tuple[Condition, ...]
    negated: bool = False


@dataclass(frozen=True)
class Group:
    """Conditions that all must hold."""

    conditions: tuple[Condition, ...] = ()
    exists: tuple[Exists, ...] = ()


@dataclass
class _Written:
    """What was written for one path of one bracket."""

    values: list[str] = field(default_factory=list[str])
    operators: list[str] = field(default_factory=list[str])
    uppers: list[str] = field(default_factory=list[str])


@dataclass
class _Bracket:
    """All that was written under one combination of marks, by path."""

    negated: bool = False
    paths: dict[str, _Written] = field(default_factory=dict[str, _Written])


def read_filter(pairs: Iterable[tuple[str, str]]) -> tuple[Group, ...]:
    """Returns the groups of a filter, none where nothing filters. Raises ApiError for what is no filter."""
    groups: dict[str, dict[tuple[str, str], _Bracket]] = {}
    for key, value in expanded(pairs):
        if key in CONTROL or _OTHER.fullmatch(key) or key == value == "":
            continue
        group, inner, exists, negated, rest = _marks(key)
        bracket = groups.setdefault(group, {}).setdefault((inner, exists), _Bracket())
        bracket.negated |= negated
        _note(bracket, rest, value)
    return tuple(_group(brackets) for brackets in groups.values())


def expanded(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns the pairs with those of a JSON ``filters`` object put in its place."""
    found: list[tuple[str, str]] = []
    for key, value in pairs:
        found.extend(_json_pairs(value) if key == "filters" and value.strip() else [(key, value)])
    return found


def _json_pairs(text: str) -> list[tuple[str, str]]:
    try:
        document = loads(text)
    except ValueError as error:
        raise invalid(f"JSON parsing error: filters: {error}"[:300]) from None
    if not is_object(document):
        raise invalid("JSON parsing error: filters is not an object")
    return [(_plain(key), text_of(item)) for key, value in _entries(document) for item in _values(value)]


def _entries(document: Row) -> list[tuple[str, object]]:
    """Returns names and values of a JSON filter; a null means that the field has no value."""
    nulls = [(f"{key}_Mod", "isnull") for key, value in document.items() if value is None]
    return [*document.items(), *nulls]


def _values(value: object) -> list[object]:
    return value if is_list(value) else [value]


def _plain(key: str) -> str:
    """Returns the plain key: in JSON filters login words are filters, only there can a user be found by login name."""
    return f"\0{key}" if key in CONTROL else key


def _marks(key: str) -> tuple[str, str, str, bool, str]:
    group = exists = ""
    inner: list[str] = []
    negated, at = False, 0
    while (found := _MARKS.match(key, at)) is not None:
        word, name = found.groups()
        at = found.end()
        if word == "OR":
            group = f"OR:{name}"
        elif word == "AND":
            inner.append(f"AND:{name}")
        else:
            exists, negated = name, negated or word == "NOTEXISTS"
    return group, "".join(inner) if not exists else "", exists, negated, key[at:].removeprefix("\0")


def _note(bracket: _Bracket, rest: str, value: str) -> None:
    if rest == "$$EXISTSMOD":
        bracket.negated = value.upper() == "NOTEXISTS"
        return
    path, suffix = rest, ""
    for ending in ("_Mod", "_Range"):
        if rest.endswith(ending) and len(rest) > len(ending):
            path, suffix = rest.removesuffix(ending), ending
    written = bracket.paths.setdefault("ID" if path == "$$ID" else path, _Written())
    {"": written.values, "_Mod": written.operators, "_Range": written.uppers}[suffix].append(value)


def _group(brackets: dict[tuple[str, str], _Bracket]) -> Group:
    conditions: list[Condition] = []
    exists: list[Exists] = []
    for (_, name), bracket in brackets.items():
        if name:
            exists.append(_exists(name, bracket))
        else:
            conditions.extend(_conditions(bracket))
    return Group(tuple(conditions), tuple(exists))


def _exists(name: str, bracket: _Bracket) -> Exists:
    named = bracket.paths.pop("$$OBJCODE", None)
    if named is None or not named.values:
        raise invalid(f"EXISTS:{name} needs EXISTS:{name}:$$OBJCODE")
    return Exists(named.values[0], tuple(_conditions(bracket)), bracket.negated)


def _conditions(bracket: _Bracket) -> Sequence[Condition]:
    return [condition for path, written in bracket.paths.items() for condition in _read(path, written)]


def _read(path: str, written: _Written) -> Sequence[Condition]:
    values, operators, uppers = written.values, written.operators, written.uppers
    if len(operators) > 1 and len(operators) == len(values):
        ends = [*uppers, *[""] * len(values)]
        return [
            _condition(path, operator, (value,), upper or None)
            for value, operator, upper in zip(values, operators, ends, strict=False)
        ]
    upper = uppers[0] if uppers else None
    operator = operators[0] if operators else _implied(values, upper)
    return [_condition(path, operator, tuple(values), upper)]


def _implied(values: Sequence[str], upper: str | None) -> str:
    if upper is not None:
        return "between"
    return "in" if len(values) > 1 else "eq"


def _condition(path: str, operator: str, values: tuple[str, ...], upper: str | None) -> Condition:
    """Raises ApiError where an operator lacks what it compares with."""
    if operator in NULL_OPERATORS:
        return Condition(path, operator)
    if not values and operator not in _LISTS:
        raise invalid(f"{path}_Mod={operator}"[:200] + " needs a value")
    if operator.endswith("between") and upper is None:
        raise invalid(f"{path}_Mod={operator}"[:200] + f" needs {path[:100]}_Range")
    return Condition(path, operator, values, upper)
