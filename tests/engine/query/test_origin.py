"""What belongs to one object is not asked of another: conditions, fields, sort keys, groups, joins, rows, codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, cast

import pytest

from tests.support.query_fixture.enums import Priority, TaskStatus
from tests.support.query_fixture.models.hour import Hour
from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.models.user import User
from workfront_client import v21, v22
from workfront_core.errors import QueryError
from workfront_core.models.codes import refuse_foreign_code
from workfront_core.operations import operation
from workfront_core.query.condition import FilterCondition, all_of, any_of
from workfront_core.query.custom_field import custom
from workfront_core.query.exists import exists, not_exists, outer
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.raw import raw, raw_field
from workfront_core.query.wildcard import NOW, TODAY, USER, days, months

ID = "4c78821c0000d6fa8d5e52f07a1d54d0"
TASK: Any = Task
PROJECT: Any = Project
"""The same classes to a checker that is not to look: what follows is wrong, or right at run time alone."""
FOREIGN: Any = Task.f.name
TEST: Any = Task.f.name == "x"

USES: Mapping[str, Callable[[], object]] = {
    "search": lambda: operation.search(Project, [TEST]),
    "search below and": lambda: operation.search(Project, [(Project.f.name == "x") & TEST]),
    "search below or": lambda: operation.search(Project, [(Project.f.name == "x") | TEST]),
    "search below not": lambda: operation.search(Project, [~TEST]),
    "search below any_of": lambda: operation.search(Project, [any_of([TEST])]),
    "search below all_of": lambda: operation.search(Project, [all_of(TEST)]),
    "search by relation": lambda: operation.search(Project, [TASK.f.project.name == "x"]),
    "count": lambda: operation.count(Project, [TEST]),
    "report": lambda: operation.report(Project, [TEST]),
    "group_by": lambda: operation.report(Project, group_by=[FOREIGN]),
    "aggregates": lambda: operation.report(Project, aggregates={"sum": [FOREIGN]}),
    "order_by": lambda: operation.search(Project, order_by=[FOREIGN.asc()]),
    "fields of a search": lambda: operation.search(Project, fields=[FOREIGN]),
    "fields of a get": lambda: operation.get(Project, ID, fields=[FOREIGN]),
    "fields of many": lambda: operation.get_many(Project, [ID], fields=["name", FOREIGN]),
    "fields of a create": lambda: operation.create(Project, {"name": "x"}, fields=[FOREIGN]),
    "fields of an update": lambda: operation.update(Project, ID, {"name": "x"}, fields=[FOREIGN]),
    "fields of a copy": lambda: operation.copy(Project, ID, fields=[FOREIGN]),
    "all fields": lambda: operation.get(Project, ID, fields=[TASK.f.all]),
    "custom field": lambda: operation.get(Project, ID, fields=[TASK.f.custom("Region")]),
    "join inside": lambda: exists(Hour, PROJECT.f.id == outer(TASK.f.id)),
    "test inside": lambda: exists(Hour, Hour.f.project.id == outer(PROJECT.f.id), TEST),
    "join outside": lambda: operation.search(User, [not_exists(Hour, Hour.f.id == outer(TASK.f.id))]),
    "comparison": lambda: PROJECT.f.name == TASK.f.name,
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_another_object_is_refused_and_both_are_named(use: Callable[[], object]) -> None:
    with pytest.raises(QueryError, match=r"(Task|Project)\.f\.?\S* in .*(Project|Hour|User)"):
        use()


def test_the_message_shows_the_path_as_a_program_writes_it() -> None:
    with pytest.raises(QueryError, match=r"Task\.f\.project\.name in a search of Project: it belongs to Task"):
        operation.search(Project, [TASK.f.project.name == "x"])


def test_what_was_written_by_wire_name_belongs_to_every_object() -> None:
    request = operation.search(Project, [raw("name", "eq", "x"), custom("Region") == "N"], fields=[raw_field("name")])
    assert ("name", "x") in request.params


def test_a_related_object_is_tested_from_the_object_that_is_searched() -> None:
    assert parameters([Project.f.tasks.name == "x", Project.f.owner.name == "y"])
    assert operation.search(Project, [Project.f.tasks.name == "x"], fields=[Project.f.tasks.name])


RELATIONS: Mapping[str, tuple[Callable[[], FilterCondition[Task]], dict[str, str]]] = {
    "null": (lambda: TASK.f.assigned_to.is_null(), {"assignedToID": "", "assignedToID_Mod": "isnull"}),
    "none": (lambda: TASK.f.assigned_to == None, {"assignedToID": "", "assignedToID_Mod": "isnull"}),  # noqa: E711
    "some": (lambda: TASK.f.assigned_to != None, {"assignedToID": "", "assignedToID_Mod": "notnull"}),  # noqa: E711
    "not null": (lambda: TASK.f.assigned_to.not_null(), {"assignedToID": "", "assignedToID_Mod": "notnull"}),
    "row": (lambda: TASK.f.assigned_to == User(id=ID), {"assignedToID": ID}),
    "other row": (lambda: TASK.f.assigned_to != User(id=ID), {"assignedToID": ID, "assignedToID_Mod": "ne"}),
    "ID": (lambda: TASK.f.assigned_to == ID, {"assignedToID": ID}),
    "spelt otherwise": (lambda: TASK.f.assigned_to == ID.upper(), {"assignedToID": ID}),
    "caller": (lambda: TASK.f.assigned_to == USER.id, {"assignedToID": "$$USER.ID"}),
    "rows": (lambda: TASK.f.assigned_to.in_([User(id=ID)]), {"assignedToID": ID, "assignedToID_Mod": "in"}),
    "no rows": (lambda: TASK.f.assigned_to.not_in([User(id=ID)]), {"assignedToID": ID, "assignedToID_Mod": "notin"}),
    "without an ID beside it": (lambda: TASK.f.parent == Task(id=ID), {"parent:ID": ID}),
    "over a relation": (lambda: TASK.f.project.owner == User(id=ID), {"project:owner:ID": ID}),
}


@pytest.mark.parametrize(("test", "expected"), RELATIONS.values(), ids=RELATIONS)
def test_a_relation_is_compared_by_its_id(test: Callable[[], FilterCondition[Task]], expected: dict[str, str]) -> None:
    assert {name: value for name, value in parameters([test()]) if value != "in"} == {
        name: value for name, value in expected.items() if value != "in"
    }


NO_RELATIONS: Mapping[str, tuple[Callable[[], object], str]] = {
    "another object": (lambda: TASK.f.assigned_to == Project(id=ID), "leads to objects of type USER"),
    "without ID": (lambda: TASK.f.assigned_to == User(name="x"), "has no ID"),
    "number": (lambda: TASK.f.assigned_to == 5, "compared with a row or its ID"),
    "word": (lambda: TASK.f.assigned_to == "me", "is not an ID"),
    "field": (lambda: TASK.f.assigned_to == TASK.f.name, "compared with a row or its ID"),
    "one in a list's place": (lambda: TASK.f.assigned_to.in_(ID), "list of values"),
    "root": (lambda: TASK.f == None, "is the object itself"),  # noqa: E711
    "collection": (lambda: PROJECT.f.tasks.is_null(), "passes a collection"),
    "member": (lambda: PROJECT.f.tasks == Task(id=ID), "passes a collection"),
}


@pytest.mark.parametrize(("test", "message"), NO_RELATIONS.values(), ids=NO_RELATIONS)
def test_what_cannot_be_the_related_object_is_refused(test: Callable[[], object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        test()


ENUMS = [
    kind
    for version in (v21, v22)
    for name in version.__all__
    if isinstance(kind := getattr(version, name), type) and issubclass(kind, StrEnum) and not name.endswith("Field")
]
NO_CODES: Mapping[str, tuple[Callable[[], object], str]] = {
    "name": (lambda: TASK.f.status == "COMPLETE", "has for the code 'CPL'"),
    "label": (lambda: TASK.f.status == "In Progress", "TaskStatus.IN_PROGRESS"),
    "in a list": (lambda: TASK.f.status.in_(["NEW", "complete"]), "has for the code 'CPL'"),
    "negated": (lambda: TASK.f.status != "Complete", "has for the code 'CPL'"),
    "differs": (lambda: TASK.f.status.differs("Complete"), "has for the code 'CPL'"),
    "over a relation": (lambda: TASK.f.parent.status == "COMPLETE", r"Task\.f\.parent\.status"),
    "code in small letters": (lambda: TASK.f.status == "inp", "is the code 'INP' in other letters"),
    "code with a blank": (lambda: TASK.f.status.in_(["INP "]), "is the code 'INP' in other letters"),
    "numbers for texts": (lambda: TASK.f.status == Priority.LOW, "is one of Priority"),
    "texts for numbers": (lambda: TASK.f.priority == TaskStatus.NEW, "is one of TaskStatus"),
    "in order": (lambda: TASK.f.priority > TaskStatus.NEW, "is one of TaskStatus"),
}


@pytest.mark.parametrize(("test", "message"), NO_CODES.values(), ids=NO_CODES)
def test_what_cannot_be_a_code_is_refused(test: Callable[[], object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        test()


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_no_code_of_any_enumeration_is_taken_in_other_letters(kind: type[Enum]) -> None:
    codes = [str(member.value) for member in kind]
    for code in codes:
        refuse_foreign_code(code, kind, "state")
        for other in {code.upper(), code.lower(), f" {code}", f"{code} "} - {*codes}:
            with pytest.raises(QueryError, match="in other letters"):
                refuse_foreign_code(other, kind, "state")


def test_codes_of_a_tenant_are_taken() -> None:
    assert dict(parameters([Task.f.status.in_(["NEW", "XYZ", "INP:A"])]))
    assert dict(parameters([Task.f.status == TaskStatus.NEW])) == {"status": "NEW"}
    assert dict(parameters([Task.f.priority == 7])) == {"priority": "7"}


NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
REVERSED: Mapping[str, Callable[[], object]] = {
    "whole numbers": lambda: Task.f.percent_complete.between(90, 10),
    "amounts": lambda: Task.f.percent_complete.between(Decimal("1.5"), 1),
    "codes": lambda: Task.f.priority.between(Priority.HIGH, Priority.LOW),
    "dates": lambda: Task.f.due_date.between(date(2026, 1, 2), date(2026, 1, 1)),
    "instants": lambda: Task.f.planned_completion_date.between(NOON, NOON.replace(hour=1)),
    "wildcards": lambda: Task.f.planned_completion_date.between(TODAY, TODAY - days(7)),
    "outside": lambda: Task.f.percent_complete.not_between(90, 10),
    "custom": lambda: Task.f.custom("Budget").between(90, 10),
}


@pytest.mark.parametrize("test", REVERSED.values(), ids=REVERSED)
def test_a_range_that_holds_nothing_is_refused(test: Callable[[], object]) -> None:
    with pytest.raises(QueryError, match="nothing lies between"):
        test()


BOUNDS: Mapping[str, FilterCondition[Task]] = {
    "whole numbers": (Task.f.percent_complete >= 90) & (Task.f.percent_complete <= 10),
    "upper one first": (Task.f.percent_complete <= 10) & (Task.f.percent_complete >= 90),
    "amounts": (Task.f.percent_complete >= Decimal("1.5")) & (Task.f.percent_complete <= 1),
    "codes": (Task.f.priority >= Priority.HIGH) & (Task.f.priority <= Priority.LOW),
    "dates": (Task.f.due_date >= date(2026, 1, 2)) & (Task.f.due_date <= date(2026, 1, 1)),
    "instants": (Task.f.planned_completion_date >= NOON) & (Task.f.planned_completion_date <= NOON.replace(hour=1)),
    "below or": (Task.f.name == "x") | ((Task.f.percent_complete >= 90) & (Task.f.percent_complete <= 10)),
}


@pytest.mark.parametrize("test", BOUNDS.values(), ids=BOUNDS)
def test_bounds_between_which_nothing_lies_are_refused(test: FilterCondition[Task]) -> None:
    with pytest.raises(QueryError, match=r"nothing is at least .+ and at most"):
        parameters([test])


def test_bounds_in_order_or_of_unknown_order_are_taken() -> None:
    assert parameters([Task.f.percent_complete >= 10, Task.f.percent_complete <= 10])
    assert parameters([Task.f.name >= "10", Task.f.name <= "9"])
    assert parameters([Task.f.planned_completion_date >= TODAY, Task.f.planned_completion_date <= NOON])
    assert parameters([Task.f.planned_completion_date >= date(2026, 1, 2), Task.f.planned_completion_date <= NOON])


def test_ranges_in_order_or_of_unknown_order_are_taken() -> None:
    assert parameters([Task.f.percent_complete.between(10, 10)])
    assert parameters([Task.f.planned_completion_date.between(TODAY - months(1), NOW)])
    assert parameters([Task.f.planned_completion_date.between(date(2026, 1, 1), NOON)])
    assert parameters([Task.f.name.between("b", "a")])


PATHS: list[Any] = [
    Task.f,
    Task.f.name,
    Task.f.percent_complete,
    Task.f.assigned_to,
    Task.f.custom("Region"),
    Task.f.all,
    Project.f.tasks,
]


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_a_path_has_no_truth_length_or_members(path: Any) -> None:
    for misuse in (bool, len, list, lambda it: it[0], lambda it: not it, lambda it: it and it):
        with pytest.raises(QueryError, match=r"\ba path\b"):
            misuse(path)


JOINS: Mapping[str, Callable[[Any], object]] = {
    "text and path": lambda path: Task.f.name == "x" & path,
    "number or path": lambda path: Task.f.name == 2 | path,
    "truth and path": lambda path: True & path,
    "path and condition": lambda path: path & (Task.f.name == "x"),
    "condition and path": lambda path: (Task.f.name == "x") & path,
    "condition or path": lambda path: (Task.f.name == "x") | path,
    "path or path": lambda path: path | path,
    "not path": lambda path: ~path,
}


@pytest.mark.parametrize("path", PATHS, ids=str)
@pytest.mark.parametrize("join", JOINS.values(), ids=JOINS)
def test_comparisons_are_joined_in_parentheses(join: Callable[[Any], object], path: Any) -> None:
    with pytest.raises(QueryError, match=r"(?s)in parentheses|each comparison in parentheses"):
        join(path)


def test_what_has_no_order_says_so() -> None:
    for path in (Task.f.status, Task.f.is_done, Task.f.assigned_to, Task.f.accessor_ids):
        with pytest.raises(QueryError, match="have no order"):
            print(cast("Any", path) < 5)


def test_any_of_and_all_of_take_lists_as_well() -> None:
    one, other = Task.f.name == "x", Task.f.percent_complete > 5
    assert any_of([one, other]) == any_of(one, other)
    assert all_of(test for test in (one, other)) == all_of(one, other)
    wrong: Any
    for wrong in ("name=x", True, ["name=x"], Task.f.name):
        with pytest.raises(QueryError, match=r"is not a condition|\ba path\b"):
            any_of(wrong)


def test_an_empty_list_is_no_condition_for_any_of() -> None:
    with pytest.raises(QueryError, match="at least one condition"):
        any_of([])
