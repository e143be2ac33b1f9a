"""The kinds of fields besides texts, each with the values and tests that make sense for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar

from workfront_core.errors.kinds import QueryError
from workfront_core.models.codes import refuse_foreign_code
from workfront_core.query import literal
from workfront_core.query.condition import Comparison, FilterCondition
from workfront_core.query.field_path import (
    AnyKind,
    EqualityPath,
    FieldPath,
    OrderedPath,
    Path,
    equal_in_time,
    listed,
    origin,
    spelling,
)
from workfront_core.query.operators import Operator
from workfront_core.query.spelling import ValueForm
from workfront_core.query.text_path import TextTests
from workfront_core.query.wildcard import Moment, NumberWildcard
from workfront_core.values.plain_values import Day, OwnCode, OwnNumber
from workfront_core.values.sequences import SequenceNotStr

R = TypeVar("R")
E = TypeVar("E", bound=Enum)

AnyValue: TypeAlias = literal.Scalar | Moment | NumberWildcard
"""A value of a field whose kind is not known here."""


class NumberTests(FieldPath[R]):
    """Tests on the bits of an integer."""

    __slots__ = ()

    def any_bits(self, mask: int) -> FilterCondition[R]:
        """Tests that some bit of the mask is set in the field."""
        return self._bits(Operator.ANY_BITS, mask)

    def all_bits(self, mask: int) -> FilterCondition[R]:
        """Tests that every bit of the mask is set in the field."""
        return self._bits(Operator.ALL_BITS, mask)

    def no_bits(self, mask: int) -> FilterCondition[R]:
        """Tests that the field has a value, and no bit of the mask is set in it."""
        return self._bits(Operator.NO_BITS, mask)

    def _bits(self, operator: Operator, mask: int) -> Comparison[R]:
        return self._compare(operator, str(literal.integer(mask, str(self), least=0)))


class NumberPath(OrderedPath[R, float | Decimal | NumberWildcard], NumberTests[R]):
    """An integer, a float or an amount."""

    __slots__ = ()
    _value_form = ValueForm.NUMBER

    def _equal(self, value: object) -> Comparison[R]:
        return _whole(self, super()._equal(value), value) if self._is_whole() else super()._equal(value)

    def _text(self, value: object) -> str:
        if isinstance(value, NumberWildcard):
            return str(value)
        return (literal.whole_number if self._is_whole() else literal.number)(value, str(self))

    def _is_whole(self) -> bool:
        return self._origin is not None and self._origin.is_whole()


class BooleanPath(EqualityPath[R, bool]):
    """True or false."""

    __slots__ = ()
    _value_form = ValueForm.BOOLEAN

    def _text(self, value: object) -> str:
        return literal.boolean(value, str(self))


class TimeKind(FieldPath[R]):
    """A day or an instant: each compares with the other."""

    __slots__ = ()


class DatePath(OrderedPath[R, Day | Moment | TimeKind[R]], TimeKind[R]):
    """A day."""

    __slots__ = ()
    _value_form = ValueForm.TIME

    def _text(self, value: object) -> str:
        return str(value) if isinstance(value, Moment) else literal.day(value, str(self))


class DateTimePath(OrderedPath[R, date | Moment | TimeKind[R]], TimeKind[R]):
    """An instant. Compare with an aware datetime, with ``TODAY`` and ``NOW``, or with a date in the server's time zone.

    ``== date`` and ``== TODAY`` mean any time of that day; for ``<``, ``between`` and the like a date is its midnight.
    """

    __slots__ = ()
    _value_form = ValueForm.TIME

    def _text(self, value: object) -> str:
        if isinstance(value, Moment):
            return str(value)
        return literal.instant(value, str(self)) if isinstance(value, datetime) else literal.day(value, str(self))

    def _equal(self, value: object) -> Comparison[R]:
        return equal_in_time(super()._equal(value), value)


class EnumPath(EqualityPath[R, E | OwnCode], Generic[R, E]):
    """A code out of an open list: take it from the enum, or write a code of your own tenant as text."""

    __slots__ = ()
    _value_form = ValueForm.CODE

    def _text(self, value: object) -> str:
        refuse_foreign_codes(self, value)
        return literal.text(value, str(self))


class IntEnumPath(OrderedPath[R, E | OwnNumber], Generic[R, E]):
    """A numeric code out of an open list."""

    __slots__ = ()
    _value_form = ValueForm.NUMBER

    def _equal(self, value: object) -> Comparison[R]:
        return _whole(self, super()._equal(value), value)

    def _text(self, value: object) -> str:
        refuse_foreign_codes(self, value)
        return literal.whole_number(value, str(self))


def _whole(path: FieldPath[R], equal: Comparison[R], value: object) -> Comparison[R]:
    """Returns the equality of a field of whole numbers.

    Raises:
        QueryError: its value is a fraction, which equals none of them.
    """
    if not isinstance(value, Path | NumberWildcard) and "." in equal.values[0]:
        raise QueryError(
            f"{spelling(path)} holds whole numbers, and none of them equals {equal.values[0]:.40}.",
            hint="Compare with a whole number; a fraction has its place beside < and >.",
        )
    return equal


def refuse_foreign_codes(path: FieldPath[Any], value: object) -> None:
    """Raises a QueryError where a value cannot be one of the codes of the field."""
    start = origin(path)
    known = start.codes() if start is not None and isinstance(value, str | Enum) else None
    if known is not None:
        refuse_foreign_code(value, known, spelling(path))


class ListPath(FieldPath[R]):
    """A list of texts. A test means "some entry", so it has no opposite."""

    __slots__ = ()
    _value_form = ValueForm.LIST

    def _compare(self, operator: Operator, *values: str) -> Comparison[R]:
        return replace(super()._compare(operator, *values), many=True)

    def has(self, value: str) -> FilterCondition[R]:
        """Tests that one entry of the list is this."""
        return self._compare(Operator.EQ, literal.text(value, str(self)))

    def has_any(self, values: SequenceNotStr[str]) -> FilterCondition[R]:
        """Tests that one entry of the list is one of these."""
        return self._compare(Operator.IN, *(literal.text(value, str(self)) for value in listed(values, str(self))))

    def contains_only(self, values: SequenceNotStr[str]) -> FilterCondition[R]:
        """Tests that the list holds these and nothing else; for filters of event subscriptions."""
        return contains_only(self, values)


class ChoicesPath(ListPath[R]):
    """Several choices of a custom field."""

    __slots__ = ()

    def has_all(self, values: SequenceNotStr[str]) -> FilterCondition[R]:
        """Tests that the field holds all of these choices."""
        return self._compare(Operator.ALL_OF, *(literal.text(value, str(self)) for value in listed(values, str(self))))


class OptionsPath(EqualityPath[R, str], ChoicesPath[R]):
    """One or several choices of a custom field, of which nobody told how many may be chosen."""

    __slots__ = ()


class JsonPath(EqualityPath[R, AnyValue]):
    """A field of a kind the metadata does not explain: any single value may be compared."""

    __slots__ = ()

    def _equal(self, value: object) -> Comparison[R]:
        return equal_in_time(super()._equal(value), value)


class CustomPath(OrderedPath[R, AnyValue | EqualityPath[R, Any]], TextTests[R], NumberTests[R], AnyKind[R]):
    """A custom field of a form, ``DE:Region``. Its kind is not known here, so every test is offered."""

    __slots__ = ()

    def _equal(self, value: object) -> Comparison[R]:
        return equal_in_time(super()._equal(value), value)

    def has_all(self, values: SequenceNotStr[str]) -> FilterCondition[R]:
        """Tests that a field with several choices holds all of these."""
        return self._compare(Operator.ALL_OF, *(literal.text(value, str(self)) for value in listed(values, str(self))))

    def contains_only(self, values: SequenceNotStr[str]) -> FilterCondition[R]:
        """Tests that the field holds these choices and no others; for filters of event subscriptions."""
        return contains_only(self, values)


def contains_only(path: FieldPath[R], values: SequenceNotStr[str]) -> FilterCondition[R]:
    """Returns the test that a list holds these and nothing else (docs/protocol.md 13.2)."""
    from workfront_core.query.event_test import EventTest  # searches have no use for it

    texts = tuple(literal.text(value, str(path)) for value in listed(values, str(path)))
    return EventTest(str(path), "containsOnly", texts, origin=origin(path))
