"""Grouped aggregates: what to ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Generic, Literal, TypeAlias, TypedDict, TypeVar, cast, get_args

from workfront_core.arguments import checked_flag, is_several
from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean
from workfront_core.query.field_kinds import BooleanPath, EnumPath, JsonPath, ListPath, NumberTests
from workfront_core.query.field_path import FieldPath, Path, origin, refuse_filter_only, refuse_flag, spelling
from workfront_core.query.origin import refuse_foreign
from workfront_core.query.text_path import TextPath
from workfront_core.request.encoding import Params
from workfront_core.values.sequences import SequenceNotStr

M = TypeVar("M")

Function: TypeAlias = Literal[
    "max", "min", "avg", "sum", "count", "std", "var", "dmax", "dmin", "davg", "dsum", "dcount", "dstd", "dvar"
]
"""Aggregate functions; those with ``d`` count equal values once."""

ROLLUP: Final = "$$ROLLUP"
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
    return (*pairs, (ROLLUP, "true")) if checked_flag(rollup, "rollup") else tuple(pairs)


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
    kinds = (TextPath, EnumPath, BooleanPath, ListPath)
    if function in _OF_NUMBERS and issubclass(type(path), kinds):
        raise QueryError(
            f"{function} takes fields that hold numbers, and {spelling(path)} holds none.",
            hint="Count them, or group by them.",
        )
