"""How many calls a file of rows takes: few more than one for a hundred rows, whatever is refused. docs/cli.md, Rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from tests.cli.writing_kit import SEED, SITE, writes
from tests.support.cli_kit import Terminal, served
from workfront_sandbox import Sandbox

pytestmark = pytest.mark.long

ROWS: Final = 1000
IDS: Final = [f"{number:032x}" for number in range(1, ROWS + 1)]
BAD: Final = (77, 500, 912)
MISSING: Final = [f"9f{number:030x}" for number in BAD]


def sheet_of(heading: str, lines: list[str], bad: list[str]) -> str:
    for number, line in zip(BAD, bad, strict=True):
        lines[number] = line
    return "\n".join([heading, *lines, ""])


NAMED: Final = sheet_of("ID,name", [f"{one},n" for one in IDS], [f"{one},n" for one in MISSING])
NAMING_NOBODY: Final = sheet_of("ID,status", [f"{one},INP" for one in IDS], [f"{IDS[one]},NOPE" for one in BAD])
GONE: Final = sheet_of("ID", list(IDS), MISSING)
MADE: Final = sheet_of(
    "name,projectID,status", [f"n{one},{SITE},INP" for one in range(ROWS)], [f"bad,{SITE},NOPE" for _ in BAD]
)


@pytest.mark.parametrize(
    ("verb", "content", "more"),
    [
        pytest.param("update", NAMED, len(BAD), id="refusals that name the row"),
        pytest.param("update", NAMING_NOBODY, len(BAD), id="refusals that name nobody"),
        pytest.param("delete", GONE, len(BAD), id="removals"),
        pytest.param("create", MADE, len(BAD), id="new objects with a mark"),
    ],
)
def test_each_call_with_a_refusal_costs_one_write_more(verb: str, content: str, more: int, tmp_path: Path) -> None:
    seed: dict[str, Any] = SEED | {"TASK": [{"ID": one, "name": "t", "projectID": SITE} for one in IDS]}
    sandbox = Sandbox(seed)
    file = tmp_path / "rows.csv"
    file.write_text(content)
    with served(sandbox) as url:
        terminal = Terminal(tmp_path)
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        done = terminal.run(verb, "task", "--from", str(file), "--yes", *(["--own-codes"] if verb != "delete" else []))
        sent, rows = writes(sandbox), sandbox.rows("TASK")
        looks = sum(one.request.method == "GET" and one.request.path.endswith("/TASK") for one in sandbox.log)
    assert done.exit_code == (0 if verb == "delete" else 1), done.output
    assert len(sent) <= ROWS / 100 + more
    assert looks <= 1 + (more if verb == "delete" else 0)  # the first is for the examples that people are shown
    if verb == "create":
        names = [row["name"] for row in rows if row["name"] != "t"]
        assert sorted(names) == sorted(f"n{one}" for one in range(ROWS) if one not in BAD)
    if verb == "update":
        field = "name" if content is NAMED else "status"
        assert sum(row.get(field) == ("n" if field == "name" else "INP") for row in rows) == ROWS - len(BAD)
