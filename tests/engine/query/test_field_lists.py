"""Lists of fields as a person writes them: what they load, and what is said of those that are none."""

from __future__ import annotations

import pytest

from workfront_client.v22 import Task
from workfront_core.errors import QueryError
from workfront_core.query.language.field_lists import loads, parse_fields, parse_order


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("name, assigned_to.name", ["name", "assignedTo:name"]),
        ("project", ["project:ID", "project:name"]),
        ("*", ["*"]),
        ("name,*", ["name", "*"]),
        ("assignments.*, project:*", ["assignments:*", "project:*"]),
        ("project.owner.*", ["project:owner:*"]),
        ("predecessors:*", ["predecessors:*"]),
        ("parameterValues", ["parameterValues"]),
        ("project.parameterValues", ["project:parameterValues"]),
        ('DE:"Budget *", project.DE:Region', ["DE:Budget *", "DE:project:Region"]),
        ("raw.parameterValues", ["parameterValues"]),
    ],
)
def test_fields(text: str, names: list[str]) -> None:
    assert [name for path in parse_fields(text, Task) for name in loads(path)] == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name *", "Here a comma is missing."),
        ("**", "Here a comma is missing."),
        ("status.*", "status is a field, and has no fields."),
        ("project.*.name", "Nothing stands behind *."),
        ("DE:*", "DE:* is not served."),
        ("project.DE:*", "DE:* is not served."),
        ("search.*", "is a field, and has no fields."),
        ("name,", "Here a field is missing."),
        ("nmae", "Task has no field nmae."),
    ],
)
def test_what_is_no_list_of_fields(text: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_fields(text, Task)
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["*", "project.*", "parameterValues", "name desc, *"])
def test_many_fields_have_no_order(text: str) -> None:
    with pytest.raises(QueryError):
        parse_order(text, Task)
