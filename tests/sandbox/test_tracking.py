"""Enforced predecessors, and tasks that go on by themselves or are never behind. docs/protocol.md 11.9."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.sandbox.asking import SHOP, Asker, bakery

MODES = ("USER", "AUTO", "ONTM", "IGNR")


def task(ask: Asker, name: str, **values: Any) -> str:
    made: str = ask("POST", "TASK", json_body={"name": name, "projectID": SHOP, **values})["ID"]
    return made


def link(ask: Asker, after: str, before: str, kind: str, *, is_enforced: bool = True) -> None:
    wanted = {"predecessorID": before, "predecessorType": kind, "isEnforced": is_enforced}
    ask("PUT", f"TASK/{after}", json_body={"predecessors": [wanted]})


@pytest.mark.parametrize(
    ("kind", "starts", "ends"),
    [
        ("fs", {"CPL"}, {"CPL"}),
        ("ss", {"INP", "CPL"}, {"INP", "CPL"}),
        ("ff", {"NEW", "INP", "CPL"}, {"CPL"}),
        ("sd", {"NEW", "INP", "CPL"}, {"CPL"}),
        ("sf", {"NEW", "INP", "CPL"}, {"INP", "CPL"}),
    ],
)
@pytest.mark.parametrize("status", ["NEW", "INP", "CPL"])
def test_an_enforced_predecessor_lets_a_task_start_and_end(
    ask: Asker, kind: str, starts: set[str], ends: set[str], status: str
) -> None:
    first, second = task(ask, "first"), task(ask, "second")
    link(ask, second, first, kind)
    ask("PUT", f"TASK/{first}", {"status": status})
    for values in ({"status": "INP"}, {"percentComplete": 40}):
        assert (ask.reply("PUT", f"TASK/{second}", values).status == 200) is (status in starts)
    for values in ({"percentComplete": 100}, {"status": "CPL"}):
        assert (ask.reply("PUT", f"TASK/{second}", values).status == 200) is (status in ends)


def test_a_predecessor_that_is_not_enforced_bars_nothing(ask: Asker) -> None:
    first, second = task(ask, "first"), task(ask, "second")
    link(ask, second, first, "fs", is_enforced=False)
    assert ask("PUT", f"TASK/{second}", {"status": "CPL", "fields": "percentComplete"})["percentComplete"] == 100


def test_an_enforced_predecessor_of_a_parent_bars_what_stands_below(ask: Asker) -> None:
    first, parent = task(ask, "first"), task(ask, "parent")
    child = task(ask, "child", parentID=parent)
    link(ask, parent, first, "fs")
    refusal = (422, "Task child cannot start yet: its predecessor first is enforced")
    assert ask.refused("PUT", f"TASK/{child}", {"status": "INP"}) == refusal


@pytest.mark.parametrize(
    ("kind", "status"), [("fs", "CPL"), ("ff", "CPL"), ("sd", "CPL"), ("ss", "INP"), ("sf", "INP")]
)
def test_a_task_can_start_once_what_it_waits_for_lets_it(ask: Asker, kind: str, status: str) -> None:
    first, second = task(ask, "first"), task(ask, "second")
    child = task(ask, "child", parentID=second)

    def can_start() -> list[bool]:
        return [ask("GET", f"TASK/{one}", "fields=canStart")["canStart"] for one in (first, second, child)]

    assert can_start() == [True, True, True]
    link(ask, second, first, kind, is_enforced=False)
    assert can_start() == [True, False, False]
    assert ask("GET", "TASK/count", {"canStart": "false", "projectID": SHOP})["count"] == 2
    ask("PUT", f"TASK/{first}", {"status": status})
    assert can_start() == [True, True, True]


def test_what_is_not_said_of_a_predecessor_is_filled_in(ask: Asker) -> None:
    first, second = task(ask, "first"), task(ask, "second")
    wanted = {"predecessors": [{"predecessorID": first}]}
    (found,) = ask("PUT", f"TASK/{second}", {"fields": "predecessors:*"}, json_body=wanted)["predecessors"]
    known = {name: found[name] for name in ("predecessorType", "lagDays", "lagType", "isEnforced", "isCP")}
    assert known == {"predecessorType": "fs", "lagDays": 0.0, "lagType": "d", "isEnforced": False, "isCP": False}


def later(ask: Asker, *tasks: str) -> list[dict[str, Any]]:
    """The tasks after the timeline was computed two days later."""
    ask.sandbox.advance(timedelta(days=2))
    ask("PUT", f"PROJ/{SHOP}", "action=calculateTimeline")
    fields = "status,percentComplete,progressStatus,plannedCompletionDate,projectedCompletionDate,actualCompletionDate"
    return [ask("GET", f"TASK/{one}", f"fields={fields}") for one in tasks]


def pinned(ask: Asker, mode: str, day: str, **values: Any) -> str:
    pin = {"taskConstraint": "MSO", "constraintDate": f"2027-05-{day}T09:00:00", "duration": 1}
    return task(ask, mode, trackingMode=mode, **{**pin, **values})


def test_a_task_completes_by_itself_when_its_day_is_over(ask: Asker) -> None:
    over, ahead = later(ask, pinned(ask, "AUTO", "13"), pinned(ask, "AUTO", "14"))
    assert (over["status"], over["percentComplete"]) == ("CPL", 100)
    assert over["actualCompletionDate"] == "2027-05-14T00:00:00:000+0200"
    assert (ahead["status"], ahead["actualCompletionDate"]) == ("NEW", None)


@pytest.mark.parametrize(("constraint", "status"), [("MSO", "NEW"), ("FIXT", "CPL")])
def test_a_task_that_is_held_back_does_not_unless_it_is_fixed(ask: Asker, constraint: str, status: str) -> None:
    dates = {"plannedStartDate": "2027-05-13T09:00:00", "plannedCompletionDate": "2027-05-13T17:00:00"}
    first = task(ask, "first")
    fixed = {"trackingMode": "AUTO", "taskConstraint": "FIXT", **dates}
    second = task(ask, "AUTO", **fixed) if constraint == "FIXT" else pinned(ask, "AUTO", "13")
    link(ask, second, first, "fs")
    assert later(ask, second)[0]["status"] == status


@pytest.mark.parametrize(("mode", "state"), [("USER", "BH"), ("ONTM", "ON"), ("IGNR", "ON")])
def test_a_task_that_began_late_is_behind_unless_its_mode_says_otherwise(ask: Asker, mode: str, state: str) -> None:
    (found,) = later(ask, task(ask, mode, trackingMode=mode, duration=4))
    assert found["progressStatus"] == state
    assert (found["projectedCompletionDate"] == found["plannedCompletionDate"]) is (mode == "ONTM")


@pytest.mark.parametrize("mode", ["USER", "ONTM", "IGNR"])
def test_a_task_is_late_in_any_mode_when_its_day_is_over(ask: Asker, mode: str) -> None:
    assert later(ask, pinned(ask, mode, "13"))[0]["progressStatus"] == "LT"


def test_following_its_predecessors_is_not_computed(ask: Asker) -> None:
    refusal = (422, "Tracking mode PRED (Task): not computed by this sandbox")
    assert ask.refused("PUT", f"TASK/{task(ask, 'x')}", {"trackingMode": "PRED"}) == refusal
    assert ask.refused("POST", "TASK", {"name": "x", "projectID": SHOP, "trackingMode": "PRED"}) == refusal
    quiet = bakery(effects="ignore")
    assert quiet("POST", "TASK", {"name": "x", "projectID": SHOP, "trackingMode": "PRED"})["name"] == "x"


def test_the_modes_are_those_of_the_metadata(ask: Asker) -> None:
    listed = ask("GET", "TASK/metadata")["fields"]["trackingMode"]["possibleValues"]
    assert {one["value"] for one in listed} == {*MODES, "PRED"}
    assert ask("GET", f"TASK/{task(ask, 'x')}", "fields=trackingMode")["trackingMode"] == "USER"
