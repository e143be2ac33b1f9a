"""A value that holds itself, or that cannot be shown, is refused in words wherever values are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from workfront_client.v22 import Task, Workfront
from workfront_core.bulk.results import BulkError
from workfront_core.errors import QueryError, WorkfrontError
from workfront_testing import SandboxKit, in_process

ID = "5a020000000000000000000000000001"


def circle() -> list[Any]:
    found: list[Any] = []
    found.append(found)
    return found


def circle_of_maps() -> dict[str, Any]:
    found: dict[str, Any] = {}
    found["a"] = found
    return found


class Unshown:
    """One whose text cannot be made."""

    def __repr__(self) -> str:
        raise ValueError("no text")


CALLS: dict[str, Callable[[Workfront, Any], object]] = {
    "extra of update": lambda wf, value: wf.task.update(ID, extra={"a": value}),
    "extra of create": lambda wf, value: wf.task.create(name="x", extra={"a": value}),
    "extra of copy": lambda wf, value: wf.project.copy(ID, extra={"a": value}),
    "custom": lambda wf, value: wf.task.update(ID, custom={"a": value}),
    "a field": lambda wf, value: wf.task.update(ID, name=value),
    "request": lambda wf, value: wf.request("POST", "TASK", json={"a": value}),
    "parameters": lambda wf, value: wf.request("GET", "TASK", {"a": value}),
    "extra_params": lambda wf, value: wf.with_options(extra_params={"a": value}),
    "action": lambda wf, value: wf.task.action("move", ID, {"a": value}),
    "condition": lambda wf, value: wf.task.count(Task.f.name == value),
    "in_": lambda wf, value: wf.task.count(Task.f.name.in_([value])),
    "fields": lambda wf, value: wf.task.search(fields=[value]),
    "get": lambda wf, value: wf.task.get(value),
    "get_many": lambda wf, value: wf.task.get_many([value]),
    "delete_many": lambda wf, value: wf.task.delete_many([value]),
}


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with in_process() as made:
        yield made


@pytest.mark.parametrize("make", [circle, circle_of_maps, Unshown])
@pytest.mark.parametrize("call", CALLS)
def test_it_is_refused_before_anything_is_sent(call: str, make: Callable[[], Any], kit: SandboxKit) -> None:
    with kit.client(Workfront) as wf:
        with pytest.raises(WorkfrontError) as raised:
            CALLS[call](wf, make())
        assert isinstance(raised.value, QueryError | BulkError)
        assert len(str(raised.value)) < 600
        assert kit.log.sent == []
