"""``workfront events``: subscriptions, the receiver, dead events. docs/events.md."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.engine.events.messages import body_of
from tests.support.cli_kit import Terminal, free_port, served
from tests.support.waiting import PATIENCE, wait_until
from workfront_client.v22 import Task
from workfront_core.events import Inbox
from workfront_sandbox import Sandbox

_TOKEN = "a-token-of-our-own"
_URL = "https://hooks.example.com/workfront"


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox()


@pytest.fixture
def terminal(tmp_path: Path, sandbox: Sandbox) -> Iterator[Terminal]:
    with served(sandbox) as url:
        found = Terminal(tmp_path)
        found.set(URL=url, API_KEY="key-of-ana-1234", EVENT_TOKEN=_TOKEN)
        yield found


def test_a_subscription_is_made_listed_and_ended(terminal: Terminal) -> None:
    made = terminal.run("events", "ensure", "task", "update", "--to", _URL, "--changed", "status", "--json")
    assert made.exit_code == 0, made.output
    (row,) = json.loads(made.stdout)
    assert (row["is_new"], row["filters"][0]["comparison"]) == (True, "changed")
    again = terminal.run("events", "ensure", "TASK", "UPDATE", "--to", _URL, "--changed", "status")
    assert "was there" in again.stderr
    listed = terminal.run("events", "list")
    assert row["id"] in listed.stdout
    assert _TOKEN not in listed.output
    health = terminal.run("events", "health")
    assert (health.exit_code, health.stderr) == (0, "messages arrive: 1 of 1 subscriptions\n")
    refused = terminal.run("events", "delete", row["id"])
    assert (refused.exit_code, "--yes" in refused.stderr) == (6, True)
    assert terminal.run("events", "delete", row["id"], "--yes").stdout.strip() == row["id"]
    assert json.loads(terminal.run("events", "list", "--json").stdout) == []
    assert terminal.run("events", "delete", row["id"], "--yes").exit_code == 5


@pytest.mark.parametrize("name", ["status", "percent_complete", "percentComplete", "raw.ofTheEvent"])
def test_a_field_that_must_have_changed_goes_by_its_names(terminal: Terminal, name: str) -> None:
    line = ["events", "ensure", "task", "update", "--to", _URL, "--changed", name, "--dry-run", "--json"]
    (row,) = json.loads(terminal.run(*line).stdout)
    wire = {"percent_complete": "percentComplete", "raw.ofTheEvent": "ofTheEvent"}.get(name, name)
    assert (row["filters"][0]["fieldName"], row["filters"][0]["comparison"]) == (wire, "changed")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("staus", "Task has no field staus"),
        ("project.name", "none of related ones"),
        ("DE:Region", "one custom field changed"),
        ("", "It is empty; leave the option out"),
    ],
)
def test_a_field_whose_change_no_event_tells_is_refused(terminal: Terminal, name: str, said: str) -> None:
    """The service takes a filter that makes no sense, and never sends a message."""
    done = terminal.run("events", "ensure", "task", "update", "--to", _URL, "--changed", name)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr
    assert json.loads(terminal.run("events", "list", "--json").stdout) == []


def test_programs_get_json_of_what_was_ended(terminal: Terminal) -> None:
    line = ["events", "ensure", "task", "update", "--to", _URL, "--json"]
    (row,) = json.loads(terminal.run(*line).stdout)
    assert json.loads(terminal.run("events", "delete", row["id"], "--yes", "--json").stdout) == [row["id"]]


def test_a_quiet_command_says_nothing_but_its_result(terminal: Terminal) -> None:
    line = ["events", "ensure", "task", "update", "--to", _URL, "-q"]
    assert (terminal.run(*line).stderr, terminal.run(*line).stderr) == ("", "")


def test_conditions_become_filters_and_a_dry_run_makes_nothing(terminal: Terminal, sandbox: Sandbox) -> None:
    line = ["events", "ensure", "task", "UPDATE", "--to", _URL, "--where", "status = 'NEW' and percentComplete < 50"]
    planned = terminal.run(*line, "--dry-run", "--json")
    assert planned.exit_code == 0, planned.output
    assert [one["comparison"] for one in json.loads(planned.stdout)[0]["filters"]] == ["eq", "lt"]
    assert sandbox.subscriptions.rows == {}
    assert terminal.run(*line, "--where", "project.name = 'x'").exit_code == 2
    assert terminal.run("events", "ensure", "task", "RENAME", "--to", _URL).exit_code == 2


def test_subscriptions_that_are_ill_are_told_by_the_exit_code(terminal: Terminal, sandbox: Sandbox) -> None:
    health = {"successes": 0, "failures": 9, "disabled_at": "2026-03-01T15:56:14.169489"}
    sandbox.subscriptions.insert({"id": "ill", "objCode": "TASK", "url": _URL, "subscription_url": health})
    done = terminal.run("events", "health")
    assert (done.exit_code, "disabled" in done.stdout) == (1, True)
    sandbox.subscriptions.rows.clear()
    none = terminal.run("events", "health")
    assert (none.exit_code, none.stderr) == (0, "there are no subscriptions\n")
    assert terminal.document("events", "health") == []


def test_without_a_token_nothing_is_made(terminal: Terminal) -> None:
    terminal.environ["WORKFRONT_EVENT_TOKEN"] = None
    done = terminal.run("events", "ensure", "task", "UPDATE", "--to", _URL)
    assert (done.exit_code, "WORKFRONT_EVENT_TOKEN" in done.stderr) == (2, True)


def test_dead_events_are_listed_and_handed_over_again(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "events.sqlite"
    with Inbox(path, settle=0, attempts=1) as inbox:
        inbox.put(body_of(1), body_of(2))
        for event in inbox.events(Task, consumer="billing", wait=False):
            event.fail("no such customer")
    listed = terminal.run("events", "dead", "--inbox", str(path), "--json")
    assert [row["reason"] for row in json.loads(listed.stdout)] == ["no such customer"] * 2
    assert "no such customer" in terminal.run("events", "dead", "--inbox", str(path)).stdout
    assert terminal.run("events", "replay", "--inbox", str(path), "billing", "--place", "2").stdout.strip() == "1"
    assert terminal.run("events", "replay", "--inbox", str(path), "billing", "--since", "soon").exit_code == 2
    again = terminal.run("events", "replay", "--inbox", str(path), "billing", "--place", "2")
    assert (again.exit_code, "Its dead events: 1." in again.stderr) == (2, True)
    revived = terminal.run("events", "replay", "--inbox", str(path), "billing", "--place", "1", "--json")
    assert json.loads(revived.stdout) == {"consumer": "billing", "revived": 1}
    back = terminal.run("events", "replay", "--inbox", str(path), "billing", "--since", "2026-01-01", "--json")
    assert json.loads(back.stdout) == {"consumer": "billing", "after": 0}
    assert terminal.run("events", "replay", "--inbox", str(path), "billing", "--since", "2026-01-01").exit_code == 0
    assert terminal.run("events", "dead", "--inbox", str(tmp_path / "no")).exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["replay", "biling"], "Did you mean billing?"),
        (["replay", "nobody", "--since", "2026-01-01"], "Those that have: billing."),
        (["replay", "", "--since", "2026-01-01"], "CONSUMER is empty"),
        (["replay", "billing", "--since", "2026-01-01", "--place", "1"], "Give one of them."),
        (["dead", "--consumer", "biling"], "Did you mean billing?"),
        (["dead", "--consumer", ""], "It is empty; leave the option out"),
    ],
)
def test_a_consumer_that_is_nobody_is_refused_and_nothing_moves(
    terminal: Terminal, tmp_path: Path, words: list[str], said: str
) -> None:
    path = tmp_path / "events.sqlite"
    with Inbox(path, settle=0) as inbox:
        inbox.put(body_of(1))
        for event in inbox.events(Task, consumer="billing", wait=False):
            event.ack()
        before = inbox.positions()
    done = terminal.run("events", *words, "--inbox", str(path))
    assert (done.exit_code, said in done.stderr) == (2, True)
    with Inbox(path) as inbox:
        assert inbox.positions() == before == {"billing": 1}


def test_listening_receives_what_is_posted_until_it_is_interrupted(tmp_path: Path) -> None:
    port, path = free_port(), tmp_path / "events.sqlite"
    line = [sys.executable, "-m", "workfront_cli", "events", "listen", "--port", str(port), "--inbox", str(path)]
    running = subprocess.Popen(line, env={**os.environ, "WORKFRONT_EVENT_TOKEN": _TOKEN}, stderr=subprocess.DEVNULL)

    def post(token: str) -> int:
        try:
            headers = {"authorization": f"Bearer {token}"}
            return httpx.post(f"http://127.0.0.1:{port}/", content=body_of(1), headers=headers).status_code
        except httpx.TransportError:
            return 0

    try:
        wait_until(lambda: post("wrong-token") == 401, "the receiver listens")
        assert post(_TOKEN) == 200
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(PATIENCE)
    with Inbox(path, settle=0) as inbox:
        assert [event.new.name for event in inbox.events(Task, consumer="a", wait=False)] == ["row 1"]
