"""Numbers and places of tasks, however they came into a project or a template: from one on, without gaps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.asking import MIA, Asker
from workfront_sandbox import Sandbox


@pytest.fixture
def ask() -> Asker:
    return Asker(Sandbox({"me": MIA, "USER": [{"ID": MIA, "name": "Mia", "isActive": True}]}))


def make(ask: Asker, code: str, **values: Any) -> str:
    return str(ask("POST", code, json_body=values)["ID"])


def template(ask: Asker) -> str:
    """A template whose second task has one below it, written last."""
    one = make(ask, "TMPL", name="plan", isActive=True)
    steps = [make(ask, "TTSK", name=name, templateID=one) for name in ("mix", "bake", "sell")]
    make(ask, "TTSK", name="heat", templateID=one, parentID=steps[1])
    return one


def begun(ask: Asker) -> tuple[str, list[str]]:
    one = make(ask, "PROJ", name="shop", status="CUR")
    tasks = [make(ask, "TASK", name=name, projectID=one) for name in ("a", "b")]
    return one, [*tasks, make(ask, "TASK", name="c", projectID=one, parentID=tasks[0])]


def places(ask: Asker, project: str) -> list[tuple[str, int, str]]:
    rows = ask("GET", f"PROJ/{project}", {"fields": "tasks:name,tasks:taskNumber,tasks:wbs"})["tasks"]
    return sorted(((row["name"], row["taskNumber"], row["wbs"]) for row in rows), key=lambda row: row[1])


def from_template(ask: Asker) -> list[str]:
    return [make(ask, "PROJ", name="made", templateID=template(ask))]


def attached(ask: Asker) -> list[str]:
    project, _ = begun(ask)
    ask("PUT", f"PROJ/{project}/attachTemplate", json_body={"templateID": template(ask)})
    make(ask, "TASK", name="next", projectID=project)
    return [project]


def copied(ask: Asker) -> list[str]:
    (project,) = attached(ask)
    return [str(ask("POST", "PROJ", {"copySourceID": project})["ID"])]


def copied_into(ask: Asker) -> list[str]:
    (project,) = attached(ask)
    _, tasks = begun(ask)
    ask("PUT", "TASK", {"action": "bulkCopy"}, json_body={"taskIDs": tasks[:1], "projectID": project})
    return [project]


def moved(ask: Asker) -> list[str]:
    (project,) = attached(ask)
    other, tasks = begun(ask)
    ask("PUT", f"TASK/{tasks[0]}/move", json_body={"projectID": project})
    return [project, other]


def converted(ask: Asker) -> list[str]:
    project, tasks = begun(ask)
    make(ask, "TASK", name="last", projectID=project)
    made = ask("PUT", f"TASK/{tasks[0]}/convertToProject", json_body={"project": {"name": "own"}})["result"]
    return [project, str(made)]


def deleted(ask: Asker) -> list[str]:
    (project,) = attached(ask)
    (bake,) = (row["ID"] for row in ask("GET", "TASK/search", {"projectID": project, "name": "bake"}))
    ask("DELETE", f"TASK/{bake}", {"force": "true"})
    return [project]


@pytest.mark.parametrize("way", [from_template, attached, copied, copied_into, moved, converted, deleted])
def test_tasks_are_numbered_without_gaps_and_have_the_place_of_their_number(
    ask: Asker, way: Callable[[Asker], list[str]]
) -> None:
    for project in way(ask):
        found = places(ask, project)
        assert [number for _, number, _ in found] == list(range(1, len(found) + 1)), found
        tops = [place for _, _, place in found if "." not in place]
        assert tops == [str(at) for at in range(1, len(tops) + 1)], found
        assert len({place for _, _, place in found}) == len(found)


def test_tasks_of_a_template_come_in_the_order_of_their_numbers_behind_those_that_are_there(ask: Asker) -> None:
    (project,) = attached(ask)
    assert places(ask, project) == [
        ("a", 1, "1"), ("b", 2, "2"), ("c", 3, "1.1"), ("mix", 4, "3"), ("bake", 5, "4"), ("sell", 6, "5"),
        ("heat", 7, "4.1"), ("next", 8, "6"),
    ]  # fmt: skip


def test_a_task_from_a_template_is_waited_for_by_its_number(ask: Asker) -> None:
    (project,) = from_template(ask)
    late = make(ask, "TASK", name="late", projectID=project, predecessorExpression="1fs")
    (link,) = ask("GET", f"TASK/{late}", {"fields": "predecessors:predecessor:name"})["predecessors"]
    assert link["predecessor"]["name"] == "mix"
