"""``workfront reassign``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import connection_options
from workfront_cli.data.options import python_option
from workfront_cli.data.suggestions import kinds_of_work
from workfront_cli.writing.options import WritingCommand, write_options

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.writing.consent import Consent


@click.command("reassign", cls=WritingCommand)
@click.option("--from", "giver", required=True, metavar="USER", help="ID, e-mail address, or a name only one has.")
@click.option("--to", "taker", required=True, metavar="USER", help="The same.")
@click.option(
    "--what",
    default="tasks,issues,projects",
    show_default=True,
    metavar="KINDS",
    shell_complete=kinds_of_work,
    help="tasks,issues,projects,reports,approvals (of documents).",
)
@click.option("--open-only", is_flag=True, help="Only what is not completed yet.")
@click.option("--keep-co-assignees", is_flag=True, help="Only what the user is the primary assignee of.")
@python_option
@write_options
@connection_options
@click.pass_context
def command(
    ctx: click.Context,
    giver: str,
    taker: str,
    what: str,
    open_only: bool,
    keep_co_assignees: bool,
    as_python: bool,
    as_json: bool,
    consent: Consent,
    connection: ConnectionOptions,
) -> None:
    """Gives the work of one user to another: tasks, issues, projects, reports, approvals of documents.

    As in: workfront reassign --from zeno.ashdale@larkspur.example --to "Mara Marchwell" --open-only --dry-run
    """
    from workfront_cli.data.session import session
    from workfront_cli.writing.handing_over import as_program, hand_over, kinds_named, kinds_of, person
    from workfront_cli.writing.lookups import Lookups
    from workfront_cli.writing.outcome import show_outcome

    kinds, version = kinds_of(kinds_named(what), keep_co_assignees=keep_co_assignees), connection.version()
    with session(connection, "task", writes=not (consent.dry_run or as_python)) as opened:
        lookups = Lookups(opened.client)
        old, new = person(giver, "--from", version, lookups), person(taker, "--to", version, lookups)
        if old == new:
            raise click.UsageError("--from and --to are the same user.")
        if as_python:
            click.echo(as_program(opened, version, old, new, kinds, only_open=open_only), nl=False)
            return
        found = hand_over(
            opened, version, old, new, kinds, consent, people=(giver, taker), only_open=open_only, as_json=as_json
        )
    if found is not None:
        ctx.exit(show_outcome(found, as_json=as_json))
