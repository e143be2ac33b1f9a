"""The receiver stores a message before it answers, and refuses what it cannot store so that it comes again."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import signal
import socket
import sqlite3
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.events.messages import START, body_of
from tests.support.children import in_children
from tests.support.waiting import PATIENCE, wait_until
from workfront_client.v22 import Project, Task
from workfront_core import QueryError
from workfront_core.events import Inbox, InboxError, InboxFull, NotAnEvent, Receiver, read_event

_TOKEN = "a-token-of-our-own"


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with Inbox(tmp_path / "events.sqlite", settle=0) as made:
        yield made


def post(
    receiver: Receiver,
    body: bytes,
    *,
    authorization: str = f"Bearer {_TOKEN}",
    method: str = "POST",
    more: bool = False,
    headers: Mapping[bytes, bytes] | None = None,
) -> tuple[int, dict[bytes, bytes]]:
    """Posts as an ASGI server does; ``more`` says that the rest of the body never comes."""
    sent: list[Any] = []
    parts = [{"type": "http.request", "body": body, "more_body": more}]

    async def receive() -> Any:
        if parts:
            return parts.pop(0)
        return await asyncio.get_running_loop().create_future()

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/"}
    given = [(b"authorization", authorization.encode()), *(headers or {}).items()]
    asyncio.run(receiver({**scope, "headers": given}, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"])


def test_a_message_that_was_answered_is_on_the_disk(inbox: Inbox, tmp_path: Path) -> None:
    assert post(Receiver(inbox, token=_TOKEN), body_of(1))[0] == 200
    rows = sqlite3.connect(tmp_path / "events.sqlite").execute("SELECT body FROM message").fetchall()
    assert rows == [(body_of(1),)]


@pytest.mark.parametrize("authorization", ["", "Bearer wrong", "Basic " + _TOKEN, f"Bearer {_TOKEN}x", "Bearer "])
def test_a_wrong_token_is_refused_before_the_body_is_read(inbox: Inbox, authorization: str) -> None:
    status, headers = post(Receiver(inbox, token=_TOKEN), b"", authorization=authorization, more=True)
    assert (status, headers[b"connection"]) == (401, b"close")
    assert inbox.counts() == (0, 0)


def test_several_tokens_are_taken_while_they_change(inbox: Inbox) -> None:
    receiver = Receiver(inbox, token=["old-one", "new-one"])
    assert [post(receiver, body_of(1), authorization=f"bearer {one}")[0] for one in ("old-one", "new-one")] == [200] * 2
    for wrong in ("", [], ["a", ""]):
        with pytest.raises(QueryError):
            Receiver(inbox, token=wrong)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"{}", b'{"eventType":"UPDATE"}', b"\xff\xfe", b"[" * 100_000]
)
def test_what_is_not_an_event_is_refused(inbox: Inbox, body: bytes) -> None:
    assert post(Receiver(inbox, token=_TOKEN), body)[0] == 400
    assert inbox.counts() == (0, 0)


def test_bodies_that_are_too_large_are_refused(inbox: Inbox) -> None:
    receiver = Receiver(inbox, token=_TOKEN)
    assert post(receiver, b"x" * 2_000_000, more=True)[0] == 413
    assert post(receiver, b"", more=True, headers={b"content-length": b"2000000"})[0] == 413
    assert post(receiver, body_of(1, text="x" * 990_000))[0] == 200


def test_a_body_that_does_not_come_is_refused(inbox: Inbox) -> None:
    assert post(Receiver(inbox, token=_TOKEN, patience=0.01), body_of(1)[:20], more=True)[0] == 408


def test_other_verbs_are_refused(inbox: Inbox) -> None:
    assert post(Receiver(inbox, token=_TOKEN), b"", method="GET")[0] == 405


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    taken: list[int] = []
    with Inbox(tmp_path / "small.sqlite", settle=0, most_bytes=120_000) as small:
        receiver = Receiver(small, token=_TOKEN)
        statuses = [post(receiver, body_of(number, text="x" * 3000))[0] for number in range(60)]
        taken = [number for number, status in enumerate(statuses) if status == 200]
        assert set(statuses) == {200, 503}
        with pytest.raises(InboxFull):
            small.put(*(body_of(number, text="y" * 3000) for number in range(100)))
    with Inbox(tmp_path / "small.sqlite", settle=0) as roomy:
        assert post(Receiver(roomy, token=_TOKEN), body_of(59, text="x" * 3000))[0] == 200
        found = [int(event.object_id, 16) for event in roomy.events(Task, consumer="a", wait=False)]
    assert found == [*taken, 59]


def test_a_closed_inbox_answers_that_it_cannot_store(inbox: Inbox) -> None:
    receiver = Receiver(inbox, token=_TOKEN)
    inbox.close()
    assert post(receiver, body_of(1))[0] == 503


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="processes are not forked here")
def test_an_inbox_made_before_a_fork_takes_messages_in_each_process(inbox: Inbox) -> None:
    receiver = Receiver(inbox, token=_TOKEN)
    assert post(receiver, body_of(0))[0] == 200

    def work(number: int) -> str:
        inbox.put(body_of(10 + number))
        return f"{post(receiver, body_of(number))[0]} {inbox.counts()[0] >= 3}"

    assert in_children(work, 3) == ["200 True"] * 3
    assert post(receiver, body_of(4))[0] == 200
    assert inbox.counts()[0] == 8


def test_files_that_are_something_else_are_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database at all, but a text of some length " * 100)
    for path in (tmp_path / "text", tmp_path / "no" / "folder", tmp_path):
        with pytest.raises(InboxError, match="cannot be used"):
            Inbox(path)
    with pytest.raises(QueryError):
        Inbox(tmp_path / "a", settle=-1)


def test_a_message_that_comes_twice_is_one_event(inbox: Inbox) -> None:
    inbox.put(body_of(1), body_of(1), body_of(2))
    inbox.put(body_of(1))
    assert [event.object_id for event in inbox.events(Task, consumer="a", wait=False)] == [f"{n:032x}" for n in (1, 2)]


def test_two_changes_of_one_moment_are_two_events(inbox: Inbox) -> None:
    inbox.put(body_of(1), body_of(1, oldState={"ID": "x", "name": "other"}))
    assert len(list(inbox.events(Task, consumer="a", wait=False))) == 2


def test_events_are_handed_over_in_the_order_they_happened(inbox: Inbox) -> None:
    inbox.put(body_of(1, second=9), body_of(2, second=5), body_of(3, second=7))
    events = list(inbox.events(Task, consumer="a", wait=False))
    assert [event.new.name for event in events] == ["row 2", "row 3", "row 1"]
    inbox.put(body_of(1, second=8), body_of(4, second=1))
    late = list(inbox.events(Task, after=events[-1].place, wait=False))
    assert [(event.new.name, event.is_late) for event in late] == [("row 4", False), ("row 1", True)]


def test_messages_wait_until_they_have_settled(tmp_path: Path) -> None:
    with Inbox(tmp_path / "slow", settle=3600) as slow:
        slow.put(body_of(1))
        assert list(slow.events(Task, consumer="a", wait=False)) == []
        assert slow.counts() == (1, 1)


def test_a_consumer_goes_on_behind_what_it_acknowledged(inbox: Inbox) -> None:
    inbox.put(*(body_of(number) for number in range(5)))
    for event in inbox.events(Task, consumer="a", wait=False):
        if event.new.name == "row 2":
            break
        event.ack()
    again = [event.new.name for event in inbox.events(Task, consumer="a", wait=False)]
    assert again == ["row 2", "row 3", "row 4"]
    assert len(list(inbox.events(Task, consumer="b", wait=False))) == 5
    assert inbox.positions()["a"] == 2


def test_only_events_of_the_type_asked_for_come(inbox: Inbox) -> None:
    inbox.put(body_of(1), body_of(2, code="PROJ"))
    assert [event.new.name for event in inbox.events(Project, consumer="a", wait=False)] == ["row 2"]
    assert [event.obj_code for event in inbox.events(consumer="b", wait=False)] == ["TASK", "PROJ"]
    for name, after in ((None, None), ("", None), ("a", 1)):
        with pytest.raises(QueryError):
            inbox.events(Task, consumer=name, after=after)


def test_an_event_in_both_versions_may_be_handed_over_once(inbox: Inbox) -> None:
    inbox.put(body_of(1), body_of(1, subscriptionVersion="v1", eventVersion="v1"))
    assert [event.version for event in inbox.events(Task, consumer="a", wait=False)] == ["v2", "v1"]
    assert [event.version for event in inbox.events(Task, consumer="b", wait=False, one_version=True)] == ["v2"]


def test_what_fails_again_and_again_is_put_aside_and_can_be_revived(inbox: Inbox) -> None:
    inbox.put(body_of(1), body_of(2), body_of(3))
    seen: list[tuple[str | None, int]] = []
    for event in inbox.events(Task, consumer="a", wait=False):
        seen.append((event.new.name, event.tries))
        if event.new.name == "row 2":
            event.fail(ValueError("no such customer"))
        else:
            event.ack()
    assert seen == [("row 1", 1), *(("row 2", number) for number in range(1, 6)), ("row 3", 1)]
    (letter,) = inbox.dead("a")
    assert (letter.reason, read_event(letter.body, Task).new.name) == ("ValueError: no such customer", "row 2")
    assert inbox.revive("a") == 1
    assert [event.new.name for event in inbox.events(Task, consumer="a", wait=False)] == ["row 2"]
    assert list(inbox.events(Task, consumer="b", wait=False))[-1].new.name == "row 3"
    assert inbox.dead() == []


def test_what_kills_its_program_again_and_again_is_put_aside(inbox: Inbox) -> None:
    inbox.put(body_of(1), body_of(2))
    for _ in range(5):
        assert next(iter(inbox.events(Task, consumer="a", wait=False))).new.name == "row 1"
    assert [event.new.name for event in inbox.events(Task, consumer="a", wait=False)] == ["row 2"]
    assert len(inbox.dead("a")) == 1


def test_a_consumer_is_taken_back_to_a_moment(inbox: Inbox) -> None:
    inbox.put(*(body_of(number) for number in range(4)))
    for event in inbox.events(Task, consumer="a", wait=False):
        event.ack()
    inbox.replay("a", datetime.fromtimestamp(START + 2, UTC))
    assert [event.new.name for event in inbox.events(Task, consumer="a", wait=False)] == ["row 2", "row 3"]
    with pytest.raises(QueryError):
        inbox.replay("a", datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "call",
    [
        lambda inbox, name: inbox.dead(name),
        lambda inbox, name: inbox.revive(name),
        lambda inbox, name: inbox.replay(name, datetime.fromtimestamp(START, UTC)),
    ],
    ids=["dead", "revive", "replay"],
)
def test_a_consumer_that_has_read_nothing_is_refused(inbox: Inbox, call: Callable[[Inbox, str], object]) -> None:
    inbox.put(body_of(1))
    with pytest.raises(QueryError, match=r"No consumer 'billing' has read events .*\n.*none"):
        call(inbox, "billing")
    next(iter(inbox.events(Task, consumer="billing", wait=False)))
    with pytest.raises(QueryError, match="Did you mean billing"):
        call(inbox, "biling")
    call(inbox, "billing")


def test_only_what_is_dead_is_revived(inbox: Inbox) -> None:
    inbox.put(body_of(1), body_of(2))
    for event in inbox.events(Task, consumer="a", wait=False):
        event.fail("never")
    assert [letter.place for letter in inbox.dead("a")] == [1, 2]
    with pytest.raises(QueryError, match=r"7 is not among the dead events of 'a'.\n.*1, 2"):
        inbox.revive("a", [2, 7])
    assert inbox.revive("a", [2]) == 1
    assert [letter.place for letter in inbox.dead("a")] == [1]


def test_old_messages_go_when_every_consumer_has_passed_them(tmp_path: Path) -> None:
    with Inbox(tmp_path / "x", settle=0, keep=timedelta(microseconds=1)) as short:
        events = short.events(Task, consumer="a", wait=False)
        short.put(body_of(1), body_of(2))
        first, second = events
        first.ack()
        short.file.prune(1e12)
        assert short.counts()[0] == 1
        second.ack()
        short.file.prune(1e12)
        assert short.counts()[0] == 0


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize("is_base64", [False, True])
def test_an_event_is_typed_in_either_version_plain_or_base64(version: str, is_base64: bool) -> None:
    new = {"ID": "5a", "objCode": "TASK", "name": "New", "percentComplete": 50.0,
           "parameterValues": {"DE:Region": ["N"]},
           "lastUpdateDate": "2026-03-18T13:48:56.980-0600"}  # fmt: skip
    old = {**new, "name": "Old", "parameterValues": {"DE:Region": ["N", "S"]}}
    states: dict[str, Any] = {"newState": new, "oldState": old}
    if is_base64:
        states = {name: b64encode(json.dumps(row).encode()).decode() for name, row in states.items()}
    event = read_event(body_of(1, subscriptionVersion=version, **states), Task)
    assert (event.type, event.version, event.object_id, event.obj_code) == ("UPDATE", version, "5a", "TASK")
    assert (event.new.name, event.old.name, event.new["DE:Region"]) == ("New", "Old", ["N"])
    assert event.new.last_update_date == datetime(2026, 3, 18, 19, 48, 56, 980_000, tzinfo=UTC)
    assert event.at == datetime.fromtimestamp(START + 1.125, UTC)
    assert event.changes == {"name": ("Old", "New"), "DE:Region": (["N", "S"], ["N"])}


def test_rows_that_come_or_go_have_one_state() -> None:
    created = read_event(body_of(1, eventType="CREATE", oldState={}), Task)
    deleted = read_event(body_of(1, eventType="DELETE", newState={}), Task)
    assert (created.row.name, deleted.row.name) == ("row 1", "before")
    assert "name" not in created.old
    with pytest.raises(NotAnEvent):
        read_event(body_of(1, newState="not base64!"), Task)


def test_it_is_an_asynchronous_iterator_as_well(inbox: Inbox) -> None:
    inbox.put(body_of(1), body_of(2))

    async def names() -> list[str | None]:
        return [event.new.name async for event in inbox.events(Task, consumer="a", wait=False)]

    assert asyncio.run(names()) == ["row 1", "row 2"]


_SERVER = """
import sys, uvicorn
from workfront_core.events import Inbox, Receiver
inbox = Inbox(sys.argv[1], settle=0)
uvicorn.run(Receiver(inbox, token=sys.argv[3]), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
"""


def _post_over(port: int, body: bytes) -> bool:
    """Returns whether a message was acknowledged; a server that dies acknowledges nothing."""
    head = f"POST / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {_TOKEN}\r\nContent-Length: {len(body)}\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as connection:
            connection.sendall(head.encode() + body)
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def test_what_was_acknowledged_outlives_kill_9_and_comes_in_order(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    path, acknowledged = tmp_path / "events.sqlite", list[int]()
    number = 0
    for life in range(4):
        server = subprocess.Popen([sys.executable, "-c", _SERVER, str(path), str(port), _TOKEN])
        try:
            wait_until(lambda: _listens(port), "the receiver listens")
            for _ in range(30 + 7 * life):
                if _post_over(port, body_of(number, second=1000 - number, text="x" * 3000)):
                    acknowledged.append(number)
                number += 1
        finally:
            server.send_signal(signal.SIGKILL)
            server.wait(PATIENCE)
    assert len(acknowledged) > 100
    with Inbox(path, settle=0) as inbox:
        handed = [int(event.object_id, 16) for event in inbox.events(Task, consumer="a", wait=False)]
    assert set(acknowledged) <= set(handed)
    assert handed == sorted(handed, reverse=True)
    assert len(handed) == len(set(handed))
