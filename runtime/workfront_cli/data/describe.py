"""``workfront describe``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import output_options
from workfront_cli.data.suggestions import objects_and_fields
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.data.rows_output import OutputOptions


@click.command("describe", cls=GuardedCommand)
@click.argument("what", required=False, metavar="[OBJECT[.FIELD]]", shell_complete=objects_and_fields)
@click.option("--search", "text", metavar="TEXT", help="Only what has this text in its name.")
@click.option("--actions", is_flag=True, help="Actions and named queries in place of fields.")
@output_options
@tenant_options
def command(
    what: str | None, text: str | None, actions: bool, output: OutputOptions, connection: ConnectionOptions
) -> None:
    """Tells objects, fields, actions and codes; needs no sign-in.

    Without OBJECT all objects, with OBJECT its fields, with OBJECT.FIELD the codes of a field.
    """
    from workfront_cli.data.descriptions import described
    from workfront_cli.data.rows_output import write_rows

    rows = described(what, connection.version(), actions=actions)
    wanted = (text or "").lower()
    found = [row for row in rows if wanted in " ".join(map(str, row.values())).lower()]
    write_rows(found, list(rows[0]) if rows else [], output)
