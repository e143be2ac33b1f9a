"""Several calls in one: what travels, what comes back for each, and what cannot be part of it."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from tests.support.batch_kit import ID, held
from tests.support.loopback import Answer, Received, loopback
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.row_server import Rows, serving
from workfront_core.auth import ApiKey
from workfront_core.bulk.batch import NotSent, atomic_request, batch_request, uri_of
from workfront_core.errors import InvalidRequest, NotFound, ProtocolError, QueryError, TransportError, WorkfrontError
from workfront_core.operations import decoders as result
from workfront_core.operations import operation
from workfront_core.request.request import Request
from workfront_core.services.request_of import request_of


@pytest.mark.parametrize(
    ("request_", "uri"),
    [
        (
            operation.get(Task, ID, fields=["name", "project:name"]),
            f"TASK/{ID}?method=GET&fields=name%2Cproject%3Aname",
        ),
        (operation.create(Task, {"name": "n"}), "TASK?method=POST&updates=%7B%22name%22%3A%22n%22%7D"),
        (operation.update(Task, ID, {"name": "x"}), f"TASK/{ID}?method=PUT&updates=%7B%22name%22%3A%22x%22%7D"),
        (operation.copy(Task, ID, values={"name": "x"}), f"TASK?method=POST&copySourceID={ID}&updates="),
        (operation.delete(Task, ID, force=True), f"TASK/{ID}?method=DELETE&force=true"),
        (operation.action(Task, "move", ID, {"projectID": "p"}), f"TASK/{ID}/move?method=PUT&projectID=p"),
        (
            operation.action(Task, "bulkMove", None, {"taskIDs": ["a"]}),
            "TASK/bulkMove?method=PUT&updates=%7B%22",
        ),
        (operation.search(Task, [Task.f.name == "a&b=c"], limit=5), "TASK/search?method=GET&name=a%26b%3Dc&"),
        (Request("GET", "metadata", result.json_value), "/metadata?method=GET"),
    ],
)
def test_each_call_states_its_true_verb(request_: Request[Any], uri: str) -> None:
    assert uri_of(request_).startswith(uri)


def test_the_body_is_a_form_of_atomic_uris_and_concurrent() -> None:
    ids = result.json_value
    wake: Request[Any] = Request(
        "PUT", "user", ids, (("action", "activateUsers"), ("userIDs", "foo"), ("userIDs", "bar"))
    )
    call = batch_request([wake]).call("https://acme.example/attask/api/v22.0/")
    assert (call.method, call.url, call.content_type) == (
        "POST",
        "https://acme.example/attask/api/v22.0/batch",
        "application/x-www-form-urlencoded",
    )
    assert call.content == (
        b"atomic=false&uri=user%3Fmethod%3DPUT%26action%3DactivateUsers%26userIDs%3Dfoo%26userIDs%3Dbar&concurrent=false"
    )
    atomic = atomic_request([operation.update(Task, ID, {"name": "x"})], concurrent=True).call("https://a/")
    assert atomic.content is not None
    assert atomic.content.startswith(b"atomic=true&uri=")
    assert atomic.content.endswith(b"&concurrent=true")


def test_a_batch_of_reads_may_be_repeated_and_one_with_a_write_may_not() -> None:
    read = operation.get(Task, ID)
    assert batch_request([read]).reads
    assert not batch_request([read, operation.delete(Task, ID)]).reads


def test_every_call_gets_its_own_result_or_error() -> None:
    rows = Rows(held(), refuses=lambda row: "Invalid Parameter: name" if row["name"] == "bad" else None)
    first = f"{0:032x}"
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        got, missing, refused, removed = wf.send_batch(
            (
                operation.get(Task, first, fields=["name"]),
                operation.get(Task, "f" * 32),
                operation.update(Task, first, {"name": "bad"}),
                operation.delete(Task, f"{1:032x}"),
            )
        )
    assert isinstance(got, Task)
    assert got.name == "t0"
    assert isinstance(missing, NotFound)
    assert isinstance(refused, InvalidRequest)
    assert f"PUT TASK/{first}" in str(refused)
    assert removed is None
    assert rows.names() == ["t0", "t2"]
    assert len(server.asked) == 1


def test_an_empty_batch_makes_no_call() -> None:
    none: list[Request[Task]] = []
    with serving(Rows()) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        assert list(wf.send_batch(none)) == []
        assert wf.send_batch(none, atomic=True) is None
        with wf.batch():
            pass
    assert server.asked == []


def test_more_than_a_hundred_calls_take_several_requests() -> None:
    rows = Rows(held(250))
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        tasks = wf.send_batch([operation.get(Task, id_) for id_ in rows.rows])
        assert [task.name for task in tasks if isinstance(task, Task)] == [f"t{index}" for index in range(250)]
        with pytest.raises(QueryError, match="1 to 100 requests, not 101"):
            wf.send_batch([operation.get(Task, id_) for id_ in list(rows.rows)[:101]], atomic=True)
    assert [sum(name == "uri" for name, _ in call.form) for call in server.asked] == [100, 100, 50]


def test_outcomes_before_a_failed_call_are_kept_and_those_behind_it_are_not_sent() -> None:
    calls: list[int] = []

    def second_breaks(_asked: Received) -> bool:
        calls.append(1)
        return len(calls) == 2

    rows = Rows(held(250), loses=second_breaks)
    rows_answer = rows.answer

    def answer(asked: Received) -> Answer:
        reply = rows_answer(asked)
        return Answer(raw=b'{"data"', cut=True) if asked.path.endswith("batch") and len(calls) == 2 else reply

    with loopback(answer) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        outcomes = wf.send_batch([operation.delete(Task, id_) for id_ in list(rows.rows)])
    assert outcomes[:100] == (None,) * 100
    assert all(isinstance(outcome, TransportError) for outcome in outcomes[100:200])
    assert all(isinstance(outcome, NotSent) for outcome in outcomes[200:])
    assert len(rows.rows) == 50


def test_an_atomic_batch_does_all_or_nothing_and_confirms_only() -> None:
    rows = Rows(held(), refuses=lambda row: "Invalid Parameter: name" if row["name"] == "bad" else None)
    changes = [operation.update(Task, id_, {"name": name}) for id_, name in zip(rows.rows, ("a", "b"), strict=False)]
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        assert wf.send_batch(changes, atomic=True) is None
        assert rows.names() == ["a", "b", "t2"]
        with pytest.raises(ProtocolError, match="did not confirm"):
            wf.send_batch([*changes, operation.update(Task, f"{2:032x}", {"name": "bad"})], atomic=True)
    assert server.asked


def test_a_dry_run_reads_what_a_batch_reads_and_keeps_its_writes_back() -> None:
    rows = Rows(held())
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf, wf.dry_run() as dry:
        with dry.batch() as batch:
            read = batch.call(dry.task.get, f"{0:032x}")
            batch.call(dry.task.update, f"{0:032x}", name="x")
        assert read.result().name == "t0"
        with dry.batch(atomic=True) as batch:
            batch.call(dry.task.delete, f"{0:032x}")
        dry.send_batch([operation.delete(Task, f"{1:032x}")])
        assert [request.method for request in dry.planned] == ["PUT", "DELETE", "DELETE"]
    assert rows.names() == ["t0", "t1", "t2"]
    assert server.asked


WRITES_BY_GET: list[dict[str, Any]] = [
    {"uri": f"TASK/{ID}?method=DELETE"},
    {"uri": f"/TASK/{ID}?METHOD=delete"},
    {"uri": f"TASK/{ID}?%6dethod=PUT&updates=%7B%7D"},
    {"uri": [f"TASK/{ID}?method=GET", f"TASK/{ID}?method=POST"]},
    {"URI": f"TASK/{ID}?method=DELETE"},
    {"uri": f"TASK/{ID}?action=move"},
    {"uri": f"batch?uri=TASK%2F{ID}%3Fmethod%3DDELETE"},
    {"atomic": True},
]


@pytest.mark.parametrize("params", WRITES_BY_GET, ids=str)
def test_a_batch_by_get_is_a_write_where_one_of_its_calls_writes(params: dict[str, Any]) -> None:
    with serving(Rows(held())) as server, Workfront(server.url, auth=ApiKey("k"), allow_writes=False) as wf:
        for path in ("batch", "/batch", "BATCH"):
            with pytest.raises(QueryError, match="must not change anything"):
                wf.request("GET", path, params)
        with wf.dry_run() as dry:
            dry.request("GET", "batch", params)
            assert len(dry.planned) == 1
    assert server.asked == []


def test_a_batch_by_get_that_reads_is_a_read() -> None:
    uris = [f"TASK/{0:032x}", f"TASK/{0:032x}?method=get&fields=name"]
    with (
        loopback(lambda _asked: Answer([])) as server,
        Workfront(server.url, auth=ApiKey("k"), allow_writes=False) as wf,
    ):
        assert wf.request("GET", "batch", {"uri": uris}) == []
    assert len(server.asked) == 1


def test_the_asynchronous_client_batches_too() -> None:
    rows = Rows(held())

    async def run(url: str) -> list[Any]:
        async with AsyncWorkfront(url, auth=ApiKey("k")) as wf:
            async with wf.batch() as batch:
                task = batch.call(wf.task.get, f"{0:032x}")
                number = batch.call(wf.task.delete, f"{1:032x}")
            both = await wf.send_batch((operation.get(Task, f"{0:032x}"), operation.get(Task, "f" * 32)))
            return [task.result().name, number.result(), *(type(outcome) for outcome in both)]

    with serving(rows) as server:
        assert asyncio.run(run(server.url)) == ["t0", None, Task, NotFound]
    assert len(server.asked) == 2


@pytest.mark.parametrize("path", ["batch", "upload", "login"])
def test_what_cannot_be_part_of_a_batch_is_refused(path: str) -> None:
    with pytest.raises(QueryError, match="cannot be part of a batch"):
        batch_request([Request("POST", path, result.json_value)])


@pytest.mark.parametrize("data", [None, [], {"success": True}, [{"data": 1}, {"data": 2}]])
def test_an_answer_of_another_shape_is_a_protocol_error(data: object) -> None:
    with pytest.raises(ProtocolError, match="A batch of 1 calls was answered with"):
        batch_request([operation.get(Task, ID)]).parse(data)


def test_a_misfit_in_strict_reading_is_the_error_of_its_call() -> None:
    outcomes = batch_request([operation.get(Task, ID)] * 2).parse(
        [{"data": {"ID": ID, "percentComplete": "half"}}, {"data": {"ID": ID}}], strict=True
    )
    assert [type(outcome) for outcome in outcomes] == [ProtocolError, Task]


def test_errors_in_a_batch_show_no_secret_and_can_be_pickled() -> None:
    secret = operation.action(Task, "setPassword", ID, {"password": "hush"})
    (error,) = batch_request([secret]).parse([{"error": {"message": "no"}}])
    assert isinstance(error, WorkfrontError)
    assert "hush" not in str(error) + str(pickle.loads(pickle.dumps(error)))  # noqa: S301
    shown = str(batch_request([secret]).redact_secrets()) + repr(batch_request([secret]))
    assert "hush" not in unquote(unquote(shown))
    assert "setPassword" in shown


def test_the_request_of_a_method_is_what_it_would_send() -> None:
    with serving(Rows()) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        request = request_of(wf.task.update, ID, name="x", custom={"Region": "N"})
        assert (request.method, request.path, request.json) == ("PUT", f"TASK/{ID}", {"name": "x", "DE:Region": "N"})
        several: list[Callable[..., object]] = [
            wf.task.search, wf.task.get_many, wf.task.create_many, wf.task.delete_many,
        ]  # fmt: skip
        for method in several:
            with pytest.raises(QueryError, match=r"may take several calls"):
                request_of(method, [])
        with pytest.raises(QueryError, match=r"members\(\) does not make a call"):
            request_of(wf.task.members, Task.f.approvers, ID)
        thing = request_of(wf.untyped("THING").create, {"a": 1})
        assert (thing.path, thing.json) == ("THING", {"a": 1})
        with pytest.raises(QueryError, match="not a method of a service"):
            request_of(print, "x")
        with pytest.raises(QueryError, match="ID is empty"):
            request_of(wf.task.get, "")
    assert server.asked == []
