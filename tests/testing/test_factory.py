"""Factories: typed rows with plausible IDs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pydantic import ValidationError

from workfront_client.v22 import Hour, Project, Task, TaskStatus, User
from workfront_testing import Factory


def test_a_row_has_an_id_and_a_name_of_its_own() -> None:
    factory = Factory()
    one, two = factory.make(Project), factory.make(Project)
    assert re.fullmatch(r"[0-9a-f]{32}", one.id or "")
    assert one.id != two.id
    assert one.name != two.name


def test_what_other_tests_made_changes_no_ids() -> None:
    alone = Factory().make(Project)
    busy = Factory("another test")
    for _ in range(3):
        busy.make(Project)
    assert Factory().make(Project).id == alone.id


def test_given_values_go_before_plausible_ones() -> None:
    task = Factory().make(
        Task, name="Paint", status=TaskStatus.IN_PROGRESS, percent_complete=40, id="5a030000000000000000000000000001"
    )
    assert (task.name, task.status, task.percent_complete) == ("Paint", TaskStatus.IN_PROGRESS, 40)
    assert task.id == "5a030000000000000000000000000001"
    assert isinstance(Factory().make(Task).status, TaskStatus)


def test_a_reference_fills_the_member_for_its_id() -> None:
    mia = Factory().make(User, name="Mia Moll")
    task = Factory().make(Task, assigned_to=mia)
    assert task.assigned_to_id == mia.id
    assert isinstance(task.assigned_to, User)
    assert task.assigned_to.name == "Mia Moll"


def test_values_are_of_the_types_of_their_members() -> None:
    at = datetime(2027, 5, 12, 10, 30, tzinfo=UTC)
    task = Factory().make(Task, planned_start_date=at, actual_cost=Decimal("12.50"))
    assert task.planned_start_date == at
    assert task.actual_cost == Decimal("12.50")
    assert Factory().make(Hour, entry_date=date(2027, 5, 12), hours=1.5).entry_date == date(2027, 5, 12)


def test_custom_fields_go_by_name() -> None:
    assert Factory().make(Project, custom={"Region": "North", "DE:Floor": 2})["DE:Region"] == "North"


@pytest.mark.parametrize(("name", "near"), [("asigned_to", "assigned_to"), ("assignedTo", "assigned_to")])
def test_an_unknown_member_is_refused_and_the_right_one_named(name: str, near: str) -> None:
    with pytest.raises(TypeError, match=f"Task has no member '{name}'. Did you mean {near}"):
        Factory().make(Task, **{name: None})


def test_a_value_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValidationError):
        Factory().make(Task, percent_complete="half")
