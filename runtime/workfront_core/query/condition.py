"""Conditions on the rows of one object: a frozen tree, joined with ``&``, ``|`` and ``~``.

Nulls count as in two-valued logic: a comparison with a null field is false, but for ``!=``, which Workfront documents
as "differs or is null", and for ``is_null``. ``~`` gives exactly the other rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeAlias, TypeVar, cast

from workfront_core.arguments import is_several, refuse_truth
from workfront_core.errors.kinds import NotSupported, QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.origin import Origin, refuse_foreign
from workfront_core.query.spelling import FIELD, spelled_test

R = TypeVar("R")


class FilterCondition(Generic[R]):
    """A test on rows of the object ``R``. Build it from paths: ``Task.f.percent_complete < 100``.

    ``str()`` gives its text in the condition language, which ``parse`` reads again; what was written by ``raw()`` with
    an operator of its own, and ``raw_parameters()``, show as they travel.

    Examples:
        >>> from workfront_client.v22 import Task
        >>> late = (Task.f.percent_complete < 100) & ~(Task.f.status == "CPL")
        >>> print(late)
        percentComplete < 100 and not (status = CPL)
    """

    __slots__ = ()

    def origins(self) -> Iterator[Origin]:
        """Returns where the paths of the fields it tests start, as far as that is known."""
        return iter(())

    def __and__(self, other: FilterCondition[R], /) -> FilterCondition[R]:
        return All((self, checked_condition(other)))

    def __or__(self, other: FilterCondition[R], /) -> FilterCondition[R]:
        return AnyOf((self, checked_condition(other)))

    if not TYPE_CHECKING:  # to a checker they would make any operand on the left a right one

        def __rand__(self, other: object, /) -> NoReturn:
            raise not_a_condition(other)

        def __ror__(self, other: object, /) -> NoReturn:
            raise not_a_condition(other)

    def __invert__(self) -> FilterCondition[R]:
        return Not(self)

    def __bool__(self) -> NoReturn:
        refuse_truth(
            "A condition, which the server decides row by row,",
            hint="Join conditions, each in parentheses, with & | ~ instead of and, or, not; "
            "write x.between(1, 5) for 1 <= x <= 5.",
        )


def checked_condition(value: FilterCondition[R], /) -> FilterCondition[R]:
    """Returns the condition itself.

    Raises:
        QueryError: it is something else.
    """
    if not isinstance(value, FilterCondition):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise not_a_condition(value)
    return value


def own_tests(
    conditions: Iterable[FilterCondition[R]], model: type[WorkfrontObject], use: str, /
) -> tuple[FilterCondition[R], ...]:
    """Returns the conditions, each of which tests fields of the object that is asked.

    Args:
        conditions: to be joined by AND.
        model: the object that is asked.
        use: what for, as in "a search of Project".

    Raises:
        QueryError: one tests a field of another object, or is not a condition.
    """
    found = tuple(conditions)
    for condition in found:
        for origin in checked_condition(condition).origins():
            refuse_foreign(origin, model, use)
    return found


def not_a_condition(value: object) -> NotSupported:
    """Returns the error for what stands in the place of a condition."""
    hint = "Build conditions from paths, as in Task.f.name == 'x', and join them in parentheses: (a == 1) & (b == 2)."
    if isinstance(value, list | tuple | set | frozenset):
        hint = "Give conditions one by one, search(*conditions), or join a list of them with any_of() or all_of()."
    return NotSupported(f"{value!r:.80} is not a condition.", hint=hint)


@dataclass(frozen=True)
class Comparison(FilterCondition[R]):
    """One field against values, as texts of the wire.

    Attributes:
        key: the field's wire name with its path: ``assignedTo:firstName``, ``DE:Region``.
        operator: how to compare; a text that is no ``Operator`` travels as it is.
        values: no, one or several values; for ranges the lower and the upper end.
        many: the path passes a collection, so that the test means "some member".
        whole_day: the value is a day and stands for every instant of it; Workfront reads it so for ``eq`` alone.
        origin: where the field's path starts, where it was not written by wire name.
    """

    key: str
    operator: str
    values: tuple[str, ...] = ()
    many: bool = False
    whole_day: bool = False
    origin: Origin | None = field(default=None, compare=False, repr=False)

    def origins(self) -> Iterator[Origin]:
        if self.origin is not None:
            yield self.origin

    def __str__(self) -> str:
        return spelled_test(self.key, self.operator, self.values, origin=self.origin, whole_day=self.whole_day)

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

    def __str__(self) -> str:
        return " and ".join(f"({part})" if isinstance(part, AnyOf) else str(part) for part in self.parts)

    def origins(self) -> Iterator[Origin]:
        return (origin for part in self.parts for origin in checked_condition(part).origins())


@dataclass(frozen=True)
class AnyOf(FilterCondition[R]):
    """At least one part holds; without parts never true."""

    parts: tuple[FilterCondition[R], ...]

    def __str__(self) -> str:
        return " or ".join(str(part) for part in self.parts)

    def origins(self) -> Iterator[Origin]:
        return (origin for part in self.parts for origin in checked_condition(part).origins())


@dataclass(frozen=True)
class Not(FilterCondition[R]):
    """The part does not hold."""

    part: FilterCondition[R]

    def __str__(self) -> str:
        part = str(self.part)
        return (
            f"not {part}" if part.startswith("exists ") and not isinstance(self.part, All | AnyOf) else f"not ({part})"
        )

    def origins(self) -> Iterator[Origin]:
        return checked_condition(self.part).origins()


def all_of(*conditions: FilterCondition[R] | Iterable[FilterCondition[R]]) -> FilterCondition[R]:
    """Tests that all of the conditions hold: ``&`` for any number of them, also for a list of them.

    Raises:
        QueryError: one of them is not a condition.

    Examples:
        >>> from workfront_client import all_of
        >>> from workfront_client.v22 import Task
        >>> print(all_of(Task.f.status == "NEW", Task.f.percent_complete < 50))
        status = NEW and percentComplete < 50
    """
    return All(tuple(_listed(conditions)))


def any_of(*conditions: FilterCondition[R] | Iterable[FilterCondition[R]]) -> FilterCondition[R]:
    """Tests that at least one of the conditions holds: ``|`` for any number of them, also for a list of them.

    Raises:
        QueryError: one of them is not a condition, or none is given; the API has no test that is never true.

    Examples:
        >>> from workfront_client import any_of
        >>> from workfront_client.v22 import Task
        >>> print(any_of(Task.f.name.contains(word) for word in ("brief", "draft")))
        name contains 'brief' or name contains 'draft'
    """
    given = tuple(_listed(conditions))
    if not given:
        raise QueryError("any_of() needs at least one condition.")
    return AnyOf(given)


def _listed(conditions: Iterable[object]) -> Iterator[FilterCondition[Any]]:
    for condition in conditions:
        entries = condition if is_several(condition) else (condition,)
        for entry in cast("Iterable[FilterCondition[Any]]", entries):
            yield checked_condition(entry)


AnyCondition: TypeAlias = FilterCondition[Any]
