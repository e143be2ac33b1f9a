"""``workfront count``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import fail_empty_option, output_options, python_option, where_option
from workfront_cli.data.suggestions import object_names
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.data.rows_output import OutputOptions


@click.command("count", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@where_option
@python_option
@fail_empty_option
@output_options
@tenant_options
@click.pass_context
def command(
    ctx: click.Context,
    object_name: str,
    where: str | None,
    as_python: bool,
    fail_empty: bool,
    output: OutputOptions,
    connection: ConnectionOptions,
) -> None:
    """Counts the objects for which a condition holds."""
    from workfront_cli.data.session import session
    from workfront_cli.data.where import conditions

    _refuse_ids(output)
    with session(connection, object_name) as opened:
        if as_python:
            from workfront_cli.data.python_text import count_text

            click.echo(count_text(opened, where), nl=False)
            return
        number = opened.service.count(*conditions(where, opened.model))
    _show(number, output)
    ctx.exit(int(fail_empty and not number))


def _refuse_ids(output: OutputOptions) -> None:
    if output.format_name == "ids":
        raise click.UsageError("A number has no IDs; workfront search OBJECT WHERE --all -f ids lists them.")


def _show(number: int, output: OutputOptions) -> None:
    """Writes the number alone, or in the format that was asked for."""
    from workfront_cli.data.rows_output import text_target, write_rows

    form = output.format_name if output.file is None else output.chosen()
    if form not in (None, "table", "json"):
        write_rows([{"count": number}], ["count"], output)
        return
    with text_target(output.file) as target:
        target.write(f"{json.dumps({'count': number}) if form == 'json' else number}\n")
