"""The group of all commands, each imported when it runs."""

from __future__ import annotations

from importlib import import_module
from itertools import groupby
from typing import Any

import click
from click.shell_completion import CompletionItem

from workfront_cli.commands import COMMANDS
from workfront_cli.guarded import output_guarded, wants_colour

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 120}


class LazyGroup(click.Group):
    """Knows names and summaries of its commands, and imports one when it is asked for."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Returns the context of a line: with colours or without, as the variables say."""
        with output_guarded():
            return super().make_context(info_name, args, parent, **{"color": wants_colour(), **extra})

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command of the line."""
        with output_guarded():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Returns the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Returns a command; ``None`` where there is none of this name."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = import_module(f"workfront_cli.{entry.module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Returns the command of the line.

        Raises:
            click.UsageError: there is none of this name; the nearest are told.
        """
        if args and args[0] not in COMMANDS:
            from workfront_core.nearest import did_you_mean

            ctx.fail(f"There is no command {args[0]!r}. {did_you_mean(args[0], COMMANDS)}".rstrip())
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Returns what a shell offers: commands with their summaries, without an import, and options."""
        names = [name for name in COMMANDS if name.startswith(incomplete)]
        found = [CompletionItem(name, help=COMMANDS[name].summary) for name in names]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Writes the summaries by section, without an import."""
        for section, entries in groupby(COMMANDS.items(), lambda item: item[1].section):
            with formatter.section(section):
                formatter.write_dl([(name, entry.summary) for name, entry in entries])


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """Ends with the release and the API versions that are installed."""
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import version

    from workfront_cli.names_file import installed_versions

    click.echo(f"{version('workfront-client')} (API {', '.join(installed_versions())})")
    ctx.exit()


def _show_all(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """Ends with every command, its arguments and options, and the exit codes, for programs."""
    if not wanted or ctx.resilient_parsing:
        return
    import json

    from workfront_cli.help_document import help_document

    click.echo(json.dumps(help_document(app, ctx)))
    ctx.exit()


@click.group(cls=LazyGroup, name="workfront", context_settings=_CONTEXT, no_args_is_help=True)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
    help="Show the release and the API versions in it.",
)  # fmt: skip
@click.option(
    "--help-json", is_flag=True, is_eager=True, expose_value=False, callback=_show_all,
    help="Show all commands and exit codes as JSON.",
)  # fmt: skip
def app() -> None:
    """Reads and changes Workfront from the command line. Unofficial: not made or endorsed by Adobe."""
