"""Open enumerations: known codes become members, all others stay as the server sent them."""

from __future__ import annotations

import pickle
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from workfront_core.values.open_enums import OpenInt, OpenText


class Status(StrEnum):
    NEW = "NEW"
    IN_PROGRESS = "INP"


class Priority(IntEnum):
    NONE = 0
    LOW = 1


class Row(BaseModel):
    status: OpenText[Status] | None = None
    priority: OpenInt[Priority] | None = None
    history: list[OpenText[Status]] | None = None


@pytest.mark.parametrize(("code", "expected"), [("INP", Status.IN_PROGRESS), (Status.NEW, Status.NEW)])
def test_a_known_code_is_a_member(code: Any, expected: Status) -> None:
    assert Row(status=code).status is expected


@pytest.mark.parametrize("code", ["INP:A", "", "new", "Ümlaut"])
def test_an_unknown_code_stays_plain_text(code: str) -> None:
    status = Row.model_validate({"status": code}).status
    assert status == code
    assert type(status) is str


@pytest.mark.parametrize(("code", "expected"), [(1, Priority.LOW), ("1", Priority.LOW), (0.0, Priority.NONE)])
def test_a_known_number_is_a_member(code: Any, expected: Priority) -> None:
    assert Row(priority=code).priority is expected


def test_an_unknown_number_stays_a_plain_number() -> None:
    priority = Row(priority=7).priority
    assert priority == 7
    assert type(priority) is int


@pytest.mark.parametrize("row", [{"status": 3}, {"status": ["NEW"]}, {"priority": "high"}, {"priority": 1.5}])
def test_a_value_of_another_kind_does_not_fit(row: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Row.model_validate(row)


@pytest.mark.parametrize(
    "wire", ['{"status":"INP"}', '{"status":"INP:A"}', '{"priority":1}', '{"priority":9}', '{"status":null}']
)
def test_any_code_survives_the_round_trip(wire: str) -> None:
    row = Row.model_validate_json(wire)
    assert row.model_dump_json(exclude_unset=True) == wire
    assert Row.model_validate(row.model_dump()) == row
    assert pickle.loads(pickle.dumps(row)) == row  # noqa: S301


def test_python_values_keep_members_and_json_values_are_codes() -> None:
    row = Row(status=Status.NEW, history=[Status.NEW, "CUSTOM"])
    assert row.model_dump()["status"] is Status.NEW
    assert row.model_dump(mode="json")["history"] == ["NEW", "CUSTOM"]
    assert type(row.model_dump(mode="json")["status"]) is str


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_json_schema_lists_the_codes_and_admits_others(mode: Any) -> None:
    schema = TypeAdapter(OpenInt[Priority]).json_schema(mode=mode)
    assert schema == {"anyOf": [{"title": "Priority", "type": "integer", "enum": [0, 1]}, {"type": "integer"}]}
