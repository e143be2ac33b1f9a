"""Whatever is sent, the answer is an error of the API: no traceback, no 5xx."""

from __future__ import annotations

import json
import logging
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.asking import FIRE, OVEN, Asker, bakery
from workfront_sandbox.api.routes import CALL_ROUTES, METADATA_ROUTES, SESSION_ROUTES, WEB_ROUTES

_OBJECTS = [
    "TASK",
    "PROJ",
    "OPTASK",
    "HOUR",
    "NOTE",
    "PARAM",
    "DOCU",
    "CSTEM",
    "WORK",
    "NONWKD",
    "gizmo",
    "",
    "..",
    "%00",
]
_FIELDS = [
    "name",
    "status",
    "ID",
    "projectID",
    "project:name",
    "tasks:name",
    "assignments",
    "accessRules",
    "entryDate",
    "percentComplete",
    "DE:Floor",
    "DE:",
    "DE:x:y",
    "objCode",
    "*",
    "",
    ":",
    "a:b:c:d:e:f",
    "parameterValues",
]
_MARKS = ["", "", "", "OR:1:", "AND:a:", "EXISTS:e:", "NOTEXISTS:e:", "OR:1:EXISTS:e:", "DE:"]
_ENDS = ["", "", "_Mod", "_Range", "_Sort", "_2_Sort", "_GroupBy", "_AggFunc"]
_CONTROLS = [
    "redirect_uri",
    "response_type",
    "state",
    "grant_type",
    "client_id",
    "code",
    "code_challenge",
    "username",
    "password",
    "sessionID",
    "fields",
    "filters",
    "updates",
    "method",
    "map",
    "$$LIMIT",
    "$$FIRST",
    "atomic",
    "copySourceID",
    "action",
    "id",
    "options",
    "listOptions",
    "EXISTS:e:$$OBJCODE",
    "$$ROLLUP",
    "uri",
]
_VALUES = [
    "code",
    "https://app.test/back",
    "https://app.test/\r\nSet-Cookie: x=y",
    "authorization_code",
    "refresh_token",
    "",
    "1",
    "-1",
    "1e999",
    "9" * 30,
    "true",
    "null",
    "[]",
    "{}",
    '{"a":[{"b":1}]}',
    "[" * 5000,
    "eq",
    "between",
    "in",
    "asc",
    "sum",
    "$$TODAY+99999y",
    "$$USER.",
    "FIELD:ID",
    "FIELD:",
    "2027-02-30",
    "0001-01-01",
    "😀",
    "\ud800",
    "\x00",
    "' OR 1=1 --",
    "%",
    OVEN,
    FIRE,
    "TASK",
    "PUT",
    "x" * 3000,
]

_KEYS = st.one_of(
    st.builds(lambda *parts: "".join(parts), st.sampled_from(_MARKS), st.sampled_from(_FIELDS), st.sampled_from(_ENDS)),
    st.sampled_from(_CONTROLS),
)
_PAIRS = st.lists(st.tuples(_KEYS, st.sampled_from(_VALUES)), max_size=4)
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(_VALUES)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["ID", *_FIELDS]), inner, max_size=3)
    ),
    max_leaves=6,
)
_BODIES = st.one_of(
    st.just((b"", "")),
    _JSON.map(lambda value: (json.dumps(value).encode(), "application/json")),
    _JSON.map(lambda value: (json.dumps(value).encode()[:-1], "application/json")),
    _PAIRS.map(lambda pairs: (encoded(pairs).encode(), "application/x-www-form-urlencoded")),
    st.binary(max_size=60).map(lambda body: (body, "multipart/form-data; boundary=b")),
    st.binary(max_size=60).map(lambda body: (b"--b\r\n" + body + b"\r\n--b--", "multipart/form-data; boundary=b")),
    st.binary(max_size=60).map(lambda body: (body, "text/plain")),
)
_VERBS = [
    "",
    "/search",
    "/count",
    "/report",
    "/metadata",
    f"/{FIRE}",
    f"/{OVEN}/share",
    f"/{FIRE}/move",
    "/bulkCopy",
    "/replace",
    "/a/b/c",
    f"/{FIRE}/assignMultiple",
    f"/{OVEN}/calculateTimeline",
    "/batch",
    "/upload",
]
_ROOTS = ["/attask/api/v22.0", "/attask/api/v17.0", "/attask/api-internal", "/attask/api/v1e9", "/attask/api/v99.0", ""]
_PARTS = {"{api}": "attask/api/v22.0", "{id}": OVEN, "{object}": "PROJ", "{row}": OVEN, "{verb}": "move",
          "{subscription}": "one"}  # fmt: skip
