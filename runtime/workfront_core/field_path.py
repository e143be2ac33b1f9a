"""What the fields at the end of a path can do, by kind: filter, sort, test for null."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar

from workfront_core import literal
from workfront_core.condition import All, AnyOf, Comparison, Condition, Not, Operator, around, is_span
from workfront_core.errors import QueryError
from workfront_core.order import Direction, Order
from workfront_core.several import Several

R = TypeVar("R")
V = TypeVar("V")
E = TypeVar("E", bound=Enum)

Flag: TypeAlias = str
"""A flag of the metadata, such as ``WRITE_ONLY`` or ``NOT_FILTERABLE``."""


class Path(Generic[R]):
    """A field, reference or collection, seen from the object ``R``."""

    __slots__ = ("_custom", "_flags", "_many", "_segments")

    def __init__(
        self,
        segments: tuple[str, ...] = (),
        flags: frozenset[Flag] = frozenset(),
        many: bool = False,
        custom: bool = False,
    ) -> None:
        self._segments = segments
        self._flags = flags
        self._many = many
        self._custom = custom

    def __str__(self) -> str:
        return ("DE:" if self._custom else "") + ":".join(self._segments)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"


def flags(path: Path[Any], /) -> frozenset[Flag]:
    """The metadata's flags of the field at the end of the path."""
    return path._flags  # pyright: ignore[reportPrivateUsage]


def segments(path: Path[Any], /) -> tuple[str, ...]:
    """The wire names along the path, one a level."""
    return path._segments  # pyright: ignore[reportPrivateUsage]


def passes_collection(path: Path[Any], /) -> bool:
    """Whether a collection is on the path, so that it has many ends."""
    return path._many  # pyright: ignore[reportPrivateUsage]


class FieldPath(Path[R]):
    """A path that ends at a field: what every kind of field can do."""

    __slots__ = ()

    def asc(self, *, ignore_case: bool = False) -> Order[R]:
        """Sorts by this field, lowest first."""
        return self._order("ciasc" if ignore_case else "asc")

    def desc(self, *, ignore_case: bool = False) -> Order[R]:
        """Sorts by this field, highest first."""
        return self._order("cidesc" if ignore_case else "desc")

    def is_null(self) -> Condition[R]:
        """The field has no value."""
        return self._compare(Operator.IS_NULL)

    def not_null(self) -> Condition[R]:
        """The field has a value."""
        return self._compare(Operator.NOT_NULL)

    def _order(self, direction: Direction) -> Order[R]:
        refuse_flag(self, "WRITE_ONLY", "sorted by")
        return Order(str(self), direction)

    def _compare(self, operator: Operator, *values: str) -> Comparison[R]:
        refuse_flag(self, "NOT_FILTERABLE", "filtered")
        refuse_flag(self, "WRITE_ONLY", "filtered")
        return Comparison(str(self), operator, values, self._many)

    def _text(self, value: object) -> str:
        """The wire text of one value to compare with."""
        return literal.literal(value, str(self))


def listed(values: Iterable[V], where: str) -> Sequence[V]:
    """The values to compare with.

    Raises:
        QueryError: one text or another single value in place of a list, or an empty list.
    """
    if isinstance(values, str) or not hasattr(values, "__iter__"):
        raise QueryError(f"{where} takes a list of values here.", hint="Compare one value with ==.")
    entries = list(values)
    if not entries:
        raise QueryError(f"{where} is compared with an empty list; the API has no way to ask for nothing.")
    return entries


def equal_in_time(equal: Comparison[R], value: object) -> Comparison[R]:
    """An equality with its value's span: a datetime is one instant, a date every instant of the day."""
    if isinstance(value, datetime):
        return replace(equal, operator=Operator.EXACT_TIME)
    return replace(equal, whole_day=isinstance(value, date))


def refuse_flag(path: Path[Any], flag: Flag, use: str) -> None:
    """Raises a QueryError where the metadata says that a field cannot be used so."""
    if flag in flags(path):
        raise QueryError(f"{path} cannot be {use}: the metadata marks it {flag}.")


class EqualityPath(FieldPath[R], Generic[R, V]):
    """A field whose values are told apart, of the Python type ``V``."""

    __slots__ = ()

    def __eq__(self, value: V | None, /) -> Condition[R]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        """The field has this value; ``None`` asks for null."""
        return self.is_null() if value is None else self._equal(value)

    def __ne__(self, value: V | None, /) -> Condition[R]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        """The field differs from the value **or is null**, as Workfront defines ``ne``; ``None`` asks for not null."""
        if value is None:
            return self.not_null()
        equal = self._equal(value)
        return AnyOf((*around(equal), self.is_null())) if is_span(equal) else replace(equal, operator=Operator.NE)

    def __hash__(self) -> int:
        return hash((type(self), str(self)))

    def differs(self, value: V) -> Condition[R]:
        """The field has a value, and another one: ``!=`` without the nulls."""
        equal = self._equal(value)
        return AnyOf(around(equal)) if is_span(equal) else replace(equal, operator=Operator.NEE)

    def in_(self, values: Several[V]) -> Condition[R]:
        """The field has one of the values."""
        equals = self._equals(values)
        if any(is_span(equal) for equal in equals):
            return AnyOf(tuple(equals))
        return self._compare(Operator.IN, *(equal.values[0] for equal in equals))

    def not_in(self, values: Several[V]) -> Condition[R]:
        """The field has a value, and none of these."""
        equals = self._equals(values)
        if any(is_span(equal) for equal in equals):
            return All((self.not_null(), *(Not(equal) for equal in equals)))
        return self._compare(Operator.NOT_IN, *(equal.values[0] for equal in equals))

    def _equal(self, value: V) -> Comparison[R]:
        return self._compare(Operator.EQ, self._text(value))

    def _equals(self, values: Several[V]) -> Sequence[Comparison[R]]:
        return list(dict.fromkeys(self._equal(value) for value in listed(values, str(self))))


