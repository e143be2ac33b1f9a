"""``workfront export``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import as_json_option, tenant_options
from workfront_cli.data.options import fail_empty_option, fields_option, python_option, where_option
from workfront_cli.data.suggestions import object_names
from workfront_cli.guarded import GuardedCommand
from workfront_cli.output import tell
from workfront_cli.output_file import OutputFile
from workfront_cli.row_bar import row_bar

if TYPE_CHECKING:
    from pathlib import Path

    from workfront_cli.connection.connection import ConnectionOptions


@click.command("export", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@where_option
@fields_option
@click.option(
    "-o", "--output", "file", required=True, type=OutputFile(),
    help="The file: .parquet, .csv, .jsonl or .xlsx.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), help="Rows at most; every row unless given.")
@click.option("--names", type=click.Choice(["wire", "python"]), default="wire", show_default=True, help="Of columns.")
@click.option("--nested", type=click.Choice(["struct", "flat"]), help="Related rows; flat in CSV and Excel.")
@python_option
@fail_empty_option
@as_json_option
@tenant_options
@click.pass_context
def command(
    ctx: click.Context,
    object_name: str,
    where: str | None,
    fields: str | None,
    file: Path,
    limit: int | None,
    names: str,
    nested: str | None,
    as_python: bool,
    fail_empty: bool,
    as_json: bool,
    connection: ConnectionOptions,
) -> None:
    """Writes objects into a file: Parquet, CSV, JSON lines or Excel.

    WHERE is a condition, IDs, a link, @FILE or -, as for search. Every row is written; the file is there whole, or what
    was there before stays. Parquet, CSV and JSON lines take the extra frames, Excel the extra excel.
    """
    from workfront_cli.data.fields import shown_fields
    from workfront_cli.data.session import session
    from workfront_cli.data.where import conditions

    with session(connection, object_name) as opened:
        tests = conditions(where, opened.model)
        shown = shown_fields(fields or opened.usual, opened.model)
        if as_python:
            from workfront_cli.data.python_text import export_text

            click.echo(export_text(opened, where, shown.fields, limit, str(file), names=names, nested=nested), nl=False)
            return
        pager = opened.service.search(*tests, fields=shown.fields, limit=limit)
        with row_bar(lambda: min(pager.count(), sys.maxsize if limit is None else limit)) as bar:
            rows: int = pager.export(file, names=names, nested=nested, progress=bar and bar.reach)
    if as_json:
        click.echo(json.dumps({"file": str(file), "rows": rows}))
    else:
        tell(f"{rows} row{'' if rows == 1 else 's'} in {file}")
    ctx.exit(int(fail_empty and not rows))
