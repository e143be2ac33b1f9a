"""What is neither a yes nor a no does not pass for a yes: ``if wf.task.update_many(rows):`` must not always be true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workfront_client.v22 import AsyncWorkfront, Project, Task, Workfront
from workfront_core import all_of, exists, outer, raw_parameters
from workfront_core.auth import ApiKey
from workfront_core.bulk.results import BulkResult
from workfront_core.errors import QueryError
from workfront_core.query.join import Join
from workfront_core.services.pending_batch import Slot
from workfront_testing import in_process

_ADDRESS = "https://acme.example"


def _search(client: Any) -> Any:
    return client(_ADDRESS, auth=ApiKey("k")).task.search()


NEITHER: dict[str, Callable[[], object]] = {
    "a field": lambda: Task.f.name,
    "a custom field": lambda: Task.f.custom("Region"),
    "a relation": lambda: Task.f.project,
    "a collection": lambda: Project.f.tasks,
    "a comparison": lambda: Task.f.percent_complete < 5,
    "conditions together": lambda: all_of([Task.f.name == "a", Task.f.name.is_null()]),
    "an exists": lambda: exists(Task, Task.f.project_id == outer(Project.f.id)),
    "parameters as they are": lambda: raw_parameters(("name", "x")),
    "a join": lambda: Task.f.project_id == outer(Project.f.id),
    "a sort key": lambda: Task.f.name.asc(),
    "a sort key downwards": lambda: Task.f.project.name.desc(),
    "a search": lambda: _search(Workfront),
    "an asynchronous search": lambda: _search(AsyncWorkfront),
    "a bulk result": BulkResult,
    "a bulk result with a problem": lambda: BulkResult(failed_count=1),
}


@pytest.mark.parametrize("what", NEITHER)
@pytest.mark.parametrize("use", [bool, lambda it: not it, lambda it: it and it, lambda it: it or it])
def test_what_is_neither_true_nor_false_says_what_to_write(what: str, use: Callable[[Any], Any]) -> None:
    with pytest.raises(QueryError) as caught:
        use(NEITHER[what]())
    assert str(caught.value).partition("\n")[0].endswith(" is neither true nor false.")
    assert str(caught.value.hint).startswith(("Write ", "Join conditions", "Give it to exists()"))


def _is_refused(slot: object) -> bool:
    with pytest.raises(QueryError) as caught:
        bool(slot)
    return "slot.error is None" in str(caught.value.hint)


def test_a_call_of_a_batch_is_neither_before_it_is_sent_nor_afterwards() -> None:
    with in_process() as kit, kit.client(Workfront) as wf:
        with wf.batch(on_error="collect") as batch:
            slots: list[Slot[Any]] = [batch.call(wf.task.count), batch.call(wf.task.get, "1" * 32)]
            assert all(_is_refused(slot) for slot in slots)
        assert all(_is_refused(slot) for slot in slots)
        assert (slots[0].result(), type(slots[1].error).__name__) == (0, "NotFound")


def test_what_is_compared_with_an_outer_field_is_a_join() -> None:
    assert isinstance(NEITHER["a join"](), Join)