class OrderedPath(EqualityPath[R, V]):
    """A field whose values have an order. Comparisons with a null field are false."""

    __slots__ = ()

    def __lt__(self, value: V, /) -> Condition[R]:
        return self._compare(Operator.LT, self._text(value))

    def __le__(self, value: V, /) -> Condition[R]:
        return self._compare(Operator.LTE, self._text(value))

    def __gt__(self, value: V, /) -> Condition[R]:
        return self._compare(Operator.GT, self._text(value))

    def __ge__(self, value: V, /) -> Condition[R]:
        return self._compare(Operator.GTE, self._text(value))

    def between(self, lower: V, upper: V, /) -> Condition[R]:
        """The field lies in the range, both ends included."""
        return self._compare(Operator.BETWEEN, self._text(lower), self._text(upper))


class _Patterns(FieldPath[R]):
    """Tests on parts of a text."""

    __slots__ = ()

    def contains(self, part: str) -> Condition[R]:
        """The text holds this part, upper and lower case told apart."""
        return self._compare(Operator.CONTAINS, literal.text(part, str(self)))

    def icontains(self, part: str) -> Condition[R]:
        """The text holds this part, whatever the case."""
        return self._compare(Operator.ICONTAINS, literal.text(part, str(self)))

    def startswith(self, start: str) -> Condition[R]:
        """The text begins so; documented as ignoring case."""
        return self._compare(Operator.STARTS_WITH, literal.text(start, str(self)))

    def like(self, pattern: str) -> Condition[R]:
        """SQL LIKE: ``%`` stands for any text, ``_`` for one character."""
        return self._compare(Operator.LIKE, literal.text(pattern, str(self)))

    def ilike(self, pattern: str) -> Condition[R]:
        """SQL LIKE, whatever the case."""
        return self._compare(Operator.ILIKE, literal.text(pattern, str(self)))

    def is_blank(self) -> Condition[R]:
        """The text is null or empty."""
        return self._compare(Operator.IS_BLANK)

    def not_blank(self) -> Condition[R]:
        """The text is neither null nor empty."""
        return self._compare(Operator.NOT_BLANK)


class TextPath(OrderedPath[R, str], _Patterns[R]):
    """A text, IDs included."""

    __slots__ = ()

    def _text(self, value: object) -> str:
        return literal.text(value, str(self))


class NumberPath(OrderedPath[R, float | Decimal]):
    """An integer, a float or an amount."""

    __slots__ = ()

    def _text(self, value: object) -> str:
        return literal.number(value, str(self))


class BooleanPath(EqualityPath[R, bool]):
    """True or false."""

    __slots__ = ()

    def _text(self, value: object) -> str:
        return literal.boolean(value, str(self))


class DatePath(OrderedPath[R, date]):
    """A day."""

    __slots__ = ()

    def _text(self, value: object) -> str:
        return literal.day(value, str(self))


class DateTimePath(OrderedPath[R, date]):
    """An instant. Compare with an aware datetime, or with a date in the server's time zone.

    ``== date`` means any time of that day; for ``<``, ``between`` and the like a date is its midnight.
    """

    __slots__ = ()

    def _text(self, value: object) -> str:
        return literal.instant(value, str(self)) if isinstance(value, datetime) else literal.day(value, str(self))

    def _equal(self, value: date) -> Comparison[R]:
        return equal_in_time(super()._equal(value), value)


class EnumPath(EqualityPath[R, E | str], Generic[R, E]):
    """A code out of an open list: take it from the enum, or write a code of your own tenant as text."""

    __slots__ = ()

    def _text(self, value: object) -> str:
        return literal.text(value, str(self))


class IntEnumPath(OrderedPath[R, E | int], Generic[R, E]):
    """A numeric code out of an open list."""

    __slots__ = ()

    def _text(self, value: object) -> str:
        return literal.number(value, str(self))


class ListPath(FieldPath[R]):
    """A list of texts. A test means "some entry", so it has no opposite."""

    __slots__ = ()

    def _compare(self, operator: Operator, *values: str) -> Comparison[R]:
        return replace(super()._compare(operator, *values), many=True)

    def has(self, value: str) -> Condition[R]:
        """One entry of the list is this."""
        return self._compare(Operator.EQ, literal.text(value, str(self)))

    def has_any(self, values: Several[str]) -> Condition[R]:
        """One entry of the list is one of these."""
        return self._compare(Operator.IN, *(literal.text(value, str(self)) for value in listed(values, str(self))))


class JsonPath(EqualityPath[R, literal.Scalar]):
    """A field of a kind the metadata does not explain: any single value may be compared."""

    __slots__ = ()

    def _equal(self, value: literal.Scalar) -> Comparison[R]:
        return equal_in_time(super()._equal(value), value)


class CustomPath(OrderedPath[R, literal.Scalar], _Patterns[R]):
    """A custom field of a form, ``DE:Region``. Its kind is not known here, so every test is offered."""

    __slots__ = ()

    def _equal(self, value: literal.Scalar) -> Comparison[R]:
        return equal_in_time(super()._equal(value), value)

    def has_all(self, values: Several[str]) -> Condition[R]:
        """A field with several choices holds all of these."""
        return self._compare(Operator.ALL_OF, *(literal.text(value, str(self)) for value in listed(values, str(self))))
