"""Reading only, dry runs, hooks, counters and spans. docs/resilience.md."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from tests.support import fault_host as fault
from tests.support.fault_host import fault_host, script
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.resilience_kit import SECRET, Pauses, both, names
from workfront_core.auth import ApiKey
from workfront_core.errors import InvalidRequest, ProtocolError, QueryError, RateLimited, WriteRefused
from workfront_core.errors.complaints import COMPLAINTS, failure
from workfront_core.operations import operation
from workfront_core.operations.any_request import free_request
from workfront_core.request.write_guard import changes, is_production
from workfront_core.transport.hooks import AttemptInfo, CallInfo, Hook
from workfront_core.transport.telemetry import CounterHook, OpenTelemetryHook

WRITES: dict[str, Any] = {
    "create": lambda wf: wf.task.create(name="x"),
    "delete": lambda wf: wf.task.delete("1" * 32),
    "action": lambda wf: wf.send(operation.action(Task, "move", "1" * 32, {"projectID": "2"})),
    "free": lambda wf: wf.request("PUT", "TASK/11111111111111111111111111111111", json={"name": "x"}),
    "verb in a parameter": lambda wf: wf.request("GET", "TASK/11111111111111111111111111111111", {"method": "DELETE"}),
    "action in a parameter": lambda wf: wf.request("GET", "USER", {"action": "clearApiKey"}),
}


@both
@pytest.mark.parametrize("name", WRITES)
def test_a_client_that_only_reads_refuses_every_write(run: Any, name: str) -> None:
    job = WRITES[name]
    with fault_host(lambda asked, _number: fault.page(asked)) as host:
        with pytest.raises(WriteRefused, match="must not change anything"):
            run(host.url, job, allow_writes=False)
        assert host.asked == []
        assert len(run(host.url, names, allow_writes=False)) == 7


_ONE = "TASK/11111111111111111111111111111111"
DELETIONS: dict[str, tuple[str, str]] = {
    "as it is": ("batch", f"{_ONE}?method=DELETE"),
    "path of another spelling": ("/BATCH", f"{_ONE}?METHOD=delete"),
    "path in percent signs": ("ba%74ch", f"{_ONE}?method=DELETE"),
    "path encoded twice": ("b%2561tch", f"{_ONE}?method=DELETE"),
    "path behind another root": ("unsupported/batch", f"{_ONE}?method=DELETE"),
    "verb in percent signs": ("batch", f"{_ONE}?meth%6fd=%44ELETE"),
    "verb behind another sign": ("batch", f"{_ONE}?fields=ID;method=DELETE"),
    "verb behind a fragment": ("batch", f"{_ONE}#?method=DELETE"),
    "verb behind an encoded sign": ("batch", f"{_ONE}%3Fmethod=DELETE"),
    "a batch in the batch": ("batch", f"batch?uri={_ONE}%3Fmethod%3DDELETE"),
    "an encoded batch in the batch": ("batch", f"ba%74ch?uri={_ONE}%3Fmethod%3DDELETE"),
    "a batch with parameters of its path": ("batch", f"batch;x=y?uri={_ONE}%3Fmethod%3DDELETE"),
    "a batch by its whole path": ("batch", f"/attask/api/v22.0/batch?uri={_ONE}%3Fmethod%3DDELETE"),
    "a batch by its whole address": ("batch", f"https://acme.example/batch?uri={_ONE}%3Fmethod%3DDELETE"),
    "a batch behind two slashes": ("batch", f"//batch?uri={_ONE}%3Fmethod%3DDELETE"),
    "what stands for a write": ("batch", f'{_ONE}?updates={{"name":"x"}}'),
}


@pytest.mark.parametrize("name", DELETIONS)
def test_a_batch_that_changes_something_is_seen_however_it_is_spelt(name: str) -> None:
    path, call = DELETIONS[name]
    request = free_request("GET", path, {"uri": ["TASK/count", call]})
    assert (request.reads, changes(request)) == (False, True)
    with fault_host(script()) as host, Workfront(host.url, auth=ApiKey(SECRET), allow_writes=False) as wf:
        with pytest.raises(WriteRefused):
            wf.request("GET", path, {"uri": call})
        with wf.dry_run() as dry:
            dry.request("GET", path, {"uri": call})
        assert (host.asked, len(dry.planned)) == ([], 1)


@pytest.mark.parametrize("call", ["TASK/count", f"{_ONE}?fields=name&method=get", "PROJ/search?name=a%3Fb%26c"])
def test_a_batch_that_reads_counts_as_reading(call: str) -> None:
    request = free_request("GET", "ba%74ch", {"uri": ["TASK/count", call]})
    assert (request.reads, changes(request)) == (True, False)


@pytest.mark.parametrize(
    "path", ["TASK/%2e%2e/batch", "TASK%2F..%2Fbatch", "TASK%3Fmethod=DELETE", "batch;x=y", "a%23b"]
)
def test_an_encoded_path_leaves_the_root_as_little_as_a_plain_one(path: str) -> None:
    with pytest.raises(QueryError, match="not a path below the API root"):
        free_request("GET", path)


@pytest.mark.parametrize(
    ("url", "production"),
    [
        ("https://acme.my.workfront.com", True),
        ("https://acme.my.workfront.adobe.com", True),
        ("https://acme.attask-ondemand.com", True),
        ("https://workfront.acme.example", True),
        ("https://preview.workfront.com.evil.example", True),
        ("https://acme.preview.workfront.com", False),
        ("https://acme.sb02.workfront.adobe.com", False),
        ("https://acme.attasksandbox.com", False),
        ("http://127.0.0.1:8080", False),
    ],
)
def test_what_is_not_known_as_a_sandbox_counts_as_production(url: str, production: bool) -> None:
    assert is_production(f"{url}/attask/api/v22.0/") is production
    with Workfront(url, auth=ApiKey(SECRET), allow_writes="sandbox") as wf:
        if production:
            with pytest.raises(WriteRefused, match="in production"):
                wf.task.delete("1" * 32)


@pytest.mark.parametrize("value", ["no", "Sandbox", 1, None, 0])
def test_a_mistyped_allowance_opens_nothing(value: Any) -> None:
    with pytest.raises(QueryError, match="write True, False"):
        Workfront("https://acme.example", auth=ApiKey(SECRET), allow_writes=value)


def test_a_dry_run_reads_and_keeps_writes_back() -> None:
    with fault_host(script()) as host, Workfront(host.url, auth=ApiKey(SECRET)) as wf:
        with wf.dry_run() as dry:
            assert len(names(dry)) == 7
            made = dry.task.create(name="x")
            dry.with_options(extra_params={"a": "b"}).task.delete("1" * 32)
            assert dry.task.move("1" * 32, project_id="2") is None
        assert [(request.method, request.path) for request in dry.planned] == [
            ("POST", "TASK"),
            ("DELETE", "TASK/11111111111111111111111111111111"),
            ("PUT", "TASK/11111111111111111111111111111111/move"),
        ]
        assert dry.planned[0].json == {"name": "x"}
        assert dry.planned[1].params == (("a", "b"),)
        assert (made.name, len(str(made.id))) == ("x", 32)
        assert wf.planned == []
        assert {asked.method for asked in host.asked} == {"GET"}


async def _async_plan(url: str) -> list[str]:
    async with AsyncWorkfront(url, auth=ApiKey(SECRET), allow_writes=False) as wf:
        with wf.dry_run() as dry:
            await dry.task.delete("1" * 32)
            return [str(request) for request in dry.planned]


def test_a_dry_run_is_allowed_where_writes_are_not() -> None:
    import asyncio

    assert asyncio.run(_async_plan("https://acme.example")) == [
        "<Request DELETE TASK/11111111111111111111111111111111>"
    ]


class Heard(Hook):
    def __init__(self) -> None:
        self.told: list[tuple[str, object]] = []
        self.calls: list[CallInfo] = []

    def on_call_start(self, call: CallInfo, /) -> None:
        self.calls.append(call)
        self.told.append(("started", call.request.path))

    def on_response(self, _call: CallInfo, attempt: AttemptInfo, /) -> None:
        self.told.append(("answer", (attempt.number, attempt.status, type(attempt.error).__name__)))

    def on_retry(self, _call: CallInfo, _attempt: AttemptInfo, pause: float, /) -> None:
        self.told.append(("retry", pause))

    def on_call_end(self, _call: CallInfo, error: BaseException | None, /) -> None:
        self.told.append(("ended", type(error).__name__))


class Broken(Hook):
    def on_call_start(self, _call: CallInfo, /) -> None:
        raise RuntimeError("metrics are down")


@both
def test_hooks_hear_of_every_attempt_and_a_broken_one_harms_nobody(run: Any) -> None:
    heard, pauses, counters = Heard(), Pauses(), CounterHook()
    hooks = [Broken(), heard, counters]
    with fault_host(script(fault.refusal(503), then=lambda _asked: fault.reply({"data": {"ID": "1" * 32}}))) as host:
        run(host.url, lambda wf: wf.task.get("1" * 32), retry=pauses.retry(), hooks=hooks)
    assert heard.told == [
        ("started", "TASK/11111111111111111111111111111111"),
        ("answer", (1, 503, "ServerError")),
        ("retry", 1.0),
        ("answer", (2, 200, "NoneType")),
        ("ended", "NoneType"),
    ]
    counts = counters.snapshot()
    assert counts.pop("seconds") > 0
    assert counts == {"calls": 1, "attempts": 2, "retries": 1, "status.503": 1, "status.200": 1}


@both
def test_a_call_has_one_id_in_its_error_its_hooks_and_its_log(run: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="workfront")
    heard = Heard()
    with fault_host(lambda _asked, _number: fault.refusal(429)) as host, pytest.raises(RateLimited) as raised:
        run(host.url, names, retry=Pauses().retry(max_retries=1), hooks=[heard])
    call_id = heard.calls[0].id
    ids = {record.__dict__["workfront_call_id"] for record in caplog.records if record.name == "workfront"}
    assert ids == {raised.value.call_id} == {call_id}
    assert f"Call: {call_id}" in str(raised.value)
    assert not any(call_id in str(asked) for asked in host.asked)


def test_spans_tell_method_path_status_and_retries_and_no_value() -> None:
    sdk = pytest.importorskip("opentelemetry.sdk.trace")
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter = InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    spans = OpenTelemetryHook(provider.get_tracer("test"))
    options: dict[str, Any] = {"auth": ApiKey(SECRET), "hooks": [spans], "retry": Pauses().retry()}
    where = Task.f.name == "value-of-a-filter"
    with fault_host(script(fault.refusal(500), fault.html())) as host, Workfront(host.url, **options) as wf:
        rows = wf.task.search(where)
        with pytest.raises(ProtocolError):
            rows.to_list()
    (span,) = exporter.get_finished_spans()
    assert span.name == "GET TASK"
    assert span.attributes is not None
    assert span.attributes["http.response.status_code"] == 200
    assert span.attributes["error.type"] == "ProtocolError"
    assert [event.name for event in span.events] == ["retry"]
    assert "value-of-a-filter" not in span.to_json()


@both
def test_an_unknown_field_is_answered_with_what_was_probably_meant(run: Any) -> None:
    message = "APIModel V22_0 does not support field percentComplet (Task)"
    with (
        fault_host(lambda _asked, _number: fault.refusal(422, message)) as host,
        pytest.raises(InvalidRequest) as raised,
    ):
        run(host.url, lambda wf: wf.send(operation.get(Task, "1" * 32)))
    assert raised.value.field == "percentComplet"
    assert raised.value.suggestions[0] == "percentComplete"
    assert "Did you mean percentComplete" in str(raised.value)


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ("action move does not support argument named IDs", "IDs"),
        ('Invalid Parameter: status value "X"', "status"),
        ("Invalid custom enum value(s) for field 'Status': ['APV']", "Status"),
        ("Invalid character in 'name' : '('", "name"),
        ("APIModel V17_0 does not support namedQuery X (CTGY)", "X"),
        ("you must specify an action", None),
    ],
)
def test_an_error_names_its_culprit(message: str, field: str | None) -> None:
    error = failure(message, status=500)
    assert isinstance(error, InvalidRequest)
    assert error.field == field
    assert error.hint


def test_every_hint_is_a_sentence() -> None:
    for complaint in COMPLAINTS:
        assert complaint.hint.endswith((".", "?"))
