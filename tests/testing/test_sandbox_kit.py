"""The kit: clients of both sorts without a socket and with one, rows, clock, events, faults."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.waiting import ended
from workfront_client import ApiKey
from workfront_client.v22 import AsyncWorkfront, Project, Task, User, Workfront
from workfront_core.errors import (
    AuthenticationError,
    InvalidRequest,
    ProtocolError,
    QueryError,
    RateLimited,
    ServerError,
)
from workfront_core.transport.retry import Retry
from workfront_sandbox import Limits
from workfront_testing import Factory, RecordedFault, SandboxKit, in_process, live
from workfront_testing.sandbox_kit import KitBlock

NOW = datetime(2027, 5, 12, 10, 30, tzinfo=UTC)


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with in_process() as found:
        yield found


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "bind", refuse)


@pytest.mark.usefixtures("no_sockets")
def test_the_sync_client_works_without_a_socket(kit: SandboxKit) -> None:
    with kit.client(Workfront) as wf:
        made = wf.project.create(name="New oven")
        wf.project.update(made.id or "", name="Newer oven")
        assert [row.name for row in wf.project.search()] == ["Newer oven"]


@pytest.mark.usefixtures("no_sockets")
def test_the_async_client_works_without_a_socket(kit: SandboxKit) -> None:
    async def use() -> list[str]:
        async with kit.client(AsyncWorkfront) as wf:
            await asyncio.gather(*(wf.project.create(name=f"Oven {number}") for number in range(5)))
            return sorted([row.name or "" async for row in wf.project.search()])

    assert asyncio.run(use()) == [f"Oven {number}" for number in range(5)]


def test_uploads_and_downloads_pass_without_a_socket(kit: SandboxKit, tmp_path: Path) -> None:
    project = kit.factory.make(Project)
    kit.insert(project)
    plan = tmp_path / "plan.txt"
    plan.write_bytes(b"bricks first")
    with kit.client(Workfront) as wf:
        document = wf.document.upload(plan, to=project)
        assert wf.document.download(document.id or "", tmp_path / "copy.txt").read_bytes() == b"bricks first"


def test_a_live_sandbox_answers_any_http_client() -> None:
    with live("demo") as kit, httpx.Client(base_url=kit.url) as http:
        found = http.get("/attask/api/v22.0/task/count", headers={"apiKey": kit.api_key}).json()
        assert found == {"data": {"count": 920}}
        kit.log.assert_sent("GET", "TASK/count", status=200)
        with kit.client(Workfront) as wf:
            assert wf.task.count() == 920


def test_a_live_sandbox_is_gone_after_its_block() -> None:
    before = set(threading.enumerate())
    with live() as kit:
        url = kit.url
        assert httpx.get(url).status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)
    ended(*set(threading.enumerate()) - before)  # a worker that was told to end may be at it yet


def test_a_taken_port_is_an_error() -> None:
    with live() as kit, pytest.raises(OSError, match="in use"), live(port=int(kit.url.rpartition(":")[2])):
        pass


def test_rows_are_inserted_with_what_they_refer_to(kit: SandboxKit) -> None:
    mia = kit.factory.make(User, name="Mia Moll")
    oven = kit.factory.make(Project, name="Oven")
    bricks = kit.factory.make(Task, name="Lay bricks", assigned_to=mia, project=oven, custom={"Floor": "2"})
    kit.insert(bricks, kit.factory.make(Task, name="Fire", assigned_to=mia))
    with kit.client(Workfront) as wf:
        (found,) = wf.task.search(
            Task.f.name == "Lay bricks", fields=[Task.f.project.name, Task.f.assigned_to.name, "DE:Floor"]
        )
        assert found.assigned_to is not None
        assert found.assigned_to.name == "Mia Moll"
        assert found.project is not None
        assert found.project.name == "Oven"
        assert found["DE:Floor"] == "2"
    assert len([row for row in kit.sandbox.rows("USER") if row["name"] == "Mia Moll"]) == 1


def test_a_row_without_an_id_is_refused(kit: SandboxKit) -> None:
    with pytest.raises(ValueError, match="needs a type with an objCode and an ID"):
        kit.insert(Task(name="nameless"))


@pytest.mark.parametrize("begin", [in_process, live])
def test_a_kit_requires_what_the_service_requires_unless_told_otherwise(begin: Callable[..., KitBlock]) -> None:
    for options, is_refused in (({}, True), ({"strict": "values"}, True), ({"strict": False}, False)):
        with begin(**options) as kit, kit.client(Workfront, auth=ApiKey("anybody's")) as wf:
            for path in ("PROJ", "TASK", "OPTASK", "USER", "HOUR", "ROLE"):
                with pytest.raises(InvalidRequest, match="is needed") if is_refused else nullcontext():
                    wf.request("POST", path, {"fields": "ID"})


def test_an_unknown_way_to_be_strict_is_refused() -> None:
    with pytest.raises(QueryError, match='use True, False or "values"'), in_process(strict="very"):
        pass


def test_a_strict_sandbox_takes_the_key_of_the_bench_and_no_other() -> None:
    with in_process(strict=True) as kit:
        assert kit.client(Workfront).project.count() == 0
        other = httpx.Client(transport=kit.transport, base_url=kit.url)
        assert other.get("/attask/api/v22.0/proj/count", headers={"apiKey": "guess"}).status_code == 401
        from workfront_core.auth import ApiKey

        with pytest.raises(AuthenticationError):
            kit.client(Workfront, auth=ApiKey("another-key-that-was-guessed")).project.count()


def test_time_travel_moves_the_clock(kit: SandboxKit) -> None:
    before = kit.sandbox.clock.now()
    kit.time_travel(days=3, hours=1)
    assert kit.sandbox.clock.now() - before >= timedelta(days=3, hours=1)
    kit.time_travel(to=NOW)
    assert kit.sandbox.clock.now() == NOW
    kit.time_travel(minutes=-30)
    assert kit.sandbox.clock.now() == NOW - timedelta(minutes=30)
    with pytest.raises(TypeError, match="either a moment"):
        kit.time_travel(to=NOW, days=1)


def test_what_is_due_depends_on_the_time_travelled_to(kit: SandboxKit) -> None:
    from workfront_core.query.wildcard import TODAY

    kit.time_travel(to=NOW)
    kit.insert(kit.factory.make(Task, name="Tomorrow's", planned_completion_date=NOW + timedelta(days=1)))
    with kit.client(Workfront) as wf:
        late = Task.f.planned_completion_date < TODAY
        assert list(wf.task.search(late)) == []
        kit.time_travel(days=2)
        assert [task.name for task in wf.task.search(late)] == ["Tomorrow's"]


def test_events_are_kept_where_there_is_no_socket(kit: SandboxKit) -> None:
    subscription = {
        "objCode": "PROJ",
        "eventType": "CREATE",
        "url": "https://hook.test/wf",
        "authToken": "abcdefghijkl",
    }
    http = httpx.Client(transport=kit.transport, base_url=kit.url, headers={"sessionID": kit.api_key})
    assert http.post("/attask/eventsubscription/api/v1/subscriptions", json=subscription).status_code == 201
    with kit.client(Workfront) as wf:
        wf.project.create(name="Told")
    assert kit.time_travel(seconds=1) == 1
    (event,) = kit.posted
    assert event.url == "https://hook.test/wf"
    assert event.payload["newState"]["name"] == "Told"


def test_planned_faults_are_met_and_survived(kit: SandboxKit) -> None:
    kit.fail_next("429", times=2, path="project")
    with kit.client(Workfront) as wf:
        assert wf.task.count() == 0
        wf.project.create(name="Third time lucky")
    assert [sent.status for sent in kit.log.found("POST", "PROJ")] == [429, 429, 200]


@pytest.mark.parametrize(("path", "status"), [("", 500), ("TASK", 500), ("task/search", 200), ("login", 200)])
def test_a_fault_meets_the_path_it_was_planned_for_and_those_below(kit: SandboxKit, path: str, status: int) -> None:
    kit.fail_next("500", path=path)
    http = httpx.Client(transport=kit.transport, base_url=kit.url, headers={"apiKey": kit.api_key})
    assert http.get("/attask/api/v22.0/task/count").status_code == status


@pytest.mark.parametrize("path", ["TAS", "TASKS/search", "tsk", "attask/api/v22.0/TASK", "longin", "?"])
def test_a_path_that_no_request_can_have_is_refused(kit: SandboxKit, path: str) -> None:
    for call in (partial(kit.fail_next, "500", path=path), partial(kit.log.assert_not_sent, "GET", path)):
        with pytest.raises(QueryError, match="does not begin with an object type"):
            call()


@pytest.mark.parametrize("method", ["GTE", "", "PATCH", "get post"])
def test_a_verb_that_the_api_does_not_have_is_refused(kit: SandboxKit, method: str) -> None:
    with pytest.raises(QueryError, match="method takes one of 'GET', 'POST', 'PUT', 'DELETE'"):
        kit.log.assert_not_sent(method, "TASK")


def test_an_object_type_that_does_not_exist_is_refused(kit: SandboxKit) -> None:
    for call in (
        partial(kit.sandbox.rows, "TASKS"),
        partial(kit.sandbox.insert, "TASKS", []),
        partial(kit.sandbox.on_action, "TASKS", "move", lambda *_: None),
    ):
        with pytest.raises(ValueError, match="'TASKS' is not an objCode of this sandbox"):
            call()


def test_a_path_below_the_host_is_named_whole(kit: SandboxKit) -> None:
    kit.fail_next("html", path="/integrations/oauth2")
    http = httpx.Client(transport=kit.transport, base_url=kit.url)
    assert http.get("/integrations/oauth2/authorize").status_code == 503
    kit.log.assert_sent("GET", "/integrations/oauth2/authorize", status=503)


def test_without_retries_a_planned_fault_is_the_callers() -> None:
    with in_process() as kit:
        kit.fail_next("500")
        with pytest.raises(ServerError):
            kit.client(Workfront, retry=Retry(max_retries=0)).project.count()


def test_faults_by_chance_end_with_their_block(kit: SandboxKit) -> None:
    wf = kit.client(Workfront, retry=Retry(max_retries=0))
    with kit.failing(), pytest.raises(RateLimited):
        wf.project.count()
    assert wf.project.count() == 0


def test_a_recorded_fault_is_given_again(kit: SandboxKit, tmp_path: Path) -> None:
    page = httpx.Response(502, html="<h1>Bad gateway</h1>", headers={"set-cookie": "sid=1", "server": "edge"})
    RecordedFault.of(page).save(tmp_path / "bad-gateway.json")
    recorded = RecordedFault.load(tmp_path / "bad-gateway.json")
    assert recorded == RecordedFault(502, "<h1>Bad gateway</h1>", dict(recorded.headers))
    assert set(recorded.headers) == {"content-type", "server"}
    kit.fail_next(recorded, path="TASK/search")
    with kit.client(Workfront, retry=Retry(max_retries=0)) as wf:
        assert wf.project.count() == 0
        with pytest.raises((ServerError, ProtocolError)):
            list(wf.task.search())
        assert list(wf.task.search()) == []
    assert [sent.status for sent in kit.log.found("GET", "TASK/search")] == [502, 200]


@pytest.mark.parametrize("text", ["", "[]", '{"status": "x"}', '{"body": "", "headers": {}}'])
def test_a_file_that_is_no_record_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "broken.json").write_text(text)
    with pytest.raises(ValueError, match=r"broken\.json holds no recorded fault"):
        RecordedFault.load(tmp_path / "broken.json")


def test_too_many_calls_at_once_are_refused() -> None:
    with in_process(limits=Limits(threads=2)) as kit:
        kit.sandbox.faults.latency = 0.2
        http = httpx.Client(transport=kit.transport, base_url=kit.url, headers={"apiKey": kit.api_key})

        def ask(_: int) -> int:
            return http.get("/attask/api/v22.0/proj/count").status_code

        with ThreadPoolExecutor(6) as pool:
            statuses = list(pool.map(ask, range(6)))
    assert statuses.count(200) >= 2
    assert 429 in statuses


def test_sandboxes_know_nothing_of_each_other() -> None:
    with in_process() as one, in_process() as two:
        one.client(Workfront).project.create(name="Mine")
        assert two.client(Workfront).project.count() == 0
        assert len(two.log) == 1


def test_a_seed_may_be_a_document_or_the_demo() -> None:
    with in_process({"PROJ": [{"name": "Seeded"}]}) as kit:
        assert [row["name"] for row in kit.sandbox.rows("PROJ")] == ["Seeded"]
    with in_process("demo", scale=2) as kit:
        assert len(kit.sandbox.rows("PROJ")) == 60


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"percentComplete": "half"}, 'TASK.percentComplete: For input string: "half"'),
        ({"percentComplete": [50]}, "TASK.percentComplete: For input string"),
        ({"percentComplete": True}, "TASK.percentComplete: For input string"),
        ({"isCritical": "perhaps"}, 'TASK.isCritical: .* the value "perhaps"'),
        ({"isCritical": 2}, "TASK.isCritical"),
        ({"plannedStartDate": "soon"}, "TASK.plannedStartDate: Unparseable date"),
        ({"plannedStartDate": ["2026-01-01"]}, "TASK.plannedStartDate"),
        ({"name": {"en": "Brief"}}, "TASK.name: a field that holds one value"),
        ({"assignedToID": [1]}, "TASK.assignedToID: a field that holds one value"),
    ],
)
def test_a_seed_with_a_value_that_its_field_cannot_hold_is_refused(values: dict[str, Any], reason: str) -> None:
    with pytest.raises(QueryError, match=reason), in_process({"TASK": [{"name": "Brief", **values}]}):
        pass


def test_a_seed_may_write_values_as_forms_do() -> None:
    row = {"name": "Brief", "percentComplete": "50", "isCritical": "true", "plannedStartDate": "", "status": None}
    with in_process({"TASK": [row]}) as kit:
        assert kit.client(Workfront).task.count(Task.f.percent_complete == 50, Task.f.is_critical == True) == 1  # noqa: E712


def test_ids_of_a_factory_are_the_same_in_every_run() -> None:
    one, two = Factory(), Factory()
    assert one.make(Task).id == two.make(Task).id
    assert one.make(Task).id != one.make(Project).id
    assert Factory("other").make(Task).id != Factory().make(Task).id


@pytest.mark.parametrize("form", ["rows", "file"])
def test_a_seed_with_a_name_that_its_object_lacks_is_refused(tmp_path: Path, form: str) -> None:
    rows = {"TASK": [{"nmae": "knead"}]}
    file = tmp_path / "seed.json"
    file.write_text(json.dumps(rows), "utf-8")
    with (
        pytest.raises(
            QueryError,
            match=f"{'The seed: ' if form == 'rows' else file.name}.*row 1 of TASK has the unknown field 'nmae'.*name",
        ),
        in_process(rows if form == "rows" else str(file)),
    ):
        pass
