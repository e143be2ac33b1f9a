"""Labels in quotes as the names of fields, in what a person types. docs/conditions.md."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from workfront_client import parse
from workfront_client.v22 import Hour, Task
from workfront_core.errors import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.labels import label_of
from workfront_core.query.language.syntax_error import ConditionSyntaxError
from workfront_core.query.model_fields import by_wire_name


def found(text: str, model: type[WorkfrontObject]) -> str:
    """A condition as it is written, or what is wrong with it."""
    try:
        return str(parse(text, model, labels=True))
    except QueryError as error:
        return error.message


def members_of(model: type[WorkfrontObject]) -> dict[str, list[str]]:
    """Wire names by label in lower case."""
    labels: dict[str, list[str]] = {}
    for wire in by_wire_name(model):
        labels.setdefault(label_of(model, wire).lower(), []).append(wire)
    return labels


@pytest.mark.parametrize("version", ["v21", "v22"])
def test_every_label_that_one_field_has_stands_for_it_and_every_other_is_refused(version: str) -> None:
    package: Any = import_module(f"workfront_client.{version}")
    wrong: list[tuple[str, str]] = []
    several = 0
    for name in package.OBJECTS.values():
        model: type[WorkfrontObject] = getattr(package, name)
        for label, wires in members_of(model).items():
            said = found(f'"{label}" is null', model)
            expected = found(f"{wires[0]} is null", model)
            if len(wires) > 1:
                several += 1
                expected = f"Several fields of {model.__name__} have the label {label!r}."
            wrong += [] if said == expected else [(f"{name} {label}", said)]
    assert not wrong
    assert several > 10


@pytest.mark.parametrize(
    ("model", "text", "same"),
    [
        (Task, '"Planned Completion Date" < today', "plannedCompletionDate < today"),
        (Task, "'planned completion date' < today", "plannedCompletionDate < today"),
        (Task, '"Assigned To"."Name" = "Jo"', "assignedTo.name = 'Jo'"),
        (Task, 'assignedTo."Email Address" = "x"', "assignedTo.emailAddr = 'x'"),
        (Task, '"Project".owner:"Name" is null', "project.owner.name is null"),
        (Task, 'length("Name") > 60', "length(name) > 60"),
        (Hour, 'not exists task (ID = outer."Task ID")', "not exists task (ID = outer.taskID)"),
        (Task, 'exists hour ("Task ID" = outer.ID and "Hours" > 2)', "exists hour (taskID = outer.ID and hours > 2)"),
    ],
)
def test_labels_stand_wherever_names_do(model: type[WorkfrontObject], text: str, same: str) -> None:
    assert found(text, model) == str(parse(same, model))


@pytest.mark.parametrize(
    ("text", "message", "hint", "place"),
    [
        ('"Planned Complete Date" < today', "Task has no field with the label 'Planned Complete Date'.",
         "Did you mean plannedCompletionDate", '"Planned Complete Date"'),
        ("'John' = name", "Task has no field with the label 'John'.", "name = 'x'", "'John'"),
        ('"Parent" is null', "Several fields of Task have the label 'Parent'.", "backlogParent, parent", '"Parent"'),
        ('project."Nothing" = 1', "Project has no field with the label 'Nothing'.", 'DE:"Nothing"', '"Nothing"'),
        ('name."Nothing" = 1', "name is a field, and nothing stands behind it.", "Leave out", '"Nothing"'),
        ('raw."x" = 1', None, None, ""),
    ],
)  # fmt: skip
def test_a_label_that_leads_nowhere_is_told_with_its_place(
    text: str, message: str | None, hint: str | None, place: str
) -> None:
    if message is None or hint is None:
        assert found(text, Task)
        return
    with pytest.raises(ConditionSyntaxError) as error:
        parse(text, Task, labels=True)
    assert (error.value.message, text[error.value.start : error.value.end]) == (message, place)
    assert hint in (error.value.hint or "")


def test_a_program_is_told_the_name_that_a_label_stands_for() -> None:
    with pytest.raises(ConditionSyntaxError) as error:
        parse('"Percent Complete" < 50', Task)
    assert error.value.message == "'Percent Complete' is a label, and labels are not taken here."
    assert error.value.hint == "Write the field's name: percentComplete."
