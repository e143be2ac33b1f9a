"""Many objects by ID: how many calls, in which order the rows come back, what is left out."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import AsyncTaskService, TaskService
from workfront_core.errors import NotFound, ProtocolError, QueryError
from workfront_core.operations.id_batches import MAX_IDS, id_chunks
from workfront_core.operations.operation import get_many
from workfront_core.request.encoding import MAX_URL
from workfront_core.request.request import Request

ROOT = "https://a-customer-with-a-long-name.preview.workfront.com/attask/api/v22.0/"


class Store:
    """Answers the IDs it has, in an order of its own; a single one it lacks is not found."""

    def __init__(self, *ids: str) -> None:
        self.ids = ids
        self.sent: list[list[str]] = []

    def send(self, request: Request[Any], /) -> Any:
        wanted = dict(request.params)["id"].split(",")
        self.sent.append(wanted)
        found = [{"ID": row_id} for row_id in self.ids if row_id in wanted]
        if not found and len(wanted) == 1:
            raise NotFound("no such object", status=404)
        return request.parse(found)


class AsyncStore(Store):
    async def send(self, request: Request[Any], /) -> Any:
        return super().send(request)


A, B, C, ME = ("a" * 32, "b" * 32, "c" * 32, "e" * 32)


def many(number: int) -> list[str]:
    return [f"{one:032x}" for one in range(number)]


def read(store: Store, ids: list[str]) -> list[str | None]:
    return [row.id for row in TaskService(store).get_many(ids)]


def test_rows_come_in_the_order_asked_for() -> None:
    assert read(Store(A, B, C), [C, A, B]) == [C, A, B]


def test_an_id_asked_for_twice_comes_once() -> None:
    store = Store(A, B)
    assert read(store, [B, A, B]) == [B, A]
    assert store.sent == [[B, A]]


def test_what_does_not_exist_is_left_out() -> None:
    assert read(Store(A, C), [A, B, C]) == [A, C]
    assert read(Store(A), [B]) == []


def test_rows_that_did_not_come_are_asked_for_again() -> None:
    class Capped(Store):
        def send(self, request: Request[Any], /) -> Any:
            wanted = dict(request.params)["id"].split(",")
            self.sent.append(wanted)
            return request.parse([{"ID": row_id} for row_id in self.ids if row_id in wanted][:2])

    a, b, c, d, e, x = (letter * 32 for letter in "abcdef")
    store = Capped(a, b, c, d, e)
    assert read(store, [e, d, x, c, b, a]) == [e, d, c, b, a]
    assert store.sent[1:] == [[e, d, x, c], [e, x], [x]]


def test_where_all_rows_came_none_is_asked_for_again() -> None:
    store = Store(A, B)
    assert read(store, [A, B]) == [A, B]
    assert len(store.sent) == 1


def test_an_answer_without_a_list_is_no_sign_that_rows_are_missing() -> None:
    class Broken(Store):
        def send(self, request: Request[Any], /) -> Any:
            return request.parse(None)

    with pytest.raises(ProtocolError):
        read(Broken(), [A, B])


def test_no_ids_need_no_call() -> None:
    store = Store(A)
    assert read(store, []) == []
    assert store.sent == []


def test_more_ids_than_one_call_holds_travel_in_several() -> None:
    ids = many(2 * MAX_IDS + 1)
    store = Store(*reversed(ids))
    assert read(store, ids) == ids
    assert [len(sent) for sent in store.sent] == [MAX_IDS, MAX_IDS, 1]
    assert [row_id for sent in store.sent for row_id in sent] == ids


def test_a_long_selection_leaves_room_for_fewer_ids() -> None:
    fields = [f"DE:A custom field with a name {number}" for number in range(130)]
    requests = [get_many(Task, ids, fields=fields) for ids in id_chunks(Task, many(300), fields=fields)]
    calls = [request.call(ROOT) for request in requests]
    assert {call.method for call in calls} == {"GET"}
    assert max(len(call.url) for call in calls) <= MAX_URL
    assert len(requests) > 3


def test_a_selection_too_long_for_any_url_still_travels() -> None:
    fields = [f"DE:A custom field with a name {number}" for number in range(400)]
    requests = [get_many(Task, ids, fields=fields) for ids in id_chunks(Task, many(50), fields=fields)]
    assert {request.call(ROOT).method for request in requests} == {"POST"}
    assert len(requests) == 2


def test_not_found_for_several_at_once_is_an_error() -> None:
    class Missing(Store):
        def send(self, _request: Request[Any], /) -> Any:
            raise NotFound("no such path", status=404)

    with pytest.raises(NotFound):
        read(Missing(), [A, B])


def test_the_object_behind_a_placeholder_comes_last() -> None:
    class Me(Store):
        def send(self, request: Request[Any], /) -> Any:
            return request.parse([{"ID": ME}, {"ID": A}])

    assert read(Me(), ["$$USER", A]) == [A, ME]


@pytest.mark.parametrize(
    ("ids", "message"), [("abc", "as a list"), (["a,b"], "is not an ID"), ([A, ""], "ID is empty")]
)
def test_what_is_no_list_of_ids_is_refused(ids: Any, message: str) -> None:
    store = Store()
    with pytest.raises(QueryError, match=message):
        TaskService(store).get_many(ids)
    assert store.sent == []


def test_the_async_service_does_the_same() -> None:
    async def run() -> None:
        ids = many(MAX_IDS + 1)
        store = AsyncStore(*reversed(ids))
        assert [row.id for row in await AsyncTaskService(store).get_many(ids)] == ids
        assert await AsyncTaskService(AsyncStore()).get_many([A]) == []
        assert await AsyncTaskService(AsyncStore()).get_many([]) == []

    asyncio.run(run())


class Nameless(Store):
    """Answers rows that do not show their IDs, however often it is asked."""

    def send(self, request: Request[Any], /) -> Any:
        wanted = dict(request.params)["id"].split(",")
        self.sent.append(wanted)
        assert len(self.sent) < 9, "asked without end"
        return request.parse([{"ID": one} if one in self.ids else {"name": "one"} for one in wanted])


class AsyncNameless(Nameless):
    async def send(self, request: Request[Any], /) -> Any:
        return super().send(request)


@pytest.mark.parametrize(("known", "calls"), [([], 1), ([A], 2), ([A, B], 2)])
def test_rows_that_do_not_show_which_they_are_end_in_an_error(known: list[str], calls: int) -> None:
    async def reading(store: AsyncNameless) -> object:
        return await AsyncTaskService(store).get_many([A, B, C])

    store, other = Nameless(*known), AsyncNameless(*known)
    with pytest.raises(ProtocolError, match="show none of"):
        read(store, [A, B, C])
    with pytest.raises(ProtocolError, match="show none of"):
        asyncio.run(reading(other))
    assert len(store.sent) == len(other.sent) == calls


def test_the_only_row_asked_for_need_not_show_its_id() -> None:
    assert [row.name for row in TaskService(Nameless()).get_many([A])] == ["one"]
