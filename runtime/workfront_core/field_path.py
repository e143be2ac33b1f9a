"""What the fields at the end of a path can do, by kind: filter, sort, test for null."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar, cast

from workfront_core import literal
from workfront_core.condition import AnyOf, Comparison, Condition, Operator
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

    def _compare(self, operator: Operator, *values: str, listable: bool = True) -> Comparison[R]:
        refuse_flag(self, "NOT_FILTERABLE", "filtered")
        refuse_flag(self, "WRITE_ONLY", "filtered")
        return Comparison(str(self), operator, values, self._many, listable)

    def _text(self, value: object) -> str:
        """The wire text of one value to compare with."""
        return literal.literal(value, str(self))

    def _texts(self, values: object) -> tuple[str, ...]:
        if isinstance(values, str) or not isinstance(values, Iterable):
            raise QueryError(f"{self} takes a list of values here.", hint="Compare one value with ==.")
        texts = tuple(dict.fromkeys(self._text(value) for value in cast("Iterable[object]", values)))
        if not texts:
            raise QueryError(f"{self} is compared with an empty list; the API has no way to ask for nothing.")
        return texts


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
        return self.not_null() if value is None else self._compare(Operator.NE, self._text(value))

    def __hash__(self) -> int:
        return hash((type(self), str(self)))

    def differs(self, value: V) -> Condition[R]:
        """The field has a value, and another one: ``!=`` without the nulls."""
        return self._compare(Operator.NEE, self._text(value))

    def in_(self, values: Several[V]) -> Condition[R]:
        """The field has one of the values."""
        return self._compare(Operator.IN, *self._texts(values))

    def not_in(self, values: Several[V]) -> Condition[R]:
        """The field has a value, and none of these."""
        return self._compare(Operator.NOT_IN, *self._texts(values))

    def _equal(self, value: V) -> Condition[R]:
        return self._compare(Operator.EQ, self._text(value))


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
    """An instant. Compare with an aware datetime, or with a date: ``== date`` means any time of that day."""

    __slots__ = ()

    def _text(self, value: object) -> str:
        return literal.instant(value, str(self)) if isinstance(value, datetime) else literal.day(value, str(self))

    def __ne__(self, value: date | None, /) -> Condition[R]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        """Another day, or with a datetime another instant; null included."""
        if not isinstance(value, datetime):
            return super().__ne__(value)
        return AnyOf((self < value, self > value, self.is_null()))

    def _equal(self, value: date) -> Condition[R]:
        operator = Operator.EXACT_TIME if isinstance(value, datetime) else Operator.EQ
        return self._compare(operator, self._text(value), listable=False)


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

    def _compare(self, operator: Operator, *values: str, listable: bool = True) -> Comparison[R]:
        return replace(super()._compare(operator, *values, listable=listable), many=True)

    def has(self, value: str) -> Condition[R]:
        """One entry of the list is this."""
        return self._compare(Operator.EQ, literal.text(value, str(self)))

    def has_any(self, values: Several[str]) -> Condition[R]:
        """One entry of the list is one of these."""
        return self._compare(Operator.IN, *self._texts(values))


class JsonPath(EqualityPath[R, literal.Scalar]):
    """A field of a kind the metadata does not explain: any single value may be compared."""

    __slots__ = ()


class CustomPath(OrderedPath[R, literal.Scalar], _Patterns[R]):
    """A custom field of a form, ``DE:Region``. Its kind is not known here, so every test is offered."""

    __slots__ = ()

    def _equal(self, value: literal.Scalar) -> Condition[R]:
        return self._compare(Operator.EQ, self._text(value), listable=not isinstance(value, date))

    def has_all(self, values: Several[str]) -> Condition[R]:
        """A field with several choices holds all of these."""
        return self._compare(Operator.ALL_OF, *self._texts(values))
