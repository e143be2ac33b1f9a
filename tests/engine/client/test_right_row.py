"""The answer belongs to the request: a row that was asked for by its ID has that ID, whatever is asked and by whom."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.fault_host import Act, fault_host, reply
from tests.support.loopback import Received
from workfront_client.v22 import AsyncWorkfront, Task, Workfront
from workfront_core import request_of
from workfront_core.auth import ApiKey
from workfront_core.errors import ProtocolError, WorkfrontError
from workfront_core.operations import operation
from workfront_core.query.model_fields import by_wire_name
from workfront_core.request.request import Request

MINE = "5a02" + "0" * 27 + "1"
OTHER = "5a02" + "0" * 27 + "2"
LINK = "http://127.0.0.1:1"
AUTH = ApiKey("k")

ByID = Callable[[Any], Request[Any]]
"""What asks a service for a row by its ID."""


def changed(service: Any) -> Any:
    row = service.model.from_wire({"ID": MINE})
    row["DE:Region"] = "North"
    return row


METHODS: dict[str, ByID] = {
    "get": lambda service: request_of(service.get, MINE),
    "get_many": lambda service: operation.get_many(service.model, [MINE]),
    "update": lambda service: request_of(service.update, MINE, custom={"Region": "North"}),
    "update row": lambda service: request_of(service.update, changed(service)),
    "save": lambda service: request_of(service.save, changed(service)),
}


WRONG: list[dict[str, object]] = [{"ID": OTHER}, {"ID": OTHER, "name": "x"}, {"result": True}]


def services(client: Any) -> Iterator[Any]:
    return (getattr(client, name) for name in sorted({*client.services.values()}))


def wrong_rows(service: Any) -> Iterator[dict[str, object]]:
    """Rows that are not the one asked for, as far as the object lets one tell."""
    yield from WRONG if by_wire_name(service.model) else WRONG[:2]
    if service.model.obj_code not in ("WORK", "APPROVAL"):  # whose rows are tasks, issues and others, and say so
        yield {"ID": MINE, "objCode": "OTHER"}


@pytest.mark.parametrize("kind", [Workfront, AsyncWorkfront])
def test_every_method_by_id_refuses_another_row_and_takes_its_own(kind: Any) -> None:
    tried = 0
    for service in services(kind(LINK, auth=AUTH)):
        for name, ask in METHODS.items():
            if hasattr(service, name.partition(" ")[0]):
                request, tried = ask(service), tried + 1
                for wrong in wrong_rows(service):
                    assert refuses(request, wrong), f"{service!r}.{name} takes {wrong}"
                    assert refuses(request, [wrong]), f"{service!r}.{name} takes {wrong} in a list"
                assert request.parse({"ID": MINE}) is not None
                assert request.parse([{"ID": MINE.upper()}]) is not None
    assert tried > 300


def refuses(request: Request[Any], data: object) -> bool:
    try:
        request.parse(data)
    except ProtocolError:
        return True
    return False


def test_the_message_says_what_was_asked_for_and_what_came() -> None:
    with pytest.raises(ProtocolError, match=f"about another object: Task {MINE} was asked for, '{OTHER}' came"):
        operation.get(Task, MINE).parse({"ID": OTHER})
    with pytest.raises(
        ProtocolError, match=r"about another object: a Task \(TASK\) was asked for, a row of 'PROJ' came"
    ):
        operation.create(Task, {"name": "x"}).parse({"ID": OTHER, "objCode": "PROJ"})


def test_of_several_rows_none_is_another_and_none_comes_twice() -> None:
    request = operation.get_many(Task, [MINE, OTHER])
    assert [row.id for row in request.parse([{"ID": OTHER}])] == [OTHER]
    for rows in ([{"ID": MINE}, {"ID": "5a03"}], [{"ID": MINE}, {"ID": MINE}], None, {"success": True}):
        with pytest.raises(ProtocolError):
            request.parse(rows)


def test_what_stands_for_an_id_is_not_compared() -> None:
    assert operation.get(Task, "$$USER").parse({"ID": OTHER}).id == OTHER
    assert [row.id for row in operation.get_many(Task, ["$$USER", MINE]).parse([{"ID": OTHER}])] == [OTHER]
    with pytest.raises(ProtocolError, match="has no ID"):
        operation.get(Task, "$$USER").parse({"success": True})


@pytest.mark.parametrize("wrong", [None, 5, True, [MINE], {"ID": MINE}])
def test_an_id_that_is_no_text_is_not_taken_for_the_row(wrong: object) -> None:
    for request in (
        operation.get(Task, MINE),
        operation.get_many(Task, [MINE]),
        operation.update(Task, MINE, {"name": "x"}),
        operation.create(Task, {"name": "x"}),
        operation.copy(Task, OTHER),
    ):
        with pytest.raises(ProtocolError):
            request.parse({"ID": wrong, "name": "x"})


@pytest.mark.parametrize("data", [{}, {"success": True}, {"ID": MINE}, [None], [[MINE]], [True], [{"ID": MINE}]])
def test_ids_that_an_action_returns_are_texts(data: object) -> None:
    for request in (bulk_copied(Workfront), bulk_copied(AsyncWorkfront)):
        with pytest.raises(ProtocolError, match="not a list of texts"):
            request.parse({"result": data})
        assert request.parse({"result": [MINE, OTHER]}) == [MINE, OTHER]
        assert request.parse({"result": None}) == []


def bulk_copied(kind: Any) -> Request[Any]:
    return request_of(kind(LINK, auth=AUTH).task.bulk_copy, task_ids=[MINE], project_id=OTHER)


def test_a_write_that_is_only_confirmed_is_about_nothing_else() -> None:
    answers: list[object] = [None, [], {}, {"success": True}]
    for data in answers:
        assert operation.update(Task, MINE, {"name": "x"}).parse(data).to_wire() == {}


# Over sockets


def row(row_id: str) -> dict[str, str]:
    return {"ID": row_id, "objCode": "TASK", "name": "x"}


def asked_id(asked: Received) -> str:
    return asked.path.rpartition("/")[2]


def one_answer_too_many(asked: Received, number: int) -> Act:
    """Every row as it was asked for, and behind the first answer another one that nobody asked for."""
    right, surplus = whole(row(asked_id(asked))), whole(row(OTHER))

    def act(connection: socket.socket) -> bool:
        connection.sendall(right + surplus if number == 0 else right)  # at once, so that it is read at once
        return True

    return act


def whole(data: object) -> bytes:
    body = json.dumps({"data": data}).encode()
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def get_sync(url: str, ids: list[str]) -> list[str]:
    with Workfront(url, auth=AUTH) as wf:
        return [outcome(wf, row_id) for row_id in ids]


def outcome(wf: Workfront, row_id: str) -> str:
    try:
        return str(wf.task.get(row_id).id)
    except ProtocolError:
        return "error"


def get_async(url: str, ids: list[str]) -> list[str]:
    async def one(wf: AsyncWorkfront, row_id: str) -> str:
        try:
            return str((await wf.task.get(row_id)).id)
        except ProtocolError:
            return "error"

    async def run() -> list[str]:
        async with AsyncWorkfront(url, auth=AUTH) as wf:
            return [await one(wf, row_id) for row_id in ids]

    return asyncio.run(run())


@pytest.mark.parametrize("get", [get_sync, get_async])
def test_after_an_answer_of_another_request_the_connection_is_not_used_again(get: Any) -> None:
    ids = [f"5a02{number:028x}" for number in range(4)]
    with fault_host(one_answer_too_many) as host:
        assert get(host.url, ids) == [ids[0], "error", *ids[2:]]
        assert host.connections == 2


def test_in_a_batch_the_call_has_the_error_and_the_connection_ends() -> None:
    def answer(_asked: Received, _number: int) -> Act:
        return reply({"data": [{"data": row(MINE)}, {"data": row(MINE)}]})

    with fault_host(answer) as host, Workfront(host.url, auth=AUTH) as wf:
        for _ in range(2):
            outcomes = wf.send_batch([operation.get(Task, MINE), operation.get(Task, OTHER)])
            assert isinstance(outcomes[0], Task)
            assert isinstance(outcomes[1], ProtocolError)
        assert host.connections == 2


IDS = st.text("0123456789abcdef", min_size=32, max_size=32)


@given(st.lists(st.tuples(IDS, IDS, st.sampled_from(["row", "list", "upper"])), min_size=1, max_size=5), st.booleans())
@settings(deadline=None, max_examples=25)
def test_whatever_ids_the_row_asked_for_comes_or_an_error(calls: list[tuple[str, str, str]], is_async: bool) -> None:
    def answer(_asked: Received, number: int) -> Act:
        _, shown, form = calls[number]
        return reply({"data": {"row": row(shown), "list": [row(shown)], "upper": row(shown.upper())}[form]})

    with fault_host(answer) as host:
        got = (get_async if is_async else get_sync)(host.url, [mine for mine, _, _ in calls])
    assert [text.lower() for text in got] == [mine if mine == shown else "error" for mine, shown, _ in calls]


def test_a_bulk_update_that_answers_about_other_rows_leaves_their_fate_unknown() -> None:
    with (
        fault_host(lambda _asked, _number: reply({"data": [row(OTHER)]})) as host,
        Workfront(host.url, auth=AUTH) as wf,
        pytest.raises(WorkfrontError, match="about another object"),
    ):
        wf.task.update_many([(MINE, {"name": "x"})])
