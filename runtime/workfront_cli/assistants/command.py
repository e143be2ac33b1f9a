"""``workfront mcp``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.suggestions import object_lists
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions


@click.command("mcp", cls=GuardedCommand)
@click.option(
    "--allow-writes", "writes", type=click.Choice(["dry-run", "sandbox", "production"]),
    help="Apply plans: as a dry run, in sandboxes, or in production too where the person agrees; never unless given.",
)  # fmt: skip
@click.option(
    "--objects", metavar="NAMES", shell_complete=object_lists, help="Only these objects, with commas: task,project."
)
@click.option("--max-rows", type=click.IntRange(1, 200), default=50, show_default=True, help="Rows a call.")
@click.option("--max-writes", type=click.IntRange(1, 100), default=25, show_default=True, help="Objects a plan.")
@tenant_options
def command(
    writes: str | None, objects: str | None, max_rows: int, max_writes: int, connection: ConnectionOptions
) -> None:
    """Serves tools for assistants by the Model Context Protocol; it only reads, unless told.

    An assistant starts it by itself and talks to it over its standard streams: its settings name the command workfront
    and the arguments mcp, -p, PROFILE.
    """
    from workfront_cli.assistants.desk import Bounds, open_desk
    from workfront_cli.assistants.server import server_of

    names = tuple(name.strip() for name in (objects or "").split(",") if name.strip())
    with open_desk(connection, Bounds(writes, names, max_rows, max_writes)) as desk:
        server_of(desk).run("stdio")
