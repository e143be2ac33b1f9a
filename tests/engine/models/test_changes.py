"""Rows know what was set since they were read: by assignment, in place, within, and through every kind of copy."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

from tests.support.models_fixture import Project, Task, User
from workfront_core.errors import QueryError
from workfront_core.models.changes import Written, changes, held
from workfront_core.models.model import FieldNotLoaded, WorkfrontObject

ROW: dict[str, Any] = {
    "ID": "4c78",
    "name": "Write it",
    "objCode": "TASK",
    "percentComplete": 40,
    "plannedCompletionDate": "2017-03-24T17:00:00:000+0400",
    "assignedTo": {"ID": "5d80", "name": "Ada", "objCode": "USER"},
    "children": [{"ID": "1", "name": "a"}, {"ID": "2", "parent": {"ID": "4c78"}}],
    "accessorIDs": ["a", "b"],
    "parameterValues": {"DE:Region": "EMEA", "DE:Tags": ["a", "b"]},
    "DE:Region": "EMEA",
    "DE:Tags": ["a", "b"],
}


def names(row: WorkfrontObject) -> set[str]:
    return set(row.changes)


class WithDefault(Task):
    """Takes pydantic's ordinary way."""

    weight: int = 1


READ: dict[str, Callable[[dict[str, Any]], Task]] = {
    "from_wire": Task.from_wire,
    "strict": lambda row: Task.from_wire(row, strict=True),
    "a page": lambda row: Task.from_wire_rows([row])[0],
    "a subclass": WithDefault.from_wire,
    "a value that does not fit": lambda row: Task.from_wire(row | {"taskNumber": ["seven"]}),
}
MADE: dict[str, Callable[[dict[str, Any]], Task]] = {
    "constructor": lambda row: Task(**row),
    "model_validate": Task.model_validate,
    "model_validate_json": lambda row: Task.model_validate_json(TypeAdapter(dict[str, Any]).dump_json(row)),
    "model_construct": lambda row: Task.model_construct(id=row["ID"], name=row["name"]),
}


@pytest.mark.parametrize("way", READ)
def test_nothing_is_set_in_a_row_that_was_read(way: str) -> None:
    row = READ[way](ROW)
    assert row.changes == {}
    assert row.assigned_to is not None
    assert row.assigned_to.changes == {}


@pytest.mark.parametrize("way", MADE)
def test_all_is_set_in_a_row_that_a_program_made(way: str) -> None:
    row = MADE[way](ROW)
    assert row.changes == held(row)
    assert {"id", "name"} <= names(row)


@pytest.mark.parametrize("way", READ)
def test_an_assignment_is_a_change_whatever_the_value(way: str) -> None:
    row = READ[way](ROW)
    row.name = "Another"
    row.percent_complete = row.percent_complete
    row.parent = None
    assert row.changes == {"name": "Another", "percent_complete": 40.0, "parent": None}


def test_a_member_taken_away_is_none() -> None:
    row = Task.from_wire(ROW)
    row.name = "Another"
    del row.name
    assert row.changes == {}


IN_PLACE: dict[str, tuple[Callable[[Any], object], str]] = {
    "a list grows": (lambda row: row.accessor_ids.append("c"), "accessor_ids"),
    "an entry is replaced": (lambda row: row.accessor_ids.__setitem__(0, "c"), "accessor_ids"),
    "a list shrinks": (lambda row: row.accessor_ids.clear(), "accessor_ids"),
    "a collection grows": (lambda row: row.children.append(Task(name="new")), "children"),
    "a member is replaced by its like": (
        lambda row: row.children.__setitem__(0, Task.from_wire({"ID": "1", "name": "a"})),
        "children",
    ),
    "members change places": (lambda row: row.children.reverse(), "children"),
    "a member is changed": (lambda row: setattr(row.children[0], "name", "b"), "children"),
    "a row in a member is changed": (lambda row: setattr(row.children[1].parent, "name", "b"), "children"),
    "a row in place of a reference is changed": (lambda row: setattr(row.assigned_to, "name", "b"), "assigned_to"),
    "a key of a map is set": (lambda row: row.parameter_values.__setitem__("DE:Region", "APAC"), "parameter_values"),
    "a key of a map is new": (lambda row: row.parameter_values.__setitem__("DE:New", 1), "parameter_values"),
    "a key of a map is gone": (lambda row: row.parameter_values.pop("DE:Region"), "parameter_values"),
    "a list in a map grows": (lambda row: row.parameter_values["DE:Tags"].append("c"), "parameter_values"),
    "a custom field is set": (lambda row: row.__setitem__("DE:Region", "APAC"), "DE:Region"),
    "a custom field is set as it was": (lambda row: row.__setitem__("DE:Region", "EMEA"), "DE:Region"),
    "a custom field is new": (lambda row: row.__setitem__("DE:New", 1), "DE:New"),
    "a custom field is set in model_extra": (lambda row: row.model_extra.__setitem__("DE:Region", "APAC"), "DE:Region"),
    "a custom field is new in model_extra": (lambda row: row.model_extra.__setitem__("DE:New", 1), "DE:New"),
    "a list of a custom field grows": (lambda row: row["DE:Tags"].append("c"), "DE:Tags"),
    "a number becomes a truth": (lambda row: row.model_extra.__setitem__("DE:Region", True), "DE:Region"),
}


