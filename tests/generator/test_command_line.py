"""``workfront-codegen``: what starts, what it imports, how it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.waiting import PATIENCE
from workfront_codegen.cli import app


def test_the_help_imports_nothing_that_a_command_needs() -> None:
    code = (
        "import sys; from workfront_codegen.cli import app\n"
        "try: app(['--help'], prog_name='workfront-codegen')\n"
        "except SystemExit: pass\n"
        "heavy = {'typer', 'rich', 'httpx', 'pydantic', 'jinja2', 'workfront_core', 'workfront_schema'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE)
    assert done.stderr == "[]\n"
    assert not [name for name in app.commands if f"\n  {name} " not in done.stdout]


@pytest.mark.parametrize("name", sorted(app.commands))
def test_every_command_explains_itself(name: str) -> None:
    done = CliRunner().invoke(app, [name, "--help"])
    assert done.exit_code == 0
    assert (app.commands[name].help or "").partition("\n")[0][:40] in done.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], 0),
        (["nothing"], 2),
        (["diff", "v21.0"], 2),
        (["diff", "v21.0", "v22.0", "--format", "xml"], 2),
        (["export", "--format", "explorer"], 2),
        (["stats", "--api-version", "v99.0"], 1),
        (["diff", "v21.0", "v22.0", "--exit-code"], 1),
    ],
)
def test_the_exit_code_says_what_happened(arguments: list[str], code: int) -> None:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output


TAKING_A_SCHEMA = {
    "diff": ["v21.0", "v22.0"],
    "export": ["--format", "explorer", "--api-version", "v22.0", "--out", "exported"],
    "forms": ["--out", "exported"],
    "generate": ["--out", "generated"],
    "stats": [],
}


def test_a_schema_that_is_named_and_holds_no_snapshot_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped one stands in for none that is named, and nothing is counted of a folder without any."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    taking = {name for name, command in app.commands.items() if any(one.name == "schema" for one in command.params)}
    assert taking == {*TAKING_A_SCHEMA}
    for name, arguments in TAKING_A_SCHEMA.items():
        for folder in ("empty", "missing"):
            done = CliRunner().invoke(app, [name, *arguments, "--schema", folder])
            assert (done.exit_code, done.stdout) == (1, ""), name
            assert f"{folder} holds no snapshot" in done.stderr


def test_ctrl_c_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("workfront_schema.store.load_snapshot", interrupted)
    done = CliRunner().invoke(app, ["stats", "--api-version", "v22.0"])
    assert (done.exit_code, done.stderr) == (130, "interrupted; nothing was changed\n")
