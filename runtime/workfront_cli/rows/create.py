"""``workfront create``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import python_option
from workfront_cli.data.suggestions import object_names
from workfront_cli.rows.options import FileOptions, file_options, refuse_besides_file
from workfront_cli.writing.options import WritingCommand, set_option, write_options

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.writing.consent import Consent


@click.command("create", cls=WritingCommand)
@click.argument("object_name", required=False, metavar="OBJECT", shell_complete=object_names)
@set_option
@click.option("--json-body", "body", metavar="JSON|@FILE|-", help="Values as a JSON object.")
@file_options(with_key=False, with_marks=True)
@python_option
@write_options
@tenant_options
@click.pass_context
def command(
    ctx: click.Context,
    object_name: str | None,
    settings: tuple[str, ...],
    own_codes: bool,
    body: str | None,
    rows: FileOptions,
    as_python: bool,
    as_json: bool,
    consent: Consent,
    connection: ConnectionOptions,
) -> None:
    """Creates an object, or one for each row of a file.

    As in: workfront create task --set name=Plan --set project.name="Web pages: Ember stove, Summer Benelux"

    Or: workfront create user --from people.xlsx --dry-run
    """
    if rows.is_given:
        refuse_besides_file(None, None, as_python=as_python)
        if body is not None:
            raise click.UsageError("--json-body is one object; rows of a file are many.")
        from workfront_cli.rows.command import run_file
        from workfront_cli.rows.from_file import Wanted

        wanted = Wanted("create", settings, own_codes)
        ctx.exit(run_file(connection, object_name, wanted, rows, consent, as_json=as_json))
    if object_name is None:
        raise click.UsageError("Say what kind of object: workfront create task.")
    from workfront_cli.data.session import session
    from workfront_cli.writing.assignments import parse_assignments
    from workfront_cli.writing.one_object import create_one, read_body
    from workfront_cli.writing.texts import Reading

    with session(connection, object_name, writes=not (consent.dry_run or as_python)) as opened:
        values = parse_assignments(settings, opened.model, Reading(own_codes=own_codes))
        values += read_body(body, opened.model) if body is not None else []
        if as_python:
            from workfront_cli.writing.python_text import create_text

            click.echo(create_text(opened, values), nl=False)
            return
        create_one(opened, values, consent, as_json=as_json)
