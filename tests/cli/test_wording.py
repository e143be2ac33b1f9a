"""Errors of the command line speak of options and conditions, not of Python. docs/cli.md, Errors."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

import workfront_cli
import workfront_core
from tests.cli.writing_kit import SEED, SITE
from tests.support.cli_kit import Terminal, served
from workfront_cli.wording import hint_of, message_of
from workfront_core.errors import QueryError
from workfront_core.errors.complaints import COMPLAINTS
from workfront_sandbox import Sandbox

TASK = "2a" * 16
PYTHON = re.compile(
    r"\b(?!(?:start|end|length)\()[a-z_]\w*\(|\b[A-Z]\w*\.f\b|\bwf\.|\bX\b|==|\b(?:True|False|None)\b|\.[a-z_]+\("
    r"|(?<![-\w.])(?:fields|order_by|where|after|extra|custom|limit|to|name)=(?=[ .,;:\['])"
    r"|\bnot (?:int|str|list|dict)\b"
)
"""A call, a path, an operator, a value, an argument, a type."""


def spelt(node: ast.expr) -> str | None:
    """A text as the program writes it, with a word for each value that it fills in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "value" for part in node.values)
    return None


def hints() -> Iterator[str]:
    for file in sorted(Path(workfront_core.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "hint" and (text := spelt(node.value)):
                yield text


def test_no_hint_of_the_library_reaches_a_line_in_the_words_of_python() -> None:
    texts = {*hints(), *(complaint.hint for complaint in COMPLAINTS)}
    assert len(texts) > 300
    said = {text: hint_of(QueryError("x", hint=text)) for text in texts}
    assert not {text: one for text, one in said.items() if one and PYTHON.search(one)}


@pytest.mark.parametrize("complaint", COMPLAINTS, ids=lambda complaint: complaint.pattern[:30])
def test_what_the_server_complains_of_has_a_remedy_on_the_line(complaint: tuple[str, type, str]) -> None:
    assert hint_of(QueryError("x", hint=complaint[2]))


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Task.f.assignments passes a collection, which has no is_null().", "assignments passes a collection, which has no is null."),  # noqa: E501
        ("project_id takes a text, not int 5.", "projectID takes a text, not 5."),
        ("name takes one value, not list.", "name takes one value, not a list."),
        ("order_by= sorts by name twice; only the first one can count.", "--order-by sorts by name twice; only the first one can count."),  # noqa: E501
        ("after='abc' is not a cursor.", "--cursor 'abc' is not a cursor."),
        ('User with primary key value(s) "5a" not found', 'User with primary key value(s) "5a" not found'),
    ],
)  # fmt: skip
def test_messages_name_what_stands_on_the_line(message: str, said: str) -> None:
    assert message_of(QueryError(message)) == said


LINES = {
    "search task 'percentComplete between 9 and 1'": "Write the lower end first: between 1 and 9.",
    "search task 'exists hour (taskID = outer.ID and hours > 1 and hours < 3 and hours != 2)'": "Use between or in on",
    "search task 'plannedCompletionDate = now'": "Use < and >, or a day: today, today - 7d, start(day).",
    "search task \"name icontainsany ('a b')\"": "Join tests with contains or icontains by 'or' or 'and' instead.",
    "search task \"name = 'FIELD:x'\"": "without quotes: actualCompletionDate > plannedCompletionDate.",
    "search task 'assignments is null'": "as in assignments.ID = ...; for 'none of them' write not exists.",
    f"search task 'not (assignments.ID = \"{TASK}\")'": "write not exists task (ID = outer.ID and assignments.ID = ",
    "search task 'column.0.valuefield=name'": "Give a view with --view @FILE",
    "search task --cursor abc": "Take the one that a search told at its end.",
    "search task --order-by name,name": "--order-by sorts by name twice",
    "search task --fields raw.nope": "workfront describe OBJECT lists those it has.",
    "search task --fields project.owner.manager.manager.manager.name": "Search the object further down",
    "report task --by status --sum name": "and name holds none.",
    "report task --by status --sum percentComplete --avg percentComplete": "Ask for the second in another report.",
    "create task --json-body '{\"projectID\": 5, \"name\": \"x\"}'": "projectID takes a text, not 5.",
    f"create task --set name:=5 --set projectID={SITE}": "workfront describe OBJECT lists the types.",
    f"update task {TASK} --set name:=[1]": "name takes one value, not a list.",
    f"action task move {TASK}": "Write --set projectID=...\n",
    "count task --url http://acme.example": "Use https://; plain http goes to this machine alone.",
    "query task nope": "workfront describe Task --actions lists named queries.",
}  # fmt: skip


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    with served(Sandbox(SEED)) as url:
        found = Terminal(tmp_path_factory.mktemp("lines"))
        found.set(URL=url, API_KEY="key-of-ana-1234")
        yield found


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_is_wrong_is_told_in_its_own_words(terminal: Terminal, line: str) -> None:
    done = terminal.run(*shlex.split(line))
    assert done.exit_code in {1, 2}, done.output
    assert LINES[line] in done.stderr
    spoken = [text for text in done.stderr.splitlines() if text.startswith(("error:", "hint:"))]
    assert spoken
    assert not [text for text in spoken if PYTHON.search(text)]


def test_errors_reach_people_through_the_words_of_the_line_alone() -> None:
    """Whoever shows a message or a hint as the library has it, speaks Python to somebody who may know none."""
    shown = [
        f"{file.name}: {text.strip()}"
        for file in sorted(Path(workfront_cli.__file__).parent.rglob("*.py"))
        for text in file.read_text().splitlines()
        if re.search(r"\berror\.(?:message|hint)\b", text) and file.name != "wording.py"
    ]
    allowed = ("raise QueryError(error.message, hint=", "error.hint = ", "in error.message.lower()")
    assert not [one for one in shown if not any(text in one for text in allowed)]
