"""Paths: their wire form, the tests each kind offers, and what is refused before sending."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.places import ROOT
from tests.support.query_fixture.enums import Priority, TaskField, TaskStatus
from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.models.user import User
from workfront_core.errors import QueryError
from workfront_core.operations.payload import wire_names
from workfront_core.query.condition import AnyCondition
from workfront_core.query.custom_field import custom
from workfront_core.query.field_path import FieldPath
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.order import order_parameters
from workfront_core.query.selection import field_parameters

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)


def sent(condition: AnyCondition) -> list[tuple[str, str]]:
    return list(parameters([condition]))


def test_the_text_of_a_path_is_its_wire_form() -> None:
    assert str(Task.f.assigned_to.first_name) == "assignedTo:firstName"
    assert str(Task.f.project.owner.manager.name) == "project:owner:manager:name"
    assert repr(Task.f.assigned_to.first_name) == "<TextPath assignedTo:firstName>"


def test_a_path_is_built_once_and_kept() -> None:
    assert Task.f.assigned_to is Task.f.assigned_to
    assert Task.f.assigned_to.first_name is Task.f.assigned_to.first_name
    assert Task.f.parent.parent is not Task.f.parent


def test_a_path_module_is_imported_when_a_path_first_passes_it() -> None:
    program = """
import sys
from tests.support.query_fixture.models.task import Task
room = "tests.support.query_fixture.paths."
loaded = lambda: sorted(name.rpartition(".")[2] for name in sys.modules if name.startswith(room))
print(loaded()); Task.f.name; print(loaded()); Task.f.project.name; print(loaded())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split("\n")[:3] == ["[]", "['task']", "['project', 'task']"]


def test_equality_names_the_value_alone() -> None:
    assert sent(Task.f.name == "x") == [("name", "x")]
    assert sent(Task.f.name != "x") == [("name", "x"), ("name_Mod", "ne")]
    assert sent(Task.f.name.differs("x")) == [("name", "x"), ("name_Mod", "nee")]


def test_none_asks_for_null_with_an_empty_value() -> None:
    assert sent(Task.f.name == None) == [("name", ""), ("name_Mod", "isnull")]  # noqa: E711
    assert sent(Task.f.name != None) == [("name", ""), ("name_Mod", "notnull")]  # noqa: E711
    assert sent(Task.f.name.is_blank()) == [("name", ""), ("name_Mod", "isblank")]


@pytest.mark.parametrize(
    ("condition", "value", "operator"),
    [
        (Task.f.percent_complete < 100, "100", "lt"),
        (Task.f.percent_complete <= 99.5, "99.5", "lte"),
        (Task.f.percent_complete > Decimal("1E+3"), "1000", "gt"),
        (Task.f.percent_complete >= 0.0000001, "0.0000001", "gte"),
        (Task.f.priority > Priority.LOW, "1", "gt"),
        (Task.f.name > "m", "m", "gt"),
        (Task.f.due_date < date(2026, 3, 1), "2026-03-01", "lt"),
        (Task.f.planned_completion_date >= NOON, "2026-03-18T12:00:00:000+0000", "gte"),
        (Task.f.planned_completion_date >= NOON.date(), "2026-03-18", "gte"),
        (Task.f.name.contains("x"), "x", "contains"),
        (Task.f.name.icontains("x"), "x", "cicontains"),
        (Task.f.name.startswith("x"), "x", "startswith"),
        (Task.f.name.like("x%"), "x%", "like"),
        (Task.f.name.ilike("x%"), "x%", "cilike"),
        (Task.f.name.iequals("x"), "x", "cieq"),
        (Task.f.name.idiffers("x"), "x", "cine"),
        (Task.f.name.not_contains("x"), "x", "notcontains"),
        (Task.f.name.not_icontains("x"), "x", "cinotcontains"),
        (Task.f.name.icontains_any(["x", "y"]), "x y", "cicontainsany"),
        (Task.f.name.icontains_all(["x", "y"]), "x y", "cicontainsall"),
        (Task.f.name.not_icontains_any(["x", "y"]), "x y", "cinotcontainsany"),
        (Task.f.name.not_icontains_all(["x", "y"]), "x y", "cinotcontainsall"),
        (Task.f.name.istartswith("x"), "x", "cistartswith"),
        (Task.f.name.endswith("x"), "x", "endswith"),
        (Task.f.name.iendswith("x"), "x", "ciendswith"),
        (Task.f.name.soundex("Robert"), "Robert", "soundex"),
        (Task.f.name.length < 10, "10", "length_lt"),
        (Task.f.name.length <= 10, "11", "length_lt"),
        (Task.f.name.length == 7, "7", "length_eq"),
        (Task.f.name.length > 10, "10", "length_gt"),
        (Task.f.name.length >= 10, "9", "length_gt"),
        (Task.f.percent_complete.any_bits(5), "5", "bitwiseor"),
        (Task.f.percent_complete.all_bits(5), "5", "bitwiseand"),
        (Task.f.percent_complete.no_bits(5), "5", "bitwisenand"),
        (Task.f.percent_complete > custom("Target"), "FIELD:DE:Target", "gt"),
        (Task.f.name != Task.f.project.name, "FIELD:project:name", "ne"),
        (Task.f.name.differs(Task.f.project.name), "FIELD:project:name", "nee"),
        (Task.f.planned_completion_date <= Task.f.project.entry_date, "FIELD:project:entryDate", "lte"),
        (Task.f.status != TaskStatus.NEW, "NEW", "ne"),
        (Task.f.is_done != True, "true", "ne"),  # noqa: E712
    ],
)
def test_an_operator_follows_the_value_as_mod(condition: AnyCondition, value: str, operator: str) -> None:
    (key, sent_value), (mod_key, sent_operator) = sent(condition)
    assert (sent_value, mod_key, sent_operator) == (value, f"{key}_Mod", operator)


