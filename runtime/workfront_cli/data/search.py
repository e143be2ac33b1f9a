"""``workfront search``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import connection_options
from workfront_cli.data.options import fields_option, output_options
from workfront_cli.data.suggestions import field_lists, object_names
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.data.rows_output import OutputOptions


@click.command("search", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@click.argument("where", required=False)
@fields_option
@click.option("--order-by", metavar="FIELDS", shell_complete=field_lists, help="Sort keys: entryDate:desc, name.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="Rows at most.")
@click.option("--all", "everything", is_flag=True, help="Every row, however many.")
@click.option("--explain", is_flag=True, help="Only show the request that would be sent.")
@click.option("--python", "as_python", is_flag=True, help="Only show the Python that does the same.")
@click.option("--fail-empty", is_flag=True, help="Exit code 1 where nothing is found.")
@output_options
@connection_options
@click.pass_context
def command(
    ctx: click.Context,
    object_name: str,
    where: str | None,
    fields: str | None,
    order_by: str | None,
    limit: int,
    everything: bool,
    explain: bool,
    as_python: bool,
    fail_empty: bool,
    output: OutputOptions,
    connection: ConnectionOptions,
) -> None:
    """Finds the objects for which a condition holds.

    WHERE is a condition, as in 'percentComplete < 100 and assignedTo.name = "Jo"' (workfront help conditions), an ID, a
    link out of the browser, @FILE, or - for the standard input.
    """
    from workfront_cli.data.fields import shown_fields
    from workfront_cli.data.rows_output import tell_number, write_rows
    from workfront_cli.data.session import session
    from workfront_cli.data.where import conditions
    from workfront_core.query.language.field_lists import parse_order

    output.chosen()
    with session(connection, object_name) as opened:
        shown = shown_fields(fields, opened.model)
        if as_python:
            from workfront_cli.data.python_text import search_text

            click.echo(search_text(opened, where, shown.fields, order_by, None if everything else limit), nl=False)
            return
        tests = conditions(where, opened.model)
        order = parse_order(order_by, opened.model) if order_by else ()
        pager = opened.service.search(*tests, fields=shown.fields, order_by=order, limit=None if everything else limit)
        if explain:
            click.echo(str(pager.explain()))
            return
        number = write_rows((row.flat(shown.columns) for row in pager), shown.columns, output)
    tell_number(number, f"; there may be more: --all, or --limit above {limit}" if number == limit else "")
    if fail_empty and not number:
        ctx.exit(1)
