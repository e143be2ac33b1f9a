"""Work in projects that are over or wait for approval, in a sandbox with locks and in one without."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.asking import BRICKS, FIRE, LEAK, OVEN, PHOTOS, WEBSITE, Asker, bakery

WRITES: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "TASK", {"name": "more", "projectID": OVEN}),
    ("POST", "OPTASK", {"name": "more", "projectID": OVEN}),
    ("PUT", f"TASK/{FIRE}", {"name": "other"}),
    ("PUT", f"OPTASK/{LEAK}", {"status": "INP"}),
    ("DELETE", f"TASK/{FIRE}", {}),
    ("DELETE", f"OPTASK/{LEAK}", {}),
]
STILL: list[tuple[str, str, dict[str, Any]]] = [
    ("PUT", f"TASK/{FIRE}", {"DE:Floor": "roof"}),
    ("POST", "HOUR", {"hours": 1, "taskID": FIRE}),
    ("PUT", f"PROJ/{OVEN}", {"status": "CUR"}),
]
STATUSES = {"CPL": "Complete", "DED": "Dead", "CUR": None, "ONH": None}


def over(status: str, *, locks: bool = True) -> Asker:
    ask = bakery(locks=locks)
    ask.sandbox.tenant.change_quietly("PROJ", OVEN, {"status": status})
    return ask


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_work_in_a_project_that_is_over_is_refused_in_the_recorded_words(
    status: str, method: str, path: str, body: dict[str, Any]
) -> None:
    reply = over(status).reply(method, path, json_body=body)
    if STATUSES[status] is None:
        assert reply.status == 200
        return
    error = json.loads(reply.body)["error"]
    assert error["message"] == f"Unable to complete operation for a project of status {STATUSES[status]}"
    assert error["class"] == "com.attask.common.ProjectStatusViolationException"


@pytest.mark.parametrize(("method", "path", "body"), STILL)
def test_forms_time_and_the_project_itself_are_free(method: str, path: str, body: dict[str, Any]) -> None:
    over("CPL")(method, path, json_body=body)


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_without_locks_everything_can_be_changed(method: str, path: str, body: dict[str, Any]) -> None:
    over("CPL", locks=False)(method, path, json_body=body)


def test_nothing_is_added_to_a_project_that_waits_for_approval() -> None:
    ask = over("CUR:A")
    assert "waits for approval" in ask.refused("POST", "TASK", json_body={"name": "x", "projectID": OVEN})[1]
    ask("PUT", f"TASK/{BRICKS}", json_body={"description": "edits are free"})


@pytest.mark.parametrize(
    ("field", "value", "free"), [("name", "x", False), ("status", "NEW", True), ("DE:Floor", "x", True)]
)
def test_a_task_that_waits_for_approval_takes_its_status_and_forms_alone(field: str, value: str, free: bool) -> None:
    ask = bakery(locks=True)
    reply = ask.reply("PUT", f"TASK/{PHOTOS}", json_body={field: value})
    assert (reply.status == 200) is free
    assert ask("GET", f"TASK/{PHOTOS}", {"fields": "projectID"})["projectID"] == WEBSITE
