"""The filter engine against a plain reading of the same filter, row by row, over random rows and random filters."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox.asking import Asker
from workfront_sandbox import Sandbox
from workfront_sandbox.store.sql_function import soundex

_TEXTS = st.one_of(
    st.none(), st.sampled_from(["", "oak", "Oak", "oak tree", "Ash", "élm", "ÉLM", "a%b", "x_y", "Robert"])
)
_NUMBERS = st.one_of(st.none(), st.integers(0, 9), st.sampled_from([2.5, -1.0]))
_PROJECTS = st.sampled_from([None, "p0", "p1", "p2"])
_TASK = st.fixed_dictionaries({"name": _TEXTS, "priority": _NUMBERS, "projectID": _PROJECTS, "DE:Wood": _TEXTS})
_PROJECT = st.fixed_dictionaries({"name": _TEXTS, "priority": _NUMBERS})

_ONE_TEXT = [
    "eq",
    "cieq",
    "ne",
    "nee",
    "cine",
    "lt",
    "lte",
    "gt",
    "gte",
    "contains",
    "notcontains",
    "cicontains",
    "cinotcontains",
    "cicontainsany",
    "cicontainsall",
    "cinotcontainsany",
    "cinotcontainsall",
    "like",
    "cilike",
    "startswith",
    "cistartswith",
    "endswith",
    "ciendswith",
    "soundex",
    "isnull",
    "notnull",
    "isblank",
    "notblank",
    "in",
    "notin",
    "ciin",
    "cinotin",
]
_ONE_NUMBER = ["eq", "ne", "nee", "lt", "lte", "gt", "gte", "isnull", "notnull", "in", "notin", "between", "notbetween"]
_VALUES = st.sampled_from(["oak", "OAK", "tree", "A%", "_y", "é", "o", "Rupert", "ash élm"])

_TEXT_CONDITION = st.tuples(
    st.sampled_from(["name", "project:name", "DE:Wood"]),
    st.sampled_from(_ONE_TEXT),
    st.lists(_VALUES, min_size=1, max_size=2),
    st.none(),
)
_NUMBER_CONDITION = st.tuples(
    st.sampled_from(["priority", "project:priority"]),
    st.sampled_from(_ONE_NUMBER),
    st.lists(st.integers(-1, 9).map(str), min_size=1, max_size=2),
    st.integers(0, 9).map(str),
)
_GROUP = st.lists(st.one_of(_TEXT_CONDITION, _NUMBER_CONDITION), min_size=1, max_size=3)


@settings(max_examples=150, deadline=None)
@given(st.lists(_TASK, max_size=8), st.tuples(_PROJECT, _PROJECT), st.lists(_GROUP, min_size=1, max_size=3))
def test_a_search_finds_exactly_the_rows_a_plain_reading_finds(
    tasks: list[dict[str, Any]], projects: tuple[dict[str, Any], dict[str, Any]], groups: list[list[Any]]
) -> None:
    sandbox = Sandbox()
    sandbox.insert("PARAM", [{"name": "Wood", "dataType": "TEXT"}])
    sandbox.insert("PROJ", [{"ID": f"p{at}", **row} for at, row in enumerate(projects)])
    sandbox.insert("TASK", [{"ID": f"t{at}", **row} for at, row in enumerate(tasks)])
    owners = {f"p{at}": row for at, row in enumerate(projects)}
    query = urlencode([pair for at, group in enumerate(groups) for pair in written(at, group)])
    found = [row["ID"] for row in Asker(sandbox)("GET", "TASK/search", query + "&ID_Sort=asc&fields=ID")]
    sandbox.close()
    assert found == [f"t{at}" for at, row in enumerate(tasks) if any(holds_all(row, owners, group) for group in groups)]


def written(number: int, group: list[Any]) -> list[tuple[str, str]]:
    """The parameters of one group; the first group is the plain one."""
    pairs: list[tuple[str, str]] = []
    for at, (path, operator, values, upper) in enumerate(group):
        key = (f"OR:{number}:" if number else "") + f"AND:{at}:{path}"
        taken = values if operator.endswith("in") else values[:1]
        pairs += [(key, value) for value in taken]
        pairs.append((f"{key}_Mod", operator))
        if operator.endswith("between"):
            pairs.append((f"{key}_Range", upper))
    return pairs


def holds_all(row: dict[str, Any], owners: dict[str, dict[str, Any]], group: list[Any]) -> bool:
    return all(holds(read(row, owners, path), *rest) for path, *rest in group)


def read(row: dict[str, Any], owners: dict[str, dict[str, Any]], path: str) -> Any:
    if not path.startswith("project:"):
        return row[path]
    return owners.get(str(row["projectID"]), {}).get(path.removeprefix("project:"))


def holds(found: Any, operator: str, values: list[str], upper: str | None) -> bool:
    """The meaning of an operator, read off its description."""
    if operator in {"isnull", "notnull", "isblank", "notblank"}:
        empty = found is None or (found == "" and "blank" in operator)
        return empty if operator.startswith("is") else not empty
    if found is None:
        return operator == "ne"
    wanted: list[Any] = [float(value) for value in values] if upper is not None else list(values)
    if operator.startswith("ci") or operator in {"startswith", "endswith"}:
        ignoring = operator != "endswith"
        found, wanted = (found.upper(), [value.upper() for value in wanted]) if ignoring else (found, wanted)
    return compare(found, operator.removeprefix("ci"), wanted, float(upper) if upper is not None else 0.0)


def compare(found: Any, operator: str, wanted: list[Any], upper: float) -> bool:
    if operator.startswith("not") or operator in {"ne", "nee"}:
        return not compare(found, {"ne": "eq", "nee": "eq"}.get(operator, operator.removeprefix("not")), wanted, upper)
    first = wanted[0]
    match operator:
        case "eq":
            return bool(found == first)
        case "lt" | "lte" | "gt" | "gte":
            return bool(
                (found < first and operator[0] == "l")
                or (found > first and operator[0] == "g")
                or (found == first and operator.endswith("e"))
            )
        case "contains":
            return first in found
        case "containsany":
            return any(word in found for word in first.split())
        case "containsall":
            return all(word in found for word in first.split())
        case "like":
            pattern = re.escape(str(first)).replace("%", ".*").replace("_", ".")
            return re.fullmatch(pattern, found, re.DOTALL) is not None
        case "startswith":
            return bool(found.startswith(first))
        case "endswith":
            return bool(found.endswith(first))
        case "soundex":
            return soundex(found) == soundex(first)
        case "in":
            return found in wanted
        case "between":
            return bool(first <= found <= upper)
        case other:
            raise AssertionError(f"no such operator: {other}")
