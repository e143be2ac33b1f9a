"""What was answered 200 is in the database, whenever a statement fails or the process dies; nothing else is."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.asking import Asker
from tests.support.soak import rounds
from workfront_sandbox import Sandbox
from workfront_sandbox.store.database import DatabaseRefused

CODES = ("SQLITE_FULL", "SQLITE_BUSY", "SQLITE_IOERR", "SQLITE_READONLY")
PROJECT = f"{1:032x}"
SEED = {"now": "2027-05-12T10:00:00:000+0000", "PROJ": [{"ID": PROJECT, "name": "P"}]}
DEAD = 9


class Failing(sqlite3.Connection):
    """A connection whose statement of a number goes wrong, once."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.count = 0
        self.at = 0
        self.harm: Callable[[sqlite3.Connection], None] = lambda _: None

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        self.count += 1
        if self.count == self.at:
            self.harm(self)
        return super().execute(*arguments)


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[Failing]:
    """Every connection that is opened from now on."""
    opened: list[Failing] = []
    connect = sqlite3.connect

    def noted(*arguments: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*arguments, **options, factory=Failing))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    return opened


def failing(code: str, *, ends: bool) -> Callable[[sqlite3.Connection], None]:
    """Returns what raises an error of SQLite; some of them end the transaction by themselves."""

    def harm(connection: sqlite3.Connection) -> None:
        if ends and connection.in_transaction:
            sqlite3.Connection.execute(connection, "ROLLBACK")
        error = sqlite3.OperationalError(code)
        error.sqlite_errorcode, error.sqlite_errorname = getattr(sqlite3, code), code
        raise error

    return harm


def work(ask: Asker, kept: list[str]) -> None:
    """Makes, changes and deletes rows; notes the name of what was answered with 200."""
    made = ask.reply("POST", "TASK", json_body={"name": "one", "projectID": PROJECT, "DE:New": "field"})
    if made.status == 200:
        kept.append("one")
        row = json.loads(made.body)["data"]["ID"]
        if (
            ask.reply("PUT", f"TASK/{row}", json_body={"name": "two", "description": "first of its column"}).status
            == 200
        ):
            kept[:] = ["two"]
    many = [{"name": f"many {at}", "projectID": PROJECT} for at in range(3)]
    if ask.reply("POST", "TASK", {"atomic": "true"}, json_body=many).status == 200:
        kept += [row["name"] for row in many]
    ask.reply("GET", "WORK/search", {"assignments:status": "AA"})
    if ask.reply("POST", "OPTASK", json_body={"name": "issue", "projectID": PROJECT}).status == 200:
        kept.append("issue")


def names(file: Path) -> list[str]:
    """Returns the names of the rows in a file, and whether it is whole."""
    with Sandbox(db=file) as sandbox:
        assert sandbox.tenant.store.run("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not sandbox.is_fresh
        return sorted(row["name"] for code in ("TASK", "OPTASK") for row in sandbox.rows(code))


@pytest.mark.parametrize("ends", [False, True], ids=["statement", "transaction"])
@pytest.mark.parametrize("code", CODES)
def test_a_failing_statement_is_a_503_and_what_was_answered_stays(
    connections: list[Failing], tmp_path: Path, code: str, ends: bool
) -> None:
    total, at = 2, 1
    while at < total:
        file = tmp_path / f"{at}.db"
        with Sandbox(SEED, db=file) as sandbox:
            connection, kept = connections[-1], list[str]()
            connection.harm, connection.at = failing(code, ends=ends), connection.count + at
            before = connection.count
            work(Asker(sandbox), kept)
            total = connection.count - before
            statuses = {exchange.response.status for exchange in sandbox.log}
            assert statuses <= {200, 404, 503}, (at, statuses)
        assert names(file) == sorted(kept), at
        at += rounds(3, 1) if code == "SQLITE_FULL" else 5
    assert total > 50


@pytest.mark.long
def test_a_process_that_dies_before_any_statement_leaves_what_was_answered(
    connections: list[Failing], tmp_path: Path
) -> None:
    step, alive = 1, False
    while not alive:
        file, told = tmp_path / f"{step}.db", tmp_path / f"{step}.json"
        alive = lives_through(connections, file, told, step)
        if not alive:
            answered = set(json.loads(told.read_text()))
            found = set(names(file))
            assert answered - {"one"} <= found, step
            assert found <= {"one", "two", "issue", *(f"many {at}" for at in range(3))}
            assert len(found & {f"many {at}" for at in range(3)}) in {0, 3}
        step += rounds(2, 1)
    assert step > 50


def lives_through(connections: list[Failing], file: Path, told: Path, step: int) -> bool:
    """Works in a child that dies before its statement of a number, after it told what was answered."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    kept: list[str] = []

    def die(_: sqlite3.Connection) -> None:
        told.write_text(json.dumps(kept))
        os._exit(DEAD)

    with Sandbox(SEED, db=file) as sandbox:
        connections[-1].harm, connections[-1].at = die, connections[-1].count + step
        work(Asker(sandbox), kept)
    os._exit(0)


def test_a_read_makes_nothing(connections: list[Failing], tmp_path: Path) -> None:
    with Sandbox(SEED, db=tmp_path / "a.db") as sandbox:
        ask = Asker(sandbox)
        written = connections[-1].total_changes
        for path in ("WORK/search", "EXPNS/search", "HOUR/count", "TASK/report", "WORK/myWork"):
            ask("GET", path, {"hours_Mod": "notnull"} if "HOUR" in path else None)
        ask("GET", "PROJ/search", {"fields": "tasks:hours:*,risks:*", "tasks:name": "x"})
        assert connections[-1].total_changes == written
        assert sandbox.tenant.store.codes == Sandbox(SEED).tenant.store.codes


def test_two_sandboxes_do_not_share_a_file(tmp_path: Path) -> None:
    file = tmp_path / "one.db"
    with Sandbox(SEED, db=file) as first:
        with pytest.raises(DatabaseRefused, match="in use by another sandbox"):
            Sandbox(db=file)
        assert Asker(first)("GET", "PROJ/count") == {"count": 1}
    with Sandbox(db=file) as second:
        assert not second.is_fresh


def test_the_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE mine (a)")
    other.close()
    before = file.read_bytes()
    with pytest.raises(DatabaseRefused, match="another program"):
        Sandbox(SEED, db=file)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "seed",
    [
        {"NONE": []},
        {"PROJ": {"name": "x"}},
        {"WORK": [{"name": "x"}]},
        {"PROJ": [{"ID": "1"}] * 2},
        {"PROJ": [{"plannedStartDate": "next week"}]},
        {"HOUR": [{"entryDate": "12/31"}]},
    ],
)
def test_a_seed_that_cannot_be_laid_leaves_no_file_and_is_one_clear_line(tmp_path: Path, seed: Any) -> None:
    with pytest.raises(ValueError, match=r"seed|row \d of") as raised:
        Sandbox(seed, db=tmp_path / "new.db")
    assert "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []
