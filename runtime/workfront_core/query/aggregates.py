"""Grouped aggregates: what to ask for, and the tree that comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, TypeAlias, TypedDict, TypeVar, cast, get_args

from pydantic import JsonValue

from workfront_core.arguments import checked_flag, is_several
from workfront_core.errors.kinds import ProtocolError, QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean
from workfront_core.query.field_kinds import BooleanPath, EnumPath, JsonPath, ListPath, NumberTests
from workfront_core.query.field_path import FieldPath, Path, origin, refuse_filter_only, refuse_flag, spelling
from workfront_core.query.origin import refuse_foreign
from workfront_core.query.text_path import TextPath
from workfront_core.request.encoding import Params
from workfront_core.request.request import Decoder
from workfront_core.values.sequences import SequenceNotStr

M = TypeVar("M")

Function: TypeAlias = Literal[
    "max", "min", "avg", "sum", "count", "std", "var", "dmax", "dmin", "davg", "dsum", "dcount", "dstd", "dvar"
]
"""Aggregate functions; those with ``d`` count equal values once."""

_ROLLUP: Final = "$$ROLLUP"
_OF_NUMBERS: Final = frozenset({"avg", "sum", "std", "var", "davg", "dsum", "dstd", "dvar"})
_FUNCTIONS: Final[tuple[str, ...]] = get_args(Function)


class Aggregates(TypedDict, Generic[M], total=False):
    """Fields to aggregate, by function."""

    max: SequenceNotStr[FieldPath[M]]
    min: SequenceNotStr[FieldPath[M]]
    avg: SequenceNotStr[NumberTests[M] | JsonPath[M]]
    sum: SequenceNotStr[NumberTests[M] | JsonPath[M]]
    count: SequenceNotStr[FieldPath[M]]
    std: SequenceNotStr[NumberTests[M] | JsonPath[M]]
    var: SequenceNotStr[NumberTests[M] | JsonPath[M]]
    dmax: SequenceNotStr[FieldPath[M]]
    dmin: SequenceNotStr[FieldPath[M]]
    davg: SequenceNotStr[NumberTests[M] | JsonPath[M]]
    dsum: SequenceNotStr[NumberTests[M] | JsonPath[M]]
    dcount: SequenceNotStr[FieldPath[M]]
    dstd: SequenceNotStr[NumberTests[M] | JsonPath[M]]
    dvar: SequenceNotStr[NumberTests[M] | JsonPath[M]]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An innermost group of a report as a flat row.

    Attributes:
        keys: the values grouped by, as texts, by the field's wire name with its path, the outermost first.
        aggregates: by wire name, such as ``sum_hours``.
    """

    keys: Mapping[str, str]
    aggregates: Mapping[str, JsonValue]

    def key(self, path: FieldPath[Any], /) -> str:
        """Returns the value of a field grouped by.

        Raises:
            KeyError: the report does not group by it; the message lists the fields it groups by.
        """
        if str(path) not in self.keys:
            raise KeyError(f"{path} is not grouped by; the report groups by {list(self.keys)}")
        return self.keys[str(path)]

    def value(self, function: Function, path: FieldPath[Any], /) -> JsonValue:
        """Returns one aggregate as it came; ``None`` where the server sent none."""
        return self.aggregates.get(f"{function}_{path}")

    def number(self, function: Function, path: FieldPath[Any], /) -> float | None:
        """Returns one aggregate as a number; ``None`` where the server sent none."""
        return number_of(self.value(function, path), f"{function}_{path}")

    def to_dict(self) -> dict[str, JsonValue]:
        """Returns keys and aggregates side by side: ``{"project:name": "Launch", "sum_hours": 6.0}``."""
        return {**self.aggregates, **self.keys}


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """One group of a report, or the whole report.

    Attributes:
        key: the group's value as text; ``None`` at the root.
        aggregates: by wire name, such as ``sum_hours``; filled at the innermost level.
        children: groups of the next level, in the server's order.
        rollup: aggregates over all children, where they were asked for with ``rollup=True``.
        grouped_by: the fields of the levels below, by wire name, the outermost first.
    """

    key: str | None = None
    aggregates: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    children: tuple[ReportGroup, ...] = ()
    rollup: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    grouped_by: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[ReportGroup]:
        return iter(self.children)

    def __len__(self) -> int:
        return len(self.children)

    def __bool__(self) -> bool:
        return bool(self.children or self.aggregates)

    def __getitem__(self, key: str) -> ReportGroup:
        """Returns the child of this key.

        Raises:
            KeyError: no group has it; the message lists the keys there are.
        """
        for child in self.children:
            if child.key == key:
                return child
        raise KeyError(f"no group {key!r}; the groups are {[child.key for child in self.children]}")

    def value(self, function: Function, path: FieldPath[Any], /) -> JsonValue:
        """Returns one aggregate of this group, its rollup where it has children; ``None`` where the server sent
        none.
        """
        return (self.aggregates or self.rollup).get(f"{function}_{path}")

    def number(self, function: Function, path: FieldPath[Any], /) -> float | None:
        """Returns ``value`` as a number.

        Raises:
            ProtocolError: it is something else, such as a date.
        """
        return number_of(self.value(function, path), f"{function}_{path}")

    def rows(self) -> Iterator[ReportRow]:
        """Yields the innermost groups as flat rows that know the fields of their keys."""
        for keys, aggregates in self.leaves():
            own = keys if self.key is None else keys[1:]
            yield ReportRow(dict(zip(self.grouped_by, own, strict=False)), aggregates)

    def leaves(self) -> Iterator[tuple[tuple[str, ...], Mapping[str, JsonValue]]]:
        """Yields the innermost groups as rows: the keys from the outermost level on, and the aggregates."""
        own = () if self.key is None else (self.key,)
        if not self.children and self.aggregates:
            yield own, self.aggregates
        for child in self.children:
            yield from (((*own, *keys), aggregates) for keys, aggregates in child.leaves())


