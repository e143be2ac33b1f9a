"""Calls too long for a URL: the exact bytes that arrive instead, for every verb."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from tests.support.loopback import Answer, Received, loopback
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import Workfront
from workfront_core.auth import ApiKey
from workfront_core.operations import decoders as result
from workfront_core.operations import operation
from workfront_core.request.encoding import MAX_URL, Method
from workfront_core.request.request import Request

ROOT = "https://acme.my.workfront.com/attask/api/v22.0/"
KEY = "k3y0000000000000000000000000000000"
IDS = [f"{number:032x}" for number in range(300)]
FORM = "application/x-www-form-urlencoded"


def arrived(request: Request[Any], data: object) -> Received:
    with loopback(lambda _asked: Answer(data)) as server, Workfront(server.url, auth=ApiKey(KEY)) as wf:
        wf.send(request)
    (asked,) = server.asked
    assert asked.headers["apikey"] == KEY
    assert KEY.encode() not in asked.body
    assert KEY not in asked.target
    return asked


def of_length(method: Method, length: int) -> Request[Any]:
    fixed = len(f"{ROOT}TASK/search?name=")
    return Request(method, "TASK/search", result.json_value, (("name", "x" * (length - fixed)),), reads=True)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "POST"])
def test_the_limit_counts_every_byte_of_the_url(method: Method) -> None:
    longest = of_length(method, MAX_URL).call(ROOT)
    assert (longest.method, len(longest.url), longest.content) == (method, MAX_URL, None)
    tunnelled = of_length(method, MAX_URL + 1).call(ROOT)
    assert (tunnelled.method, tunnelled.url, tunnelled.content_type) == ("POST", f"{ROOT}TASK/search", FORM)


def test_letters_count_as_the_bytes_they_are_escaped_to() -> None:
    request = Request("GET", "TASK/search", result.json_value, (("name", "é" * 1400),))
    assert request.call(ROOT).method == "POST"


def test_a_long_search_arrives_as_a_posted_form_byte_for_byte() -> None:
    asked = arrived(operation.search(Task, [Task.f.id.in_(IDS), Task.f.name == "a&b c"]), [])
    ids = "&".join(f"ID={one}" for one in IDS)
    assert (asked.method, asked.target) == ("POST", "/attask/api/v22.0/TASK/search")
    assert asked.headers["content-type"] == FORM
    body = asked.body.decode("ascii")
    assert body.startswith(f"{ids}&name=a%26b%20c&")
    assert body.endswith("&$$FIRST=0&$$LIMIT=100&method=GET")
    assert asked.form[-1] == ("method", "GET")


def test_a_long_action_keeps_its_verb() -> None:
    text = "It costs 5 € & more. " * 500
    asked = arrived(operation.action(Task, "replyToAssignment", "1" * 32, {"noteText": text}), {"result": None})
    assert (asked.method, asked.target) == (
        "POST",
        "/attask/api/v22.0/TASK/11111111111111111111111111111111/replyToAssignment",
    )
    assert asked.body == f"noteText={quote(text, safe='$')}&method=PUT".replace("%2C", ",").encode()


def test_a_long_delete_keeps_its_verb() -> None:
    request = Request("DELETE", "TASK", result.success, (("id", ",".join(IDS)), ("force", "true")))
    asked = arrived(request, {"success": True})
    assert (asked.method, asked.target) == ("POST", "/attask/api/v22.0/TASK")
    assert asked.body == f"id={','.join(IDS)}&force=true&method=DELETE".encode()


@pytest.mark.parametrize(("method", "ending"), [("PUT", b"&method=PUT"), ("POST", b"")])
def test_a_body_beside_a_long_query_becomes_updates(method: Method, ending: bytes) -> None:
    fields = ",".join(f"DE:Field {number}" for number in range(700))
    request = Request(method, "TASK", result.json_value, (("fields", fields),), {"name": "ü&x", "hours": 1.5})
    asked = arrived(request, {})
    assert (asked.method, asked.target, asked.headers["content-type"]) == ("POST", "/attask/api/v22.0/TASK", FORM)
    assert asked.form[0] == ("fields", fields)
    assert asked.body.endswith(b"&updates=%7B%22name%22:%22%5Cu00fc%26x%22,%22hours%22:1.5%7D" + ending)


def test_a_short_query_beside_a_long_body_stays_as_it_is() -> None:
    request = Request(
        "PUT",
        "TASK/11111111111111111111111111111111",
        result.json_value,
        (("fields", "name"),),
        {"description": "x" * 20_000},
    )
    asked = arrived(request, {})
    assert (asked.method, asked.target) == (
        "PUT",
        "/attask/api/v22.0/TASK/11111111111111111111111111111111?fields=name",
    )
    assert asked.json == {"description": "x" * 20_000}


def test_a_tunnelled_read_is_still_known_as_a_read() -> None:
    request = operation.search(Task, [Task.f.id.in_(IDS)])
    assert request.reads
    assert request.redact_secrets().method == "GET"
    assert replace(request, params=()).reads
