"""Every method of every service, on a closed client: one error that says so, and nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.arguments.annotations import arguments
from tests.arguments.call import Call, settled, split, told
from tests.arguments.right_arguments import GIVEN, OF_CLIENTS, OF_DOCUMENTS, OF_VERSIONS
from tests.arguments.surface import methods_of
from tests.arguments.world import TASK, World, world
from workfront_client.v22 import Task
from workfront_client.v22.service_names import SERVICES
from workfront_core import WorkfrontError

OWN_ARGUMENTS = {"document": OF_DOCUMENTS, "document_version": OF_VERSIONS}
BOTH = pytest.mark.parametrize("side", ["wf", "aio"])
SEND_NOTHING = ("members", "by_code", "untyped", "with_options", "dry_run", "explain", "batch", "from_env", "save")
"""Methods that make something to ask with, or ask nothing: an unchanged row is not saved."""
ALSO_NEEDED = {"members", "name"}
"""Arguments that may be left out, and then there is nothing to send."""
BY_ROWS = ("create_many", "update_many", "search_map", "changes", "recorded")
"""Methods that need rows or fields of an object; tried with tasks."""


@pytest.fixture(scope="module")
def closed_tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("closed")
    with world(folder) as made:
        made.wf.close()
        made.loop.run_until_complete(made.aio.aclose())
        yield made


def outcome(call: Call, made: World) -> object:
    known = arguments(call.function)
    needed = {item.name for item in known if item.is_required or item.name in ALSO_NEEDED}
    given: dict[str, Any] = {name: call.given[name] for name in needed & call.given.keys()}
    if call.name.endswith(".update"):
        given["extra"] = {"statusLabel": "x"}
    made.begin()
    try:
        positional, named = split(known, given)
        return settled(call.function(*positional, **named), made)
    except Exception as error:
        return error


def wrong(calls: Iterator[Call], made: World) -> list[str]:
    found = []
    for call in calls:
        if call.name.rpartition(".")[2] in {*SEND_NOTHING, *BY_ROWS}:
            continue
        result = outcome(call, made)
        if not isinstance(result, WorkfrontError) or "is closed" not in str(result) or made.sent():
            found.append(f"{call.name}: {told(result)}, {made.sent()} sent")
    return found


@BOTH
@pytest.mark.parametrize("name", sorted(set(SERVICES.values())))
def test_methods_of_services(name: str, side: str, closed_tenant: World) -> None:
    service = getattr(getattr(closed_tenant, side), name)
    assert wrong(methods_of(name, service, OWN_ARGUMENTS.get(name, GIVEN)), closed_tenant) == []


@BOTH
def test_methods_that_take_rows(side: str, closed_tenant: World) -> None:
    client = getattr(closed_tenant, side)
    task = client.task
    calls = [
        Call("create_many", lambda: task.create_many([{"name": "x"}])),
        Call("update_many", lambda: task.update_many([(TASK, {"name": "x"})])),
        Call("search_map", task.search_map),
        Call("save", lambda: task.save(changed_task())),
        Call("recorded", lambda: client.journal_entry.recorded(Task)),
    ]
    for call in calls:
        assert "is closed" in str(outcome(call, closed_tenant)), call.name


def changed_task() -> Task:
    row = Task.from_wire({"ID": TASK})
    row.name = "x"
    return row


@BOTH
def test_methods_of_clients(side: str, closed_tenant: World) -> None:
    assert wrong(methods_of(side, getattr(closed_tenant, side), OF_CLIENTS), closed_tenant) == []


@BOTH
def test_methods_of_searches_and_collections(side: str, closed_tenant: World) -> None:
    service = getattr(closed_tenant, side).task
    given = {**GIVEN, "path": str(closed_tenant.folder / "tasks.jsonl")}
    members = service.members(GIVEN["collection"], GIVEN["object_id"])
    calls = [*methods_of("search", service.search(), given), *methods_of("members", members, given)]
    assert wrong((call for call in calls if call.name != "members.remove"), closed_tenant) == []
    removing = Call("members.remove", lambda: members.remove(TASK))
    assert "is closed" in str(outcome(removing, closed_tenant))
