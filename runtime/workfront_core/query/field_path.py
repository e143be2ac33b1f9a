"""Paths to fields, and what every kind of field can do: sort, compare, test for null."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, NoReturn, TypeAlias, TypeVar, overload

from workfront_core.arguments import checked_flag, is_several, refuse_truth
from workfront_core.errors.kinds import NotSupported, QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.field_names import refuse_field_name
from workfront_core.query import literal
from workfront_core.query.condition import All, AnyOf, Comparison, FilterCondition
from workfront_core.query.join import Join, Outer
from workfront_core.query.negation import before_and_after, is_time_range
from workfront_core.query.operators import Operator
from workfront_core.query.order import Direction, Order
from workfront_core.query.origin import Origin, refuse_foreign
from workfront_core.query.reversed_range import refuse_reversed
from workfront_core.query.shared_path import SharedPath
from workfront_core.query.spelling import FIELD, ValueForm
from workfront_core.query.wildcard import Moment
from workfront_core.values.sequences import SequenceNotStr

R = TypeVar("R")
V = TypeVar("V")
O = TypeVar("O")  # noqa: E741

Flag: TypeAlias = str
"""A flag of the metadata, such as ``WRITE_ONLY`` or ``NOT_FILTERABLE``."""

FILTER_ONLY: Final[Flag] = "FILTER_ONLY"
"""A flag of ours: metadata lists the name among those to search by and nowhere else. All paths below have it, too."""

MAX_DEPTH: Final = 4
"""Levels a field path may have, docs/protocol.md 6."""


class Path(SharedPath, Generic[R]):
    """A field, reference or collection, seen from the object ``R``."""

    __slots__ = ("_custom", "_flags", "_many", "_origin", "_segments")

    def __init__(
        self,
        segments: tuple[str, ...] = (),
        flags: frozenset[Flag] = frozenset(),
        many: bool = False,
        custom: bool = False,
        *,
        origin: Origin | None = None,
    ) -> None:
        self._segments = segments
        self._flags = flags
        self._many = many
        self._custom = custom
        self._origin = origin

    def __str__(self) -> str:
        return (CUSTOM if self._custom else "") + ":".join(self._segments)

    def __workfront_name__(self, model: type[Any], /) -> str:
        """Returns the wire name, for rows of the object that the path belongs to.

        Raises:
            QueryError: it belongs to another object.
        """
        refuse_foreign(self._origin, model, f"flat() of a {model.__name__}")
        return str(self)

    def __repr__(self) -> str:
        return f"<{' '.join(filter(None, (type(self).__name__, str(self))))}>"

    def __bool__(self) -> NoReturn:
        refuse_truth(
            f"{spelling(self)}, a path that the server looks at in each row,",
            hint="Write a test, such as == value, is_null() or not_null(), and join tests, each in parentheses, "
            "with & | ~ instead of and, or, not.",
        )

    if not TYPE_CHECKING:  # to a checker these operators do not exist

        def _unjoined(self, _other: object = None, /) -> NoReturn:
            raise NotSupported(
                f"& | and ~ take conditions, and {spelling(self)} is a path.",
                hint="Put each comparison in parentheses: (Task.f.a == 1) & (Task.f.b == 2).",
            )

        def _unordered(self, _other: object, /) -> NoReturn:
            raise NotSupported(
                f"{spelling(self)} is not compared with < or >: its values have no order.",
                hint="Compare with ==, != or in_(); a related object by one of its fields.",
            )

        def _not_computed(self, *_: object) -> NoReturn:
            raise NotSupported(
                f"{spelling(self)} is a path, and nothing is computed with it: the API compares fields as they are.",
                hint="Compute the value it is compared with, or read the rows and compute with their members.",
            )

        def _not_several(self, *_: object) -> NoReturn:
            raise NotSupported(
                f"{spelling(self)} is a path, and holds no values here.", hint="Search, and look at the rows."
            )

        __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = __invert__ = _unjoined
        __lt__ = __le__ = __gt__ = __ge__ = _unordered
        __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _not_computed
        __floordiv__ = __mod__ = __pow__ = __neg__ = __pos__ = __abs__ = __round__ = __int__ = __float__ = _not_computed
        __len__ = __iter__ = __getitem__ = __contains__ = _not_several


def spelling(path: Path[Any], /) -> str:
    """Returns how a program writes a path, ``Task.f.name``; its wire name, where it does not start at an object."""
    return str(origin(path) or path)


def origin(path: Path[Any], /) -> Origin | None:
    """Returns where a path starts; ``None`` for one that was written by wire name."""
    return path._origin  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001 - the public names of a path are its fields


def flags(path: Path[Any], /) -> frozenset[Flag]:
    """Returns the metadata's flags of the field at the end of the path."""
    return path._flags  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001 - the public names of a path are its fields