def test_several_values_repeat_the_key() -> None:
    assert sent(Task.f.status.in_([TaskStatus.NEW, "XYZ"])) == [("status", "NEW"), ("status", "XYZ")]
    assert sent(Task.f.name.not_in({"a"})) == [("name", "a"), ("name_Mod", "notin")]
    assert sent(Task.f.name.iin_(["a", "b"])) == [("name", "a"), ("name", "b"), ("name_Mod", "ciin")]
    assert sent(Task.f.name.not_iin(["a"])) == [("name", "a"), ("name_Mod", "cinotin")]
    assert sent(Task.f.accessor_ids.has_any(["1", "2"])) == [("accessorIDs", "1"), ("accessorIDs", "2")]


def test_a_range_has_its_upper_end_in_range() -> None:
    assert sent(Task.f.percent_complete.between(1, 5)) == [
        ("percentComplete", "1"),
        ("percentComplete_Range", "5"),
        ("percentComplete_Mod", "between"),
    ]


@pytest.mark.parametrize(
    ("condition", "operator"),
    [
        (Task.f.name.between("a", "m"), "between"),
        (Task.f.name.not_between("a", "m"), "notbetween"),
        (Task.f.name.ibetween("a", "m"), "cibetween"),
        (Task.f.name.not_ibetween("a", "m"), "cinotbetween"),
    ],
)
def test_every_range_has_its_upper_end_in_range(condition: AnyCondition, operator: str) -> None:
    assert sent(condition) == [("name", "a"), ("name_Range", "m"), ("name_Mod", operator)]


def test_equality_with_a_field_names_it() -> None:
    assert sent(Task.f.name == Task.f.project.name) == [("name", "FIELD:project:name")]
    assert sent(custom("A") == Task.f.name) == [("DE:A", "FIELD:name")]


def test_equal_to_a_day_means_any_time_of_it_and_equal_to_an_instant_means_the_instant() -> None:
    when = Task.f.planned_completion_date
    assert sent(when == NOON.date()) == [("plannedCompletionDate", "2026-03-18")]
    assert sent(when == NOON)[1] == ("plannedCompletionDate_Mod", "exacttime")
    assert [value for key, value in sent(when != NOON) if key.endswith("_Mod")] == ["lt", "gt", "isnull"]