_ROUTES = [route.path for table in (WEB_ROUTES, SESSION_ROUTES, METADATA_ROUTES, CALL_ROUTES) for route in table]
_OTHERS = [
    "/" + "/".join(_PARTS.get(part, part) for part in path.strip("/").split("/")) for path in dict.fromkeys(_ROUTES)
]
_PATHS = st.one_of(
    st.builds(
        lambda root, code, verb: f"{root}/{code}{verb}",
        st.sampled_from(_ROOTS),
        st.sampled_from(_OBJECTS),
        st.sampled_from(_VERBS),
    ),
    st.sampled_from(_OTHERS),
)


def encoded(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{quote(k)}={quote(v.encode('utf-8', 'surrogatepass'))}" for k, v in pairs)


@pytest.fixture(scope="module")
def shared() -> Asker:
    return bakery()


@settings(max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]), _PATHS, _PAIRS, _BODIES)
def test_any_request_gets_an_answer_of_the_api(
    shared: Asker, method: str, path: str, pairs: list[tuple[str, str]], sent: tuple[bytes, str]
) -> None:
    body, kind = sent
    reply = shared.reply(method, path or "/", encoded(pairs), body=body, headers={"content-type": kind})
    assert reply.status < 500, reply
    assert all(value.isascii() and value.isprintable() for value in reply.headers.values())
    if reply.body and "octet-stream" not in reply.headers["content-type"]:
        answer = json.loads(reply.body)
        assert reply.status < 400 or "error" in answer


@pytest.mark.parametrize("path", sorted(set(_ROUTES)))
def test_requests_of_chance_go_to_every_route(path: str) -> None:
    parts = [_PARTS.get(part, part) for part in path.strip("/").split("/")]
    assert "/" + "/".join(parts) in _OTHERS


@pytest.mark.parametrize("text", ["\r\nSet-Cookie: x=y", "\x00", " ", "é", "\u6f22"])
@pytest.mark.parametrize("place", ["redirect_uri", "state"])
def test_no_text_of_a_request_breaks_a_header(ask: Asker, place: str, text: str) -> None:
    query = {"response_type": "code", "redirect_uri": "https://app.test/back", "state": "s"}
    reply = ask.reply("GET", "/integrations/oauth2/authorize", {**query, place: query[place] + text})
    assert reply.status in {302, 400}
    assert all(value.isascii() and value.isprintable() for value in reply.headers.values())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[1, 2]", "application/json"),
        (b'"text"', "application/json"),
        (b'{"name": NaN}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"budget": ' + b"9" * 5000 + b"}", "application/json"),
        (b"\xff\xfe\x00", "application/json"),
        (b"--b\r\nContent-Disposition", "multipart/form-data; boundary=b"),
        (b"nothing", "multipart/form-data"),
        (b"updates=%7B", "application/x-www-form-urlencoded"),
        (b"&".join(b"p%d=1" % number for number in range(10_000)), "application/x-www-form-urlencoded"),
    ],
)
def test_a_broken_body_is_refused(ask: Asker, body: bytes, kind: str) -> None:
    status, message = ask.refused("POST", "PROJ", body=body, headers={"content-type": kind})
    assert status == 422
    assert len(message) < 400


def test_text_that_looks_like_a_statement_stays_text(ask: Asker) -> None:
    name = 'x\'); DROP TABLE "TASK"; --'
    made = ask("POST", "TASK", json_body={"name": name, f'DE:c0" = 1; {name}': "y"})
    assert ask("GET", "TASK/search", {"name": name})[0]["ID"] == made["ID"]
    assert ask("GET", "TASK/count") == {"count": 5}


def test_names_that_differ_in_letter_case_only_are_different_fields(ask: Asker) -> None:
    values: dict[str, Any] = {"DE:heat": "low", "DE:Heat": "high"}
    ask("PUT", f"TASK/{FIRE}", json_body=values)
    found = ask("GET", f"TASK/{FIRE}", {"fields": "DE:heat,DE:Heat"})
    assert {name: found[name] for name in values} == values


def test_a_failure_of_our_own_is_an_error_of_the_api_and_is_logged(
    ask: Asker, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError

    ask.sandbox.on_action("TASK", "move", broken)
    with caplog.at_level(logging.ERROR):
        assert ask.refused("PUT", f"TASK/{FIRE}/move") == (500, "Internal server error")
    assert "ZeroDivisionError" in caplog.text
