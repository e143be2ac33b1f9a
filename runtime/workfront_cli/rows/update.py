"""``workfront update``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import python_option, where_option
from workfront_cli.data.suggestions import object_names
from workfront_cli.rows.options import FileOptions, file_options, refuse_besides_file
from workfront_cli.writing.options import WritingCommand, set_option, size_options, write_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.data.session import Session
    from workfront_cli.writing.assignments import Assignment
    from workfront_cli.writing.consent import Consent


@click.command("update", cls=WritingCommand)
@click.argument("object_name", required=False, metavar="OBJECT", shell_complete=object_names)
@where_option
@set_option
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
    settings: tuple[str, ...],
    own_codes: bool,
    limit: int | None,
    everything: bool,
    rows: FileOptions,
    as_python: bool,
    as_json: bool,
    consent: Consent,
    connection: ConnectionOptions,
) -> None:
    """Gives objects new values: those for which a condition holds, or one for each row of a file.

    As in: workfront update project 'DE:Market is null' --set DE:Market=Nordics --dry-run

    Or: workfront update task --from rows.csv --map 'Done %=percentComplete'
    """
    if rows.is_given:
        refuse_besides_file(where, limit, as_python=as_python)
        from workfront_cli.rows.command import run_file
        from workfront_cli.rows.from_file import Wanted

        wanted = Wanted("update", settings, own_codes)
        ctx.exit(run_file(connection, object_name, wanted, rows, consent, as_json=as_json))
    if object_name is None or where is None:
        raise click.UsageError("Say which objects: WHERE is an ID or a condition, or rows come --from FILE.")
    from workfront_cli.data.session import session
    from workfront_cli.writing.assignments import parse_assignments
    from workfront_cli.writing.many_objects import update_where
    from workfront_cli.writing.outcome import show_outcome
    from workfront_cli.writing.texts import Reading

    if not settings:
        raise click.UsageError("Nothing is set; write --set NAME=VALUE.")
    with session(connection, object_name, writes=not (consent.dry_run or as_python)) as opened:
        values = parse_assignments(settings, opened.model, Reading(own_codes=own_codes))
        if as_python:
            _show_python(opened, where, values, limit)
            return
        found = update_where(opened, where, values, consent, limit=limit, everything=everything, as_json=as_json)
    if found is not None:
        ctx.exit(show_outcome(found, as_json=as_json))


def _show_python(opened: Session, where: str, values: Sequence[Assignment], limit: int | None) -> None:
    from workfront_cli.writing.python_text import update_text

    click.echo(update_text(opened, where, values, limit=limit), nl=False)
