"""``workfront delete``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import python_option, where_option
from workfront_cli.data.suggestions import object_names
from workfront_cli.rows.options import FileOptions, file_options, refuse_besides_file
from workfront_cli.writing.options import WritingCommand, size_options, write_options

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.writing.consent import Consent


@click.command("delete", cls=WritingCommand)
@click.argument("object_name", required=False, metavar="OBJECT", shell_complete=object_names)
@where_option
@click.option("--force", is_flag=True, help="With all that depends on the objects.")
@size_options
@file_options(with_key=True, with_marks=False)
@python_option
@write_options
@tenant_options
@click.pass_context
def command(
    ctx: click.Context,
    object_name: str | None,
    where: str | None,
    force: bool,
    limit: int | None,
    everything: bool,
    rows: FileOptions,
    as_python: bool,
    as_json: bool,
    consent: Consent,
    connection: ConnectionOptions,
) -> None:
    """Deletes objects: those for which a condition holds, or one for each row of a file.

    As in: workfront delete task 'name startswith "TEST"' --dry-run
    """
    if rows.is_given:
        refuse_besides_file(where, limit, as_python=as_python)
        from workfront_cli.rows.command import run_file
        from workfront_cli.rows.from_file import Wanted

        wanted = Wanted("delete", force=force)
        ctx.exit(run_file(connection, object_name, wanted, rows, consent, as_json=as_json))
    if object_name is None or where is None:
        raise click.UsageError("Say which objects: WHERE is an ID or a condition, or rows come --from FILE.")
    from workfront_cli.data.session import session
    from workfront_cli.writing.many_objects import delete_where
    from workfront_cli.writing.outcome import show_outcome

    with session(connection, object_name, writes=not (consent.dry_run or as_python)) as opened:
        if as_python:
            from workfront_cli.writing.python_text import delete_text

            click.echo(delete_text(opened, where, force=force, limit=limit), nl=False)
            return
        found = delete_where(opened, where, consent, force=force, limit=limit, everything=everything, as_json=as_json)
    if found is not None:
        ctx.exit(show_outcome(found, as_json=as_json))
