"""Commands of pages that are not run block by block, and of ``--help``: each runs against the demo tenant.

An ID that is cut short on a page (``0a1b...``) is that of some row of the object meant, as a reader would take one.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final
from unittest import mock

import click
import click.testing
import pytest
from click.testing import CliRunner

from tests.pages.test_commands_on_pages import lines
from tests.support.places import DOCS
from workfront_cli.commands import COMMANDS
from workfront_cli.help_topics import TOPICS
from workfront_cli.lazy_group import app
from workfront_sandbox import Sandbox, demo
from workfront_testing.live_server import listening

pytestmark = pytest.mark.long

RUN_BLOCK_BY_BLOCK: Final = {path.name for folder in ("how-to", "tutorials") for path in (DOCS / folder).rglob("*.md")}

ELSEWHERE: Final = {
    "sandbox": "tests/cli/test_sandbox_command.py",
    "login": "tests/cli/test_login.py",
    "conform": "tests/cli/test_conform.py",
}
"""What waits for a person, or asks 400 questions, and where it is run."""

EXAMPLE: Final = re.compile(r"(?:As in|Or): (workfront .+?)(?:\. [A-Z]|\n\n|\Z)", re.DOTALL)
IN_HELP: Final = re.compile(r"^  (workfront .+)$", re.MULTILINE)
ID: Final = re.compile(r"\b0[ac]1[bd]\.\.\.")
STORED: Final = {
    "UIVW": {"name": "My columns", "definition": {"column.0.valuefield": "name", "column.1.valuefield": "status"}},
    "UIFT": {"name": "Late and mine", "definition": {"status": "INP", "status_Mod": "eq"}},
    "UIGB": {"name": "By project and status",
             "definition": {"group.0.valuefield": "project:name", "group.1.valuefield": "status"}},
}  # fmt: skip


def in_help() -> Iterator[tuple[str, list[str]]]:
    """Every command that ``--help`` and ``workfront help`` show."""
    context = click.Context(app, info_name="workfront")
    for name in COMMANDS:
        command = app.get_command(context, name)
        assert command is not None
        found = EXAMPLE.findall(command.help or "")
        yield from ((f"workfront {name} --help", shlex.split(" ".join(one.split()))[1:]) for one in found)
    for topic, text in TOPICS.items():
        yield from ((f"workfront help {topic}", shlex.split(one)[1:]) for one in IN_HELP.findall(text or ""))


def shown() -> list[tuple[str, list[str]]]:
    """All of them, each once."""
    found = [one for one in lines() if one[0] not in RUN_BLOCK_BY_BLOCK] + list(in_help())
    return [one for number, one in enumerate(found) if one[1] not in [words for _, words in found[:number]]]


class Reader:
    """Somebody who types what pages show, one command after the other, with the demo tenant."""

    def __init__(self, folder: Path, sandbox: Sandbox, url: str) -> None:
        self.folder, self.sandbox, self.url = folder, sandbox, url
        (folder / "config.toml").write_text(f'[profiles.acme]\nurl = "{url}"\n')
        self.variables = {
            "WORKFRONT_URL": url, "WORKFRONT_API_KEY": "anything", "WORKFRONT_CONFIG": str(folder / "config.toml"),
            "COLUMNS": "100", "TERM": "dumb", "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }  # fmt: skip
        for code, row in STORED.items():
            sandbox.insert(code, [{"ID": code.encode().hex() * 4, "uiObjCode": "TASK", **row}])
        self._files()

    def _files(self) -> None:
        tasks = [str(row["ID"]) for row in self.sandbox.rows("TASK")][-4:]
        (self.folder / "view.txt").write_text("column.0.valuefield=name\ncolumn.0.displayname=Task\n")
        (self.folder / "task.json").write_text(json.dumps({"name": "Draft", "projectID": self.some("PROJ")}))
        (self.folder / "rows.csv").write_text(f"ID,Done %\n{tasks[0]},40\n{tasks[1]},60\n")
        (self.folder / "old.csv").write_text(f"ID\n{tasks[2]}\n")
        for name in ("brief.pdf", "plan.docx"):
            (self.folder / name).write_bytes(b"a file")
        book: Any = import_module("openpyxl").Workbook()
        sheet = book.active
        sheet.title = "People"
        sheet.append(["firstName", "lastName", "emailAddr", "username", "password"])
        sheet.append(["Lena", "Lund", "lena@larkspur.example", "lena@larkspur.example", "a-long-Password-1"])
        book.save(self.folder / "people.xlsx")
        self.piped = f'{{"ID": "{tasks[3]}", "percentComplete": 10}}\n'

    def some(self, code: str) -> str:
        """The ID of some row; of a task one without tasks below it."""
        rows = [row for row in self.sandbox.rows(code) if not row.get("numberOfChildren")]
        return str(rows[0]["ID"])

    def typed(self, words: list[str]) -> list[str]:
        """What is typed for what a page shows: IDs and addresses of this place, and the package that is here."""
        own = {"project": "PROJ", "task": "TASK"}.get(words[1] if len(words) > 1 else "", "")
        found: list[str] = []
        for word in words:
            code = "PROJ" if "project" in word else "DOCU" if found[-1:] == ["--version-of"] else own
            text = ID.sub(self.some(code), word) if ID.search(word) else word
            text = re.sub(r"https://acme[\w.]*\.workfront\.com", self.url, text)
            found.append("workfront_client" if text == "acme_workfront" and found[-1:] == ["--package"] else text)
        return found

    def answers(self, words: list[str]) -> str:
        """What stands on the standard input of a command."""
        if words[0] == "profiles":
            return "anything\n"
        if "-" in words:
            return self.piped if "--from" in words else self.some("TASK")
        return "yes\n"

    def types(self, words: list[str]) -> click.testing.Result:
        pause = mock.Mock(side_effect=KeyboardInterrupt)
        with mock.patch("workfront_cli.sync.run.time", SimpleNamespace(sleep=pause)):  # other threads sleep on
            return CliRunner().invoke(app, self.typed(words), env=self.variables, input=self.answers(words))

    def fails(self, words: list[str]) -> str:
        """Why a command does not do what a reader expects: it ends well, and says something."""
        for job in self.folder.glob("*.wfjob") if "--from" in words else ():  # of a sheet of this name on another day
            job.unlink()
        result = self.types(words)
        wanted = 130 if "--watch" in words else 0
        if result.exit_code == wanted and result.output.strip() and "Traceback" not in result.output:
            return ""
        return f"workfront {shlex.join(words)}\nends with {result.exit_code}\n{result.output[-600:]}"


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    sandbox = Sandbox()
    demo.seed(sandbox)
    monkeypatch.chdir(tmp_path)
    stream: Any = click.testing._NamedTextIOWrapper  # noqa: SLF001
    with ExitStack() as block:
        block.callback(sandbox.close)
        url = block.enter_context(listening(sandbox))
        block.enter_context(mock.patch.object(stream, "isatty", return_value=True, create=True))
        block.enter_context(mock.patch("click.launch", return_value=0))
        yield Reader(tmp_path, sandbox, url)


def test_every_command_on_a_page_and_in_help_runs(reader: Reader) -> None:
    run = [(place, words) for place, words in shown() if words[0] not in ELSEWHERE]
    failed = [f"{place}: {why}" for place, words in run if (why := reader.fails(words))]
    assert not failed, "\n\n".join(failed)


def test_what_is_not_run_here_is_tried_elsewhere() -> None:
    assert {words[0] for _, words in shown()} >= set(ELSEWHERE)
    assert all((DOCS.parent / path).exists() for path in ELSEWHERE.values())


def test_help_shows_commands() -> None:
    assert len(list(in_help())) > 12
