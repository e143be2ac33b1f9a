"""The world each conformance case presumes: rows, tokens, faults, and object types that stand in for any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from tests.support.shipped import VERSIONS, snapshot
from workfront_sandbox import Sandbox
from workfront_sandbox.events.delivery import wanted
from workfront_sandbox.tenant.tenant import Change
from workfront_schema.snapshot import Field, ObjectType, Operation, Snapshot

_SUBSCRIPTION = "750a636c-5628-48f5-ba26-26b7ce537ac2"
_STAND_IN = ObjectType(
    "FOO",
    "Foo",
    "Foo",
    verbs=("get", "search", "count"),
    fields=(Field("ID", "ID", "string"), Field("foo", "Foo", "string")),
    actions=(Operation("baz", "Baz"),),
)
_GONE = ObjectType("REMOVEDOBJECT", "RemovedObject", "Removed", verbs=("search",))


def _snapshots() -> list[Snapshot]:
    found = [snapshot(version) for version in VERSIONS]
    extra = {"v21.0": (_STAND_IN, _GONE), "v22.0": (_STAND_IN,)}
    return [Snapshot(item.version, item.objects + extra.get(item.version, ())) for item in found]


_SNAPSHOTS = _snapshots()


def arrange(case: dict[str, Any], fixture: dict[str, Any]) -> Sandbox:
    """A sandbox with the fixture, and with what the case takes for granted."""
    sandbox = Sandbox(fixture, strict=bool(case.get("strict_only")), snapshots=_SNAPSHOTS)
    if sandbox.tenant.strict:
        for token in ("abc1234", "k" * 32):
            sandbox.accounts.issue(fixture["me"], token)
    if _SUBSCRIPTION in str(case["request"]):
        _subscribe(sandbox)
    for handle in _handles(case):
        sandbox.upload(b"content", "plan.pdf", handle)
    given = _GIVEN.get(case["id"])
    if given is not None:
        given(sandbox)
    return sandbox


def prepared(http: httpx.Client, case: dict[str, Any]) -> httpx.Request:
    """The request of a case, with a credential where it names none."""
    asked = case["request"]
    headers = dict(asked.get("headers") or {})
    path = asked["path"]
    query = [(k, v) for k, value in asked.get("query", []) for v in (value if isinstance(value, list) else [value])]
    if case["id"] == "encoding-11":
        query.append(("fields", "ownerID"))
    names = {name.lower() for name in headers} | {key.lower() for key, _ in query + asked.get("form", [])}
    open_calls = path.startswith(("/integrations", "/ims")) or {"username", "cookie"} & names
    if not open_calls and not names & {"sessionid", "apikey", "authorization", "x-xsrf-token", "cookie"}:
        headers["sessionID"] = "abc1234"
    if "raw_query" in asked:
        path += "?" + asked["raw_query"]
        query = []
    arguments: dict[str, Any] = {"headers": headers, "params": query or None}
    if case["id"] in _FAULTS:
        headers["x-sandbox-fault"] = _FAULTS[case["id"]]
    if "raw_body" in asked:
        headers["content-type"] = asked.get("content_type", "application/x-www-form-urlencoded")
        arguments["content"] = asked["raw_body"]
    elif "json" in asked:
        arguments["json"] = asked["json"]
    elif "multipart" in asked:
        arguments["files"] = [
            (part["name"], (part.get("filename"), part["content"].encode())) for part in asked["multipart"]
        ]
    elif "form" in asked:
        headers["content-type"] = "application/x-www-form-urlencoded"
        arguments["content"] = str(httpx.QueryParams(asked["form"]))
    return http.build_request(asked["method"], path, **arguments)


def following(http: httpx.Client, case: dict[str, Any]) -> tuple[Any, Any] | None:
    """What a case expects of a second look, and what that look finds."""
    after = case.get("after")
    if not isinstance(after, dict):
        return None
    answer = http.get(after["path"], headers={"sessionID": "abc1234"})
    return after["expect"], answer.json()["data"]


def given_event(sandbox: Sandbox, case: dict[str, Any]) -> bool:
    """Whether the subscription a case made asks for the event it describes."""
    row = next(reversed(sandbox.subscriptions.rows.values()))
    event = case["event"]
    told = Change(row["eventType"], row["objCode"], event["oldState"], event["newState"], sandbox.clock.now(), "")
    return wanted(row, told)


def _handles(case: dict[str, Any]) -> list[str]:
    asked = case["request"]
    body = asked.get("json")
    text = dict(asked.get("query", [])).get("updates", "")
    found = [body["handle"]] if isinstance(body, dict) and body.get("handle") else []
    return found + ([text.split('"handle":"')[1][:32]] if '"handle":"' in text else [])


def _subscribe(sandbox: Sandbox, token: str = "EauthToken1234_") -> None:  # noqa: S107
    sandbox.subscriptions.insert(
        {
            "id": _SUBSCRIPTION,
            "objCode": "PROJ",
            "eventType": "UPDATE",
            "url": "https://hook.example.com/wf",
            "authToken": token,
            "subscription_url": {"date_created": "2026-03-01T15:56:14.169489", "successes": 11, "failures": 2},
        }
    )


def _old_code(sandbox: Sandbox) -> None:
    sandbox.tokens.issue_code("old", redirect_uri="https://app.example.com/cb")
    sandbox.advance(timedelta(minutes=3))


def _duplicate(sandbox: Sandbox) -> None:
    _subscribe(sandbox)


def _three_hundred(sandbox: Sandbox) -> None:
    for row in sandbox.rows("PROJ"):
        sandbox.tenant.store.delete("PROJ", row["ID"])
    sandbox.insert("PROJ", [{"name": f"Project {number}"} for number in range(1, 301)])


def _api_key(sandbox: Sandbox) -> None:
    (user,) = sandbox.insert("USER", [{"name": "Foo", "username": "foo"}])
    sandbox.accounts.set_api_key(user, "baz")


def _counted(sandbox: Sandbox) -> None:
    sandbox.insert("FOO", [{"foo": "bar"}] * 147 + [{"foo": "other"}])


def _handled(sandbox: Sandbox) -> None:
    sandbox.on_action("FOO", "baz", lambda *_: "a56583cd42fd98eb70d204465517c82e")


def _escapes(sandbox: Sandbox) -> None:
    store = sandbox.tenant.store
    row = store.get("PROJ", "5a020000000000000000000000000001") or {}
    store.update("PROJ", {**row, "description": "a/b<c\\dé"})


_GIVEN: dict[str, Callable[[Sandbox], object]] = {
    "oauth-07": _old_code,
    "limit-04": _three_hundred,
    "apikey-02": _api_key,
    "count-02": _counted,
    "action-03": _handled,
    "encoding-12": _escapes,
    "events-06": lambda sandbox: sandbox.accounts.issue("5a010000000000000000000000000002", "plainuser"),
    "events-10": lambda sandbox: _subscribe(sandbox, "eightlon"),
    "events-15": _duplicate,
    "delete-05": lambda sandbox: sandbox.insert("TTSK", [{"ID": "5a030000000000000000000000000001", "name": "T"}]),
    "create-05": lambda sandbox: sandbox.insert("TMPL", [{"ID": "5a0b0000000000000000000000000001", "name": "T"}]),
}
_FAULTS = {"rate-01": "429", "rate-02": "500"}
