"""Predecessors of a task as one text, and those of template tasks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import MIA, Asker
from workfront_sandbox import Sandbox

SEED = {"now": "2027-05-03T10:00:00:000+0000", "me": MIA, "USER": [{"ID": MIA, "name": "Mia Moll"}]}


@pytest.fixture
def ask() -> Asker:
    return Asker(Sandbox(SEED))


def project(ask: Asker, **values: Any) -> str:
    return str(ask("POST", "PROJ", json_body={"name": "Plan", **values})["ID"])


def task(ask: Asker, project_id: str, name: str) -> str:
    return str(ask("POST", "TASK", json_body={"name": name, "projectID": project_id})["ID"])


FIELDS = {"fields": "taskNumberPredecessorString"}


def texts(ask: Asker, *tasks: str) -> list[str | None]:
    return [ask("GET", f"TASK/{one}", FIELDS)["taskNumberPredecessorString"] for one in tasks]


def test_predecessors_are_shown_in_the_words_that_write_them(ask: Asker) -> None:
    plan, other = project(ask), project(ask, name="Other", referenceNumber=9042)
    far = task(ask, other, "far")
    one, two, last = (task(ask, plan, name) for name in ("one", "two", "last"))
    assert texts(ask, one, last) == [None, None]
    for written in ("1", "1ss+2d", "1fs-3we", "1fse,2sf+25.5p", "9042:1ff"):
        ask("PUT", f"TASK/{last}", json_body={"predecessorExpression": written})
        assert texts(ask, last) == [written]
    ask("PUT", f"TASK/{last}", json_body={"predecessors": [{"predecessorID": two}, {"predecessorID": far}]})
    assert texts(ask, last) == ["2,9042:1"]
    assert [row["name"] for row in ask("GET", "TASK/search", {"taskNumberPredecessorString": "2,9042:1"})] == ["last"]
    ask("DELETE", f"TASK/{one}")
    assert texts(ask, last) == ["1,9042:1"]
    ask("PUT", f"TASK/{last}", json_body={"predecessors": []})
    assert texts(ask, last) == [None]


def test_rows_of_a_seed_show_their_predecessors_too() -> None:
    one, two = f"{0x51:032x}", f"{0x52:032x}"
    tasks = [{"ID": one, "name": "a", "taskNumber": 4}, {"ID": two, "name": "b", "taskNumber": 5}]
    link = {"predecessorID": one, "successorID": two, "lagDays": 1.0}
    seeded = Asker(Sandbox({**SEED, "PRED": [link], "TASK": tasks}))
    inserted = Asker(Sandbox({**SEED, "TASK": tasks}))
    inserted.sandbox.insert("PRED", [link])
    assert texts(seeded, one, two) == texts(inserted, one, two) == [None, "4fs+1d"]


def test_template_tasks_wait_for_tasks_of_their_own_template_alone(ask: Asker) -> None:
    mine, other = (ask("POST", "TMPL", json_body={"name": name})["ID"] for name in "ab")
    first, second, strange = (
        ask("POST", "TTSK", json_body={"name": name, "templateID": owner})["ID"]
        for name, owner in (("first", mine), ("second", mine), ("strange", other))
    )
    ask("PUT", f"TTSK/{second}", json_body={"predecessors": [{"predecessorID": first}]})
    for path, body in (
        (f"TTSK/{second}", {"predecessors": [{"predecessorID": strange}]}),
        (f"TTSK/{first}", {"successors": [{"successorID": strange}]}),
    ):
        status, said = ask.refused("PUT", path, json_body=body)
        assert (status, "own template" in said) == (422, True)
    assert [row["predecessorID"] for row in ask.sandbox.rows("TPRED")] == [first]
