"""What the kit is given and cannot use: every part of it says so, in a line that names what was wrong."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest

from workfront_client.v22 import Task, User, Workfront
from workfront_core.errors import QueryError
from workfront_sandbox import Limits
from workfront_testing import Factory, RecordedFault, SandboxKit, SandboxTransport, fill, in_process, live
from workfront_testing.live_server import listening

ANYTHING: Any = 5
MISSING = f"{0xBAD:032x}"

OPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"seed": 5}, "A seed is"),
    ({"seed": None}, "A seed is"),
    ({"seed": {"TASK": 5}}, "no list under TASK"),
    ({"seed": {"TASK": [5]}}, "row 1 of TASK is not an object"),
    ({"seed": {"TASK": [{"ID": 5}]}}, "an ID is a text"),
    ({"seed": {"TASK": [{"name": "a"}, {"ID": " "}]}}, "row 2 of TASK has ' ' under 'ID'"),
    ({"seed": {"PROJ": [{"budget": math.inf}]}}, "JSON has no such number"),
    ({"seed": {"PROJ": [{"budget": math.nan}]}}, "JSON has no such number"),
    ({"seed": {"now": "yesterday"}}, "no moment under now"),
    ({"seed": "nope.json"}, "cannot be read"),
    ({"seed": "demo", "scale": 0}, "scale"),
    ({"seed": "demo", "scale": 1.5}, "scale"),
    ({"seed": "demo", "scale": True}, "scale"),
    ({"scale": 2}, "scale= makes the demo tenant larger"),
    ({"strict": "yes"}, "strict='yes' is not known"),
    ({"strict": 1}, "strict=1 is not known"),
    ({"effects": "no"}, "effects"),
    ({"rights": "yes"}, "rights='yes' is neither True nor False"),
    ({"locks": None}, "locks=None is neither"),
    ({"unstable": "x"}, "unstable='x' is not a whole number"),
    ({"unstable": True}, "unstable=True is not a whole number"),
    ({"limits": {"rows": 3}}, "is not made by Limits"),
    ({"clock": 5}, "clock=5 is not made by Clock"),
    ({"faults": 5}, "faults=5 is not made by Faults"),
    ({"send": 5}, "send="),
    ({"db": 5}, "db=5 does not name a place"),
    ({"db": ""}, "db='' does not name a place"),
    ({"schema": 5}, "schema=5 does not name a place"),
]


@pytest.mark.parametrize("begin", [in_process, live], ids=["in_process", "live"])
@pytest.mark.parametrize(("options", "words"), OPTIONS, ids=lambda value: str(value)[:40])
def test_a_sandbox_is_not_made_of_what_says_nothing(
    begin: Callable[..., AbstractContextManager[SandboxKit]], options: dict[str, Any], words: str
) -> None:
    with pytest.raises((QueryError, ValueError), match=words.replace("(", r"\(")), begin(**options):
        pass


@pytest.mark.parametrize("wrong", [0, -1, 2.5, "3", True, None])
@pytest.mark.parametrize("name", ["default_rows", "rows", "bulk", "depth", "uri", "body", "batch"])
def test_a_limit_is_a_number_of_things(name: str, wrong: Any) -> None:
    with pytest.raises(ValueError, match=f"{name}=.* of the limits is not a whole number of 1 or more"):
        Limits(**{name: wrong})


CALLS: list[tuple[Callable[[SandboxKit], object], str]] = [
    (lambda kit: kit.client(ANYTHING), "takes the class of a client"),
    (lambda kit: kit.insert(ANYTHING), "takes rows"),
    (lambda kit: kit.insert(Task()), "ID"),
    (lambda kit: kit.time_travel(), "goes nowhere"),
    (lambda kit: kit.time_travel(to=ANYTHING), "to"),
    (lambda kit: kit.time_travel(to=datetime(2027, 1, 1)), "to"),  # noqa: DTZ001
    (lambda kit: kit.time_travel(days=True), "True is not a number"),
    (lambda kit: kit.time_travel(days=math.nan), "timedelta"),
    (lambda kit: kit.time_travel(fortnights=1), "timedelta"),
    (lambda kit: kit.fail_next(ANYTHING), "fault"),
    (lambda kit: kit.fail_next("429", 0), "times"),
    (lambda kit: kit.fail_next("429", True), "times"),
    (lambda kit: kit.fail_next("429", 1, "taskk/search"), "taskk"),
    (lambda kit: kit.failing(2.0).__enter__(), "rate"),
    (lambda kit: kit.failing(math.nan).__enter__(), "rate"),
    (lambda kit: kit.failing(0.5, latency=-1).__enter__(), "latency"),
    (lambda kit: kit.conditions.hide(Task), "No ID is given"),
    (lambda kit: kit.conditions.hide(Task, MISSING), "no Task"),
    (lambda kit: kit.conditions.show(Task), "No ID is given"),
    (lambda kit: kit.conditions.show(Task, MISSING), "no Task"),
    (lambda kit: kit.conditions.show(ANYTHING, MISSING), "class of the row"),
    (lambda kit: kit.conditions.change_quietly(Task, MISSING, name="x"), "no Task"),
    (lambda kit: kit.conditions.stamp_ahead(ANYTHING), "by"),
    (lambda kit: kit.conditions.show_late(ANYTHING), "after"),
    (lambda kit: kit.conditions.answer_stale(ANYTHING), "by"),
    (lambda kit: kit.conditions.journal_deletions(ANYTHING), "of= takes one of"),
    (lambda kit: kit.conditions.stop_events("nope"), "nope"),
    (lambda kit: kit.log.found("FETCH", "TASK"), "FETCH"),
    (lambda kit: kit.log.assert_count(ANYTHING - 6), "-1"),
    (lambda kit: kit.sandbox.insert("TSK", []), "TSK"),
    (lambda kit: kit.sandbox.insert("TASK", ANYTHING), "takes a list"),
    (lambda kit: kit.sandbox.insert("TASK", [{"ID": ""}]), "an ID is a text"),
    (lambda kit: kit.sandbox.rows(ANYTHING), "objCode"),
    (lambda kit: kit.sandbox.upload("x"), "bytes"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    (lambda kit: kit.sandbox.restore("TASK", "no"), "no"),
    (lambda kit: kit.sandbox.on_action("TASK", "markDone", ANYTHING), "takes a function"),
    (lambda kit: kit.sandbox.on_action("TASK", "nope", ANYTHING), "takes a function"),
    (lambda kit: kit.sandbox.advance(ANYTHING), "timedelta"),
    (lambda kit: kit.sandbox.accounts.issue(MISSING), "no user"),
    (lambda kit: kit.sandbox.accounts.issue(kit.sandbox.tenant.me, ""), "token is empty"),
    (lambda kit: kit.sandbox.accounts.revoke("nope"), "No session has this token"),
    (lambda kit: kit.sandbox.accounts.set_password("nobody", "x"), "nobody"),
    (lambda kit: kit.sandbox.accounts.set_password("sam@example.com", ""), "password is empty"),
    (lambda kit: kit.sandbox.accounts.set_api_key(kit.sandbox.tenant.me, "a\nb"), "holds what no header can"),
    (lambda kit: kit.sandbox.accounts.api_key(MISSING), "no user"),
    (lambda _: Factory().make(ANYTHING), "takes the class of the row"),
    (lambda _: Factory().make(Task, nme="x"), "nme"),
    (lambda _: Factory().make(Task, id=""), "Task.id is empty"),
    (lambda _: Factory().make(Task, project=Factory().make(User)), "Task.project takes a Project, not a User"),
    (lambda _: Factory().make(Task, custom=ANYTHING), "custom"),
    (lambda _: RecordedFault.load("/nope/record.json"), "cannot be read: No such file"),
    (lambda _: SandboxTransport(ANYTHING), "takes a sandbox"),
    (lambda _: listening(ANYTHING).__enter__(), "A sandbox is listened with"),
    (lambda _: fill(ANYTHING), "form"),
]


@pytest.mark.parametrize("number", range(len(CALLS)), ids=lambda number: CALLS[number][1] or str(number))
def test_a_call_of_the_kit_that_means_nothing_is_refused_and_changes_nothing(number: int) -> None:
    call, words = CALLS[number]
    with in_process({"TASK": [{"name": "there"}]}) as kit:
        before = {code: kit.sandbox.rows(code) for code in ("TASK", "USER", "SCHED")}
        with pytest.raises((QueryError, AssertionError), match=words):
            call(kit)
        assert {code: kit.sandbox.rows(code) for code in before} == before


def test_a_token_that_was_issued_is_revoked_once() -> None:
    with in_process(strict=True) as kit:
        accounts, me = kit.sandbox.accounts, kit.sandbox.tenant.me
        token = accounts.issue(me)
        accounts.revoke(token)
        with pytest.raises(QueryError, match="No session"):
            accounts.revoke(token)
        accounts.set_api_key(me, "one")
        accounts.set_api_key(me, "two")
        assert accounts.api_key(me) == "two"
        with kit.client(Workfront) as wf:
            assert wf.task.count() == 0
