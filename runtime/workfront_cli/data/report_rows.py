"""A report as flat rows: the innermost groups, and behind the groups of a level their totals where asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workfront_core.operations.report import ReportGroup


def report_rows(group: ReportGroup, *, rollup: bool = False) -> Iterator[dict[str, Any]]:
    """Yields a row a group: the values of the fields grouped by, and the aggregates; a total lacks inner fields."""
    if not rollup:
        yield from ({**row.keys, **row.aggregates} for row in group.rows())
        return
    yield from _with_totals(group, group.grouped_by, {})


def _with_totals(group: ReportGroup, fields: tuple[str, ...], keys: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if not group.children:
        if group.aggregates:
            yield {**keys, **group.aggregates}
        return
    for child in group.children:
        yield from _with_totals(child, fields[1:], {**keys, fields[0]: child.key})
    if group.rollup:
        yield {**keys, **group.rollup}
