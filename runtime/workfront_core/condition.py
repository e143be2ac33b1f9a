"""Conditions on the rows of one object: a frozen tree, joined with ``&``, ``|`` and ``~``.

Nulls count as in two-valued logic: a comparison with a null field is false, but for ``!=``, which Workfront documents
as "differs or is null", and for ``is_null``. ``~`` gives exactly the other rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, Generic, NoReturn, TypeAlias, TypeVar

from workfront_core.errors import QueryError

R = TypeVar("R")


class Operator(StrEnum):
    """What follows ``_Mod`` in a filter."""

    EQ = "eq"
    NE = "ne"
    NEE = "nee"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    CONTAINS = "contains"
    NOT_CONTAINS = "notcontains"
    ICONTAINS = "cicontains"
    NOT_ICONTAINS = "cinotcontains"
    LIKE = "like"
    ILIKE = "cilike"
    STARTS_WITH = "startswith"
    BETWEEN = "between"
    NOT_BETWEEN = "notbetween"
    IN = "in"
    NOT_IN = "notin"
    ALL_OF = "allof"
    EXACT_TIME = "exacttime"
    IS_NULL = "isnull"
    NOT_NULL = "notnull"
    IS_BLANK = "isblank"
    NOT_BLANK = "notblank"


class Condition(Generic[R]):
    """A test on rows of the object ``R``. Build it from paths: ``Task.f.percent_complete < 100``."""

    __slots__ = ()

    def __and__(self, other: Condition[R], /) -> Condition[R]:
        return All((self, other)) if _is_condition(other) else NotImplemented

    def __or__(self, other: Condition[R], /) -> Condition[R]:
        return AnyOf((self, other)) if _is_condition(other) else NotImplemented

    def __invert__(self) -> Condition[R]:
        return Not(self)

    def __bool__(self) -> NoReturn:
        raise QueryError(
            "A condition has no truth value here; the server decides row by row.",
            hint="Join conditions, each in parentheses, with & | ~ instead of and, or, not; "
            "write x.between(1, 5) for 1 <= x <= 5.",
        )


def _is_condition(value: object) -> bool:
    return isinstance(value, Condition)


@dataclass(frozen=True)
class Comparison(Condition[R]):
    """One field against values, as texts of the wire.

    Attributes:
        key: the field's wire name with its path: ``assignedTo:firstName``, ``DE:Region``.
        operator: how to compare.
        values: no, one or several values; for ranges the lower and the upper end.
        many: the path passes a collection, so that the test means "some member".
        whole_day: the value is a day and stands for every instant of it; Workfront reads it so for ``eq`` alone.
    """

    key: str
    operator: Operator
    values: tuple[str, ...] = ()
    many: bool = False
    whole_day: bool = False


@dataclass(frozen=True)
class All(Condition[R]):
    """Every part holds; without parts always true."""

    parts: tuple[Condition[R], ...]


@dataclass(frozen=True)
class AnyOf(Condition[R]):
    """At least one part holds; without parts never true."""

    parts: tuple[Condition[R], ...]


@dataclass(frozen=True)
class Not(Condition[R]):
    """The part does not hold."""

    part: Condition[R]


_OPPOSITE: Final[dict[Operator, tuple[Operator, bool]]] = {
    Operator.EQ: (Operator.NE, False),
    Operator.NE: (Operator.EQ, False),
    Operator.NEE: (Operator.EQ, True),
    Operator.LT: (Operator.GTE, True),
    Operator.LTE: (Operator.GT, True),
    Operator.GT: (Operator.LTE, True),
    Operator.GTE: (Operator.LT, True),
    Operator.CONTAINS: (Operator.NOT_CONTAINS, True),
    Operator.NOT_CONTAINS: (Operator.CONTAINS, True),
    Operator.ICONTAINS: (Operator.NOT_ICONTAINS, True),
    Operator.NOT_ICONTAINS: (Operator.ICONTAINS, True),
    Operator.BETWEEN: (Operator.NOT_BETWEEN, True),
    Operator.NOT_BETWEEN: (Operator.BETWEEN, True),
    Operator.IN: (Operator.NOT_IN, True),
    Operator.NOT_IN: (Operator.IN, True),
    Operator.IS_NULL: (Operator.NOT_NULL, False),
    Operator.NOT_NULL: (Operator.IS_NULL, False),
    Operator.IS_BLANK: (Operator.NOT_BLANK, False),
    Operator.NOT_BLANK: (Operator.IS_BLANK, False),
}
"""The operator that selects the other rows, and whether rows with a null have to be added to it."""


def opposite(comparison: Comparison[R]) -> Condition[R]:
    """The comparison that selects exactly the other rows.

    Raises:
        QueryError: Workfront has no such operator, or the path passes a collection.
    """
    if comparison.many:
        raise QueryError(
            f"~ on {comparison.key!r} cannot be asked: the path passes a collection, where a test means 'some member'.",
            hint="Use != or not_in if some member may differ; asking that no member matches needs NOT EXISTS.",
        )
    if is_span(comparison):
        return AnyOf((*around(comparison), is_null(comparison)))
    if comparison.operator not in _OPPOSITE:
        raise QueryError(f"Workfront has no opposite of {comparison.operator.value!r} (on {comparison.key!r}).")
    operator, with_nulls = _OPPOSITE[comparison.operator]
    other: Comparison[R] = Comparison(comparison.key, operator, comparison.values)
    return AnyOf((other, is_null(comparison))) if with_nulls else other


def is_null(comparison: Comparison[R]) -> Comparison[R]:
    """The test for null on the same field."""
    return Comparison(comparison.key, Operator.IS_NULL, many=comparison.many)


def is_span(comparison: Comparison[Any]) -> bool:
    """Whether this is equality in time, for which ``ne`` and lists of values are not defined clearly enough to use."""
    return comparison.whole_day or comparison.operator is Operator.EXACT_TIME


def around(comparison: Comparison[R]) -> tuple[Comparison[R], Comparison[R]]:
    """The tests for "earlier" and "later" than an equality in time."""
    before = replace(comparison, operator=Operator.LT, whole_day=False)
    if not comparison.whole_day:
        return before, replace(before, operator=Operator.GT)
    following = date.fromisoformat(comparison.values[0]) + timedelta(days=1)
    return before, replace(before, operator=Operator.GTE, values=(following.isoformat(),))


def all_of(*conditions: Condition[R]) -> Condition[R]:
    """All of the conditions: ``&`` for a list of them."""
    return All(conditions)


def any_of(*conditions: Condition[R]) -> Condition[R]:
    """At least one of the conditions: ``|`` for a list of them.

    Raises:
        QueryError: no condition is given; the API has no test that is never true.
    """
    if not conditions:
        raise QueryError("any_of() needs at least one condition.")
    return AnyOf(conditions)


AnyCondition: TypeAlias = Condition[Any]
