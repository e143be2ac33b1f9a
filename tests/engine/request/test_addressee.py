"""What is missing is compared with what was addressed: only the row that a call is about is ``NotFound``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest

from tests.support.query_fixture.models.task import Task
from workfront_core.bulk.batch import batch_request
from workfront_core.errors import InvalidRequest, NotFound, PermissionDenied, WorkfrontError
from workfront_core.errors.complaints import failure
from workfront_core.operations import operation
from workfront_core.operations.any_request import free_request
from workfront_core.request.addressee import attributed, custom_name
from workfront_core.request.request import Request

ROW: Final = "5e85e3f10000b99e8cef10af4e5c6c7b"
OTHER: Final = "4c78821c0000d6fa8d5e52f07a1d54d0"


def missing(label: str, key: str, status: int = 404) -> WorkfrontError:
    return failure(f'{label} with primary key value(s) "{key}" not found', status=status)


ADDRESSES_THE_ROW: Final[dict[str, Request[Any]]] = {
    "get": operation.get(Task, ROW),
    "update": operation.update(Task, ROW, {"name": "x"}, custom={"Region": "E"}),
    "delete": operation.delete(Task, ROW),
    "action": operation.action(Task, "move", ROW, {"projectID": OTHER}),
    "by parameter": free_request("PUT", "TASK", {"id": f"{OTHER},{ROW}"}, {"name": "x"}),
    "bulk": free_request("PUT", "TASK", None, [{"ID": OTHER, "name": "a"}, {"ID": ROW, "name": "b"}]),
    "updates": free_request("PUT", "TASK", {"updates": f'[{{"ID":"{ROW}"}}]'}),
    "copy": free_request("POST", "TASK", {"copySourceID": ROW}),
    "upper case": free_request("GET", f"TASK/{ROW.upper()}"),
    "a custom field's own row": free_request("GET", f"PARAM/{ROW}"),
    "batch": batch_request([operation.get(Task, OTHER), operation.delete(Task, ROW)]),
    "a wildcard": free_request("GET", "USER", {"id": "$$USER"}),
}


@pytest.mark.parametrize("name", ["get", "delete", "by parameter", "batch", "a custom field's own row"])
def test_where_a_call_names_nothing_else_its_row_is_what_is_missing(name: str) -> None:
    request = ADDRESSES_THE_ROW[name]
    told = attributed(missing("Task", "0" * 32), replace(request, json=None))
    assert type(told) is NotFound


REFERS_TO_IT: Final[dict[str, tuple[Request[Any], str | None]]] = {
    "create": (free_request("POST", "TASK", None, {"projectID": ROW, "name": "x"}), "projectID"),
    "update": (free_request("PUT", f"TASK/{OTHER}", None, {"parentID": ROW}), "parentID"),
    "nested": (free_request("PUT", f"TASK/{OTHER}", None, {"assignedTo": {"ID": ROW}}), "assignedTo"),
    "listed": (free_request("PUT", f"TASK/{OTHER}", None, {"assignments": [{"assignedToID": ROW}]}), "assignedToID"),
    "bulk": (free_request("POST", "TASK", None, [{"projectID": OTHER}, {"projectID": ROW}]), "projectID"),
    "action": (free_request("PUT", f"TASK/{OTHER}/move", {"projectID": ROW}), "projectID"),
    "list of an action": (free_request("PUT", "TASK/bulkMove", None, {"taskIDs": [OTHER, ROW]}), "taskIDs"),
    "share": (free_request("PUT", f"TASK/{OTHER}/share", {"accessorID": ROW}), "accessorID"),
    "replace": (free_request("PUT", "USER/replace", {"id": OTHER, "replacementID": ROW}), "replacementID"),
    "updates": (free_request("POST", "TASK", {"updates": f'{{"projectID":"{ROW}"}}'}), "projectID"),
    "batch": (batch_request([operation.update(Task, OTHER, {"project": {"ID": ROW}})]), "project"),
    "two places": (free_request("POST", "TASK", None, {"projectID": ROW, "parentID": ROW}), None),
    "nowhere": (free_request("POST", "TASK", None, {"name": "x"}), None),
}


@pytest.mark.parametrize("request_", ADDRESSES_THE_ROW.values(), ids=ADDRESSES_THE_ROW)
@pytest.mark.parametrize("status", [200, 404, 422])
def test_the_row_that_is_addressed_is_not_found(status: int, request_: Request[Any]) -> None:
    for label in ("Task", "Parameter"):
        error = missing(label, ROW, status)
        assert attributed(error, request_) is error
        assert type(error) is NotFound


@pytest.mark.parametrize(("request_", "field"), REFERS_TO_IT.values(), ids=REFERS_TO_IT)
@pytest.mark.parametrize("status", [200, 404, 422])
def test_what_a_value_refers_to_is_an_invalid_request_with_the_field(
    status: int, request_: Request[Any], field: str | None
) -> None:
    error = attributed(missing("Project", ROW, status), request_)
    assert type(error) is InvalidRequest
    assert error.field == field
    assert error.status == status
    assert (field or "refers to") in str(error.hint)


def writes(name: str) -> list[Request[Any]]:
    custom = {name: "x"}
    return [
        operation.update(Task, ROW, {}, custom=custom),
        operation.create(Task, {"name": "x"}, custom=custom),
        free_request("PUT", "TASK", None, [{"ID": ROW, f"DE:{name}": "x"}]),
        free_request("GET", f"TASK/{ROW}", {"fields": f"DE:{name}"}),
        free_request("GET", "TASK/search", {f"DE:{name}": "x"}),
        batch_request([operation.update(Task, ROW, {}, custom=custom)]),
    ]


@pytest.mark.parametrize("name", ["Region", "State Filing Code", "Costs, planned", "Größe"])
@pytest.mark.parametrize("place", range(6))
def test_a_custom_field_that_no_form_has_is_told_as_one(place: int, name: str) -> None:
    error = attributed(missing("Parameter", name), writes(name)[place])
    assert type(error) is InvalidRequest
    assert error.field == f"DE:{name}"
    assert f"custom field {name!r}" in str(error.hint)


@pytest.mark.parametrize(
    ("text", "written", "field"),
    [
        ('For input string: "half"', {"percentComplete": "half"}, "percentComplete"),
        ('Unparseable date: "tomorrow"', {"plannedStartDate": "tomorrow", "name": "x"}, "plannedStartDate"),
        ('Invalid Parameter: Market value "Atlantis"', {"DE:Market": "Atlantis"}, "DE:Market"),
        ("Invalid custom enum value(s) for field 'Status': ['APV']", {"status": "APV"}, "status"),
        ('Parameter with name "X" already exists.', {"name": "X"}, "name"),
        ('For input string: "half"', {"percentComplete": "half", "name": "half"}, None),
        ("anything", {"name": "x"}, None),
    ],
)
def test_a_complaint_about_a_value_names_the_field_that_holds_it(
    text: str, written: dict[str, Any], field: str | None
) -> None:
    error = failure(text, status=422)
    assert attributed(error, free_request("PUT", f"TASK/{ROW}", None, written)) is error
    assert isinstance(error, InvalidRequest)
    assert error.field == field


def test_other_errors_stay_as_they_are() -> None:
    error = PermissionDenied("no")
    assert attributed(error, operation.get(Task, ROW)) is error


@pytest.mark.parametrize("damaged", ["{", "[" * 5000, "5", '"x"'])
def test_values_that_cannot_be_read_do_no_harm(damaged: str) -> None:
    error = missing("Task", ROW)
    told = attributed(error, free_request("PUT", "TASK", {"updates": damaged}))
    assert type(told) is InvalidRequest


@pytest.mark.parametrize(
    ("field", "name"),
    [("DE:Region", "Region"), ("project:DE:A b", "A b"), ("name", None), ("MADE:up", None), ("DE:a:b", "a:b")],
)
def test_the_name_of_a_custom_field_follows_its_mark(field: str, name: str | None) -> None:
    assert custom_name(field) == name
