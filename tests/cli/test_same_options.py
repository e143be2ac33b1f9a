"""One word means one thing: options that make sense for several commands are the same in all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.cli.test_common_options import COMMANDS
from tests.cli.writing_kit import BUILD, PLAN, SEED, SITE, writes
from tests.support.cli_kit import Terminal, served
from workfront_cli.data.rows_output import FORMATS
from workfront_sandbox import Sandbox

ROWS = {"get", "search", "count", "report", "query", "describe"}
"""Show rows."""
WHERE = {"search", "count", "report", "update", "delete", "share", "unshare", "action", "download", "export"}
"""Take a condition."""
MAY_FIND_NOTHING = {"search", "count", "report", "query", "export"}
OBJECTS_WRITTEN = {"create", "update", "delete", "copy", "share", "unshare", "action", "reassign", "upload"}
NO_JSON = {"login", "logout", "open", "profiles add", "profiles remove", "profiles default", "profiles test", "sandbox",
           "mcp", "completion", "help"}  # fmt: skip
"""Have no result that a program would read; they take --json for their errors."""


def options(path: str) -> dict[str, click.Option]:
    own = [one for one in COMMANDS[path].params if isinstance(one, click.Option)]
    return {name: one for one in own for name in (*one.opts, one.name or "")}


def having(*names: str, hidden: bool = False) -> set[str]:
    """The commands that have all of these options."""
    found = {path: options(path) for path in COMMANDS}
    return {path for path, own in found.items() if all(one in own and own[one].hidden is hidden for one in names)}


def test_what_shows_rows_shows_them_in_every_format() -> None:
    assert having("-o", "--no-header", "--null", "--raw-cells", "--wide") == ROWS
    formats = {str(options(path)["--format"].type) for path in ROWS}
    assert formats == {f"Choice({list(FORMATS)})"}


def test_every_other_command_with_a_result_writes_it_as_json_too() -> None:
    assert having("--json", "--format", "-f") == set(COMMANDS) - NO_JSON
    assert having("--json", hidden=True) == NO_JSON


def test_a_condition_is_taken_as_argument_and_as_option() -> None:
    assert having("--where") == WHERE | {"events ensure"}
    assert having("--and") == WHERE
    assert {path for path, one in COMMANDS.items() if "where" in {argument.name for argument in one.params
            if isinstance(argument, click.Argument)}} == WHERE  # fmt: skip


def test_what_may_find_nothing_can_fail_for_it() -> None:
    assert having("--fail-empty") == MAY_FIND_NOTHING


def test_what_writes_can_be_rehearsed_and_confirmed() -> None:
    assert having("-n", "--dry-run", "-y", "--yes", "--no-input") == OBJECTS_WRITTEN
    assert {*having("--no-input"), *having("--no-input", hidden=True)} == set(COMMANDS)


def test_what_reads_or_writes_objects_shows_its_python() -> None:
    assert having("--python") == (ROWS | WHERE | OBJECTS_WRITTEN) - {"describe"}


def test_one_option_is_of_one_kind_everywhere() -> None:
    kinds: dict[str, dict[tuple[bool, bool], list[str]]] = {}
    for path in COMMANDS:
        for name, one in options(path).items():
            if name.startswith("--") and not one.hidden:
                kinds.setdefault(name, {}).setdefault((bool(one.is_flag), one.multiple), []).append(path)
    assert not {name: found for name, found in kinds.items() if len(found) > 1}


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return Sandbox(SEED)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Terminal]:
    with served(sandbox) as url:
        found = Terminal(tmp_path_factory.mktemp("terminal"))
        found.set(URL=url, API_KEY="key-of-ana-1234")
        yield found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("count task", "3\n"),
        ("count task --json", '{"count": 3}\n'),
        ("count task -f json", '{"count": 3}\n'),
        ("count task -f csv", "count\n3\n"),
        ("count task -f tsv --no-header", "3\n"),
        ("count task -f md", "| count |\n|---|\n| 3 |\n"),
        ("count task -f jsonl", '{"count": 3}\n'),
        ("count task --where status=NEW", "1\n"),
        ("search task --where status=NEW -f csv --fields name", "name\nLaunch\n"),
        ("report task --where status=NEW --by status -f csv", "status,count_ID\nNEW,1\n"),
        (f"update task --where ID='{PLAN}' --set name=Plan --yes -f json",
         json.dumps({"updated": [PLAN], "failed": [], "unknown": [], "notSent": 0, "error": None}, indent=2) + "\n"),
        (f"update task {BUILD} --set name=Build --yes -f ids", f"{BUILD}\n"),
        (f"share project --where {SITE} --with user:ben@acme.example --yes", f"{SITE}\n"),
        (f"action project calculateTimeline --where {SITE}", f"{SITE}\n"),
    ],
)  # fmt: skip
def test_the_same_words_do_the_same(line: str, said: str, terminal: Terminal) -> None:
    result = terminal.run(*line.split())
    assert (result.exit_code, result.stdout) == (0, said), result.output


def test_a_number_goes_into_a_file_by_its_ending(terminal: Terminal, tmp_path: Path) -> None:
    for name, text in (("n.json", '{"count": 3}\n'), ("n.csv", "count\r\n3\r\n"), ("n.txt", "3\n")):
        assert terminal.run("count", "task", "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_bytes().decode() == text


@pytest.mark.parametrize("line", ["search task", "count task", "report task --by status", "export task -o empty.csv"])
def test_nothing_found_is_no_error_unless_told(
    line: str, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = [*line.split(), "--where", "name = 'none such'"]
    assert [terminal.run(*asked).exit_code, terminal.run(*asked, "--fail-empty").exit_code] == [0, 1]


@pytest.mark.parametrize(
    "line", ["count task -f ids", "search task a=1 --where b=1", "share project --with team:Design"]
)
def test_what_makes_no_sense_is_refused(line: str, terminal: Terminal, sandbox: Sandbox) -> None:
    before = len(writes(sandbox))
    assert terminal.run(*line.split()).exit_code == 2
    assert len(writes(sandbox)) == before


@pytest.mark.parametrize("path", sorted(NO_JSON - {"sandbox", "mcp"}))
def test_errors_are_json_where_json_is_asked_for(path: str, terminal: Terminal) -> None:
    result = terminal.run(*path.split(), "--no-such-option", "--json")
    assert result.exit_code == 2
    assert "No such option" in json.loads(result.stderr)["error"]["message"]


@pytest.mark.parametrize("written", [["--json"], ["-f", "json"], ["--format=json"], ["-fjson"], ["--format", "json"]])
def test_json_is_asked_for_in_any_of_these_ways(written: list[str], terminal: Terminal) -> None:
    for line in (["get", "task", "9f" * 16], ["count", "task", "nonsense ="], ["update", "task"], ["whoami", "--nope"]):
        result = terminal.run(*line, *written)
        assert result.exit_code in {2, 5}
        assert json.loads(result.stderr)["error"]["message"]


def test_nobody_is_asked_where_the_line_forbids_it(terminal: Terminal) -> None:
    for line in (["login"], ["profiles", "add", "x", "--url", "https://a.my.workfront.com"]):
        assert terminal.run(*line, "--no-input").exit_code == 2


def interrupted(*_: object, **_options: object) -> str:
    """Is asked a question, and answers with Ctrl-C, as click tells it."""
    try:
        raise KeyboardInterrupt
    except KeyboardInterrupt:
        raise click.Abort from None


@pytest.mark.parametrize("line", [f"delete task {PLAN}", "profiles add x --url https://a.my.workfront.com"])
def test_an_interrupted_question_ends_the_command_as_interrupted(
    line: str, terminal: Terminal, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(writes(sandbox))
    monkeypatch.setattr("click.prompt", interrupted)
    monkeypatch.setattr("workfront_cli.writing.consent.is_terminal", lambda: True)
    monkeypatch.setattr("workfront_cli.account.kept_key.may_ask", lambda: True)
    result = terminal.run(*line.split())
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (130, "interrupted")
    assert len(writes(sandbox)) == before
