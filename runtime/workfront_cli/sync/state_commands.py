"""``workfront sync status | reset | allow-gone | parquet``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import as_json_option, local_options, tenant_options
from workfront_cli.data.suggestions import object_names
from workfront_cli.guarded import GuardedCommand
from workfront_cli.output import tell
from workfront_cli.output_file import OutputFile
from workfront_cli.sync.options import to_option

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions


@click.command("status", cls=GuardedCommand)
@local_options
@to_option(required=True)
@as_json_option
def status(file: Path, as_json: bool) -> None:
    """Says how far each table has come; nothing is sent."""
    from workfront_core.sync.duckdb_states import states

    found = states(file)
    if as_json:
        click.echo(json.dumps([state.to_dict() for state in found]))
        return
    for state in found:
        click.echo(state.line())


@click.command("reset", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@to_option(required=True)
@as_json_option
@tenant_options
def reset(object_name: str, file: Path, as_json: bool, connection: ConnectionOptions) -> None:
    """Drops the table of an object; the next run reads every row."""
    from workfront_cli.sync.run import tables_of
    from workfront_core.sync import DuckDB
    from workfront_core.sync.duckdb_states import has_table

    (table,) = tables_of(connection, [object_name])
    held = has_table(file, table.name)
    with DuckDB(file) as target:
        target.reset(table)
    if as_json:
        click.echo(json.dumps({"table": table.name, "dropped": held}))
    else:
        tell(f"{table.name} is dropped; the next run reads every row" if held else f"{file} has no {table.name}")


@click.command("allow-gone", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@to_option(required=True)
@as_json_option
@tenant_options
def allow_gone(object_name: str, file: Path, as_json: bool, connection: ConnectionOptions) -> None:
    """Marks the missing rows of a table as gone, however many they are."""
    from workfront_cli.sync.run import line, opened, tables_of
    from workfront_core.errors import QueryError
    from workfront_core.sync.duckdb_states import has_table

    (table,) = tables_of(connection, [object_name])
    if not has_table(file, table.name):
        raise QueryError(f"{file} has no table {table.name}.", hint="workfront sync status says what it has.")
    with opened(connection, [object_name], file) as (sync, _):
        (model,) = sync.models
        done = sync.allow_gone(model)
    if as_json:
        click.echo(json.dumps({"table": done.table, "gone": done.gone}))
    else:
        tell(line(done) if done.calls else f"{done.table}: no row is missing, so there is nothing to allow")


@click.command("parquet", cls=GuardedCommand)
@local_options
@click.argument("table")
@to_option(required=True)
@click.option("-o", "--output", "path", required=True, type=OutputFile(dir_okay=True), metavar="PATH",
              help="The file, or the folder of a table in parts; what was there is replaced.")  # fmt: skip
@click.option("--partition-by", metavar="COLUMNS", help="Parts by the values of columns: status,priority.")
@click.option("--gone", is_flag=True, help="Rows that are marked as gone, too.")
@as_json_option
def parquet(table: str, file: Path, path: Path, partition_by: str | None, gone: bool, as_json: bool) -> None:
    """Writes a table of the file as Parquet; nothing is sent."""
    from workfront_core.sync import DuckDB
    from workfront_core.sync.duckdb_states import checked_file

    parts = [name.strip() for name in (partition_by or "").split(",") if name.strip()]
    with DuckDB(checked_file(file)) as target:
        rows = target.to_parquet(table, path, partition_by=parts, gone=gone)
    if as_json:
        click.echo(json.dumps({"table": table, "rows": rows}))
    else:
        tell(f"{path}: {rows} rows")
