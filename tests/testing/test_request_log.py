"""The request log: requests as the service understands them, and assertions that say what was sent instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest

from workfront_client.v22 import Task, Workfront
from workfront_sandbox.wire.exchange import REMEMBERED
from workfront_testing import SandboxKit, in_process


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with in_process() as found:
        yield found


@pytest.fixture
def wf(kit: SandboxKit) -> Iterator[Workfront]:
    with kit.client(Workfront) as found:
        yield found


@pytest.mark.parametrize("path", ["TASK/search", "task/search", "Task/search"])
def test_a_search_is_found_by_any_name_of_its_object(kit: SandboxKit, wf: Workfront, path: str) -> None:
    list(wf.task.search(Task.f.status == "NEW", fields=[Task.f.name]))
    sent = kit.log.assert_sent("GET", path, {"status": "NEW"}, status=200, times=1)
    assert sent.path == "TASK/search"


def test_a_write_is_found_by_what_it_wrote(kit: SandboxKit, wf: Workfront) -> None:
    task = wf.task.create(name="Paint", percent_complete=10)
    kit.log.assert_sent("POST", "TASK", json={"name": "Paint"})
    wf.task.update(task.id or "", percent_complete=20)
    kit.log.assert_sent("PUT", f"TASK/{task.id}", json={"percentComplete": 20})
    with pytest.raises(AssertionError, match="found 0"):
        kit.log.assert_sent("PUT", f"TASK/{task.id}", json={"percentComplete": 30})


def test_a_search_too_long_for_an_address_is_still_a_get(kit: SandboxKit, wf: Workfront) -> None:
    list(wf.task.search(Task.f.name.in_([f"a rather long name of a task {number}" for number in range(400)])))
    sent = kit.log.assert_sent("GET", "TASK/search", times=1)
    assert len(sent.parameters["name"]) == 400


def test_repeated_parameters_are_compared_as_lists(kit: SandboxKit) -> None:
    http = httpx.Client(transport=kit.transport, base_url=kit.url, headers={"sessionID": kit.api_key})
    http.get("/attask/api/v22.0/task/search", params={"status": ["NEW", "INP"], "status_Mod": "in"})
    kit.log.assert_sent("GET", "TASK/search", {"status": ["NEW", "INP"]})
    kit.log.assert_sent("GET", "TASK/search", {"status": "INP"})
    kit.log.assert_not_sent("GET", "TASK/search", {"status": ["INP"]})


def test_a_failed_assertion_lists_what_was_sent_without_credentials(kit: SandboxKit) -> None:
    http = httpx.Client(transport=kit.transport, base_url=kit.url)
    http.get("/attask/api/v22.0/task/search", params={"apiKey": "hush-hush", "name": "Paint"})
    with pytest.raises(AssertionError) as caught:
        kit.log.assert_sent("GET", "PROJ/search")
    assert "Wanted at least one of GET PROJ/search" in str(caught.value)
    assert "GET TASK/search?apiKey=***&name=Paint -> 200" in str(caught.value)
    assert "hush-hush" not in str(caught.value)


def test_numbers_of_requests_are_exact(kit: SandboxKit, wf: Workfront) -> None:
    kit.log.assert_count(0)
    with pytest.raises(AssertionError, match=r"Nothing was sent\."):
        kit.log.assert_count(1)
    for _ in range(2):
        wf.task.count()
    kit.log.assert_sent("GET", "TASK/count", times=2)
    with pytest.raises(AssertionError, match="Wanted 1 of"):
        kit.log.assert_sent("GET", "TASK/count", times=1)
    kit.log.assert_not_sent("DELETE", "TASK/count")
    kit.log.clear()
    kit.log.assert_count(0)


def test_nobody_says_how_many_there_were_once_some_are_forgotten(kit: SandboxKit, wf: Workfront) -> None:
    wf.task.create(name="Paint")
    wf.task.count()
    while not kit.sandbox.log.forgotten:
        kit.sandbox.log.append(kit.sandbox.log[-1])
    kit.log.assert_sent("GET", "TASK/count")
    counts: list[Callable[[], object]] = [
        lambda: kit.log.assert_not_sent("POST", "TASK"),
        lambda: kit.log.assert_sent("GET", "TASK/count", times=REMEMBERED),
        lambda: kit.log.assert_count(REMEMBERED),
    ]
    for count in counts:
        with pytest.raises(AssertionError, match=r"remembers the last 1,000 requests, and 1 were sent before"):
            count()
    kit.log.clear()
    kit.log.assert_not_sent("POST", "TASK")


def test_broken_requests_are_listed_too(kit: SandboxKit) -> None:
    http = httpx.Client(transport=kit.transport, base_url=kit.url)
    http.post("/attask/api/v22.0/task", content=b"{broken", headers={"content-type": "application/json"})
    http.get("/elsewhere")
    assert [(sent.method, sent.path) for sent in kit.log.sent] == [("POST", "TASK"), ("GET", "/elsewhere")]
