"""What an error about a name says: names that exist, never the refused one, and what to do where there is none near."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import pytest

from tests.support.fault_host import fault_host, refusal
from workfront_client.v22 import Workfront
from workfront_core.auth import ApiKey
from workfront_core.errors import InvalidRequest, QueryError

Job: TypeAlias = Callable[[Workfront], object]
ID: Final = "5e85e3f10000b99e8cef10af4e5c6c7b"


def refused(text: str, call: Job) -> InvalidRequest:
    """Returns the error of a call that the server refuses in these words."""
    with fault_host(lambda *_: refusal(422, text)) as host, Workfront(host.url, auth=ApiKey("key-1")) as wf:
        with pytest.raises(InvalidRequest) as raised:
            call(wf)
        return raised.value


def test_a_field_that_does_not_exist_is_answered_with_those_near_it() -> None:
    error = refused(
        "APIModel V22_0 does not support field nmae (Task)", lambda wf: wf.request("PUT", f"TASK/{ID}", {"nmae": "x"})
    )
    assert error.suggestions[0] == "name"
    assert str(error.hint).startswith("Did you mean name")


@pytest.mark.parametrize("field", ["name", "plannedStartDate", "assignedToID"])
def test_a_field_this_package_knows_is_no_slip_of_the_pen(field: str) -> None:
    error = refused(f"APIModel V22_0 does not support field {field} (Task)", lambda wf: wf.task.get(ID, fields=[field]))
    assert error.field == field
    assert error.suggestions == ()
    assert "package and server differ" in str(error.hint)
    assert "Did you mean" not in str(error.hint)


def test_an_object_type_that_does_not_exist_is_answered_with_those_near_it() -> None:
    error = refused("Unknown object type: TSK", lambda wf: wf.request("GET", "TSK/search"))
    assert "TASK" in error.suggestions
    assert "TSK" not in error.suggestions


@pytest.mark.parametrize("code", ["TASK", "task", "PROJ"])
def test_an_object_type_this_package_knows_is_not_suggested_to_itself(code: str) -> None:
    error = refused(f"Unknown object type: {code}", lambda wf: wf.request("GET", f"{code}/search"))
    assert error.suggestions == ()
    assert "package and server differ" in str(error.hint)


@pytest.mark.parametrize("above", ["attask/api/v22.0", "attask", "api/v22.0", "API", "v22.0", "v22"])
def test_a_path_from_the_root_on_is_answered_with_what_to_write(above: str) -> None:
    wrong = above.partition("/")[0]
    error = refused(f"Unknown object type: {wrong}", lambda wf: wf.request("GET", f"/{above}/PROJ/search"))
    assert error.suggestions == ()
    assert error.hint == "Write the path below the API root: PROJ/search."


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("attask/api-internal/PROJ/search", 'wf.with_options(api="internal")'),
        ("/api-unsupported/PROJ/search", 'wf.with_options(api="unsupported")'),
        ("/attask/eventsubscription/api/v1/subscriptions", "wf.events"),
    ],
)
def test_a_path_of_another_api_is_answered_with_the_way_to_it(path: str, way: str) -> None:
    wrong = path.strip("/").partition("/")[0]
    error = refused(f"Unknown object type: {wrong}", lambda wf: wf.request("GET", path))
    assert error.suggestions == ()
    assert way in str(error.hint)


WITHOUT_REGION: Final[list[tuple[str, Job]]] = [
    (
        "APIModel V22_0 does not support field DE:Region (Project)",
        lambda wf: wf.project.get(ID, fields=["DE:Region"]),
    ),
    ('Parameter with primary key value(s) "Region" not found', lambda wf: wf.project.get(ID, fields=["DE:Region"])),
    ('Parameter with primary key value(s) "Region" not found', lambda wf: wf.project.update(ID, custom={"Region": 1})),
    ("no such field: 'DE:Region'", lambda wf: wf.project.search(fields=["DE:Region"]).to_list()),
]


@pytest.mark.parametrize(("text", "call"), WITHOUT_REGION)
def test_a_custom_field_that_no_form_has_is_told_where_those_there_are_stand(text: str, call: Job) -> None:
    error = refused(text, call)
    assert error.field == "DE:Region"
    assert error.suggestions == ()
    told = "No form of this customer has a custom field 'Region'; wf.project.metadata().custom lists them."
    assert error.hint == told


def test_a_reference_of_a_custom_field_to_nothing_is_not_told_as_a_missing_field() -> None:
    said = 'DE:Lead: User with primary key value(s) "Ann" not found'
    error = refused(said, lambda wf: wf.project.update(ID, custom={"Lead": "Ann"}))
    assert error.field == "DE:Lead"
    assert error.hint == "DE:Lead refers to User 'Ann': is that ID of this environment?"


def test_a_value_a_custom_field_does_not_take_is_not_told_as_a_missing_field() -> None:
    error = refused(
        'Invalid Parameter: Market value "Atlantis"', lambda wf: wf.project.update(ID, custom={"Market": "Atlantis"})
    )
    assert error.field == "DE:Market"
    assert "options of the custom field" in str(error.hint)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("ISSUE", "OPTASK (wf.issue)"), ("project", "PROJ (wf.project)"), ("TSK", "TASK (wf.task)")],
)
def test_an_obj_code_without_a_service_is_answered_with_the_code_and_its_service(wrong: str, right: str) -> None:
    with Workfront("https://acme.my.workfront.com", auth=ApiKey("key-1")) as wf, pytest.raises(QueryError) as raised:
        wf.by_code(wrong)
    assert right in str(raised.value.hint)
