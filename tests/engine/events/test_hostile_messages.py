"""Whatever a body holds, it is stored or refused, and what was stored is handed over: no message stops the next."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.events.messages import body_of
from tests.engine.events.test_receiver import post
from tests.engine.test_foreign_text import JSON
from tests.support.waiting import PATIENCE
from workfront_client.v22 import Task
from workfront_core.events import Inbox, NotAnEvent, Receiver, read_event
from workfront_core.events.event import Event
from workfront_core.events.inbox_file import InboxFile
from workfront_core.events.message import message_of

_TOKEN = "a-token-of-our-own"
HALF = "\ud800"
YEAR_1 = -62_135_596_800
YEAR_10000 = 253_402_300_800


def with_text(member: str, text: str) -> bytes:
    """A message whose member is written so, whether JSON has such values or not."""
    return body_of(1).replace(b"{", f'{{"{member}": {text}, '.encode(), 1)


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


MOMENTS: list[Any] = [
    {"epochSecond": seconds, "nano": nano}
    for seconds in (0, True, YEAR_1, YEAR_1 - 1, YEAR_10000 - 1, YEAR_10000, -YEAR_10000 + 1, 10**400, 1e30, None, "1")
    for nano in (0, 999_999_999, 2_000_000_000, 9 * 10**18, 10**30, -(10**30), 10**400, -1, 1e30, None, "1")
] + [None, "2026-03-01", 7, [1, 2], {}]
TEXTS: list[Any] = [HALF, "a\0b", "", 7, 1.5, True, None, ["a"], {"a": HALF}, "f" * 100_000, "\x1b[31m"]
BODIES: dict[str, bytes] = {
    **{f"{member} {text!r:.30}": body_of(1, **{member: text}) for member in ("subscriptionId", "userId", "eventVersion",
       "subscriptionVersion", "objCode") for text in TEXTS},
    **{f"state {name} {text!r:.30}": body_of(1, newState={"ID": "1" * 32, "objCode": "TASK", name: text})
       for name in ("ID", "name", "plannedStartDate", "parameterValues") for text in TEXTS},
    **{f"{member} {levels} deep": body_of(1, **{member: json.loads(nested(levels))})
       for member in ("subscriptionId", "subscriptionVersion", "more") for levels in (150, 199, 201, 900)},
    "deep within base64": body_of(1, newState=b64encode(f'{{"a": {nested(300)}}}'.encode()).decode()),
    "rows within rows": body_of(1, newState=json.loads('{"project":' * 190 + "null" + "}" * 190)),
    "brackets in a text": body_of(1, more="[" * 5_000),
    "many brackets side by side": body_of(1, more=[[] for _ in range(5_000)]),
}  # fmt: skip


@pytest.fixture
def inbox(tmp_path: Path) -> Any:
    with Inbox(tmp_path / "events.sqlite", settle=0) as made:
        yield made


def handed(inbox: Inbox) -> list[Event[Any]]:
    found: list[Event[Any]] = []
    for event in inbox.events(consumer="billing", wait=False):
        found.append(event)
        event.ack()
    return found


def check(inbox: Inbox, body: bytes) -> None:
    """Posts a message and a sound one, and takes both."""
    status, _ = post(Receiver(inbox, token=_TOKEN), body)
    assert status in (200, 400)
    assert post(Receiver(inbox, token=_TOKEN), body_of(2))[0] == 200
    found = handed(inbox)
    assert [event.object_id for event in found].count(f"{2:032x}") == 1
    assert len(found) + len(inbox.dead("billing")) == (2 if status == 200 else 1)
    for event in found:
        texts = (event.type, event.obj_code, event.object_id, event.subscription_id, event.version, event.user_id or "")
        "".join(texts).encode()
        assert event.at.year > 0
        assert repr(event)


@pytest.mark.parametrize("name", BODIES)
def test_a_message_of_any_content(name: str, inbox: Inbox) -> None:
    check(inbox, BODIES[name])


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: repr(moment)[:60])
def test_an_event_of_any_time(moment: Any, inbox: Inbox) -> None:
    check(inbox, body_of(1, eventTime=moment))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-0", "9" * 4300, "9" * 4301, "9" * 50_000])
@pytest.mark.parametrize("member", ["subscriptionId", "eventVersion", "eventTime", "more"])
def test_numbers_that_python_does_not_write(number: str, member: str, inbox: Inbox) -> None:
    check(inbox, with_text(member, number))


MEMBERS = st.dictionaries(
    st.sampled_from(
        ["eventType", "subscriptionId", "eventTime", "newState", "oldState", "fields", "objCode", "userId"]
    ),
    JSON | st.fixed_dictionaries({"epochSecond": JSON, "nano": JSON}) | st.fixed_dictionaries({"ID": JSON}),
)


@given(MEMBERS)
def test_messages_drawn(members: dict[str, Any]) -> None:
    body = json.dumps({"eventType": "UPDATE", "newState": {}, **members}).encode()
    with suppress(NotAnEvent):
        found = message_of(body)
        sqlite3.connect(":memory:").execute("SELECT ?, ?, ?", (found.obj_code, found.object_id, found.event_us))
        assert read_event(body, Task).at.year > 0


def test_how_deep_a_message_may_be_does_not_hang_on_who_reads_it() -> None:
    """One that was taken in a shallow place was refused in a deep one, and every later event waited behind it."""

    def within(levels: int, read: Callable[[], object]) -> object:
        return within(levels - 1, read) if levels else read()

    body = body_of(1, more=json.loads(nested(190)))
    assert within(0, lambda: message_of(body)) == within(300, lambda: message_of(body))


def test_a_stored_message_that_cannot_be_read_any_more_is_dead_and_the_next_one_follows(inbox: Inbox) -> None:
    stored = message_of(body_of(1))
    inbox.file.add([stored._replace(body=b"{}")])
    inbox.put(body_of(2))
    assert [event.object_id for event in handed(inbox)] == [f"{2:032x}"]
    assert [letter.reason for letter in inbox.dead("billing")] == [
        "The message has no eventType, or no state of a row."
    ]


def test_a_reason_may_hold_half_of_a_letter(inbox: Inbox) -> None:
    inbox.put(body_of(1))
    for event in inbox.events(consumer="billing", wait=False):
        event.fail(f"cannot {HALF}")
    assert [letter.reason for letter in inbox.dead("billing")] == ["cannot \\ud800"]


def test_whatever_storing_raises_is_heard_by_all_who_wait(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any) -> None:
        raise OverflowError("too large")

    monkeypatch.setattr(InboxFile, "add", failing)

    async def both() -> list[Any]:
        puts = [inbox.line.put(message_of(body_of(number))) for number in (1, 2)]
        return await asyncio.wait_for(asyncio.gather(*puts, return_exceptions=True), PATIENCE)

    assert [str(error).partition(":")[0] for error in asyncio.run(both())] == ["The messages cannot be stored"] * 2
