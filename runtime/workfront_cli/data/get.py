"""``workfront get``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import fields_option, output_options, python_option
from workfront_cli.data.suggestions import object_names
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.data.rows_output import OutputOptions


@click.command("get", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@fields_option
@click.option("--all-fields", is_flag=True, help="Show all plain fields of the object.")
@python_option
@output_options
@tenant_options
def command(
    object_name: str,
    ids: tuple[str, ...],
    fields: str | None,
    all_fields: bool,
    as_python: bool,
    output: OutputOptions,
    connection: ConnectionOptions,
) -> None:
    """Shows objects by their IDs.

    An ID is 32 hexadecimal digits, or a link out of the browser; - reads IDs from the standard input.
    """
    from workfront_cli.data.fields import shown_fields
    from workfront_cli.data.one_row import show_one
    from workfront_cli.data.rows_output import write_rows
    from workfront_cli.data.session import session
    from workfront_cli.data.where import object_id, standard_input
    from workfront_core.errors import NotFound

    wanted = [object_id(text) for text in (standard_input().split() if ids == ("-",) else ids)]
    with session(connection, object_name) as opened:
        shown = shown_fields(fields or opened.usual, opened.model, everything=all_fields)
        if as_python:
            from workfront_cli.data.python_text import get_text

            click.echo(get_text(opened, wanted, shown.fields), nl=False)
            return
        rows = opened.service.get_many(wanted, fields=shown.fields)
    flat = [row.flat(shown.columns) for row in rows]
    if len(flat) == 1 and output.chosen() == "table":
        show_one(flat[0])
    else:
        write_rows(flat, shown.columns, output)
    missing = set(wanted) - {str(row.get("ID")) for row in rows}
    if missing:
        raise NotFound(f"No {opened.model.__name__} has the ID {', '.join(sorted(missing))}, or you may not see it.")
