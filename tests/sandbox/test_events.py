"""Event subscriptions: managed, filtered, delivered, tried again."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.asking import BAKERY, FIRE, LIV, OVEN, PAINT, Asker
from tests.support.loopback import Answer, loopback
from workfront_sandbox import Sandbox
from workfront_sandbox.events.delivery import post, retry_delay
from workfront_sandbox.events.event_filter import matches

_ROOT = "/attask/eventsubscription/api/v1/subscriptions"
_HOOK = {"objCode": "TASK", "eventType": "UPDATE", "url": "https://hook.test/wf", "authToken": "bearer-of-news"}


class Hook:
    """Takes events, and answers with the statuses it is told."""

    def __init__(self) -> None:
        self.statuses: list[int | None] = []
        self.events: list[dict[str, Any]] = []
        self.headers: list[Mapping[str, str]] = []

    def __call__(self, _url: str, headers: Mapping[str, str], body: bytes) -> int | None:
        self.events.append(json.loads(body))
        self.headers.append(headers)
        return self.statuses.pop(0) if self.statuses else 200


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
def ask(hook: Hook) -> Asker:
    return Asker(Sandbox(BAKERY, send=hook))


def manage(ask: Asker, method: str, path: str = "", query: Any = None, **rest: Any) -> tuple[int, Any]:
    reply = ask.reply(method, _ROOT + path, query, **rest)
    return reply.status, json.loads(reply.body) if reply.body else None


def subscribe(ask: Asker, **values: Any) -> str:
    """Subscribes to tasks, of which none follows another: the dates of a parent would change with those below it."""
    (fire,) = ask.sandbox.tenant.store.many("TASK", [FIRE])
    ask.sandbox.tenant.store.update("TASK", {**fire, "parentID": None})
    status, body = manage(ask, "POST", json_body={**_HOOK, **values})
    assert status == 201, body
    return str(body["id"])


def test_a_subscription_is_made_shown_listed_and_deleted(ask: Asker) -> None:
    reply = ask.reply("POST", _ROOT, json_body=_HOOK)
    one = json.loads(reply.body)["id"]
    assert reply.headers["location"].endswith(f"/{one}")
    assert manage(ask, "POST", json_body=_HOOK)[0] == 409
    shown = manage(ask, "GET", f"/{one}")[1]
    assert (shown["objCode"], shown["authToken"]) == ("TASK", "****news")
    listed = manage(ask, "GET", query={"page": 1, "limit": 10})[1]
    assert listed["meta"] == {"page": 1, "page_count": 1, "limit": 10, "total_count": 1}
    assert manage(ask, "GET", "/list")[1][0]["obj_code"] == "TASK"
    assert manage(ask, "DELETE", f"/{one}") == (200, None)
    assert manage(ask, "DELETE", f"/{one}")[0] == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "hook.test"},
        {"url": "http://[broken"},
        {"colour": "red"},
        {"eventType": "RENAME"},
        {"objCode": "GIZMO"},
        {"authToken": ""},
        {"authToken": "t" * 255},
        {"filters": {"fieldName": "name"}},
        {"filters": [{"fieldName": "name", "comparison": "resembles"}]},
        {"filters": [{"type": "group", "filters": [{"fieldName": "name"}]}]},
        {"eventType": "CREATE", "filters": [{"fieldName": "name", "state": "oldState"}]},
        {"filterConnector": "XOR"},
    ],
)
def test_a_wrong_subscription_is_refused(ask: Asker, wrong: dict[str, Any]) -> None:
    assert manage(ask, "POST", json_body={**_HOOK, **wrong})[0] == 400


def test_only_administrators_manage_subscriptions(ask: Asker) -> None:
    ask.sandbox.accounts.issue(LIV, "liv")
    assert manage(ask, "GET", headers={"sessionid": "liv"})[0] == 403
    assert manage(ask, "GET", headers={"sessionid": ""})[0] == 401


def test_a_change_is_told_with_what_was_and_what_is(ask: Asker, hook: Hook) -> None:
    one = subscribe(ask)
    ask("PUT", f"TASK/{FIRE}", json_body={"status": "INP", "DE:Heat": ["hot"]})
    assert ask.sandbox.deliver() == 1
    (event,) = hook.events
    assert hook.headers[0]["authorization"] == "Bearer bearer-of-news"
    assert (event["eventType"], event["subscriptionId"]) == ("UPDATE", one)
    assert event["eventTime"] == {"epochSecond": 1810108800, "nano": 0}
    assert (event["oldState"]["status"], event["newState"]["status"]) == ("NEW", "INP")
    assert event["newState"]["lastUpdateDate"] == "2027-05-12T10:00:00.000+0200"
    assert event["newState"]["parameterValues"] == {"DE:Heat": ["hot"]}
    assert ask.sandbox.deliver() == 0


def test_rows_that_come_or_go_have_one_empty_state(ask: Asker, hook: Hook) -> None:
    subscribe(ask, eventType="CREATE", objCode="proj")
    subscribe(ask, eventType="DELETE", objCode="PROJ", base64Encoding="true")
    ask("POST", "PROJ", json_body={"name": "Cellar"})
    ask("DELETE", f"PROJ/{OVEN}")
    ask.sandbox.deliver()
    created, deleted = hook.events
    assert (created["oldState"], created["newState"]["name"]) == ({}, "Cellar")
    assert json.loads(b64decode(deleted["newState"])) == {}
    assert json.loads(b64decode(deleted["oldState"]))["name"] == "New oven"


def test_an_old_subscription_writes_a_single_choice_as_text(ask: Asker, hook: Hook) -> None:
    one = subscribe(ask, version="v1")
    ask("PUT", f"TASK/{FIRE}", json_body={"DE:Heat": ["hot"]})
    assert manage(ask, "PUT", f"/{one}/version", json_body={"version": "v2"})[1] == {"id": one, "version": "v2"}
    ask("PUT", f"TASK/{FIRE}", json_body={"DE:Heat": ["warm"]})
    ask.sandbox.deliver()
    assert [event["newState"]["parameterValues"]["DE:Heat"] for event in hook.events] == ["hot", ["warm"]]


def test_a_subscription_may_be_to_one_row_or_to_what_filters_let_through(ask: Asker) -> None:
    subscribe(ask, objId=PAINT)
    subscribe(ask, filters=[{"fieldName": "status", "comparison": "changed"}])
    ask("PUT", f"TASK/{FIRE}", json_body={"name": "Fire!"})
    assert ask.sandbox.deliver() == 0
    ask("PUT", f"TASK/{FIRE}", json_body={"status": "INP"})
    ask("PUT", f"TASK/{PAINT}", json_body={"name": "Paint!"})
    assert ask.sandbox.deliver() == 2


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ({"fieldName": "name", "fieldValue": "rye", "comparison": "eq"}, True),
        ({"fieldName": "name", "fieldValue": "Rye", "comparison": "eq"}, False),
        ({"fieldName": "name", "fieldValue": "oat", "comparison": "eq", "state": "oldState"}, True),
        ({"fieldName": "weight", "fieldValue": "9", "comparison": "gt"}, True),
        ({"fieldName": "weight", "fieldValue": 10, "comparison": "lte"}, True),
        ({"fieldName": "baked", "fieldValue": "2027-05-01T00:00:00.000+0200", "comparison": "lt"}, False),
        ({"fieldName": "baked", "fieldValue": "2027-05-11T22:00:00.000Z", "comparison": "gte"}, True),
        ({"fieldName": "kinds", "fieldValue": "dark", "comparison": "contains"}, True),
        ({"fieldName": "kinds", "fieldValue": "dark", "comparison": "containsOnly"}, False),
        ({"fieldName": "kinds", "fieldValue": ["light", "dark"], "comparison": "containsOnly"}, True),
        ({"fieldName": "name", "fieldValue": "wheat", "comparison": "notContains"}, True),
        ({"fieldName": "more", "fieldValue": {"crust": "thick"}, "comparison": "eq"}, True),
        ({"fieldName": "name", "comparison": "changed"}, True),
        ({"fieldName": "weight", "comparison": "changed"}, False),
        ({"fieldName": "none", "fieldValue": "1", "comparison": "gt"}, False),
    ],
)
def test_filters_compare_as_they_say(rule: dict[str, Any], wanted: bool) -> None:
    old = {"name": "oat", "weight": 10}
    new = {
        "name": "rye",
        "weight": 10,
        "kinds": ["dark", "light"],
        "baked": "2027-05-12T00:00:00.000+0200",
        "more": {"crust": "thick", "crumb": "open"},
    }
    assert matches([rule], "AND", old, new) is wanted


def test_filters_are_joined_by_and_by_or_and_in_groups() -> None:
    yes: dict[str, Any] = {"fieldName": "a", "fieldValue": "1", "comparison": "eq"}
    no: dict[str, Any] = {"fieldName": "a", "fieldValue": "2", "comparison": "eq"}
    either: dict[str, Any] = {"type": "group", "connector": "OR", "filters": [no, yes]}
    both: dict[str, Any] = {"type": "group", "filters": [no, yes]}
    state = {"a": "1"}
    assert matches([], "AND", {}, state)
    assert matches([yes, either], "AND", {}, state)
    assert not matches([yes, both], "AND", {}, state)
    assert matches([no, both, yes], "OR", {}, state)


def test_what_was_not_taken_is_sent_again_after_the_delays_of_the_service(ask: Asker, hook: Hook) -> None:
    one = subscribe(ask)
    hook.statuses = [500, None, 302]
    ask("PUT", f"TASK/{FIRE}", json_body={"status": "INP"})
    assert ask.sandbox.deliver() == 0
    for delay in (84_800, 254_400):
        assert ask.sandbox.advance(timedelta(milliseconds=delay - 1)) == 0
        sent = len(hook.events)
        ask.sandbox.advance(timedelta(milliseconds=1))
        assert len(hook.events) == sent + 1
    assert ask.sandbox.advance(timedelta(milliseconds=retry_delay(3))) == 1
    health = manage(ask, "GET", f"/{one}")[1]["subscription_url"]
    assert (health["successes"], health["failures"]) == (1, 3)
    assert len({json.dumps(event, sort_keys=True) for event in hook.events}) == 1


def test_a_message_is_given_up_when_it_is_two_days_old(ask: Asker, hook: Hook) -> None:
    subscribe(ask)
    hook.statuses = [500] * 50
    ask("PUT", f"TASK/{FIRE}", json_body={"status": "INP"})
    for _ in range(60):
        ask.sandbox.advance(timedelta(hours=1))
    assert 9 <= len(hook.events) <= 11
    assert len(ask.sandbox.deliveries.given_up) == 1
    assert ask.sandbox.deliveries.waiting == []


def test_a_call_that_fails_tells_nobody(ask: Asker) -> None:
    subscribe(ask)
    body = [{"ID": FIRE, "name": "a"}, {"ID": FIRE, "colour": "red"}]
    assert ask.refused("PUT", "TASK", {"atomic": "true"}, json_body=body)[0] == 422
    assert ask.sandbox.deliver() == 0
    assert ask.refused("PUT", "TASK", json_body=body)[0] == 422
    assert ask.sandbox.deliver() == 1


def test_subscriptions_outlive_the_process_in_a_file(tmp_path: Path, hook: Hook) -> None:
    first = Asker(Sandbox(BAKERY, db=tmp_path / "bakery.db", send=hook))
    one = subscribe(first)
    first.sandbox.close()
    second = Asker(Sandbox(db=tmp_path / "bakery.db", send=hook))
    assert manage(second, "GET", f"/{one}")[0] == 200
    second.sandbox.close()


def test_events_arrive_over_http() -> None:
    with loopback(lambda _: Answer(raw=b"", status=202)) as server:
        asker = Asker(Sandbox(BAKERY, send=post))
        subscribe(asker, url=f"{server.url}/hook")
        asker("PUT", f"TASK/{FIRE}", json_body={"status": "INP"})
        assert asker.sandbox.deliver() == 1
        (asked,) = server.asked
    assert asked.json["newState"]["status"] == "INP"
    assert asked.headers["authorization"] == "Bearer bearer-of-news"
    assert post("http://127.0.0.1:9/nobody", {}, b"") is None
