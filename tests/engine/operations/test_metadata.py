"""What the API says of itself, as typed documents, over a real connection."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from tests.support.loopback import Answer, Loopback, Received, loopback
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from workfront_core.auth import ApiKey
from workfront_core.errors import ProtocolError
from workfront_core.operations.metadata import object_metadata

TASK = {
    "name": "Task",
    "objCode": "TASK",
    "label": "Task",
    "flags": ["REPORTABLE", "DATA_EXTENDIBLE"],
    "url": None,
    "fields": {
        "priority": {
            "label": "Priority",
            "fieldType": "int",
            "typeObjCode": None,
            "flags": ["RESTRICTABLE"],
            "possibleValues": [{"label": "None", "value": 0}, {"label": "High", "value": 3}],
        },
        "status": {
            "fieldType": "string",
            "enumType": "TaskStatus",
            "possibleValues": [{"label": "New", "value": "NEW"}],
        },
        "somethingNew": {"fieldType": None, "novelty": {"unknown": True}},
    },
    "references": {"assignedTo": {"label": "Assigned To", "fieldType": "User", "typeObjCode": "USER"}},
    "collections": {"assignments": {"fieldType": "Assignment", "typeObjCode": "ASSGN"}},
    "search": {"nameKey": {"label": "Name Key"}},
    "custom": {"Region": {"type": "string", "categories": [{"ID": "5d80", "name": "Sites", "objCode": "CTGY"}]}},
    "actions": {"move": {"label": "Move", "flags": [], "arguments": [{"name": "options", "type": "string[]"}]}},
    "queries": {"myTasks": {"label": "mine", "resultType": "Task[]"}},
    "operations": ["add", "get", "search"],
}
INDEX = {
    "objects": {
        "Task": {"name": "Task", "label": "Task", "objCode": "TASK", "url": "/TASK"},
        "NonWorkDay": {"name": "NonWorkDay", "objCode": "NONWKD", "secondaryObject": True},
    }
}


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    def answer(asked: Received) -> Answer:
        if asked.path.endswith("/TASK/metadata"):
            return Answer({part: TASK[part] for part in dict(asked.query).get("fields", ",".join(TASK)).split(",")})
        return Answer(INDEX if asked.path.endswith("/v22.0/metadata") else ["nothing"])

    with loopback(answer) as running:
        yield running


def test_an_object_tells_its_members_actions_and_queries(server: Loopback) -> None:
    with Workfront(server.url, auth=ApiKey("k")) as wf:
        task = wf.task.metadata()
    assert (task.name, task.obj_code, task.url) == ("Task", "TASK", None)
    assert task.fields["priority"].field_type == "int"
    assert [value.value for value in task.fields["priority"].possible_values] == [0, 3]
    assert task.fields["status"].possible_values[0].value == "NEW"
    assert task.references["assignedTo"].type_obj_code == "USER"
    assert task.collections["assignments"].field_type == "Assignment"
    assert task.search["nameKey"].label == "Name Key"
    assert task.actions["move"].arguments[0].type == "string[]"
    assert task.queries["myTasks"].result_type == "Task[]"
    assert task.operations == ("add", "get", "search")


def test_the_tenants_custom_fields_are_among_it(server: Loopback) -> None:
    with Workfront(server.url, auth=ApiKey("k")) as wf:
        custom = wf.task.metadata().custom
    assert list(custom) == ["Region"]
    assert [(form.id, form.name) for form in custom["Region"].categories] == [("5d80", "Sites")]


def test_parts_can_be_asked_for_alone(server: Loopback) -> None:
    with Workfront(server.url, auth=ApiKey("k")) as wf:
        task = wf.task.metadata(fields=["custom", "operations"])
    assert server.last.query == [("fields", "custom,operations")]
    assert list(task.custom) == ["Region"]
    assert task.fields == {}


def test_the_index_lists_objects_by_code(server: Loopback) -> None:
    with Workfront(server.url, auth=ApiKey("k")) as wf:
        index = wf.metadata()
    assert list(index) == ["TASK", "NONWKD"]
    assert index["TASK"].url == "/TASK"
    assert index["NONWKD"].secondary_object
    assert not index["TASK"].secondary_object


def test_documents_cannot_be_changed(server: Loopback) -> None:
    with Workfront(server.url, auth=ApiKey("k")) as wf:
        task = wf.task.metadata()
    with pytest.raises(ValidationError, match="frozen"):
        task.name = "x"


def test_an_answer_of_another_shape_is_a_protocol_error(server: Loopback) -> None:
    with Workfront(server.url, auth=ApiKey("k")) as wf, pytest.raises(ProtocolError, match="not metadata"):
        wf.hour.metadata()


@pytest.mark.parametrize("data", [{}, {"success": True}, {"ID": "5a02", "name": "x"}, {**TASK, "objCode": "PROJ"}])
def test_the_answer_of_another_call_is_no_metadata(data: object) -> None:
    with pytest.raises(ProtocolError, match="etadata of TASK"):
        object_metadata("TASK").parse(data)
    assert object_metadata("TASK").parse(TASK).name == "Task"


def test_a_part_that_was_asked_for_may_be_missing() -> None:
    assert object_metadata("TASK", ["custom"]).parse({}).custom == {}
    with pytest.raises(ProtocolError):
        object_metadata("TASK", ["custom"]).parse({"success": True})


def test_the_async_client_reads_the_same(server: Loopback) -> None:
    async def run() -> None:
        async with AsyncWorkfront(server.url, auth=ApiKey("k")) as wf:
            assert list((await wf.task.metadata()).custom) == ["Region"]
            assert "TASK" in await wf.metadata()

    asyncio.run(run())
