"""Reports. docs/protocol.md 7.6."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from typing import Any, Final, TypeAlias

from workfront_testing.conformance.answer import Answer, as_row
from workfront_testing.conformance.check import Check, Mark, Observed, Test
from workfront_testing.conformance.expect import all_rows, refused, row

Aggregate: TypeAlias = Callable[[Collection[float]], float]
_TOTAL: Final = "$$ROLLUP"
_OF_ONE: Final = "hour/search?projectID={hour.projectID}&fields=hours,ownerID&$$LIMIT=2000"


def _near(found: Any, wanted: float) -> bool:
    return isinstance(found, int | float) and math.isclose(found, wanted, rel_tol=1e-6, abs_tol=1e-6)


def _hours(answer: Answer) -> list[float]:
    return [float(one["hours"]) for one in all_rows(answer) if one.get("hours") is not None]


def _flat(name: str, wanted: Aggregate) -> Test:
    """Returns a test: the one aggregate of a report is what the rows of the second answer give."""
    return lambda seen: (
        bool(_hours(seen.answers[1])) and _near(seen.answer.row.get(name), wanted(_hours(seen.answers[1])))
    )


def _groups(seen: Observed) -> bool:
    counted = {key: as_row(value).get("count_ID") for key, value in seen.answer.row.items()}
    rows = [str(one.get("status")) for one in all_rows(seen.answers[1])]
    return bool(rows) and counted == {code: rows.count(code) for code in set(rows)}


def _two_levels(seen: Observed) -> bool:
    inner = [as_row(one) for one in seen.answer.row.values()]
    return bool(inner) and all(group and all("count_ID" in as_row(leaf) for leaf in group.values()) for group in inner)


def _rollup(seen: Observed) -> bool:
    found = dict(seen.answer.row)
    total = as_row(found.pop(_TOTAL, None)).get("count_ID")
    return bool(found) and total == sum(as_row(one).get("count_ID", 0) for one in found.values())


def _inner_rollup(seen: Observed) -> bool:
    found = {key: as_row(one) for key, one in seen.answer.row.items() if key != _TOTAL}
    return bool(found) and _TOTAL in seen.answer.row and all(_TOTAL in one for one in found.values())


def _groups_only(seen: Observed) -> bool:
    found = [as_row(one) for one in seen.answer.row.values()]
    return bool(found) and all("dcount_ID" in one and "status" in one for one in found)


_BY: Final = "task/report?projectID={task.projectID}&status_GroupBy=true"
_ROWS: Final = "task/search?projectID={task.projectID}&fields=status&$$LIMIT=2000"


def _mean(found: Collection[float]) -> float:
    return sum(found) / len(found)


def _distinct(aggregate: Aggregate) -> Aggregate:
    return lambda found: aggregate(set(found))


_AGGREGATES: Final[tuple[tuple[str, str, Aggregate], ...]] = (
    ("sum", "the sum of its values", sum),
    ("max", "its greatest value", max),
    ("min", "its least value", min),
    ("avg", "the mean of its values", _mean),
    ("count", "the number of its values", len),
    ("dcount", "the number of its different values", _distinct(len)),
    ("dsum", "the sum of its different values", _distinct(sum)),
    ("dmax", "the greatest of its different values", max),
    ("dmin", "the least of its different values", min),
    ("davg", "the mean of its different values", _distinct(_mean)),
)
_SUMS: Final = tuple(
    Check(
        f"{name} of a field, without a grouping, is {words} under {name}_<field>.",
        Mark.DOC,
        "7.6",
        (f"hour/report?projectID={{hour.projectID}}&hours_AggFunc={name}", _OF_ONE),
        _flat(f"{name}_hours", wanted),
    )
    for name, words, wanted in _AGGREGATES
)
CHECKS: Final = (
    *_SUMS,
    Check(
        "A report by a field is an object by the field's values.",
        Mark.DOC,
        "7.6",
        (f"{_BY}&ID_AggFunc=count", _ROWS),
        _groups,
    ),
    Check(
        "A grouping may be numbered.",
        Mark.DOC,
        "7.6",
        (_BY.replace("status_GroupBy", "status_1_GroupBy") + "&ID_AggFunc=count", _ROWS),
        _groups,
    ),
    Check("Without an aggregate a group has dcount_ID and the field itself.", Mark.DOC, "7.6", (_BY,), _groups_only),
    Check(
        "Without an aggregate a group names its value.",
        Mark.DOC,
        "7.6",
        (_BY,),
        row(lambda found: all(str(as_row(one).get("status")) == key for key, one in found.items())),
    ),
    Check(
        "A second grouping nests one level deeper.",
        Mark.INFERRED,
        "7.6",
        ("task/report?status_1_GroupBy=true&priority_2_GroupBy=true&ID_AggFunc=count",),
        _two_levels,
    ),
    Check("$$ROLLUP adds the total.", Mark.DOC, "7.6", (f"{_BY}&ID_AggFunc=count&$$ROLLUP=true",), _rollup),
    Check(
        "$$ROLLUP adds totals on each level.",
        Mark.DOC,
        "7.6",
        ("task/report?status_1_GroupBy=true&priority_2_GroupBy=true&ID_AggFunc=count&$$ROLLUP=true",),
        _inner_rollup,
    ),
    Check(
        "Without $$ROLLUP there is no total.",
        Mark.DOC,
        "7.6",
        (f"{_BY}&ID_AggFunc=count",),
        row(lambda found: _TOTAL not in found and all("count_ID" in as_row(one) for one in found.values())),
    ),
    Check(
        "A report groups over a relation.",
        Mark.DOC,
        "7.6",
        ("task/report?projectID={task.projectID}&project:name_1_GroupBy=true&ID_AggFunc=count", _ROWS),
        lambda s: (
            [as_row(one).get("count_ID") for one in s.answer.row.values()] == [len(all_rows(s.answers[1]))] != [0]
        ),
    ),
    Check(
        "The key of a group over a relation is the value there.",
        Mark.DOC,
        "7.6",
        ("task/report?ID={task.ID}&project:name={task.project:name}&project:name_1_GroupBy=true&ID_AggFunc=count",),
        lambda s: list(s.answer.row) == [s.value("task.project:name")],
    ),
    Check(
        "Several aggregates stand side by side.",
        Mark.DOC,
        "7.6",
        ("hour/report?projectID={hour.projectID}&hours_AggFunc=sum&ID_AggFunc=count",),
        row(lambda found: {"sum_hours", "count_ID"} <= set(found)),
    ),
    Check(
        "A report takes the filters of a search.",
        Mark.DOC,
        "7.2",
        ("task/report?status={task.status}&ID_AggFunc=count", "task/count?status={task.status}"),
        lambda s: s.answer.row.get("count_ID") == s.answers[1].count > 0,
    ),
    Check(
        "A report by an unknown field is refused.",
        Mark.SEEN,
        "5.2",
        ("task/report?noSuchField_1_GroupBy=true&ID_AggFunc=count",),
        refused("does not support field noSuchField"),
    ),
    Check(
        "Groups of integer codes have their text as key.",
        Mark.DOC,
        "7.6",
        ("task/report?ID={task.ID}&priority={task.priority}&priority_1_GroupBy=true&ID_AggFunc=count",),
        lambda s: list(s.answer.row) == [s.value("task.priority")],
    ),
)
