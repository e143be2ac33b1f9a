"""What every command takes: whoever gives one command a profile, or wants it quiet, may say so to all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.support.cli_kit import Terminal
from workfront_cli.lazy_group import app

PLACE = ("-p", "--url", "--api-version", "--timeout")
TALK = ("-v", "-q", "--debug")
EXCEPT = {"profiles test": set(PLACE) - {"--api-version"}}
"""Profiles are its arguments; it tries each at the profile's own address."""


def commands(group: click.Group, above: click.Context, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, click.Context(command, parent=above, info_name=name), f"{path}{name} ")
        else:
            yield f"{path}{name}", command


COMMANDS = dict(commands(app, click.Context(app, info_name="workfront")))


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_takes_the_common_options(path: str) -> None:
    taken = {name for parameter in COMMANDS[path].params for name in parameter.opts}
    assert {*PLACE, *TALK} - taken == EXCEPT.get(path, set())


@pytest.mark.parametrize(
    "line",
    ["sync status --to none.duckdb", "sync parquet wf_task --to none.duckdb -o x.parquet", "events dead",
     "events replay billing", "profiles default nobody", "profiles remove nobody", "help formats"],
)  # fmt: skip
def test_they_change_nothing_of_what_sends_nothing(line: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    before = terminal.run(*line.split())
    said = ("-p", "acme", "--url", "https://acme.example", "--api-version", "v21", "--timeout", "5", "-q")
    after = terminal.run(*line.split(), *said)
    assert (after.exit_code, after.stdout, after.stderr) == (before.exit_code, before.stdout, before.stderr)


NUMBERS = [
    (path, parameter)
    for path, command in COMMANDS.items()
    for parameter in command.params
    if isinstance(parameter.type, click.types.FloatParamType)
]


@pytest.mark.parametrize(("path", "parameter"), NUMBERS, ids=[f"{path} {one.name}" for path, one in NUMBERS])
def test_a_number_is_finite(path: str, parameter: click.Parameter) -> None:
    for text in ("nan", "NaN", "inf", "-inf", "x", ""):
        with pytest.raises(click.BadParameter):
            parameter.type.convert(text, parameter, click.Context(COMMANDS[path]))


def test_some_options_are_numbers() -> None:
    assert len(NUMBERS) > 20
