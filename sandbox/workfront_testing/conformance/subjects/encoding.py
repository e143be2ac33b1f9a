"""How requests are written. docs/protocol.md 3, 2, 5.3."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.check import Check, Mark, Observed
from workfront_testing.conformance.expect import every, refused, same_count, same_data, same_order, same_rows

_NAMED: Final = "task/search?name={task.name}&fields=name&ID_Sort=asc"


def _found(seen: Observed) -> bool:
    return bool(seen.answer.rows) and all(row.get("name") == seen.value("task.name") for row in seen.answer.rows)


def _is_ascii(seen: Observed) -> bool:
    return bool(seen.answer.ids) and seen.answer.text.isascii()


def _slashes(seen: Observed) -> bool:
    return bool(seen.answer.row) and "\\/" in seen.answer.text and "://" not in seen.answer.text


CHECKS: Final = (
    Check("A blank is written %20.", Mark.DOC, "3.2", (_NAMED,), _found),
    Check("A blank is written + as well.", Mark.SEEN, "3.2", (_NAMED,), _found, blank="+"),
    Check(
        "Keys may stand bare: $$LIMIT.",
        Mark.DOC,
        "3.2",
        ("task/search?$$LIMIT=2&ID_Sort=asc",),
        lambda s: len(s.answer.ids) == 2,
    ),
    Check(
        "Keys may be escaped: %24%24LIMIT.",
        Mark.SEEN,
        "3.2",
        ("task/search?$$LIMIT=2&ID_Sort=asc",),
        lambda s: len(s.answer.ids) == 2,
        bare_keys=False,
    ),
    Check(
        "Keys with colons may be escaped.",
        Mark.INFERRED,
        "3.2",
        ("task/count?project:ID={task.projectID}", "task/count?projectID={task.projectID}"),
        same_count,
        bare_keys=False,
    ),
    Check(
        "Keys with OR:1: may be escaped.",
        Mark.INFERRED,
        "3.2",
        ("task/count?OR:1:status={task.status}&OR:2:status={task.status}", "task/count?status={task.status}"),
        same_count,
        bare_keys=False,
    ),
    Check(
        "The names of custom fields may be escaped.",
        Mark.CONFLICT,
        "3.2",
        ("proj/search?DE:{custom.field}={custom.value}&fields=ID&ID_Sort=asc",),
        lambda s: s.value("custom.ID") in s.answer.ids,
        ("{custom.ID}",),
        bare_keys=False,
    ),
    Check(
        "method=GET goes with a GET.",
        Mark.DOC,
        "2",
        ("task/search?method=GET&$$LIMIT=3&ID_Sort=asc", "task/search?$$LIMIT=3&ID_Sort=asc"),
        same_order,
    ),
    Check(
        "The case of method= does not matter.",
        Mark.DOC,
        "2",
        ("task/search?method=get&$$LIMIT=3&ID_Sort=asc", "task/search?$$LIMIT=3&ID_Sort=asc"),
        same_order,
    ),
    Check(
        "Repeated keys and a comma list of IDs are the same.",
        Mark.DOC,
        "3.3",
        (
            "task/search?ID={task#1.ID}&ID={task#2.ID}&fields=ID",
            "task/search?ID={task#1.ID},{task#2.ID}&ID_Mod=in&fields=ID",
        ),
        same_rows,
    ),
    Check(
        "Blanks after the commas of fields change nothing.",
        Mark.INFERRED,
        "7.3",
        ("task/{task.ID}?fields=status,priority", "task/{task.ID}?fields=status, priority"),
        same_data,
    ),
    Check("An answer is pure ASCII.", Mark.DOC, "5.3", ("task/search?fields=name&$$LIMIT=2000",), _is_ascii),
    Check("A slash in an answer is escaped.", Mark.DOC, "5.3", ("metadata",), _slashes),
    Check(
        "An unknown name is told as it was written.",
        Mark.SEEN,
        "5.2",
        ("task/search?fields=no such field",),
        every(refused("does not support field no such field")),
    ),
)
