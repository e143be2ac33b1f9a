"""An interrupt at any line, a cancellation wherever a task waits: nothing is lost, and the client goes on as before."""

from __future__ import annotations

import asyncio
import gc
import io
import re
import sys
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import workfront_core
from tests.support import fault_host as fault
from tests.support.fault_host import FaultHost, fault_host
from tests.support.interrupts import Interrupt, Interrupter, moments, stepped
from tests.support.loopback import Received
from tests.support.query_fixture.services import AsyncWorkfront, Workfront
from tests.support.resilience_kit import SECRET, Pauses
from tests.support.soak import rounds
from tests.support.token_host import gives_tokens
from tests.support.waiting import PATIENCE, wait_until
from workfront_core.auth import ApiKey, Auth, Login
from workfront_core.http_library import httpcore, httpx
from workfront_core.transport.concurrency import concurrency_of

pytestmark = pytest.mark.long

ENGINE = (str(Path(str(workfront_core.__file__)).parent),)
LIBRARIES = tuple(str(Path(str(library.__file__)).parent) for library in (httpx, httpcore))
ONE = "1" * 32
NAMES: list[Any] = [{"name": f"t{number}"} for number in range(6)]
THREADS = {ENGINE: ("workfront-prefetch", "workfront-close"), LIBRARIES: ("workfront-prefetch",)}
"""Those that have to end; one that closes connections may wait for a lock that the library left locked."""

Work = Callable[[Any], Any]
"""What is done with a client of either kind."""


@dataclass
class Host:
    """A running host, and the rows that it has created."""

    host: FaultHost
    created: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.host.url

    def are_slots_free(self) -> bool:
        limit = concurrency_of(self.url)
        return (limit.in_flight, limit.waiting) == (0, 0)


@pytest.fixture(autouse=True)
def _finalisers(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """An interrupt in a finaliser goes no further; one amid the making of a socket leaves that to be closed by it."""
    told: list[BaseException | None] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda failed: told.append(failed.exc_value))
    yield
    gc.collect()
    assert not [error for error in told if not isinstance(error, Interrupt | ResourceWarning)], told
    told.clear()  # what their frames hold would be closed as a later test runs
    gc.collect()


@pytest.fixture
def running() -> Generator[Host]:
    created: list[str] = []

    def answer(asked: Received, _number: int) -> fault.Act:
        if gives_tokens(asked.path):
            return fault.reply({"data": {"sessionID": "session-000000000000", "userID": ONE}})
        if asked.path.endswith(("/search", "/count")):
            return fault.page(asked)
        if asked.path.endswith("/batch"):
            return fault.reply(
                {"data": [{"data": {"ID": ONE, "name": "x"}} for name, _ in asked.form if name == "uri"]}
            )
        if asked.method == "DELETE":
            return fault.reply({"data": {"success": True}})
        if asked.method == "PUT" and asked.body.startswith(b"["):
            return fault.reply({"data": [{"ID": row["ID"]} for row in asked.json]})
        if asked.path.endswith("/upload"):
            return fault.reply({"data": {"handle": "h" * 32}})
        rows = asked.json if asked.body.startswith(b"[") else None
        if rows is None:
            return fault.reply({"data": {"ID": ONE, "name": "x"}})
        created.extend(row["name"] for row in rows)
        return fault.reply({"data": [{"ID": f"{len(created) + at:032x}"} for at in range(len(rows))]})

    with fault_host(answer) as host:
        yield Host(host, created)


def reads(wf: Any) -> Any:
    return wf.task.get(ONE)


def writes(wf: Any) -> Any:
    return wf.task.create(name="x")


def searches(wf: Any) -> Any:
    return wf.task.search(page_size=3).to_list()


def writes_many(wf: Any) -> Any:
    return wf.task.create_many(NAMES, chunk_size=2)


def changes_many(wf: Any) -> Any:
    return wf.task.update_many([(f"{number:032x}", row) for number, row in enumerate(NAMES)], chunk_size=2)


