"""``workfront count``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import as_json_option, connection_options
from workfront_cli.data.options import python_option
from workfront_cli.data.suggestions import object_names
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions


@click.command("count", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@click.argument("where", required=False)
@as_json_option
@python_option
@connection_options
def command(object_name: str, where: str | None, as_python: bool, as_json: bool, connection: ConnectionOptions) -> None:
    """Counts the objects for which a condition holds."""
    from workfront_cli.data.session import session
    from workfront_cli.data.where import conditions

    with session(connection, object_name) as opened:
        if as_python:
            from workfront_cli.data.python_text import count_text

            click.echo(count_text(opened, where), nl=False)
            return
        number = opened.service.count(*conditions(where, opened.model))
    click.echo(json.dumps({"count": number}) if as_json else str(number))
