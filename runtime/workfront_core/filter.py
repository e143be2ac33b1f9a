"""From a condition tree to filter parameters.

The API knows groups only: plain parameters form one, ``OR:1:``, ``OR:2:`` ... further ones; inside a group everything
is joined by AND, and nothing is carried over from one group to another. So a tree is brought into "or of ands" first.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, Final, TypeAlias

from workfront_core.condition import All, AnyCondition, AnyOf, Comparison, Not, Operator, opposite
from workfront_core.errors import QueryError
from workfront_core.request import Params

MAX_GROUPS: Final = 100
"""OR groups a search may grow to; far beyond what a hand-written search needs."""

_NOT_A_FILTER: Final = frozenset(
    {
        "action", "apiKey", "atomic", "copySourceID", "fields", "filters", "map", "method", "options", "password",
        "sessionID", "updates", "username",
    }
)  # fmt: skip
"""Names the server reads as something else before it looks for filters."""

_Test: TypeAlias = Comparison[Any]
_Group: TypeAlias = tuple[_Test, ...]


def parameters(conditions: Iterable[AnyCondition]) -> Params:
    """The parameters that select the rows for which every condition holds.

    Raises:
        QueryError: the tree needs more than ``MAX_GROUPS`` groups, tests a field twice in several groups, or negates
            what has no opposite.
    """
    tree = _positive(All(tuple(conditions)), negate=False)
    groups = _plain_first([_without_repeats(group) for group in _groups(tree)])
    prefixes = ("", *(f"OR:{number}:" for number in range(1, len(groups))))
    return tuple(
        pair for group, prefix in zip(groups, prefixes, strict=True) for pair in _group_parameters(group, prefix)
    )


def _positive(condition: AnyCondition, *, negate: bool) -> AnyCondition:
    """The same tree with every ``Not`` worked into the comparisons."""
    match condition:
        case Not():
            return _positive(condition.part, negate=not negate)
        case AnyOf():
            parts = tuple(_positive(part, negate=negate) for part in _as_lists(_flat(condition)))
            return All(parts) if negate else AnyOf(parts)
        case All():
            parts = tuple(_positive(part, negate=negate) for part in condition.parts)
            return AnyOf(parts) if negate else All(parts)
        case Comparison():
            return opposite(condition) if negate else condition
        case _:
            raise QueryError(f"{condition!r} is no condition.", hint="Build it from paths, as in Task.f.name == 'x'.")


def _groups(condition: AnyCondition) -> list[_Group]:
    """Or of ands: a list of groups, each a set of comparisons in their order of appearance."""
    match condition:
        case Comparison():
            return [(condition,)]
        case AnyOf():
            return _bounded([group for part in _as_lists(_flat(condition)) for group in _groups(part)])
        case All():
            return _distributed([_groups(part) for part in condition.parts])
        case _:
            raise AssertionError(condition)


def _flat(condition: AnyOf[Any]) -> Iterator[AnyCondition]:
    for part in condition.parts:
        if isinstance(part, AnyOf):
            yield from _flat(part)
        else:
            yield part


def _as_lists(parts: Iterable[AnyCondition]) -> list[AnyCondition]:
    """Equal tests on one field become one test for any of the values, which needs no groups."""
    others: list[AnyCondition] = []
    lists: dict[str, _Test] = {}
    for part in parts:
        if isinstance(part, Comparison) and not part.whole_day and part.operator in (Operator.EQ, Operator.IN):
            known = lists[part.key].values if part.key in lists else ()
            values = tuple(dict.fromkeys((*known, *part.values)))
            lists[part.key] = Comparison(part.key, Operator.IN if len(values) > 1 else Operator.EQ, values, part.many)
        else:
            others.append(part)
    return [*lists.values(), *others]


def _distributed(factors: Iterable[list[_Group]]) -> list[_Group]:
    """(a or b) and (c or d) = ac or ad or bc or bd, factor by factor, so that it stops before it explodes."""
    groups: list[_Group] = [()]
    for factor in factors:
        groups = _bounded([tuple(dict.fromkeys((*left, *right))) for left, right in product(groups, factor)])
    return groups


def _bounded(groups: list[_Group]) -> list[_Group]:
    """The groups without those that another one covers: what passes a stricter group passes the looser one too.

    Every step multiplies two bounded lists at most, so the work done before the error stays small.
    """
    distinct = list(dict.fromkeys(sorted(groups, key=len)))
    kept: list[tuple[frozenset[_Test], _Group]] = []
    for group in distinct:
        members = frozenset(group)
        if not any(looser <= members for looser, _ in kept):
            kept.append((members, group))
        if len(kept) > MAX_GROUPS:
            raise QueryError(
                f"This condition needs more than {MAX_GROUPS} OR groups: an AND over several ORs multiplies.",
                hint="Use in_() for several values of one field, or split the search.",
            )
    return sorted((group for _, group in kept), key=groups.index)


def _without_repeats(group: _Group) -> _Group:
    """A lower and an upper bound on one field become one range; both include their ends."""
    tests = {(test.key, test.operator): test for test in group}
    result: list[_Test] = []
    for test in group:
        lower, upper = tests.get((test.key, Operator.GTE)), tests.get((test.key, Operator.LTE))
        bounds = [bound for bound in group if bound.key == test.key]
        if lower is not None and upper is not None and len(bounds) == 2 and not test.many:
            test = Comparison[Any](test.key, Operator.BETWEEN, (*lower.values, *upper.values))
        result.append(test)
    return tuple(dict.fromkeys(result))


def _repeats(group: _Group) -> bool:
    return len({test.key for test in group}) < len(group)


def _plain_first(groups: list[_Group]) -> list[_Group]:
    """The groups with the one that repeats a field in front: only plain parameters know ``AND:1:``."""
    if not groups:
        raise QueryError("This condition can hold for no row; the API has no way to ask for nothing.")
    repeating = [group for group in groups if _repeats(group)]
    if len(groups) > 1 and len(repeating) > 1:
        keys = sorted({key for group in repeating for key in _repeated_keys(group)})
        raise QueryError(
            f"The condition tests {', '.join(keys)} more than once in several OR groups, which the API cannot express.",
            hint="Use between() or in_() on that field, or run one search for each alternative.",
        )
    return sorted(groups, key=_repeats, reverse=True)


def _repeated_keys(group: _Group) -> Iterator[str]:
    return (key for key, times in Counter(test.key for test in group).items() if times > 1)


def _group_parameters(group: _Group, prefix: str) -> Params:
    pairs: list[tuple[str, str]] = []
    seen: Counter[str] = Counter()
    for test in group:
        repeat = f"AND:{seen[test.key]}:" if seen[test.key] else ""
        pairs += _comparison_parameters(test, f"{prefix}{repeat}{test.key}")
        seen[test.key] += 1
    clash = not prefix and any(test.key in _NOT_A_FILTER for test in group)
    return (("filters", _as_json(pairs)),) if clash else tuple(pairs)


def _comparison_parameters(test: _Test, key: str) -> Iterator[tuple[str, str]]:
    """One test: ``eq`` and ``in`` are what the server assumes without ``_Mod``, null tests carry an empty value."""
    if test.operator in (Operator.BETWEEN, Operator.NOT_BETWEEN):
        yield key, test.values[0]
        yield f"{key}_Range", test.values[1]
    else:
        yield from ((key, value) for value in test.values or ("",))
    if test.operator not in (Operator.EQ, Operator.IN):
        yield f"{key}_Mod", test.operator.value


def _as_json(pairs: Iterable[tuple[str, str]]) -> str:
    """The same filters as one JSON object, in which every name is a filter and nothing else."""
    members: dict[str, list[str]] = {}
    for name, value in pairs:
        members.setdefault(name, []).append(value)
    return json.dumps({name: values if len(values) > 1 else values[0] for name, values in members.items()})
