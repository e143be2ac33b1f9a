"""``workfront logout``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import connection_options
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions


@click.command("logout", cls=GuardedCommand)
@connection_options
def command(connection: ConnectionOptions) -> None:
    """Removes the stored token and ends its session."""
    from workfront_cli.account import browser_login
    from workfront_cli.output import plain

    chosen = connection.load()
    done = browser_login.sign_out(chosen, connection.version())
    click.echo(plain(done or f"Nobody is signed in to profile {chosen.name}."))
