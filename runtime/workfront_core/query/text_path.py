"""Tests on texts and on parts of them.

An ``i`` in front of a name means: upper and lower case count as the same. ``not_`` in front means: the field has a
value, and does not pass the test; ``~`` in front of a condition adds the rows where the field is null.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from workfront_core.errors.kinds import QueryError
from workfront_core.query import literal
from workfront_core.query.condition import AnyOf, Comparison, FilterCondition
from workfront_core.query.field_path import FieldPath, OrderedPath, Path, listed, spelling
from workfront_core.query.negation import around_length, is_null
from workfront_core.query.operators import Operator
from workfront_core.query.spelling import ValueForm
from workfront_core.values.ids import is_id, other_spelling
from workfront_core.values.sequences import SequenceNotStr

R = TypeVar("R")


class Length(Generic[R]):
    """The number of characters of a text field, to be compared: ``Task.f.name.length > 60``."""

    __slots__ = ("_test",)

    def __init__(self, test: Comparison[R]) -> None:
        self._test = test

    def __lt__(self, length: int, /) -> FilterCondition[R]:
        return self._compare(Operator.LENGTH_LT, length)

    def __le__(self, length: int, /) -> FilterCondition[R]:
        return self._compare(Operator.LENGTH_LT, length, 1)

    def __gt__(self, length: int, /) -> FilterCondition[R]:
        return self._compare(Operator.LENGTH_GT, length)

    def __ge__(self, length: int, /) -> FilterCondition[R]:
        return self._compare(Operator.LENGTH_GT, length, -1)

    def __eq__(self, length: int, /) -> FilterCondition[R]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        """Tests that the text has exactly this length."""
        return self._compare(Operator.LENGTH_EQ, length)

    def __ne__(self, length: int, /) -> FilterCondition[R]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        """Tests that the text has another length **or is null**, as ``!=`` means everywhere here."""
        equal = self._compare(Operator.LENGTH_EQ, length)
        return AnyOf((*around_length(equal), is_null(equal.key, many=equal.many)))

    def __hash__(self) -> int:
        return hash((type(self), self._test))

    def _compare(self, operator: Operator, length: int, more: int = 0) -> Comparison[R]:
        count = literal.integer(length, f"the length of {self._test.key}", least=0) + more
        return replace(self._test, operator=operator, values=(str(count),))


class TextTests(FieldPath[R]):
    """Tests of a text field, shared by fields of the schema and custom fields."""

    __slots__ = ()

    @property
    def length(self) -> Length[R]:
        """The number of characters, to be compared."""
        return Length(self._compare(Operator.LENGTH_EQ))

    def iequals(self, value: str) -> FilterCondition[R]:
        """Tests that the text is this one, whatever the case."""
        return self._part(Operator.IEQ, value)

    def idiffers(self, value: str) -> FilterCondition[R]:
        """Tests that the field has a value, and another one even if the case is ignored."""
        return self._part(Operator.INE, value)

    def iin_(self, values: SequenceNotStr[str]) -> FilterCondition[R]:
        """Tests that the text is one of these, whatever the case."""
        return self._compare(Operator.IIN, *self._parts(values))

    def not_iin(self, values: SequenceNotStr[str]) -> FilterCondition[R]:
        """Tests that the field has a value, and none of these, whatever the case."""
        return self._compare(Operator.NOT_IIN, *self._parts(values))

    def ibetween(self, lower: str, upper: str, /) -> FilterCondition[R]:
        """Tests that the text lies in the range, both ends included, whatever the case."""
        return self._compare(Operator.IBETWEEN, *self._parts((lower, upper)))

    def not_ibetween(self, lower: str, upper: str, /) -> FilterCondition[R]:
        """Tests that the field has a value, and lies outside of the range, whatever the case."""
        return self._compare(Operator.NOT_IBETWEEN, *self._parts((lower, upper)))

    def contains(self, part: str) -> FilterCondition[R]:
        """Tests that the text holds this part, upper and lower case told apart."""
        return self._part(Operator.CONTAINS, part)

    def not_contains(self, part: str) -> FilterCondition[R]:
        """Tests that the field has a value without this part."""
        return self._part(Operator.NOT_CONTAINS, part)

    def icontains(self, part: str) -> FilterCondition[R]:
        """Tests that the text holds this part, whatever the case."""
        return self._part(Operator.ICONTAINS, part)

    def not_icontains(self, part: str) -> FilterCondition[R]:
        """Tests that the field has a value without this part, whatever the case."""
        return self._part(Operator.NOT_ICONTAINS, part)

    def icontains_any(self, words: SequenceNotStr[str]) -> FilterCondition[R]:
        """Tests that the text holds one of the words, whatever the case."""
        return self._words(Operator.ICONTAINS_ANY, words)

    def icontains_all(self, words: SequenceNotStr[str]) -> FilterCondition[R]:
        """Tests that the text holds all of the words, whatever the case."""
        return self._words(Operator.ICONTAINS_ALL, words)

    def not_icontains_any(self, words: SequenceNotStr[str]) -> FilterCondition[R]:
        """Tests that the field has a value with none of the words; meant so by name, Workfront's text on it is
        unclear.
        """
        return self._words(Operator.NOT_ICONTAINS_ANY, words)

    def not_icontains_all(self, words: SequenceNotStr[str]) -> FilterCondition[R]:
        """Tests that the field has a value that lacks one of the words; meant so by name, Workfront's text on it is
        unclear.
        """
        return self._words(Operator.NOT_ICONTAINS_ALL, words)

    def startswith(self, start: str) -> FilterCondition[R]:
        """Tests that the text begins so; documented as ignoring case, though seen to tell case apart."""
        return self._part(Operator.STARTS_WITH, start)

    def istartswith(self, start: str) -> FilterCondition[R]:
        """Tests that the text begins so, whatever the case; the operator is known at second hand only."""
        return self._part(Operator.ISTARTS_WITH, start)

    def endswith(self, end: str) -> FilterCondition[R]:
        """Tests that the text ends so; the operator is known at second hand only, ``like("%" + end)`` is documented."""
        return self._part(Operator.ENDS_WITH, end)

    def iendswith(self, end: str) -> FilterCondition[R]:
        """Tests that the text ends so, whatever the case; known at second hand only, ``ilike("%" + end)`` is
        documented.
        """
        return self._part(Operator.IENDS_WITH, end)

    def like(self, pattern: str) -> FilterCondition[R]:
        """Tests with SQL LIKE: ``%`` stands for any text, ``_`` for one character."""
        return self._part(Operator.LIKE, pattern)

    def ilike(self, pattern: str) -> FilterCondition[R]:
        """Tests with SQL LIKE, whatever the case."""
        return self._part(Operator.ILIKE, pattern)

    def soundex(self, word: str) -> FilterCondition[R]:
        """Tests that the text sounds like this word in English (SQL SOUNDEX)."""
        return self._part(Operator.SOUNDEX, word)

    def is_blank(self) -> FilterCondition[R]:
        """Tests that the text is null or empty."""
        return self._compare(Operator.IS_BLANK)

    def not_blank(self) -> FilterCondition[R]:
        """Tests that the text is neither null nor empty."""
        return self._compare(Operator.NOT_BLANK)

    def _part(self, operator: Operator, part: str) -> Comparison[R]:
        return self._compare(operator, literal.text(part, str(self)))

    def _parts(self, values: SequenceNotStr[str]) -> Sequence[str]:
        return [literal.text(value, str(self)) for value in listed(values, str(self))]

    def _words(self, operator: Operator, words: SequenceNotStr[str]) -> Comparison[R]:
        parts = self._parts(words)
        for part in parts:
            if not part or len(part.split()) != 1:
                raise QueryError(
                    f"{self}: {part!r} is not one word; the API splits this value at blanks.",
                    hint="Join tests with contains() or icontains() by | or & instead.",
                )
        return self._compare(operator, " ".join(parts))


class TextPath(OrderedPath[R, str], TextTests[R]):
    """A text, IDs included."""

    __slots__ = ()
    _value_form = ValueForm.TEXT

    def _equal(self, value: object) -> Comparison[R]:
        equal = super()._equal(value)
        if not isinstance(value, Path) and self._is_object_id() and not is_id(equal.values[0]):
            raise QueryError(
                f"{spelling(self)} holds IDs, and {equal.values[0]!r:.80} is not one.",
                hint="IDs are 32 hexadecimal characters, or start with $$; a name is found in the field that holds it.",
            )
        return equal

    def _text(self, value: object) -> str:
        text = literal.text(value, str(self))
        return (other_spelling(text) or text) if self._is_object_id() else text

    def _is_object_id(self) -> bool:
        return self._origin is not None and self._origin.is_object_id()
