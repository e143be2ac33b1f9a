"""Pages and their order. docs/protocol.md 7.4, 7.5, 6."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

from workfront_testing.conformance.answer import as_row
from workfront_testing.conformance.check import Check, Mark, Observed, Test
from workfront_testing.conformance.expect import nothing_but, refused, rows, same_order, same_rows
from workfront_testing.conformance.samples import value_at
from workfront_testing.conformance.values import read_datetime


def _pages(seen: Observed) -> bool:
    whole, first, second = seen.answers
    return len(whole.ids) == 4 and first.ids + second.ids == whole.ids


def _limit(number: int) -> Test:
    """Returns a test: as many rows as asked for, where a count says that there are as many."""
    return lambda seen: 0 < len(seen.answer.rows) == min(number, seen.answers[1].count)


def _sorted(path: str, key: Any = None, *, reverse: bool = False) -> Test:
    """Returns a test: the rows ascend, or descend, by a field; those without a value of it do not count."""

    def passes(seen: Observed) -> bool:
        values = [value_at(row, path) for row in seen.answer.rows]
        found: list[Any] = [value if key is None else key(value) for value in values if value is not None]
        steps = pairwise(found)
        return len(set(found)) > 1 and all(one >= other if reverse else one <= other for one, other in steps)

    return passes


def _beyond(seen: Observed) -> bool:
    ids = seen.answer.ids
    return bool(ids) and all(one > seen.value("task.ID") for one in ids) and ids == sorted(ids)


def _mapped(seen: Observed) -> bool:
    found = seen.answer.row
    return bool(found) and all(as_row(row).get("ID") == key for key, row in found.items())


CHECKS: Final = (
    Check(
        "Without $$LIMIT there are 100 rows.", Mark.CONFLICT, "6", ("task/search?fields=ID", "task/count"), _limit(100)
    ),
    Check("$$LIMIT is the number of rows.", Mark.DOC, "7.4", ("task/search?$$LIMIT=3", "task/count"), _limit(3)),
    Check(
        "$$LIMIT may be 2,000.", Mark.CONFLICT, "6", ("task/search?fields=ID&$$LIMIT=2000", "task/count"), _limit(2000)
    ),
    Check(
        "$$LIMIT above 2,000 is refused.",
        Mark.CONFLICT,
        "6",
        ("task/search?$$LIMIT=2001",),
        refused("The requested limit 2001 is greater than the maximum allowed limit of 2000"),
    ),
    Check(
        "The class of this refusal is IllegalArgumentException.",
        Mark.DOC,
        "5.2",
        ("task/search?$$LIMIT=2001",),
        lambda s: "IllegalArgumentException" in str(as_row(s.answer.members.get("error")).get("class")),
    ),
    Check(
        "$$FIRST rows are skipped.",
        Mark.DOC,
        "7.4",
        (
            "task/search?ID_Sort=asc&$$LIMIT=4",
            "task/search?ID_Sort=asc&$$FIRST=0&$$LIMIT=2",
            "task/search?ID_Sort=asc&$$FIRST=2&$$LIMIT=2",
        ),
        _pages,
    ),
    Check(
        "Beyond the last row there is an empty list.",
        Mark.DOC,
        "7.4",
        ("role/search?ID_Sort=asc&$$FIRST=100000&$$LIMIT=5", "role/search?$$LIMIT=5"),
        nothing_but,
    ),
    Check(
        "An answer to a search holds no total.",
        Mark.SEEN,
        "7.4",
        ("task/search?$$LIMIT=1",),
        lambda s: bool(s.answer.ids) and set(s.answer.members) == {"data"},
    ),
    Check("_Sort=asc sorts upwards by ID.", Mark.DOC, "7.4", ("task/search?fields=ID&ID_Sort=asc",), _sorted("ID")),
    Check(
        "_Sort=desc sorts downwards by ID.",
        Mark.DOC,
        "7.4",
        ("task/search?fields=ID&ID_Sort=desc",),
        _sorted("ID", reverse=True),
    ),
    Check(
        "_Sort=asc sorts moments.",
        Mark.DOC,
        "7.4",
        ("task/search?fields=plannedStartDate&plannedStartDate_Sort=asc",),
        _sorted("plannedStartDate", read_datetime),
    ),
    Check(
        "_Sort=desc sorts moments.",
        Mark.DOC,
        "7.4",
        ("task/search?fields=plannedStartDate&plannedStartDate_Sort=desc",),
        _sorted("plannedStartDate", read_datetime, reverse=True),
    ),
    Check(
        "_Sort=asc sorts numbers.",
        Mark.DOC,
        "7.4",
        ("task/search?fields=percentComplete&percentComplete_Sort=asc&$$LIMIT=2000",),
        _sorted("percentComplete"),
    ),
    Check(
        "_Sort=desc sorts numbers.",
        Mark.DOC,
        "7.4",
        ("task/search?fields=percentComplete&percentComplete_Sort=desc&$$LIMIT=2000",),
        _sorted("percentComplete", reverse=True),
    ),
    Check(
        "The case of the direction does not matter.",
        Mark.DOC,
        "7.4",
        ("task/search?ID_Sort=asc&$$LIMIT=9", "task/search?ID_Sort=ASC&$$LIMIT=9"),
        same_order,
    ),
    Check(
        "One sort key may be numbered.",
        Mark.DOC,
        "7.4",
        ("task/search?ID_Sort=desc&$$LIMIT=9", "task/search?ID_1_Sort=desc&$$LIMIT=9"),
        same_order,
    ),
    Check(
        "Sort keys go by their numbers, not by their place.",
        Mark.DOC,
        "7.4",
        (
            "task/search?status_1_Sort=asc&ID_2_Sort=desc&$$LIMIT=50",
            "task/search?ID_2_Sort=desc&status_1_Sort=asc&$$LIMIT=50",
        ),
        same_order,
    ),
    Check(
        "The second sort key orders rows that the first leaves equal.",
        Mark.DOC,
        "7.4",
        ("task/search?status={task.status}&fields=ID&status_1_Sort=asc&ID_2_Sort=desc",),
        _sorted("ID", reverse=True),
    ),
    Check(
        "Rows sort by a field of a related object.",
        Mark.INFERRED,
        "7.4",
        ("task/search?fields=project:plannedStartDate&project:plannedStartDate_Sort=asc&$$LIMIT=500",),
        _sorted("project:plannedStartDate", read_datetime),
    ),
    Check(
        "ciasc and cidesc are directions.",
        Mark.DOC,
        "7.4",
        ("role/search?fields=name&name_Sort=ciasc&ID_2_Sort=asc", "role/search?fields=name&name_Sort=cidesc"),
        lambda s: same_rows(s) and s.answer.ids != s.answers[1].ids,
    ),
    Check(
        "ID greater than the last one, sorted by ID, is the next page.",
        Mark.INFERRED,
        "7.4",
        ("task/search?ID={task.ID}&ID_Mod=gt&ID_Sort=asc&fields=ID&$$LIMIT=20",),
        _beyond,
    ),
    Check("map=true brings an object by ID.", Mark.DOC, "7.5", ("task/search?map=true&$$LIMIT=5",), _mapped),
    Check(
        "The keys of map=true are in the order of the rows.",
        Mark.INFERRED,
        "7.5",
        ("task/search?map=true&ID_Sort=desc&$$LIMIT=5",),
        lambda s: _mapped(s) and list(s.answer.row) == sorted(s.answer.row, reverse=True),
    ),
    Check(
        "map=true has the rows of the list.",
        Mark.DOC,
        "7.5",
        ("task/search?map=true&ID_Sort=asc&$$LIMIT=5", "task/search?ID_Sort=asc&$$LIMIT=5"),
        lambda s: bool(s.answer.row) and list(s.answer.row.values()) == s.answers[1].rows,
    ),
    Check(
        "A search is a list also where one row is found.",
        Mark.DOC,
        "5.1",
        ("task/search?ID={task.ID}",),
        lambda s: s.answer.ids == [s.value("task.ID")],
    ),
    Check(
        "Rows of a search have their objCode.",
        Mark.DOC,
        "5.1",
        ("proj/search?$$LIMIT=9",),
        rows(lambda r: r.get("objCode") == "PROJ"),
    ),
)
