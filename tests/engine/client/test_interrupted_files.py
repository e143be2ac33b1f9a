"""An interrupt at any line of what keeps files: each is whole or as it was, no lock is held, and work goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from tests.engine.client.test_interrupts import ENGINE, ONE, ends
from tests.engine.events.messages import body_of
from tests.engine.sync.still_server import StillServer
from tests.engine.sync.task_table import TASKS, names
from tests.support import fault_host as fault
from tests.support.fault_host import FaultHost, fault_host
from tests.support.interrupts import Interrupt, Interrupter, moments
from tests.support.loopback import Received
from tests.support.query_fixture.services import Workfront
from tests.support.resilience_kit import SECRET, Pauses
from tests.support.sign_in_kit import app
from tests.support.soak import rounds
from tests.support.token_host import gives_tokens
from tests.support.waiting import PATIENCE
from workfront_client.v22 import Task
from workfront_core.auth import ApiKey, Auth, FileStore
from workfront_core.auth.oauth import refresh_token
from workfront_core.events import Inbox
from workfront_core.sync._sync.sync import Sync
from workfront_core.sync.duckdb_target import DuckDB

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]

CONTENT = bytes(300_000)
OLD = "as it was"


@dataclass
class Trial:
    """Some work with files, and what holds after it was interrupted."""

    work: Callable[[], object]
    after: Callable[[], object]


@pytest.fixture
def host() -> Generator[FaultHost]:
    numbers = count(1)

    def answer(asked: Received, _number: int) -> fault.Act:
        if gives_tokens(asked.path):
            number = next(numbers)
            return fault.reply({"access_token": f"access-token-{number:04}", "refresh_token": f"refresh-{number:04}"})
        if "/download" in asked.path:
            return fault.reply(CONTENT)
        return fault.page(asked) if "/search" in asked.path else fault.reply({"data": {"ID": ONE, "name": "x"}})

    with fault_host(answer) as running:
        yield running


def client(host: FaultHost, auth: Auth | None = None) -> Workfront:
    return Workfront(host.url, auth=auth or ApiKey(SECRET), retry=Pauses().retry(total_timeout=PATIENCE))


def stored(folder: Path, host: FaultHost) -> Trial:
    store = FileStore(folder / "token.json")
    store.save(refresh_token("refresh-at-start"))
    wf = client(host, app(store=store))

    def after() -> None:
        kept = store.load()
        assert kept is not None
        assert kept.refresh is not None
        json.loads((folder / "token.json").read_text())
        lock = store.lock()
        assert lock.try_acquire(), "the lock is held"
        lock.release()
        assert wf.task.get(ONE).name == "x"
        wf.close()

    return Trial(lambda: wf.task.get(ONE), after)


def downloads(folder: Path, host: FaultHost) -> Trial:
    wf, path = client(host), folder / "plan.pdf"
    path.write_text(OLD)
    work = partial(wf.download, "/attask/api/v22.0/DOCV/x/download", path)

    def after() -> None:
        assert path.read_bytes() in (OLD.encode(), CONTENT)
        assert [left.name for left in folder.iterdir()] == ["plan.pdf"]
        work()
        assert path.read_bytes() == CONTENT
        wf.close()

    return Trial(work, after)


def exports(folder: Path, host: FaultHost) -> Trial:
    wf, path = client(host), folder / "tasks.csv"
    path.write_text(OLD)

    def work() -> object:
        return wf.task.search(page_size=3).export(path)

    def after() -> None:
        assert path.read_text() == OLD or path.read_text().count("\n") == 1 + len(fault.ROWS)
        assert [left.name for left in folder.iterdir()] == ["tasks.csv"]
        work()
        assert path.read_text().count("\n") == 1 + len(fault.ROWS)
        wf.close()

    return Trial(work, after)


@dataclass
class Consumed:
    """An inbox of four events, and those that were acknowledged."""

    inbox: Inbox
    acknowledged: list[str] = field(default_factory=list)

    def events(self) -> Iterator[str]:
        for event in self.inbox.events(Task, consumer="billing", wait=False):
            event.ack()
            yield str(event.new.id)

    def work(self) -> None:
        self.acknowledged.extend(self.events())


IDS = [f"{number:032x}" for number in range(4)]


def consumes(folder: Path, _host: FaultHost) -> Trial:
    taken = Consumed(Inbox(folder / "events.sqlite", settle=0))
    taken.inbox.put(*(body_of(number) for number in range(4)))

    def after() -> None:
        rest = list(taken.events())
        assert len(rest) + len(taken.acknowledged) in (3, 4), "one may be acknowledged and not heard of"
        assert [*taken.acknowledged, *rest] == [one for one in IDS if one in {*taken.acknowledged, *rest}]
        assert taken.inbox.dead() == []
        taken.inbox.close()

    return Trial(taken.work, after)


def puts(folder: Path, _host: FaultHost) -> Trial:
    taken = Consumed(Inbox(folder / "events.sqlite", settle=0))

    def after() -> None:
        taken.inbox.put(*(body_of(number) for number in range(4)))
        assert sorted(taken.events()) == IDS, "each once, whatever was stored before"
        taken.inbox.close()

    return Trial(lambda: taken.inbox.put(body_of(0), body_of(1)), after)


def syncs(folder: Path, _host: FaultHost) -> Trial:
    target, server = DuckDB(folder / "acme.duckdb"), StillServer("a", "b", "c")
    sync = Sync(server, target, [TASKS])

    def after() -> None:
        server.put(f"{1:032x}", name="B")
        sync.run()
        assert sorted(names(target)) == ["B", "a", "c"]
        target.close()

    return Trial(sync.run, after)


TRIALS: dict[str, tuple[Callable[[Path, FaultHost], Trial], int]] = {
    "stored sign-in": (stored, 4),
    "download": (downloads, 4),
    "export": (exports, 9),
    "events taken": (consumes, 1),
    "events put": (puts, 1),
    "sync": (syncs, 25),
}
"""Each with how many lines stand between two interrupts; in the long form it is interrupted at every one."""


@pytest.mark.parametrize("name", TRIALS)
def test_an_interrupt_at_any_line_leaves_files_whole(name: str, tmp_path: Path, host: FaultHost) -> None:
    make, step = TRIALS[name]
    numbers = count()

    def tried(at: int, places: tuple[str, ...] = ENGINE) -> list[tuple[str, int]]:
        folder = tmp_path / f"{next(numbers)}"
        folder.mkdir()
        trial, seen = make(folder, host), Interrupter(places, at)
        with suppress(Interrupt):
            seen.run(trial.work)
        ends(trial.after, f"going on after an interrupt at line {at}: {seen.lines[-1:]}")
        return seen.lines

    tried(0, ())  # once what it imports is there
    at_each = moments(tried(0))[:: rounds(step, 1)]
    assert len(at_each) > 5
    for at in at_each:
        tried(at)
