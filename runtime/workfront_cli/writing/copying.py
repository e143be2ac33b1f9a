"""``workfront copy``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import python_option
from workfront_cli.data.suggestions import object_names
from workfront_cli.writing.options import WritingCommand, set_option, write_options

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.writing.consent import Consent


@click.command("copy", cls=WritingCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@click.argument("source", metavar="ID")
@set_option
@click.option("--option", "options", multiple=True, metavar="NAME", help="What to leave out, such as clearProgress.")
@python_option
@write_options
@tenant_options
def command(
    object_name: str,
    source: str,
    settings: tuple[str, ...],
    own_codes: bool,
    options: tuple[str, ...],
    as_python: bool,
    as_json: bool,
    consent: Consent,
    connection: ConnectionOptions,
) -> None:
    """Copies an object and shows the ID of the copy."""
    from workfront_cli.data.session import session
    from workfront_cli.data.where import object_id
    from workfront_cli.writing.assignments import parse_assignments
    from workfront_cli.writing.one_object import copy_one
    from workfront_cli.writing.texts import Reading

    with session(connection, object_name, writes=not (consent.dry_run or as_python)) as opened:
        values = parse_assignments(settings, opened.model, Reading(own_codes=own_codes))
        if as_python:
            from workfront_cli.writing.python_text import copy_text

            click.echo(copy_text(opened, object_id(source), values, options), nl=False)
            return
        copy_one(opened, object_id(source), values, options, consent, as_json=as_json)
