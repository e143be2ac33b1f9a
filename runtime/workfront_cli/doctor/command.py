"""``workfront doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workfront_cli.connection.options import as_json_option, connection_options
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.doctor.finding import CheckResult


@click.command("doctor", cls=GuardedCommand)
@connection_options
@as_json_option
@click.pass_context
def command(ctx: click.Context, connection: ConnectionOptions, as_json: bool) -> None:
    """Checks a setup from the settings to the permissions and says what to do; exit code 1 if there is a problem."""
    from workfront_cli.doctor.doctor import examine, is_healthy
    from workfront_cli.doctor.finding_output import finding_members, show_finding
    from workfront_cli.doctor.setup import Diagnosis
    from workfront_cli.output import show_json

    findings: dict[str, CheckResult] = {}
    for name, finding in examine(Diagnosis(connection)):
        findings[name] = finding
        if not as_json:
            show_finding(name, finding)
    if as_json:
        show_json([finding_members(*found) for found in findings.items()])
    if not is_healthy(findings):
        ctx.exit(1)
