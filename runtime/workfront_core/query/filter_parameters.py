"""From a condition tree to filter parameters, docs/protocol.md 8.

Plain parameters form one group, ``OR:1:``, ``OR:2:`` ... further ones.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from string import ascii_uppercase
from typing import Any, Final

from workfront_core.errors.kinds import QueryError
from workfront_core.query.condition import All, AnyCondition, Comparison
from workfront_core.query.exists import ExistsBlock
from workfront_core.query.normal_form import MAX_GROUPS, Group, groups, repeated_keys
from workfront_core.query.operators import Operator, known_operator
from workfront_core.query.raw import RawParameters
from workfront_core.query.spelling import FIELD
from workfront_core.request.encoding import Params

__all__ = ["MAX_GROUPS", "has_raw_parameters", "parameters"]

_NOT_A_FILTER: Final = frozenset(
    {
        "action", "apiKey", "atomic", "copySourceID", "fields", "filters", "map", "method", "options", "password",
        "sessionID", "updates", "username",
    }
)  # fmt: skip
"""Names the server reads as something else before it looks for filters."""


def parameters(conditions: Iterable[AnyCondition]) -> Params:
    """Returns the parameters that select the rows for which every condition holds.

    Raises:
        QueryError: the tree needs more than ``MAX_GROUPS`` groups, tests a field twice in several groups, or negates
            what has no opposite.
    """
    tests, raw_pairs = _without_raw(conditions)
    alternatives = _plain_first(groups(tests))
    names = _block_names()
    prefixes = ("", *(f"OR:{number}:" for number in range(1, len(alternatives))))
    pairs = [
        pair
        for group, prefix in zip(alternatives, prefixes, strict=True)
        for pair in _group_parameters(group, prefix, names)
    ]
    clash = any(isinstance(test, Comparison) and test.key in _NOT_A_FILTER for test in alternatives[0])
    return ((("filters", _as_json(pairs)),) if clash else tuple(pairs)) + raw_pairs


def has_raw_parameters(conditions: Iterable[AnyCondition]) -> bool:
    """Returns whether parameters travel as they are, so that nobody here knows which rows they select."""
    return bool(_without_raw(conditions)[1])


def _without_raw(conditions: Iterable[AnyCondition]) -> tuple[list[AnyCondition], Params]:
    tests: list[AnyCondition] = []
    pairs: Params = ()
    for condition in conditions:
        match condition:
            case RawParameters():
                pairs += condition.pairs
            case All():
                inner, more = _without_raw(condition.parts)
                tests.append(All(tuple(inner)))
                pairs += more
            case _:
                tests.append(condition)
    return tests, pairs


def _plain_first(alternatives: list[Group]) -> list[Group]:
    """Returns the groups with the one that repeats a field in front: only plain parameters know ``AND:1:``."""
    repeating = [group for group in alternatives if repeated_keys(group)]
    if len(alternatives) > 1 and len(repeating) > 1:
        keys = sorted({key for group in repeating for key in repeated_keys(group)})
        raise QueryError(
            f"The condition tests {', '.join(keys)} more than once in several OR groups, which the API cannot express.",
            hint="Use between() or in_() on that field, run one search for each alternative, or move one test into "
            "exists(X, X.f.id == outer(X.f.id), <the test>), X being the object you search.",
        )
    return sorted(alternatives, key=lambda group: bool(repeated_keys(group)), reverse=True)


def _group_parameters(group: Group, prefix: str, names: Iterator[str]) -> Iterator[tuple[str, str]]:
    seen: Counter[str] = Counter()
    for test in group:
        if isinstance(test, ExistsBlock):
            yield from _block_parameters(test, f"{prefix}EXISTS:{next(names)}:")
        else:
            repeat = f"AND:{seen[test.key]}:" if seen[test.key] else ""
            yield from _comparison_parameters(test, f"{prefix}{repeat}{test.key}")
            seen[test.key] += 1


def _block_parameters(block: ExistsBlock[Any], prefix: str) -> Iterator[tuple[str, str]]:
    yield f"{prefix}$$OBJCODE", block.obj_code
    yield f"{prefix}{block.join.inner}", f"{FIELD}{block.join.outer}"
    if block.negated:
        yield f"{prefix}$$EXISTSMOD", "NOTEXISTS"
    for test in block.tests:
        yield from _comparison_parameters(test, f"{prefix}{test.key}")


def _block_names() -> Iterator[str]:
    """Yields ``A`` to ``Z``, then ``A1`` and so on."""
    yield from ascii_uppercase
    yield from (f"{letter}{number}" for number in count(1) for letter in ascii_uppercase)


def _comparison_parameters(test: Comparison[Any], key: str) -> Iterator[tuple[str, str]]:
    """Yields one test; null tests carry an empty value, the upper end of a range stands in ``_Range``."""
    operator = known_operator(test.operator)
    if operator is not None and operator.is_range and len(test.values) == 2:
        yield key, test.values[0]
        yield f"{key}_Range", test.values[1]
    else:
        yield from ((key, value) for value in test.values or ("",))
    if not _is_implied(test):
        yield f"{key}_Mod", str(test.operator)


def _is_implied(test: Comparison[Any]) -> bool:
    """Returns what the server assumes without ``_Mod``; of a single wildcard nobody can see whether it stands for a
    list.
    """
    if test.operator == Operator.IN:
        return len(test.values) > 1 or not test.has_wildcard
    return test.operator == Operator.EQ and len(test.values) < 2


def _as_json(pairs: Iterable[tuple[str, str]]) -> str:
    """Returns the same filters as one JSON object, in which every name is a filter and nothing else."""
    members: dict[str, list[str]] = {}
    for name, value in pairs:
        members.setdefault(name, []).append(value)
    return json.dumps({name: values if len(values) > 1 else values[0] for name, values in members.items()})