def deletes_many(wf: Any) -> Any:
    return wf.task.delete_many([f"{number:032x}" for number in (0, 1, 0, 2, 3)], chunk_size=2)


def batches(wf: Any) -> Any:
    async def in_tasks() -> None:
        async with wf.batch() as batch:
            batch.call(wf.task.get, ONE)
            batch.call(wf.task.create, name="x")

    if not isinstance(wf, Workfront):
        return in_tasks()
    with wf.batch() as batch:
        batch.call(wf.task.get, ONE)
        batch.call(wf.task.create, name="x")
    return None


def uploads(wf: Any) -> Any:
    return wf.upload(io.BytesIO(bytes(200_000)), name="a.txt", progress=lambda _done, _all: None)


def signs_in() -> Auth:
    return Login("ada", "pa55word-of-the-suite")


def has_key() -> Auth:
    return ApiKey(SECRET)


WORKS: Mapping[str, tuple[Work, Callable[[], Auth]]] = {
    "read": (reads, has_key),
    "write": (writes, has_key),
    "search": (searches, has_key),
    "bulk": (writes_many, has_key),
    "bulk change": (changes_many, has_key),
    "bulk removal": (deletes_many, has_key),
    "batch": (batches, has_key),
    "upload": (uploads, has_key),
    "sign-in": (reads, signs_in),
}
works = pytest.mark.parametrize(("work", "auth"), WORKS.values(), ids=WORKS)


def client(url: str, auth: Callable[[], Auth]) -> Workfront:
    return Workfront(url, auth=auth(), retry=Pauses().retry(total_timeout=PATIENCE))


def ends(work: Callable[[], object], what: str) -> None:
    """Makes sure that some work comes to its end; in a thread of its own, since it may not."""
    failed: list[BaseException] = []

    def caught() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=caught, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive(), what
    if failed:
        raise AssertionError(f"{what}: {failed[0]!r}") from failed[0]


def slots_come_back(running: Host, when: str) -> None:
    """Makes sure that every slot is free once no thread of ours is at work: nobody else gives one back."""

    def is_over() -> bool:
        return running.are_slots_free() or not any(
            thread.name.startswith("workfront-prefetch") for thread in threading.enumerate()
        )

    wait_until(is_over, f"the threads of a search end {when}")
    assert running.are_slots_free(), f"a slot is lost {when}"


def interrupt(running: Host, work: Work, auth: Callable[[], Auth], places: tuple[str, ...], at: int) -> None:
    """One client, an interrupt in the middle of its work, and the same work again."""
    wf = client(running.url, auth)
    with suppress(Interrupt):
        Interrupter(places, at).run(lambda: work(wf))
    slots_come_back(running, f"after an interrupt at line {at}")
    ends(lambda: work(wf), f"the next call after an interrupt at line {at}")
    ends(wf.close, f"closing after an interrupt at line {at}")


def lines_of(name: str, places: tuple[str, ...], running: Host) -> list[tuple[str, int]]:
    """The lines of these places that a client runs in its first work, once what it imports is there."""
    work, auth = WORKS[name]
    for seen in (Interrupter(()), Interrupter(places)):
        with client(running.url, auth) as wf:
            seen.run(partial(work, wf))
            slots_come_back(running, "after a call that nothing interrupts")
    return seen.lines


def works_before(name: str) -> list[str]:
    """Those whose lines need no second interrupt; in the long form each work is interrupted at all of its lines."""
    names = list(WORKS)
    return names[: rounds(names.index(name), 0)]


