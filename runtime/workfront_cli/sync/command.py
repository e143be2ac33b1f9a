"""``workfront sync``, and what stands below it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import as_json_option, tenant_options
from workfront_cli.data.suggestions import object_lists
from workfront_cli.guarded import GuardedGroup
from workfront_cli.sync.options import SWEEPS, every, interval, to_option
from workfront_cli.sync.state_commands import allow_gone, parquet, reset, status

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions


@click.group("sync", cls=GuardedGroup, invoke_without_command=True)
@click.option("--objects", metavar="NAMES", shell_complete=object_lists, help="What to keep: TASK,PROJ.")
@to_option(required=False)
@click.option("--sweep", type=click.Choice(SWEEPS), default="daily", show_default=True, help="When to compare all.")
@click.option("--full", is_flag=True, help="Read every row, not only what changed.")
@click.option("--workers", type=click.IntRange(1, 8), default=1, show_default=True,
              help="Pages to read side by side where every row is read.")  # fmt: skip
@click.option("--hard-delete", is_flag=True, help="Delete the rows that are gone, in place of marking them.")
@click.option("--every", type=every, multiple=True, metavar="NAME=TIME",
              help="Read an object only where its latest run is so long ago: ASSGN=1d.")  # fmt: skip
@click.option("--watch", type=interval, metavar="TIME", help="Go on, and wait so long between runs: 5m, 1h.")
@click.option("--events", type=click.Path(path_type=Path, dir_okay=False), metavar="INBOX",
              help="Between the runs of --watch, read again what events name: the file of events listen.")  # fmt: skip
@as_json_option
@tenant_options
@click.pass_context
def command(
    ctx: click.Context,
    objects: str | None,
    file: Path | None,
    sweep: str,
    full: bool,
    workers: int,
    hard_delete: bool,
    every: tuple[tuple[str, float], ...],
    watch: float | None,
    events: Path | None,
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
    if events is not None and watch is None:
        raise click.UsageError("--events goes with --watch: it says how often a run comes in any case.")
    from workfront_cli.sync.run import Plan, follow, follow_events

    plan = Plan(
        connection,
        objects,
        file,
        sweep=sweep,
        full=full,
        workers=workers,
        hard_delete=hard_delete,
        every=dict(every),
        as_json=as_json,
    )
    if events is None or watch is None:
        follow(plan, watch)
    else:
        follow_events(plan, events, watch)


command.add_command(status)
command.add_command(reset)
command.add_command(allow_gone)
command.add_command(parquet)
