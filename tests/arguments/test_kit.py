"""The test kit refuses what it does not take as the client does: in a WorkfrontError, and nothing is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

import workfront_testing
from tests.arguments.call import problems
from tests.arguments.surface import call_of, exported, methods_of
from tests.arguments.world import PROJECT, TASK, USER, World
from workfront_client.v22 import Project, Task, TaskStatus, Workfront
from workfront_core import CustomForm, QueryError
from workfront_testing import RecordedFault, SandboxKit, in_process

RIGHT: Mapping[str, Any] = {
    "fault": "500",
    "kind": Workfront,
    "method": "GET",
    "model": Task,
    "number": 1,
    "path": "TASK/search",
    "time_travel.to": datetime(2027, 5, 12, 9, tzinfo=UTC),
    "rows": Task.from_wire({"ID": "f" * 32, "objCode": "TASK"}),
    "values": {},
}


class BriefForm(CustomForm):
    """A form as a tenant's own package has them."""

    region: str | None = None


MADE_BY_THE_KIT = frozenset({"Conditions", "PostedEvent", "RequestLog", "SandboxKit", "SandboxTransport", "Sent"})


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with in_process({"TASK": [{"ID": TASK, "name": "x", "projectID": PROJECT}]}) as made:
        yield made


def test_functions_and_classes(small_tenant: World) -> None:
    given = {"status": 500, "form": BriefForm}
    found = ((name, part) for name, part in exported(workfront_testing) if name not in MADE_BY_THE_KIT)
    assert problems((call_of(name, part, given) for name, part in found), small_tenant) == []


def test_methods_of_the_kit(kit: SandboxKit, small_tenant: World) -> None:
    calls = methods_of("kit", kit, RIGHT)
    assert problems(calls, small_tenant) == []


def test_methods_of_factory_and_log(kit: SandboxKit, small_tenant: World) -> None:
    assert problems(methods_of("factory", kit.factory, RIGHT), small_tenant) == []
    asserting = {**RIGHT, "assert_count.number": 0, "assert_sent.times": 0}
    assert problems(methods_of("log", kit.log, asserting, may_raise=(AssertionError,)), small_tenant) == []


def test_methods_of_its_conditions(kit: SandboxKit, small_tenant: World) -> None:
    second = timedelta(seconds=1)
    right = {**RIGHT, "ids": TASK, "row_id": TASK, "values": {"name": "x"}, "by": second, "after": second, "of": "none"}
    given = {**right, "late": second, "subscription_id": kit.sandbox.subscriptions.insert({"url": "https://x"})["id"]}
    assert problems(methods_of("conditions", kit.conditions, given), small_tenant) == []


def test_methods_of_its_sandbox(kit: SandboxKit, small_tenant: World) -> None:
    """``answer`` and ``refuse`` are the service's side, and take requests."""
    right = {**RIGHT, "code": "TASK", "name": "move", "handler": print, "by": timedelta(1), "content": b"x"}
    kit.sandbox.insert("USER", [{"ID": USER, "username": "ana"}])
    given = {
        **right,
        "rows": [{"name": "y"}],
        "object_id": TASK,
        "user_id": USER,
        "username": "ana",
        "password": "p",
        "token": "t",
        "key": "k",
    }
    taking_requests = ("sandbox.answer", "sandbox.refuse")
    calls = [call for call in methods_of("sandbox", kit.sandbox, given) if call.name not in taking_requests]
    in_no_bin = [replace(call, is_right=call.name != "sandbox.restore") for call in calls]
    assert problems(in_no_bin, small_tenant) == []
    services_own = ("accounts.identify", "accounts.log_in")
    accounts = [call for call in methods_of("accounts", kit.sandbox.accounts, given) if call.name not in services_own]
    assert problems(accounts, small_tenant) == []


@pytest.mark.parametrize("code", ["TSK", "PROJX", "Usr"])
def test_an_unknown_code_of_an_object_names_the_nearest(kit: SandboxKit, code: str) -> None:
    near = {"TSK": "TASK", "PROJX": "PROJ", "Usr": "USER"}[code]
    sandbox = kit.sandbox
    calls: tuple[Callable[[], object], ...] = (
        lambda: sandbox.rows(code),
        lambda: sandbox.insert(code, []),
        lambda: sandbox.restore(code, TASK),
        lambda: sandbox.on_action(code, "move", print),
        lambda: kit.fail_next("500", path=code),
    )
    for call in calls:
        with pytest.raises(QueryError, match=f"Did you mean .*{near}"):
            call()


