"""Where nothing can be written, no command sends anything first: a table over every option that names a file or folder.
docs/cli.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.cli.test_common_options import COMMANDS
from tests.cli.writing_kit import PLAN, SEED
from tests.support.cli_kit import Terminal, served
from workfront_cli.output_file import OutputFile
from workfront_cli.sync.command import command as sync
from workfront_sandbox import Sandbox

LINES = {
    "get -o": f"get task {PLAN} -o",
    "search -o": "search task -o",
    "count -o": "count task -o",
    "report -o": "report task --by status -o",
    "query -o": "query work myWork -o",
    "describe -o": "describe task -o",
    "export -o": "export task -o",
    "conform -o": "conform -o",
    "sync --to": "sync --objects ROLE --to",
    "sync status --to": "sync status --to",
    "sync reset --to": "sync reset TASK --to",
    "sync allow-gone --to": "sync allow-gone TASK --to",
    "sync parquet --to": "sync parquet TASK --to",
    "sync parquet -o": "sync parquet TASK --to here.duckdb -o",
    "events listen --inbox": "events listen --inbox",
    "sandbox --db": "sandbox --db",
    "download --to": "download name='Brief' --to",
}
"""Every option that names what is written, with a line that ends where its name belongs."""
READ = {"sandbox --schema", "sync --events"}
"""Options that name a file or folder that is only read."""


def paths() -> set[str]:
    """The options of all commands that name a file or folder."""
    return {
        f"{name} {one.opts[0]}"
        for name, command in {**COMMANDS, "sync": sync}.items()
        for one in command.params
        if isinstance(one, click.Option) and isinstance(one.type, click.Path) and not one.type.exists
    }


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(SEED) as found:
        yield found


@pytest.fixture(scope="module")
def terminal(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    with served(sandbox) as url:
        found = Terminal(tmp_path_factory.mktemp("settings"))
        found.set(URL=url, API_KEY="key-of-ana-1234")
        yield found


def test_every_option_that_names_a_file_is_in_the_table() -> None:
    assert paths() == {*LINES, *READ}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_place_where_nothing_can_be_is_told_before_anything_is_sent(
    line: str, terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    sandbox.log.clear()
    for place in (tmp_path / "file" / "out.md", tmp_path / "file" / "deeper" / "out.csv"):
        done = terminal.run(*line.split(), str(place))
        assert done.exit_code == 2, done.output
        assert f"{place} cannot be" in " ".join(done.stderr.split())
    assert not sandbox.log
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_file_that_is_tried_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "kept.csv").write_text("kept")
    for name in ("kept.csv", "new.csv", "-", "/dev/null", "/dev/stdout"):
        OutputFile().convert(str(tmp_path / name), None, None)
    assert [one.name for one in tmp_path.iterdir()] == ["kept.csv"]
    assert (tmp_path / "kept.csv").read_text() == "kept"


FOLDERS = {"sync parquet -o", "download --to"}
"""Options that may name a folder."""


@pytest.mark.parametrize("name", sorted(LINES.keys() - FOLDERS))
def test_a_folder_that_is_not_there_does_not_become_a_file(name: str, terminal: Terminal, tmp_path: Path) -> None:
    done = terminal.run(*LINES[name].split(), f"{tmp_path}/reports/")
    assert done.exit_code == 2, done.output
    assert "reports/ cannot be written: there is no such folder" in " ".join(done.stderr.split())
    assert not list(tmp_path.iterdir())
