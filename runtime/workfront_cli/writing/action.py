"""``workfront action``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import python_option, where_option
from workfront_cli.data.suggestions import action_names, arguments_begun, object_names
from workfront_cli.writing.options import WritingCommand, size_options, write_options

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.writing.consent import Consent


@click.command("action", cls=WritingCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@click.argument("name", required=False, metavar="[NAME]", shell_complete=action_names)
@where_option
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", shell_complete=arguments_begun,
    help="An argument of it; NAME:=JSON takes JSON. May be repeated.",
)  # fmt: skip
@size_options
@python_option
@write_options
@tenant_options
@click.pass_context
def command(
    ctx: click.Context,
    object_name: str,
    name: str | None,
    where: str | None,
    settings: tuple[str, ...],
    limit: int | None,
    everything: bool,
    as_python: bool,
    as_json: bool,
    consent: Consent,
    connection: ConnectionOptions,
) -> None:
    """Runs an action on an object, or on each for which a condition holds; without NAME lists them.

    As in: workfront action project calculateTimeline 'status = CUR'
    """
    if name is None:
        _list_actions(object_name, connection, as_json=as_json)
        return
    from workfront_cli.data.session import session
    from workfront_cli.writing.call import action_named, arguments_of, call_where
    from workfront_cli.writing.outcome import show_outcome

    with session(connection, object_name, writes=not (consent.dry_run or as_python)) as opened:
        action = action_named(name, opened)
        arguments = arguments_of(settings, action)
        if as_python:
            from workfront_cli.writing.python_text import action_text

            click.echo(action_text(opened, action, where, arguments, limit=limit), nl=False)
            return
        found = call_where(
            opened, action, where, arguments, consent, as_json=as_json, limit=limit, everything=everything
        )
    if found is not None:
        ctx.exit(show_outcome(found, as_json=as_json))


def _list_actions(object_name: str, connection: ConnectionOptions, *, as_json: bool) -> None:
    from workfront_cli.data.descriptions import described
    from workfront_cli.data.rows_output import OutputOptions, write_rows

    known = described(object_name, connection.version(), actions=True)
    rows = [row for row in known if row["kind"] == "action"]
    write_rows(rows, ["name", "arguments", "says"], OutputOptions("json" if as_json else None))
