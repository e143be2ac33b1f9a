"""``workfront profiles test``."""

from __future__ import annotations

import click

from workfront_cli.connection.options import DEFAULT_VERSION, profile_names_begun, talk_options
from workfront_cli.guarded import GuardedCommand


@click.command("test", cls=GuardedCommand)
@talk_options
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=profile_names_begun)
@click.option("--api-version", default=DEFAULT_VERSION, metavar="V", help="Version of the API.", show_default=True)
@click.pass_context
def test(ctx: click.Context, names: tuple[str, ...], api_version: str) -> None:
    """Checks profiles as doctor does, all unless some are named; exit code 1 if one has a problem."""
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.doctor.doctor import examine, is_healthy
    from workfront_cli.doctor.finding_output import show_finding
    from workfront_cli.doctor.setup import Diagnosis
    from workfront_core.profiles.profile import profile_names

    healthy = True
    for name in names or profile_names():
        click.echo(f"{name}:")
        findings = dict(examine(Diagnosis(ConnectionOptions(name, None, api_version))))
        for check, finding in findings.items():
            show_finding(check, finding)
        healthy = healthy and is_healthy(findings)
    if not healthy:
        ctx.exit(1)