@pytest.mark.parametrize("what", IN_PLACE)
@pytest.mark.parametrize("way", READ)
def test_a_change_in_place_is_seen(way: str, what: str) -> None:
    change, name = IN_PLACE[what]
    row = READ[way](copy.deepcopy(ROW) | {"DE:Region": 1 if what == "a number becomes a truth" else "EMEA"})
    change(row)
    assert names(row) == {name}


def test_a_change_that_is_taken_back_is_none() -> None:
    row = Task.from_wire(ROW)
    assert row.accessor_ids is not None
    row.accessor_ids.append("c")
    row.accessor_ids.pop()
    assert row.changes == {}


def test_the_changes_cannot_be_changed() -> None:
    row = Task.from_wire(ROW)
    row.name = "Another"
    changed: Any = row.changes
    with pytest.raises(TypeError):
        changed["name"] = "x"


def test_a_row_that_was_read_stays_so_in_a_model_around_it() -> None:
    class Report(BaseModel):
        task: Task
        others: list[Task]

    row = Task.from_wire(ROW)
    assert row.model_fields_set
    other = Task.from_wire(ROW)
    report = Report(task=row, others=[other])
    assert (report.task.changes, report.others[0].changes) == ({}, {})


def test_a_row_that_validates_assignments_notes_them() -> None:
    class Checked(Task, validate_assignment=True):
        pass

    row = Checked.from_wire({"ID": "1", "parent": None})
    row.name = "x"
    assert row.changes == {"name": "x"}


def test_attributes_of_a_subclass_are_no_changes() -> None:
    class Marked(Task):
        _seen: bool = False
        _changed: bool = False

    row = Marked.from_wire({"ID": "1"})
    row._seen = row._changed = True  # noqa: SLF001
    assert row.changes == {}


def test_a_row_within_itself_ends() -> None:
    project, task = Project.from_wire({"ID": "p", "tasks": []}), Task.from_wire({"ID": "t", "children": []})
    task.project = project
    assert project.tasks is not None
    project.tasks.append(task)
    assert task.children is not None
    task.children.append(task)
    assert names(project) == {"tasks"}
    assert names(task) == {"project", "children"}
    for row in (task, project):
        Written(row, {name: value for name, value in row.changes.items() if name == "project"}).done()
    assert names(project) == {"tasks"}


COPIES: dict[str, Callable[[Any], Any]] = {
    "pickle": lambda row: pickle.loads(pickle.dumps(row)),  # noqa: S301
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "model_copy": lambda row: row.model_copy(),
    "deep model_copy": lambda row: row.model_copy(deep=True),
    "a list of it": lambda row: copy.deepcopy([row])[0],
}


@pytest.mark.parametrize("way", COPIES)
def test_a_copy_keeps_what_was_set(way: str) -> None:
    row = Task.from_wire(ROW)
    assert COPIES[way](row).changes == {}
    row.name = "Another"
    row["DE:Region"] = "APAC"
    assert row.accessor_ids is not None
    row.accessor_ids.append("c")
    twin = COPIES[way](row)
    assert names(twin) == {"name", "DE:Region", "accessor_ids"}
    twin.percent_complete = 50
    assert names(row) == {"name", "DE:Region", "accessor_ids"}
    assert COPIES[way](Task(name="x")).changes == {"name": "x"}


def test_a_copy_knows_what_was_asked_for() -> None:
    row = Task.from_wire({"ID": "1"}, asked=frozenset({"DE:Region"}))
    assert [COPIES[way](row)["DE:Region"] for way in COPIES] == [None] * len(COPIES)


@pytest.mark.parametrize("deep", [False, True])
def test_what_a_copy_updates_is_set(deep: bool) -> None:
    row = Task.from_wire(ROW)
    twin = row.model_copy(update={"name": "Another", "DE:New": 1}, deep=deep)
    assert twin.changes == {"name": "Another", "DE:New": 1}
    assert row.changes == {}


def test_a_pickle_of_an_earlier_release_is_a_row_that_was_read() -> None:
    row = Task.from_wire(ROW)
    state = {name: value for name, value in row.__getstate__().items() if "workfront" not in name}
    old = Task.__new__(Task)
    old.__setstate__(state)
    assert old.changes == {}
    assert old["DE:Region"] == "EMEA"


# --- After a write ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [Task.from_wire, Task.model_validate])
def test_what_was_written_counts_as_read(make: Any) -> None:
    row = make(ROW)
    row.name = "Another"
    row.accessor_ids.append("c")
    row.children.append(Task(name="new"))
    row["DE:Region"] = "APAC"
    row["DE:Tags"].append("c")
    row.assigned_to = User(id="6e91", name="Bob")
    Written(row, changes(row)).done()
    assert row.changes == {}
    row.children[-1].name = "newer"
    row.accessor_ids.append("d")
    row["DE:Tags"].append("d")
    assert names(row) == {"children", "accessor_ids", "DE:Tags"}