def report_parameters(
    group_by: Sequence[FieldPath[Any]],
    aggregates: Mapping[str, SequenceNotStr[FieldPath[Any]]],
    *,
    of: type[WorkfrontObject] | None = None,
    rollup: bool,
) -> Params:
    """Returns the parameters of a report.

    Raises:
        QueryError: a field cannot be grouped by, or is aggregated by two functions: the parameter is named after the
            field alone, and holds one function (docs/protocol.md 7.6). Or something is not a field of the object.
    """
    pairs: list[tuple[str, str]] = []
    for number, path in enumerate(_own_paths(group_by, of, "group_by"), 1):
        refuse_filter_only(path, "grouped by")
        refuse_flag(path, "NOT_GROUPABLE", "grouped by")
        pairs.append((f"{path}_{number}_GroupBy", "true"))
    pairs += _aggregate_parameters(aggregates, of).items()
    return (*pairs, (_ROLLUP, "true")) if checked_flag(rollup, "rollup") else tuple(pairs)


def _own_paths(paths: object, model: type[WorkfrontObject] | None, name: str) -> Sequence[FieldPath[Any]]:
    """Returns the paths to group by, or to aggregate.

    Raises:
        QueryError: one in place of a list, a text, a path of another object.
    """
    if isinstance(paths, Path) or not is_several(paths):
        shown = spelling(cast("Any", paths)) if isinstance(paths, Path) else "X.f.name"
        raise QueryError(f"{name}= takes a list of paths.", hint=f"Write {name}=[{shown}].")
    found = list(cast("Sequence[FieldPath[Any]]", paths))
    for path in found:
        if not isinstance(path, FieldPath):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(
                f"{name}= takes paths to fields, not {path!r:.80}.",
                hint=f"Write {name}=[X.f.name], by Python names; a custom field as X.f.custom('Region').",
            )
        if model is not None:
            refuse_foreign(origin(path), model, f"{name}= of a report of {model.__name__}")
    return found


def _aggregate_parameters(
    aggregates: Mapping[str, SequenceNotStr[FieldPath[Any]]], model: type[WorkfrontObject] | None
) -> dict[str, str]:
    functions: dict[str, str] = {}
    for function, paths in aggregates.items():
        if function not in _FUNCTIONS:
            near = did_you_mean(function, _FUNCTIONS, f"Use one of {', '.join(_FUNCTIONS)}.")
            raise QueryError(f"A report has no function {function!r}.", hint=near)
        for path in _own_paths(paths, model, function):
            refuse_filter_only(path, "aggregated")
            _refuse_texts(function, path)
            if functions.setdefault(f"{path}_AggFunc", function) != function:
                raise QueryError(
                    f"{path} is aggregated by two functions.", hint="Ask for the second in another report."
                )
    return functions


def _refuse_texts(function: str, path: FieldPath[Any]) -> None:
    """Raises a QueryError where numbers are needed, and the field holds none."""
    if function in _OF_NUMBERS and isinstance(path, TextPath | EnumPath | BooleanPath | ListPath):
        raise QueryError(
            f"{function}= takes fields that hold numbers, and {spelling(path)} holds none.",
            hint="Count them, count=[...], or group by them.",
        )


def number_of(value: JsonValue, name: str) -> float | None:
    """Returns an aggregate as a number.

    Raises:
        ProtocolError: it is something else.
    """
    try:
        return None if value is None else float(cast("float | str", value))
    except (TypeError, ValueError, OverflowError):
        raise ProtocolError(f"{name} is not a number: {value!r:.80}.") from None


def report_of(grouped_by: Sequence[str]) -> Decoder[ReportGroup]:
    """Returns the decoder of a report grouped by these fields, the outermost first."""
    fields = tuple(grouped_by)

    def decode(data: object, /, *, strict: bool = False) -> ReportGroup:
        if data == []:
            return ReportGroup(grouped_by=fields)
        if not isinstance(data, dict):
            raise ProtocolError(f"The answer is not a report: {data!r:.120}.")
        return _group(None, cast("dict[str, JsonValue]", data), fields)

    return decode


def _group(key: str | None, members: dict[str, JsonValue], fields: tuple[str, ...]) -> ReportGroup:
    rollup = members.get(_ROLLUP)
    children = tuple(
        _group(name, member, fields[1:])
        for name, member in members.items()
        if fields and name != _ROLLUP and isinstance(member, dict)
    )
    below = {child.key for child in children}
    aggregates = {name: member for name, member in members.items() if name != _ROLLUP and name not in below}
    return ReportGroup(key, aggregates, children, rollup if isinstance(rollup, dict) else {}, fields)
