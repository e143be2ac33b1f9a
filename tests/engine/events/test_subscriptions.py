"""Event subscriptions are managed by both clients: made once, listed whole, ended, and their health is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.support.loopback import Answer, Received, loopback
from workfront_client.v22 import AsyncWorkfront, Issue, Project, Task, Workfront
from workfront_core import ApiKey, Conflict, InvalidRequest, NotFound, PermissionDenied, QueryError, SessionId
from workfront_core.events.requests import ROOT
from workfront_core.events.subscription import Subscription
from workfront_core.query.event_test import was
from workfront_testing import SandboxKit, in_process

_URL = "https://hooks.example.com/workfront"
_TOKEN = "a-token-of-our-own"


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with in_process() as made:
        yield made


@pytest.fixture
def wf(kit: SandboxKit) -> Iterator[Workfront]:
    with kit.client(Workfront) as client:
        yield client


def _ensure(wf: Workfront, **other: Any) -> Subscription:
    options: dict[str, Any] = {"url": _URL, "token": _TOKEN, **other}
    return wf.events.ensure(Task, "UPDATE", **options)


def test_a_subscription_is_made_once(wf: Workfront) -> None:
    first, second = _ensure(wf), _ensure(wf)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.id == second.id
    (listed,) = wf.events.list()
    assert (listed.obj_code, listed.event_type, listed.url, listed.version) == ("TASK", "UPDATE", _URL, "v2")
    assert listed.auth_token == first.auth_token == "****-own"
    assert listed.created_at is not None
    assert wf.events.get(first.id) == listed


@pytest.mark.parametrize(
    "other",
    [
        {"filters": Task.f.status.changed()},
        {"filters": [Task.f.name == "a", (Task.f.status == "x") | was(Task.f.status == "y")]},
        {"object_id": "5ab0c0ffee5ab0c0ffee5ab0c0ffee01"},
        {"url": _URL + "/2"},
    ],
)
def test_a_subscription_that_differs_is_another_one(wf: Workfront, other: dict[str, Any]) -> None:
    assert _ensure(wf).id != _ensure(wf, **other).id
    assert not _ensure(wf, **other).is_new
    assert len(wf.events.list()) == 2


def test_one_with_another_token_is_not_taken_for_the_same(wf: Workfront) -> None:
    old = _ensure(wf)
    with pytest.raises(QueryError, match="another token"):
        _ensure(wf, token="quite-another-token")
    new = _ensure(wf, token="quite-another-token", replace_others=True)
    assert new.id != old.id
    assert [one.id for one in wf.events.list()] == [new.id]


def test_what_the_service_would_refuse_is_refused_before(wf: Workfront, kit: SandboxKit) -> None:
    wrong: list[dict[str, Any]] = [
        {"url": "hooks.example.com"},
        {"url": "ftp://hooks.example.com"},
        {"url": None},
        {"token": ""},
        {"token": "t" * 255},
        {"token": "two words"},
        {"object_id": "a/b"},
        {"filters": Project.f.name == "x"},
    ]
    for values in wrong:
        with pytest.raises(QueryError):
            _ensure(wf, **values)
    with pytest.raises(QueryError, match="RENAME"):
        wf.events.ensure(Task, "RENAME", url=_URL, token=_TOKEN)  # type: ignore[arg-type]
    for condition in (was(Task.f.name == "x"), Task.f.name.changed()):
        with pytest.raises(QueryError, match="CREATE"):
            wf.events.ensure(Task, "CREATE", url=_URL, token=_TOKEN, filters=condition)
    with pytest.raises(QueryError):
        wf.events.delete("../../TASK")
    assert len(kit.log) == 0


def test_all_pages_are_listed() -> None:
    rows = [{"id": f"{number:036}", "objCode": "TASK", "eventType": "UPDATE", "url": _URL} for number in range(5)]

    def answer(asked: Received) -> Answer:
        number = int(dict(asked.query)["page"])
        shown = rows[2 * number - 2 : 2 * number]
        body = {"subscriptions": shown, "meta": {"page": number, "page_count": 3, "limit": 2, "total_count": 5}}
        return Answer(raw=json.dumps(body).encode())

    with loopback(answer) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        assert [one.id for one in wf.events.list()] == [row["id"] for row in rows]
        assert [asked.path for asked in server.asked] == [ROOT] * 3


@pytest.mark.parametrize(
    "document",
    [
        [{"id": "x1", "obj_code": "TASK", "event_type": "UPDATE", "url": _URL, "auth_token": "****"}],
        {"id": "x1", "objCode": "TASK", "eventType": "UPDATE", "url": _URL},
        {"data": [{"id": "x1", "objCode": "TASK", "eventType": "UPDATE", "subscription_url": {"url": _URL}}]},
    ],
)
def test_other_forms_of_the_list_are_read(document: Any) -> None:
    answer = Answer(raw=json.dumps(document).encode())
    with loopback(lambda _: answer) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        (found,) = wf.events.list()
    assert (found.id, found.obj_code, found.event_type, found.url) == ("x1", "TASK", "UPDATE", _URL)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b'{"id":"750a636c","version":"v2"}', {}),
        (b"", {"Location": f"https://acme.my.workfront.com{ROOT}/750a636c"}),
        (b"", {"Location": f"{ROOT}/750a636c/"}),
    ],
)
def test_the_id_is_taken_from_the_body_or_else_from_the_location(body: bytes, headers: Mapping[str, str]) -> None:
    answers = [Answer(raw=b'{"subscriptions":[]}'), Answer(raw=body, status=201, headers=headers)]
    with loopback(lambda _: answers.pop(0)) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        assert _ensure(wf).id == "750a636c"
        assert server.last.path == ROOT
        assert server.last.headers["apikey"] == "k"
        assert server.last.json == {"objCode": "TASK", "eventType": "UPDATE", "url": _URL, "authToken": _TOKEN}


def test_one_made_by_somebody_else_meanwhile_is_found(kit: SandboxKit, wf: Workfront) -> None:
    other = _ensure(wf)
    row: dict[str, Any] = kit.sandbox.subscriptions.rows[other.id]
    lists = iter([b'{"subscriptions":[]}', json.dumps({"subscriptions": [row]}).encode()])

    def answer(asked: Received) -> Answer:
        if asked.method == "POST":
            return Answer(raw=b'{"error":{"message":"The subscription exists already"}}', status=409)
        return Answer(raw=next(lists))

    with loopback(answer) as server, Workfront(server.url, auth=ApiKey("k")) as late:
        found = _ensure(late)
    assert (found.id, found.is_new) == (other.id, False)


def test_a_second_one_is_a_conflict_where_one_is_created(wf: Workfront) -> None:
    wf.events.create(Task, "DELETE", url=_URL, token=_TOKEN)
    with pytest.raises(Conflict):
        wf.events.create(Task, "DELETE", url=_URL, token=_TOKEN)


def test_subscriptions_are_ended(wf: Workfront) -> None:
    one, other = _ensure(wf), _ensure(wf, url=_URL + "/2")
    wf.events.delete(one)
    wf.events.delete(other.id)
    assert wf.events.list() == []
    with pytest.raises(NotFound):
        wf.events.delete(one)
    with pytest.raises(NotFound):
        wf.events.get(one.id)


def test_versions_change_one_by_one_several_at_once_and_all(wf: Workfront) -> None:
    one, other = _ensure(wf), _ensure(wf, url=_URL + "/2")
    assert _ensure(wf, version="v1").version == "v1"
    assert wf.events.get(one.id).version == "v1"
    assert wf.events.set_version("v2", [one, other.id]) == [one.id, other.id]
    assert sorted(wf.events.set_version("v1")) == sorted([one.id, other.id])
    assert {found.version for found in wf.events.list()} == {"v1"}
    assert wf.events.set_version("v1", []) == []
    with pytest.raises(QueryError, match="list"):
        wf.events.set_version("v1", one.id)
    with pytest.raises(QueryError, match="v3"):
        wf.events.set_version("v3")  # type: ignore[arg-type]


def test_those_whose_messages_do_not_arrive_are_told_the_worst_first(kit: SandboxKit, wf: Workfront) -> None:
    at = "2026-03-01T15:56:14.169489"
    fares: list[dict[str, Any]] = [
        {"successes": 9, "failures": 1},
        {"successes": 1, "failures": 9},
        {"successes": 0, "failures": 2000, "disabled_at": at},
        {"successes": 0, "failures": 50_001, "disabled_at": at, "frozen_at": at},
    ]
    for number, health in enumerate(fares):
        kit.sandbox.subscriptions.insert({"id": f"s{number}", "url": _URL, "subscription_url": health})
    ill = wf.events.health()
    assert [(one.id, one.health.state) for one in ill] == [("s3", "frozen"), ("s2", "disabled"), ("s1", "failing")]
    assert ill[1].health.disabled_at is not None
    assert ill[1].health.disabled_at.isoformat() == "2026-03-01T15:56:14.169489+00:00"


def test_only_administrators_may(kit: SandboxKit) -> None:
    kit.sandbox.insert("USER", [{"ID": "5ab0c0ffee5ab0c0ffee5ab0c0ffee77", "name": "Liv"}])
    kit.sandbox.accounts.issue("5ab0c0ffee5ab0c0ffee5ab0c0ffee77", "liv")
    with kit.client(Workfront, auth=SessionId("liv")) as wf, pytest.raises(PermissionDenied):
        wf.events.list()


def test_a_dry_run_plans_and_shows_no_token(wf: Workfront) -> None:
    with wf.dry_run() as dry:
        assert dry.events.ensure(Issue, "CREATE", url=_URL, token=_TOKEN).is_new
        dry.events.delete("750a636c-5628-48f5-ba26-26b7ce537ac2")
    assert [request.method for request in dry.planned] == ["POST", "DELETE"]
    assert _TOKEN not in repr(dry.planned)
    assert wf.events.list() == []


def test_a_service_that_refuses_is_heard() -> None:
    refusal = Answer(raw=b'{"error":{"message":"filters are wrong"}}', status=400)
    with (
        loopback(lambda _: refusal) as server,
        Workfront(server.url, auth=ApiKey("k")) as wf,
        pytest.raises(InvalidRequest, match="filters are wrong"),
    ):
        wf.events.create(Task, "UPDATE", url=_URL, token=_TOKEN)


async def _with_the_asynchronous_client(kit: SandboxKit) -> None:
    async with kit.client(AsyncWorkfront) as wf:
        first = await wf.events.ensure(Task, "UPDATE", url=_URL, token=_TOKEN, filters=Task.f.status.changed())
        assert [one.id for one in await wf.events.list()] == [first.id]
        assert (await wf.events.get(first.id)).filters[0] == {
            "fieldName": "status",
            "fieldValue": "",
            "comparison": "changed",
        }
        assert await wf.events.health() == []
        await wf.events.delete(first)
        assert await wf.events.list() == []


def test_the_asynchronous_client_does_the_same(kit: SandboxKit) -> None:
    import asyncio

    asyncio.run(_with_the_asynchronous_client(kit))
