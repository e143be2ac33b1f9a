"""Writes ``docs/reference/cli.md``: every command with its options, as ``--help`` tells them.

``python -m tools.command_reference``; a test compares.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from workfront_cli.lazy_group import app

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "reference" / "cli.md"

_HEAD: Final = """\
# Commands

Every command and its options, as `workfront COMMAND --help` tells them; [how they work together](../cli.md),
[conditions](../conditions.md), [exit codes](errors.md#exit-codes). `workfront --help-json` tells the same to programs.

"""
_EVERYWHERE: Final = "whoami"
"""A command that has no other options than those that all have which ask the service."""
_EXAMPLE: Final = re.compile(r"^(As in:|Or:) (workfront .+(?:\n.+)*)", re.MULTILINE)


def page() -> str:
    """Returns the text of the page."""
    context = click.Context(app, info_name="workfront")
    common = dict(_options(*_named(_EVERYWHERE, context)))
    common = {names: about for names, about in common.items() if "json" not in names}
    parts = [_section(command, one, common) for command, one in _all(app, context)]
    return f"{_HEAD}## Everywhere\n\n{_list(common)}{''.join(parts)}"


def _named(name: str, context: click.Context) -> tuple[click.Command, click.Context]:
    command = app.get_command(context, name)
    if command is None:
        raise LookupError(name)
    return command, click.Context(command, context, name)


def _all(group: click.Group, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            below = click.Context(command, context, name)
            yield command, below
            if isinstance(command, click.Group):
                yield from _all(command, below)


def _section(command: click.Command, context: click.Context, common: dict[str, str]) -> str:
    own = {names: about for names, about in _options(command, context) if common.get(names) != about}
    marks = "###" if context.parent is not None and context.parent.parent is not None else "##"
    usage = command.get_usage(context).removeprefix("Usage: ").replace("\n", " ")
    name = context.command_path.removeprefix("workfront ")
    help_text = _EXAMPLE.sub(_as_code, inspect.cleandoc(command.help or ""))
    return f"\n{marks} {name}\n\n{help_text}\n\n`{' '.join(usage.split())}`\n\n{_list(own)}".rstrip("\n") + "\n"


def _as_code(example: re.Match[str]) -> str:
    return f"{example[1]} `{' '.join(example[2].split())}`"


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for parameter in command.get_params(context):
        told = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if told is not None and "--help" not in told[0]:
            yield told


def _list(options: dict[str, str]) -> str:
    return "".join(f"- `{names}`: {about}\n" for names, about in options.items())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
