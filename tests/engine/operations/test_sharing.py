"""Sharing, members of collections, actions in both forms, and objects nobody described."""

from __future__ import annotations

import asyncio
import inspect
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.query_fixture.enums import Priority
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.models.user import User
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.row_server import Rows, serving
from workfront_core.auth import ApiKey
from workfront_core.errors import NotFound, QueryError
from workfront_core.interface.reserved_names import RESERVED_SERVICE_NAMES
from workfront_core.operations import operation, sharing
from workfront_core.operations.access_rules import AccessGrant, AccessorKind, CoreAction
from workfront_core.query.custom_field import custom
from workfront_core.request.request import Request
from workfront_core.services._async import bulk as async_bulk
from workfront_core.services._async import public_sharing as async_public_sharing
from workfront_core.services._async import sharing as async_sharing
from workfront_core.services._sync import bulk as sync_bulk
from workfront_core.services._sync import public_sharing as sync_public_sharing
from workfront_core.services._sync import sharing as sync_sharing

ID = "4c78821c0000d6fa8d5e52f07a1d54d0"
ANA = "5a010000000000000000000000000002"
A, B = ("a" * 32, "b" * 32)
RULE = AccessGrant(ANA, AccessorKind.USER, CoreAction.VIEW)


def line(request: Request[Any]) -> str:
    call = request.call("")
    return f"{call.method} {call.url}"


def test_a_rule_is_added_to_one_object_or_to_several() -> None:
    pair = f"accessorID={ANA}&accessorObjCode=USER"
    assert line(sharing.share(Task, ID, RULE)) == f"PUT TASK/{ID}/share?{pair}&coreAction=VIEW"
    assert line(sharing.share(Task, [A, B], RULE)) == f"PUT TASK/share?id={A},{B}&{pair}&coreAction=VIEW"
    assert line(sharing.unshare(Task, ID, ANA, AccessorKind.USER)) == f"PUT TASK/{ID}/unshare?{pair}"
    assert line(sharing.unshare(Task, [A], ANA, AccessorKind.USER)) == f"PUT TASK/unshare?id={A}&{pair}"


def test_everybody_may_be_let_in_and_shut_out() -> None:
    assert line(sharing.share_public(Task, ID, CoreAction.EDIT)) == f"PUT TASK/{ID}/sharePublic?coreAction=EDIT"
    assert line(sharing.unshare_public(Task, [A, B])) == f"PUT TASK/unsharePublic?id={A},{B}"


def test_forbidden_actions_are_a_list_and_travel_in_the_body() -> None:
    rule = AccessGrant(ANA, AccessorKind.TEAM, CoreAction.EDIT, ("SHARE", "DELETE"))
    request = sharing.share(Task, ID, rule)
    assert (line(request), request.json) == (f"PUT TASK/{ID}/share", rule.to_wire())
    assert rule.to_wire() == {
        "accessorID": ANA,
        "accessorObjCode": "TEAMOB",
        "coreAction": "EDIT",
        "forbiddenActions": ["SHARE", "DELETE"],
    }


def test_services_share_with_both_clients() -> None:
    done: list[tuple[str, Any]] = []
    verbs = ("share", "unshare", "sharePublic", "unsharePublic")
    shared = Rows({ID: {"ID": ID}}, actions={})

    def answering(verb: str) -> Any:
        return lambda given: done.append((verb, given.get("coreAction")))

    shared.actions = {verb: answering(verb) for verb in verbs}
    shared_answer = shared.result
    shared.result = lambda *call: shared_answer(*call) and {"success": True}  # type: ignore[method-assign]

    async def run(url: str) -> None:
        async with AsyncWorkfront(url, auth=ApiKey("k")) as client:
            await client.task.share(ID, RULE)
            await client.task.unshare([ID], ANA, AccessorKind.USER)
            await client.task.share_public(ID)
            await client.task.unshare_public(ID)

    with serving(shared) as server:
        with Workfront(server.url, auth=ApiKey("k")) as wf:
            wf.task.share(ID, RULE)
            wf.task.unshare([ID], ANA, AccessorKind.USER)
            wf.task.share_public(ID)
            wf.task.unshare_public(ID)
        asyncio.run(run(server.url))
    assert done == [("share", "VIEW"), ("unshare", None), ("sharePublic", "VIEW"), ("unsharePublic", None)] * 2


