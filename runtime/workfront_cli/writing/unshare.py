"""``workfront unshare``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import python_option, where_option
from workfront_cli.data.suggestions import accessor_kinds, object_names
from workfront_cli.writing.options import WritingCommand, size_options, write_options

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.writing.consent import Consent


@click.command("unshare", cls=WritingCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@where_option
@click.option(
    "--with", "accessor_text", required=True, metavar="KIND:NAME", shell_complete=accessor_kinds,
    help="user, team, group, role, company.",
)  # fmt: skip
@size_options
@python_option
@write_options
@tenant_options
@click.pass_context
def command(
    ctx: click.Context,
    object_name: str,
    where: str | None,
    accessor_text: str,
    limit: int | None,
    everything: bool,
    as_python: bool,
    as_json: bool,
    consent: Consent,
    connection: ConnectionOptions,
) -> None:
    """Takes a share with a user, team, group, role or company back.

    As in: workfront unshare project 'portfolio.name = "Brand campaigns"' --with team:Studio
    """
    if where is None:
        raise click.UsageError("Say which objects: WHERE is an ID or a condition.")
    from workfront_cli.data.session import session
    from workfront_cli.writing.accessors import accessor
    from workfront_cli.writing.lookups import Lookups
    from workfront_cli.writing.outcome import show_outcome
    from workfront_cli.writing.sharing import unshare_where

    with session(connection, object_name, writes=not (consent.dry_run or as_python)) as opened:
        kind, accessor_id = accessor(accessor_text, connection.version(), Lookups(opened.client))
        if as_python:
            from workfront_cli.writing.python_text import unshare_text

            click.echo(unshare_text(opened, where, kind.name, accessor_id, limit=limit), nl=False)
            return
        found = unshare_where(
            opened,
            where,
            kind,
            accessor_id,
            consent,
            as_json=as_json,
            limit=limit,
            everything=everything,
        )
    if found is not None:
        ctx.exit(show_outcome(found, as_json=as_json))
