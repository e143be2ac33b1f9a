"""A condition tree as "or of ands", the only form the API knows.

Groups are joined by OR, everything inside a group by AND, and nothing is carried over from one group to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, Final, TypeAlias

from workfront_core.errors.kinds import QueryError
from workfront_core.query.bounds import one_range
from workfront_core.query.condition import All, AnyCondition, AnyOf, Comparison, Not, not_a_condition
from workfront_core.query.event_test import EventTest, Was
from workfront_core.query.exists import Exists, ExistsBlock
from workfront_core.query.negation import opposite
from workfront_core.query.operators import Operator, known_operator
from workfront_core.query.raw import RawParameters

MAX_GROUPS: Final = 100
"""OR groups a search may grow to; far beyond what a hand-written search needs."""

Test: TypeAlias = Comparison[Any] | ExistsBlock[Any]
Group: TypeAlias = tuple[Test, ...]


def groups(conditions: Iterable[AnyCondition]) -> list[Group]:
    """Returns the groups that select the rows for which every condition holds; at least one, which may be empty.

    Raises:
        QueryError: the tree needs more than ``MAX_GROUPS`` groups, can hold for no row, or asks for what has no form.
    """
    found = [merge_bounds(group) for group in _groups(_push_down_not(All(tuple(conditions)), negate=False))]
    if not found:
        raise QueryError("This condition can hold for no row; the API has no way to ask for nothing.")
    return found


def repeated_keys(group: Group) -> list[str]:
    """Returns the fields a group tests more than once."""
    times = Counter(test.key for test in group if isinstance(test, Comparison))
    return [key for key, number in times.items() if number > 1]


def merge_bounds(group: Group) -> Group:
    """Returns the group with a lower and an upper bound on one field as one range; both include their ends."""
    tests = {(test.key, test.operator): test for test in group if isinstance(test, Comparison) and not test.other_key}
    times = Counter(test.key for test in group if isinstance(test, Comparison))
    result: list[Test] = []
    for test in group:
        if isinstance(test, Comparison) and times[test.key] == 2 and not test.many:
            lower, upper = tests.get((test.key, Operator.GTE)), tests.get((test.key, Operator.LTE))
            if lower is not None and upper is not None:
                test = one_range(lower, upper)
        result.append(test)
    return tuple(dict.fromkeys(result))


def _push_down_not(condition: AnyCondition, *, negate: bool) -> AnyCondition:
    """Returns the same tree with every ``Not`` worked into the tests."""
    match condition:
        case Not():
            return _push_down_not(condition.part, negate=not negate)
        case AnyOf():
            parts = tuple(_push_down_not(part, negate=negate) for part in _merge_equal_values(_flat(condition)))
            return All(parts) if negate else AnyOf(parts)
        case All():
            parts = tuple(_push_down_not(part, negate=negate) for part in condition.parts)
            return AnyOf(parts) if negate else All(parts)
        case Comparison():
            return opposite(condition) if negate else condition
        case Exists():
            return _blocks(condition, negated=condition.negated is not negate)
        case RawParameters():
            raise QueryError(
                "raw_parameters() stand under | or ~ or in exists(), where they cannot be sent as they are.",
                hint='Give them to the call as a condition of their own, or use raw("field", "operator", "value").',
            )
        case EventTest() | Was():
            raise QueryError(
                "changed(), contains_only() and was() look at an event, and a search sees rows as they are.",
                hint="Use them in filters= of wf.events.ensure(); for what changed ask wf.journal_entry.",
            )
        case _:
            raise not_a_condition(condition)


def _blocks(condition: Exists[Any], *, negated: bool) -> AnyCondition:
    """Distributes EXISTS over OR, and NOT EXISTS over AND: a row passes "a or b" exactly if it passes one of them."""
    blocks = tuple(
        ExistsBlock[Any](condition.obj_code, condition.join, _inner_tests(condition, group), negated)
        for group in groups([condition.where])
    )
    return All(blocks) if negated else AnyOf(blocks)


def _inner_tests(condition: Exists[Any], group: Group) -> tuple[Comparison[Any], ...]:
    where = f"exists({condition.obj_code})"
    tests = tuple(test for test in group if isinstance(test, Comparison))
    if len(tests) < len(group):
        raise QueryError(f"{where} holds another exists(), which the API cannot express.")
    for test in tests:
        if test.other_key is not None:
            raise QueryError(
                f"{where} compares {test.key} with {test.other_key}: inside of it FIELD: names the searched object.",
                hint="Compare with values there, and join with == outer(...).",
            )
    repeated = repeated_keys((*tests, Comparison[Any](condition.join.inner, Operator.EQ)))
    if repeated:
        raise QueryError(
            f"{where} tests {', '.join(repeated)} more than once, which the API cannot express.",
            hint="Use between() or in_() on that field.",
        )
    return tests


def _groups(condition: AnyCondition) -> list[Group]:
    """Returns a condition as an OR of ANDs: a list of groups, each a set of tests in their order of appearance."""
    match condition:
        case Comparison() | ExistsBlock():
            return [(condition,)]
        case AnyOf():
            return _limit_groups([group for part in _merge_equal_values(_flat(condition)) for group in _groups(part)])
        case All():
            return _distributed([_groups(part) for part in condition.parts])
        case _:
            return _groups(_push_down_not(condition, negate=False))


def _flat(condition: AnyOf[Any]) -> Iterator[AnyCondition]:
    for part in condition.parts:
        if isinstance(part, AnyOf):
            yield from _flat(part)
        else:
            yield part


def _merge_equal_values(parts: Iterable[AnyCondition]) -> list[AnyCondition]:
    """Merges tests of one field for equality into one for any of the values, which needs no groups; it stands at the
    first.
    """
    merged: dict[str | int, AnyCondition] = {}
    for number, part in enumerate(parts):
        if isinstance(part, Comparison) and _is_listable(part):
            known = merged.get(part.key)
            earlier = known.values if isinstance(known, Comparison) else ()
            values = tuple(dict.fromkeys((*earlier, *part.values)))
            operator = Operator.IN if len(values) > 1 else Operator.EQ
            merged[part.key] = Comparison(part.key, operator, values, part.many)
        else:
            merged[number] = part
    return list(merged.values())


def _is_listable(test: Comparison[Any]) -> bool:
    simple = test.operator in (Operator.EQ, Operator.IN) and not test.whole_day
    return simple and not test.other_key and not test.has_wildcard


def _distributed(factors: Iterable[list[Group]]) -> list[Group]:
    """Distributes AND over OR, factor by factor so that it stops before it explodes: (a or b) and (c or d) = ac or ad
    or bc or bd.
    """
    result: list[Group] = [()]
    for factor in factors:
        joined = [tuple(dict.fromkeys((*left, *right))) for left, right in product(result, factor)]
        possible = [group for group in joined if not _contradicts(group)]
        result = _limit_groups([_without_idle(group) for group in possible or joined])
    return result


def _contradicts(group: Group) -> bool:
    """Returns whether a field has to be null, and to have a value."""
    nulls = {test.key for test in group if isinstance(test, Comparison) and test.operator == Operator.IS_NULL}
    return any(key in nulls for key in _keys_with_values(group)) or any(
        isinstance(test, Comparison) and test.operator == Operator.NOT_NULL and test.key in nulls and not test.many
        for test in group
    )


def _without_idle(group: Group) -> Group:
    """Returns the group without the tests that a field has a value where another test of it says so already."""
    valued = set(_keys_with_values(group))
    return tuple(
        test
        for test in group
        if not (isinstance(test, Comparison) and test.operator == Operator.NOT_NULL and test.key in valued)
    )


def _keys_with_values(group: Group) -> Iterator[str]:
    """Returns the fields whose tests, other than for null alone, a null fails; behind a collection each means another
    row.
    """
    return (test.key for test in group if isinstance(test, Comparison) and not test.many and _needs_value(test))


def _needs_value(test: Comparison[Any]) -> bool:
    operator = known_operator(test.operator)
    return operator is not None and operator.needs_value


def _limit_groups(found: list[Group]) -> list[Group]:
    """Returns the groups without those that another one covers: what passes a stricter group passes the looser one too.

    Every step multiplies two bounded lists at most, so the work done before the error stays small.
    """
    distinct = list(dict.fromkeys(sorted(found, key=len)))
    kept: list[tuple[frozenset[Test], Group]] = []
    for group in distinct:
        members = frozenset(group)
        if not any(looser <= members for looser, _ in kept):
            kept.append((members, group))
        if len(kept) > MAX_GROUPS:
            raise QueryError(
                f"This condition needs more than {MAX_GROUPS} OR groups: an AND over several ORs multiplies.",
                hint="Use in_() for several values of one field, or split the search.",
            )
    return sorted((group for _, group in kept), key=found.index)
