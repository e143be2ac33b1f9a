"""Conditions that make it hard to follow a sandbox's rows: each shows in answers, events and journal as it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest

from workfront_client.v22 import JournalEntry, Project, Task, Workfront
from workfront_core.errors import NotFound, QueryError
from workfront_sandbox.tenant.limits import Limits
from workfront_testing import SandboxKit, in_process

NOON = datetime(2027, 5, 12, 12, tzinfo=UTC)
PROJECT = "1a" * 16
ONE, TWO, THREE = (f"{number:032x}" for number in (1, 2, 3))
SEED = {
    "now": "2027-05-12T12:00:00:000+0000",
    "PROJ": [{"ID": PROJECT, "name": "Site"}],
    "TASK": [{"ID": row_id, "name": f"Task {row_id[-1]}", "projectID": PROJECT} for row_id in (ONE, TWO, THREE)],
}
SECONDS = timedelta(seconds=1)


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with in_process(SEED) as made:
        yield made


@pytest.fixture
def wf(kit: SandboxKit) -> Iterator[Workfront]:
    with kit.client(Workfront) as client:
        yield client


def names(wf: Workfront) -> list[str | None]:
    return [row.name for row in wf.task.search(fields=[Task.f.name], order_by=[Task.f.id.asc()])]


class TestSight:
    def test_a_hidden_row_is_in_no_answer_and_comes_back_as_it_was(self, kit: SandboxKit, wf: Workfront) -> None:
        before = kit.sandbox.rows("TASK")
        kit.conditions.hide(Task, TWO)
        assert names(wf) == ["Task 1", "Task 3"]
        assert wf.task.count() == 2
        assert [row.id for row in wf.task.get_many([ONE, TWO])] == [ONE]
        with pytest.raises(NotFound):
            wf.task.get(TWO)
        project = wf.project.get(PROJECT, fields=[Project.f.tasks.name])
        assert len(project.tasks or ()) == 2
        kit.conditions.show(Task, TWO)
        assert names(wf) == ["Task 1", "Task 2", "Task 3"]
        assert kit.sandbox.rows("TASK") == before
        assert kit.sandbox.rows("JRNLE") == []

    def test_a_row_may_be_hidden_from_one_user(self, kit: SandboxKit, wf: Workfront) -> None:
        kit.conditions.hide(Task, TWO, user_id="another")
        assert len(names(wf)) == 3
        kit.conditions.hide(Task, TWO, user_id=kit.sandbox.tenant.me)
        assert len(names(wf)) == 2

    def test_a_quiet_change_has_neither_stamp_nor_journal_nor_event(self, kit: SandboxKit, wf: Workfront) -> None:
        wf.events.ensure(Task, "UPDATE", url="https://hook.test", token="bearer-of-news")
        wf.task.update(ONE, name="Loud")
        stamp = wf.task.get(ONE, fields=[Task.f.last_update_date]).last_update_date
        kit.time_travel(hours=1)
        told, entries = len(kit.posted), len(kit.sandbox.rows("JRNLE"))
        kit.conditions.change_quietly(Task, ONE, actual_work_required=90, name="Quiet")
        row = wf.task.get(ONE, fields=[Task.f.name, Task.f.actual_work_required, Task.f.last_update_date])
        assert (row.name, row.actual_work_required, row.last_update_date) == ("Quiet", 90, stamp)
        kit.time_travel(hours=1)
        assert (len(kit.posted), len(kit.sandbox.rows("JRNLE"))) == (told, entries)

    def test_a_late_change_has_the_stamp_of_its_making(self, kit: SandboxKit, wf: Workfront) -> None:
        kit.conditions.show_late(timedelta(seconds=20))
        wf.task.update(ONE, name="Edited")
        wf.task.delete(TWO)
        wf.task.create(name="Made", project_id=PROJECT)
        kit.time_travel(seconds=19)
        assert names(wf) == ["Task 1", "Task 2", "Task 3"]
        assert wf.journal_entry.count() == 0
        kit.time_travel(seconds=1)
        assert sorted(map(str, names(wf))) == ["Edited", "Made", "Task 3"]
        assert wf.task.get(ONE, fields=[Task.f.last_update_date]).last_update_date == NOON
        assert wf.journal_entry.count() == len(kit.sandbox.rows("JRNLE")) > 0

    def test_of_two_late_changes_of_one_row_each_shows_in_its_time(self, kit: SandboxKit, wf: Workfront) -> None:
        kit.conditions.show_late(timedelta(seconds=20))
        wf.task.update(ONE, name="First")
        kit.time_travel(seconds=10)
        wf.task.update(ONE, name="Second")
        seen = []
        for _ in range(3):
            seen.append(names(wf)[0])
            kit.time_travel(seconds=10)
        assert seen == ["Task 1", "First", "Second"]

    def test_stale_answers_show_the_rows_of_some_seconds_ago(self, kit: SandboxKit, wf: Workfront) -> None:
        kit.conditions.answer_stale(timedelta(seconds=10))
        wf.task.update(ONE, name="Edited")
        kit.time_travel(seconds=9)
        assert names(wf)[0] == "Task 1"
        assert wf.task.count(Task.f.name == "Edited") == 0
        kit.time_travel(seconds=2)
        assert names(wf)[0] == "Edited"

    def test_answers_that_are_stale_by_chance_go_forth_and_back(self, kit: SandboxKit, wf: Workfront) -> None:
        kit.conditions.answer_stale(timedelta(seconds=10), seed=3)
        wf.task.update(ONE, name="Edited")
        kit.time_travel(seconds=5)
        assert {names(wf)[0] for _ in range(40)} == {"Task 1", "Edited"}

    def test_a_write_is_made_on_the_rows_as_they_are(self, kit: SandboxKit, wf: Workfront) -> None:
        kit.conditions.answer_stale(timedelta(seconds=10))
        wf.task.update(ONE, name="Edited")
        wf.task.update(ONE, description="and described")
        kit.conditions.restore()
        row = wf.task.get(ONE, fields=[Task.f.name, Task.f.description])
        assert (row.name, row.description) == ("Edited", "and described")


class TestClocks:
    @pytest.mark.parametrize("by", [-4, 4])
    def test_stamps_and_the_date_of_answers_differ(self, kit: SandboxKit, wf: Workfront, by: int) -> None:
        kit.conditions.stamp_ahead(by * SECONDS)
        wf.task.update(ONE, name="Edited")
        row = wf.task.get(ONE, fields=[Task.f.last_update_date])
        assert row.last_update_date == NOON + by * SECONDS
        assert wf.server_time() == NOON
        (entry,) = wf.journal_entry.search(fields=[JournalEntry.f.entry_date]).to_list()
        assert entry.entry_date == NOON + by * SECONDS

    def test_the_date_of_an_answer_is_the_sandboxs_own(self, kit: SandboxKit, wf: Workfront) -> None:
        kit.time_travel(days=400)
        sent = wf.with_raw_response(lambda client: client.task.count())
        assert parsedate_to_datetime(sent.headers["date"]) == NOON + timedelta(days=400)


class TestJournal:
    @pytest.mark.parametrize(("of", "told"), [("all", ["HOUR", "TASK"]), ("hours", ["HOUR"]), ("none", [])])
    def test_deletions_are_told_as_it_is_said(self, kit: SandboxKit, wf: Workfront, of: str, told: list[str]) -> None:
        hour = wf.hour.create(task_id=ONE, project_id=PROJECT, hours=2, entry_date=NOON.date())
        kit.conditions.journal_deletions(of)  # type: ignore[arg-type]
        wf.hour.delete(hour.id)
        wf.task.delete(TWO)
        rows = [row for row in kit.sandbox.rows("JRNLE") if row["changeType"] == "D"]
        assert sorted(row["subObjCode"] or row["objObjCode"] for row in rows) == told


class TestEvents:
    @pytest.fixture(autouse=True)
    def _subscribed(self, wf: Workfront) -> None:
        wf.events.ensure(Task, "UPDATE", url="https://hook.test", token="bearer-of-news")

    def told(self, kit: SandboxKit) -> list[tuple[str, str]]:
        return [(event.payload["newState"]["name"], event.payload["eventVersion"]) for event in kit.posted]

    def test_late(self, kit: SandboxKit, wf: Workfront) -> None:
        kit.conditions.events(late=timedelta(hours=1))
        wf.task.update(ONE, name="Edited")
        assert kit.time_travel(minutes=59) == 0
        assert kit.time_travel(minutes=2) == 1
        assert kit.posted[0].payload["eventTime"]["epochSecond"] == NOON.timestamp()

    def test_twice(self, kit: SandboxKit, wf: Workfront) -> None:
        kit.conditions.events(twice=True)
        wf.task.update(ONE, name="Edited")
        assert kit.time_travel(seconds=1) == 2
        assert kit.posted[0].payload == kit.posted[1].payload

    def test_out_of_order(self, kit: SandboxKit, wf: Workfront) -> None:
        kit.conditions.events(shuffled=1)
        for number in range(10):
            wf.task.update(ONE, name=f"{number}")
            kit.sandbox.clock.advance(SECONDS)
        kit.time_travel(seconds=1)
        came = [name for name, _ in self.told(kit)]
        assert came != sorted(came)
        assert sorted(came) == [f"{number}" for number in range(10)]

    def test_in_both_versions_for_five_minutes(self, kit: SandboxKit, wf: Workfront) -> None:
        kit.conditions.events(both_versions=True)
        (one,) = wf.events.list()
        wf.events.set_version("v1", [one])
        for number, minutes in enumerate((1, 5)):
            wf.task.update(ONE, name=f"{number}")
            kit.time_travel(minutes=minutes)
        assert self.told(kit) == [("0", "v2"), ("0", "v1"), ("1", "v2"), ("1", "v1")]
        wf.task.update(ONE, name="2")
        kit.time_travel(minutes=1)
        assert self.told(kit)[4:] == [("2", "v1")]

    @pytest.mark.parametrize(("frozen", "state"), [(False, "disabled"), (True, "frozen")])
    def test_a_subscription_that_is_stopped_says_so(
        self, kit: SandboxKit, wf: Workfront, frozen: bool, state: str
    ) -> None:
        (one,) = wf.events.list()
        kit.conditions.stop_events(one.id, frozen=frozen)
        assert [found.health.state for found in wf.events.health()] == [state]
        wf.task.update(ONE, name="Edited")
        assert kit.time_travel(seconds=1) == (0 if frozen else 1)


class TestLimits:
    @pytest.mark.long
    def test_a_strict_sandbox_refuses_more_objects_and_fields_than_the_service(self) -> None:
        tasks = [{"ID": f"{number:032x}", "name": "t", "projectID": PROJECT} for number in range(1, 2001)]
        parts = [{"taskID": row["ID"], "projectID": PROJECT} for row in tasks for _ in range(25)]
        with in_process({**SEED, "TASK": tasks, "ASSGN": parts}, strict=True) as kit:
            with httpx.Client(
                transport=kit.transport, base_url=f"{kit.url}/attask/api/v22.0", headers={"apiKey": kit.api_key}
            ) as http:
                found = http.get("/task/search?$$LIMIT=2000&fields=name,assignments:ID")
            with kit.client(Workfront) as wf:
                read = wf.task.search(fields=["name", "assignments:ID"]).to_list()
        assert found.status_code == 422
        assert "more than 50000 objects" in found.text
        assert sum(len(row.assignments or ()) for row in read) == 50_000, "the client asks for smaller pages then"

    def test_and_more_fields(self) -> None:
        tasks = [{"ID": f"{number:032x}", "name": "t", "projectID": PROJECT} for number in range(1, 101)]
        with (
            in_process({**SEED, "TASK": tasks}, strict=True, limits=Limits(fields=1000)) as kit,
            httpx.Client(
                transport=kit.transport, base_url=f"{kit.url}/attask/api/v22.0", headers={"apiKey": kit.api_key}
            ) as http,
        ):
            few, all_of_them = (http.get(f"/task/search?fields={names}") for names in ("name", "*"))
        assert (few.status_code, all_of_them.status_code) == (200, 422)
        assert "more than 1000 fields" in all_of_them.text


def test_restore_ends_all_of_them(kit: SandboxKit, wf: Workfront) -> None:
    kit.conditions.hide(Task, ONE)
    kit.conditions.stamp_ahead(4 * SECONDS)
    kit.conditions.show_late(timedelta(hours=1))
    kit.conditions.answer_stale(timedelta(hours=1))
    kit.conditions.restore()
    wf.task.update(TWO, name="Edited")
    assert names(wf) == ["Task 1", "Edited", "Task 3"]
    assert wf.task.get(TWO, fields=[Task.f.last_update_date]).last_update_date == NOON


@pytest.mark.parametrize(
    "wrong",
    [
        lambda conditions: conditions.hide(Task, "f" * 32),
        lambda conditions: conditions.hide("TASK", ONE),
        lambda conditions: conditions.change_quietly(Task, "f" * 32, name="x"),
        lambda conditions: conditions.change_quietly(Task, ONE, colour="red"),
        lambda conditions: conditions.show_late(-SECONDS),
        lambda conditions: conditions.show_late(4),
        lambda conditions: conditions.stamp_ahead(4),
        lambda conditions: conditions.answer_stale(-SECONDS),
        lambda conditions: conditions.answer_stale(SECONDS, seed="x"),
        lambda conditions: conditions.journal_deletions("some"),
        lambda conditions: conditions.events(late=-SECONDS),
        lambda conditions: conditions.stop_events("none"),
    ],
)
def test_what_makes_no_sense_is_refused(kit: SandboxKit, wrong: object) -> None:
    with pytest.raises(QueryError):
        wrong(kit.conditions)  # type: ignore[operator]
