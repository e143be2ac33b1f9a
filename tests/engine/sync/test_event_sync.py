"""Tables that follow events: rows are read again as events name them, and runs mend what no event told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from workfront_client.v22 import AsyncWorkfront, Project, Task, Workfront
from workfront_core.errors import QueryError, ServerError
from workfront_core.events import Inbox, Subscription
from workfront_core.sync import AsyncEventSync, AsyncSync, DuckDB, EventSync, Sync, Table
from workfront_core.sync.gap import Habit, Watch
from workfront_core.transport.retry import Retry
from workfront_testing import SandboxKit, in_process

PROJECT = "1a" * 16
ONE, TWO, THREE = (f"{number:032x}" for number in (1, 2, 3))
SEED = {
    "now": "2027-05-12T12:00:00:000+0000",
    "PROJ": [{"ID": PROJECT, "name": "Site"}],
    "TASK": [{"ID": row_id, "name": "Task", "projectID": PROJECT} for row_id in (ONE, TWO, THREE)],
}
HOOK = "https://hook.test"
TASKS = Table(Task, fields=["name", "actualWorkRequired"])


class Arriving:
    """Takes what the sandbox posts into an inbox, unless the line is cut."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.is_cut = False

    def __call__(self, _url: str, _headers: Mapping[str, str], body: bytes) -> int:
        if not self.is_cut:
            self.inbox.put(body)
        return 200


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with Inbox(tmp_path / "events.sqlite", settle=0) as made:
        yield made


@pytest.fixture
def line(inbox: Inbox) -> Arriving:
    return Arriving(inbox)


@pytest.fixture
def kit(line: Arriving) -> Iterator[SandboxKit]:
    with in_process(SEED, send=line) as made:
        yield made


@pytest.fixture
def wf(kit: SandboxKit) -> Iterator[Workfront]:
    with kit.client(Workfront) as client:
        for kind in ("CREATE", "UPDATE", "DELETE"):
            client.events.ensure(Task, kind, url=HOOK, token="bearer-of-news")
        yield client


@pytest.fixture
def target(tmp_path: Path) -> Iterator[DuckDB]:
    with DuckDB(tmp_path / "acme.duckdb") as made:
        yield made


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def follower(wf: Workfront, target: DuckDB, inbox: Inbox, clock: Clock) -> EventSync:
    return EventSync(Sync(wf, target, [TASKS]), inbox, wf.events, clock=clock)


def in_the_table(target: DuckDB) -> list[Any]:
    return target.connection.execute("SELECT ID, name FROM wf_task WHERE _wf_gone_at IS NULL ORDER BY ID").fetchall()


def on_the_server(kit: SandboxKit) -> list[Any]:
    return sorted((row["ID"], row["name"]) for row in kit.sandbox.rows("TASK"))


def test_the_first_step_is_a_run_and_each_further_one_reads_what_events_named(
    kit: SandboxKit, wf: Workfront, target: DuckDB, follower: EventSync
) -> None:
    first = follower.step()
    assert (first.gaps, first.events) == ({"wf_task": "nobody listened before"}, 0)
    wf.task.update(ONE, name="Edited")
    wf.task.update(ONE, name="Edited again")
    wf.task.create(name="Made", project_id=PROJECT)
    wf.task.delete(THREE)
    kit.time_travel(seconds=1)
    step = follower.step()
    assert step.gaps == {}
    assert step.events >= 4
    assert in_the_table(target) == on_the_server(kit)
    done = step.tables["wf_task"]
    assert (done.added, done.gone) == (1, 1)
    assert follower.step().events == 0


def test_events_of_other_objects_are_passed_over(kit: SandboxKit, wf: Workfront, follower: EventSync) -> None:
    wf.events.ensure(Project, "UPDATE", url=HOOK, token="bearer-of-news")
    follower.step()
    wf.project.update(PROJECT, name="Other")
    kit.time_travel(seconds=1)
    step = follower.step()
    assert (step.events, dict(step.tables)) == (1, {})


def test_what_happened_while_nobody_listened_is_mended_at_the_start(
    kit: SandboxKit, wf: Workfront, target: DuckDB, inbox: Inbox, follower: EventSync, line: Arriving
) -> None:
    follower.step()
    line.is_cut = True
    wf.task.update(ONE, name="Edited")
    kit.time_travel(seconds=1)
    follower.step()
    assert in_the_table(target) != on_the_server(kit), "the control: no event told of it"
    EventSync(Sync(wf, target, [TASKS]), inbox, wf.events).step()
    assert in_the_table(target) == on_the_server(kit)


@pytest.mark.parametrize(("frozen", "word"), [(True, "frozen"), (False, "disabled")])
def test_a_subscription_that_is_stopped_makes_a_run_due(
    kit: SandboxKit, wf: Workfront, target: DuckDB, follower: EventSync, line: Arriving, clock: Clock,
    frozen: bool, word: str,
) -> None:  # fmt: skip
    follower.step()
    line.is_cut = True
    kit.conditions.stop_events(next(one.id for one in wf.events.list()), frozen=frozen)
    wf.task.update(ONE, name="Edited")
    clock.now += 600
    assert follower.step().gaps == {"wf_task": f"a subscription is {word}"}
    assert in_the_table(target) == on_the_server(kit)


