"""The conformance cases of the protocol, over real HTTP, where their folder is at hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.sandbox.case_world import arrange, following, given_event, prepared
from tests.sandbox.live import Listener
from tests.support.places import SHARED
from workfront_sandbox import Clock
from workfront_sandbox.events.delivery import message, retry_delay
from workfront_sandbox.query.wildcard import Caller, resolve
from workfront_sandbox.tenant.tenant import Change
from workfront_sandbox.wire import datetimes

_FILE = SHARED / "wire-cases.json"
_DOCUMENT: dict[str, Any] = json.loads(_FILE.read_text()) if _FILE.exists() else {"cases": [], "fixture": {}}
_OURS = [
    case
    for case in _DOCUMENT["cases"]
    if case["response"] and not case.get("client_only") and case.get("direction") != "workfront-to-consumer"
]
_INVENTED = {"apikey-04"}
"""Cases whose answer is a value only the service could have made up."""

pytestmark = pytest.mark.skipif(not _FILE.exists(), reason="the conformance cases are not here")


@pytest.mark.parametrize("case", _OURS, ids=[case["id"] for case in _OURS])
def test_a_case_is_answered_as_it_says(case: dict[str, Any], listener: Listener) -> None:
    sandbox = arrange(case, _DOCUMENT["fixture"])
    url = listener.serve(sandbox)
    with httpx.Client(base_url=url) as http:
        answer = http.send(prepared(http, case), follow_redirects=False)
        check(case, answer)
        after = following(http, case)
        if after is not None:
            assert_matches(after[1], after[0], "subset")
    if "event" in case:
        assert given_event(sandbox, case) is case["delivered"]
    sandbox.close()


def check(case: dict[str, Any], answer: httpx.Response) -> None:
    wanted = case["response"]
    assert answer.status_code == wanted["status"], answer.text[:500]
    for name in wanted.get("absent_headers", []):
        assert name not in answer.headers
    for text in wanted.get("raw_contains", []):
        assert text in answer.text
    for name, value in wanted.get("headers", {}).items():
        assert value == "*" or answer.headers[name] == value or value.rpartition("/")[0] in answer.headers[name]
    if "ids" in wanted:
        found = [row["ID"] for row in answer.json()["data"]]
        in_order = wanted.get("order") == "exact"
        assert found == wanted["ids"] if in_order else sorted(found) == sorted(wanted["ids"])
    if wanted.get("data_type") == "array":
        assert isinstance(answer.json()["data"], list)
    if "rows" in wanted:
        numbers = [int(row["name"].split()[-1]) for row in answer.json()["data"]]
        assert numbers == list(range(201, 251))
    if wanted.get("body") is not None:
        how = "shape" if case["id"] in _INVENTED else case.get("match") or "exact"
        assert_matches(answer.json() if answer.content else None, wanted["body"], how)


def assert_matches(found: Any, wanted: Any, how: str) -> None:
    match how:
        case "exact":
            assert _exactly(found, wanted), found
        case "subset":
            assert _subset(found, wanted), found
        case "keys":
            assert set(_core(found)) >= set(_core(wanted)), found
        case "shape":
            assert _same_shape(found, wanted), found
        case "contains":
            for row in wanted["data"]:
                assert any(_subset(other, row) for other in found["data"]), found
        case "message-prefix":
            assert _message(found).startswith(_message(wanted)), found
        case "message-contains":
            assert _message(wanted) in _message(found), found
        case "truthy":
            assert found["data"], found
        case "no-original-characters":
            assert set(found["authToken"]) == {"*"}, found
        case other:
            raise AssertionError(f"no such way to match: {other}")


def _message(body: Any) -> str:
    error = body["error"]
    return error if isinstance(error, str) else str(error["message"])


def _core(body: Any) -> Any:
    return body["data"] if isinstance(body, dict) and "data" in body else body


def _exactly(found: Any, wanted: Any) -> bool:
    if wanted == "*":
        return True
    if isinstance(wanted, dict):
        return (
            isinstance(found, dict) and set(found) == set(wanted) and all(_exactly(found[k], wanted[k]) for k in wanted)
        )
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(_exactly, found, wanted))
    return bool(found == wanted)


def _subset(found: Any, wanted: Any) -> bool:
    if wanted == "*":
        return found is not None
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(k in found and _subset(found[k], wanted[k]) for k in wanted)
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(_subset, found, wanted))
    return bool(found == wanted)


def _same_shape(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(_same_shape(found.get(k), wanted[k]) for k in wanted if k != "custom")
    if isinstance(wanted, list):
        return isinstance(found, list)
    return wanted is None or isinstance(found, type(wanted))


def _is_payload(case: dict[str, Any]) -> bool:
    return case.get("direction") == "workfront-to-consumer" and "json" in case["request"]


def _custom(payload: dict[str, Any], state: str) -> dict[str, Any]:
    """Custom fields as rows have them: at the top. Version 1 made a text of a list of one."""
    values = dict((payload.get(state) or {}).pop("parameterValues", {}))
    if values:
        payload[state]["parameterValues"] = values
    return {name: value if isinstance(value, list) else [value] for name, value in values.items()}


def _with(key: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in _DOCUMENT["cases"] if key in case]


@pytest.mark.parametrize("case", _with("resolves_to"))
def test_a_wildcard_stands_for_the_moment_a_case_says(case: dict[str, Any]) -> None:
    clock = Clock.reading(_DOCUMENT["fixture"]["now"])
    word = case["request"]["query"][0][1]
    assert resolve(word, Caller(clock.now(), clock.now().tzinfo or UTC)) == (case["resolves_to"],)


@pytest.mark.parametrize("case", _with("parses_to_utc"))
def test_a_moment_is_read_as_a_case_says(case: dict[str, Any]) -> None:
    found = datetimes.parse(case["request"]["query"][0][1], UTC)
    assert case["parses_to_utc"] is None or found.astimezone(UTC).isoformat() == case["parses_to_utc"]


@pytest.mark.parametrize("case", _with("expect_value"))
def test_an_aggregate_has_the_value_a_case_says(case: dict[str, Any], listener: Listener) -> None:
    url = listener.serve(arrange(case, _DOCUMENT["fixture"]))
    with httpx.Client(base_url=url) as http:
        (found,) = http.send(prepared(http, case)).json()["data"].values()
    assert {name: found[name] for name in case["expect_value"]} == case["expect_value"]


@pytest.mark.parametrize("case", _with("expect_delay_ms"))
def test_a_failed_delivery_waits_as_long_as_a_case_says(case: dict[str, Any]) -> None:
    assert retry_delay(int(case["intent"].split()[-1])) == case["expect_delay_ms"]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["id"]) for case in _DOCUMENT["cases"] if _is_payload(case)]
)
def test_an_event_has_the_payload_of_a_case(case: dict[str, Any]) -> None:
    wanted = case["request"]["json"]
    old, new = ({**(wanted.get(name) or {}), **_custom(wanted, name)} for name in ("oldState", "newState"))
    at = datetime.fromtimestamp(wanted["eventTime"]["epochSecond"], UTC) if "eventTime" in wanted else datetime.now(UTC)
    nano = wanted.get("eventTime", {}).get("nano", 0)
    change = Change(
        wanted.get("eventType", "UPDATE"), "TASK", old, new, at + timedelta(microseconds=nano // 1000), "me"
    )
    row = {"id": wanted.get("subscriptionId", ""), "version": wanted["subscriptionVersion"]}
    assert_matches(message(row, change), wanted, "subset")
