"""What a report answers: a tree of groups, and the same as rows and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike
from typing import TYPE_CHECKING, Any, cast

from pydantic import JsonValue

from workfront_core.errors.kinds import ProtocolError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.aggregates import ROLLUP, Function
from workfront_core.query.field_path import FieldPath
from workfront_core.request.request import Decoder

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa


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
        aggregated: the names of the aggregates that were asked for, such as ``sum_hours``.
        model: the object that the report is of, where it is known.
    """

    key: str | None = None
    aggregates: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    children: tuple[ReportGroup, ...] = ()
    rollup: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    grouped_by: tuple[str, ...] = ()
    aggregated: tuple[str, ...] = ()
    model: type[WorkfrontObject] | None = field(default=None, repr=False, compare=False)

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

    def to_arrow(self) -> pa.Table:
        """Returns the innermost groups as a table: a column for each field grouped by, as text, and each aggregate.

        Raises:
            QueryError: pyarrow is not installed.
        """
        from workfront_core.frames import require_arrow

        require_arrow()
        from workfront_core.frames.report import report_table

        return report_table([row.to_dict() for row in self.rows()], self.grouped_by, self.aggregated, self.model)

    def to_polars(self) -> pl.DataFrame:
        """Returns the table of ``to_arrow`` as a data frame of polars.

        Raises:
            QueryError: polars is not installed.
        """
        table = self.to_arrow()
        from workfront_core.frames.data_frames import to_polars

        return to_polars(table)

    def to_pandas(self) -> pd.DataFrame:
        """Returns the table of ``to_arrow`` as a data frame of pandas, with Arrow's types.

        Raises:
            QueryError: pandas is not installed.
        """
        table = self.to_arrow()
        from workfront_core.frames.data_frames import to_pandas

        return to_pandas(table)

    def export(self, path: str | PathLike[str], /) -> int:
        """Writes the table of ``to_arrow`` into a file, and returns the number of rows.

        The file's format is that of its ending: ``.parquet``, ``.csv``, ``.jsonl``, ``.xlsx``. It is written whole, or
        what was there stays.

        Raises:
            QueryError: no format has this ending, the folder does not exist, or what writes the format is not
                installed.
            ExportError: the file could not be written, such as on a full disk.
        """
        table = self.to_arrow()
        from workfront_core.frames.export import write_table
        from workfront_core.frames.options import checked_path

        return write_table(checked_path(path), table)


def number_of(value: JsonValue, name: str) -> float | None:
    """Returns an aggregate as a number.

    Raises:
        ProtocolError: it is something else.
    """
    try:
        return None if value is None else float(cast("float | str", value))
    except (TypeError, ValueError, OverflowError):
        raise ProtocolError(f"{name} is not a number: {value!r:.80}.") from None


def report_of(
    grouped_by: Sequence[str], aggregated: Sequence[str] = (), model: type[WorkfrontObject] | None = None
) -> Decoder[ReportGroup]:
    """Returns the decoder of a report grouped by these fields, the outermost first, with aggregates of these names."""
    fields, names = tuple(grouped_by), tuple(aggregated)

    def decode(data: object, /, *, strict: bool = False) -> ReportGroup:  # noqa: ARG001
        if data == []:
            return ReportGroup(grouped_by=fields, aggregated=names, model=model)
        if not isinstance(data, dict):
            raise ProtocolError(f"The answer is not a report: {data!r:.120}.")
        report = replace(_group(None, cast("dict[str, JsonValue]", data), fields), aggregated=names, model=model)
        _refuse_other(report, names)
        return report

    return decode


def _refuse_other(group: ReportGroup, names: tuple[str, ...]) -> None:
    """Raises a ProtocolError where an answer is not the report that was asked for: values stand where groups are due,
    or a group lacks all of the aggregates.
    """
    held = group.aggregates
    is_misplaced = bool(held) and bool(group.grouped_by)
    is_due = not group.grouped_by and bool(names) and (bool(held) or group.key is not None)
    if is_misplaced or (is_due and held.keys().isdisjoint(names)):
        raise ProtocolError(f"The answer is not the report that was asked for; it holds {dict(held)!r:.120}.")
    for child in group.children:
        _refuse_other(child, names)


def _group(key: str | None, members: dict[str, JsonValue], fields: tuple[str, ...]) -> ReportGroup:
    rollup = members.get(ROLLUP)
    children = tuple(
        _group(name, member, fields[1:])
        for name, member in members.items()
        if fields and name != ROLLUP and isinstance(member, dict)
    )
    below = {child.key for child in children}
    aggregates = {name: member for name, member in members.items() if name != ROLLUP and name not in below}
    return ReportGroup(key, aggregates, children, rollup if isinstance(rollup, dict) else {}, fields)