def test_custom_fields_carry_their_prefix_in_front() -> None:
    assert str(custom("Region")) == str(custom("DE:Region")) == "DE:Region"
    assert str(custom("Approved Hours", of=Task.f.project)) == "DE:project:Approved Hours"
    assert sent(custom("Region").has_all(["N", "W"])) == [
        ("DE:Region", "N"),
        ("DE:Region", "W"),
        ("DE:Region_Mod", "allof"),
    ]
    assert sent(custom("Budget") == 5) == [("DE:Budget", "5")]
    with pytest.raises(QueryError, match="name of a custom field"):
        custom("DE:")


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        (lambda: Task.f.percent_complete == "x", "percentComplete takes a number, not str 'x'"),
        (lambda: Task.f.percent_complete < True, "percentComplete takes a number, not bool"),
        (lambda: Task.f.percent_complete == float("nan"), "finite"),
        (lambda: Task.f.name == 5, "name takes a text, not int"),
        (lambda: Task.f.name == ["a"], "use in_"),
        (lambda: Task.f.name == Project.from_wire({"ID": "5"}), "name takes a text, not Project .*\n.*write row.id"),
        (lambda: Task.f.name.in_("abc"), "list of values"),  # type: ignore[arg-type]
        (lambda: Task.f.name.in_([]), "empty list"),
        (lambda: Task.f.is_done == "true", "True or False"),
        (lambda: Task.f.due_date == NOON, "take .date()"),
        (lambda: Task.f.planned_completion_date == datetime(2026, 1, 1), "no time zone"),  # noqa: DTZ001
        (lambda: Task.f.planned_completion_date == "2026-01-01", "takes a date"),
        (lambda: Task.f.parameter_values == "x", "parameterValues cannot be filtered: .* NOT_FILTERABLE"),
        (lambda: Task.f.assigned_to.password == "x", "password cannot be filtered: .* WRITE_ONLY"),
        (lambda: Task.f.assigned_to.password.asc(), "password cannot be sorted by"),
        (lambda: Task.f.name == Task.f.assigned_to.password, "password cannot be filtered"),
        (lambda: Task.f.name == Task.f.project, "which is an object.\n.*Compare with its .id"),  # type: ignore[operator]
        (lambda: Project.f.name == Project.f.tasks.name, "which has many values"),
        (lambda: Task.f.name == "FIELD:x", "takes 'FIELD:x' for the name of a field"),
        (lambda: Task.f.name.in_(["a", Task.f.name]), "a list holds values, not fields"),  # type: ignore[list-item]
        (lambda: Task.f.name.icontains_any("abc"), "list of values"),  # type: ignore[arg-type]
        (lambda: Task.f.name.icontains_any(["a b"]), "'a b' is not one word"),
        (lambda: Task.f.name.icontains_all([""]), "'' is not one word"),
        (lambda: Task.f.name.iin_([]), "empty list"),
        (lambda: Task.f.name.length == "7", "the length of name takes a whole number"),
        (lambda: Task.f.percent_complete.any_bits(-1), "whole number from 0 on"),
        (lambda: Task.f.percent_complete.any_bits(1.5), "takes a whole number"),  # type: ignore[arg-type]
        (lambda: Task.f.project.owner.manager.manager.name == "x", "5 levels deep.*\n.*exists"),
        (lambda: Task.f.project.owner.manager.manager.name.asc(), "5 levels deep"),
    ],
)
def test_a_test_that_cannot_work_is_refused_where_it_is_written(misuse: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        misuse()


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        (datetime(2026, 2, 1, tzinfo=UTC), date(2026, 1, 31)),
        (date(2026, 2, 2), datetime(2026, 2, 1, 9, tzinfo=UTC)),
        (date.max, datetime(2026, 1, 1, tzinfo=UTC)),
        (datetime(2026, 1, 1, tzinfo=UTC), date.min),
    ],
)
def test_a_range_from_a_day_to_an_instant_before_it_is_refused(lower: date, upper: date) -> None:
    with pytest.raises(QueryError, match="the first one is the greater"):
        Task.f.planned_completion_date.between(lower, upper)
    Task.f.planned_completion_date.between(upper, lower)


def test_a_day_and_an_instant_that_some_zone_has_in_this_order_are_a_range() -> None:
    Task.f.planned_completion_date.between(date(2026, 2, 1), datetime(2026, 1, 31, 12, tzinfo=UTC))
    Task.f.planned_completion_date.between(datetime(2026, 2, 1, 11, tzinfo=UTC), date(2026, 2, 1))


ARITHMETIC: list[Callable[[Any], object]] = [
    lambda path: path + 1, lambda path: 1 + path, lambda path: path - path, lambda path: 1 - path,
    lambda path: path * 2, lambda path: 2 * path, lambda path: path / 2, lambda path: 2 / path, lambda path: path // 2,
    lambda path: path % 2, lambda path: path**2, lambda path: -path, lambda path: +path, abs, round, int, float,
]  # fmt: skip


