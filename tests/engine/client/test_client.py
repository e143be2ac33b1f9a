"""Clients over a real connection: what travels, what is refused, how failures look; sync and async."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.loopback import Answer, Loopback, Received, loopback
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.waiting import PATIENCE
from workfront_core.auth import ApiKey, SessionId
from workfront_core.errors import (
    AuthenticationError,
    InvalidRequest,
    ProtocolError,
    QueryError,
    RateLimited,
    TransportError,
    Truncated,
    WorkfrontError,
)
from workfront_core.http_library import httpx
from workfront_core.operations import operation
from workfront_core.operations.any_request import free_request
from workfront_core.request.address import api_root
from workfront_core.request.request import Request
from workfront_core.transport.retry import Retry

SECRET = "k3y0000000000000000000000000000000"
ROW = {"ID": "1" * 32, "objCode": "TASK", "name": "x"}


ONCE = Retry(max_retries=0)


def send_sync(server: Loopback, request: Request[Any], **options: Any) -> Any:
    with Workfront(server.url, auth=ApiKey(SECRET), retry=ONCE, **options) as wf:
        return wf.send(request)


def send_async(server: Loopback, request: Request[Any], **options: Any) -> Any:
    async def run() -> Any:
        async with AsyncWorkfront(server.url, auth=ApiKey(SECRET), retry=ONCE, **options) as wf:
            return await wf.send(request)

    return asyncio.run(run())


both = pytest.mark.parametrize("send", [send_sync, send_async])
Send = Callable[..., Any]


@both
def test_a_call_goes_to_the_versioned_path_with_the_key_in_a_header(send: Send) -> None:
    with loopback(lambda _asked: Answer(ROW)) as server:
        task = send(server, operation.get(Task, "1" * 32, fields=["name", "DE:My Field"]))
    assert task.name == "x"
    assert server.last.target == "/attask/api/v22.0/TASK/11111111111111111111111111111111?fields=name,DE:My%20Field"
    assert server.last.headers["apikey"] == SECRET
    assert SECRET not in server.last.target


@both
def test_a_query_arrives_byte_for_byte_as_it_was_encoded(send: Send) -> None:
    where = [Task.f.name == "a&b=c+d#e%20é ;/?'\"", Task.f.status.in_(["NEW", "INP:A"])]
    with loopback(lambda _asked: Answer([])) as server:
        assert send(server, operation.search(Task, where)) == []
    assert server.last.query[:3] == [("name", "a&b=c+d#e%20é ;/?'\""), ("status", "NEW"), ("status", "INP:A")]
    assert server.last.target.endswith("&status=INP:A&ID_Sort=asc&$$FIRST=0&$$LIMIT=100")
    assert "name=a%26b%3Dc%2Bd%23e%2520%C3%A9%20" in server.last.target


@both
def test_a_write_sends_json(send: Send) -> None:
    with loopback(lambda _asked: Answer(ROW)) as server:
        send(server, operation.create(Task, {"name": "é"}, custom={"Region": "N"}))
    assert (server.last.method, server.last.headers["content-type"]) == ("POST", "application/json")
    assert server.last.json == {"name": "é", "DE:Region": "N"}


@both
def test_a_get_too_long_for_a_url_arrives_as_a_posted_form(send: Send) -> None:
    ids = [f"{number:032x}" for number in range(300)]
    with loopback(lambda _asked: Answer([ROW])) as server:
        assert len(send(server, operation.search(Task, [Task.f.id.in_(ids)]))) == 1
    assert (server.last.method, server.last.path) == ("POST", "/attask/api/v22.0/TASK/search")
    assert server.last.form[0] == ("ID", ids[0])
    assert server.last.form[-1] == ("method", "GET")


@both
def test_declared_and_undeclared_gzip_are_read(send: Send) -> None:
    packed = gzip.compress(json.dumps({"data": ROW}).encode())
    answers = [Answer(raw=packed), Answer(raw=packed, headers={"Content-Encoding": "gzip"})]
    with loopback(lambda _asked: answers.pop()) as server:
        assert send(server, operation.get(Task, "1" * 32)).name == "x"
        assert send(server, operation.get(Task, "1" * 32)).name == "x"


@both
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(raw=b'{"error":{"message":"You are not currently logged in."}}', status=401), AuthenticationError),
        (Answer(raw=b'{"error":{"message":"x"}}'), InvalidRequest),
        (Answer(raw=b"{}", status=429), RateLimited),
        (Answer(raw=b'{"data":['), Truncated),
        (Answer(raw=b"<html>Sign in</html>"), ProtocolError),
        (Answer(raw=b"", status=302, headers={"Location": "/login"}), AuthenticationError),
        (Answer(raw=b"", status=302, headers={"Location": "/elsewhere"}), ProtocolError),
        (Answer(raw=b"no gzip", headers={"Content-Encoding": "gzip"}), ProtocolError),
        (Answer(raw=b'{"data":', cut=True), TransportError),
        (Answer("OK"), ProtocolError),
    ],
)
def test_every_failure_becomes_its_error_with_the_request_attached(
    send: Send, answer: Answer, kind: type[WorkfrontError]
) -> None:
    with loopback(lambda _asked: answer) as server, pytest.raises(kind) as raised:
        send(server, operation.get(Task, "1" * 32))
    assert type(raised.value) is kind
    assert raised.value.request is not None
    assert raised.value.request.path == "TASK/11111111111111111111111111111111"
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)  # noqa: S301
    assert len(server.asked) == 1


@both
def test_a_secret_the_server_echoes_is_masked(send: Send) -> None:
    def echo(asked: Received) -> Answer:
        return Answer(raw=json.dumps({"error": {"message": f"bad key {asked.headers['apikey']}"}}).encode(), status=401)

    with loopback(echo) as server, pytest.raises(AuthenticationError, match=r"bad key \*\*\*") as raised:
        send(server, operation.get(Task, "1" * 32))
    assert SECRET not in f"{raised.value!r} {raised.value.args} {vars(raised.value)}"


@both
def test_no_connection_is_a_transport_error_that_says_whether_a_write_was_sent(send: Send) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        server = Loopback(f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(TransportError, match="ConnectError") as raised:
            send(server, operation.create(Task, {"name": "x"}))
        assert raised.value.hint == "Nothing was sent; no change was made."
        with pytest.raises(TransportError) as raised:
            send(server, operation.get(Task, "1" * 32))
        assert raised.value.hint is None


@both
def test_a_silent_server_runs_into_the_timeout(send: Send) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        server = Loopback(f"http://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(TransportError, match="ReadTimeout"):
            send(
                server,
                operation.get(Task, "1" * 32),
                timeout=httpx.Timeout(PATIENCE, read=0.05),
            )


@both
def test_a_value_of_another_type_is_kept_unless_strict(send: Send) -> None:
    with loopback(lambda _asked: Answer({"ID": "1" * 32, "percentComplete": "half"})) as server:
        assert send(server, operation.get(Task, "1" * 32)).percent_complete == "half"
        with pytest.raises(ProtocolError, match="percentComplete"):
            send(server, operation.get(Task, "1" * 32), strict=True)


def test_cookies_are_not_kept_as_a_second_credential() -> None:
    with loopback(lambda _asked: Answer(ROW, headers={"Set-Cookie": "attask=s; Path=/"})) as server:
        with Workfront(server.url, auth=SessionId("s1")) as wf:
            wf.task.get("1" * 32)
            wf.task.get("1" * 32)
        assert "cookie" not in server.last.headers
        assert server.last.headers["sessionid"] == "s1"


def test_services_page_through_a_real_server() -> None:
    rows = [{"ID": f"{number:04}"} for number in range(5)]

    def page(asked: Received) -> Answer:
        query = dict(asked.query)
        left = [row for row in rows if row["ID"] > query.get("ID", "")]
        if asked.path.endswith("/count"):
            return Answer({"count": len(left)})
        return Answer(left[int(query["$$FIRST"]) :][: int(query["$$LIMIT"])])

    async def run(url: str) -> list[Any]:
        async with AsyncWorkfront(url, auth=ApiKey(SECRET)) as wf:
            return [task.id async for task in wf.task.search(page_size=2)]

    with loopback(page) as server:
        with Workfront(server.url, auth=ApiKey(SECRET)) as wf:
            found = [task.id for task in wf.task.search(Task.f.name == "x", page_size=2)]
        assert found == asyncio.run(run(server.url)) == [row["ID"] for row in rows]


def test_the_escape_hatch_sends_any_call_and_returns_its_data() -> None:
    with loopback(lambda _asked: Answer({"a": 1})) as server, Workfront(server.url, auth=ApiKey(SECRET)) as wf:
        assert wf.request("PUT", "/user/x", {"ids": ["a", "b"], "flag": True}, json={"n": 1}) == {"a": 1}
        assert server.last.target == "/attask/api/v22.0/user/x?ids=a&ids=b&flag=true"
        assert server.last.json == {"n": 1}


@pytest.mark.parametrize("path", ["../x", "a//b", "", "a/./b", "a?b=1", "a#b", "https://x/y", "a\\b"])
def test_the_escape_hatch_stays_below_the_api_root(path: str) -> None:
    with pytest.raises(QueryError, match="below the API root"):
        free_request("GET", path)


def test_services_are_found_by_code() -> None:
    with Workfront("https://acme.example", auth=ApiKey(SECRET)) as wf:
        assert wf.by_code("task") is wf.task
        with pytest.raises(QueryError, match=r"(?s)objCode 'TASKS'.*mean TASK"):
            wf.by_code("TASKS")


def test_a_client_of_your_own_is_used_and_left_open() -> None:
    answers = httpx.MockTransport(lambda _request: httpx.Response(200, json={"data": ROW}))
    with httpx.Client(transport=answers) as own:
        with Workfront("https://acme.example", auth=ApiKey(SECRET), http_client=own) as wf:
            assert wf.task.get("1" * 32).name == "x"
        assert not own.is_closed


def test_the_log_names_the_call_but_no_parameter_and_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="workfront")
    with loopback(lambda _asked: Answer(ROW)) as server, Workfront(server.url, auth=ApiKey(SECRET)) as wf:
        wf.task.get("1" * 32, fields=["name"])
        assert SECRET not in repr(wf)
    (record,) = [record for record in caplog.records if record.name == "workfront"]
    assert record.getMessage() == "GET TASK/11111111111111111111111111111111 -> 200"


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("https://acme.my.workfront.com", "https://acme.my.workfront.com/attask/api/v22.0/"),
        ("https://acme.my.workfront.com:8443/", "https://acme.my.workfront.com:8443/attask/api/v22.0/"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/attask/api/v22.0/"),
        ("http://localhost", "http://localhost/attask/api/v22.0/"),
        ("http://[::1]:80", "http://[::1]/attask/api/v22.0/"),
    ],
)
def test_an_address_leads_to_the_versioned_root(url: str, root: str) -> None:
    assert api_root(url, "v22.0") == root


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("acme.my.workfront.com", "lacks https://"),
        ("ftp://acme", "lacks https://"),
        ("https://", "lacks a host"),
        ("https://a:b@acme", "user or password"),
        ("https://acme/attask/api/v19.0", "goes beyond the host"),
        ("https://acme?apiKey=1", "goes beyond the host"),
        ("http://acme.my.workfront.com", "unencrypted"),
        ("http://127.0.0.1.evil.example", "unencrypted"),
    ],
)
def test_an_address_that_leads_nowhere_or_leaks_is_refused(url: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Workfront(url, auth=ApiKey(SECRET))


def test_plain_http_goes_elsewhere_only_when_asked_for_by_name() -> None:
    with Workfront("http://wf.internal", auth=ApiKey(SECRET), allow_insecure=True) as wf:
        assert wf.root == "http://wf.internal/attask/api/v22.0/"


def test_importing_the_client_loads_nothing_beyond_httpx_and_pydantic() -> None:
    heavy = "{'jinja2', 'typer', 'starlette', 'pyarrow', 'datamodel_code_generator'}"
    ours = "{'workfront_cli', 'workfront_codegen', 'workfront_sandbox', 'workfront_schema', 'workfront_testing'}"
    program = f"import sys, workfront_core.interface.client; print(sorted(({heavy} | {ours}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
