"""Batches that read, and named queries. docs/protocol.md 12, 7.7."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.answer import as_list, as_row
from workfront_testing.conformance.check import Check, Mark, Observed
from workfront_testing.conformance.expect import ID, has, matches, refused, rows, same_rows

_COUNTS: Final = "batch?atomic=false&uri=task/count?method=GET&uri=proj/count?method=GET"


def _parts(seen: Observed) -> list[dict[str, object]]:
    return [dict(as_row(one)) for one in as_list(seen.answer.data)]


def _as_alone(seen: Observed) -> bool:
    alone = [answer.members for answer in seen.answers[1:]]
    return bool(alone) and all(one.get("data") for one in alone) and _parts(seen) == alone


def _one_failed(seen: Observed) -> bool:
    found = _parts(seen)
    return len(found) == 2 and "error" in found[0] and "data" in found[1]


CHECKS: Final = (
    Check(
        "A batch answers envelopes in the order of its calls.",
        Mark.DOC,
        "12",
        (_COUNTS, "task/count", "proj/count"),
        _as_alone,
    ),
    Check(
        "A call of a batch has a query of its own.",
        Mark.DOC,
        "12",
        ("batch?atomic=false&uri=task/{task.ID}?method=GET^fields=status", "task/{task.ID}?fields=status"),
        _as_alone,
    ),
    Check(
        "A failed call of a batch is an error in its place.",
        Mark.INFERRED,
        "12",
        ("batch?atomic=false&uri=task/search?fields=noSuchField^method=GET&uri=task/count?method=GET",),
        _one_failed,
    ),
    Check(
        "A batch may run its calls side by side.",
        Mark.DOC,
        "12",
        (f"{_COUNTS}&concurrent=true", "task/count", "proj/count"),
        _as_alone,
    ),
    Check(
        "A call of a batch may be a row by its ID.",
        Mark.DOC,
        "12",
        ("batch?atomic=false&uri=proj/{project.ID}?method=GET", "proj/{project.ID}"),
        _as_alone,
    ),
    Check(
        "CUST/currentCustomer is a list of one.",
        Mark.DOC,
        "7.7",
        ("cust/currentCustomer",),
        lambda s: len(s.answer.rows) == 1,
    ),
    Check(
        "The current customer is that of the session.",
        Mark.DOC,
        "7.7",
        ("cust/currentCustomer", "session"),
        lambda s: bool(s.answer.ids) and s.answer.ids == [s.answers[1].row.get("customerID")],
    ),
    Check(
        "A customer has its currency.",
        Mark.DOC,
        "16",
        ("cust/currentCustomer?fields=currency",),
        rows(lambda r: isinstance(r.get("currency"), str)),
    ),
    Check(
        "work/myWork is a list of work.",
        Mark.DOC,
        "7.7",
        ("work/myWork?$$LIMIT=5",),
        rows(lambda r: r.get("objCode") == "WORK"),
    ),
    Check(
        "A named query takes $$LIMIT.", Mark.DOC, "7.7", ("work/myWork?$$LIMIT=1",), lambda s: len(s.answer.rows) == 1
    ),
    Check(
        "A named query takes fields.",
        Mark.DOC,
        "7.7",
        ("work/myWork?fields=name&$$LIMIT=5",),
        rows(has("ID", "name", "objCode")),
    ),
    Check(
        "CSTEM/projectStatuses brings statuses.",
        Mark.DOC,
        "7.7",
        ("cstem/projectStatuses",),
        rows(has("value", "label")),
    ),
    Check("CSTEM/taskStatuses brings statuses.", Mark.DOC, "7.7", ("cstem/taskStatuses",), rows(has("value", "label"))),
    Check(
        "CSTEM/opTaskStatuses brings statuses.", Mark.DOC, "7.7", ("cstem/opTaskStatuses",), rows(has("value", "label"))
    ),
    Check(
        "CSTEM/projectGroupStatuses takes a project.",
        Mark.DOC,
        "7.7",
        ("cstem/projectGroupStatuses?projectID={project.ID}",),
        rows(has("value", "label")),
    ),
    Check(
        "CSTEM/taskGroupStatuses takes a project.",
        Mark.DOC,
        "7.7",
        ("cstem/taskGroupStatuses?projectID={project.ID}",),
        rows(has("value", "label")),
    ),
    Check(
        "CSTEM/opTaskGroupStatuses takes a project.",
        Mark.DOC,
        "7.7",
        ("cstem/opTaskGroupStatuses?projectID={project.ID}",),
        rows(has("value", "label")),
    ),
    Check(
        "Statuses of a group are among its query.",
        Mark.DOC,
        "7.7",
        ("cstem/projectGroupStatuses?groupID={group.ID}",),
        rows(has("value", "label")),
    ),
    Check(
        "A named query of another object is refused.",
        Mark.SEEN,
        "7.7",
        ("task/currentCustomer",),
        refused("does not support namedQuery currentCustomer"),
    ),
    Check(
        "Rows of a named query have IDs.",
        Mark.DOC,
        "7.7",
        ("cust/currentCustomer?fields=name",),
        rows(matches("ID", ID)),
    ),
    Check(
        "work/myWork is the same twice.",
        Mark.DOC,
        "7.7",
        ("work/myWork?$$LIMIT=2000&fields=ID", "work/myWork?$$LIMIT=2000&fields=ID"),
        same_rows,
    ),
)