@pytest.mark.parametrize("name", WORKS)
@pytest.mark.parametrize(("places", "step"), [(ENGINE, 1), (LIBRARIES, 3)], ids=["engine", "library"])
def test_an_interrupt_at_any_line(name: str, places: tuple[str, ...], step: int, running: Host) -> None:
    known = {line for before in works_before(name) for line in lines_of(before, places, running)}
    lines = lines_of(name, places, running)
    at_each = [at for at in moments(lines) if lines[at - 1] not in known][:: rounds(step, 1)]
    assert at_each or works_before(name), "what earlier works ran needs no second interrupt"
    for at in at_each:
        interrupt(running, *WORKS[name], places, at)
    wait_until(
        lambda: not [thread for thread in threading.enumerate() if thread.name in THREADS[places]], "our threads end"
    )


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # sockets of a loop that broke off
@pytest.mark.parametrize("name", WORKS)
def test_an_interrupt_at_any_line_of_tasks(name: str, running: Host) -> None:
    """The second Ctrl-C: asyncio makes a cancellation of the first. No slot waits for the garbage collector."""
    work, auth = WORKS[name]

    def interrupted(at: int) -> list[tuple[str, int]]:
        seen, retry = Interrupter(ENGINE, at), Pauses().retry(total_timeout=PATIENCE)
        wf = AsyncWorkfront(running.url, auth=auth(), retry=retry, concurrency=1)

        async def go() -> None:
            await work(wf)

        async def again() -> None:
            await work(wf)
            await wf.aclose()

        with suppress(Interrupt):
            seen.run(lambda: asyncio.run(go()))
        ends(lambda: asyncio.run(again()), f"the next call after an interrupt at line {at}: {seen.lines[-1]}")
        return seen.lines

    interrupted(0)
    lines = interrupted(0)
    gc.disable()
    try:
        for at in moments(lines)[:: rounds(3, 1)]:
            interrupted(at)
    finally:
        gc.enable()


@works
def test_a_cancellation_wherever_a_task_waits(work: Work, auth: Callable[[], Auth], running: Host) -> None:
    async def cancelled_at(number: int) -> bool:
        async with AsyncWorkfront(running.url, auth=auth(), retry=Pauses().retry(total_timeout=PATIENCE)) as wf:

            def reached(place: int) -> None:
                if place == number:
                    task.cancel()

            async def go() -> None:
                await stepped(work(wf), reached)

            task = asyncio.create_task(go())
            await asyncio.wait([task])
            is_cancelled = task.cancelled()
            async with asyncio.timeout(PATIENCE):
                await work(wf)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        assert not others, f"tasks are left after a cancellation at place {number}"
        return is_cancelled

    number = 1
    while asyncio.run(cancelled_at(number)):
        wait_until(running.are_slots_free, f"every slot is free after a cancellation at place {number}")
        number += 1
    assert number > 3


def test_an_interrupted_bulk_write_says_what_is_certain(running: Host) -> None:
    with client(running.url, has_key) as wf:
        seen = Interrupter(ENGINE)
        seen.run(lambda: writes_many(wf))
    for at in moments(seen.lines)[::5]:
        rows: list[Any] = [{"name": f"{at}: {row['name']}"} for row in NAMES]  # the host may read others' rows late

        def created(start: str = f"{at}: ") -> list[str]:
            return [name for name in running.created if name.startswith(start)]

        with client(running.url, has_key) as wf:
            try:
                Interrupter(ENGINE, at).run(partial(wf.task.create_many, rows, chunk_size=2))
            except Interrupt as error:
                told = " ".join(getattr(error, "__notes__", []))
            else:
                continue
            if not told:
                assert len(created()) in (0, len(rows))  # before the first call, or after the last
                continue
            done, under_way, cursor = certain(told)
            assert done <= len(created()) <= done + under_way, told
            wf.task.create_many(rows, chunk_size=2, resume=cursor)
        assert len(created()) == len(set(created())), told


def certain(told: str) -> tuple[int, int, int]:
    """Returns the rows done, those under way and the cursor that a note tells."""
    found = re.search(r"(\d+) done, 0 failed, (\d+) unknown; resume=(\d+)", told)
    assert found, told
    return int(found[1]), int(found[2]), int(found[3])
