"""``workfront get | search | count | report | query | describe``: what they print, and how they end. docs/cli.md."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli_kit import Terminal, free_port, served
from tests.support.places import DOCS
from tests.support.waiting import PATIENCE
from workfront_cli.commands import COMMANDS
from workfront_cli.exit_codes import MEANINGS
from workfront_cli.lazy_group import app
from workfront_sandbox import Sandbox

ANA, BEN = "5a" * 16, "5b" * 16
SITE, PLAN, BUILD, LAUNCH = ("1a" * 16, "2a" * 16, "2b" * 16, "2c" * 16)
SEED: dict[str, Any] = {
    "now": "2026-07-01T09:00:00:000+0000",
    "me": ANA,
    "USER": [{"ID": ANA, "name": "Ana Ray", "username": "ana@acme.example"}, {"ID": BEN, "name": "Ben Ito"}],
    "PROJ": [{"ID": SITE, "name": "Site", "status": "CUR", "ownerID": ANA}],
    "TASK": [
        {"ID": PLAN, "name": "Plan", "projectID": SITE, "status": "CPL", "percentComplete": 100, "assignedToID": ANA},
        {"ID": BUILD, "name": "=Build|it", "projectID": SITE, "status": "INP", "percentComplete": 40},
        {"ID": LAUNCH, "name": "Launch", "projectID": SITE, "status": "NEW", "percentComplete": 0, "assignedToID": BEN},
    ],
    "HOUR": [
        {"ID": "3a" * 16, "ownerID": ANA, "projectID": SITE, "taskID": PLAN, "hours": 2.5, "entryDate": "2026-06-30"},
        {"ID": "3b" * 16, "ownerID": ANA, "projectID": SITE, "taskID": BUILD, "hours": 4, "entryDate": "2026-06-30"},
        {"ID": "3c" * 16, "ownerID": BEN, "projectID": SITE, "taskID": BUILD, "hours": 1, "entryDate": "2026-06-30"},
    ],
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(Sandbox(SEED)) as url:
        yield url


@pytest.fixture
def terminal(tmp_path: Path, site: str) -> Terminal:
    found = Terminal(tmp_path)
    found.set(URL=site, API_KEY="key-of-ana-1234")
    return found


def out(terminal: Terminal, *arguments: str) -> str:
    done = terminal.run(*arguments)
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    return done.stdout


def test_a_pipe_gets_tab_separated_values_with_what_people_look_for_first(terminal: Terminal) -> None:
    lines = [line.split("\t") for line in out(terminal, "search", "task", "percentComplete < 50").splitlines()]
    assert lines[0] == ["ID", "name", "status", "percentComplete", "assignedTo.name", "plannedCompletionDate"]
    assert [line[:5] for line in lines[1:]] == [
        [BUILD, "=Build|it", "INP", "40.0", ""],
        [LAUNCH, "Launch", "NEW", "0.0", "Ben Ito"],
    ]


@pytest.mark.parametrize("name", ["task", "TASK", "Task", "tasks", "Tasks"])
def test_an_object_goes_by_any_of_its_names(terminal: Terminal, name: str) -> None:
    assert out(terminal, "count", name) == "3\n"


@pytest.mark.parametrize(("name", "code"), [("issue", "OPTASK"), ("issues", "OPTASK"), ("companies", "CMPY")])
def test_an_object_goes_by_the_word_people_use(terminal: Terminal, name: str, code: str) -> None:
    assert f"/{code}/search" in out(terminal, "search", name, "--explain")


def test_fields_go_by_wire_and_by_python_names_and_a_relation_brings_its_name(terminal: Terminal) -> None:
    table = out(terminal, "search", "task", f"ID = '{LAUNCH}'", "--fields", "name, assigned_to, project.owner.name")
    assert [line.split("\t") for line in table.splitlines()] == [
        ["name", "assignedTo.ID", "assignedTo.name", "project.owner.name"],
        ["Launch", BEN, "Ben Ito", "Ana Ray"],
    ]


def test_rows_come_in_the_order_asked_for(terminal: Terminal) -> None:
    shown = ["--fields", "name", "--no-header"]
    assert out(terminal, "search", "task", "--order-by", "percentComplete:desc", *shown).split() == [
        "Plan",
        "=Build|it",
        "Launch",
    ]
    assert out(terminal, "search", "task", "--order-by", "status desc, name", *shown).split()[0] == "Launch"


def test_json_nests_and_json_lines_stand_alone(terminal: Terminal) -> None:
    arguments = ["search", "task", "name = 'Launch'", "--fields", "ID, percentComplete, assignedTo.name"]
    row = {"ID": LAUNCH, "percentComplete": 0.0, "assignedTo": {"name": "Ben Ito"}}
    assert json.loads(out(terminal, *arguments, "--json")) == [row]
    assert json.loads(out(terminal, *arguments, "-f", "jsonl")) == row
    assert json.loads(out(terminal, "search", "task", "name = 'nothing'", "--json")) == []


def test_csv_is_safe_to_open_in_a_spreadsheet(terminal: Terminal) -> None:
    arguments = ["search", "task", "status = INP", "--fields", "name, percentComplete, assignedTo.name", "-f", "csv"]
    assert list(csv.reader(io.StringIO(out(terminal, *arguments)))) == [
        ["name", "percentComplete", "assignedTo.name"],
        ["'=Build|it", "40.0", ""],
    ]
    raw = out(terminal, *arguments, "--raw-cells", "--null", "-", "--no-header")
    assert raw == "=Build|it,40.0,-\n"


def test_markdown_keeps_its_columns(terminal: Terminal) -> None:
    assert out(terminal, "search", "task", "status = INP", "--fields", "name", "-f", "md") == (
        "| name |\n|---|\n| =Build\\|it |\n"
    )


def test_a_table_aligns_and_cuts_no_number_and_no_id(terminal: Terminal) -> None:
    lines = out(terminal, "search", "task", "-f", "table", "--fields", "ID, name, percentComplete").splitlines()
    assert [line.split() for line in lines] == [
        ["ID", "name", "percentComplete"],
        [PLAN, "Plan", "100.0"],
        [BUILD, "=Build|it", "40.0"],
        [LAUNCH, "Launch", "0.0"],
    ]
    assert len({len(line) for line in lines}) == 1


def test_ids_go_from_one_command_into_the_next(terminal: Terminal) -> None:
    ids = out(terminal, "search", "task", "percentComplete < 50", "-f", "ids")
    assert ids.split() == [BUILD, LAUNCH]
    done = terminal.run("count", "task", "-", stdin=ids)
    assert (done.exit_code, done.stdout) == (0, "2\n")


def test_a_file_appears_whole_in_the_format_of_its_name(terminal: Terminal, tmp_path: Path) -> None:
    target = tmp_path / "tasks.csv"
    assert out(terminal, "search", "task", "--fields", "name", "-o", str(target)) == ""
    assert target.read_bytes() == b"name\r\nPlan\r\n'=Build|it\r\nLaunch\r\n"
    assert terminal.run("search", "task", "statu = NEW", "-o", str(target)).exit_code == 2
    assert target.read_bytes().startswith(b"name")
    assert [path.name for path in tmp_path.iterdir()] == ["tasks.csv"]


def test_a_name_that_tells_no_format_is_refused_before_anything_is_asked(terminal: Terminal, tmp_path: Path) -> None:
    done = terminal.run("search", "task", "-o", str(tmp_path / "tasks.parquet"))
    assert done.exit_code == 2
    assert "does not tell a format" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_condition_comes_from_a_file_in_text_mode_too(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "filter.txt").write_text("status=NEW\tINP\nstatus_Mod=in\npercentComplete=0\npercentComplete_Mod=gt\n")
    assert out(terminal, "count", "task", f"@{tmp_path / 'filter.txt'}") == "1\n"
    missing = terminal.run("count", "task", f"@{tmp_path / 'missing.txt'}")
    assert missing.exit_code == 2
    assert "cannot be read" in missing.stderr


def test_get_shows_rows_by_id_and_by_link(terminal: Terminal) -> None:
    link = f"https://acme.my.workfront.com/task/view?ID={PLAN}"
    assert PLAN in out(terminal, "get", "task", link)
    assert json.loads(out(terminal, "get", "task", PLAN, BUILD, "--fields", "name", "--json")) == [
        {"name": "Plan"},
        {"name": "=Build|it"},
    ]
    lines = out(terminal, "get", "task", PLAN, "--fields", "name, status", "-f", "table").splitlines()
    assert [line.split() for line in lines] == [["name", "Plan"], ["status", "CPL"]]


def test_get_shows_what_it_found_and_says_what_is_missing(terminal: Terminal) -> None:
    done = terminal.run("get", "task", PLAN, "ff" * 16, "--fields", "name", "--no-header")
    assert (done.exit_code, done.stdout) == (5, "Plan\n")
    assert f"No Task has the ID {'ff' * 16}" in done.stderr


def test_report_groups_and_sums(terminal: Terminal) -> None:
    table = out(terminal, "report", "hour", "hours > 1", "--by", "owner.name", "--sum", "hours", "--count", "ID")
    assert [line.split("\t") for line in table.splitlines()] == [
        ["owner.name", "count_ID", "sum_hours"],
        ["Ana Ray", "2", "6.5"],
    ]


def test_query_runs_a_named_query(terminal: Terminal) -> None:
    assert "Launch" not in out(terminal, "query", "work", "myWork", "--fields", "name")
    assert terminal.run("query", "work", "my/Work").exit_code == 2
    assert terminal.run("query", "work", "myWork", "--arg", "x").exit_code == 2


def test_describe_needs_no_sign_in(tmp_path: Path) -> None:
    nobody = Terminal(tmp_path)
    assert {"object": "Task", "code": "TASK"} in nobody.document("describe")
    fields = {row["field"]: row for row in nobody.document("describe", "task")}
    assert (fields["assignedTo"]["type"], fields["assignedTo"]["target"]) == ("object", "User")
    assert fields["percentComplete"]["python"] == "percent_complete"
    assert [row["code"] for row in nobody.document("describe", "task.status")][:2] == ["NEW", "INP"]
    assert [row["name"] for row in nobody.document("describe", "task", "--actions", "--search", "acceptWork")] == [
        "acceptWork",
        "unacceptWork",
    ]
    assert nobody.run("describe", "task.statu").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["search", "task", "statu = NEW"], 2, "hint: Did you mean status"),
        (["search", "tusk"], 2, "There is no object 'tusk'"),
        (["search", "task", "--fields", "nam"], 2, "Did you mean name?"),
        (["search", "task", "--order-by", "assignedTo"], 2, "Sort by one of its fields"),
        (["search", "task", "--fields", "name status"], 2, "a comma is missing"),
        (["search", "task", "--fields", "name,,status"], 2, "Here a field is missing"),
        (["search", "task", "--order-by", "name,"], 2, "Here a field is missing"),
        (["search", "task", "--api-version", "23"], 2, "Installed: v21.0, v22.0."),
        (["count", "task", "@no-such-file"], 2, "cannot be read: No such file or directory."),
        (["get", "task", "nonsense"], 2, "workfront search finds objects by anything else"),
        (["get", "task", "x"], 2, "hexadecimal"),
        (["serch", "task"], 2, "Did you mean search?"),
        (["search"], 2, "Missing argument"),
        (["count", "task", "status = 'NEW'", "--profile", "missing"], 2, "missing"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_sent(terminal: Terminal, arguments: list[str], code: int, says: str) -> None:
    done = terminal.run(*arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    assert says in done.stderr
    assert "Traceback" not in done.output


def test_programs_get_errors_as_json_with_the_place(terminal: Terminal) -> None:
    done = terminal.run("search", "task", "name = 'x' and statu = NEW", "--json")
    error = json.loads(done.stderr)["error"]
    assert (error["kind"], error["start"], error["end"]) == ("ConditionSyntaxError", 15, 20)


def test_each_exit_code_says_what_happened(tmp_path: Path, site: str) -> None:
    stranger, nowhere = Terminal(tmp_path), Terminal(tmp_path)
    with served(Sandbox(SEED, strict=True)) as strict:
        stranger.set(URL=strict, API_KEY="unknown-key-1234")
        assert stranger.run("count", "task").exit_code == 4
    nowhere.set(URL=f"http://127.0.0.1:{free_port()}", API_KEY="key-of-ana-1234")
    assert nowhere.run("count", "task").exit_code == 7
    assert Terminal(tmp_path).run("count", "task").exit_code in (2, 4)
    known = Terminal(tmp_path)
    known.set(URL=site, API_KEY="key-of-ana-1234")
    assert known.run("search", "task", "name = 'nothing'", "--fail-empty").exit_code == 1
    assert {0, 1, 2, 3, 4, 5, 6, 7, 8, 130, 141} == set(MEANINGS)


def test_a_closed_pipe_ends_quietly(site: str, tmp_path: Path) -> None:
    run = f"{sys.executable} -m workfront_cli search task --all -f jsonl | true; echo ${{PIPESTATUS[0]}}"
    environ = {"WORKFRONT_URL": site, "WORKFRONT_API_KEY": "k" * 16, "WORKFRONT_CONFIG": str(tmp_path / "c.toml")}
    done = subprocess.run(
        ["/bin/bash", "-c", run], capture_output=True, text=True, check=False, env=Terminal.whole_environment(environ)
    )
    assert done.stderr == ""
    assert done.stdout.strip() in ("0", "141")


def test_the_help_names_every_command_without_importing_one() -> None:
    code = (
        "import sys; from workfront_cli.lazy_group import app\n"
        "try: app(['--help'], prog_name='workfront')\n"
        "except SystemExit: pass\n"
        "heavy = {'httpx', 'pydantic', 'rich', 'workfront_core', 'typer', 'asyncio'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
    assert not [name for name in COMMANDS if f"\n  {name} " not in done.stdout]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_says_of_a_command_what_the_command_says_of_itself(name: str) -> None:
    command = app.commands[name] if name in app.commands else app.get_command(app.make_context("x", ["help"]), name)
    assert command is not None
    assert (command.help or "").partition("\n\n")[0].replace("\n", " ") == COMMANDS[name].summary


@pytest.mark.parametrize(
    "arguments",
    [["search", "--json"], ["search", "task", "--limit", "0", "--json"], ["search", "task", "--nope", "--json"],
     ["search", "task", "--view", "x", "--fields", "name", "--json"], ["describe", "a", "b", "--json"]],
)  # fmt: skip
def test_programs_get_wrong_use_as_json(terminal: Terminal, arguments: list[str]) -> None:
    done = terminal.run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert json.loads(done.stderr)["error"]["message"]


def test_a_query_that_is_not_there_is_told_where_to_look(terminal: Terminal) -> None:
    done = terminal.run("query", "task", "nope")
    assert done.exit_code == 1
    assert "workfront describe Task --actions lists named queries." in done.stderr


def test_programs_get_all_commands_as_json(terminal: Terminal) -> None:
    document = json.loads(out(terminal, "--help-json"))
    assert list(document["commands"]) == list(COMMANDS)
    assert document["exitCodes"]["4"] == MEANINGS[4]
    search = document["commands"]["search"]
    assert search["summary"] == COMMANDS["search"].summary
    assert {
        name: value
        for one in search["parameters"]
        if one["names"] == ["--all"]
        for name, value in one.items()
        if name in ("names", "takes", "required")
    } == {"names": ["--all"], "takes": None, "required": False}
    assert "add" in document["commands"]["profiles"]["commands"]


def test_the_version_tells_the_api_versions_too(terminal: Terminal) -> None:
    assert out(terminal, "--version").endswith("(API v21.0, v22.0)\n")


def test_a_report_counts_objects_without_being_told_of_what(terminal: Terminal) -> None:
    assert out(terminal, "report", "task", "--by", "status", "--count") == out(
        terminal, "report", "task", "--by", "status"
    )


@pytest.mark.parametrize("topic", ["conditions", "formats", "safety", "resume", "environment", "exit-codes"])
def test_a_topic_is_explained(terminal: Terminal, topic: str) -> None:
    assert len(out(terminal, "help", topic).splitlines()) > 5


def test_the_page_names_every_command_and_every_exit_code() -> None:
    page = (DOCS / "cli.md").read_text("utf-8")
    assert not [name for name in COMMANDS if f"`workfront {name}" not in page]
    assert not [code for code, meaning in MEANINGS.items() if f"| {code} | {meaning} |" not in page]


@pytest.mark.long
@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "task"],
        ["search", "task", "percentComplete < 50 and assignedTo.name = 'Ben Ito'", "--fields", "name, assignedTo"],
        ["search", "tasks", "name contains '\"x\\''", "--order-by", "status desc, name", "--limit", "2"],
        ["search", "task", "status in (NEW, INP)", "--all", "--order-by", "percentComplete:desc"],
        ["search", "task", PLAN, "--fields", "name"],
        ["count", "task", "percentComplete < 50"],
        ["count", "issues"],
    ],
)
def test_the_python_that_is_shown_does_the_same(terminal: Terminal, arguments: list[str]) -> None:
    program = out(terminal, *arguments, "--python")
    variables = {name: text for name, text in terminal.environ.items() if text is not None}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=terminal.whole_environment(variables), capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    if arguments[0] == "count":
        assert ran.stdout == out(terminal, *arguments)
        return
    rows = [json.loads(line) for line in out(terminal, *arguments, "-f", "jsonl").splitlines()]
    assert len(ran.stdout.splitlines()) == len(rows)
    assert all(row["name"] in line for row, line in zip(rows, ran.stdout.splitlines(), strict=True))


def test_a_field_written_raw_is_asked_for_unchecked(terminal: Terminal) -> None:
    assert out(terminal, "search", "task", "--fields", "name,raw.project.name", "--limit", "1") == (
        "name\tproject.name\nPlan\tSite\n"
    )
    assert "fields=['name', raw_field('project:name')]" in out(
        terminal, "search", "task", "--fields", "name,raw.project.name", "--python"
    )


def test_what_is_refused_has_no_header(terminal: Terminal) -> None:
    done = terminal.run("search", "task", "--fields", "name,raw.nope")
    assert (done.exit_code, done.stdout) == (1, "")
