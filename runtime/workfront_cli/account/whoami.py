"""``workfront whoami``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import as_json_option, connection_options
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions


@click.command("whoami", cls=GuardedCommand)
@connection_options
@as_json_option
def command(connection: ConnectionOptions, as_json: bool) -> None:
    """Says who is signed in, where, and how long the API version is supported."""
    from workfront_cli.account.identity import identify
    from workfront_cli.account.identity_output import show_identity
    from workfront_cli.output import show_json

    identity = identify(connection.load(), connection.version(), datetime.now(UTC).date())
    if as_json:
        show_json(asdict(identity))
    else:
        show_identity(identity)