@pytest.mark.parametrize("compute", ARITHMETIC)
def test_nothing_is_computed_with_a_path(compute: Callable[[Any], object]) -> None:
    for path in (Task.f.percent_complete, Task.f.name, Task.f.planned_completion_date, Task.f.project, custom("a")):
        with pytest.raises(TypeError, match="nothing is computed") as refused:
            compute(path)
        assert isinstance(refused.value, QueryError)


def test_a_refused_value_of_a_secret_field_is_not_shown() -> None:
    with pytest.raises(QueryError) as refused:
        print(custom("password") == object())
    assert "object at" not in str(refused.value)


def test_sort_keys_are_numbered_and_the_id_comes_last() -> None:
    assert order_parameters([], unique_by="ID") == (("ID_Sort", "asc"),)
    assert order_parameters([Task.f.name.asc(ignore_case=True), Task.f.due_date.desc()], unique_by="ID") == (
        ("name_1_Sort", "ciasc"),
        ("dueDate_2_Sort", "desc"),
        ("ID_3_Sort", "asc"),
    )


def test_a_sort_by_id_needs_no_second_one() -> None:
    assert order_parameters([Task.f.id.desc()], unique_by="ID") == (("ID_Sort", "desc"),)
    assert order_parameters([], unique_by=None) == ()


def fields(*wanted: Any) -> tuple[tuple[str, str], ...]:
    return field_parameters(wanted, wire_names(Task))


def test_fields_are_a_comma_list_of_wire_names_without_repetition() -> None:
    assert fields(TaskField.NAME, Task.f.assigned_to.first_name, Task.f.project, "DE:Region", "name", "project:*") == (
        ("fields", "name,assignedTo:firstName,project,DE:Region,project:*"),
    )
    assert fields() == field_parameters(None, {}) == ()


def test_a_name_with_a_comma_turns_the_list_into_json() -> None:
    assert fields("name", "DE:Size, inner") == (("fields", '["name", "DE:Size, inner"]'),)


def test_all_plain_fields_of_an_object_are_asked_for_by_its_path() -> None:
    assert fields(Task.f.all, Task.f.project.owner.all, Task.f.custom("Region"), Task.f.parameter_values) == (
        ("fields", "*,project:owner:*,DE:Region,parameterValues"),
    )
    with pytest.raises(QueryError, match="5 levels deep"):
        fields(Task.f.project.owner.manager.manager.all)


def test_fields_go_four_levels_deep_and_no_further() -> None:
    four, five = Task.f.project.owner.manager.name, Task.f.project.owner.manager.manager.name
    assert fields(four) == (("fields", "project:owner:manager:name"),)
    for deep in (five, str(five)):
        with pytest.raises(QueryError, match="5 levels deep; the API loads at most 4"):
            fields(deep)


def test_colons_in_the_name_of_a_custom_field_are_no_levels() -> None:
    assert fields("DE:a:b:c:d:e") == (("fields", "DE:a:b:c:d:e"),)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("name", r"takes a list, not 'name' alone"),
        (Task.f.name, r"takes a list, not 'name' alone"),
        ([Task.f], "is not a field"),
        (["percent_complete"], "'percent_complete' is 'percentComplete' on the wire"),
        ([User.f.password], "password cannot be read: .* WRITE_ONLY"),
        ([5], "not int 5"),
        (["nmae"], "'nmae', which is not a field of the object.\n.*Did you mean name"),
        (["Region"], "Custom fields are written DE:Region; raw_field"),
        (["projekt:name"], "Did you mean project"),
    ],
)
def test_fields_that_cannot_be_meant_are_refused(wanted: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        field_parameters(wanted, wire_names(Task))


def test_paths_can_be_kept_in_sets_and_dicts() -> None:
    kinds: dict[FieldPath[Project], str] = {Project.f.name: "a", Project.f.budget: "b"}
    assert kinds[Project.f.budget] == "b"


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        ("name", r"takes a list of sort keys"),
        (Task.f.name.asc(), r"takes a list of sort keys"),
        ([Task.f.name], r"TextPath name.*not a sort key.\n.*Task.f.name.asc"),
        (["name"], "'name', which is not a sort key"),
        ([Task.f.name.asc(), Task.f.name.desc()], "sorts by name twice"),
    ],
)
def test_sort_keys_that_are_none_are_refused(orders: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        order_parameters(orders, unique_by="ID")
