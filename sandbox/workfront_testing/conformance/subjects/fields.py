"""What ``fields`` brings. docs/protocol.md 7.3, 6."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.answer import as_list, as_row
from workfront_testing.conformance.check import Check, Mark, Observed
from workfront_testing.conformance.expect import has, is_row, only, refused, row, rows, same_data, value_type


def _related(seen: Observed) -> bool:
    found = [as_row(one.get("project")) for one in seen.answer.rows]
    return bool(found) and all(has("ID", "name")(one) for one in found)


def _is_related(value: object) -> bool:
    return isinstance(value, dict) or any(isinstance(one, dict) for one in as_list(value))


def _all_tasks(seen: Observed) -> bool:
    found = sorted(str(as_row(one).get("ID")) for one in as_list(seen.answer.row.get("tasks")))
    return bool(found) and seen.answers[1].count == len(found)


CHECKS: Final = (
    Check(
        "A comma list of fields brings these with ID, objCode and name.",
        Mark.DOC,
        "7.3",
        ("task/search?fields=status,priority&$$LIMIT=5",),
        rows(has("status", "priority", "ID", "objCode", "name")),
    ),
    Check(
        "With fields= the rest of the default row is left out.",
        Mark.INFERRED,
        "7.3",
        ("task/search?fields=status&$$LIMIT=5",),
        rows(only("ID", "name", "objCode", "status")),
    ),
    Check(
        "A JSON array of fields is taken as a comma list is.",
        Mark.DOC,
        "7.3",
        ("task/{task.ID}?fields=status,priority", 'task/{task.ID}?fields=["status","priority"]'),
        same_data,
    ),
    Check(
        "The case of a field matters.",
        Mark.DOC,
        "7.3",
        ("task/search?fields=STATUS",),
        refused("does not support field STATUS"),
    ),
    Check(
        "* stands for all plain fields.",
        Mark.DOC,
        "7.3",
        ("task/{task.ID}?fields=*",),
        row(has("status", "percentComplete", "plannedStartDate", "projectID", "assignedToID", "workRequired")),
    ),
    Check(
        "* brings neither related objects nor collections.",
        Mark.DOC,
        "7.3",
        ("task/{task.ID}?fields=*",),
        row(lambda r: len(r) > 20 and not any(_is_related(value) for value in r.values())),
    ),
    Check(
        "A relation with :* brings the plain fields of the related object.",
        Mark.DOC,
        "7.3",
        ("task/{task.ID}?fields=project:*",),
        row(lambda r: has("ID", "status", "ownerID", "percentComplete")(as_row(r.get("project")))),
    ),
    Check(
        "A path follows a relation.",
        Mark.DOC,
        "7.3",
        ("task/{task.ID}?fields=project:status",),
        row(lambda r: bool(as_row(r.get("project")).get("status"))),
    ),
    Check(
        "A related object comes with ID and name by itself.",
        Mark.DOC,
        "7.3",
        ("task/search?fields=project:status&$$LIMIT=5",),
        _related,
    ),
    Check(
        "A related object comes with objCode by itself.",
        Mark.SEEN,
        "7.3",
        ("task/{task.ID}?fields=project:status",),
        row(lambda r: as_row(r.get("project")).get("objCode") == "PROJ"),
    ),
    Check(
        "A relation by its bare name brings the related object.",
        Mark.DOC,
        "7.3",
        ("task/{task.ID}?fields=project,projectID",),
        row(lambda r: as_row(r.get("project")).get("ID") == r.get("projectID") is not None),
    ),
    Check(
        "A related object is the one that the ID beside it names.",
        Mark.DOC,
        "7.3",
        ("task/{task.ID}?fields=project:name,projectID",),
        row(lambda r: as_row(r.get("project")).get("ID") == r.get("projectID") is not None),
    ),
    Check(
        "Two levels of relations are followed.",
        Mark.DOC,
        "7.3",
        ("task/{task.ID}?fields=project:owner:name,project:ownerID",),
        row(lambda r: "owner" in as_row(r.get("project")) and "ownerID" in as_row(r.get("project"))),
    ),
    Check(
        "Five levels of relations are refused.",
        Mark.DOC,
        "6",
        (
            "task/{task.ID}?fields=project:owner:homeGroup:parent:parent:name",
            "task/{task.ID}?fields=project:owner:name",
        ),
        lambda s: not s.answer.is_success and bool(s.answer.message) and is_row(s.answers[1]),
    ),
    Check(
        "A collection comes as a list.",
        Mark.DOC,
        "7.3",
        ("proj/{task.projectID}?fields=tasks:name",),
        row(lambda r: bool(as_list(r.get("tasks"))) and all("name" in as_row(t) for t in r["tasks"])),
    ),
    Check(
        "A collection is complete.",
        Mark.DOC,
        "7.3",
        ("proj/{task.projectID}?fields=tasks:name", "task/count?projectID={task.projectID}"),
        _all_tasks,
    ),
    Check(
        "Rows of a collection have ID and objCode by themselves.",
        Mark.DOC,
        "7.3",
        ("proj/{task.projectID}?fields=tasks:status",),
        row(lambda r: bool(as_list(r.get("tasks"))) and all(has("ID", "objCode")(as_row(t)) for t in r["tasks"])),
    ),
    Check(
        "One unknown field fails the whole call.",
        Mark.SEEN,
        "7.3",
        ("task/search?fields=name,noSuchField",),
        refused("does not support field noSuchField"),
    ),
    Check(
        "The text of an unknown field names the version and the object.",
        Mark.SEEN,
        "5.2",
        ("task/search?fields=noSuchField",),
        lambda s: (
            s.answer.message
            == f"APIModel {s.version.upper().replace('.', '_')} does not support field noSuchField (Task)"
        ),
    ),
    Check(
        "An unknown field of a related object fails the call.",
        Mark.SEEN,
        "7.3",
        ("task/search?fields=project:noSuchField",),
        refused("does not support field noSuchField"),
    ),
    Check(
        "An unset field that was asked for is null.",
        Mark.INFERRED,
        "10",
        ("task/search?parentID_Mod=isnull&parentID=&fields=parentID&$$LIMIT=5",),
        rows(lambda r: "parentID" in r and r["parentID"] is None),
    ),
    Check(
        "A related object that is not set is null.",
        Mark.INFERRED,
        "10",
        ("task/search?parentID_Mod=isnull&parentID=&fields=parent:name&$$LIMIT=5",),
        rows(lambda r: "parent" in r and r["parent"] is None),
    ),
    Check(
        "fields= shapes a row by ID as it shapes those of a search.",
        Mark.DOC,
        "7.3",
        ("task?id={task#1.ID},{task#2.ID}&fields=status", "task/search?ID={task#1.ID}&ID={task#2.ID}&fields=status"),
        lambda s: bool(s.answer.ids) and sorted(map(str, s.answer.rows)) == sorted(map(str, s.answers[1].rows)),
    ),
    Check(
        "fields= shapes the rows of a named query.",
        Mark.DOC,
        "7.3",
        ("cust/currentCustomer?fields=currency",),
        rows(has("ID", "name", "currency")),
    ),
    Check(
        "A count of money or percent is a number.",
        Mark.SEEN,
        "10",
        ("task/search?fields=percentComplete&percentComplete_Mod=notnull&percentComplete=&$$LIMIT=20",),
        rows(value_type("percentComplete", int, float)),
    ),
    Check("DE:* is refused.", Mark.SEEN, "7.3", ("task/search?fields=DE:*",), refused("no such field", "*")),
    Check(
        "A related object has the name that its own row has.",
        Mark.DOC,
        "7.3",
        ("task/{task.ID}?fields=project:name", "proj/{task.projectID}?fields=name"),
        lambda s: (
            bool(s.answers[1].row) and as_row(s.answer.row.get("project")).get("name") == s.answers[1].row["name"]
        ),
    ),
)
