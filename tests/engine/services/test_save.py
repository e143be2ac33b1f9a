"""Loaded rows, changed and written back, against the sandbox: what was not set stays as others left it."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any, cast

import pytest

from workfront_client.v22 import AsyncWorkfront, Task, Workfront
from workfront_core.bulk.results import BulkError
from workfront_core.errors import NotFound, QueryError, WorkfrontError
from workfront_core.services.request_of import request_of
from workfront_testing import SandboxKit, in_process

FIELDS = ["name", "assignedToID", "percentComplete", "project:name"]


UNDER_WAY = (Task.f.status == "INP") & (Task.f.number_of_children == 0)
"""Tasks in which what is set stays as it is set: the service works out those that are done or have subtasks."""


@pytest.fixture
def kit() -> Iterator[SandboxKit]:
    with in_process("demo") as kit:
        yield kit


@pytest.fixture
def wf(kit: SandboxKit) -> Iterator[Workfront]:
    with kit.client(Workfront) as wf:
        yield wf


def loaded(wf: Workfront) -> Task:
    return wf.task.search(UNDER_WAY, fields=FIELDS, limit=1).to_list()[0]


def bodies(kit: SandboxKit) -> list[Any]:
    return [sent.json for sent in kit.log.sent if sent.method == "PUT"]


WAYS: dict[str, Callable[[Workfront, Task], object]] = {
    "save": lambda wf, row: wf.task.save(row),
    "update": lambda wf, row: wf.task.update(row),
    "update_many": lambda wf, row: wf.task.update_many([row]),
    "atomic": lambda wf, row: wf.task.update_many([row], atomic=True),
    "a pair": lambda wf, row: wf.task.update_many([(row.id, cast("Any", row))]),
    "send": lambda wf, row: wf.send(request_of(wf.task.save, row)),
    "batch": lambda wf, row: wf.send_batch([request_of(wf.task.update, row)]),
    "by code": lambda wf, row: cast("Any", wf.by_code("TASK")).save(row),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_a_colleague_changed_meanwhile_stays(wf: Workfront, way: str) -> None:
    row, colleague = loaded(wf), wf.user.search(limit=1).to_list()[0]
    wf.task.update(row.id, assigned_to_id=colleague.id, percent_complete=55)
    row.name = "Renamed"
    WAYS[way](wf, row)
    now = wf.task.get(row.id, fields=FIELDS)
    assert (now.name, now.assigned_to_id, now.percent_complete) == ("Renamed", colleague.id, 55)
    assert row.changes == {}
    row.percent_complete = 60
    WAYS[way](wf, row)
    assert wf.task.get(row.id, fields=FIELDS).percent_complete == 60


def _saved(wf: Workfront) -> Task:
    row = Task(id=loaded(wf).id, name="Made here")
    return wf.task.save(row)


def _with_other_id(wf: Workfront) -> Task:
    row = loaded(wf)
    return row.model_copy(update={"id": "1" * 32})


READ: dict[str, Callable[[Workfront], Any]] = {
    "found": loaded,
    "of a page": lambda wf: wf.task.search(fields=FIELDS, limit=20).to_list()[3],
    "made here and saved": _saved,
    "copied": lambda wf: copy(loaded(wf)),
    "copied with all in it": lambda wf: loaded(wf).model_copy(deep=True),
    "copied with another ID": _with_other_id,
    "unpickled": lambda wf: pickle.loads(pickle.dumps(loaded(wf))),  # noqa: S301
    "of no schema": lambda wf: wf.untyped("TASK").get(loaded(wf).id),
}


@pytest.mark.parametrize("read", READ.values(), ids=READ)
def test_a_row_whose_id_was_set_to_another_is_written_nowhere(
    wf: Workfront, kit: SandboxKit, read: Callable[[Workfront], Any]
) -> None:
    row = read(wf)
    before = len(bodies(kit))
    row["ID"] = wf.task.search(fields=["name"], limit=2).to_list()[1].id if row["ID"] == "1" * 32 else "1" * 32
    service: Any = wf.task if isinstance(row, Task) else wf.untyped("TASK")
    writes: list[Callable[[], object]] = [lambda: service.update(row), lambda: service.update(row, whole=True)]
    if isinstance(row, Task):
        writes += [lambda: service.save(row), lambda: service.update_many([row])]
    for values in ({}, {"name": "Renamed"}):
        for name, value in values.items():
            row[name] = value
        for write in writes:
            with pytest.raises(WorkfrontError, match=r"was read with the ID .*, and its ID was set to"):
                write()
    assert len(bodies(kit)) == before


def test_a_row_read_without_its_id_is_given_one(wf: Workfront) -> None:
    row = loaded(wf)
    bare = Task.from_wire({"name": row.name})
    bare.id, bare.name = row.id, "Renamed"
    wf.task.save(bare)
    assert wf.task.get(row.id).name == "Renamed"


def test_a_saved_row_is_returned_and_an_unchanged_one_is_not_sent(wf: Workfront, kit: SandboxKit) -> None:
    row = loaded(wf)
    assert wf.task.save(row) is row
    assert wf.task.update_many([row, row]).unchanged_count == 2
    assert bodies(kit) == []
    row.name = "Renamed"
    assert wf.task.save(row) is row
    assert len(bodies(kit)) == 1
    with pytest.raises(QueryError, match="nothing was set"):
        wf.task.update(row)
    assert wf.task.update(row, whole=True, fields=["name"]).name == "Renamed"


def test_whole_rows_are_written_on_request(wf: Workfront) -> None:
    row = loaded(wf)
    before = row.percent_complete
    wf.task.update(row.id, percent_complete=55)
    assert wf.task.update_many([row], whole=True).complete
    assert wf.task.get(row.id, fields=FIELDS).percent_complete == before


def test_rows_without_changes_are_done_without_a_call_and_counted(wf: Workfront, kit: SandboxKit) -> None:
    rows = wf.task.search(fields=["name"], limit=30).to_list()
    for row in rows[::3]:
        row.name = f"{row.name} (2)"
    result = wf.task.update_many(rows)
    assert result.complete
    assert (result.done_count, result.unchanged_count, result.cursor) == (30, 20, 30)
    assert str(result) == "30 done (20 unchanged, not sent), 0 failed, 0 unknown"
    assert [row.unchanged for row in result] == [index % 3 != 0 for index in range(30)]
    assert [row.id for row in result] == [row.id for row in rows]
    (sent,) = bodies(kit)
    assert len(sent) == 10
    assert all(set(body) == {"ID", "name"} for body in sent)
    assert wf.task.update_many(rows, keep="problems").unchanged_count == 30


def test_changed_rows_travel_together_however_many_lie_between(wf: Workfront, kit: SandboxKit) -> None:
    row, other = wf.task.search(UNDER_WAY, fields=FIELDS, limit=2).to_list()
    unchanged = [Task.from_wire({"ID": f"{number:032x}"}) for number in range(300)]
    row.name = "Renamed"
    last = Task(id=other.id, percent_complete=5)
    steps: list[tuple[int, int]] = []
    result = wf.task.update_many(
        [*unchanged[:150], row, *unchanged[150:], last],
        progress=lambda step: steps.append((step.cursor, len(step.in_flight))),
    )
    assert (result.done_count, result.unchanged_count) == (302, 300)
    assert [len(body) for body in bodies(kit)] == [2]
    assert steps[-1] == (302, 0)


def test_a_row_that_was_refused_keeps_its_changes(wf: Workfront) -> None:
    good, bad = wf.task.search(fields=["name"], limit=2).to_list()
    good.name = "Good"
    bad["noSuchField"] = 1
    result = wf.task.update_many([good, bad], on_error="collect")
    assert [row.status for row in result] == ["done", "failed"]
    assert (good.changes, bad.changes) == ({}, {"noSuchField": 1})
    gone = Task.from_wire({"ID": "0" * 32})
    gone.name = "x"
    with pytest.raises(NotFound):
        wf.task.save(gone)
    assert gone.changes == {"name": "x"}
    good.bcwp = 1.5
    with pytest.raises(BulkError, match="READ_ONLY"):
        wf.task.update_many([good])


def test_a_dry_run_leaves_the_changes(wf: Workfront) -> None:
    row = loaded(wf)
    row.name = "Renamed"
    with wf.dry_run() as dry:
        assert dry.task.save(row) is row
        dry.task.update(row)
        dry.task.update_many([row])
        assert [request.method for request in dry.planned] == ["PUT"] * 3
    assert row.changes == {"name": "Renamed"}


def test_a_custom_value_is_saved_alone(wf: Workfront, kit: SandboxKit) -> None:
    fields = ["name", "DE:Market", "DE:Budget code"]
    rows = wf.project.search(fields=fields, limit=50)
    row = next(row for row in rows if row["DE:Market"])
    row["DE:Budget code"] = "B-77"
    wf.project.save(row)
    assert bodies(kit) == [{"DE:Budget code": "B-77"}]
    now = wf.project.get(row.id, fields=fields)
    assert (now["DE:Market"], now["DE:Budget code"]) == (row["DE:Market"], "B-77")


def test_a_loop_over_rows_with_and_without_a_form_ends(wf: Workfront) -> None:
    wf.project.create(name="Without a form")
    markets = [row["DE:Market"] for row in wf.project.search(fields=["name", "DE:Market"])]
    assert None in markets
    assert any(markets)


def test_rows_of_objects_without_a_description_are_saved(wf: Workfront) -> None:
    tasks = wf.untyped("TASK")
    row = tasks.get(loaded(wf).id, fields=["name", "percentComplete"])
    tasks.update(row.id, {"percentComplete": 55})
    row["name"] = "Renamed"
    tasks.save(row)
    now = tasks.get(row.id, fields=["name", "percentComplete"])
    assert (now["name"], now["percentComplete"]) == ("Renamed", 55)
    now["name"] = "Again"
    assert tasks.update(now, fields=["name"])["name"] == "Again"


def test_the_same_with_await(kit: SandboxKit) -> None:
    async def run() -> None:
        async with kit.client(AsyncWorkfront) as wf:
            (row,) = await wf.task.search(UNDER_WAY, fields=FIELDS, limit=1).to_list()
            await wf.task.update(row.id, percent_complete=55)
            row.name = "Renamed"
            assert await wf.task.save(row) is row
            assert await wf.task.save(row) is row
            row.name = "Again"
            assert (await wf.task.update(row, fields=["name"])).name == "Again"
            row.name = "Third"
            assert (await wf.task.update_many([row])).complete
            untyped = await wf.untyped("TASK").get(row.id, fields=["name", "percentComplete"])
            assert (untyped["name"], untyped["percentComplete"], row.changes) == ("Third", 55, {})
            untyped["name"] = "Fourth"
            assert await wf.untyped("TASK").save(untyped) is untyped
            untyped["name"] = "Fifth"
            await wf.untyped("TASK").update(untyped)

    asyncio.run(run())
    assert [sorted(body if isinstance(body, dict) else body[0]) for body in bodies(kit)] == [
        ["percentComplete"], ["name"], ["name"], ["ID", "name"], ["name"], ["name"],
    ]  # fmt: skip