def test_what_was_set_again_meanwhile_stays_set() -> None:
    row = Task.from_wire(ROW)
    row.name = "Another"
    row.percent_complete = 50
    written = Written(row, changes(row))
    row.name = "Third"
    row["DE:Region"] = "APAC"
    written.done()
    assert row.changes == {"name": "Third", "DE:Region": "APAC"}


# --- Brackets ---------------------------------------------------------------------------------------------------------


def test_brackets_set_members_by_wire_name_and_other_keys() -> None:
    row = Task.from_wire({"ID": "1"})
    row["percentComplete"] = 50
    row["DE:Region"] = "North"
    assert (row.percent_complete, row["DE:Region"]) == (50, "North")
    assert row.changes == {"percent_complete": 50, "DE:Region": "North"}
    assert row.model_fields_set == {"id", "percent_complete", "DE:Region"}
    made = Task(name="x")
    made["DE:Region"] = "North"
    assert made.to_wire() == {"name": "x", "DE:Region": "North"}


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("percent_complete", r"brackets take wire names.*\n.*row.percent_complete"),
        ("objCode", "cannot be set"),
        (5, "takes texts in brackets, not 5"),
        ("", "takes texts in brackets"),
    ],
)
def test_a_key_that_is_none_is_refused(key: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Task.from_wire(ROW)[key] = 1


def test_get_gives_what_the_row_holds_or_the_default() -> None:
    row = Task.from_wire({"ID": "1", "parent": None, "DE:Region": "N"}, asked=frozenset({"DE:Other"}))
    assert [row.get(key, "-") for key in ("ID", "parent", "DE:Region", "objCode")] == ["1", None, "N", "TASK"]
    assert [row.get(key, "-") for key in ("name", "DE:Other")] == ["-", "-"]
    assert row.get("name") is None


# --- What was asked for -----------------------------------------------------------------------------------------------

ASKED = frozenset({"name", "percentComplete", "DE:Region", "DE:Cost: total", "project:name", "project:DE:Code",
                   "DE:project:Size", "children:name", "children:parent:name", "*"})  # fmt: skip


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("cls", [Task, WithDefault])
def test_a_custom_field_that_was_asked_for_and_did_not_come_is_none(cls: type[Task], strict: bool) -> None:
    row = cls.from_wire({"ID": "1", "name": "x"}, strict=strict, asked=ASKED)
    assert row["DE:Region"] is None
    assert row["DE:Cost: total"] is None
    assert "DE:Region" not in row
    assert row.to_wire().keys() <= {"ID", "name", "weight"}
    with pytest.raises(FieldNotLoaded, match="add 'DE:Other' to fields="):
        _ = row["DE:Other"]


def test_a_member_that_was_asked_for_and_did_not_come_is_told_as_that() -> None:
    row = Task.from_wire({"ID": "1", "name": "x"}, asked=ASKED)
    for read in (lambda: row.percent_complete, lambda: row["percentComplete"], lambda: row.project):
        with pytest.raises(FieldNotLoaded, match="was asked for, and the server sent none") as caught:
            read()
        assert "fields=" not in str(caught.value)
    assert not hasattr(row, "percent_complete")
    with pytest.raises(FieldNotLoaded, match="fields="):
        _ = row.task_number


def test_rows_inside_know_what_was_asked_for_of_them() -> None:
    row = Task.from_wire(
        {"ID": "1", "project": {"ID": "2"}, "children": [{"ID": "3", "parent": {"ID": "1"}}]}, asked=ASKED
    )
    assert row.project is not None
    assert (row.project["DE:Code"], row.project["DE:Size"]) == (None, None)
    assert row.children is not None
    child = row.children[0]
    assert child.parent is not None
    for inside in (row.project, child, child.parent):
        with pytest.raises(FieldNotLoaded, match="was asked for"):
            _ = inside["name"]
    with pytest.raises(FieldNotLoaded, match="fields="):
        _ = child["DE:Code"]


def test_a_call_that_asks_for_nothing_new_leaves_rows_alone() -> None:
    full, bare = Task.from_wire_rows(
        [{"ID": "1", "name": "x", "objCode": "TASK"}, {"ID": "2"}], asked=frozenset({"name", "objCode", "*"})
    )
    with pytest.raises(FieldNotLoaded, match="fields="):
        _ = full.percent_complete
    with pytest.raises(FieldNotLoaded, match="was asked for"):
        _ = bare.name


def test_what_was_asked_for_does_not_pile_up() -> None:
    class Fresh(Task):
        pass

    for number in range(300):
        Fresh.from_wire({"ID": "1", f"DE:{number}": 1}, asked=frozenset({f"DE:{number}", "DE:never"}))
        Fresh.from_wire({"ID": "1", f"DE:{number}": 1}, asked=frozenset({"DE:never"}))
    assert len(Fresh.__workfront_shapes__._asking) <= 128  # noqa: SLF001
    assert all(len(shapes) <= 128 for shapes in Fresh.__workfront_shapes__._asking.values())  # noqa: SLF001
