"""EXISTS and NOT EXISTS: their wire form, what goes inside, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.query_fixture.models.hour import Hour
from tests.support.query_fixture.models.project import Project
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.models.user import User
from workfront_core.errors import QueryError
from workfront_core.query.condition import FilterCondition
from workfront_core.query.exists import exists, not_exists, outer
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.raw import raw_parameters

OF_USER = Hour.f.owner.id == outer(User.f.id)


def query(*conditions: FilterCondition[Any]) -> str:
    return "&".join(f"{key}={value}" for key, value in parameters(conditions))


def test_a_block_names_its_object_and_its_join_and_then_its_tests() -> None:
    assert query(exists(Hour, OF_USER, Hour.f.hours > 4)) == (
        "EXISTS:A:$$OBJCODE=HOUR&EXISTS:A:owner:ID=FIELD:ID&EXISTS:A:hours=4&EXISTS:A:hours_Mod=gt"
    )


def test_none_may_exist_for_not_exists_which_is_the_opposite() -> None:
    expected = "EXISTS:A:$$OBJCODE=HOUR&EXISTS:A:owner:ID=FIELD:ID&EXISTS:A:$$EXISTSMOD=NOTEXISTS"
    assert query(not_exists(Hour, OF_USER)) == query(~exists(Hour, OF_USER)) == expected
    assert query(~not_exists(Hour, OF_USER)) == query(exists(Hour, OF_USER))


def test_every_block_has_a_name_of_its_own() -> None:
    both = query(exists(Hour, OF_USER), not_exists(Task, Task.f.assigned_to.id == outer(User.f.id)))
    assert "EXISTS:A:$$OBJCODE=HOUR" in both
    assert "EXISTS:B:$$OBJCODE=TASK" in both
    either = query((User.f.name == "x") | exists(Hour, OF_USER))
    assert either == "name=x&OR:1:EXISTS:A:$$OBJCODE=HOUR&OR:1:EXISTS:A:owner:ID=FIELD:ID"


def test_there_are_names_for_more_blocks_than_letters() -> None:
    many = query(*[exists(Hour, OF_USER, Hour.f.hours == number) for number in range(30)])
    assert "EXISTS:Z:hours=25" in many
    assert "EXISTS:A1:hours=26" in many


def test_alternatives_inside_are_shared_out_over_blocks() -> None:
    either = (Hour.f.hours > 4) | (Hour.f.project.name == "x")
    assert query(exists(Hour, OF_USER, either)).count("OR:1:EXISTS:B:") == 3
    neither = query(not_exists(Hour, OF_USER, either))
    assert "OR:" not in neither
    assert neither.count("NOTEXISTS") == 2


def test_a_range_inside_is_one_test() -> None:
    inside = query(exists(Hour, OF_USER, Hour.f.hours >= 1, Hour.f.hours <= 4))
    assert inside.endswith("EXISTS:A:hours=1&EXISTS:A:hours_Range=4&EXISTS:A:hours_Mod=between")


def test_custom_fields_join_and_test_too() -> None:
    condition = exists(Project, Project.f.custom("Sponsor") == outer(User.f.id), Project.f.custom("Region") == "EMEA")
    assert query(condition) == ("EXISTS:A:$$OBJCODE=PROJ&EXISTS:A:DE:Sponsor=FIELD:ID&EXISTS:A:DE:Region=EMEA")


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        (lambda: exists(Hour, Hour.f.hours > 1), "needs a join as its second argument, not Comparison"),  # type: ignore[arg-type]
        (lambda: outer(User.f), "takes the path of a field"),  # type: ignore[arg-type]
        (lambda: outer(Project.f.tasks.id), "has many values"),
        (lambda: outer(User.f.password), "WRITE_ONLY"),
        (lambda: bool(OF_USER), "belongs inside exists"),
        (lambda: query(exists(Hour, OF_USER, exists(Task, Task.f.id == outer(Hour.f.id)))), "another exists"),
        (lambda: query(exists(Hour, OF_USER, Hour.f.hours > Hour.f.custom("Max"))), "inside of it FIELD: names"),
        (lambda: query(exists(Hour, OF_USER, Hour.f.hours > 1, Hour.f.hours != 2)), "tests hours more than once"),
        (lambda: query(exists(Hour, OF_USER, Hour.f.owner.id == "1" * 32)), "tests owner:ID more than once"),
        (lambda: query(exists(Hour, OF_USER, raw_parameters(("a", "b")))), "or in exists"),
    ],
)
def test_what_a_block_cannot_hold_is_refused(misuse: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        misuse()


def test_the_error_for_a_test_without_an_opposite_says_how_a_join_with_itself_asks_for_it() -> None:
    with pytest.raises(QueryError, match=r"not_exists\(X, X.f.id == outer\(X.f.id\)"):
        query(~User.f.name.like("a%"))
    instead = not_exists(User, User.f.id == outer(User.f.id), User.f.name.like("a%"))
    assert query(instead) == (
        "EXISTS:A:$$OBJCODE=USER&EXISTS:A:ID=FIELD:ID&EXISTS:A:$$EXISTSMOD=NOTEXISTS&EXISTS:A:name=a%"
        "&EXISTS:A:name_Mod=like"
    )
