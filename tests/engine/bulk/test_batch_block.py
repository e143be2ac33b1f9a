"""A batch that is filled by method calls, and sent at the end of its block."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.support.batch_kit import ID, held
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.row_server import Rows, serving
from workfront_core.auth import ApiKey
from workfront_core.errors import NotFound, QueryError, WriteRefused
from workfront_core.operations import operation
from workfront_core.services.request_of import request_of


def test_a_batch_is_filled_by_method_calls_and_sent_at_the_end_of_its_block() -> None:
    rows = Rows(held())
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        with wf.batch(concurrent=True, on_error="collect") as batch:
            task = batch.call(wf.task.get, f"{0:032x}", fields=["name"])
            new = batch.call(wf.task.create, name="new")
            gone = batch.add(operation.delete(Task, "f" * 32))
            with pytest.raises(QueryError, match="not sent yet"):
                task.result()
            assert server.asked == []
        assert (task.result().name, new.result().name) == ("t0", "new")
        assert isinstance(gone.error, NotFound)
        with pytest.raises(NotFound):
            gone.result()
        assert task.error is None
    assert len(server.asked) == 1
    assert ("concurrent", "true") in server.last.form


def test_an_atomic_batch_has_no_results_to_ask_for() -> None:
    rows = Rows(held())
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        with wf.batch(atomic=True) as batch:
            slot = batch.call(wf.task.update, f"{0:032x}", name="a")
        with pytest.raises(QueryError, match="confirms all"):
            slot.result()
    assert rows.names()[0] == "a"
    assert server.asked


def test_a_block_that_raises_sends_nothing() -> None:
    rows = Rows(held())
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        batch = wf.batch()
        with pytest.raises(ZeroDivisionError), batch:
            print(batch.call(wf.task.delete, f"{0:032x}"), 1 / 0)
    assert server.asked == []


def test_a_batch_takes_calls_within_its_block_alone() -> None:
    rows = Rows(held())
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        batch = wf.batch()
        with pytest.raises(QueryError, match="did not begin"):
            batch.call(wf.task.get, f"{0:032x}")
        with batch:
            batch.call(wf.task.get, f"{0:032x}")
        with pytest.raises(QueryError, match=r"is over.*\n.*with wf.batch"):
            batch.call(wf.task.get, f"{0:032x}")
        with pytest.raises(QueryError, match="is over"):
            batch.add(operation.get(Task, ID))
        with pytest.raises(QueryError, match="one block"), batch:
            pass
    assert len(server.asked) == 1


def test_a_batch_takes_no_call_after_a_block_that_raised() -> None:
    with Workfront("https://acme.example", auth=ApiKey("k")) as wf:
        batch = wf.batch()
        with pytest.raises(ZeroDivisionError), batch:
            print(1 / 0)
        with pytest.raises(QueryError, match="is over"):
            batch.call(wf.task.get, ID)


def test_a_call_that_failed_raises_at_the_end_of_the_block_once_all_have_their_results() -> None:
    rows = Rows(held())
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        batch = wf.batch()
        calls = [request_of(wf.task.update, id_, name="new") for id_ in (f"{0:032x}", "e" * 32, "f" * 32)]
        good, bad, worse = None, None, None
        with pytest.raises(NotFound) as caught, batch:
            good, bad, worse = (batch.add(call) for call in calls)
        assert good is not None
        assert bad is not None
        assert worse is not None
        assert good.result().name == "new"
        assert bad.error is caught.value
        assert isinstance(worse.error, NotFound)
        assert "2 of the 3 calls" in caught.value.__notes__[0]
    assert rows.names()[0] == "new"
    assert server.asked


def test_an_asynchronous_batch_raises_and_collects_alike() -> None:
    async def run(url: str) -> None:
        async with AsyncWorkfront(url, auth=ApiKey("k")) as wf:
            async with wf.batch(on_error="collect") as batch:
                slot = batch.call(wf.task.delete, "f" * 32)
            assert isinstance(slot.error, NotFound)
            with pytest.raises(QueryError, match="is over"):
                batch.call(wf.task.get, ID)
            with pytest.raises(NotFound):
                async with wf.batch() as batch:
                    batch.call(wf.task.delete, "f" * 32)

    with serving(Rows(held())) as server:
        asyncio.run(run(server.url))
    assert len(server.asked) == 2


def test_a_batch_takes_no_calls_of_a_client_with_another_address() -> None:
    with (
        Workfront("https://one.example", auth=ApiKey("k")) as wf,
        Workfront("https://two.example", auth=ApiKey("k")) as o,
    ):
        batch = wf.batch()
        with pytest.raises(QueryError, match="another address"), batch:
            batch.call(o.task.get, ID)


def test_a_batch_sends_no_write_that_the_client_of_its_method_would_keep_back() -> None:
    rows = Rows(held())
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        careful = Workfront(server.url, auth=ApiKey("k"), allow_writes=False)
        with wf.dry_run() as dry, wf.batch() as batch:
            with pytest.raises(QueryError, match=r"of a dry run(.|\n)*dry.batch"):
                batch.call(dry.task.update, ID, name="x")
            with pytest.raises(WriteRefused):
                batch.call(careful.task.update, ID, name="x")
            batch.call(careful.task.get, f"{0:032x}")
        with wf.dry_run() as dry, dry.batch() as batch:
            batch.call(wf.task.update, ID, name="x")
        assert [request.method for request in dry.planned] == ["PUT"]
        careful.close()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"on_error": "ignore"}, "on_error="),
        ({"on_error": None}, "on_error="),
        ({"atomic": True, "on_error": "collect"}, "nothing to collect"),
        ({"atomic": 1}, "True or False"),
        ({"concurrent": None}, "True or False"),
    ],
)
def test_options_of_a_batch_are_checked_where_they_are_given(options: dict[str, Any], message: str) -> None:
    with Workfront("https://acme.example", auth=ApiKey("k")) as wf, pytest.raises(QueryError, match=message):
        wf.batch(**options)


@pytest.mark.parametrize("given", [None, 5, "x", [None], [5], operation.get(Task, ID), [[operation.get(Task, ID)]]])
def test_what_is_no_list_of_requests_is_refused_unsent(given: Any) -> None:
    with Workfront("https://acme.example", auth=ApiKey("k")) as wf, pytest.raises(QueryError, match="A batch takes"):
        wf.send_batch(given)
