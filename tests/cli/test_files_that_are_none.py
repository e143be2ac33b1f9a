"""Files that cannot be read as rows, by every command that reads rows: refused in words, and nothing is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_rows_from_a_file import sandbox as sandbox
from tests.cli.test_rows_from_a_file import terminal as terminal
from tests.cli.writing_kit import PLAN, writes
from tests.support.cli_kit import Terminal
from workfront_sandbox import Sandbox

FILES: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "has no line of headings", ""),
    "bytes": (bytes(range(256)) * 4, "not in UTF-8", "--encoding"),
    "UTF-16 without a mark": (f"ID\tname\n{PLAN}\tx\n".encode("utf-16-le"), "looks like UTF-16", "utf-16-le"),
    "UTF-16 of the other kind": (f"ID\tname\n{PLAN}\tx\n".encode("utf-16-be"), "looks like UTF-16", "utf-16-be"),
    "a heading twice": (b"ID,name,name\n", "'name' twice", "Rename one"),
    "a heading in two words": (b"ID,Name,name\n", "both go to name", ""),
    "an unknown heading": (b"ID,Bogus\n", "'Bogus': Task has no field 'Bogus'", "--ignore"),
    "a label of what the server alone writes": (b"ID,Accessor IDs\n", "'Accessor IDs': Task.accessor_ids", "--map"),
    "no heading": (b"ID,,name\n", "a column has no heading", ""),
    "a quote that is not closed": (b'ID,name\n"x,y\n', "is not a table", ""),
}


@pytest.mark.parametrize("verb", ["create", "update", "delete"])
@pytest.mark.parametrize("what", FILES)
def test_a_file_that_holds_no_rows_is_refused_in_words(
    what: str, verb: str, terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    content, says, hint = FILES[what]
    (tmp_path / "rows.csv").write_bytes(content)
    done = terminal.run(verb, "task", "--from", "rows.csv", "--yes")
    assert "Traceback" not in done.output
    assert not writes(sandbox)
    if verb == "delete" and done.exit_code != 2:  # removals need one column alone
        return
    assert done.exit_code == 2, done.output
    if verb == "update":
        assert says in done.stderr
        assert hint in done.stderr


@pytest.mark.parametrize(
    "path", [".", "/", "..", "folder", "folder/", "missing.csv", "folder/missing.csv", "rows.xlsx"]
)
@pytest.mark.parametrize(
    "line",
    [["create", "--from"], ["update", "--from"], ["delete", "--from"], ["create", "--resume"], ["update", "--resume"],
     ["delete", "--resume"]],
    ids=" ".join,
)  # fmt: skip
def test_a_path_that_is_no_file_of_rows_is_refused_in_words(
    line: list[str], path: str, terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "rows.xlsx").write_bytes(b"no sheet")
    done = terminal.run(line[0], "task", line[1], path, "--yes")
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output
    assert Path(path).name in done.stderr
    assert not writes(sandbox)


@pytest.mark.parametrize("path", [".", "/", "folder", "missing.txt", "bytes.txt", ""])
@pytest.mark.parametrize(
    ("line", "what"),
    [
        (["search", "task", "@"], "condition"), (["count", "task", "--where", "@"], "condition"),
        (["report", "task", "--count", "--where", "@"], "condition"), (["search", "task", "--view", "@"], "view"),
        (["search", "task", "--filter", "@"], "filter"), (["report", "task", "--grouping", "@"], "grouping"),
        (["delete", "task", "@"], "condition"), (["update", "task", "--set", "name=x", "--where", "@"], "condition"),
        (["download", "--to", "out", "--where", "@"], "condition"),
        (["export", "task", "-o", "x.csv", "--where", "@"], "condition"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_a_file_that_a_text_is_in_is_told_with_what_it_was_to_hold(
    line: list[str], what: str, path: str, terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "bytes.txt").write_bytes(bytes(range(256)))
    done = terminal.run(*line[:-1], f"{line[-1]}{path}")
    assert done.exit_code == 2, done.output
    says = f"error: The {what} in {path} cannot be read: " if path else f"error: @ takes a file with the {what}."
    assert says in done.stderr
    assert not writes(sandbox)
