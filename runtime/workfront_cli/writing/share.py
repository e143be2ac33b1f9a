"""``workfront share``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import python_option, where_option
from workfront_cli.data.suggestions import accessor_kinds, object_names
from workfront_cli.writing.options import WritingCommand, size_options, write_options

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.writing.consent import Consent

_LEVELS: Final = ("view", "contribute", "manage", "LIMITED_EDIT", "EDIT", "DELETE")


@click.command("share", cls=WritingCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@where_option
@click.option(
    "--with", "accessor_text", required=True, metavar="KIND:NAME", shell_complete=accessor_kinds,
    help="user, team, group, role, company.",
)  # fmt: skip
@click.option(
    "--level", default="view", show_default=True, type=click.Choice(_LEVELS, case_sensitive=False),
    help="The most they may do.",
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
    level: str,
    limit: int | None,
    everything: bool,
    as_python: bool,
    as_json: bool,
    consent: Consent,
    connection: ConnectionOptions,
) -> None:
    """Shares objects with a user, team, group, role or company.

    As in: workfront share project 'portfolio.name = "Brand campaigns"' --with team:Studio --level view
    """
    if where is None:
        raise click.UsageError("Say which objects: WHERE is an ID or a condition.")
    from workfront_cli.data.session import session
    from workfront_cli.writing.accessors import accessor, level_of
    from workfront_cli.writing.lookups import Lookups
    from workfront_cli.writing.outcome import show_outcome
    from workfront_cli.writing.sharing import share_where
    from workfront_core.operations.access_rules import AccessGrant

    with session(connection, object_name, writes=not (consent.dry_run or as_python)) as opened:
        kind, accessor_id = accessor(accessor_text, connection.version(), Lookups(opened.client))
        grant = AccessGrant(accessor_id, kind, level_of(level))
        if as_python:
            from workfront_cli.writing.python_text import share_text

            click.echo(share_text(opened, where, grant, limit=limit), nl=False)
            return
        most: dict[str, Any] = {"limit": limit, "everything": everything}
        found = share_where(opened, where, grant, consent, as_json=as_json, **most)
    if found is not None:
        ctx.exit(show_outcome(found, as_json=as_json))
