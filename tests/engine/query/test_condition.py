"""Conditions: groups, repeated fields, and the proof that what is sent selects what was meant."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.models.user import User
from workfront_core.errors import QueryError
from workfront_core.query.condition import FilterCondition, all_of, any_of
from workfront_core.query.custom_field import custom
from workfront_core.query.filter_parameters import MAX_GROUPS, parameters

name, percent, status = Task.f.name, Task.f.percent_complete, Task.f.status
when, done = Task.f.planned_completion_date, Task.f.is_done


def query(*conditions: FilterCondition[Any]) -> str:
    return "&".join(f"{key}={value}" for key, value in parameters(conditions))


def test_conditions_side_by_side_are_joined_by_and() -> None:
    assert query(name == "a", percent < 5) == "name=a&percentComplete=5&percentComplete_Mod=lt"
    assert query((name == "a") & (percent < 5)) == query(name == "a", percent < 5)
    assert query() == query(all_of()) == ""


def test_alternatives_become_numbered_groups_behind_the_plain_one() -> None:
    assert query((name == "a") | (percent == 5) | (done == True)) == (  # noqa: E712
        "name=a&OR:1:percentComplete=5&OR:2:isDone=true"
    )


def test_a_common_condition_is_repeated_in_every_group() -> None:
    one = "1" * 32
    assert query(Task.f.id == one, (name == "a") | (percent == 5)) == (
        f"ID={one}&name=a&OR:1:ID={one}&OR:1:percentComplete=5"
    )


def test_alternative_values_of_one_field_become_one_list() -> None:
    assert query((status == "NEW") | (status == "INP") | status.in_(["CPL", "NEW"])) == (
        "status=NEW&status=INP&status=CPL"
    )
    assert query((status == "NEW") | (name == "a") | (status == "INP")) == "status=NEW&status=INP&OR:1:name=a"


def test_alternative_days_stay_apart_because_a_day_is_a_range() -> None:
    first, second = date(2026, 1, 1), date(2026, 1, 2)
    assert query((when == first) | (when == second)) == (
        "plannedCompletionDate=2026-01-01&OR:1:plannedCompletionDate=2026-01-02"
    )


def test_a_field_tested_twice_gets_an_and_prefix() -> None:
    assert query(name.icontains("green"), name != "red") == (
        "name=green&name_Mod=cicontains&AND:1:name=red&AND:1:name_Mod=ne"
    )


def test_the_group_that_repeats_a_field_becomes_the_plain_one() -> None:
    repeating = (name != "a") & name.contains("b")
    assert query((percent == 1) | repeating) == (
        "name=a&name_Mod=ne&AND:1:name=b&AND:1:name_Mod=contains&OR:1:percentComplete=1"
    )


def test_two_groups_that_repeat_a_field_are_refused() -> None:
    with pytest.raises(QueryError, match=r"tests name more than once in several OR groups"):
        query(name != "a", name.contains("b"), (percent == 1) | (done == True))  # noqa: E712


def test_a_lower_and_an_upper_bound_become_a_range() -> None:
    assert query(percent >= 1, percent <= 5) == query(percent.between(1, 5))
    assert query(percent > 1, percent <= 5).count("AND:1:") == 2


def test_bounds_on_members_of_a_collection_stay_apart() -> None:
    member = Project.f.tasks.percent_complete
    assert "AND:1:tasks:percentComplete=5" in query(member >= 1, member <= 5)


def test_not_selects_the_other_rows_nulls_included() -> None:
    assert query(~(name == "a")) == query(name != "a")
    assert query(~~(name == "a")) == query(name == "a")
    assert (
        query(~(percent < 5))
        == "percentComplete=5&percentComplete_Mod=gte&OR:1:percentComplete=&OR:1:percentComplete_Mod=isnull"
    )
    assert query(~((name == "a") | (percent == 5))) == query(name != "a", percent != 5)
    assert query(~name.in_(["a", "b"])) == query(~((name == "a") | (name == "b")))
    assert query(~name.in_(["a", "b"])) == "name=a&name=b&name_Mod=notin&OR:1:name=&OR:1:name_Mod=isnull"


def test_another_day_lies_before_or_behind_it() -> None:
    assert query(when.differs(date(2026, 2, 28))) == (
        "plannedCompletionDate=2026-02-28&plannedCompletionDate_Mod=lt"
        "&OR:1:plannedCompletionDate=2026-03-01&OR:1:plannedCompletionDate_Mod=gte"
    )


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (~name.like("a%"), "no opposite of 'like'"),
        (~(Project.f.tasks.name == "a"), "passes a collection"),
        (~Task.f.accessor_ids.has("1"), "some member"),
        (~all_of(), "for no row"),
    ],
)
def test_an_opposite_the_api_does_not_have_is_refused(condition: FilterCondition[Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        query(condition)


def test_an_and_over_many_ors_is_refused_before_it_explodes() -> None:
    pairs = [(custom(f"a{n}") == 1) | (custom(f"b{n}") > 1) for n in range(40)]
    with pytest.raises(QueryError, match=f"more than {MAX_GROUPS} OR groups"):
        query(*pairs)


def test_a_group_that_another_one_covers_is_left_out() -> None:
    assert query((name == "a") | ((name == "a") & (percent == 5))) == "name=a"


def test_python_operators_are_explained() -> None:
    with pytest.raises(QueryError, match="instead of and, or, not"):
        print((name == "a") and (percent < 5))
    with pytest.raises(QueryError, match="between"):
        print(1 < percent < 5)
    with pytest.raises(TypeError):
        (name == "a") & True  # type: ignore[operator]
    with pytest.raises(QueryError, match="is not a condition"):
        query("name=a")  # type: ignore[arg-type]


def test_names_the_server_reads_as_a_sign_in_travel_in_json_filters() -> None:
    (key, value), *others = parameters([User.f.username == "ana", User.f.first_name.in_(["A", "B"])])
    assert (key, others) == ("filters", [])
    assert json.loads(value) == {"username": "ana", "firstName": ["A", "B"]}
    assert query(Task.f.assigned_to.username == "ana") == "assignedTo:username=ana"


def test_with_such_a_name_all_groups_travel_as_one_json() -> None:
    (key, value), *others = parameters([(User.f.username == "ana") | (User.f.first_name == "Bo")])
    assert (key, others) == ("filters", [])
    assert json.loads(value) == {"username": "ana", "OR:1:firstName": "Bo"}


def test_alternatives_that_contradict_themselves_fall_away() -> None:
    assert query((name == "a") | (percent == 1), name.is_null()) == "percentComplete=1&name=&name_Mod=isnull"
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert query(~(when != noon)) == query(when.between(noon, noon))


def test_a_condition_no_row_can_meet_is_sent_as_it_is() -> None:
    assert query(name.is_null(), name == "a") == "name=&name_Mod=isnull&AND:1:name=a"


def test_the_opposite_of_a_comparison_of_fields_takes_in_the_nulls_of_both() -> None:
    assert query(~(percent < custom("Target"))) == (
        "percentComplete=FIELD:DE:Target&percentComplete_Mod=gte"
        "&OR:1:percentComplete=&OR:1:percentComplete_Mod=isnull&OR:2:DE:Target=&OR:2:DE:Target_Mod=isnull"
    )


def test_any_of_nothing_is_refused() -> None:
    with pytest.raises(QueryError, match="at least one"):
        any_of()
