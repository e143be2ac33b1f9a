"""The other rows: what each comparison becomes under ``~``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from workfront_core.errors.kinds import QueryError
from workfront_core.query.condition import All, AnyOf, Comparison, FilterCondition
from workfront_core.query.operators import Operator, known_operator
from workfront_core.query.wildcard import next_day

R = TypeVar("R")


def opposite(test: Comparison[R]) -> FilterCondition[R]:
    """Returns the condition that selects exactly the other rows.

    Raises:
        QueryError: Workfront has no such operator, or the path passes a collection.
    """
    if test.many:
        raise QueryError(
            f"~ on {test.key!r} cannot be asked: the path passes a collection, where a test means 'some member'.",
            hint=f"Use != or not_in if some member may differ. {_instead('no member passes the test')}",
        )
    if test.operator in (Operator.EQ, Operator.NE) and not test.whole_day:
        return _of_equality(test)
    operator = known_operator(test.operator)
    if operator is not None and operator.opposite and operator.is_exchanged and not test.whole_day:
        return replace(test, operator=operator.opposite)
    return AnyOf((*_others_with_a_value(test), *_nulls(test)))


def _of_equality(test: Comparison[R]) -> FilterCondition[R]:
    """Returns the opposite of an equality. ``ne`` takes the rows where its own field is null, and not those where only
    the other field is.
    """
    if test.operator == Operator.EQ:
        unequal = replace(test, operator=Operator.NE)
        return AnyOf((unequal, *_nulls(test)[1:])) if test.other_key else unequal
    equal = replace(test, operator=Operator.EQ)
    if not test.other_key:
        return equal
    own_value: Comparison[R] = Comparison(test.key, Operator.NOT_NULL)
    return AnyOf((equal, All((own_value, _nulls(test)[1]))))


def _others_with_a_value(test: Comparison[R]) -> tuple[FilterCondition[R], ...]:
    """Returns what a row with a value in the field passes exactly if it fails the test."""
    if is_time_range(test):
        return before_and_after(test)
    match test.operator:
        case Operator.LENGTH_LT | Operator.LENGTH_GT | Operator.LENGTH_EQ:
            return _other_lengths(test)
        case Operator.ALL_BITS:
            mask = int(test.values[0])
            bits = (1 << place for place in range(mask.bit_length()) if mask >> place & 1)
            return tuple(replace(test, operator=Operator.NO_BITS, values=(str(bit),)) for bit in bits)
        case code:
            operator = known_operator(code)
            if operator is None or operator.opposite is None:
                raise QueryError(
                    f"Workfront has no opposite of {str(code)!r} (on {test.key!r}).",
                    hint=_instead("the row fails the test"),
                )
            return (replace(test, operator=operator.opposite),)


def _other_lengths(test: Comparison[R]) -> tuple[Comparison[R], ...]:
    shorter, longer = around_length(test)
    length = int(test.values[0])
    if test.operator == Operator.LENGTH_EQ:
        return shorter, longer
    if test.operator == Operator.LENGTH_LT:
        return (replace(longer, values=(str(length - 1),)),)
    return (replace(shorter, values=(str(length + 1),)),)


def _instead(meaning: str) -> str:
    return f"For '{meaning}' write not_exists(X, X.f.id == outer(X.f.id), <the test>), X being the object you search."


def _nulls(test: Comparison[R]) -> tuple[Comparison[R], ...]:
    """Returns the tests for null on the field, and on the one it is compared with."""
    return tuple(is_null(key, many=test.many) for key in (test.key, test.other_key) if key is not None)


def is_null(key: str, *, many: bool = False) -> Comparison[Any]:
    """Returns the test for null on a field."""
    return Comparison(key, Operator.IS_NULL, many=many)


def is_time_range(test: Comparison[Any]) -> bool:
    """Returns whether this is equality in time, for which ``ne`` and lists of values are not defined clearly enough to
    use.
    """
    return test.whole_day or test.operator == Operator.EXACT_TIME


def before_and_after(test: Comparison[R]) -> tuple[Comparison[R], Comparison[R]]:
    """Returns the tests for "earlier" and "later" than an equality in time."""
    before = replace(test, operator=Operator.LT, whole_day=False)
    if not test.whole_day:
        return before, replace(before, operator=Operator.GT)
    return before, replace(before, operator=Operator.GTE, values=(next_day(test.values[0]),))


def around_length(test: Comparison[R]) -> tuple[Comparison[R], Comparison[R]]:
    """Returns the tests for "shorter" and "longer" than a length."""
    return replace(test, operator=Operator.LENGTH_LT), replace(test, operator=Operator.LENGTH_GT)
