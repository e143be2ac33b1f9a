"""``workfront conform``."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import as_json_option, connection_options
from workfront_cli.guarded import GuardedCommand
from workfront_cli.output_file import OutputFile

if TYPE_CHECKING:
    from pathlib import Path

    from workfront_cli.connection.connection import ConnectionOptions


@click.command("conform", cls=GuardedCommand)
@click.option("-o", "--output", "file", type=OutputFile(), help="Write a report: .json or .md.")
@click.option("--failed", is_flag=True, help="Show only facts that do not hold.")
@click.option("--write", is_flag=True, help="Also try facts that only a write shows; in sandboxes.")
@connection_options
@as_json_option
@click.pass_context
def command(
    ctx: click.Context, connection: ConnectionOptions, file: Path | None, failed: bool, write: bool, as_json: bool
) -> None:
    """Checks which facts of docs/protocol.md hold on a server; exit code 1 if one does not.

    Sends nothing but GET. With --write it makes one project on a preview or a sandbox, writes within it, and removes it
    again, however the command ends. A report carries no name, ID or value of the tenant.
    """
    from workfront_cli.conform.examination import examined
    from workfront_cli.conform.report_file import checked_report_file, write_report
    from workfront_cli.conform.result_output import show_result, show_totals
    from workfront_testing.conformance.report import as_json as json_report
    from workfront_testing.conformance.runner import CheckResult, Outcome

    checked_report_file(file)
    results: list[CheckResult] = []
    with closing(examined(connection, write=write)) as found:
        for result in found:
            results.append(result)
            if not as_json and (not failed or result.outcome is Outcome.FAILS):
                show_result(result)
    version = str(connection.version())
    write_report(results, version, file)
    if as_json:
        click.echo(json_report(results, version), nl=False)
    else:
        show_totals(results)
    if any(result.outcome is Outcome.FAILS for result in results):
        ctx.exit(1)
