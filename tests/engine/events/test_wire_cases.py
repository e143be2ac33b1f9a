"""The collected cases of events, from the client's side: requests that are sent, answers and messages that are read.

What the sandbox answers to each of them is tested in tests/sandbox. Without the collection these tests are skipped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, cast

import httpx
import pytest

from tests.support.places import SHARED
from workfront_client.v22 import Project, Task, Workfront
from workfront_core import all_of, raw
from workfront_core.auth import ApiKey
from workfront_core.errors import AuthenticationError, InvalidRequest, PermissionDenied, QueryError
from workfront_core.events import read_event
from workfront_core.events.event_filters import event_filters
from workfront_core.transport.retry import Retry

COLLECTION: Final = SHARED / "wire-cases.json"
ALL: Final[list[dict[str, Any]]] = json.loads(COLLECTION.read_text())["cases"] if COLLECTION.exists() else []
CASES: Final[Mapping[str, dict[str, Any]]] = {case["id"]: case for case in ALL}

pytestmark = pytest.mark.skipif(not COLLECTION.exists(), reason="the collection of cases is not here")
ONE: Final = "750a636c-5628-48f5-ba26-26b7ce537ac2"
HOOK: Final[dict[str, Any]] = {"url": "https://hook.example.com/wf", "token": "t"}
_T = Task.f

REFUSED_HERE: Final[Mapping[str, Callable[[Workfront], object]]] = {
    "events-03": lambda wf: wf.events.create(Project, "UPDATE", url="not a url", token="t"),
    "events-18": lambda wf: wf.events.create(Task, "UPDATE", **HOOK, filters=[raw("status", "resembles", "CUR")]),
}
"""Cases that the service answers with 400: the client does not send them."""

UNWRITABLE: Final = {"events-04", "events-08"}
"""Cases that the service answers with 400, for which the client has no words: unknown members, longer pages."""

SENT: Final[Mapping[str, Callable[[Workfront], object]]] = {
    "events-05": lambda wf: wf.events.create(Project, "UPDATE", **HOOK),
    "events-06": lambda wf: wf.events.list(),
    "events-09": lambda wf: wf.events.get(ONE),
    "events-10": lambda wf: wf.events.get(ONE),
    "events-14": lambda wf: wf.events.set_version("v2", [ONE]),
    "events-15": lambda wf: wf.events.set_version("v2"),
    "events-17": lambda wf: wf.events.create(
        Task,
        "UPDATE",
        url="https://hook.example.com/t",
        token="token",
        filters=all_of(_T.percent_complete < 100, (_T.status == "CUR") | (_T.priority == 1)),
    ),
}
ERRORS: Final[Mapping[int, type[Exception]]] = {
    400: InvalidRequest,
    401: AuthenticationError,
    403: PermissionDenied,
}

CUSTOM: Final = {"eventfilter-16": {"fieldName": "customField1", "fieldValue": "v"}}
"""Custom fields stand below ``parameterValues``, as the field of this case stands below ``data``."""
FILTERS: Final[Mapping[str, Any]] = {
    "eventfilter-01": _T.name == "again",
    "eventfilter-03": _T.name != "again",
    "eventfilter-04": _T.planned_completion_date > datetime(2022, 12, 12, tzinfo=UTC),
    "eventfilter-05": _T.planned_completion_date <= datetime(2022, 12, 19, tzinfo=UTC),
    "eventfilter-06": _T.name.contains("again"),
    "eventfilter-09": _T.custom("groups").contains_only(["Choice 3", "Choice 4"]),
    "eventfilter-10": _T.custom("groups").contains_only(["Choice 3", "Choice 4"]),
    "eventfilter-11": _T.custom("groups").contains_only(["Choice 3"]),
    "eventfilter-13": _T.name.changed(),
    "eventfilter-16": _T.custom("customField1") == "v",
}


def connected(answer: Callable[[httpx.Request], httpx.Response]) -> Workfront:
    return Workfront(
        "https://acme.example",
        auth=ApiKey("x" * 32),
        retry=Retry(max_retries=0),
        transport=httpx.MockTransport(answer),
    )


def of(area: str) -> list[str]:
    return [number for number, case in CASES.items() if case["area"] == area]


def test_every_case_has_its_place() -> None:
    assert set(of("events")) == {*REFUSED_HERE, *UNWRITABLE, *SENT}
    assert set(of("eventfilter")) == set(FILTERS)


@pytest.mark.parametrize("number", REFUSED_HERE)
def test_what_the_service_refuses_is_not_sent(number: str) -> None:
    asked: list[httpx.Request] = []
    with connected(lambda request: asked.append(request) or httpx.Response(400)) as wf, pytest.raises(QueryError):  # type: ignore[func-returns-value]
        REFUSED_HERE[number](wf)
    assert asked == []
    assert CASES[number]["response"]["status"] == 400


@pytest.mark.parametrize("number", SENT)
def test_a_call_is_sent_and_its_answer_read_as_the_case_says(number: str) -> None:
    case, asked = CASES[number], list[httpx.Request]()
    wanted, response = case["request"], case["response"]
    body = response.get("body") or ({"id": ONE, "version": "v2"} if response["status"] == 201 else {})

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(response["status"], json={"id": ONE, "objCode": "PROJ", "eventType": "UPDATE", **body})

    with connected(answer) as wf:
        if response["status"] >= 400:
            with pytest.raises(ERRORS[response["status"]]):
                SENT[number](wf)
        else:
            result: Any = SENT[number](wf)
            assert result == [ONE] if isinstance(result, list) else result.id == ONE
    (sent,) = asked
    assert (sent.method, sent.url.path) == (wanted["method"], wanted["path"])
    if "json" in wanted:
        assert json.loads(sent.content) == wanted["json"]


def test_the_token_of_a_subscription_is_not_shown_whole() -> None:
    body = CASES["events-09"]["response"]["body"]
    with connected(lambda _: httpx.Response(200, json=body)) as wf:
        found = wf.events.get(ONE)
    assert (found.health.successes, found.health.failures) == (11, 2)
    assert (found.obj_code, found.version) == ("PROJ", "v2")


@pytest.mark.parametrize("number", FILTERS)
def test_a_condition_becomes_the_filter_of_the_case(number: str) -> None:
    wanted = CASES[number]["request"]["json"]
    found, connector = event_filters(Task, FILTERS[number], "here")
    assert connector == wanted["filterConnector"]
    (filter_,) = cast("list[dict[str, Any]]", found)
    theirs: dict[str, Any]
    (theirs,) = wanted["filters"]
    assert (filter_["comparison"], filter_.get("state", "newState")) == (
        theirs["comparison"],
        theirs.get("state", "newState"),
    )
    if filter_["fieldName"] == "parameterValues":
        ((name, value),) = filter_["fieldValue"].items()
        theirs = CUSTOM.get(number, theirs)
        assert (name.removeprefix("DE:"), as_compared(value)) == (
            theirs["fieldName"],
            as_compared(theirs["fieldValue"]),
        )
    else:
        assert filter_["fieldName"] == theirs["fieldName"]
        assert as_compared(filter_["fieldValue"]) == as_compared(theirs["fieldValue"])


def as_compared(value: Any) -> Any:
    """A moment, or the values, however they are written."""
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%f%z")
    except (TypeError, ValueError):
        return [value] if isinstance(value, str) else value


@pytest.mark.parametrize("number", ["delivery-01", "delivery-02"])
def test_a_message_is_read_as_an_event(number: str) -> None:
    body = CASES[number]["request"]["json"]
    event = read_event(json.dumps(body).encode(), Task)
    assert (event.type, event.obj_code, event.subscription_id) == (body["eventType"], "TASK", body["subscriptionId"])
    assert event.at == datetime(2017, 10, 6, 19, 48, 56, 998_000, tzinfo=UTC)
    assert event.new.name == "New name"
    assert event.new.last_update_date == datetime(2026, 3, 18, 19, 48, 56, 980_000, tzinfo=UTC)
    before = body["oldState"].get("name")
    assert (event.old.name if before else None) == before
    assert event.changes["name"] == (before, "New name")


@pytest.mark.parametrize("number", ["delivery-10", "delivery-11"])
def test_a_custom_field_of_one_choice_reads_alike_in_both_versions(number: str) -> None:
    first, part = CASES["delivery-01"]["request"]["json"], CASES[number]["request"]["json"]
    state = {**first["newState"], **part["newState"]}
    body = {**first, "subscriptionVersion": part["subscriptionVersion"], "newState": state}
    event = read_event(json.dumps(body).encode(), Task)
    found = event.new["DE:Region"]
    assert event.version == part["subscriptionVersion"]
    assert ([found] if isinstance(found, str) else list(found)) == ["North"]
