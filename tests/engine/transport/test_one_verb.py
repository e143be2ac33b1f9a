"""Everything by GET, or everything by POST: what is meant arrives whole, and counts as what it is."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.support.loopback import Answer, Received, loopback
from workfront_client.v22 import Hour, Project, Task, User, Workfront
from workfront_core.auth import ApiKey
from workfront_core.bulk import requests as bulk
from workfront_core.bulk.batch import batch_request
from workfront_core.errors import QueryError, ServerError, WriteRefused
from workfront_core.operations import decoders as result
from workfront_core.operations import operation, sharing
from workfront_core.operations.any_request import free_request
from workfront_core.operations.document import file_upload
from workfront_core.operations.metadata import index
from workfront_core.request.encoding import MAX_URL, Tunnel
from workfront_core.request.request import Request
from workfront_core.request.upload import Upload
from workfront_core.transport.retry import Retry
from workfront_testing import in_process

ID, OTHER = "5a020000000000000000000000000001", "5a020000000000000000000000000002"
ROOT = "https://acme.my.workfront.com/attask/api/v22.0/"
KEY = "k3y0000000000000000000000000000000"
AT_ONCE = Retry(initial_delay=0.001, max_delay=0.001)

READS: list[Request[Any]] = [
    operation.get(Project, ID, fields=["name"]),
    operation.get(User, "$$USER"),
    operation.get_many(Project, [ID, OTHER]),
    operation.search(Task, [Task.f.name == "a&b c%é"], order_by=[Task.f.name.asc()]),
    operation.count(Task, [Task.f.project_id == ID]),
    operation.report(Hour, group_by=[Hour.f.project.name], aggregates={"sum": [Hour.f.hours]}),
    operation.named_query(Task, "myTasks", {"status": ["NEW", "INP"]}, result.json_value),
    index(),
]
WRITES: list[Request[Any]] = [
    operation.create(Project, {"name": "a&b=c é"}, fields=["name"], custom={"Region": "N"}),
    operation.update(Project, ID, {"name": None}),
    operation.copy(Project, ID, values={"name": "x"}, options=["clearProgress"]),
    operation.delete(Project, ID, force=True),
    operation.replace(Project, [ID], OTHER),
    operation.action(Task, "move", ID, {"projectID": OTHER}),
    operation.action(Task, "bulkMove", None, {"taskIDs": [ID], "projectID": OTHER}),
    sharing.unshare_public(Project, ID),
    bulk.create(Project, [{"name": "a"}, {"name": "b"}], atomic=True),
    bulk.update(Project, [{"ID": ID, "name": "a"}]),
    bulk.delete(Project, [ID, OTHER]),
    batch_request([operation.delete(Project, ID), operation.get(Task, OTHER)]),
]


def meant(asked: Any) -> tuple[str, list[tuple[str, str]], Any]:
    """Verb, parameters and body of a call, wherever they stand in it."""
    pairs = list(asked.params)
    updates = [json.loads(value) for name, value in pairs if name == "updates"]
    body = asked.json if isinstance(asked, Request) else json.loads(asked.content or b"null")
    verbs = [value for name, value in pairs if name == "method"]
    rest = [(name, value) for name, value in pairs if name not in ("method", "updates")]
    return (verbs or [asked.method])[0], rest, updates[0] if updates else body


@pytest.mark.parametrize("tunnel", ["GET", "POST"])
@pytest.mark.parametrize("request_", [*READS, *WRITES], ids=str)
def test_what_is_meant_arrives_whole_by_one_verb(request_: Request[Any], tunnel: Tunnel) -> None:
    call = replace(request_, tunnel=tunnel).call(ROOT)
    assert call.method == tunnel
    is_form = tunnel == "POST" and call.content_type != "application/json"
    travels = replace(call, content=None) if is_form else call
    assert meant(travels) == meant(request_)
    assert call.url.partition("?")[0] == f"{ROOT}{request_.path}"
    if tunnel == "GET":
        assert call.content is None


def by_get(call: Callable[[Workfront], object], answer: Callable[[Received], Answer], **options: Any) -> list[Received]:
    with loopback(answer) as server, Workfront(server.url, auth=ApiKey(KEY), **options) as wf:
        call(wf.with_options(tunnel="GET"))
    return server.asked


def test_a_write_by_get_reads_as_one_in_the_address() -> None:
    (asked,) = by_get(lambda wf: wf.project.update(ID, name="Launch 2"), lambda _: Answer({"ID": ID}))
    assert (asked.method, asked.path) == ("GET", f"/attask/api/v22.0/PROJ/{ID}")
    assert asked.query == [("updates", '{"name":"Launch 2"}'), ("method", "PUT")]
    assert asked.headers["apikey"] == KEY


@pytest.mark.parametrize("tunnel", ["GET", "POST"])
@pytest.mark.parametrize("request_", WRITES, ids=str)
def test_a_write_stays_a_write_whatever_it_travels_by(request_: Request[Any], tunnel: Tunnel) -> None:
    def refuse(_: Received) -> Answer:
        return Answer(raw=b"{}", status=503)

    with loopback(refuse) as server:
        with Workfront(server.url, auth=ApiKey(KEY), allow_writes=False) as wf, pytest.raises(WriteRefused):
            wf.with_options(tunnel=tunnel).send(request_)
        assert server.asked == []
        with Workfront(server.url, auth=ApiKey(KEY), retry=AT_ONCE) as wf:
            with pytest.raises(ServerError):
                wf.with_options(tunnel=tunnel).send(request_)
            assert len(server.asked) == 1  # it may have been applied
            with wf.with_options(tunnel=tunnel).dry_run() as dry:
                dry.planned.clear()
                if request_.path != "batch":
                    dry.send(request_)
                    assert len(dry.planned) == 1
        assert len(server.asked) == 1


@pytest.mark.parametrize("tunnel", ["GET", "POST"])
@pytest.mark.parametrize("request_", READS, ids=str)
def test_a_read_stays_a_read_and_is_repeated(request_: Request[Any], tunnel: Tunnel) -> None:
    is_list = request_.path.endswith(("/search", "/report"))
    found: object = [] if is_list else {"ID": ID, "count": 1, "objects": {}}
    answers = [Answer(found), Answer(raw=b"{}", status=503)]
    with loopback(lambda _: answers.pop()) as server:
        with Workfront(server.url, auth=ApiKey(KEY), allow_writes=False, retry=AT_ONCE) as wf:
            wf.with_options(tunnel=tunnel).send(request_)
        assert [asked.method for asked in server.asked] == [tunnel] * 2


def test_passwords_and_files_are_posted_in_any_case(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    asked = by_get(
        lambda wf: (wf.user.update(ID, password="s3cret-word"), wf.send(file_upload(Upload(b"x", name="a")))),
        lambda asked: Answer({"handle": "h"} if asked.path.endswith("upload") else {"ID": ID}),
    )
    assert [one.method for one in asked] == ["POST", "POST"]
    assert asked[0].form == [("updates", '{"password":"s3cret-word"}'), ("method", "PUT")]
    assert "s3cret-word" not in asked[0].target
    assert "s3cret-word" not in caplog.text


def test_who_puts_a_session_into_the_address_means_it() -> None:
    with loopback(lambda _: Answer({"ID": ID})) as server, Workfront(server.url, auth=ApiKey(KEY)) as wf:
        own = wf.with_options(tunnel="GET", extra_params={"sessionID": "s3ss10n"})
        own.project.update(ID, name="x")
        assert "s3ss10n" not in str(own.explain(operation.get(Project, ID)))
    assert (server.last.method, ("sessionID", "s3ss10n") in server.last.query) == ("GET", True)


def test_a_get_that_is_too_long_is_refused_before_anything_is_sent() -> None:
    rows: Any = [{"name": "x" * 200} for _ in range(100)]
    with loopback(lambda _: Answer([])) as server, Workfront(server.url, auth=ApiKey(KEY)) as wf:
        with pytest.raises(QueryError, match=rf"a URL of \d+ bytes, and {MAX_URL} travel in a GET"):
            wf.with_options(tunnel="GET").send(bulk.create(Project, rows))
        assert server.asked == []


def test_a_verb_that_a_caller_names_is_not_named_twice() -> None:
    for tunnel in ("GET", "POST"):
        call = replace(free_request("GET", "PROJ/1", {"method": "PUT", "name": "x"}), tunnel=tunnel).call(ROOT)
        assert [value for name, value in call.params if name == "method"] == ["PUT"]


@pytest.mark.parametrize("tunnel", ["PUT", "get", 1, ""])
def test_only_two_verbs_carry_all(tunnel: Any) -> None:
    with Workfront("https://acme.example", auth=ApiKey(KEY)) as wf, pytest.raises(QueryError, match='write "GET"'):
        wf.with_options(tunnel=tunnel)


@pytest.mark.parametrize("tunnel", ["GET", "POST"])
def test_a_server_understands_it(tunnel: Tunnel) -> None:
    with in_process() as kit:
        wf = kit.client(Workfront).with_options(tunnel=tunnel)
        project = wf.project.create(name="Launch")
        task = wf.task.create(name="Brief", project_id=project.id)
        assert wf.task.update(task.id, name="Brief 2", fields=["name"]).name == "Brief 2"
        wf.task.create_many({"name": f"Step {number}", "project_id": project.id} for number in range(5))
        assert wf.task.count(Task.f.project_id == project.id) == 6
        with wf.batch() as batch:
            slot = batch.call(wf.task.get, task.id)
        assert slot.result().name == "Brief 2"
        wf.project.delete(project.id, force=True)
        assert wf.task.count(Task.f.project_id == project.id) == 0