def test_a_subscription_that_is_gone_or_made_anew_makes_a_run_due(
    wf: Workfront, follower: EventSync, clock: Clock
) -> None:
    follower.step()
    (update,) = [one for one in wf.events.list() if one.event_type == "UPDATE"]
    wf.events.delete(update)
    clock.now += 600
    assert follower.step().gaps == {"wf_task": "no subscription tells of UPDATE"}
    wf.events.ensure(Task, "UPDATE", url=HOOK, token="bearer-of-news")
    clock.now += 600
    assert follower.step().gaps == {"wf_task": "a subscription is new"}
    clock.now += 600
    assert follower.step().gaps == {}


def test_silence_beyond_the_habit_makes_a_run_due(
    kit: SandboxKit, wf: Workfront, target: DuckDB, follower: EventSync, line: Arriving, clock: Clock
) -> None:
    for number in range(12):
        wf.task.update(ONE, name=f"{number}")
        kit.time_travel(seconds=1)
        clock.now += 25
        follower.step()
    line.is_cut = True
    wf.task.update(ONE, name="Told to nobody")
    clock.now += 70
    assert follower.step().gaps == {}
    clock.now += 10
    assert follower.step().gaps == {"wf_task": "there were no events for longer than usual"}
    assert in_the_table(target) == on_the_server(kit)


def test_a_run_comes_from_time_to_time(follower: EventSync, clock: Clock) -> None:
    follower.step()
    clock.now += 3600
    assert follower.step().gaps == {"wf_task": "it is time"}


def test_after_a_step_that_failed_the_next_begins_with_a_run(
    kit: SandboxKit, target: DuckDB, inbox: Inbox, wf: Workfront
) -> None:
    with kit.client(Workfront, retry=Retry(max_retries=0)) as hasty:
        follower = EventSync(Sync(hasty, target, [TASKS]), inbox)
        follower.step()
        wf.task.update(ONE, name="Edited")
        kit.time_travel(seconds=1)
        for _ in range(7):
            kit.fail_next("500", path="TASK/search")
            with pytest.raises(ServerError):
                follower.step()
        assert follower.step().gaps == {"wf_task": "the step before failed"}
    assert in_the_table(target) == on_the_server(kit)


def test_events_late_twice_out_of_order_and_in_both_versions_end_in_the_same_table(
    kit: SandboxKit, wf: Workfront, target: DuckDB, follower: EventSync
) -> None:
    follower.step()
    kit.conditions.events(twice=True, shuffled=3, both_versions=True)
    wf.events.set_version("v1")
    for number in range(10):
        wf.task.update(ONE if number % 2 else TWO, name=f"Edit {number}")
    kit.time_travel(seconds=5)
    follower.step()
    assert in_the_table(target) == on_the_server(kit)


@pytest.mark.usefixtures("wf")
def test_the_asynchronous_one_does_the_same(kit: SandboxKit, target: DuckDB, inbox: Inbox) -> None:
    async def follow() -> list[str]:
        async with kit.client(AsyncWorkfront) as other:
            follower = AsyncEventSync(AsyncSync(other, target, [TASKS]), inbox, other.events)
            first = await follower.step()
            await other.task.update(ONE, name="Edited")
            kit.time_travel(seconds=1)
            await follower.step()
            return list(first.gaps)

    assert asyncio.run(follow()) == ["wf_task"]
    assert in_the_table(target) == on_the_server(kit)


def test_a_habit_is_known_after_some_pauses_and_counts_anew_after_it_was_broken() -> None:
    habit = Habit(0.0)
    assert not habit.is_broken(1e6), "nothing is known yet"
    habit.last = 0.0
    for at in range(100, 1100, 100):
        habit.heard(at)
    assert not habit.is_broken(1300.0)
    assert habit.is_broken(1301.0)
    assert not habit.is_broken(1302.0)


def test_a_subscription_to_one_row_tells_nothing_of_the_others() -> None:
    at = datetime(2027, 5, 12, tzinfo=UTC)
    one = Subscription("1", "TASK", "UPDATE", HOOK, object_id=ONE, created_at=at)
    assert dict(Watch().gaps(["TASK"], [one])) == {"TASK": "no subscription tells of CREATE"}


@pytest.mark.parametrize("wrong", [{"look_every": 0}, {"run_every": -1}])
def test_times_are_above_zero(wf: Workfront, target: DuckDB, inbox: Inbox, wrong: dict[str, Any]) -> None:
    with pytest.raises(QueryError, match="above zero"):
        EventSync(Sync(wf, target, [TASKS]), inbox, **wrong)
