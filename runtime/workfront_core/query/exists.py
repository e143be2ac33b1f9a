"""Tests on rows of another object: EXISTS and NOT EXISTS, docs/protocol.md 8.4.

Users without an hour this month::

    not_exists(Hour, Hour.f.owner_id == outer(User.f.id), Hour.f.entry_date >= TODAY.begin_of("month"))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from workfront_core.errors.kinds import QueryError
from workfront_core.models.api_versions import refuse_other_version
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.condition import All, AnyOf, Comparison, FilterCondition, own_tests
from workfront_core.query.field_path import FieldPath, origin, passes_collection, refuse_unfilterable
from workfront_core.query.join import Join, Outer
from workfront_core.query.origin import Origin, refuse_foreign

__all__ = ["Exists", "ExistsBlock", "exists", "not_exists", "outer"]

R = TypeVar("R")
I = TypeVar("I", bound=WorkfrontObject)  # noqa: E741
O = TypeVar("O")  # noqa: E741


@dataclass(frozen=True)
class Exists(FilterCondition[R]):
    """Rows of another object exist, or do not.

    Attributes:
        obj_code: the other object.
        join: what ties its rows to the row that is tested.
        where: what else holds for them.
        negated: whether no such row may exist.
    """

    obj_code: str
    join: Join[Any, R]
    where: FilterCondition[Any]
    negated: bool = False

    def __str__(self) -> str:
        tie = f"{self.join.inner.replace(':', '.')} = outer.{self.join.outer.replace(':', '.')}"
        where = str(self.where)
        inner = f"({where})" if isinstance(self.where, AnyOf) else where
        return f"{'not ' if self.negated else ''}exists {self.obj_code} ({' and '.join(filter(None, (tie, inner)))})"

    def origins(self) -> Iterator[Origin]:
        return _outer_origins(self.join)


@dataclass(frozen=True)
class ExistsBlock(FilterCondition[R]):
    """An EXISTS as the API knows it: its tests are joined by AND."""

    obj_code: str
    join: Join[Any, R]
    tests: tuple[Comparison[Any], ...]
    negated: bool

    def origins(self) -> Iterator[Origin]:
        return _outer_origins(self.join)


def _outer_origins(join: Join[Any, Any]) -> Iterator[Origin]:
    """Yields where the outer fields of a join start. The tests inside are on the other object, and were checked when
    the condition was made.
    """
    if join.outer_origin is not None:
        yield join.outer_origin


def outer(path: FieldPath[O], /) -> Outer[O]:
    """Returns the field of the searched object that a join in ``exists()`` compares with.

    Raises:
        QueryError: the field cannot be filtered, or the path passes a collection.

    Examples:
        >>> from workfront_client import outer
        >>> from workfront_client.v22 import Hour, User
        >>> print(Hour.f.owner_id == outer(User.f.id))
        Join(inner='ownerID', outer='ID')
    """
    if not isinstance(path, FieldPath):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"outer() takes the path of a field, not {path!r:.80}.", hint="Write outer(User.f.id).")
    refuse_unfilterable(path)
    if passes_collection(path):
        raise QueryError(f"outer({path}) has many values: it passes a collection.", hint="Join with one of its fields.")
    return Outer(str(path), origin(path))


def exists(model: type[I], join: Join[I, O], /, *where: FilterCondition[I]) -> FilterCondition[O]:
    """Tests that a row of ``model`` exists that belongs to the searched row and passes every condition.

    Args:
        model: the object to look for rows of.
        join: how they belong together: ``Hour.f.owner_id == outer(User.f.id)``.
        where: conditions on the rows looked for.

    Raises:
        QueryError: the first argument is no model, the second no join, or one of them belongs to another object.

    Examples:
        >>> from workfront_client import TODAY, exists, outer
        >>> from workfront_client.v22 import Hour, User
        >>> print(exists(Hour, Hour.f.owner_id == outer(User.f.id), Hour.f.entry_date >= TODAY.begin_of("month")))
        exists HOUR (ownerID = outer.ID and entryDate >= start(month))
    """
    if not isinstance(model, type) or not issubclass(model, WorkfrontObject):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(
            f"exists() takes the class of the rows to look for, not {model!r:.80}.",
            hint="Write exists(Hour, Hour.f.owner_id == outer(User.f.id)).",
        )
    if not isinstance(join, Join):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(
            f"exists({model.__name__}, ...) needs a join as its second argument, not {type(join).__name__}.",
            hint="Write it like Hour.f.owner_id == outer(User.f.id), the field of the searched object on the right.",
        )
    use = f"exists({model.__name__})"
    refuse_foreign(join.inner_origin, model, use)
    if join.outer_origin is not None:
        refuse_other_version(join.outer_origin.model, model, f"outer({join.outer_origin}) in {use}")
    return Exists(model.obj_code, join, All(own_tests(where, model, use)))


def not_exists(model: type[I], join: Join[I, O], /, *where: FilterCondition[I]) -> FilterCondition[O]:
    """Tests that no row of ``model`` exists that belongs to the searched row and passes every condition; see
    ``exists``.

    Examples:
        >>> from workfront_client import not_exists, outer
        >>> from workfront_client.v22 import Hour, User
        >>> print(not_exists(Hour, Hour.f.owner_id == outer(User.f.id)))
        not exists HOUR (ownerID = outer.ID)
    """
    return ~exists(model, join, *where)
