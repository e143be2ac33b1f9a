"""``workfront report``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from workfront_cli.connection.options import connection_options
from workfront_cli.data.options import output_options
from workfront_cli.data.suggestions import field_lists, object_names
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.data.rows_output import OutputOptions

_FUNCTIONS: Final = ("count", "sum", "avg", "min", "max")


@click.command("report", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@click.argument("where", required=False)
@click.option("--by", metavar="FIELDS", shell_complete=field_lists, help="Group by these, the outermost first.")
@click.option("--count", metavar="FIELDS", default=None, help="Count the values of these; ID unless others are asked.")
@click.option("--sum", metavar="FIELDS", shell_complete=field_lists, help="Sum these up.")
@click.option("--avg", metavar="FIELDS", shell_complete=field_lists, help="The average of these.")
@click.option("--min", metavar="FIELDS", shell_complete=field_lists, help="The least of these.")
@click.option("--max", metavar="FIELDS", shell_complete=field_lists, help="The greatest of these.")
@output_options
@connection_options
def command(
    object_name: str,
    where: str | None,
    by: str | None,
    output: OutputOptions,
    connection: ConnectionOptions,
    **asked: str | None,
) -> None:
    """Groups objects and aggregates their fields.

    As in: workfront report hour 'entryDate >= start(month)' --by owner.name --sum hours
    """
    from workfront_cli.data.rows_output import write_rows
    from workfront_cli.data.session import session
    from workfront_cli.data.where import conditions
    from workfront_core.query.language.field_lists import parse_fields

    output.chosen()
    with session(connection, object_name) as opened:
        groups = parse_fields(by, opened.model) if by else ()
        functions: dict[str, Any] = {
            name: parse_fields(fields, opened.model) for name in _FUNCTIONS if (fields := asked[name])
        }
        functions = functions or {"count": parse_fields("ID", opened.model)}
        found = opened.service.report(*conditions(where, opened.model), group_by=groups, **functions)
    columns = [*map(str, groups), *(f"{name}_{path}" for name, paths in functions.items() for path in paths)]
    write_rows([{**row.keys, **row.aggregates} for row in found.rows()], columns, output)
