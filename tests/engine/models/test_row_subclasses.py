"""Classes of one's own below a generated one, and which of them are read without the whole schema."""

from __future__ import annotations

import copy

import pytest
from pydantic import AliasChoices, Field, ValidationError, field_validator, model_validator

from tests.support.models_fixture import Priority, Project, Task, User
from tests.support.rows_kit import ROW
from workfront_core.models import mismatch as misfit
from workfront_core.models.model import FieldNotLoaded, WorkfrontObject


@pytest.fixture(autouse=True)
def _nothing_noted_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misfit, "_noted", set())


# --- Subclasses of users ----------------------------------------------------------------------------------------------


class PlainSubclass(Task):
    """Only members of its own, in the way of generated ones: as fast as its base."""

    region: str | None = None
    score: int | None = None


class RichSubclass(Task):
    """All that pydantic offers."""

    region: str
    weight: int = 1
    tags: list[str] | None = None

    @field_validator("region")
    @classmethod
    def _upper(cls, value: str) -> str:
        return value.upper()

    @model_validator(mode="after")
    def _sane(self) -> RichSubclass:
        if self.weight > 100:
            raise ValueError("too heavy")
        return self

    @property
    def label(self) -> str:
        return f"{self.name} ({self.region})"


def test_a_subclass_adds_members() -> None:
    task = PlainSubclass.from_wire(ROW | {"region": "EMEA", "score": "5"})
    assert (task.region, task.score, task.priority) == ("EMEA", 5, Priority.HIGH)
    assert task["region"] == "EMEA"
    with pytest.raises(FieldNotLoaded):
        _ = PlainSubclass.from_wire(ROW).region
    assert Task.from_wire(ROW | {"region": "EMEA"}).model_extra == {"DE:Region": "EMEA", "region": "EMEA"}


def test_a_subclass_keeps_validators_defaults_and_required_fields() -> None:
    task = RichSubclass.from_wire({"name": "x", "region": "emea", "taskNumber": "seven"})
    assert task.label == "x (EMEA)"
    assert task.weight == 1
    assert task["taskNumber"] == "seven"
    assert task.model_fields_set == {"name", "region", "task_number"}
    for absent in ("tags", "id"):
        assert not hasattr(task, absent)
    for strict in (False, True):
        with pytest.raises(ValidationError, match="region"):
            RichSubclass.from_wire({"name": "x"}, strict=strict)
        with pytest.raises(ValidationError, match="too heavy"):
            RichSubclass.from_wire({"region": "x", "weight": 101}, strict=strict)


def test_a_subclass_may_read_a_member_under_several_names() -> None:
    class Choosing(Task):
        rank: int | None = Field(default=None, validation_alias=AliasChoices("rank", "DE:Rank"))

    assert Choosing.from_wire({"DE:Rank": 5}).rank == 5
    with pytest.raises(ValidationError, match="DE:Rank"):
        Choosing.from_wire({"DE:Rank": "first"})


def test_a_subclass_may_validate_assignments() -> None:
    class Checked(Task, validate_assignment=True):
        pass

    task = Checked.from_wire({"ID": "1", "parent": None})
    task.priority = 3  # pyright: ignore[reportAttributeAccessIssue]
    assert task.priority is Priority.HIGH
    assert task.model_dump() == {"id": "1", "parent": None, "priority": Priority.HIGH}
    with pytest.raises(ValidationError):
        task.task_number = "seven"  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]


def test_a_subclass_may_have_private_attributes() -> None:
    class Marked(Task):
        _seen: bool = False

    task = Marked.from_wire({"ID": "1"})
    task._seen = True  # noqa: SLF001
    assert (task._seen, copy.deepcopy(task)._seen) == (True, True)  # noqa: SLF001
    assert task.to_wire() == {"ID": "1"}


# --- The fast way -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", [Task, Project, User, PlainSubclass])
def test_generated_classes_take_the_fast_way(cls: type[WorkfrontObject]) -> None:
    # It reads the core schema that pydantic built; should another pydantic build another one, this tells.
    assert cls.__workfront_shapes__[("ID", "name")].read is not None


def test_other_classes_take_the_ordinary_way() -> None:
    assert RichSubclass.__workfront_shapes__[("ID", "name")].read is None
