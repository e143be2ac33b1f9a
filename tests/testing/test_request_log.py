"""The request log: requests as the service understands them, and assertions that say what was sent instead."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from workfront_client.v22 import Task, Workfront
from workfront_testing import SandboxKit, in_process


@pytest.fixture
def bench() -> Iterator[SandboxKit]:
    with in_process() as found:
        yield found


@pytest.fixture
def wf(bench: SandboxKit) -> Iterator[Workfront]:
    with bench.client(Workfront) as found:
        yield found


@pytest.mark.parametrize("path", ["TASK/search", "task/search", "Task/search"])
def test_a_search_is_found_by_any_name_of_its_object(bench: SandboxKit, wf: Workfront, path: str) -> None:
    list(wf.task.search(Task.f.status == "NEW", fields=[Task.f.name]))
    sent = bench.log.assert_sent("GET", path, {"status": "NEW"}, status=200, times=1)
    assert sent.path == "TASK/search"


def test_a_write_is_found_by_what_it_wrote(bench: SandboxKit, wf: Workfront) -> None:
    task = wf.task.create(name="Paint", percent_complete=10)
    bench.log.assert_sent("POST", "TASK", json={"name": "Paint"})
    wf.task.update(task.id or "", percent_complete=20)
    bench.log.assert_sent("PUT", f"TASK/{task.id}", json={"percentComplete": 20})
    with pytest.raises(AssertionError, match="found 0"):
        bench.log.assert_sent("PUT", f"TASK/{task.id}", json={"percentComplete": 30})


def test_a_search_too_long_for_an_address_is_still_a_get(bench: SandboxKit, wf: Workfront) -> None:
    list(wf.task.search(Task.f.name.in_([f"a rather long name of a task {number}" for number in range(400)])))
    sent = bench.log.assert_sent("GET", "TASK/search", times=1)
    assert len(sent.parameters["name"]) == 400


def test_repeated_parameters_are_compared_as_lists(bench: SandboxKit) -> None:
    http = httpx.Client(transport=bench.transport, base_url=bench.url, headers={"sessionID": bench.api_key})
    http.get("/attask/api/v22.0/task/search", params={"status": ["NEW", "INP"], "status_Mod": "in"})
    bench.log.assert_sent("GET", "TASK/search", {"status": ["NEW", "INP"]})
    bench.log.assert_sent("GET", "TASK/search", {"status": "INP"})
    bench.log.assert_not_sent("GET", "TASK/search", {"status": ["INP"]})


def test_a_failed_assertion_lists_what_was_sent_without_credentials(bench: SandboxKit) -> None:
    http = httpx.Client(transport=bench.transport, base_url=bench.url)
    http.get("/attask/api/v22.0/task/search", params={"apiKey": "hush-hush", "name": "Paint"})
    with pytest.raises(AssertionError) as caught:
        bench.log.assert_sent("GET", "PROJ/search")
    assert "Wanted at least one of GET PROJ/search" in str(caught.value)
    assert "GET TASK/search?apiKey=***&name=Paint -> 200" in str(caught.value)
    assert "hush-hush" not in str(caught.value)


def test_numbers_of_requests_are_exact(bench: SandboxKit, wf: Workfront) -> None:
    bench.log.assert_count(0)
    with pytest.raises(AssertionError, match=r"Nothing was sent\."):
        bench.log.assert_count(1)
    for _ in range(2):
        wf.task.count()
    bench.log.assert_sent("GET", "TASK/count", times=2)
    with pytest.raises(AssertionError, match="Wanted 1 of"):
        bench.log.assert_sent("GET", "TASK/count", times=1)
    bench.log.assert_not_sent("DELETE", "TASK/count")
    bench.log.clear()
    bench.log.assert_count(0)


def test_broken_requests_are_listed_too(bench: SandboxKit) -> None:
    http = httpx.Client(transport=bench.transport, base_url=bench.url)
    http.post("/attask/api/v22.0/task", content=b"{broken", headers={"content-type": "application/json"})
    http.get("/elsewhere")
    assert [(sent.method, sent.path) for sent in bench.log.sent] == [("POST", "TASK"), ("GET", "/elsewhere")]
