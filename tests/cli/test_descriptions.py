"""``workfront describe --actions``, and the lines to try in ``--help``. docs/cli.md."""

from __future__ import annotations

import re
from pathlib import Path

import click

from tests.support.cli_kit import Terminal
from workfront_cli.commands import COMMANDS
from workfront_cli.data.descriptions import described
from workfront_cli.lazy_group import app
from workfront_core.request.api_version import ApiVersion


def test_every_action_and_query_is_described(tmp_path: Path) -> None:
    nobody = Terminal(tmp_path)
    for version in ("v21.0", "v22.0"):
        codes = [one["object"] for one in nobody.document("describe", "--api-version", version)]
        rows = [row for code in codes for row in described(code, ApiVersion.parse(version), actions=True)]
        assert len(rows) > 300
        assert [row for row in rows if not row["says"].endswith(".") or "``" in row["says"]] == []
    found = {row["name"]: row for row in nobody.document("describe", "task", "--actions")}
    assert found["move"]["arguments"] == "projectID parentID options"
    assert found["move"]["says"].startswith(
        "Moves the task to another project, or below another task. Needs projectID or "
    )
    assert "Options: clearApprovers, " in found["move"]["says"]
    assert found["unassignOccurrences"]["says"] == "Runs on one object; no source says what it does. Gives string[]."
    assert (found["allTasksOnIterations"]["kind"], found["allTasksOnIterations"]["says"]) == (
        "query",
        "A named query; gives Task rows.",
    )


def test_a_line_to_try_stands_whole_in_the_help(tmp_path: Path) -> None:
    nobody = Terminal(tmp_path)
    shown = nobody.run("update", "--help").stdout
    assert "\n  As in:\n    workfront update project 'DE:Market is null' --set DE:Market=Nordics --dry-run\n\n" in shown
    assert "\n  Or:\n    workfront update task --from rows.csv --map 'Done %=percentComplete'\n\nOptions:" in shown
    context = click.Context(app, info_name="workfront")
    for name in COMMANDS:
        command = app.get_command(context, name)
        assert command is not None
        for example in re.findall(r"(?:As in|Or): (workfront (?:.+\n?)+)", command.help or ""):
            assert f"    {' '.join(example.split())}\n" in nobody.run(name, "--help").stdout