@pytest.mark.parametrize(
    ("misuse", "message"),
    [
        (lambda: AccessGrant("", AccessorKind.USER, CoreAction.VIEW), "ID is empty"),
        (lambda: AccessGrant(ANA, "TASK", CoreAction.VIEW), r"'TASK'.*\n.*USER, TEAMOB, GROUP, ROLE, CMPY"),  # type: ignore[arg-type]
        (
            lambda: AccessGrant(ANA, AccessorKind.USER, "WRITE"),  # type: ignore[arg-type]
            r"not a core action.*\n.*VIEW, LIMITED_EDIT, EDIT, DELETE",
        ),
        (lambda: AccessGrant(ANA, AccessorKind.USER, CoreAction.VIEW, "SHARE"), r"list of texts"),  # type: ignore[arg-type]
        (lambda: sharing.share(Task, [], RULE), "At least one ID"),
        (lambda: sharing.share(Task, "", RULE), "ID is empty"),
        (lambda: sharing.unshare(Task, ID, "", AccessorKind.USER), "ID is empty"),
        (lambda: sharing.share_public(Task, ID, "ALL"), "not a core action"),  # type: ignore[arg-type]
    ],
)
def test_rules_that_mean_nothing_are_refused(misuse: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        misuse()


def with_approvers() -> Rows:
    approvers = [
        {"ID": "a1", "name": "Ana", "firstName": "Ana", "username": None},
        {"ID": "b2", "name": "Bo", "firstName": "Bo"},
    ]
    return Rows({ID: {"ID": ID, "name": "t", "approvers": approvers}})


def test_a_member_is_added_and_the_others_keep_what_they_have() -> None:
    rows = with_approvers()
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        members = wf.task.members(Task.f.approvers, ID)
        assert [row["name"] for row in members.present()] == ["Ana", "Bo"]
        ids = members.add({"first_name": "Cy"}, User(name="Di"))
    assert len(ids) == 4
    assert server.last.json == {
        "approvers": [
            {"ID": "a1", "name": "Ana", "firstName": "Ana"},
            {"ID": "b2", "name": "Bo", "firstName": "Bo"},
            {"firstName": "Cy"},
            {"name": "Di"},
        ]
    }
    assert [row["ID"] for row in rows.rows[ID]["approvers"]] == ids
    assert [call.method for call in server.asked] == ["GET", "GET", "PUT"]
    assert server.asked[0].query == [("fields", "approvers:ID,approvers:*")]


def test_a_member_is_removed_and_the_others_stay() -> None:
    rows = with_approvers()
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        members = wf.task.members(Task.f.approvers, ID)
        assert members.remove("a1") == ["b2"]
        with pytest.raises(NotFound, match=r"has no member a1.*\n.*Nothing was changed"):
            members.remove("a1", "b2")
        assert members.remove("b2") == []
    assert rows.rows[ID]["approvers"] == []
    assert rows.writes == 2
    assert server.asked


def test_members_are_changed_by_the_asynchronous_client_too() -> None:
    rows = with_approvers()

    async def run(url: str) -> list[Any]:
        async with AsyncWorkfront(url, auth=ApiKey("k")) as wf:
            members = wf.task.members(Task.f.approvers, ID, fields=["name"])
            await members.add({"name": "Cy"})
            return [row["ID"] for row in await members.present()] + [await members.remove("a1", "b2")]

    with serving(rows) as server:
        *ids, left = asyncio.run(run(server.url))
    assert (ids[:2], left) == (["a1", "b2"], ids[2:])
    assert server.asked[0].query == [("fields", "approvers:ID,approvers:name")]


def test_an_id_put_together_by_the_server_is_left_to_it() -> None:
    rows = Rows({ID: {"ID": ID, "approvers": [{"ID": f"{ID}_{ANA}", "name": "x"}]}})
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        wf.task.members(Task.f.approvers, ID).add({"name": "y"})
    assert server.last.json == {"approvers": [{"name": "x"}, {"name": "y"}]}


def test_what_has_no_members_is_refused_before_anything_is_sent() -> None:
    with serving(Rows()) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        for path in (Task.f.assigned_to, Task.f.project.tasks, Task.f.name, Task.f):
            with pytest.raises(QueryError, match="is not a collection of Task"):
                wf.task.members(path, ID)
        members = wf.task.members(Task.f.approvers, ID)
        with pytest.raises(QueryError, match="needs at least one member"):
            members.add()
        with pytest.raises(QueryError, match=r"not str.*\n.*\"id\""):
            members.add("a1")  # type: ignore[arg-type]
        with pytest.raises(QueryError, match="no field 'frist_name'"):
            members.add({"frist_name": "x"})
        with pytest.raises(QueryError, match="ID of at least one"):
            members.remove()
    assert server.asked == []


def test_an_action_is_named_in_the_path_or_by_a_parameter() -> None:
    given = {"projectID": "p"}
    assert line(operation.action(Task, "move", ID, given)) == f"PUT TASK/{ID}/move?projectID=p"
    assert line(operation.action(Task, "move", ID, given, form="parameter")) == f"PUT TASK/{ID}?action=move&projectID=p"
    assert line(operation.action(Task, "wake", None, {})) == "PUT TASK/wake"
    assert line(operation.action(Task, "wake", None, {}, form="parameter")) == "PUT TASK?action=wake"
    listed = operation.action(Task, "bulkCopy", None, {"taskIDs": ["a"]}, form="parameter")
    assert (line(listed), listed.json) == ("PUT TASK?action=bulkCopy", {"taskIDs": ["a"]})


def test_arguments_have_the_forms_of_the_wire() -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    flat = {"at": at, "day": date(2026, 3, 1), "hours": Decimal("1.50"), "priority": Priority.HIGH, "force": True}
    assert line(operation.action(Task, "x", None, flat)) == (
        "PUT TASK/x?at=2026-03-01T12:00:00:000%2B0000&day=2026-03-01&hours=1.50&priority=3&force=true"
    )
    deep = operation.action(Task, "x", None, {**flat, "users": [User(first_name="Ana")], "empty": []})
    assert deep.json == {
        "at": "2026-03-01T12:00:00:000+0000",
        "day": "2026-03-01",
        "hours": 1.5,
        "priority": 3,
        "force": True,
        "users": [{"firstName": "Ana"}],
        "empty": [],
    }


@pytest.mark.parametrize("name", ["", "search", "share", "replace", "a/b", "a b", "move?x=1", ID, "../x", "move-it"])
def test_what_is_no_action_is_refused(name: str) -> None:
    with pytest.raises(QueryError, match=r"is not (an action|the name of an action)"):
        operation.action(Task, name, ID, {})


def test_any_action_of_any_object_can_be_called_by_its_code_and_name() -> None:
    rows = Rows({ID: {"ID": ID}}, actions={"assignTo": lambda given: given["userIDs"]})

    async def run(url: str) -> Any:
        async with AsyncWorkfront(url, auth=ApiKey("k")) as client:
            return await client.by_code("TASK").action("assignTo", ID, {"userIDs": ["b"]})

    with serving(rows) as server:
        with Workfront(server.url, auth=ApiKey("k")) as wf:
            assert wf.by_code("task").action("assignTo", ID, {"userIDs": ["a"], "roleID": None}) == ["a"]
            assert server.last.json == {"userIDs": ["a"]}
        assert asyncio.run(run(server.url)) == ["b"]


def test_objects_nobody_described_are_read_and_written_by_wire_name() -> None:
    rows = Rows(actions={"poke": lambda given: given["force"]})
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        things = wf.untyped("thing")
        new = things.create({"someName": "x", "dueDate": date(2026, 1, 2)}, fields=["someName"])
        assert (new.id, new["someName"]) == (next(iter(rows.rows)), "x")
        assert server.last.target.endswith("/THING?fields=someName")
        assert things.get(new.id)["dueDate"] == "2026-01-02"
        assert things.update(new.id, {"someName": None})["someName"] is None
        assert things.create_many([{"a": 1}, {"a": 2}]).done_count == 2
        assert things.action("poke", new.id, {"force": True}) == "true"
        things.delete(new.id)
        request = operation.search(things.model, [custom("Region") == "N"], fields=["someName"])
    assert line(request).startswith("GET THING/search?DE:Region=N&fields=someName&ID_Sort=asc")
    with pytest.raises(QueryError, match="is not an objCode"):
        wf.untyped("no/thing")


def test_the_mixins_use_no_name_outside_the_reserved_ones() -> None:
    mixins = [
        kind
        for module in (async_bulk, async_sharing, async_public_sharing, sync_bulk, sync_sharing, sync_public_sharing)
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if kind.__module__ == module.__name__
    ]
    public = {name for kind in mixins for name in vars(kind) if not name.startswith("_")}
    assert public == {
        *("create_many", "update_many", "delete_many", "members"),
        *("share", "unshare", "share_public", "unshare_public"),
    }
    assert public <= RESERVED_SERVICE_NAMES


def test_an_object_nobody_described_has_one_class_of_rows() -> None:
    with Workfront("https://acme.example", auth=ApiKey("k")) as wf:
        assert wf.untyped("thing").model is wf.untyped("THING").model
        assert wf.untyped("THING").model is not wf.untyped("OTHER").model
