"""The operators of filters as SQL. docs/protocol.md 8.2.

An operator makes SQL of an expression ``f`` and bound values. SQL's own logic of three values says what
null means: a comparison with null is not true, so a row without a value is found only by the operators that name null.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from workfront_sandbox.store.database import Cell
from workfront_sandbox.store.sql_function import upper


@dataclass
class Binder:
    """Collects the values of a statement and gives each its mark."""

    values: dict[str, Cell] = field(default_factory=dict[str, Cell])

    def __call__(self, value: Cell) -> str:
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"


Shape: TypeAlias = Callable[[str, str], str]

NULL_ACCEPTING: Final = frozenset({"ne", "isnull", "isblank"})
"""Operators that find a row by the lack of a value."""

_COMPARISONS: Final[Mapping[str, Shape]] = {
    "eq": lambda f, v: f"{f} = {v}",
    "cieq": lambda f, v: f"wf_upper({f}) = wf_upper({v})",
    "ne": lambda f, v: f"({f} <> {v} OR {f} IS NULL)",
    "nee": lambda f, v: f"{f} <> {v}",
    "cine": lambda f, v: f"wf_upper({f}) <> wf_upper({v})",
    "lt": lambda f, v: f"{f} < {v}",
    "lte": lambda f, v: f"{f} <= {v}",
    "gt": lambda f, v: f"{f} > {v}",
    "gte": lambda f, v: f"{f} >= {v}",
}
_TEXTS: Final[Mapping[str, Shape]] = {
    "contains": lambda f, v: f"instr({f}, {v}) > 0",
    "notcontains": lambda f, v: f"instr({f}, {v}) = 0",
    "cicontains": lambda f, v: f"instr(wf_upper({f}), wf_upper({v})) > 0",
    "cinotcontains": lambda f, v: f"instr(wf_upper({f}), wf_upper({v})) = 0",
    "like": lambda f, v: f"wf_like({v}, {f})",
    "cilike": lambda f, v: f"wf_like(wf_upper({v}), wf_upper({f}))",
    "startswith": lambda f, v: f"instr(wf_upper({f}), wf_upper({v})) = 1",
    "cistartswith": lambda f, v: f"instr(wf_upper({f}), wf_upper({v})) = 1",
    "endswith": lambda f, v: f"substr({f}, -max(1, length({v})), length({v})) = {v}",
    "ciendswith": lambda f, v: (
        f"substr(wf_upper({f}), -max(1, length(wf_upper({v}))), length(wf_upper({v}))) = wf_upper({v})"
    ),
    "soundex": lambda f, v: f"wf_soundex({f}) = wf_soundex({v})",
}
_NUMBERS: Final[Mapping[str, Shape]] = {
    "bitwiseor": lambda f, v: f"({f} & {v}) <> 0",
    "bitwiseand": lambda f, v: f"({f} & {v}) = {v}",
    "bitwisenand": lambda f, v: f"({f} & {v}) = 0",
    "length_lt": lambda f, v: f"length({f}) < {v}",
    "length_eq": lambda f, v: f"length({f}) = {v}",
    "length_gt": lambda f, v: f"length({f}) > {v}",
}
WORDS: Final = {
    "cicontainsany": ("cicontains", " OR "),
    "cicontainsall": ("cicontains", " AND "),
    "cinotcontainsany": ("cinotcontains", " AND "),
    "cinotcontainsall": ("cinotcontains", " OR "),
}
"""Operators over the words of a value: the operator of one word, and how words are joined."""

NEGATIVES: Final = {
    "nee": "eq",
    "ne": "eq",
    "cine": "cieq",
    "notcontains": "contains",
    "cinotcontains": "cicontains",
    "notin": "in",
    "cinotin": "ciin",
    "notbetween": "between",
    "cinotbetween": "cibetween",
    "cinotcontainsany": "cicontainsany",
    "cinotcontainsall": "cicontainsall",
}
"""Operators that deny another one."""

COMPARISONS: Final = frozenset(_COMPARISONS) | {"exacttime"}
TEXTS: Final = frozenset(_TEXTS)
NUMBERS: Final = frozenset(_NUMBERS)
RANGES: Final = frozenset({"between", "notbetween", "cibetween", "cinotbetween"})
LISTS: Final = frozenset({"in", "notin", "ciin", "cinotin"})
NULLS: Final = {
    "isnull": "{f} IS NULL",
    "notnull": "{f} IS NOT NULL",
    "isblank": "({f} IS NULL OR {f} = '')",
    "notblank": "{f} <> ''",
}
ALL: Final = COMPARISONS | TEXTS | NUMBERS | RANGES | LISTS | frozenset(NULLS) | frozenset(WORDS) | {"allof"}


def single(operator: str, f: str, mark: str) -> str:
    """Returns the SQL of an operator with one value."""
    shape = _COMPARISONS.get(operator) or _TEXTS.get(operator) or _NUMBERS.get(operator) or _COMPARISONS["eq"]
    return shape(f, mark)


def range_test(operator: str, f: str, low: str, high: str) -> str:
    """Returns the SQL of a range with both ends included."""
    if operator.startswith("ci"):
        f, low, high = f"wf_upper({f})", f"wf_upper({low})", f"wf_upper({high})"
    word = "NOT BETWEEN" if "not" in operator else "BETWEEN"
    return f"{f} {word} {low} AND {high}"


def listed(operator: str, f: str, values: Sequence[Cell], bind: Binder) -> str:
    """Returns the SQL of a list of values; an empty list contains nothing.

    Texts and whole numbers are bound as one value, however many there are; the database would not read back every
    floating number exactly.
    """
    if not values:
        return f"{f} IS NOT NULL" if "not" in operator else "0"
    if operator.startswith("ci"):
        f, values = f"wf_upper({f})", [upper(value) for value in values if not isinstance(value, bytes)]
    word = "NOT IN" if "not" in operator else "IN"
    if any(isinstance(value, float) for value in values):
        return f"{f} {word} ({', '.join(bind(value) for value in values)})"
    return f"{f} {word} (SELECT value FROM json_each({bind(json.dumps(list(values)))}))"  # noqa: S608


def joined(word: str, parts: Sequence[str]) -> str:
    """Joins many conditions to one, balanced, since the database limits how deep an expression may be."""
    if len(parts) <= 1:
        return parts[0] if parts else "1"
    half = len(parts) // 2
    return f"({joined(word, parts[:half])}{word}{joined(word, parts[half:])})"
