"""Conditions on the rows of one object: a frozen tree, joined with ``&``, ``|`` and ``~``.

Nulls count as in two-valued logic: a comparison with a null field is false, but for ``!=``, which Workfront documents
as "differs or is null", and for ``is_null``. ``~`` gives exactly the other rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, NoReturn, TypeAlias, TypeVar

from workfront_core.errors.kinds import QueryError

R = TypeVar("R")

FIELD = "FIELD:"
"""In front of a value that names a field to compare with, docs/protocol.md 8.5."""


class FilterCondition(Generic[R]):
    """A test on rows of the object ``R``. Build it from paths: ``Task.f.percent_complete < 100``."""

    __slots__ = ()

    def __and__(self, other: FilterCondition[R], /) -> FilterCondition[R]:
        return All((self, other)) if _is_condition(other) else NotImplemented

    def __or__(self, other: FilterCondition[R], /) -> FilterCondition[R]:
        return AnyOf((self, other)) if _is_condition(other) else NotImplemented

    def __invert__(self) -> FilterCondition[R]:
        return Not(self)

    def __bool__(self) -> NoReturn:
        raise QueryError(
            "A condition has no truth value here; the server decides row by row.",
            hint="Join conditions, each in parentheses, with & | ~ instead of and, or, not; "
            "write x.between(1, 5) for 1 <= x <= 5.",
        )


def _is_condition(value: object) -> bool:
    return isinstance(value, FilterCondition)


@dataclass(frozen=True)
class Comparison(FilterCondition[R]):
    """One field against values, as texts of the wire.

    Attributes:
        key: the field's wire name with its path: ``assignedTo:firstName``, ``DE:Region``.
        operator: how to compare; a text that is no ``Operator`` travels as it is.
        values: no, one or several values; for ranges the lower and the upper end.
        many: the path passes a collection, so that the test means "some member".
        whole_day: the value is a day and stands for every instant of it; Workfront reads it so for ``eq`` alone.
    """

    key: str
    operator: str
    values: tuple[str, ...] = ()
    many: bool = False
    whole_day: bool = False

    @property
    def other_key(self) -> str | None:
        """The field it is compared with, where it is compared with a field."""
        value = self.values[0] if self.values else ""
        return value.removeprefix(FIELD) if value.startswith(FIELD) else None

    @property
    def has_wildcard(self) -> bool:
        """Whether the server replaces one of the values."""
        return any(value.startswith("$$") for value in self.values)


@dataclass(frozen=True)
class All(FilterCondition[R]):
    """Every part holds; without parts always true."""

    parts: tuple[FilterCondition[R], ...]


@dataclass(frozen=True)
class AnyOf(FilterCondition[R]):
    """At least one part holds; without parts never true."""

    parts: tuple[FilterCondition[R], ...]


@dataclass(frozen=True)
class Not(FilterCondition[R]):
    """The part does not hold."""

    part: FilterCondition[R]


def all_of(*conditions: FilterCondition[R]) -> FilterCondition[R]:
    """All of the conditions: ``&`` for a list of them."""
    return All(conditions)


def any_of(*conditions: FilterCondition[R]) -> FilterCondition[R]:
    """At least one of the conditions: ``|`` for a list of them.

    Raises:
        QueryError: no condition is given; the API has no test that is never true.
    """
    if not conditions:
        raise QueryError("any_of() needs at least one condition.")
    return AnyOf(conditions)


AnyCondition: TypeAlias = FilterCondition[Any]