def test_what_its_sandbox_cannot_find_is_told(kit: SandboxKit) -> None:
    sandbox, nobody = kit.sandbox, "e" * 32
    calls: tuple[Callable[[], object], ...] = (
        lambda: sandbox.restore("TASK", TASK),
        lambda: sandbox.insert("TASK", [{"ID": TASK}]),
        lambda: sandbox.on_action("TASK", "mvoe", print),
        lambda: sandbox.accounts.issue(nobody),
        lambda: sandbox.accounts.set_api_key(nobody, "k"),
        lambda: sandbox.accounts.api_key(nobody),
        lambda: sandbox.accounts.set_password("nobody", "p"),
        lambda: sandbox.plan_fault("404"),  # type: ignore[arg-type]
    )
    for call in calls:
        with pytest.raises(QueryError):
            call()


def test_records_of_faults(tmp_path: Path, small_tenant: World) -> None:
    record = RecordedFault(500)
    record.save(tmp_path / "fault.json")
    right = {"path": tmp_path / "fault.json", "response": httpx.Response(500)}
    assert problems(methods_of("record", record, right), small_tenant) == []


@pytest.mark.parametrize(
    "seed",
    [
        {"PROJ": [{"nmae": "x"}]},
        {"PROJ": {"name": "x"}},
        {"PRJ": [{"name": "x"}]},
        {"PROJ": ["x"]},
        {7: [{"name": "x"}]},
    ],
)
def test_a_seed_that_cannot_be_laid(seed: Any) -> None:
    with pytest.raises(QueryError), in_process(seed):
        pass


@pytest.mark.parametrize("fault", ["404", 500, "timeout", None])
def test_a_fault_that_nobody_knows(kit: SandboxKit, fault: Any) -> None:
    with pytest.raises(QueryError, match="fault"):
        kit.fail_next(fault)


MISSPELT = {
    "TASK/serach": "search",
    "task/coutn": "count",
    "WORK/myWrok": "myWork",
    "PROJ/x/calculateTimelin": "calculateTimeline",
}
CALLED = ("TASK", "TASK/search", "task/count", "WORK/myWork", f"TASK/{TASK}", f"TASK/{TASK}/move", "PROJ/x1", "batch")


def test_names_that_are_nearly_right_are_not_passed_over(kit: SandboxKit) -> None:
    """A fault that no request fits, a field that nobody sees, a code of another field: a test would prove nothing."""
    for path, near in MISSPELT.items():
        with pytest.raises(QueryError, match=f"names no call(.|\n)*{near}"):
            kit.fail_next("500", path=path)
    for path in CALLED:
        kit.fail_next("500", path=path)
    before = len(kit.sandbox.rows("TASK"))
    with pytest.raises(QueryError, match=r"row 2 of TASK has the unknown field 'nmae'.*nearest: name"):
        kit.sandbox.insert("TASK", [{"name": "x"}, {"nmae": "y"}])
    assert len(kit.sandbox.rows("TASK")) == before
    kit.sandbox.insert("TASK", [{"name": "x", "DE:Region": "N"}])
    with pytest.raises(QueryError, match="takes codes of ProjectStatus"):
        kit.factory.make(Project, status=TaskStatus.NEW)
    with pytest.raises(QueryError):
        kit.time_travel(days=float("nan"))


def test_rows_of_every_object_keep_to_its_fields_where_the_metadata_tells_any(kit: SandboxKit) -> None:
    objects = kit.sandbox.tenant.catalogue.newest.objects
    for code, known in objects.items():
        refused = pytest.raises(QueryError, match=rf"row 1 of {code} has the unknown field 'noSuchField'")
        with refused if {*known.fields, *known.relations} - {"ID", "objCode"} else nullcontext():
            kit.sandbox.insert(code, [{"noSuchField": "x"}])
