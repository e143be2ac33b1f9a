"""``workfront query``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import fail_empty_option, fields_option, output_options, python_option
from workfront_cli.data.suggestions import arguments_begun, object_names, query_names
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.data.rows_output import OutputOptions


@click.command("query", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@click.argument("name", metavar="NAME", shell_complete=query_names)
@click.option(
    "--arg", "arguments", multiple=True, metavar="NAME=VALUE", shell_complete=arguments_begun,
    help="An argument of it; may be repeated.",
)  # fmt: skip
@fields_option
@click.option("--limit", type=click.IntRange(min=1), help="Rows at most; all that come unless given.")
@python_option
@fail_empty_option
@output_options
@tenant_options
@click.pass_context
def command(
    ctx: click.Context,
    object_name: str,
    name: str,
    arguments: tuple[str, ...],
    fields: str | None,
    limit: int | None,
    as_python: bool,
    fail_empty: bool,
    output: OutputOptions,
    connection: ConnectionOptions,
) -> None:
    """Runs a named query of an object.

    The named queries of an object are among what describe --actions tells.

    As in: workfront query work myWork
    """
    from workfront_cli.data.fields import shown_fields
    from workfront_cli.data.named_values import checked_name, named_values, objects_in
    from workfront_cli.data.rows_output import write_rows
    from workfront_cli.data.session import session
    from workfront_core.client._sync.client import SyncClient
    from workfront_core.errors import InvalidRequest

    given = named_values(arguments, "--arg")
    output.chosen()
    with session(connection, object_name) as opened:
        client: SyncClient = opened.client
        names = ",".join(map(str, shown_fields(fields, opened.model).fields or [])) if fields else ""
        parameters = given | ({"fields": names} if names else {})
        if as_python:
            from workfront_cli.data.python_text import query_text

            click.echo(query_text(opened, checked_name(name), parameters), nl=False)
            return
        try:
            answer = client.request("GET", f"{opened.model.obj_code}/{checked_name(name)}", parameters)
        except InvalidRequest as error:
            if "namedquery" in error.message.lower():
                error.hint = f"workfront describe {opened.model.__name__} --actions lists named queries."
            raise
    found = [opened.model.from_wire(row).flat() for row in list(objects_in(answer))[:limit]]
    write_rows(found, None, output)
    ctx.exit(int(fail_empty and not found))
