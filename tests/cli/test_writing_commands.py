"""``workfront create | update | delete | copy | share | action``: what they send, and what they refuse. docs/cli.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.writing_kit import ANA, BEN, BUILD, DESIGN, LAUNCH, PLAN, SEED, SHOP, SITE, writes
from tests.support.cli_kit import Terminal, served
from workfront_cli.writing.call import actions_of, arguments_of
from workfront_client.v22 import Workfront
from workfront_core.errors import QueryError
from workfront_sandbox import Sandbox
from workfront_testing import in_process


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(SEED)


@pytest.fixture
def terminal(tmp_path: Path, sandbox: Sandbox) -> Iterator[Terminal]:
    with served(sandbox) as url:
        found = Terminal(tmp_path)
        found.set(URL=url, API_KEY="key-of-ana-1234")
        yield found


def row(sandbox: Sandbox, code: str, object_id: str) -> dict[str, Any]:
    return next(dict(one) for one in sandbox.rows(code) if one["ID"] == object_id)


def done(terminal: Terminal, *arguments: str, stdin: str | None = None) -> str:
    result = terminal.run(*arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(terminal: Terminal, sandbox: Sandbox, code: int, *arguments: str, stdin: str | None = None) -> str:
    """What a command says that ends with this code and sends no write."""
    result = terminal.run(*arguments, stdin=stdin)
    assert result.exit_code == code, result.output
    assert writes(sandbox) == []
    assert "Traceback" not in result.output
    return result.stderr


def test_an_object_is_created_with_typed_values_and_references_by_name(terminal: Terminal, sandbox: Sandbox) -> None:
    new = done(
        terminal, "create", "task", "--set", "name=Draft", "--set", "project=Site", "--set", "percent_complete=20",
        "--set", "assignedTo=ben@acme.example", "--set", "durationMinutes=1d 2h", "--set", "status=In Progress",
        "--set", 'DE:"Budget code"=7', "--set", "plannedStartDate=2026-08-03T09:00Z",
    ).strip()  # fmt: skip
    made = row(sandbox, "TASK", new)
    assert (made["name"], made["projectID"], made["percentComplete"]) == ("Draft", SITE, 20)
    assert (made["assignedToID"], made["durationMinutes"], made["status"]) == (BEN, 600, "INP")
    assert writes(sandbox) == ["POST /attask/api/v22.0/TASK"]


def test_json_bodies_come_from_the_line_a_file_and_the_standard_input(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    body = json.dumps({"name": "Draft", "projectID": SITE, "percent_complete": 5, "priority": 1})
    file = tmp_path / "body.json"
    file.write_text(f"\ufeff{body}", encoding="utf-8")
    for given, stdin in ((body, None), (f"@{file}", None), ("-", body)):
        made = json.loads(done(terminal, "create", "task", "--json-body", given, "--json", stdin=stdin))
        assert row(sandbox, "TASK", made["ID"])["percentComplete"] == 5


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("status=FOO", "Known: NEW (new), INP (in progress), CPL (complete)"),
        ("percentComplete=150 %", "percentComplete takes a number, not '150 %'"),
        ("percentComplete=nan", "takes a number"),
        ("percentComplete=", "Nothing"),
        ("isCritical=maybe", "isCritical"),
        ("plannedStartDate=tomorrow", "takes a day or a time"),
        ("plannedStartDate=2026-08-03T09:00", "a time with its zone"),
        ("plannedStartDate=2026-02-30", "a day or a time"),
        ("durationMinutes=2 fortnights", "a number or a duration"),
        ("duration=2 days", "durationUnit"),
        ("percentComplet=1", "Did you mean percentComplete"),
        ("dueDate=2026-08-03", "READ_ONLY"),
        ("ID=" + PLAN, "given by the server"),
        ("project=Nowhere", "no Project has the name 'Nowhere'"),
        ("projectID=Nowhere", "no Project has the name 'Nowhere'"),
        ("project.ID=Site", "takes an ID"),
        ("project.status=CUR", "told by its ID or one of name"),
        ("predecessors=x", "takes JSON"),
        ("DE:' '=1", "name of a custom field"),
        ("name", "is not NAME=VALUE"),
        ("=x", "is not NAME=VALUE"),
        ("percentComplete:=x", "takes JSON"),
        ("percentComplete:=[1]", "takes one value"),
    ],
)
def test_what_does_not_fit_is_told_in_words_and_nothing_is_sent(
    terminal: Terminal, sandbox: Sandbox, setting: str, said: str
) -> None:
    if said == "Nothing":  # an empty value clears
        done(terminal, "update", "task", PLAN, "--set", "name=Plan 2", "--set", "description=")
        assert row(sandbox, "TASK", PLAN)["description"] is None
        return
    assert said in refused(terminal, sandbox, 2, "update", "task", PLAN, "--set", setting)


def test_a_code_of_ones_own_passes_when_asked_for(terminal: Terminal) -> None:
    plan = json.loads(
        done(terminal, "update", "task", PLAN, "--set", "status=OURS", "--own-codes", "--dry-run", "--json")
    )
    assert plan["changes"][0]["fields"]["status"] == {"old": "INP", "new": "OURS"}


def test_a_name_that_two_objects_have_is_refused_with_their_ids(tmp_path: Path) -> None:
    sandbox = Sandbox(SEED | {"TEAMOB": [{"ID": DESIGN, "name": "Design"}, {"ID": "7b" * 16, "name": "Design"}]})
    with served(sandbox) as url:
        terminal = Terminal(tmp_path)
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        said = refused(terminal, sandbox, 2, "update", "task", PLAN, "--set", "team=Design")
    assert "2 objects of Team" in said
    assert DESIGN in said


def test_an_update_shows_old_and_new_values_and_asks(terminal: Terminal, sandbox: Sandbox) -> None:
    said = refused(terminal, sandbox, 6, "update", "task", "percentComplete < 50", "--set", "percentComplete=99")
    assert "update 3 Task objects on this machine" in said
    assert "as Ana Ray" in said
    assert f"{PLAN} Plan: percentComplete 40 -> 99" in said
    assert "add --yes" in said
    changed = done(terminal, "update", "task", "percentComplete < 50", "--set", "percentComplete=99", "--yes")
    assert changed.split() == [PLAN, BUILD, LAUNCH]
    assert {one["percentComplete"] for one in sandbox.rows("TASK")} == {99}


def test_a_dry_run_sends_nothing_and_shows_all_as_json(terminal: Terminal, sandbox: Sandbox) -> None:
    shown = json.loads(
        done(terminal, "update", "task", "percentComplete < 50", "--set", "assignedTo=Ben Ito", "--dry-run", "--json")
    )
    assert (shown["dryRun"], shown["number"], len(shown["changes"])) == (True, 3, 3)
    assert shown["changes"][0]["fields"] == {"assignedTo": {"old": "Ana Ray", "new": "Ben Ito"}}
    assert "delete 3 Task objects" in done(terminal, "delete", "task", "percentComplete < 50", "-n")
    assert writes(sandbox) == []


def test_ids_of_a_search_go_into_a_write_and_none_of_them_is_no_work(terminal: Terminal, sandbox: Sandbox) -> None:
    ids = done(terminal, "search", "task", "status = INP", "-f", "ids")
    assert done(terminal, "delete", "task", "-", "--yes=2", stdin=ids).split() == [PLAN, BUILD]
    nothing = done(terminal, "search", "task", "status = INP", "-f", "ids")
    assert nothing == ""
    assert done(terminal, "delete", "task", "-", "--yes", stdin=nothing) == ""
    assert [one["ID"] for one in sandbox.rows("TASK")] == [LAUNCH]


@pytest.mark.parametrize("where", ["", " ", "\n"])
@pytest.mark.parametrize("command", [["delete", "task"], ["update", "task", "--set", "name=x"]])
def test_an_empty_where_never_means_every_object(
    terminal: Terminal, sandbox: Sandbox, command: list[str], where: str
) -> None:
    assert "WHERE is empty" in refused(terminal, sandbox, 2, *command, where, "--yes=all")


def test_an_id_that_is_not_there_ends_before_anything_is_sent(terminal: Terminal, sandbox: Sandbox) -> None:
    said = refused(terminal, sandbox, 5, "delete", "task", "-", "--yes=all", stdin=f"{PLAN}\n{'9f' * 16}\n")
    assert "9f" * 16 in said


@pytest.mark.parametrize(("given", "code"), [("2", 6), ("many", 2), ("-1", 2)])
def test_a_number_that_does_not_match_ends_before_the_first_call(
    terminal: Terminal, sandbox: Sandbox, given: str, code: int
) -> None:
    refused(terminal, sandbox, code, "delete", "task", "percentComplete < 50", f"--yes={given}")


def test_all_refused_objects_are_told_and_the_others_are_done(terminal: Terminal) -> None:
    arguments = ["update", "task", "percentComplete < 50", "--set", "parentID=" + PLAN, "--yes"]
    result = terminal.run(*arguments, "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [one["ID"] for one in told["failed"]] == [PLAN]
    assert all(one["error"] for one in told["failed"])
    assert sorted(told["updated"]) == [BUILD, LAUNCH]
    assert "failed" in terminal.run(*arguments).stderr


def test_what_no_answer_tells_is_unknown_and_said_to_be_so(terminal: Terminal, sandbox: Sandbox) -> None:
    sandbox.faults.plan("lost", times=1, path="/TASK")
    result = terminal.run("create", "task", "--set", "name=Once", "--set", f"projectID={SITE}")
    assert result.exit_code == 8
    assert "Look before you send it again" in result.stderr
    assert [one["name"] for one in sandbox.rows("TASK")].count("Once") == 1


def test_copy_gives_the_new_id_and_its_own_values(terminal: Terminal, sandbox: Sandbox) -> None:
    new = done(terminal, "copy", "task", PLAN, "--set", "name=Plan B").strip()
    assert row(sandbox, "TASK", new)["name"] == "Plan B"
    assert new != PLAN
    assert "ID" in refused_copy(terminal)


def refused_copy(terminal: Terminal) -> str:
    result = terminal.run("copy", "task", "nothing")
    assert result.exit_code == 2
    return result.stderr


@pytest.mark.parametrize(
    ("told", "rule"),
    [("user:Ben Ito", "user:Ben Ito"), ("team:Design", "team:Design"), (f"user:{BEN}", "user:Ben Ito")],
)
def test_objects_are_shared_and_taken_back_with_the_rules_before_and_after_shown(
    terminal: Terminal, told: str, rule: str
) -> None:
    where = "name = 'Site'"
    done(terminal, "share", "project", SITE, "--with", "company:Acme", "--yes")
    assert done(terminal, "share", "project", where, "--with", told, "--level", "manage", "--yes").split() == [SITE]
    again = ("project", SITE, "--with", told)
    assert rules(terminal, "share", *again) == (
        ["company:Acme VIEW", f"{rule} EDIT"],
        ["company:Acme VIEW", f"{rule} VIEW"],
    )
    assert f"access company:Acme VIEW, {rule} EDIT -> company:Acme VIEW" in done(terminal, "unshare", *again, "-n")
    done(terminal, "unshare", *again, "--yes")
    assert rules(terminal, "unshare", *again)[0] == ["company:Acme VIEW"]


def rules(terminal: Terminal, *line: str) -> tuple[list[str], list[str]]:
    """The rules of one object before and after, as a dry run tells them."""
    access = json.loads(done(terminal, *line, "-n", "--json"))["changes"][0]["fields"]["access"]
    return access["old"], access["new"]


@pytest.mark.parametrize("told", ["Ben Ito", "person:Ben", "user:", "user:Nobody"])
def test_with_whom_is_told_in_words(terminal: Terminal, sandbox: Sandbox, told: str) -> None:
    assert "--with" in refused(terminal, sandbox, 2, "share", "project", SITE, "--with", told, "--yes")


def test_actions_are_listed_and_run_on_one_or_many(terminal: Terminal, sandbox: Sandbox) -> None:
    assert "calculateTimeline" in done(terminal, "action", "project")
    assert done(terminal, "action", "project", "calculateTimeline", SITE).split() == [SITE]
    both = done(terminal, "action", "project", "calculate_timeline", "name in ('Site', 'Shop')", "--yes")
    assert sorted(both.split()) == [SITE, SHOP]
    done(terminal, "action", "task", "move", BUILD, "--set", f"projectID={SHOP}")
    assert row(sandbox, "TASK", BUILD)["projectID"] == SHOP


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["calculateTimelin", SITE], "Did you mean calculateTimeline"),
        (["calculateTimeline"], "runs on an object"),
        (["move", PLAN, "--set", "projectI=x"], "does not take the argument 'projectI'"),
        (["move", PLAN, "--set", "projectID"], "is not NAME=VALUE"),
        (["move", PLAN, "--set", "projectID:=["], "is not JSON"),
        (["move", PLAN, "--set", "projectID=a", "--set", "projectID=b"], "is set twice"),
        (["search", SITE], "no action 'search'"),
        (["move", PLAN], "move needs projectID or parentID.\nhint: Write --set projectID=..."),
        (["move", PLAN, "--python"], "move needs projectID or parentID."),
        (["move", PLAN, "-n", "--set", "options=clearProgress"], "move needs projectID or parentID."),
    ],
)
def test_actions_are_checked_before_they_are_sent(
    terminal: Terminal, sandbox: Sandbox, arguments: list[str], said: str
) -> None:
    kind = "task" if arguments[0] == "move" else "project"
    assert said in refused(terminal, sandbox, 2, "action", kind, *arguments)


def test_a_new_object_is_refused_without_what_it_needs(terminal: Terminal, sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("noteText\nHello\n")
    for said in (["--set", "noteText=x"], ["--from", str(tmp_path / "notes.csv"), "--yes"]):
        assert "A new Note needs noteObjCode, objID." in refused(terminal, sandbox, 2, "create", "note", *said)
    done(terminal, "create", "note", "--set", "noteText=x", "--set", f"objID={PLAN}", "--set", "noteObjCode=TASK")


def test_every_action_is_refused_without_what_it_needs() -> None:
    needing = 0
    with in_process() as kit:
        wf = kit.client(Workfront)
        for code, name in wf.services.items():
            opened: Any = SimpleNamespace(service=getattr(wf, name), model=code)
            for action in actions_of(opened).values():
                given = [group[0] for group in action.needs]
                needing += bool(given)
                for left_out in given:
                    settings = [f"{one}:=null" for one in given if one != left_out]
                    with pytest.raises(QueryError, match=f"^{action.wire} needs {left_out}") as refusal:
                        arguments_of(settings, action)
                    assert f"--set {left_out}=" in (refusal.value.hint or "")
                assert len(arguments_of([f"{one}:=null" for one in given], action)) == len(given)
        assert not kit.log.sent
    assert needing > 20


def test_what_the_metadata_does_not_list_is_refused_in_words(terminal: Terminal) -> None:
    shared = ["share", "hour", f"ID = '{'1' * 32}'", "--with", "user:Ben Ito"]
    for command in (["create", "work", "--set", "name=x"], shared):
        result = terminal.run(*command, "--yes")
        assert result.exit_code == 2, result.output


def test_hostile_names_are_values_and_nothing_else(terminal: Terminal, sandbox: Sandbox) -> None:
    hostile = "\x1b[31m=cmd|' /C calc'!A0\u202e\nsecond; DROP \"x\" & y=z"
    new = done(terminal, "create", "task", "--set", f"name={hostile}", "--set", f"projectID={SITE}").strip()
    assert row(sandbox, "TASK", new)["name"] == hostile
    shown = done(terminal, "delete", "task", new, "-n")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert len(shown.splitlines()) == 2


def test_a_dash_dash_ends_the_options(terminal: Terminal, sandbox: Sandbox) -> None:
    assert "WHERE" in terminal.run("delete", "task", "--yes").stderr
    assert refused(terminal, sandbox, 2, "delete", "task", "--", "--yes=all")


def test_ana_is_who_the_sandbox_says(terminal: Terminal) -> None:
    assert ANA in terminal.run("whoami", "--json").stdout


def test_programs_get_an_outcome_where_nothing_was_found(terminal: Terminal) -> None:
    nothing = "name = 'none such'"
    for line, verb in (
        (["update", "task", nothing, "--set", "name=x"], "updated"), (["delete", "task", nothing], "deleted"),
        (["share", "project", nothing, "--with", "team:Design"], "shared"),
        (["action", "project", "calculateTimeline", nothing], "called"),
    ):  # fmt: skip
        result = terminal.run(*line, "--yes", "--json")
        assert (result.exit_code, result.stderr) == (0, "")
        assert json.loads(result.stdout) == {verb: [], "failed": [], "unknown": [], "notSent": 0, "error": None}
        assert terminal.run(*line, "--yes").stderr.startswith("Nothing to ")


def test_actions_are_listed_as_the_line_writes_them(terminal: Terminal) -> None:
    rows = json.loads(done(terminal, "action", "project", "--json"))
    found = {one["name"]: one for one in rows}
    assert found["attachTemplate"]["arguments"].startswith("templateID predecessorTaskID")
    assert not [one for one in rows if "``" in one["says"] or "target" in one["arguments"].split()]


def test_arguments_of_an_action_are_shown_as_the_line_writes_them(terminal: Terminal) -> None:
    many = terminal.run("action", "task", "move", "status = INP", "--set", f"projectID={SHOP}", "--dry-run")
    assert many.stdout.splitlines()[1] == f"with projectID {SHOP}"
    one = ("action", "task", "convertToProject", BUILD, "--set", "project.name=Shop", "--set", "project.ownerID=5")
    nested = terminal.run(*one, "--dry-run")
    assert nested.stdout.splitlines()[1] == "with project.name Shop, project.ownerID 5"
