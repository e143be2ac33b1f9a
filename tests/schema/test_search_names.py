"""What a name is that only the search part of metadata lists: said there, else concluded."""

from __future__ import annotations

import pytest

from workfront_schema import store
from workfront_schema.search_names import SearchName, SearchNames, type_by_name
from workfront_schema.snapshot import Field, ObjectType, Relation, Snapshot

PROJECT = ObjectType(
    "PROJ",
    "Project",
    "Project",
    fields=(Field("ownerID", "Owner ID", "string"), Field("percent", "Percent", "double"), Field("odd", "Odd")),
)
OTHER = ObjectType(
    "HOUR",
    "Hour",
    "Hour",
    fields=(Field("workDate", "Work date", "dateTime"), Field("torn", "Torn", "int")),
    search={"flagged": {"label": "Flagged", "fieldType": "boolean"}},
)
TORN = ObjectType("DOCU", "Document", "Document", fields=(Field("torn", "Torn", "string"),))


def named(name: str, **entry: str) -> SearchName:
    """What a task's search entry of this name and content is."""
    task = ObjectType(
        "TASK",
        "Task",
        "Task",
        fields=(Field("status", "Status", "string"),),
        references=(Relation("project", "Project", "Project", "PROJ"), Relation("parent", "Parent")),
        search={"status": {"label": "Status"}, "hoursOM": {"label": "Hours", "typeObjCode": "HOUR"}, name: {**entry}},
    )
    snapshot = Snapshot("v22.0", (PROJECT, OTHER, TORN, task))
    return next(found for found in SearchNames(snapshot).of(task) if found.name == name)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("projectOwnerID", "string"),
        ("projectPercent", "double"),
        ("projectOdd", None),
        ("projectile", None),
        ("parentOwnerID", "string"),
        ("workDate", "dateTime"),
        ("torn", None),
        ("flagged", "boolean"),
        ("roleIDs", "string[]"),
        ("taskID", "string"),
        ("isDir", "boolean"),
        ("island", None),
        ("displayName", "string"),
        ("anything", None),
    ],
)
def test_an_entry_without_a_type_gets_it_from_elsewhere(name: str, word: str | None) -> None:
    found = named(name, label="Label")
    assert (found.type, found.target) == (word, None)


def test_the_type_that_metadata_names_comes_first() -> None:
    assert named("projectOwnerID", label="x", fieldType="int").type == "int"


@pytest.mark.parametrize(
    ("name", "many"), [("assignmentsUsersMM", True), ("allHoursOM", True), ("queueOO", False), ("journal", True)]
)
def test_an_entry_with_an_object_leads_there(name: str, many: bool) -> None:
    found = named(name, fieldType="Hour", typeObjCode="HOUR", collectionSelector="a:b")
    assert found == SearchName(name, name, None, "Hour", many, "a:b")


def test_the_short_name_of_a_listed_relation_leads_where_the_long_one_does() -> None:
    assert named("hours", label="Hours").target == "Hour"


def test_an_object_that_the_snapshot_does_not_hold_is_not_known() -> None:
    assert named("gizmosMM", typeObjCode="GIZ") == SearchName("gizmosMM", "gizmosMM", None, None, True, "")


def test_what_a_joined_name_stands_for_is_told() -> None:
    assert named("projectOwnerID").stands_for == "project:ownerID"


@pytest.mark.parametrize("odd", [None, "text", 5, [], {"label": 5, "fieldType": {}}])
def test_an_entry_of_another_shape_is_a_name_and_no_more(odd: object) -> None:
    item = ObjectType("TASK", "Task", "Task", search={"odd": odd})  # type: ignore[dict-item]
    assert SearchNames(Snapshot("v22.0", (item,))).of(item) == (SearchName("odd", "odd"),)


def test_members_are_left_out() -> None:
    with pytest.raises(StopIteration):
        named("status")


@pytest.mark.parametrize("version", ["v21.0", "v22.0"])
def test_of_the_snapshots_at_hand_few_names_stay_unknown(version: str) -> None:
    snapshot = store.load_snapshot(store.standard_schema(), version)
    names = [name for item in snapshot.objects for name in SearchNames(snapshot).of(item)]
    unknown = {found.name for found in names if found.type is None and found.target is None}
    assert unknown == {"approvalRequired", "pendingIssues", "requeststatus", "sourcetask", "statusModifier"}


def test_the_endings_hold_for_every_field_whose_type_a_server_named() -> None:
    snapshot = store.load_snapshot(store.standard_schema(), "v17.0")
    fields = [field for item in snapshot.objects for field in item.fields if type_by_name(field.name)]
    assert [field.name for field in fields if field.type != type_by_name(field.name)] == []
    assert len(fields) == 308
