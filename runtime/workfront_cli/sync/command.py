"""``workfront sync``, and what stands below it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import as_json_option, connection_options
from workfront_cli.guarded import GuardedGroup
from workfront_cli.sync.options import SWEEPS, interval, to_option
from workfront_cli.sync.state_commands import allow_gone, reset, status

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions


@click.group("sync", cls=GuardedGroup, invoke_without_command=True)
@click.option("--objects", metavar="NAMES", help="What to keep: TASK,PROJ.")
@to_option(required=False)
@click.option("--sweep", type=click.Choice(SWEEPS), default="daily", show_default=True, help="When to compare all.")
@click.option("--full", is_flag=True, help="Read every row, not only what changed.")
@click.option("--watch", type=interval, metavar="TIME", help="Go on, and wait so long between runs: 5m, 1h.")
@as_json_option
@connection_options
@click.pass_context
def command(
    ctx: click.Context,
    objects: str | None,
    file: Path | None,
    sweep: str,
    full: bool,
    watch: float | None,
    as_json: bool,
    connection: ConnectionOptions,
) -> None:
    """Keeps tables in a DuckDB file that follow the service.

    The first run reads every row, each further one what changed. A run that was stopped goes on where it was. Exit code
    3: more rows are missing than are marked as gone unasked; nothing was marked (workfront sync allow-gone).
    """
    if ctx.invoked_subcommand is not None:
        return
    if not objects or file is None:
        raise click.UsageError("A sync takes --objects TASK,PROJ and --to FILE.")
    from workfront_cli.sync.run import follow

    follow(connection, objects, file, sweep=sweep, full=full, watch=watch, as_json=as_json)


command.add_command(status)
command.add_command(reset)
command.add_command(allow_gone)
