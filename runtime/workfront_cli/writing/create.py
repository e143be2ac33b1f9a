"""``workfront create``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import connection_options
from workfront_cli.writing.options import WritingCommand, set_option, write_options

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.writing.consent import Consent


@click.command("create", cls=WritingCommand)
@click.argument("object_name", metavar="OBJECT")
@set_option
@click.option("--json-body", "body", metavar="JSON|@FILE|-", help="Values as a JSON object.")
@write_options
@connection_options
def command(
    object_name: str,
    settings: tuple[str, ...],
    own_codes: bool,
    body: str | None,
    as_json: bool,
    consent: Consent,
    connection: ConnectionOptions,
) -> None:
    """Creates an object, or one for each row of a file.

    As in: workfront create task --set name=Plan --set project="Site relaunch" --set DE:Region=EMEA
    """
    from workfront_cli.data.session import session
    from workfront_cli.writing.assignments import parse_assignments
    from workfront_cli.writing.one_object import create_one, read_body
    from workfront_cli.writing.texts import Reading

    with session(connection, object_name, writes=not consent.dry_run) as opened:
        values = parse_assignments(settings, opened.model, Reading(own_codes=own_codes))
        values += read_body(body, opened.model) if body is not None else []
        create_one(opened, values, consent, as_json=as_json)
