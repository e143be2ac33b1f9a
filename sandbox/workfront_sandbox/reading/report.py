"""Reports: aggregates over groups, with totals on request. docs/protocol.md 7.6."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workfront_sandbox.query.field_name import FieldName
from workfront_sandbox.query.filter_sql import Compiler
from workfront_sandbox.schema.catalogue import Kind
from workfront_sandbox.store.sort_value import truth
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row, text_of

ROLLUP: Final = "$$ROLLUP"
_GROUP = re.compile(r"(.+?)(?:_(\d{1,6}))?_GroupBy", re.DOTALL)
_AGGREGATE = re.compile(r"(.+?)(?:_\d{1,6})?_AggFunc", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One function over one field: ``sum`` of ``hours``."""

    function: str
    path: str

    @property
    def key(self) -> str:
        """The name of the value in the answer: ``sum_hours``."""
        return f"{self.function}_{self.path}"


def read_groups(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Returns the grouped fields, outermost first. Raises ApiError for a word that is neither yes nor no."""
    asked = ((value, _GROUP.fullmatch(key)) for key, value in pairs)
    found = [(int(parts[2] or 0), parts[1]) for value, parts in asked if parts and _is_wanted(value)]
    return tuple(path for _, path in sorted(found, key=lambda item: item[0]))


def _is_wanted(value: str) -> bool:
    """Returns whether a group is asked for. Raises ApiError for a word that is neither yes nor no."""
    if not value.strip():
        raise invalid('Unparseable boolean: ""')
    return bool(truth(value))


def read_aggregates(pairs: Iterable[tuple[str, str]]) -> tuple[Aggregate, ...]:
    """Returns the functions asked for. Raises ApiError for an unknown one."""
    found: list[Aggregate] = []
    for key, value in pairs:
        if (parts := _AGGREGATE.fullmatch(key)) is not None:
            function = value.strip().lower()
            if function.removeprefix("d") not in _FUNCTIONS:
                raise invalid(f"Unknown aggregate function: {value[:50]}")
            found.append(Aggregate(function, parts[1]))
    return tuple(found)


def report(
    compiler: Compiler, code: str, where: str, groups: Sequence[str], aggregates: Sequence[Aggregate], *, rollup: bool
) -> Row:
    """Returns the answer of a report over the rows that meet a condition. Raises ApiError for unknown fields."""
    group_names = [_single(compiler, code, path) for path in groups]
    paths = [aggregate.path for aggregate in aggregates] or ["ID"]
    names = [*group_names, *(_single(compiler, code, path) for path in paths)]
    for item, name in zip(aggregates, names[len(group_names) :], strict=False):
        _check_number(item, name)
    columns = ", ".join(compiler.value(code, "t0", name.relations, name) for name in names) or "1"
    sql = f"SELECT {columns} FROM {compiler.store.rows_of(code)} t0 WHERE {where} ORDER BY t0.seq"  # noqa: S608
    rows = compiler.store.run(sql, compiler.bind.values).fetchall()
    kinds: list[Kind] = [name.kind for name in names]
    wanted = list(aggregates) or [Aggregate("dcount", "ID")]
    return _level(_Writer(compiler, list(groups), kinds, wanted, plain=not aggregates), rows, 0, rollup=rollup, keys={})


@dataclass(frozen=True)
class _Writer:
    compiler: Compiler
    groups: list[str]
    kinds: list[Kind]
    aggregates: list[Aggregate]
    plain: bool

    def cell(self, value: Any, kind: Kind) -> Any:
        """Returns a value of a column as it is answered."""
        if value is not None and kind in {"instant", "date"} and isinstance(value, int):
            return _written(value, kind, self.compiler)
        return bool(value) if kind == "boolean" and value is not None else value

    def totals(self, rows: Sequence[Sequence[Any]]) -> Row:
        start = len(self.groups)
        return {
            item.key: self.cell(_value(item.function, [row[start + at] for row in rows]), self._kind(item, start + at))
            for at, item in enumerate(self.aggregates)
        }

    def _kind(self, item: Aggregate, at: int) -> Kind:
        return self.kinds[at] if item.function.removeprefix("d") in {"min", "max"} else "number"


def _level(writer: _Writer, rows: Sequence[Sequence[Any]], depth: int, *, rollup: bool, keys: Row) -> Row:
    if depth == len(writer.groups):
        return writer.totals(rows) | (keys if writer.plain else {})
    buckets: dict[Any, list[Sequence[Any]]] = {}
    for row in rows:
        buckets.setdefault(row[depth], []).append(row)
    answer: Row = {}
    for value, members in buckets.items():
        shown = writer.cell(value.decode() if isinstance(value, bytes) else value, writer.kinds[depth])
        inner = {**keys, writer.groups[depth]: shown}
        answer[text_of(shown)] = _level(writer, members, depth + 1, rollup=rollup, keys=inner)
    if rollup:
        answer[ROLLUP] = writer.totals(rows)
    return answer


def _single(compiler: Compiler, code: str, path: str) -> FieldName:
    name = compiler.names.filterable(code, path)
    if any(join.many for join in name.relations):
        raise invalid(f"{path[:100]} leads through a collection and cannot be grouped")
    return name


def _check_number(item: Aggregate, name: FieldName) -> None:
    """Raises ApiError where what is no number is to be added up."""
    if item.function.removeprefix("d") in {"sum", "avg", "std", "var"} and name.kind not in {"number", "any"}:
        raise invalid(f"{item.function} of {item.path[:100]}, which holds no numbers: min, max and count take it")


def _written(value: int, kind: Kind, compiler: Compiler) -> str:
    at = datetimes.from_milliseconds(value)
    zone = compiler.caller.zone
    return datetimes.day(at, zone) if kind == "date" else datetimes.wire(at, zone)


def _value(function: str, values: Sequence[Any]) -> Any:
    present = [value for value in values if value is not None]
    if function.startswith("d"):
        present, function = list(dict.fromkeys(present)), function.removeprefix("d")
    if function == "count":
        return len(present)
    if function in {"min", "max"}:
        return _FUNCTIONS[function](present) if present else None
    numbers = [value for value in present if isinstance(value, int | float)]
    return _FUNCTIONS[function](numbers) if numbers else (0.0 if function == "sum" else None)


def _lowest(values: Sequence[Any]) -> Any:
    return min(values, key=_rank)


def _highest(values: Sequence[Any]) -> Any:
    return max(values, key=_rank)


def _rank(value: Any) -> tuple[bool, Any]:
    """Returns the rank of a value: numbers come before texts, so that mixed values have an order."""
    return (not isinstance(value, int | float), value.decode() if isinstance(value, bytes) else value)


_FUNCTIONS: Final[dict[str, Callable[[Sequence[Any]], Any]]] = {
    "max": _highest,
    "min": _lowest,
    "avg": lambda values: float(statistics.fmean(values)),
    "sum": lambda values: float(sum(values)),
    "count": len,
    "std": lambda values: float(statistics.stdev(values)) if len(values) > 1 else 0.0,
    "var": lambda values: float(statistics.variance(values)) if len(values) > 1 else 0.0,
}
