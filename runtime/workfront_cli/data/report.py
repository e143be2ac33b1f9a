"""``workfront report``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from workfront_cli.connection.options import tenant_options
from workfront_cli.data.options import fail_empty_option, output_options, python_option, where_option
from workfront_cli.data.suggestions import field_lists, object_names
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.data.rows_output import OutputOptions
    from workfront_cli.data.session import Session

_FUNCTIONS: Final = ("count", "sum", "avg", "min", "max")


@click.command("report", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@where_option
@click.option("--by", metavar="FIELDS", shell_complete=field_lists, help="Group by these, the outermost first.")
@click.option("--grouping", metavar="NAME|ID|@FILE", help="Group as a grouping of Workfront does.")
@click.option(
    "--count", metavar="[FIELDS]", shell_complete=field_lists, is_flag=False, flag_value="ID", default=None,
    help="Count the values of these; the objects themselves unless given.",
)  # fmt: skip
@click.option("--sum", metavar="FIELDS", shell_complete=field_lists, help="Sum these up.")
@click.option("--avg", metavar="FIELDS", shell_complete=field_lists, help="The average of these.")
@click.option("--min", metavar="FIELDS", shell_complete=field_lists, help="The least of these.")
@click.option("--max", metavar="FIELDS", shell_complete=field_lists, help="The greatest of these.")
@click.option("--rollup", is_flag=True, help="Also the totals of every level, behind its groups.")
@click.option("--chart", is_flag=True, help="Bars in place of a table.")
@python_option
@fail_empty_option
@output_options
@tenant_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    object_name: str,
    where: str | None,
    by: str | None,
    grouping: str | None,
    rollup: bool,
    chart: bool,
    as_python: bool,
    fail_empty: bool,
    output: OutputOptions,
    connection: ConnectionOptions,
    **asked: str | None,
) -> None:
    """Groups objects and aggregates their fields.

    As in: workfront report hour 'entryDate >= start(month)' --by owner.name --sum hours
    """
    _refuse_contradictions(by, grouping, output, chart=chart, rollup=rollup)
    from workfront_cli.data.report_rows import report_rows
    from workfront_cli.data.rows_output import write_rows
    from workfront_cli.data.session import session
    from workfront_cli.data.where import conditions
    from workfront_core.query.language.field_lists import parse_fields

    output.chosen()
    with session(connection, object_name) as opened:
        fields = _grouped_by(grouping, opened) if grouping else by
        groups = parse_fields(fields, opened.model) if fields else ()
        functions = _functions(asked, opened)
        if as_python:
            from workfront_cli.data.python_text import report_text

            click.echo(report_text(opened, where, groups, functions, rollup=rollup), nl=False)
            return
        found = opened.service.report(*conditions(where, opened.model), group_by=groups, rollup=rollup, **functions)
    keys = [str(path) for path in groups]
    numbers = [f"{name}_{path}" for name, paths in functions.items() for path in paths]
    if chart:
        number = _show_chart(list(report_rows(found)), keys, numbers)
    else:
        number = write_rows(report_rows(found, rollup=rollup), [*keys, *numbers], output)
    ctx.exit(int(fail_empty and not number))


def _functions(asked: Mapping[str, str | None], opened: Session) -> dict[str, Any]:
    """Returns the fields of each function; where none is asked for, the objects are counted."""
    from workfront_core.query.language.field_lists import parse_fields

    given = {name: parse_fields(fields, opened.model) for name in _FUNCTIONS if (fields := asked[name])}
    return given or {"count": parse_fields("ID", opened.model)}


def _show_chart(rows: Sequence[Mapping[str, Any]], keys: Sequence[str], numbers: Sequence[str]) -> int:
    from workfront_cli.data.bars import show_bars

    if len(numbers) > 1:
        raise click.UsageError("--chart draws one number a group; ask for one.")
    show_bars(rows, keys, numbers[0])
    return len(rows)


def _refuse_contradictions(
    by: str | None, grouping: str | None, output: OutputOptions, *, chart: bool, rollup: bool
) -> None:
    if by and grouping:
        raise click.UsageError("--by and --grouping both say what to group by; give one.")
    if chart and (output.file is not None or output.format_name not in (None, "table")):
        raise click.UsageError("--chart is for people; leave out --format, --json and --output.")
    if chart and rollup:
        raise click.UsageError("--chart draws groups, not their totals; leave out --rollup.")


def _grouped_by(grouping: str, opened: Session) -> str:
    from workfront_cli.data.report_parts import grouping_of
    from workfront_cli.data.stored_parts import GROUPING, part_text

    return grouping_of(part_text(grouping, GROUPING, opened))
