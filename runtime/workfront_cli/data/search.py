"""``workfront search``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import fail_empty_option, fields_option, output_options, python_option, where_option
from workfront_cli.data.suggestions import field_lists, object_names
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.data.fields import Shown
    from workfront_cli.data.rows_output import OutputOptions
    from workfront_cli.data.session import Session


@click.command("search", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@where_option
@fields_option
@click.option("--view", metavar="NAME|ID|@FILE", help="Show what a view of Workfront shows.")
@click.option("--filter", "stored", metavar="NAME|ID", help="A filter kept in Workfront, besides WHERE.")
@click.option("--order-by", metavar="FIELDS", shell_complete=field_lists, help="Sort keys: entryDate:desc, name.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="Rows at most.")
@click.option("--all", "everything", is_flag=True, help="Every row, however many.")
@click.option("--cursor", metavar="TEXT", help="Go on behind the row where a search before ended, as it told.")
@click.option("--explain", is_flag=True, help="Only show the request that would be sent.")
@python_option
@fail_empty_option
@output_options
@tenant_options
@click.pass_context
def command(
    ctx: click.Context,
    object_name: str,
    where: str | None,
    fields: str | None,
    view: str | None,
    stored: str | None,
    order_by: str | None,
    limit: int,
    everything: bool,
    cursor: str | None,
    explain: bool,
    as_python: bool,
    fail_empty: bool,
    output: OutputOptions,
    connection: ConnectionOptions,
) -> None:
    """Finds the objects for which a condition holds.

    WHERE is a condition, as in 'percentComplete < 100 and assignedTo.name = "Jo"' (workfront help conditions), an ID, a
    link out of the browser, @FILE, or - for the standard input.
    """
    if view is not None and fields is not None:
        raise click.UsageError("--view and --fields both say what to show; give one.")
    from workfront_cli.data.rows_output import tell_number, write_rows
    from workfront_cli.data.session import session

    output.chosen()
    most = None if everything else limit
    with session(connection, object_name) as opened:
        shown, headings = _shown(fields, view, opened)
        where = _joined(where, stored, opened)
        if as_python:
            from workfront_cli.data.python_text import search_text

            click.echo(search_text(opened, where, shown.fields, order_by, most), nl=False)
            return
        pager = _pager(opened, where, order_by, fields=shown.fields, limit=most, after=cursor)
        if explain:
            click.echo(str(pager.explain()))
            return
        rows = (row.flat(shown.columns) for row in pager)
        number = write_rows(rows, shown.columns, replace(output, headings=headings))
    tell_number(number, _more(limit, pager.cursor) if number == most else "")
    ctx.exit(int(fail_empty and not number))


def _pager(opened: Session, where: str | None, order_by: str | None, **options: Any) -> Any:
    from workfront_cli.data.where import conditions
    from workfront_core.query.language.field_lists import parse_order

    order = parse_order(order_by, opened.model) if order_by else ()
    return opened.service.search(*conditions(where, opened.model), order_by=order, **options)


def _more(limit: int, cursor: str) -> str:
    return f"; there may be more: --all, --limit above {limit}, or --cursor {cursor}"


def _shown(fields: str | None, view: str | None, opened: Session) -> tuple[Shown, Mapping[str, str]]:
    """Returns what to load and show, and the headings of a view."""
    from workfront_cli.data.fields import shown_fields

    if view is None:
        return shown_fields(fields or opened.usual, opened.model), {}
    from workfront_cli.data.report_parts import view_of
    from workfront_cli.data.stored_parts import VIEW, part_text
    from workfront_cli.output import tell

    found = view_of(part_text(view, VIEW, opened), opened.model)
    tell(*(f"left out: {one}" for one in found.left_out))
    return shown_fields(",".join(found.fields), opened.model), found.headings


def _joined(where: str | None, stored: str | None, opened: Session) -> str | None:
    """Returns the condition together with that of a filter kept in Workfront."""
    if stored is None:
        return where
    from workfront_cli.data.stored_parts import FILTER, part_text
    from workfront_cli.data.where import conditions, typed
    from workfront_core.query.text_mode import text_mode

    tests = [*conditions(where, opened.model), text_mode(part_text(stored, FILTER, opened))]
    joined = " and ".join(f"({test})" for test in tests)
    return str(typed(joined, opened.model))
