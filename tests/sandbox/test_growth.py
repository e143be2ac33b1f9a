"""What the sandbox does for one row does not grow with the rows there are."""

from __future__ import annotations

import json
import socket
import sqlite3
from typing import Any

import httpx
import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.live import Listener
from workfront_sandbox import Sandbox
from workfront_sandbox.wire.parameters import Parameters
from workfront_testing import in_process

_PROJECT = f"{1:032x}"
_FEW, _MANY = 1_000, 20_000


class Work:
    """How many steps the database took, in tens."""

    def __init__(self) -> None:
        self.steps = 0

    def __call__(self) -> int:
        self.steps += 1
        return 0


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """Counts the steps of every database that is opened from now on."""
    counted, connect = Work(), sqlite3.connect

    def counting(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_progress_handler(counted, 10)
        return connection

    monkeypatch.setattr(sqlite3, "connect", counting)
    return counted


def tenant(rows: int) -> Asker:
    tasks = [{"ID": f"{at + 9:032x}", "projectID": _PROJECT, "taskNumber": at, "wbs": str(at)} for at in range(1, rows)]
    return Asker(Sandbox({"PROJ": [{"ID": _PROJECT}], "TASK": tasks}))


def cost_of_a_task(rows: int, work: Work) -> int:
    """Steps of the tenth of ten new tasks in a project of so many."""
    ask = tenant(rows)
    made = {}
    for _ in range(10):
        work.steps = 0
        made = ask("POST", "TASK", json_body={"name": "New", "projectID": _PROJECT}, query={"fields": "taskNumber,wbs"})
    assert (made["taskNumber"], made["wbs"]) == (rows + 9, str(rows + 9))
    return work.steps


def test_a_task_costs_the_same_among_many_as_among_few(work: Work) -> None:
    assert cost_of_a_task(_MANY, work) < 2 * cost_of_a_task(_FEW, work)


@pytest.mark.parametrize("path", ["tasks:ID", "hours:ID"])
def test_members_of_many_rows_are_read_by_few_statements(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Asker(Sandbox({"PROJ": [{"ID": f"{at:032x}"} for at in range(200)]}))
    for at in range(200):
        ask("POST", "TASK", json_body={"name": "T", "projectID": f"{at:032x}"})
    statements: list[str] = []
    store = ask.sandbox.tenant.store
    run = store.run

    def noted(sql: str, values: Any = ()) -> sqlite3.Cursor:
        statements.append(sql)
        return run(sql, values)

    monkeypatch.setattr(store, "run", noted)
    rows = ask("GET", "PROJ/search", {"fields": path, "$$LIMIT": 200})
    assert sum(len(row["tasks"]) for row in rows if "tasks" in row) == (200 if path == "tasks:ID" else 0)
    assert len(statements) < 10


def test_a_filter_takes_as_many_values_as_a_body_holds() -> None:
    ids = [f"{at:032x}" for at in range(100_000)]
    ask = Asker(Sandbox({"PROJ": [{"ID": ids[7]}, {"ID": f"{200_000:032x}"}]}))
    for operator, wanted in (("in", ids[7]), ("notin", f"{200_000:032x}")):
        found = ask("POST", "PROJ/search", form={"method": "GET", "ID": ids, "ID_Mod": operator})
        assert [row["ID"] for row in found] == [wanted]


@pytest.mark.parametrize(("operator", "found"), [("in", ["B"]), ("notin", ["A"])])
def test_many_numbers_are_compared_exactly(operator: str, found: list[str]) -> None:
    ask = Asker(Sandbox({"PROJ": [{"name": "A", "budget": 0.1}, {"name": "B", "budget": 0.1 + 0.2}]}))
    assert ask.found("PROJ", {"budget": ["7", repr(0.1 + 0.2), "1e9"], "budget_Mod": operator}) == found


def test_the_log_reads_each_parameter_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    every = Parameters.all

    def noted(parameters: Parameters, key: str) -> list[str]:
        read.append(key)
        return every(parameters, key)

    with in_process() as kit:
        with httpx.Client(transport=kit.transport, base_url=kit.url, headers={"apiKey": kit.api_key}) as http:
            http.post("/attask/api/v22.0/PROJ/search", data={"method": "GET", "ID": [str(at) for at in range(5000)]})
        monkeypatch.setattr(Parameters, "all", noted)
        (sent,) = kit.log.sent
    assert len(sent.parameters["ID"]) == 5000
    assert read.count("ID") == 1


def test_answers_of_a_served_sandbox_do_not_wait_for_acknowledgements(listener: Listener) -> None:
    url = listener.serve(Sandbox())
    with httpx.Client(base_url=url, headers={"apiKey": "x"}) as http:
        assert http.get("/attask/api/v22.0/PROJ/count").json() == {"data": {"count": 0}}
        (served,) = listener.connections()
        assert served.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_percentage_of_one_task_reads_no_other_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    for rows in (50, 500):
        ask, loads, texts = tenant(rows), json.loads, list[Any]()

        def counted(text: Any, texts: list[Any] = texts, loads: Any = loads, **options: Any) -> Any:
            texts.append(text)
            return loads(text, **options)

        ask("PUT", f"TASK/{10:032x}", {"percentComplete": 10})
        with monkeypatch.context() as patch:
            patch.setattr(json, "loads", counted)
            ask("PUT", f"TASK/{10:032x}", {"percentComplete": 20})
        assert ask.sandbox.rows("PROJ")[0]["percentComplete"] == round(20 / (rows - 1), 2)
        read.append(len(texts))
    assert 0 < read[1] <= read[0] + 5


def test_a_refused_write_reads_the_columns_anew_only_where_it_made_some(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = tenant(3)
    database, statements = ask.sandbox.tenant.store.database, list[str]()
    run = database.run

    def noted(sql: str, values: Any = ()) -> sqlite3.Cursor:
        statements.append(sql)
        return run(sql, values)

    monkeypatch.setattr(database, "run", noted)

    def times_read(**member: object) -> int:
        statements.clear()
        row = {"name": "New", "projectID": _PROJECT, **member}
        assert ask.refused("POST", "TASK", {"fields": "noSuchField"}, json_body=row)[0] >= 400
        return sum(sql.startswith("SELECT code, field FROM _column") for sql in statements)

    assert times_read(URL="https://x.example") > 0
    ask("POST", "TASK", json_body={"name": "Kept", "projectID": _PROJECT, "URL": "https://x.example"})
    assert times_read(URL="https://y.example") == 0