def segments(path: Path[Any], /) -> tuple[str, ...]:
    """Returns the wire names along the path, one a level."""
    return path._segments  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001 - the public names of a path are its fields


def passes_collection(path: Path[Any], /) -> bool:
    """Returns whether a collection is on the path, so that it has many ends."""
    return path._many  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001 - the public names of a path are its fields


class FieldPath(Path[R]):
    """A path that ends at a field: what every kind of field can do."""

    __slots__ = ()
    _value_form: ClassVar[ValueForm] = ValueForm.ANY

    def asc(self, *, ignore_case: bool = False) -> Order[R]:
        """Sorts by this field, lowest first."""
        return self._order("ciasc" if checked_flag(ignore_case, "ignore_case") else "asc")

    def desc(self, *, ignore_case: bool = False) -> Order[R]:
        """Sorts by this field, highest first."""
        return self._order("cidesc" if checked_flag(ignore_case, "ignore_case") else "desc")

    def is_null(self) -> FilterCondition[R]:
        """Tests that the field has no value."""
        return self._compare(Operator.IS_NULL)

    def not_null(self) -> FilterCondition[R]:
        """Tests that the field has a value."""
        return self._compare(Operator.NOT_NULL)

    def changed(self) -> FilterCondition[R]:
        """Tests that an update changed the field; for filters of event subscriptions (docs/protocol.md 13.2)."""
        from workfront_core.query.event_test import EventTest  # searches have no use for it

        return EventTest(str(self), "changed", origin=self._origin)

    if not TYPE_CHECKING:  # to a checker these do not exist

        def __eq__(self, other: object, /) -> NoReturn:
            raise NotSupported(
                f"{spelling(self)} is not compared with == or !=.", hint=f"Its tests: {', '.join(_tests(self))}."
            )

        __ne__ = __eq__

        def __hash__(self) -> int:
            return hash((type(self), str(self)))

        def __getattr__(self, name: str) -> NoReturn:
            message = f"{spelling(self)} has no {name}; its tests: {', '.join(_tests(self))}"
            raise AttributeError(name if name[:1] == "_" else message, name=name, obj=self)

    def _order(self, direction: Direction) -> Order[R]:
        refuse_flag(self, "WRITE_ONLY", "sorted by")
        refuse_filter_only(self, "sorted by")
        refuse_depth(self)
        return Order(str(self), direction, self._origin)

    def _compare(self, operator: Operator, *values: str) -> Comparison[R]:
        refuse_unfilterable(self)
        for value in values:
            if value.upper().startswith(FIELD):
                raise QueryError(
                    f"{self}: the API takes {value!r} for the name of a field, so no text can begin like that.",
                    hint="Compare with another field by its path: Task.f.a > Task.f.b.",
                )
        return Comparison(str(self), operator, values, self._many, origin=self._origin)

    def _text(self, value: object) -> str:
        """Returns the wire text of one value to compare with."""
        return literal.literal(value, str(self))


_SIGNS: Final = {"__eq__": "==", "__ne__": "!=", "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_NO_TESTS: Final = frozenset({"asc", "desc", "changed"})


def _tests(path: FieldPath[Any]) -> list[str]:
    """Returns the tests of a field as a program writes them."""
    kind = type(path)
    signs = [sign for name, sign in _SIGNS.items() if getattr(kind, name) not in (getattr(FieldPath, name), None)]
    return signs + [name for name in dir(kind) if name[:1] != "_" and name not in _NO_TESTS]


def listed(values: Iterable[V], where: str) -> Sequence[V]:
    """Returns the values to compare with.

    Raises:
        QueryError: one text or another single value in place of a list, or an empty list.
    """
    if isinstance(values, Path) or not is_several(values):
        raise QueryError(f"{where} takes a list of values here.", hint="Compare one value with ==.")
    entries = list(values)
    if not entries:
        raise QueryError(f"{where} is compared with an empty list; the API has no way to ask for nothing.")
    return entries


def equal_in_time(equal: Comparison[R], value: object) -> Comparison[R]:
    """Returns an equality with its value's span: a datetime is one instant, a date every instant of the day."""
    if isinstance(value, datetime):
        return replace(equal, operator=Operator.EXACT_TIME)
    if isinstance(value, Moment) and not value.is_midnight:
        raise QueryError(
            f"{equal.key} == {value} asks for a time to the millisecond that cannot be known beforehand.",
            hint="Use < and >, or a day: TODAY, TODAY - days(7), NOW.begin_of('day').",
        )
    return replace(equal, whole_day=isinstance(value, date | Moment))


def refuse_flag(path: Path[Any], flag: Flag, use: str) -> None:
    """Raises a QueryError where the metadata says that a field cannot be used so."""
    if flag in flags(path):
        raise QueryError(f"{path} cannot be {use}: the metadata marks it {flag}.")


def inherited_flags(parent: Path[Any]) -> frozenset[Flag]:
    """Returns the flags that a member takes over from the path it continues."""
    return flags(parent) & {FILTER_ONLY}


def refuse_filter_only(path: Path[Any], use: str) -> None:
    """Raises a QueryError where the metadata lists a name for filters only."""
    if FILTER_ONLY in flags(path):
        raise QueryError(
            f"{path} cannot be {use}: the metadata lists it for filters only.",
            hint="Use it in a condition; to read or sort take a member that stands at X.f itself.",
        )


def refuse_depth(path: Path[Any]) -> None:
    """Raises a QueryError where a path goes over more levels than the API follows."""
    if len(segments(path)) > MAX_DEPTH:
        raise QueryError(
            f"{path} is {len(segments(path))} levels deep; the API follows at most {MAX_DEPTH}.",
            hint="Reach further with exists(), or search the object further down.",
        )


def refuse_unfilterable(path: Path[Any]) -> None:
    """Raises a QueryError where the metadata says that a field cannot be filtered, or the path is too deep."""
    refuse_flag(path, "NOT_FILTERABLE", "filtered")
    refuse_flag(path, "WRITE_ONLY", "filtered")
    refuse_depth(path)


class AnyKind(FieldPath[R]):
    """A field whose kind is not known here, such as a custom field: it compares with a field of any kind."""

    __slots__ = ()


class EqualityPath(FieldPath[R], Generic[R, V]):
    """A field whose values are told apart, of the Python type ``V``."""

    __slots__ = ()

    @overload  # type: ignore[override]
    def __eq__(self, value: Outer[O], /) -> Join[R, O]: ...  # type: ignore[overload-overlap]  # pyright: ignore[reportOverlappingOverload]
    @overload
    def __eq__(self, value: V | EqualityPath[R, V] | AnyKind[R] | None, /) -> FilterCondition[R]: ...
    def __eq__(self, value: object, /) -> FilterCondition[R] | Join[R, Any]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Tests that the field has this value, or the value of the other field; ``None`` asks for null."""
        if isinstance(value, Outer):
            refuse_unfilterable(self)
            return Join(str(self), value.key, self._origin, value.origin)
        return self.is_null() if value is None else self._equal(value)

    def __ne__(self, value: V | EqualityPath[R, V] | AnyKind[R] | None, /) -> FilterCondition[R]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        """Tests that the field differs from the value **or is null**, as Workfront defines ``ne``; ``None`` asks for
        not null.
        """
        if value is None:
            return self.not_null()
        equal = self._equal(value)
        return (
            AnyOf((*before_and_after(equal), self.is_null()))
            if is_time_range(equal)
            else replace(equal, operator=Operator.NE)
        )

    def __hash__(self) -> int:
        return hash((type(self), str(self)))

    def differs(self, value: V | EqualityPath[R, V] | AnyKind[R]) -> FilterCondition[R]:
        """Tests that the field has a value, and another one: ``!=`` without the nulls."""
        equal = self._equal(value)
        return AnyOf(before_and_after(equal)) if is_time_range(equal) else replace(equal, operator=Operator.NEE)

    def in_(self, values: SequenceNotStr[V]) -> FilterCondition[R]:
        """Tests that the field has one of the values."""
        equals = self._equals(values)
        if any(is_time_range(equal) for equal in equals):
            return AnyOf(tuple(equals))
        return self._compare(Operator.IN, *(equal.values[0] for equal in equals))

    def not_in(self, values: SequenceNotStr[V]) -> FilterCondition[R]:
        """Tests that the field has a value, and none of these."""
        equals = self._equals(values)
        if any(is_time_range(equal) for equal in equals):
            return All(tuple(AnyOf(before_and_after(equal)) for equal in equals))
        return self._compare(Operator.NOT_IN, *(equal.values[0] for equal in equals))

    def _equal(self, value: object) -> Comparison[R]:
        return self._against(Operator.EQ, value)

    def _equals(self, values: SequenceNotStr[V]) -> Sequence[Comparison[R]]:
        entries = listed(values, str(self))
        if any(isinstance(entry, Path) for entry in entries):
            raise QueryError(f"{self}: a list holds values, not fields.", hint="Join == comparisons with | instead.")
        return list(dict.fromkeys(self._equal(entry) for entry in entries))

    def _against(self, operator: Operator, value: object) -> Comparison[R]:
        """Returns a comparison with a value or with another field of the same row."""
        if not isinstance(value, Path):
            refuse_field_name(value, spelling(self))
            return self._compare(operator, self._text(value))
        other: Path[Any] = value  # pyright: ignore[reportUnknownVariableType]
        if not isinstance(other, FieldPath):
            raise QueryError(f"{self} is compared with {other}, which is an object.", hint="Compare with its .id.")
        if passes_collection(other):
            raise QueryError(f"{self} is compared with {other}, which has many values: it passes a collection.")
        refuse_unfilterable(other)
        if self._origin is not None:
            refuse_foreign(origin(other), self._origin.model, f"a comparison with {spelling(self)}")
        return replace(self._compare(operator), values=(f"{FIELD}{other}",))


class OrderedPath(EqualityPath[R, V]):
    """A field whose values have an order. Comparisons with a null field are false."""

    __slots__ = ()

    def __lt__(self, value: V | EqualityPath[R, V] | AnyKind[R], /) -> FilterCondition[R]:
        return self._against(Operator.LT, value)

    def __le__(self, value: V | EqualityPath[R, V] | AnyKind[R], /) -> FilterCondition[R]:
        return self._against(Operator.LTE, value)

    def __gt__(self, value: V | EqualityPath[R, V] | AnyKind[R], /) -> FilterCondition[R]:
        return self._against(Operator.GT, value)

    def __ge__(self, value: V | EqualityPath[R, V] | AnyKind[R], /) -> FilterCondition[R]:
        return self._against(Operator.GTE, value)

    def between(self, lower: V, upper: V, /) -> FilterCondition[R]:
        """Tests that the field lies in the range, both ends included.

        Raises:
            QueryError: the lower end is above the upper one.
        """
        return self._compare(Operator.BETWEEN, *self._range(lower, upper))

    def not_between(self, lower: V, upper: V, /) -> FilterCondition[R]:
        """Tests that the field has a value, and lies outside of the range.

        Raises:
            QueryError: the lower end is above the upper one.
        """
        return self._compare(Operator.NOT_BETWEEN, *self._range(lower, upper))

    def _range(self, lower: V, upper: V) -> tuple[str, str]:
        ends = self._text(lower), self._text(upper)
        refuse_reversed(lower, upper, spelling(self))
        return ends
